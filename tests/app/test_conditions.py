"""The page on conditions: its form, what it answers, and the way to fresh runs."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from sim.app.condition_words import Telling
from sim.app.experiment_words import tried
from sim.app.texts import assumption_name
from sim.conditions.kept import shipped
from sim.declared import REGISTRY
from tests.app.conftest import ANSWER, ORIGIN

KEPT = shipped()[0]
AT = f"vilkar/{KEPT.key}"
FIRST = KEPT.assumptions[0]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_answer_is_told_and_all_its_assumptions_have_names_and_units(
    reader: TestClient, lang: str
) -> None:
    for kept in shipped():
        told = Telling(kept, REGISTRY, lang)
        for one in kept.assumptions:
            name, unit = assumption_name(one.name, told.words)
            assert name, one.name
            assert unit, one.name
        answer = reader.get(f"/{lang}/vilkar/{kept.key}")
        assert answer.status_code == 200
        for other in shipped():
            assert (
                f'href="/{lang}/vilkar/{other.key}"' in answer.text.partition('aria-labelledby="others"')[2]
            ) == (other is not kept)
        assert str(told.overall()[0]) in answer.text


def test_without_a_name_the_first_answer_opens_and_another_is_not_there(reader: TestClient) -> None:
    assert f'action="/nb/{AT}"' in reader.get("/nb/vilkar").text
    assert reader.get("/nb/vilkar/nobody-else").status_code == 404


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_experiment_on_obligation_stands_beside_its_conditions_and_its_answer(
    reader: TestClient, lang: str
) -> None:
    told = tried(("voluntary", "obligatory"), lang)
    assert told is not None
    # Of the six outcomes that those drawn have (inequality is the country's) one moves; the others are told in one sentence.
    assert len(told.rows) == 1
    assert str(told.alike).count(",") == 3
    assert len(told.said()) == 1  # the three designs do the same
    for path in (AT, "oversikt/obligatory", "oversikt/obligatory_robek?mot=obligatory"):
        text = reader.get(f"/{lang}/{path}").text
        assert told.title in text
        for sentence in told.said():
            assert str(sentence) in text
        assert str(told.alike) in text
    assert told.title not in reader.get(f"/{lang}/oversikt/draw_larger").text
    assert tried(("voluntary", "draw_larger"), lang) is None


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_an_assumption_is_answered_at_once_and_kept_in_the_form(reader: TestClient, lang: str) -> None:
    answer = reader.get(f"/{lang}/{AT}", params={FIRST.name: f"{FIRST.high:g}".replace(".", ",")})
    assert answer.status_code == 200
    assert f'name="{FIRST.name}" class="short"' in answer.text
    written = f"{FIRST.high:g}"
    assert f'value="{written.replace(".", "," if lang == "nb" else ".")}"' in answer.text
    odds = KEPT.odds({FIRST.name: FIRST.high})["pupil_results"]
    assert f"{100 * odds.better:.0f}" in re.sub(r"<[^>]*>", "", answer.text)


def test_what_is_no_number_within_the_range_is_said_so(reader: TestClient) -> None:
    for text in ("mye", f"{FIRST.high + 1:g}", "nan"):
        answer = reader.get(f"/nb/{AT}", params={FIRST.name: text})
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
        assert f'value="{text}"' in answer.text


def test_fresh_runs_are_asked_for_with_these_assumptions(reader: TestClient) -> None:
    sent = reader.post(f"/en/{AT}", data={FIRST.name: f"{FIRST.low:g}"}, headers={"origin": ORIGIN})
    assert sent.status_code == 303
    where = sent.headers["location"]
    found = re.fullmatch(r"/en/sporsmal\?a=(own_\w+)&b=(own_\w+)", where)
    assert found is not None
    assert found[1] != found[2]
    assert reader.get(where).status_code == 200


def test_the_answer_on_obligation_and_the_front_page_lead_there(reader: TestClient) -> None:
    for path in ("/nb/", f"/nb/resultat/{ANSWER}"):
        assert f'href="/nb/{AT}"' in reader.get(path).text


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
