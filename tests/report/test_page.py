from __future__ import annotations

import itertools
import json
import math
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError
from sim.report import headline, write_report
from sim.report.edition import Edition
from sim.report.messages import load
from sim.report.page import render
from sim.report.results import Results

Maker = Callable[..., Path]
KRONER = 1e-5  # of a level: what rounding every part to whole kroner can do to a sum
VOID = {"meta", "br", "hr", "img", "link", "input"}
FOUR = ("voluntary", "obligatory", "obligatory_mild", "obligatory_robek")
STUDIES: dict[str, dict[str, Any]] = {
    "four designs": {"worlds": 6},
    "two designs, one with a strange title": {"designs": ("voluntary", "own_idea"), "worlds": 5},
    "six designs": {"designs": (*FOUR, "low_pressure", "own_idea"), "worlds": 4},
    "one design": {"designs": ("voluntary",), "worlds": 4},
    "one world": {"designs": FOUR[:2], "worlds": 1},
    "nothing to find": {"designs": FOUR[:2], "worlds": 6, "nothing": True},
}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    lang: str
    text: str = ""


@dataclass
class Page(HTMLParser):
    """Reads a page strictly: every element closed, in order."""

    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[tuple[Element, ...], str]] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs), f"an attribute twice in <{tag}>"
        lang = attributes.get("lang") or (self.open[-1].lang if self.open else "")
        element = Element(tag, attributes, tuple(e.tag for e in self.open), lang)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data
        self.texts.append((tuple(self.open), data))


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert not page.open
    return page


PAGES = [(name, annex) for name in STUDIES for annex in (False, True) if not annex or name != "one design"]
"""Every study's report, and the annex of those that compare."""


@pytest.fixture(
    scope="module", params=PAGES, ids=[f"{name}-{('report', 'annex')[annex]}" for name, annex in PAGES]
)
def asked(request: pytest.FixtureRequest) -> tuple[str, bool]:
    """Name of a study, and whether its annex is meant."""
    name, annex = request.param
    return name, annex


@pytest.fixture(scope="module")
def study(asked: tuple[str, bool], make_folder: Maker) -> Path:
    return make_folder(**STUDIES[asked[0]])


@pytest.fixture(scope="module")
def html(study: Path, asked: tuple[str, bool]) -> str:
    """The report or its annex, without the PNG files, which take most of the time."""
    results = Results(study)
    editions = [Edition(results, "nb"), Edition(results, "en")]
    assert editions[0].has_annex == (asked[0] != "one design")
    return render(editions, annex=asked[1])


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return read(html)


@pytest.fixture(scope="module")
def written(make_folder: Maker) -> Path:
    """A folder with a report in English, then Norwegian."""
    folder = make_folder(worlds=6)
    write_report(folder, "en")
    return folder


class Files:
    """Looks up what a `data-source` names, without the report's own code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, pd.DataFrame] = {}
        self.indices: dict[tuple[str, tuple[str, ...]], Any] = {}
        self.manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    def value(self, source: str) -> float:
        file, _, place = source.partition("#")
        parts = place.split(";")
        if file == "manifest.json":
            return self._fact(dict(part.split("=", 1) for part in parts))
        named = dict(part.split("=", 1) for part in parts if "=" in part)
        if "yearly" in named:
            return self._costs(file, named)
        if "yearly_over" in named or "spent" in named:
            return self._kroner(file, named)
        if "worlds_for" in named:  # which grow with the square of what can't be seen yet
            (row,) = self._rows(
                file, tuple(p for p in parts if not p.startswith(("column=", "worlds_for=")))
            ).to_dict("records")
            return float(
                math.ceil(row["n_worlds"] * (row[named["column"]] / float(named["worlds_for"])) ** 2)
            )
        rows = self._rows(file, tuple(p for p in parts if not p.startswith(("column=", "stat=", "share="))))
        asked = dict(part.split("=", 1) for part in parts if part.startswith(("column=", "stat=", "share=")))
        if "share" in asked:
            return float(self._kept(rows, asked["share"]).mean())
        return self._statistic(rows, asked.get("column", ""), asked.get("stat", ""))

    def _of(self, table: str, named: dict[str, str], outcome: str, column: str, group: str = "all") -> float:
        """A figure of the whole country; money and hours in a year."""
        frame = self._table(table)
        of = {
            **{key: named[key] for key in ("versus", "design", "horizon")},
            "outcome": outcome,
            "group": group,
        }
        for name, value in of.items():
            frame = frame[frame[name].astype(str) == value]
        (row,) = frame.to_dict("records")
        return float(row[column]) * (2 if str(row["unit"]).endswith("per half-year") else 1)

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self.tables:
            self.tables[name] = pd.read_parquet(self.folder / name)
        return self.tables[name]

    def _costs(self, table: str, named: dict[str, str]) -> float:
        """What is spent in a year over the country: figures of several outcomes, and what levers grant."""
        scale = float(self.manifest.get("scale") or 1)
        spent = [self._of(table, named, o, named["column"]) for o in named["yearly"].split("+")]
        a, b = (self._granted(named[key], named["granted"]) for key in ("versus", "design"))
        total = (
            sum(spent) / scale + {"mean_versus": a, "mean_design": b, "difference": b - a}[named["column"]]
        )
        if "per" not in named:
            return total
        return abs(total) / (self._of(table, named, named["per"], "mean_design") / scale)

    def _levers(self, design: str) -> dict[str, Any]:
        (of,) = (d.get("levers", {}) for d in self.manifest["designs"] if d["key"] == design)
        return dict(of)

    def _granted(self, design: str, levers: str) -> float:
        of = self._levers(design)
        years = range(self.manifest["years"]["parting"], self.manifest["years"]["end"] + 1)

        def held(name: str, year: int) -> Any:
            return [value for since, value in of[name] if since <= year][-1]

        grants = [
            held(name, year)
            for name in filter(None, levers.split("+"))
            for year in years  # nothing is granted while the scheme is switched off
            if (switch := f"{name.partition('.')[0]}.active") not in of or held(switch, year)
        ]
        return float(sum(grants)) / len(years)

    def _kroner(self, table: str, named: dict[str, str]) -> float:
        """Kroner a year of a scheme: all, per head, and for each unit of gain if that is asked for; or heads for a sum."""
        scale, column, at = float(self.manifest.get("scale") or 1), named["column"], named.get("at", "")
        money = (
            sum(self._of(table, named, outcome, column) for outcome in named["outcome"].split("+")) / scale
        )
        a, b = (self._granted(named[key], named.get("granted", "")) for key in ("versus", "design"))
        money += b - a
        if "spent" in named:
            return money
        if "and_over" in named:
            outcome, _, group = named["and_over"].partition("@")
            counted = "counted" in named
            heads = self._of(
                table,
                named,
                named["counted" if counted else "yearly_over"],
                "mean_design" if counted else column,
            )
            hundredfold = 100 if outcome == "voc_subject" else 1
            return money / (heads / scale) / (hundredfold * self._of(table, named, outcome, at, group))
        each = money / (self._of(table, named, named["yearly_over"], at) / scale)
        return float(named["sum"]) / each if "sum" in named else each

    def _fact(self, place: dict[str, str]) -> float:
        found: Any = self.manifest
        for name in place["path"].split("."):
            found = found[name]
        return len(found) - 1.0 if place.get("stat") == "others" else float(found)

    def _rows(self, file: str, conditions: tuple[str, ...]) -> pd.DataFrame:
        rows = self._table(file)
        if all(re.fullmatch(r"\w+=[^=]*", condition) for condition in conditions) and file != "draws.parquet":
            names = tuple(condition.partition("=")[0] for condition in conditions)
            if (file, names) not in self.indices:
                places = rows.groupby(list(names)).indices.items()
                self.indices[file, names] = {
                    tuple(map(str, key if isinstance(key, tuple) else (key,))): at for key, at in places
                }
            wanted = tuple(condition.partition("=")[2] for condition in conditions)
            found: pd.DataFrame = rows.iloc[self.indices[file, names][wanted]]
            return found
        for condition in conditions:
            rows = rows[self._kept(rows, condition)]
        return rows

    @staticmethod
    def _kept(rows: pd.DataFrame, condition: str) -> Any:
        match = re.fullmatch(r"(\w+)(>=|<=|!=|<|=)(.*)", condition)
        assert match, condition
        name, sign, value = match.groups()
        column: Any = rows[name]
        if pd.api.types.is_numeric_dtype(column):
            signs = {
                "=": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le, "<": operator.lt,
            }  # fmt: skip
            return signs[sign](column, float(value))
        return {"=": operator.eq, "!=": operator.ne}[sign](column.astype(str), value)

    @staticmethod
    def _statistic(rows: pd.DataFrame, column: str, stat: str) -> float:
        if stat.startswith("q"):
            return float(rows[column].quantile(float(stat[1:])))
        if stat:
            return float(STATISTICS[stat](rows, column))
        assert len(rows) == 1
        return float(rows[column].iloc[0])


def _compared(rows: pd.DataFrame) -> pd.DataFrame:
    farthest = np.maximum(rows["low"].abs(), rows["high"].abs())
    rounding = np.where(
        rows["unit"].astype(str).str.startswith("NOK"), KRONER * rows["mean_versus"].abs(), 0.0
    )
    return rows[rows["low"].notna() & (farthest > rounding)]


STATISTICS: dict[str, Callable[[pd.DataFrame, str], float]] = {
    "count": lambda rows, _: len(rows),
    "mean": lambda rows, column: float(rows[column].mean()),
    "per_draw": lambda rows, _: len(rows) / len(rows[["world", "year"]].drop_duplicates()),
    "hit_rate": lambda rows, _: _hit_rate(rows),
    "compared": lambda rows, _: len(_compared(rows)),
    "clear": lambda rows, _: int(((_compared(rows)["low"] > 0) | (_compared(rows)["high"] < 0)).sum()),
}


def _hit_rate(rows: pd.DataFrame) -> float:
    hits = n = 0
    for _, draw in rows.groupby(["world", "year"]):
        drawn = draw["drawn"] != "none"
        neediest = draw["true_need"].sort_values(ascending=False).index[: drawn.sum()]
        hits, n = hits + int(drawn[neediest].sum()), n + int(drawn.sum())
    return hits / n


def bound(page: Page) -> Iterator[tuple[str, float, float, str, str]]:
    """Every bound number: source, value, factor, words, language."""
    for e in page.elements:
        if "data-source" in e.attributes:
            value = e.attributes["value" if e.tag == "data" else "data-value"]
            yield (
                e.attributes["data-source"],
                float(value),
                float(e.attributes["data-factor"]),
                e.text,
                e.lang,
            )


def parsed(text: str, lang: str) -> float:
    plain = text.replace("−", "-").replace("\u202f", "")
    plain = plain.replace(",", ".") if lang == "nb" else plain.replace(",", "")
    return math.nan if plain == "–" else float(plain)


def half_a_digit(text: str, lang: str) -> float:
    """Half of what the last digit stands for; noughts at the end may be no digits where a range goes beyond a thousand."""
    decimals = len(text.partition("," if lang == "nb" else ".")[2])
    whole = str(int(abs(parsed(text, lang)))) if text != "–" else ""
    noughts = len(whole) - len(whole.rstrip("0")) if not decimals and len(whole) > 2 else 0
    return 0.5 * 10.0 ** (noughts - decimals)


def check_figures(page: Page, files: Files, rel: float = 1e-12) -> int:
    """Hold every figure of a page against the files that it says it is from; how many there were."""
    known, n = dict[str, float](), 0
    for source, value, factor, text, lang in bound(page):
        if source not in known:
            known[source] = files.value(source)
        assert value == pytest.approx(known[source], nan_ok=True, rel=rel), source
        tolerance = half_a_digit(text, lang) + 1e-9
        assert parsed(text, lang) == pytest.approx(value * factor, nan_ok=True, abs=tolerance), source
        n += 1
    return n


def test_every_number_is_the_one_in_its_file(study: Path, page: Page) -> None:
    assert check_figures(page, Files(study)) > 15


def test_no_digit_stands_in_the_text_but_in_bound_numbers_and_messages(study: Path, page: Page) -> None:
    manifest = (study / "manifest.json").read_text(encoding="utf-8")
    digits = re.compile(r"\d[\d\s.,:]*\d|\d")
    allowed = {
        lang: {t for key in load(lang) for t in digits.findall(load(lang).raw(key))} for lang in ("nb", "en")
    }
    for inside, text in page.texts:
        tags = {element.tag for element in inside}
        if tags & {"data", "svg", "style", "code", "title"} or any(
            e.attributes.get("class") == "given" for e in inside
        ):
            continue
        for token in digits.findall(text):
            assert token in allowed[inside[-1].lang] or token in manifest, (token, text)


def test_the_page_asks_for_nothing_outside_itself(html: str, page: Page) -> None:
    assert "default-src 'none'" in html
    assert not re.search(r"https?:|url\(|@import|//cdn", html)
    for element in page.elements:
        assert element.tag not in {"script", "link", "iframe", "img", "object", "form"}
        assert not any(name.startswith("on") for name in element.attributes)
        assert "src" not in element.attributes
        assert element.attributes.get("href", "#").startswith(("#", "annex.html#"))


def test_ids_are_unique_and_links_lead_somewhere(page: Page) -> None:
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for e in page.elements:
        for name in ("href", "aria-labelledby"):
            if name in e.attributes and not e.attributes[name].startswith("annex.html"):
                assert e.attributes[name].removeprefix("#") in ids


def test_the_page_can_be_used_without_seeing_it(page: Page) -> None:
    assert page.elements[0].attributes["lang"] == "nb"
    for e in page.elements:
        if e.tag == "svg":
            assert e.attributes.get("aria-hidden") == "true" or (
                e.attributes["role"] == "img" and e.attributes["aria-label"]
            )
        if e.tag == "th":
            assert e.attributes["scope"] in {"col", "row", "rowgroup"}
        if e.tag == "table":
            assert "section" in e.inside
    tables, captions = (sum(e.tag == tag for e in page.elements) for tag in ("table", "caption"))
    assert tables == captions


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    for lang in ("nb", "en"):
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch(r"h[1-6]", e.tag) and e.lang == lang]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_no_word_is_said_twice_in_a_row(page: Page) -> None:
    for e in page.elements:
        if e.tag in {"p", "li", "figcaption", "caption"}:
            assert not re.search(r"\b([^\W\d]{3,})\s+\1\b", e.text), e.text


def test_texts_of_designs_are_escaped(make_folder: Maker) -> None:
    folder = make_folder(**STUDIES["two designs, one with a strange title"])
    html = render([Edition(Results(folder), "en")])
    assert "Tom &amp; &lt;b&gt;Jerry&#39;s&lt;/b&gt; idea" in html
    assert "<b>" not in html


def test_the_chosen_language_comes_first_and_opens(written: Path) -> None:
    page = read((written / "report.html").read_text(encoding="utf-8"))
    editions = [e for e in page.elements if e.attributes.get("class", "").startswith("edition")]
    assert [(e.attributes["class"], e.lang) for e in editions] == [
        ("edition first", "en"),
        ("edition other", "nb"),
    ]
    assert page.elements[0].attributes["lang"] == "en"


def test_the_headline_is_the_page_s_first_text(written: Path) -> None:
    page = read((written / "report.html").read_text(encoding="utf-8"))
    answers = next(e for e in page.elements if e.attributes.get("class") == "answers" and e.lang == "en")
    assert answers.text.strip().split("\n") == headline(written, "en")


def test_figures_lie_beside_the_page(written: Path) -> None:
    names = {file.name for file in (written / "figures").iterdir()}
    assert names == {
        f"{name}.png" for name in ("answer", "unfolding", "trajectories", "gains", "draw", "worlds")
    }


def test_equal_studies_give_equal_bytes_whenever_they_ran(written: Path, tmp_path: Path) -> None:
    for file in written.glob("*.parquet"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    manifest = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    manifest["run"] = {"started": "2030-01-01T00:00:00+00:00", "seconds": 1.0, "workers": 64}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_report(tmp_path, "en")
    for name in ("report.html", *(f"figures/{file.name}" for file in (written / "figures").iterdir())):
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes(), name


def test_a_folder_with_the_barest_files_gives_a_report(tmp_path: Path, make_folder: Maker) -> None:
    full = make_folder(worlds=6)
    for name in ("comparison.parquet", "summary.parquet", "manifest.json"):
        (tmp_path / name).write_bytes((full / name).read_bytes())
    page = read(render([Edition(Results(tmp_path), "en")]))
    assert not any(e.attributes.get("id") == "en-draw" for e in page.elements)


@pytest.mark.parametrize("year", [2021, None])
def test_a_comparison_says_where_the_last_wave_foretold_the_survey_better(
    tmp_path: Path, make_folder: Maker, year: int | None
) -> None:
    full = make_folder(worlds=6)
    for name in ("comparison.parquet", "summary.parquet"):
        (tmp_path / name).write_bytes((full / name).read_bytes())
    told = json.loads((full / "manifest.json").read_text(encoding="utf-8"))
    told["parameters"] = {"drawn_from": "posterior", "survey_widening": 1.0, "survey_worse_from": year}
    (tmp_path / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    html = re.sub(r"<[^>]+>", "", render([Edition(Results(tmp_path), "en")], annex=True))
    assert ("Fitted to what was known in 2021" in html) == (year == 2021)


def test_missing_values_are_shown_as_dashes(tmp_path: Path, make_folder: Maker) -> None:
    full = make_folder(worlds=6)
    for file in full.glob("*.parquet"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "manifest.json").write_bytes((full / "manifest.json").read_bytes())
    comparison = pd.read_parquet(tmp_path / "comparison.parquet")
    numbers = comparison.select_dtypes(float).columns
    comparison.loc[np.arange(len(comparison)) % 3 == 0, numbers] = np.nan
    comparison.to_parquet(tmp_path / "comparison.parquet")
    page = read(render([Edition(Results(tmp_path), "nb")], annex=True))
    assert "nan" not in {e.text.strip().lower() for e in page.elements if e.tag in {"td", "data"}}
    assert any(text == "–" for *_, text, _ in bound(page))


def test_no_results_no_report(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_report(tmp_path, "nb")
    assert not list(tmp_path.iterdir())


def test_a_broken_table_is_an_input_error(tmp_path: Path, make_folder: Maker) -> None:
    (tmp_path / "manifest.json").write_bytes((make_folder(worlds=6) / "manifest.json").read_bytes())
    (tmp_path / "comparison.parquet").write_bytes(b"no parquet")
    with pytest.raises(InputError, match=r"comparison\.parquet"):
        write_report(tmp_path, "nb")


def test_numbers_are_written_in_the_page_s_language(page: Page) -> None:
    by_lang = {lang: " ".join(text for *_, text, of in bound(page) if of == lang) for lang in ("nb", "en")}
    if by_lang["en"].count(".") == 0:  # a short report may have no decimals at all
        return
    assert re.search(r"\d,\d", by_lang["nb"])
    assert not re.search(r"\d\.\d", by_lang["nb"])
    assert re.search(r"\d\.\d", by_lang["en"])
