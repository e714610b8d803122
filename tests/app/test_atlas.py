"""The overview of all designs, the answer that is kept for each, and the pages on types of municipality."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from sim.app.pages.atlas import WEIGHT
from sim.atlas.kept import KeptAtlas, shipped_folder
from sim.atlas.municipality_types import TYPES
from sim.atlas.telling import Telling
from sim.atlas.weighing import WEIGHED
from sim.report.edition import Edition

KEPT = KeptAtlas(shipped_folder())
FIRST, OTHER = KEPT.designs[0], "system_2026"


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


def test_the_front_page_leads_to_the_overview_and_to_the_types(reader: TestClient) -> None:
    page = reader.get("/nb/").text
    for path in ("/nb/oversikt", "/nb/kommunetyper"):
        assert f'<li><a href="{path}">' in page


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_design_has_a_row_that_opens_its_answer(reader: TestClient, lang: str) -> None:
    page = reader.get(f"/{lang}/oversikt").text
    for key in KEPT.designs[1:]:
        assert page.count(f'<th scope="row" role="rowheader"><a href="/{lang}/oversikt/{key}">') == 1


def test_money_work_date_and_code_are_in_sight(reader: TestClient) -> None:
    page = words(reader.get("/nb/oversikt").text)
    for told in ("Statens penger per år", "Kommunenes penger per år", "Arbeid per år", "Beregnet", "årsverk"):
        assert told in page


def test_the_baseline_is_kept_on_the_way_to_an_answer(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt", params={"mot": OTHER}).text
    assert f'<option value="{OTHER}" selected>' in page
    assert f'href="/nb/oversikt/{FIRST}?mot={OTHER}"' in page
    answer = reader.get(f"/nb/oversikt/{FIRST}", params={"mot": OTHER})
    assert answer.status_code == 200
    assert f'<option value="{OTHER}" selected>' in answer.text


def test_weights_give_the_reader_s_own_ranking_with_their_sum(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt", params={f"{WEIGHT}practice": "5", f"{WEIGHT}state_nok": "2,5"})
    told = words(page.text)
    assert "Din rangering" in told
    assert "Vektene summerer til 7,5" in told
    assert f'name="{WEIGHT}state_nok" class="short"' in page.text
    assert 'value="2,5"' in page.text
    assert "Din rangering" not in words(reader.get("/nb/oversikt").text.split('<nav class="contents"')[1])


def test_a_weight_that_is_none_is_said_so(reader: TestClient) -> None:
    for text in ("mye", "-1", "101", "nan"):
        answer = reader.get("/en/oversikt", params={f"{WEIGHT}{WEIGHED[0]}": text})
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
        assert f'value="{text}"' in answer.text


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("key", ["obligatory", OTHER, "no_vocational", "year_wheel"])
def test_an_answer_is_the_report_s_own_with_a_word_on_the_smallest(
    reader: TestClient, lang: str, key: str
) -> None:
    page = reader.get(f"/{lang}/oversikt/{key}")
    assert page.status_code == 200
    told = words(page.text)
    edition = Edition(Telling(KEPT, lang, FIRST).views[key].results, lang)
    assert words(str(edition.headline[0])) in told
    assert ("under 1000 innbyggere" if lang == "nb" else "under 1,000 inhabitants") in told
    assert f"/{lang}/sporsmal?a={FIRST}&amp;b={key}&amp;ny=1&amp;seed=2027" in page.text


def test_figures_on_the_page_are_those_of_the_table(reader: TestClient) -> None:
    rows = [
        line.split(";") for line in reader.get("/oversikt/tabell.nb.csv").text.lstrip("\ufeff").splitlines()
    ]
    where = {name: i for i, name in enumerate(rows[0])}
    told = Telling(KEPT, "nb", FIRST)
    d = told.difference(OTHER, "needs_hit")
    assert d is not None
    row = next(r for r in rows if r[0] == told.name("needs_hit") and r[2] == told.title(OTHER))
    assert float(row[where["Forskjell"]].replace(",", ".")) == pytest.approx(100 * d.row.difference, rel=1e-5)
    assert f"{d.difference}" in reader.get(f"/nb/oversikt/{OTHER}").text.replace("&nbsp;", "\u00a0").replace(
        "</data>", ""
    ).replace("  ", " ") or d.difference.number in words(reader.get(f"/nb/oversikt/{OTHER}").text)
    assert reader.get("/oversikt/tabell.en.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("group", TYPES)
def test_every_type_has_a_page_that_begins_in_words(reader: TestClient, lang: str, group: str) -> None:
    assert f'href="/{lang}/kommunetyper/{group}"' in reader.get(f"/{lang}/kommunetyper").text
    page = reader.get(f"/{lang}/kommunetyper/{group}")
    assert page.status_code == 200
    assert page.text.index('class="answers"') < page.text.index("<table")
    assert f'href="/{lang}/oversikt/{OTHER}"' in page.text


@pytest.mark.parametrize(
    "path",
    ["/nb/oversikt/ingen", "/nb/kommunetyper/ingen", "/oversikt/tabell.nb.exe", "/oversikt/tabell.sv.csv"],
)
def test_what_is_not_there_is_said_so(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_a_baseline_that_is_not_there_is_the_usual_one(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt", params={"mot": "<b>", "vis": "<b>"})
    assert page.status_code == 200
    assert "<b>" not in page.text
    assert f'<option value="{FIRST}" selected>' in page.text
