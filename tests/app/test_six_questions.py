"""The six questions that a reader of AFI-rapport 2026:02 has, answered by clicking alone from the start page, in a real browser.

Each is answered twice: by the answer that is kept, of the whole country, as a reader gets it; and worked out anew in a small
country with few simulations, so that what comes out there says nothing of Norway. What is tested is that the page leads there,
and that every figure it shows is the one in the kept files or in the tables. Needs Debian's chromium; `make test-browser` runs
it. Screenshots, and a table of how long each question took, `six-questions.md`, are left in results/screenshots/.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

from sim.atlas.kept import shipped_folder as atlas_folder
from sim.conditions.kept import shipped
from sim.conditions.kept import shipped_folder as conditions_folder
from tests.app.served import served
from tests.app.visiting import LONG_MS, SCREENSHOTS, WIDE, Visit, chromium, visit
from tests.atlas.kept_files import KeptFiles
from tests.report.test_page import Files, bound, check_figures, read

pytestmark = pytest.mark.browser

SMALL = ("--scale", "0.05", "--worlds", "3", "--start", "2025", "--end", "2028", "--workers", "1")
AT_ONCE = 20.0  # seconds: the first opens the atlas, and machines that test are busy
Times = dict[str, dict[str, float]]
"""Seconds by question and way."""


@dataclass
class Reader:
    """A person who asks, and the folder in which the answers come to lie."""

    visit: Visit
    results: Path
    times: Times

    def ask(self, question: str) -> Path:
        """From the start page to the answer of a question by clicking alone; its folder."""
        page = self.visit.page
        self.visit.go("/nb/")
        page.get_by_role("link", name=question).click()
        if (
            "/oversikt/" in page.url
        ):  # the answer that comes along; figures are held against the tables of one played anew
            expect(page.get_by_role("heading", name="Svaret", exact=True)).to_be_visible()
            page.get_by_role("link", name="Simuler på nytt med andre tilfeldigheter").first.click()
        with timed(self.times, question, ANEW):
            page.get_by_role("button", name="Start kjøringen").click(no_wait_after=True)
            page.wait_for_url("**/resultat/**", timeout=LONG_MS, wait_until="commit")
            expect(page.get_by_role("heading", name="Svaret", exact=True)).to_be_visible()
        return self.results / page.url.rpartition("/")[2].partition("?")[0]

    def verdict(self) -> str:
        """The first sentence of the answer."""
        return self.visit.page.locator(".answers p").first.inner_text()

    def check_figures(self, folder: Path) -> int:
        """Hold every figure of the page that is open against the tables; how many there were."""
        return check_figures(read(self.visit.page.content()), Files(folder))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The page's address, and its folder of results, empty at first."""
    results = tmp_path_factory.mktemp("six") / "results"
    results.mkdir()
    with served(results, *SMALL) as (_, address):
        yield address, results


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def reader(browser: Browser, place: tuple[str, Path], times: Times) -> Iterator[Reader]:
    address, results = place
    context, visitor = visit(browser, address, WIDE, locale="nb-NO")
    yield Reader(visitor, results, times)
    context.close()
    assert [url for url in visitor.requests if not url.startswith((address + "/", "data:"))] == []
    assert visitor.complaints == []


KEPT, ANEW = "from the kept answer of the whole country", f"played anew ({' '.join(SMALL)})"
HEAD = """# How long the questions take

Seconds from the click until the answer stands there: on the question on the front page, or on the button that starts a run.
Written by `tests/app/test_six_questions.py` (`make test-browser ARGS=tests/app/test_six_questions.py`), which leaves it in
`results/screenshots/six-questions.md`, with a screenshot of each answer beside it.
"""


@pytest.fixture(scope="module")
def times() -> Iterator[Times]:
    """Seconds by question and way, written down at the end: those of this run in place of those of earlier ones."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    kept = SCREENSHOTS / "six-questions.json"
    found: Times = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    yield found
    kept.write_text(json.dumps(found), encoding="utf-8")
    rows = [["question", KEPT, ANEW], ["---", "---:", "---:"]]
    for question in filter(found.__contains__, [*QUESTIONS.values(), CONDITIONS]):
        told = (f"{found[question][way]:.1f}" if way in found[question] else "" for way in (KEPT, ANEW))
        rows.append([question, *told])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    (SCREENSHOTS / "six-questions.md").write_text(f"{HEAD}\n{table}\n", encoding="utf-8")


@contextmanager
def timed(times: Times, question: str, way: str) -> Iterator[None]:
    """Write down how long something took."""
    began = time.monotonic()
    yield
    times.setdefault(question, {})[way] = time.monotonic() - began


CONDITIONS = "På hvilke vilkår?"
QUESTIONS = {
    "obligatory": "Bør oppfølging være obligatorisk?",
    "draw": "Bør flere trekkes ut?",
    "system": "Er systemet fra 2026 bedre for små kommuner?",
    "smallest": "Bør de minste kommunene holdes utenfor uttrekket?",
    "money": "Brukes pengene til oppfølging godt?",
    "forum": "Hva skjer når nøkkelpersonen i samarbeidsforumet slutter?",
}


@pytest.mark.parametrize(("n", "key"), [(n, key) for n, key in enumerate(QUESTIONS, 1)])
def test_the_kept_answer_of_the_whole_country_opens_at_once(reader: Reader, n: int, key: str) -> None:
    page = reader.visit.page
    reader.visit.go("/nb/")
    with timed(reader.times, QUESTIONS[key], KEPT):
        page.get_by_role("link", name=QUESTIONS[key]).click()
        expect(page.get_by_role("heading", name="Svaret", exact=True)).to_be_visible()
    assert reader.times[QUESTIONS[key]][KEPT] < AT_ONCE
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[key])
    files = KeptFiles(atlas_folder(), conditions_folder())
    assert check_figures(read(page.content()), files, rel=1e-9) > 40
    reader.visit.check(f"six-kept-{n}-{key}")
    if key == "money":  # and all schemes side by side
        page.get_by_role("link", name="Se hva staten får igjen for pengene").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Hva får staten igjen for pengene?")
        assert check_figures(read(page.content()), files, rel=1e-9) > 40
        reader.visit.check("six-kept-5-value")


def row_of(folder: Path, outcome: str, group: str = "all", design: str = "") -> dict[str, float]:
    """A row of the table of comparisons, over all years; of the only pair where no design is named."""
    table = pd.read_parquet(folder / "comparison.parquet")
    here = (table["outcome"] == outcome) & (table["group"] == group) & (table["horizon"] == "mean")
    (row,) = table[here & (table["design"] == design) if design else here].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_should_follow_up_be_obligatory_and_on_what_conditions_would_it_be(reader: Reader) -> None:
    page = reader.visit.page
    folder = reader.ask(QUESTIONS["obligatory"])
    assert reader.check_figures(folder) > 15
    assert reader.verdict().startswith(("Ja", "Nei", "Det ", "Bare "))
    reader.visit.check("six-1-obligatory")
    with timed(reader.times, CONDITIONS, KEPT):
        page.get_by_role("link", name="Sett dine egne forutsetninger").click()
        kept = shipped()[0]
        values = {one.name: one.middle for one in kept.assumptions}
        for one in kept.assumptions[:2]:
            page.locator(f"#{one.name.replace('.', '-')}").fill(f"{one.high:g}".replace(".", ","))
            values[one.name] = one.high
        page.get_by_role("button", name="Se svaret").click()
        expect(page.get_by_role("heading", name="Med forutsetningene du har satt")).to_be_visible()
        odds = kept.odds(values)[kept.outcomes[0]]
        told = page.locator("section[aria-labelledby=said] p").first.inner_text()
        assert re.search(rf"\b[iI] {100 * max(odds.matters, odds.harms):.0f}\b", told)  # of a hundred
        reader.visit.check("six-1-conditions")


def test_should_the_draw_change(reader: Reader) -> None:
    page = reader.visit.page
    folder = reader.ask(QUESTIONS["draw"])
    assert reader.check_figures(folder) > 15
    reader.visit.check("six-2-draw")
    page.get_by_role("navigation", name="Deler av svaret").get_by_role(
        "link", name="Uttrekk", exact=True
    ).click()
    drawn = pd.read_parquet(folder / "draws.parquet")
    here = (drawn["world"] == 0) & (drawn["design"] == "voluntary") & (drawn["drawn"] != "none")
    first = drawn[here & (drawn["year"] == drawn[drawn["year"] >= 2026]["year"].min())]
    shown = page.get_by_role("table").get_by_role("row")
    assert shown.count() - 1 >= len(first) > 0
    reader.visit.check("six-2-who")


def test_is_the_system_from_2026_better_and_for_whom(reader: Reader) -> None:
    page = reader.visit.page
    folder = reader.ask(QUESTIONS["system"])
    page.get_by_role("heading", name="Tallene etter gruppe").click()
    assert reader.check_figures(folder) > 15
    outcome, shown = first_figure(reader, "size.small")
    assert shown == pytest.approx(row_of(folder, outcome, "size.small")["difference"], rel=1e-12)
    reader.visit.check("six-3-system")


def test_what_about_the_smallest(reader: Reader) -> None:
    page = reader.visit.page
    folder = reader.ask(QUESTIONS["smallest"])
    page.get_by_role("heading", name="Tallene etter gruppe").click()
    assert reader.check_figures(folder) > 15
    outcome, shown = first_figure(reader, "size.small")
    assert shown == pytest.approx(row_of(folder, outcome, "size.small")["difference"], rel=1e-12)
    reader.visit.check("six-4-smallest")


def test_is_the_money_well_spent(reader: Reader) -> None:
    page = reader.visit.page
    folder = reader.ask(QUESTIONS["money"])
    section = page.locator("section.about-money")
    told = section.inner_text().replace("\u202f", "").replace("\u00a0", "")
    for words in (
        "Kroner per elev som nås",
        "Kroner per elev for hver hundredel av et standardavvik",
        "Et større uttrekk",
    ):
        assert words in told
    reached, money = (
        row_of(folder, outcome, design="voluntary") for outcome in ("pupils_reached", "money_nok")
    )
    if reached["low"] > 0:  # else it can't be told
        each = 2 * money["difference"] / reached["difference"]  # money is noted by half-year
        assert f"{round(each)}" in told
    assert reader.check_figures(folder) > 15
    reader.visit.check("six-5-money")


def test_what_if_a_forum_loses_its_facilitating_governor(reader: Reader) -> None:
    page = reader.visit.page
    reader.visit.go("/nb/")
    page.get_by_role("link", name=QUESTIONS["forum"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS["forum"])
    for english in ("Leader", "leader_exit", "leader_loss"):
        assert english not in page.get_by_role("main").inner_text()
    folder = reader.ask(QUESTIONS["forum"])
    assert reader.check_figures(folder) > 15
    assert row_of(folder, "forum_satisfaction")["difference"] < 0
    leads = reader.visit.page.locator(".answers")
    assert "outcome=forum_satisfaction" in leads.inner_html()  # with its size
    assert "tilfreds" in leads.inner_text().lower()
    reader.visit.check("six-6-forum")


def first_figure(reader: Reader, group: str) -> tuple[str, float]:
    """The first outcome whose difference over all years is told of a group, and that difference as the page's code carries it."""
    wanted = (f"group={group};", "column=difference", "horizon=mean")
    found = [
        (source, value)
        for source, value, *_ in bound(read(reader.visit.page.content()))
        if all(words in source for words in wanted)
    ]
    assert found
    source, value = found[0]
    assert not math.isnan(value)
    return source.partition("outcome=")[2].partition(";")[0], value
