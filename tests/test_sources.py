"""Every work that is cited, and every section of it, stands in docs/sources.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.cached import read_yaml
from sim.declared import REGISTRY
from sim.scenario_files import load_design
from sim.surveys.questionnaire import ITEMS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")

_PLACE = (
    r"(?:(?:ch|kap|fig|table|tabell|note)s?\. ?|(?:figures?|figur|tables?|tabell|notes?) )?\d+(?:[.-]\d+)*"
)
REPORT = re.compile(rf"AFI-rapport (\d{{4}}:\d\d)((?:(?:,| and| og| to)? {_PLACE}(?:–\d[\d.]*)?)*)")
"""A report and the places in it; what follows a colon is no place."""
PLACE = re.compile(
    r"(?:(ch|kap|fig|figure|figur|table|tabell|note)s?\.? ?)?(\d+(?:\.\d+)*)(?:[-–](\d+(?:\.\d+)*))?"
)
KINDS = {"kap": "ch", "figure": "fig", "figur": "fig", "tabell": "table"}
WORK = re.compile(
    r"(?:[A-ZÆØÅ][\w'’-]+(?:, | & | and | og ))*[A-ZÆØÅ][\w'’-]+(?: et al\.)?,? \(?(?:19|20)\d\d(?::\d+)?"
)
"""A work as it is cited: names, with the year in brackets or without."""
NO_WORKS = re.compile(
    r"^(?:SSB|Udir|IMDi|KMD|GSI|AFI"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Winter"
    r"|By|From|In|Since|Until|Before|After|Year|Fra|Fram|Etter|Norway|Personer|Halden|FIRST_DRAW)\b"
)
"""Publishers of statistics, and what stands before a year without being a name."""


def places(words: str) -> Iterator[str]:
    """Sections as they stand ("2.1"), figures, tables and notes by their kind ("note 3"), chapters by their number."""
    for kind, first, last in PLACE.findall(words):
        known = KINDS.get(kind, kind)
        if known == "fig":
            yield f"fig. {first}-{last}"
        else:
            yield from (f"{known} {at}" if known in ("table", "note") else at for at in (first, last) if at)


def listed(work: str) -> set[str]:
    """The places of a report on the page, with the chapters that they lie in."""
    part = PAGE.split(f"## {work}\n")[1].split("\n## ")[0]
    cells = [
        row.split("|")[1]
        for row in part.splitlines()
        if row.startswith("| ") and "where" not in row.split("|")[1]
    ]
    found = {place for cell in cells for place in places(cell)}
    return found | {place.split(".")[0] for place in found if place[0].isdigit()}


LISTED = {work: listed(f"AFI-rapport {work}") for work in ("2026:02", "2021:09")}
WORKS = {
    row.split("|")[1].strip().replace(" and ", " & ")
    for row in PAGE.split("## Other works")[1].splitlines()
    if row.startswith("| ")
} | {"OECD 2020"}
"""Those on schools and those on method."""


def cited(words: str) -> Iterator[str]:
    """Works named in some text, as the page writes them; names that only stand before one ("empirical Bayes, Louis 1984") are
    dropped where the rest is on the page, and so are all names but the first where the page has "et al.".
    """
    for found in WORK.findall(re.sub(r"\s+", " ", words)):
        work = re.sub(r",? \(?(?=(?:19|20)\d\d)", " ", re.sub(r" (?:and|og) ", " & ", found))
        names = work.split(", ")
        ends = [", ".join(names[k:]) for k in range(len(names))]
        ends.append(f"{names[0]} et al. {work[-4:]}")
        yield next((end for end in ends if end in WORKS), work)


def missing(words: str) -> list[str]:
    """Works and sections named in some text that the page does not have."""
    return [
        f"AFI-rapport {work}, {place}".rstrip(", ")
        for work, said in REPORT.findall(words)
        for place in [*places(said), ""]
        if work not in LISTED or (place and place not in LISTED[work])
    ]


FOLDERS = {
    "sim": ("py", "yaml", "csv", "j2"),
    "scenarios": ("yaml",),
    "calibration": ("csv",),
    "docs": ("md",),
}


def texts(folder: str) -> dict[str, str]:
    """By file: without the pages that are generated from others, without the list itself and without names of places."""
    files = [
        file
        for kind in FOLDERS[folder]
        for file in (ROOT / folder).rglob(f"*.{kind}")
        if file.relative_to(ROOT).parts[:2] != ("docs", "reference")
        if file not in (ROOT / "docs" / "sources.md", *(ROOT / "sim" / "world" / "data").iterdir())
    ]
    if folder == "docs":
        files += [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_section_of_the_reports_that_a_file_names_exists(folder: str) -> None:
    wrong = {file: found for file, text in texts(folder).items() if (found := missing(text))}
    assert wrong == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_other_work_that_a_file_names_stands_in_the_list(folder: str) -> None:
    wrong = {
        file: found
        for file, text in texts(folder).items()
        if (found := [work for work in cited(text) if work not in WORKS and not NO_WORKS.search(work)])
    }
    assert wrong == {}


def test_every_work_in_the_list_is_cited_somewhere() -> None:
    words = [text for folder in FOLDERS for text in texts(folder).values()]
    named = {work for text in words for work in cited(text)}
    assert [
        work for work in sorted(WORKS - named - {"work"}) if not any(work in text for text in words)
    ] == []


def test_every_section_that_a_parameter_or_an_item_of_the_survey_names_exists() -> None:
    # Put together from parts, which the file alone doesn't tell.
    declared = {name: one.source for name, one in REGISTRY.by_name.items()}
    asked = {item.target: item.source for item in ITEMS}
    wrong = {name: found for name, source in {**declared, **asked}.items() if (found := missing(source))}
    assert wrong == {}


def test_every_other_work_that_a_parameter_names_stands_in_the_list() -> None:
    wrong = {
        name: work
        for name, one in REGISTRY.by_name.items()
        for work in cited(one.source)
        if work not in WORKS and not NO_WORKS.search(work)
    }
    assert wrong == {}


def test_works_are_found_however_they_are_written() -> None:
    assert list(cited("Bryant & Lempert (2010), (Ledoit and\nWolf 2004); Efron og Morris 1975")) == [
        "Bryant & Lempert 2010",
        "Ledoit & Wolf 2004",
        "Efron & Morris 1975",
    ]
    assert list(cited("constrained empirical Bayes, Louis 1984; Nobody et al. 2001")) == [
        "Louis 1984",
        "Nobody et al. 2001",
    ]


def named(words: str) -> set[str]:
    """Reports with each place of theirs in some text; a chapter beside a section of it is no place of its own."""
    there = {
        (work, place)
        for work, said in REPORT.findall(words.replace("fotnote", "note").replace("–", "-"))
        for place in [*places(said)] or [""]
    }
    chapters = {(work, place.split(".")[0]) for work, place in there if "." in place and place[0].isdigit()}
    return {f"{work}, {place}" for work, place in there - chapters}


def sources_in_norwegian() -> Iterator[tuple[str, str, str]]:
    """Each lever and each design whose source is told in Norwegian, with that and with what is declared."""
    told = read_yaml(ROOT / "sim/app/messages/levers.nb.yaml")
    for name, source in told["design_source"].items():
        yield name, source, load_design(name, REGISTRY).source
    for name, one in REGISTRY.by_name.items():
        found = told["lever"]
        for part in name.split("."):
            found = found.get(part, {})
        if "source" in found:
            yield name, found["source"], one.source


def test_sources_name_the_same_sections_in_both_languages() -> None:
    wrong = {
        name: (named(norwegian), named(declared))
        for name, norwegian, declared in sources_in_norwegian()
        if named(norwegian) != named(declared)
    }
    assert wrong == {}


def test_sections_are_told_apart_whatever_the_language() -> None:
    assert named("AFI-rapport 2026:02, kap. 3, 3.4 og 3.7: noe") == {"2026:02, 3.4", "2026:02, 3.7"}
    assert named("AFI-rapport 2026:02, ch. 4") == named("AFI-rapport 2026:02, kap. 4") == {"2026:02, 4"}
    assert named("AFI-rapport 2026:02, 4.4.1, fotnote 18") == {"2026:02, 4.4.1", "2026:02, note 18"}
    assert named("OECD 2020") == set()


def test_a_section_that_does_not_exist_is_found() -> None:
    assert missing("AFI-rapport 2026:02, 3.1 and 3.9 [F1]") == ["AFI-rapport 2026:02, 3.9"]
    assert missing("AFI-rapport 2021:09, 1.1, note 4: a proposal; 9.9 of them") == [
        "AFI-rapport 2021:09, note 4"
    ]
    assert missing("AFI-rapport 2026:02, 3.6-3.7; fig. 9-9") == []
    assert missing("AFI-rapport 2026:02, fig. 1-2 and kap. 3") == []
    assert missing("AFI-rapport 2019:01") == ["AFI-rapport 2019:01"]
