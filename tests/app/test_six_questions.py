"""The six questions that a reader of AFI-rapport 2026:02 has, answered by clicking alone from the start page, in a real browser.

Each is worked out anew in a small country with few simulations, so what comes out says nothing of Norway: what is tested is
that the page leads there, and that every figure it shows is the one in the tables. Needs Debian's chromium; `make test-browser`
runs it. Screenshots, and how long each question took, are left in results/screenshots/.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

from sim.conditions.kept import shipped
from tests.app.served import served
from tests.app.visiting import LONG_MS, SCREENSHOTS, WIDE, Visit, chromium, visit
from tests.report.test_page import Files, bound, parsed, read

pytestmark = pytest.mark.browser

SMALL = ("--scale", "0.05", "--worlds", "3", "--from", "2025", "--to", "2028", "--workers", "1")


@dataclass
class Reader:
    """A person who asks, and the folder in which the answers come to lie."""

    visit: Visit
    results: Path

    def ask(self, question: str) -> Path:
        """From the start page to the answer of a question by clicking alone; its folder."""
        page = self.visit.page
        self.visit.go("/nb/")
        page.get_by_role("link", name=question).click()
        page.get_by_role("button", name="Start kjøringen").click(no_wait_after=True)
        page.wait_for_url("**/resultat/**", timeout=LONG_MS, wait_until="commit")
        expect(page.get_by_role("heading", name="Svaret")).to_be_visible()
        return self.results / page.url.rpartition("/")[2].partition("?")[0]

    def verdict(self) -> str:
        """The first sentence of the answer."""
        return self.visit.page.locator(".answers p").first.inner_text()

    def check_figures(self, folder: Path) -> int:
        """Hold every figure of the page that is open against the tables; how many there were."""
        page, files, known = read(self.visit.page.content()), Files(folder), dict[str, float]()
        n = 0
        for source, value, factor, text, lang in bound(page):
            if source not in known:
                known[source] = files.value(source)
            assert value == pytest.approx(known[source], nan_ok=True, rel=1e-12), source
            decimals = len(text.partition(",")[2])
            assert lang == "nb"
            shown = parsed(text, lang)
            assert shown == pytest.approx(value * factor, nan_ok=True, abs=0.5 * 10**-decimals + 1e-9), source
            n += 1
        return n


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
def reader(browser: Browser, place: tuple[str, Path]) -> Iterator[Reader]:
    address, results = place
    context, visitor = visit(browser, address, WIDE, locale="nb-NO")
    yield Reader(visitor, results)
    context.close()
    assert [url for url in visitor.requests if not url.startswith((address + "/", "data:"))] == []
    assert visitor.complaints == []


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Write down how long something took."""
    began = time.monotonic()
    yield
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with (SCREENSHOTS / "six-questions.txt").open("a", encoding="utf-8") as file:
        file.write(f"{name}: {time.monotonic() - began:.1f} s\n")


def row_of(folder: Path, outcome: str, group: str = "all") -> dict[str, float]:
    """A row of the table of comparisons, over all years."""
    table = pd.read_parquet(folder / "comparison.parquet")
    here = (table["outcome"] == outcome) & (table["group"] == group) & (table["horizon"] == "mean")
    (row,) = table[here].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_should_follow_up_be_obligatory_and_on_what_conditions_would_it_be(reader: Reader) -> None:
    page = reader.visit.page
    with timed("should follow-up be obligatory"):
        folder = reader.ask("Bør oppfølging være obligatorisk?")
        assert reader.check_figures(folder) > 15
        assert reader.verdict().startswith(("Ja", "Nei", "Det kommer an på", "Det lar seg ikke"))
        reader.visit.check("six-1-obligatory")
    with timed("on what conditions would it be"):
        page.get_by_role("link", name="Sett dine egne forutsetninger").click()
        kept = shipped()
        assert kept is not None
        values = {one.name: one.middle for one in kept.assumptions}
        for name, wanted in (("follow_up.will.by_pressure", "0,4"), ("follow_up.will.order_moves", "0,5")):
            page.locator(f"#{name.replace('.', '-')}").fill(wanted)
            values[name] = float(wanted.replace(",", "."))
        page.get_by_role("button", name="Se svaret").click()
        expect(page.get_by_role("heading", name="Med forutsetningene du har satt")).to_be_visible()
        odds = kept.odds(values)["pupil_results"]
        told = page.locator("section[aria-labelledby=said] p").first.inner_text()
        assert f"{100 * odds.better:.0f} av 100" in told
        reader.visit.check("six-1-conditions")


def test_should_the_draw_change(reader: Reader) -> None:
    page = reader.visit.page
    with timed("should the draw change"):
        folder = reader.ask("Bør flere trekkes ut?")
        assert reader.check_figures(folder) > 15
        reader.visit.check("six-2-draw")
        page.get_by_role("navigation", name="Deler av svaret").get_by_role("link", name="Uttrekket").click()
        drawn = pd.read_parquet(folder / "draws.parquet")
        here = (drawn["world"] == 0) & (drawn["design"] == "voluntary") & (drawn["drawn"] != "none")
        first = drawn[here & (drawn["year"] == drawn[drawn["year"] >= 2026]["year"].min())]
        shown = page.get_by_role("table").get_by_role("row")
        assert shown.count() - 1 >= len(first) > 0
        reader.visit.check("six-2-who")


def test_is_the_system_from_2026_better_and_for_whom(reader: Reader) -> None:
    page = reader.visit.page
    with timed("is the system from 2026 better, and for whom"):
        folder = reader.ask("Er systemet fra 2026 bedre for små kommuner?")
        page.get_by_text("Tall for grupper av kommuner").click()
        assert reader.check_figures(folder) > 15
        small = row_of(folder, "practice", "size.small")
        assert figure(reader, "practice", "size.small") == pytest.approx(small["difference"], rel=1e-12)
        reader.visit.check("six-3-system")


def test_what_about_the_smallest(reader: Reader) -> None:
    page = reader.visit.page
    with timed("what about the smallest"):
        folder = reader.ask("Bør de minste kommunene holdes utenfor uttrekket?")
        page.get_by_text("Tall for grupper av kommuner").click()
        assert reader.check_figures(folder) > 15
        small = row_of(folder, "owner_competence", "size.small")
        assert figure(reader, "owner_competence", "size.small") == pytest.approx(
            small["difference"], rel=1e-12
        )
        reader.visit.check("six-4-smallest")


def test_is_the_money_well_spent(reader: Reader) -> None:
    page = reader.visit.page
    with timed("is the money well spent"):
        folder = reader.ask("Brukes pengene til oppfølging godt?")
        section = page.locator("section.about-money")
        expect(section.get_by_role("table")).not_to_have_count(0)
        reached, money = row_of(folder, "pupils_reached"), row_of(folder, "money_nok")
        each = 2 * money["mean_b"] / reached["mean_b"]  # money is told by half-year
        assert f"{round(each)}" in section.inner_text().replace("\u202f", "").replace("\u00a0", "")
        assert reader.check_figures(folder) > 15
        reader.visit.check("six-5-money")


def test_what_if_a_forum_loses_its_facilitating_governor(reader: Reader) -> None:
    with timed("what if a forum loses its facilitating governor"):
        folder = reader.ask("Hva skjer om et forum mister den som leder det?")
        assert reader.check_figures(folder) > 15
        satisfaction = row_of(folder, "forum_satisfaction")
        assert satisfaction["difference"] < 0
        leads = reader.visit.page.locator(".answers").inner_text()
        assert "forum" in leads.lower()
        assert f"{abs(100 * satisfaction['difference']):.0f}" in leads
        reader.visit.check("six-6-forum")


def figure(reader: Reader, outcome: str, group: str) -> float:
    """The difference of a group over all years, as the page's code carries it."""
    wanted = (f"outcome={outcome};", f"group={group};", "column=difference", "horizon=mean")
    found = [
        value
        for source, value, *_ in bound(read(reader.visit.page.content()))
        if all(w in source for w in wanted)
    ]
    assert found
    assert not math.isnan(found[0])
    return found[0]
