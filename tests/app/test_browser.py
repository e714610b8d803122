"""Both ways through the page as a person takes them, in a real browser, with every request recorded.

Needs Debian's chromium; `make test-browser` runs it. Screenshots are left in results/screenshots/.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sim.conditions.kept import shipped
from tests.app.conftest import ANSWER
from tests.app.served import served
from tests.app.visiting import LONG_MS, NARROW, SCREENSHOTS, WIDE, Visit, chromium, visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    results = tmp_path_factory.mktemp("browser") / "results"
    shutil.copytree(finished, results)
    options = ("--scale", "0.05", "--worlds", "2", "--start", "2025", "--end", "2027", "--workers", "1")
    with served(results, *options) as (_, at):
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    context, visitor = visit(browser, address, WIDE, locale="nb-NO")
    yield visitor
    context.close()
    assert visitor.requests
    assert [url for url in visitor.requests if not url.startswith((address + "/", "data:"))] == []
    assert visitor.complaints == []


def test_a_policymaker_compares_obligatory_with_voluntary_and_takes_the_report_home(
    visitor: Visit, tmp_path: Path
) -> None:
    page = visitor.page
    visitor.go("/")
    expect(page).to_have_url(f"{visitor.address}/nb/")
    visitor.check("policymaker-1-front")
    page.get_by_role("link", name="Bør oppfølging være obligatorisk?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bør oppfølging være obligatorisk?")
    expect(page.get_by_text("Svaret ligger klart")).to_be_visible()  # the answer that comes along
    visitor.go(f"/nb/resultat/{ANSWER}")  # the one played on this machine
    expect(page.get_by_role("heading", level=1)).to_have_text("Bør oppfølging være obligatorisk?")
    expect(page.get_by_role("heading", name="Les dette først")).to_be_visible()
    visitor.check("policymaker-2-answer")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Rapporten (HTML)").click()
    kept = tmp_path / taken.value.suggested_filename
    taken.value.save_as(kept)
    assert kept.name == f"{ANSWER}.html"
    assert "Bør oppfølgingsordningen være obligatorisk?" in kept.read_text(encoding="utf-8")
    for link, name in (("Kortversjonen (PDF)", "-kort.nb.pdf"), ("Tallene (Excel)", "-tabell.nb.xlsx")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=link).click()
        assert taken.value.suggested_filename == f"{ANSWER}{name}"
    with page.expect_download() as taken:
        page.get_by_role("link", name="Dataene (zip)").click()
    assert taken.value.suggested_filename == f"{ANSWER}.zip"
    page.get_by_role("navigation", name="Deler av svaret").get_by_role("link", name="Kart").click()
    page.get_by_label("Utfall").select_option(label="Tidsbruken i oppfølgingen")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_role("img", name="Kart over fylkene")).to_be_visible()
    visitor.check("policymaker-3-map")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where in the country?")
    expect(page.get_by_label("Outcome")).to_have_value("hours")


def test_a_researcher_changes_the_draw_and_reads_one_municipality_s_points(
    browser: Browser, address: str, scripts: bool
) -> None:
    context, visitor = visit(browser, address, WIDE, locale="en-GB", java_script_enabled=scripts)
    page = visitor.page
    visitor.go("/")
    expect(page).to_have_url(f"{address}/en/")
    page.get_by_role("button", name="Choose levers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change levers and assumptions")
    if scripts:
        visitor.check("researcher-1-levers")
    page.get_by_label("Name of the design").fill("A larger draw")
    page.get_by_label("Places in the average draw", exact=True).fill("many")
    page.get_by_role("button", name="Compare with the starting point").click()
    expect(page.get_by_role("alert")).to_contain_text("Write a whole number from 0 to 400.")
    places = page.get_by_label("Places in the average draw", exact=True)
    expect(places).to_have_value("many")
    places.fill("60" if scripts else "61")
    page.get_by_label("Motivation, grade 7").uncheck()
    page.get_by_role("button", name="Compare with the starting point").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A larger draw compared with today’s scheme")
    expect(page.get_by_text("Places in the average draw: from 30 to 6")).to_be_visible()
    if scripts:
        visitor.check("researcher-2-question")
    page.get_by_label("Number of simulations").fill("2")
    page.get_by_role("button", name="Start the run").click(no_wait_after=True)
    page.wait_for_url("**/resultat/**", timeout=LONG_MS, wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A larger draw")
    page.get_by_role("navigation", name="Parts of the answer").get_by_role("link", name="The draw").click()
    page.get_by_label("Design").select_option(label="A larger draw")
    page.get_by_role("button", name="Show").click()
    if scripts:
        visitor.check("researcher-3-draw")
    page.get_by_role("table").get_by_role("link").first.click()
    table = page.get_by_role(
        "table", name="Risk points for weak figures, indicator by indicator in three years"
    )
    expect(table.get_by_role("row")).to_have_count(1 + 10 + 1)  # without the indicator that was taken out
    expect(table.get_by_role("columnheader")).to_contain_text(["Indicator", "2023", "2024", "2025", "In all"])
    if scripts:
        visitor.check("researcher-4-municipality")
    with page.expect_download() as taken:
        page.get_by_role("link", name="The answer").click()
        page.get_by_text("Figures and scenario files").click()
        page.get_by_role("link", name="Scenario file: A larger draw").click()
    assert "follow_up.draw.average_places" in Path(taken.value.path()).read_text()
    context.close()
    assert [url for url in visitor.requests if not url.startswith(address + "/")] == []
    assert [told for told in visitor.complaints if "422" not in told] == []  # of the form that came back


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_was_written_is_there_on_the_way_back_and_in_the_other_language(
    browser: Browser, address: str, scripts: bool
) -> None:
    context, visitor = visit(browser, address, WIDE, locale="nb-NO", java_script_enabled=scripts)
    page = visitor.page
    visitor.go("/nb/virkemidler?a=voluntary")
    openness = page.get_by_label("Åpenhet i dialogen", exact=True)
    openness.fill("0,35")
    openness.press("Enter")  # sends the form to the question, not into the other language
    expect(page.get_by_text("Åpenhet i dialogen: fra 0,8 til 0,35")).to_be_visible()
    page.go_back()
    expect(openness).to_have_value("0,35")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change levers and assumptions")
    expect(page.get_by_label("Openness of the dialogue", exact=True)).to_have_value("0.35")
    context.close()


def test_a_run_is_watched_and_stopped_without_scripts(browser: Browser, address: str) -> None:
    context, visitor = visit(browser, address, NARROW, locale="nb-NO", java_script_enabled=False)
    page = visitor.page
    visitor.go("/nb/sporsmal?a=voluntary&b=hierarchy&ny=1")
    page.get_by_label("Antall simuleringer").fill("30")
    page.get_by_role("button", name="Start kjøringen").click(no_wait_after=True)
    page.wait_for_url("**/jobb/**", wait_until="commit")
    expect(page.locator(".tick:visible").first).to_be_visible()
    expect(page.locator(".tick:visible", has_text="er ferdige").last).to_be_visible(timeout=LONG_MS)
    page.screenshot(path=SCREENSHOTS / "run-390.png")
    page.get_by_role("button", name="Stopp kjøringen").click(no_wait_after=True)
    expect(page.get_by_role("status")).to_have_text(
        "Kjøringen er stoppet. Ingenting er lagret.", timeout=LONG_MS
    )
    context.close()


PAGES = {
    "front": "/{lang}/",
    "overview": "/{lang}/oversikt?w_pupil_results=50&vis=legitimacy",
    "kept": "/{lang}/oversikt/system_2026",
    "kept-map": "/{lang}/oversikt/no_follow_up/kart",
    "value": "/{lang}/verdi",
    "types": "/{lang}/kommunetyper",
    "smallest": "/{lang}/kommunetyper/smallest",
    "designs": "/{lang}/alternativer",
    "search": "/{lang}/alternativer?sok=2026",
    "several": "/{lang}/sporsmal?a=voluntary&b=market&b=network",
    "about": "/{lang}/om",
    "conditions": "/{lang}/vilkar",
    "levers": "/{lang}/virkemidler?a=obligatory",
    "question": "/{lang}/sporsmal?a=voluntary&b=market&ny=1",
    "answer": f"/{{lang}}/resultat/{ANSWER}",
    "basis": f"/{{lang}}/resultat/{ANSWER}/grunnlag",
    "map": f"/{{lang}}/resultat/{ANSWER}/kart",
    "draw": f"/{{lang}}/resultat/{ANSWER}/uttrekk",
    "partnerships": f"/{{lang}}/resultat/{ANSWER}/partnerskap",
    "nothing": "/{lang}/nothing",
}


@pytest.mark.parametrize(("lang", "size"), [("nb", NARROW), ("en", NARROW), ("en", WIDE)])
def test_every_page_is_accessible_and_fits_the_window(
    browser: Browser, address: str, lang: str, size: dict[str, int]
) -> None:
    context, visitor = visit(browser, address, size)
    for name, path in PAGES.items():
        visitor.go(path.format(lang=lang))
        visitor.check(f"page-{name}-{lang}")
    context.close()
    assert [url for url in visitor.requests if not url.startswith(address + "/")] == []
    assert [told for told in visitor.complaints if "404" not in told] == []


def test_a_slider_lets_go_of_an_answer_and_stands_in_the_reader_s_own_digits(visitor: Visit) -> None:
    page = visitor.page
    visitor.go("/nb/vilkar")
    expect(page.get_by_role("heading", name="Med forutsetningene midt i spennet")).to_be_visible()
    name = "#" + shipped()[0].assumptions[0].name.replace(".", "-")
    field = page.locator(name)
    slider = field.locator("xpath=preceding-sibling::input[@type='range']")
    before = field.input_value()
    slider.focus()
    page.keyboard.press("End")  # to its upper end, which is let go of at once
    expect(page.get_by_role("heading", name="Med forutsetningene du har satt")).to_be_visible()
    assert page.locator(name).input_value() not in ("", before)
    assert "," in page.locator(name).input_value()


def test_on_a_phone_a_row_becomes_a_list_and_nothing_is_cut(browser: Browser, address: str) -> None:
    context, visitor = visit(browser, address, NARROW, locale="nb-NO")
    page = visitor.page
    for path in (
        "/nb/oversikt", "/nb/oversikt/system_2026", "/nb/oversikt/voluntary?mot=no_follow_up", "/nb/verdi",
        "/nb/kommunetyper/smallest",
    ):  # fmt: skip
        visitor.go(path)
        assert page.locator("table.stacks").count() > 0
        cut = page.evaluate(
            "[...document.querySelectorAll('table.stacks td, table.stacks th[scope=row]')]"
            ".filter((c) => c.getBoundingClientRect().right > innerWidth || c.scrollWidth > c.clientWidth + 1).length"
        )
        assert cut == 0, path
    visitor.go("/nb/oversikt/system_2026")
    sizes = page.evaluate(
        "[...document.querySelectorAll('[id$=figure-answer] svg text')].map((t) =>"
        " parseFloat(t.getAttribute('font-size')) * t.ownerSVGElement.getBoundingClientRect().width"
        " / t.ownerSVGElement.viewBox.baseVal.width)"
    )
    assert min(sizes) > 9.5
    context.close()


def test_the_page_can_be_used_with_the_keyboard_alone(visitor: Visit) -> None:
    page = visitor.page
    visitor.go("/nb/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    visitor.go("/nb/")
    for _ in range(9):  # past the skip link, the name, four pages, two languages
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Bør oppfølging være obligatorisk?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bør oppfølging være obligatorisk?")
