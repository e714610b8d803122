"""All pages, as a browser gets them: their form, their links, and the ways through them."""

from __future__ import annotations

import functools
import html
import io
import os
import re
import shutil
import time
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sim.app.bounds import Bounds
from sim.app.job import Phase
from sim.app.jobs import Jobs
from sim.app.player import Player
from sim.app.rendering import unbroken
from sim.declared import REGISTRY
from sim.report.number_format import number
from tests.app.conftest import ANSWER, USUAL, SiteMaker

AT = f"resultat/{ANSWER}"
PAGES = (
    "", "alternativer", "om", "vilkar", "virkemidler?a=voluntary", "sporsmal?a=voluntary&b=market&ny=1", AT, f"{AT}/grunnlag",
    f"{AT}/kart", f"{AT}/kart?utfall=hours", f"{AT}/kart?etter=county", f"{AT}/uttrekk",
    f"{AT}/uttrekk?verden=1&alternativ=obligatory&ar=2026",
    f"{AT}/partnerskap", f"{AT}/partnerskap?fylke=50&alternativ=obligatory",
)  # fmt: skip
VOID = {"meta", "br", "hr", "img", "link", "input"}


class Outline(HTMLParser):
    """What a page is made of; every element must be closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def of(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@functools.cache
def outline(client: TestClient, path: str, status: int = 200) -> Outline:
    """The page, fetched once for all tests of a module that look at it."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:300]
    return Outline(answer.text)


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_asks_for_nothing_elsewhere(reader: TestClient, lang: str, path: str) -> None:
    page = outline(reader, f"/{lang}/{path}")
    assert page.of("html") == [{"lang": lang}]
    assert len(page.of("h1")) == len(page.of("main")) == 1
    identities = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identities) == len(set(identities))
    for tag, attributes in page.elements:
        assert tag != "style", "inline style"
        assert not [name for name in attributes if name == "style" or name.startswith("on")], (
            tag,
            attributes,
        )
        for name in ("href", "src", "action"):
            assert re.match(r"(/(?!/)|#|$)", attributes.get(name, "")), attributes
    for attributes in page.of("a"):
        if attributes["href"].startswith("#"):
            assert attributes["href"][1:] in identities, attributes


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_field_has_a_label_and_what_describes_it(reader: TestClient, lang: str, path: str) -> None:
    page = outline(reader, f"/{lang}/{path}")
    labelled = {attributes["for"] for attributes in page.of("label") if "for" in attributes}
    identities = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    for attributes in page.of("input", "select"):
        if attributes.get("type") not in ("hidden", "checkbox"):
            assert attributes["id"] in labelled
        assert set(attributes.get("aria-describedby", "").split()) <= identities


@pytest.mark.parametrize("path", PAGES)
def test_links_within_the_page_lead_somewhere(reader: TestClient, path: str) -> None:
    hrefs = {attributes["href"].split("#")[0] for attributes in outline(reader, f"/nb/{path}").of("a")}
    own = sorted(href for href in hrefs if href and not href.endswith(".zip") and "/nb/" in href)
    for href in own[:: max(1, len(own) // 8)]:
        assert reader.get(href).status_code in (200, 303), href


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith("virkemidler")])
def test_the_other_language_is_the_same_page(reader: TestClient, path: str) -> None:
    other = next(a for a in outline(reader, f"/nb/{path}").of("a") if a.get("hreflang") == "en")
    assert other["href"] == f"/en/{path}"


@pytest.mark.parametrize(
    ("asked", "lang"), [("nb-NO,nb;q=0.9", "nb"), ("nn", "nb"), ("en-GB", "en"), ("de", "en"), ("", "nb")]
)
def test_the_front_page_is_in_the_browser_s_language(reader: TestClient, asked: str, lang: str) -> None:
    assert reader.get("/", headers={"accept-language": asked}).headers["location"] == f"/{lang}/"


@pytest.fixture
def no_atlas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing comes along that could answer instead of what was played."""
    monkeypatch.setattr("sim.app.pages.kept_answer.shipped", lambda: None)


@pytest.mark.usefixtures("no_atlas")
def test_a_question_that_was_answered_leads_straight_to_its_answer(reader: TestClient) -> None:
    answer = reader.get("/en/sporsmal?a=voluntary&b=obligatory")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/{AT}")
    assert "Work it out" in reader.get("/en/sporsmal?a=voluntary&b=obligatory&ny=1").text


def test_an_answer_opens_with_the_answer_and_says_what_to_beware_of(reader: TestClient) -> None:
    text = reader.get(f"/nb/{AT}").text
    places = [
        text.index(words)
        for words in ('class="answers"', "Les dette først", "Hvor sikkert er det?", "Hva koster det?")
    ]
    assert places == sorted(places)
    assert re.search(r"Bare <data[^>]*>5</data>\s% av landet er simulert", text)
    assert 'data-source="comparison.parquet#' in text


def test_an_answer_s_address_without_a_language_leads_to_that_it_was_asked_in(reader: TestClient) -> None:
    assert reader.get(f"/{AT}").headers["location"] == f"/nb/{AT}"


def test_the_same_design_twice_is_no_question(reader: TestClient) -> None:
    outline(reader, "/nb/sporsmal?a=voluntary&b=voluntary", status=422)


@pytest.mark.parametrize(
    "path",
    [
        "/nb/resultat/nothing", "/nb/jobb/nothing", "/static/jobs.py", "/static/..%2fjobs.py", "/nb/nothing", "/xx/",
        "/nb/virkemidler?a=../x", "/nb/sporsmal?a=x&b=y", f"/nb/{AT}/kommune/9999", f"/{AT}/scenario/market.yaml",
        "/resultat/..%2f..%2fetc/data.zip", f"/{AT}/rapport.html/",
        f"/{AT}/x.nb.pdf", f"/{AT}/kort.sv.pdf", f"/{AT}/tabell.nb.xls", f"/{AT}/figur/x.nb.png",
        f"/nb/{AT}/kommune/x", "/nb/resultat/.page",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "utfall=%3Cscript%3E",
        "ar=abc",
        "verden=-1",
        "alternativ=x",
        "fylke=99999999999999999999",
        "ar=2026&ar=1",
    ],
)
@pytest.mark.parametrize("page", ["kart", "uttrekk", "partnerskap"])
def test_a_choice_that_is_not_offered_shows_the_usual_one(reader: TestClient, page: str, query: str) -> None:
    text = reader.get(f"/nb/{AT}/{page}?{query}").text
    assert "<script>" not in text
    assert "<h1>" in text


def test_the_map_has_its_numbers_in_a_table_too(reader: TestClient) -> None:
    page = reader.get(f"/en/{AT}/kart?utfall=hours&etter=county").text
    assert (
        page.count('<th scope="row">') == 14
    )  # of fifteen counties; there is none of Oslo in so small a country
    assert "Map of the counties. Agder:" in page
    assert "The map rests on all 2 simulations." in page
    whole = reader.get(f"/en/{AT}/kart?utfall=hours&etter=region").text
    assert "The map rests on all 2 simulations." in whole
    assert whole.count('<th scope="row">') == 4  # parts of the country


def test_a_municipality_shows_three_years_of_eleven_indicators(reader: TestClient) -> None:
    listed = reader.get(f"/nb/{AT}/uttrekk").text
    address = re.search(rf'href="(/nb/{AT}/kommune/[^"?]+-\d\d[^"]*)"', listed)
    assert address
    page = reader.get(address[1].replace("&amp;", "&")).text
    for words in ("2023", "2024", "2025", "Lesing, 5. trinn", "Mobbing, 10. trinn", "mulige risikopoeng"):
        assert words in page
    assert page.count('<th scope="row">') == 11


def test_report_data_and_scenarios_can_be_taken_home(reader: TestClient) -> None:
    report = reader.get(f"/{AT}/rapport.html")
    assert report.headers["content-disposition"] == f'attachment; filename="{ANSWER}.html"'
    assert "<!DOCTYPE html>" in report.text
    data = reader.get(f"/{AT}/data.zip")
    names = zipfile.ZipFile(io.BytesIO(data.content)).namelist()
    assert {
        f"{ANSWER}/{name}" for name in ("manifest.json", "comparison.csv", "draws.parquet", "tables.md")
    } <= set(names)
    scenario = reader.get(f"/{AT}/scenario/obligatory.yaml")
    assert "follow_up.obligation" in scenario.text
    assert "extends: history" in scenario.text


def test_what_is_taken_home_of_a_part_of_the_country_says_so(reader: TestClient) -> None:
    share = USUAL.scale
    whole = zipfile.ZipFile(io.BytesIO(reader.get(f"/{AT}/data.zip").content))
    for name in ("comparison", "counties", "summary", "outcomes"):
        first = whole.read(f"{ANSWER}/{name}.csv").decode().splitlines()
        assert first[0].endswith(',"of_country"')
        assert first[1].endswith(f",{share}")
    assert f"**Only {share} of the country was simulated.**" in whole.read(f"{ANSWER}/tables.md").decode()
    for lang, words in (("nb", "simulert for 5 % av landet"), ("en", "simulated for 5% of the country")):
        svg = html.unescape(reader.get(f"/{AT}/figur/answer.{lang}.svg").text)
        lines = " ".join(re.findall(r"<text[^>]*>([^<]*)", svg))
        assert f"({words})" in lines.replace("\u00a0", " ")
        card = re.sub(
            r"<[^>]*>", "", reader.get(f"/{lang}/").text.split('class="ready"')[1].partition("</h3>")[0]
        )
        assert f"({words})" in card.replace("\u00a0", " ")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_annex_the_figures_and_the_tables_can_be_taken_home(reader: TestClient, lang: str) -> None:
    annex = reader.get(f"/{AT}/annex.html")
    assert annex.headers["content-disposition"] == 'attachment; filename="annex.html"'
    table = reader.get(f"/{AT}/tabell.{lang}.csv").content.decode("utf-8-sig")
    assert table.startswith({"nb": "Utfall;Gruppe;", "en": "Outcome,Group,"}[lang])
    assert {"nb": ";90 %", "en": ",90%"}[lang] in table.split("\r\n", 1)[0]
    book = zipfile.ZipFile(io.BytesIO(reader.get(f"/{AT}/tabell.{lang}.xlsx").content))
    assert "xl/workbook.xml" in book.namelist()
    figures = re.findall(rf'href="(/{AT}/figur/[^"]+)"', reader.get(f"/{lang}/{AT}").text)
    drawn = {figure.rpartition(".")[2]: reader.get(figure).content for figure in figures[:2]}
    assert drawn["png"].startswith(b"\x89PNG")
    assert drawn["svg"].startswith(b"<svg")
    assert {"nb": b"Kilde: ", "en": b"Source: "}[lang] in drawn["svg"]


def test_the_report_and_the_brief_can_be_had_as_pdf(reader: TestClient) -> None:
    brief = reader.get(f"/{AT}/kort.nb.pdf")
    assert brief.headers["content-type"] == "application/pdf"
    assert brief.content.startswith(b"%PDF")
    assert reader.get(f"/{AT}/rapport.nb.pdf").content.startswith(b"%PDF")


@pytest.mark.usefixtures("no_atlas")
def test_a_question_of_the_front_page_leads_to_its_answer(reader: TestClient) -> None:
    front = reader.get("/nb/").text
    assert 'href="/nb/sporsmal/plikt">Bør oppfølging være obligatorisk?</a>' in front
    asked = reader.get("/nb/sporsmal/plikt", follow_redirects=True)
    assert str(asked.url).endswith(AT)
    assert reader.get("/nb/sporsmal/nothing").status_code == 404


def test_designs_are_searched_by_all_words(reader: TestClient) -> None:
    outline(reader, "/nb/alternativer?sok=St%C3%B8rre+uttrekk")
    text = reader.get("/nb/alternativer?sok=St%C3%B8rre+uttrekk").text
    assert 'id="design-draw_larger"' in text
    assert 'id="design-market"' not in text
    assert 'id="questions"' not in text  # none has both words
    assert (
        'href="/nb/sporsmal/flere">Bør flere trekkes ut?</a>'
        in reader.get("/nb/alternativer?sok=flere+trekkes").text
    )
    assert "<b>" not in reader.get("/nb/alternativer?sok=%3Cb%3E").text


def test_more_than_two_designs_are_compared_at_once(reader: TestClient) -> None:
    text = reader.get("/nb/sporsmal?a=voluntary&b=market&b=network&b=voluntary&b=hierarchy").text
    assert 'name="more" value="network hierarchy"' in text
    for words in ("Midler rett til skoleeier, midler gjennom nettverk og nasjonale programmer",):
        assert words in text


def lever_form(client: TestClient, base: str = "voluntary") -> dict[str, list[str] | str]:
    """The form as a browser would send it untouched."""
    text = client.get(f"/nb/virkemidler?a={base}").text
    field = r'<input (?:id="[^"]*" )?(?:type="hidden" )?name="([^"]+)"[^>]* value="([^"]*)"'
    sent: dict[str, list[str] | str] = dict(re.findall(field, text))
    sent["follow_up.draw.indicators"] = re.findall(
        r'type="checkbox" name="[^"]+" value="([^"]+)" checked', text
    )
    for name, inside in re.findall(r'<select id="[^"]*" name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]+)" selected', inside)
    return sent


def test_levers_make_a_design_of_one_s_own_and_lead_to_the_question(make_site: SiteMaker) -> None:
    site = make_site()
    sent = lever_form(site) | {"follow_up.prephase_years": "3", "title": "Lang <b>forfase</b>"}
    indicators = sent["follow_up.draw.indicators"]
    assert isinstance(indicators, list)
    indicators.remove("motivation_7")
    answer = site.post("/nb/virkemidler", data=sent)
    assert answer.status_code == 303
    page = site.get(answer.headers["location"]).text
    assert "Lang &lt;b&gt;forfase&lt;/b&gt; sammenlignet med dagens ordning" in page
    assert "Forfasens lengde: fra 1 til 3" in page
    assert "Indikatorer: Motivasjon, 7. trinn tas ut" in page
    assert "hva som skjer der, er ikke utforsket" in page
    assert page.count("<li>") < 12  # nothing else has changed


def test_an_untouched_form_and_a_wrong_one_come_back_with_what_was_written(make_site: SiteMaker) -> None:
    site = make_site()
    sent = lever_form(site)
    untouched = site.post("/nb/virkemidler", data=sent)
    assert untouched.status_code == 422
    assert "Ingenting er endret" in untouched.text
    wrong = site.post("/nb/virkemidler", data=sent | {"follow_up.openness": "<7>", "from": "1814"})
    assert wrong.status_code == 422
    assert 'href="#from"' in wrong.text
    wrong = site.post("/nb/virkemidler", data=sent | {"follow_up.openness": "<7>"})
    assert 'value="&lt;7&gt;"' in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    assert '<a href="#follow_up-openness">Åpenhet i dialogen</a>: Skriv et tall fra 0 til 1.' in wrong.text
    Outline(wrong.text)


def test_the_form_goes_on_in_the_other_language_with_what_was_written(make_site: SiteMaker) -> None:
    site = make_site()
    wrong = lever_form(site) | {
        "follow_up.openness": "<7>",
        "follow_up.acceptance.autonomy_cost": "0,35",
        "title": "Min",
    }
    answer = site.post("/nb/virkemidler", data=wrong)
    assert answer.status_code == 422
    assert 'name="follow_up.acceptance.autonomy_cost" value="0,35"' in answer.text
    answer = site.post("/nb/virkemidler", data=wrong | {"to": "en"})
    # The button names the language to go to; the address, the one that was written in.
    assert answer.status_code == 303
    page = site.get(answer.headers["location"]).text
    assert '<html lang="en">' in page
    for words in (
        'value="Min"',
        'value="&lt;7&gt;"',
        'name="follow_up.acceptance.autonomy_cost" value="0.35"',
    ):
        assert words in page


def test_with_levers_assumptions_hold_for_both_designs_and_alone_for_one(make_site: SiteMaker) -> None:
    site = make_site()
    assumed = lever_form(site) | {"follow_up.acceptance.autonomy_cost": "0,35"}
    both = site.post("/nb/virkemidler", data=assumed | {"follow_up.openness": "0,5"})
    page = site.get(both.headers["location"]).text
    assert "med egne forutsetninger" in page
    assert "Åpenhet i dialogen: fra 0,8 til 0,5" in page
    assert "føler seg helt styrt" not in page
    alone = site.post("/nb/virkemidler", data=assumed)
    assert "a=voluntary&" in alone.headers["location"]
    page = site.get(alone.headers["location"]).text
    usual = number(float(REGISTRY.find("follow_up.acceptance.autonomy_cost").default), "nb", 2)
    assert f"føler seg helt styrt; under null stiger den: fra {usual} til 0,35" in page


def test_a_page_that_answers_a_form_is_found_in_the_other_language(make_site: SiteMaker) -> None:
    site = make_site()
    wrong = site.post("/nb/kjor", data={"a": "voluntary", "b": "hierarchy", "worlds": "many", "seed": "7"})
    assert wrong.status_code == 422
    other = re.search(r'href="(/en/[^"]*)"', wrong.text)
    assert other is not None
    page = site.get(other[1].replace("&amp;", "&"))
    assert page.status_code == 200
    assert 'value="many"' in page.text
    assert 'value="7"' in page.text


def test_a_scenario_can_be_uploaded(make_site: SiteMaker) -> None:
    site = make_site()
    text = b"title: Min\nextends: voluntary\nfrom: 2026\nlevers: {follow_up.openness: 0.3}\n"
    answer = site.post("/nb/last-opp", data={"a": "voluntary"}, files={"file": ("../../x.yaml", text)})
    assert answer.status_code == 303
    assert "Min sammenlignet med" in site.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    ("content", "status", "told"),
    [
        (b"title: x\nextends: voluntary\nlevers: {a.b: 1}\n", 400, "Linje 3:"),
        (b"title: !!python/name:os.system x\n", 400, "Merkelapper (!) kan ikke brukes."),
        (b"\xff\xfe", 400, "Filen er ikke lagret som tekst i UTF-8."),
        (b"", 400, "Velg en fil først"),
        (b"# " + b"x" * (256 * 1024), 413, "for stor"),
        (b"a: " * 3000, 400, "Filen kan ikke leses som YAML herfra."),
        (b"[" * 5000, 400, ""),
    ],
)
def test_a_scenario_that_can_t_be_used_is_refused_with_its_faults(
    make_site: SiteMaker, content: bytes, status: int, told: str
) -> None:
    site = make_site()
    answer = site.post("/nb/last-opp", data={"a": "voluntary"}, files={"file": ("x.yaml", content)})
    assert answer.status_code == status
    assert told in answer.text
    designs = site.app.state.desk.own.folder  # type: ignore[attr-defined]
    assert not designs.exists() or list(designs.iterdir()) == []


@pytest.mark.parametrize(
    "body", [b"", b"a=%ff%fe&b=%00", b"a=" + b"x" * 5000, b"&".join(b"k%d=1" % i for i in range(2000))]
)
@pytest.mark.parametrize("path", ["/nb/kjor", "/nb/virkemidler", "/nb/last-opp"])
def test_a_senseless_form_is_refused(reader: TestClient, path: str, body: bytes) -> None:
    answer = reader.post(path, content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code in (400, 404)


COPIED = """
import pathlib, shutil, sys
key = input()
print('world 1', flush=True)
shutil.copytree(sys.argv[1], pathlib.Path(sys.argv[2]) / key)
print('done', flush=True)
"""
ASLEEP = "import time; time.sleep(60)"


@pytest.fixture
def played_at_once(monkeypatch: pytest.MonkeyPatch, finished: Path) -> None:
    """Puts the finished answer in the place of the run's, as if it had been played."""

    def new_player(jobs: Jobs) -> Player:
        return Player(["-c", COPIED, str(finished / ANSWER), str(jobs.results)])

    monkeypatch.setattr(Jobs, "_new_player", new_player)


ASKED = {"a": "voluntary", "b": "market", "worlds": "2", "scale": "0.05", "seed": "7"}


@pytest.mark.usefixtures("played_at_once")
def test_a_run_s_page_grows_until_it_leads_to_the_answer(make_site: SiteMaker) -> None:
    site = make_site(answers=False)
    job = site.post("/nb/kjor", data=ASKED).headers["location"]
    text = site.get(job).text  # comes to an end when the run does
    if "tick" in text:
        target = re.search(r'content="0; url=([^"]+)"', text)
        assert target
        assert target[1] == job.replace("/jobb/", "/resultat/")
        Outline(text.replace("<meta http-equiv", "<meta name"))
    key = job.rsplit("/", 1)[1]
    while not site.app.state.desk.jobs.find(key).phase.is_over:  # type: ignore[attr-defined]
        time.sleep(0.02)
    assert site.get(job).headers["location"] == f"/nb/resultat/{key}"
    assert site.get(f"/nb/resultat/{key}").status_code == 200


def test_a_run_can_be_stopped_and_started_again(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "_new_player", lambda _: Player(["-c", ASLEEP]))
    site = make_site(answers=False, bounds=Bounds(stream_seconds=0.2, waiting=1))
    job = site.post("/nb/kjor", data=ASKED).headers["location"]
    found = site.app.state.desk.jobs.find(job.rsplit("/", 1)[1])  # type: ignore[attr-defined]
    while found.phase is not Phase.PLAYING:  # until then it may wait for its turn
        time.sleep(0.02)
    text = site.get(job).text
    assert "Bygger Norge" in text
    assert f'url={job}"' in text  # begins anew after a while
    second = site.post("/nb/kjor", data=ASKED | {"seed": "8"}).headers["location"]
    assert "Venter på tur. Kjøringer foran i køen: 1." in site.get(second).text
    full = site.post("/nb/kjor", data=ASKED | {"seed": "9"})
    assert full.status_code == 503
    assert "Køen er full" in full.text
    for address in (second, job):
        stopped = site.post(f"{address}/stopp")
        assert stopped.headers["location"] == address
        assert "Kjøringen er stoppet" in site.get(address).text
    assert site.post("/nb/kjor", data=ASKED).status_code == 303
    assert site.get("/nb/").text.count("/nb/jobb/") == 2


@pytest.mark.parametrize(("field", "value"), [("worlds", "1000"), ("seed", "x"), ("scale", "3")])
def test_a_run_out_of_bounds_is_not_begun(make_site: SiteMaker, field: str, value: str) -> None:
    site = make_site(answers=False)
    answer = site.post("/en/kjor", data=ASKED | {field: value})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert site.app.state.desk.jobs.all == []  # type: ignore[attr-defined]


def test_progress_pages_beyond_the_bound_stand_still(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "_new_player", lambda _: Player(["-c", ASLEEP]))
    site = make_site(answers=False, bounds=Bounds(streams=0))
    job = site.post("/nb/kjor", data=ASKED).headers["location"]
    text = site.get(job).text
    assert "Hent på nytt" in text
    assert "refresh" not in text


def test_old_answers_stay_when_the_page_is_started_anew(make_site: SiteMaker) -> None:
    site = make_site()
    assert site.get(f"/nb/{AT}").status_code == 200
    site.app.state.desk.jobs.close()  # type: ignore[attr-defined]
    assert make_site().get(f"/nb/{AT}").status_code == 200


def test_folders_and_runs_that_cannot_be_shown_are_left_out_and_the_page_says_so(
    make_site: SiteMaker, finished: Path, tmp_path: Path
) -> None:
    results = tmp_path / "results"
    shutil.copytree(finished, results)
    for name, manifest in {
        "torn": '{"made_by": "kompetansesim", "designs": [',
        "odd": '{"made_by": "kompetansesim", "designs": {"a": 1}}',
        "list": "[1, 2]",
        "deep": "[" * 100_000,
        "surrogate": '{"made_by": "kompetansesim", "designs": [{"key": "a", "title": {"nb": "\\ud800"}}]}',
        "empty_tables": (results / ANSWER / "manifest.json").read_text(encoding="utf-8"),
    }.items():
        (results / name).mkdir()
        (results / name / "manifest.json").write_text(manifest, encoding="utf-8")
        (results / name / "comparison.parquet").write_bytes(b"")
    (results / "pipe").mkdir()
    os.mkfifo(results / "pipe" / "manifest.json")
    runs = results / ".page" / "runs"
    runs.mkdir(parents=True)
    for name, content in {"torn": "{", "odd": "[]", "number": '{"asked": 1e999}'}.items():
        (runs / f"{name}.json").write_text(content, encoding="utf-8")
    os.mkfifo(runs / "pipe.json")
    site = make_site()
    html = site.get("/en/").text
    assert "another form: 11" in html
    assert f"/en/resultat/{ANSWER}" in html
    for name in ("torn", "odd", "list", "deep", "surrogate", "pipe"):
        assert site.get(f"/en/resultat/{name}").status_code == 404
    assert site.get(f"/en/{AT}/kommune/{'1' * 4_400}").status_code == 404


def test_a_heading_is_not_broken_at_a_hyphen(reader: TestClient) -> None:
    page = reader.get("/en/oversikt/obligatory").text
    assert '<h1>Should <span class="whole">follow-up</span> be obligatory?</h1>' in page
    assert unbroken('<b class="a-b">x-y z</b>') == '<b class="a-b"><span class="whole">x-y</span> z</b>'


def test_several_designs_stand_under_a_question_only_if_it_asks_about_all_of_them(reader: TestClient) -> None:
    page = reader.get("/nb/sporsmal?a=voluntary&b=market&b=network").text
    heading = re.sub(r"<[^>]*>", "", page[page.index("<h1>") : page.index("</h1>")])
    assert heading.endswith("sammenlignet med dagens ordninger")
    assert "Bør midlene gå rett til skoleeierne?" not in page
