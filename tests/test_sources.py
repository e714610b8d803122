"""Every work that is cited, and every section of it, stands in docs/sources.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from sim.declared import REGISTRY
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
WORK = re.compile(r"(?:[A-ZÆØÅ][\w'’-]+(?:, | & | and | et al\. | ))+(?:19|20)\d\d(?::\d+)?")
NO_WORKS = re.compile(r"SSB|Udir|IMDi|KMD|January|April|AFI-rapport|GSI")


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
    row.split("|")[1].strip() for row in PAGE.split("## Other works")[1].splitlines() if row.startswith("| ")
}


def missing(words: str) -> list[str]:
    """Works and sections named in some text that the page does not have."""
    return [
        f"AFI-rapport {work}, {place}".rstrip(", ")
        for work, said in REPORT.findall(words)
        for place in [*places(said), ""]
        if work not in LISTED or (place and place not in LISTED[work])
    ]


def texts() -> Iterable[Path]:
    for folder, kinds in (("sim", ("py", "yaml")), ("scenarios", ("yaml",)), ("docs", ("md",))):
        for kind in kinds:
            yield from (file for file in (ROOT / folder).rglob(f"*.{kind}") if "reference" not in file.parts)


@pytest.mark.parametrize("folder", ["sim", "scenarios", "docs"])
def test_every_section_of_the_reports_that_a_file_names_exists(folder: str) -> None:
    wrong = {
        str(file.relative_to(ROOT)): found
        for file in texts()
        if file.relative_to(ROOT).parts[0] == folder
        if (found := missing(file.read_text(encoding="utf-8")))
    }
    assert wrong == {}


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
        for work in WORK.findall(one.source)
        if not NO_WORKS.search(work) and work not in WORKS | {"OECD 2020"}
    }
    assert wrong == {}


def test_a_section_that_does_not_exist_is_found() -> None:
    assert missing("AFI-rapport 2026:02, 3.1 and 3.9 [F1]") == ["AFI-rapport 2026:02, 3.9"]
    assert missing("AFI-rapport 2021:09, 1.1, note 4: a proposal; 9.9 of them") == [
        "AFI-rapport 2021:09, note 4"
    ]
    assert missing("AFI-rapport 2026:02, 3.6-3.7; fig. 9-9") == []
    assert missing("AFI-rapport 2026:02, fig. 1-2 and kap. 3") == []
    assert missing("AFI-rapport 2019:01") == ["AFI-rapport 2019:01"]
