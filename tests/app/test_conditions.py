"""The page on conditions: its form, what it answers, and the way to fresh runs."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from sim.app.condition_words import Telling
from sim.conditions.kept import Conditions, shipped_folder
from sim.declared import REGISTRY
from tests.app.conftest import ANSWER, ORIGIN

KEPT = Conditions(shipped_folder())
FIRST = KEPT.assumptions[0]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_assumption_has_a_name_in_the_reader_s_language(lang: str) -> None:
    words = Telling(KEPT, REGISTRY, lang).words
    for one in KEPT.assumptions:
        assert words.first(f"parameter.{one.name}", f"conditions.parameter.{one.name}"), one.name


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_an_assumption_is_answered_at_once_and_kept_in_the_form(reader: TestClient, lang: str) -> None:
    answer = reader.get(f"/{lang}/vilkar", params={FIRST.name: f"{FIRST.high:g}".replace(".", ",")})
    assert answer.status_code == 200
    assert f'name="{FIRST.name}" class="short"' in answer.text
    written = f"{FIRST.high:g}"
    assert f'value="{written.replace(".", "," if lang == "nb" else ".")}"' in answer.text
    odds = KEPT.odds({FIRST.name: FIRST.high})["pupil_results"]
    assert f"{100 * odds.better:.0f}" in re.sub(r"<[^>]*>", "", answer.text)


def test_what_is_no_number_within_the_range_is_said_so(reader: TestClient) -> None:
    for text in ("mye", f"{FIRST.high + 1:g}", "nan"):
        answer = reader.get("/nb/vilkar", params={FIRST.name: text})
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
        assert f'value="{text}"' in answer.text


def test_fresh_runs_are_asked_for_with_these_assumptions(reader: TestClient) -> None:
    sent = reader.post("/en/vilkar", data={FIRST.name: f"{FIRST.low:g}"}, headers={"origin": ORIGIN})
    assert sent.status_code == 303
    where = sent.headers["location"]
    found = re.fullmatch(r"/en/sporsmal\?a=(own_\w+)&b=(own_\w+)", where)
    assert found is not None
    assert found[1] != found[2]
    assert reader.get(where).status_code == 200


def test_the_answer_on_obligation_and_the_front_page_lead_there(reader: TestClient) -> None:
    for path in ("/nb/", f"/nb/resultat/{ANSWER}"):
        assert 'href="/nb/vilkar"' in reader.get(path).text


def test_what_happens_in_no_simulation_is_told_in_words() -> None:
    for lang, none in (("nb", "ingen"), ("en", "none")):
        told = Telling(KEPT, REGISTRY, lang)
        for better, matters, harms, n in (
            (0.56, 0.0, 0.0, 2),
            (0.56, 0.2, 0.0, 3),
            (0.01, 0.0, 0.99, 3),
            (0.5, 0.3, 0.2, 3),
        ):
            sentences = [str(one) for one in told._odds("pupil_results", better, matters, harms)]
            assert len(sentences) == n
            assert " 0" not in " ".join(sentences)
            assert (none in sentences[1]) == (not matters or not harms)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_assumption_that_the_answer_hangs_on_has_a_name_for_readers(lang: str) -> None:
    kept = Conditions(shipped_folder())
    told = Telling(kept, REGISTRY, lang)
    assert [
        one.name for one in kept.assumptions if told.name(one.name) == REGISTRY.find(one.name).meaning
    ] == []
