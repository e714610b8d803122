"""The page on conditions: its form, what it answers, and the way to fresh runs."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from sim.app.condition_words import Telling
from sim.app.experiment_words import tried
from sim.app.texts import assumption_name, texts
from sim.conditions.emulator import Odds
from sim.conditions.kept import Conditions, shipped
from sim.declared import REGISTRY
from tests.app.conftest import ANSWER, ORIGIN

KEPT = next(one for one in shipped() if one.designs == ("obligatory", "voluntary"))
AT = f"vilkar/{KEPT.key}"
FIRST = KEPT.assumptions[0]


def words(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", text))


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
        assert all(str(sentence) in words(answer.text) for some in told.overall() for sentence in some)


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
    odds = KEPT.odds({FIRST.name: FIRST.high})[KEPT.outcomes[0]]
    assert f"{100 * max(odds.matters, odds.harms):.0f}" in re.sub(r"<[^>]*>", "", answer.text)


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


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_what_happens_in_no_simulation_is_told_in_words(lang: str) -> None:
    told = Telling(KEPT, REGISTRY, lang)
    of = KEPT.manifest["outcomes"][0]
    for gain, matters, harms, n in ((0.0, 0.2, 0.0, 2), (-0.2, 0.0, 0.99, 3), (0.0, 0.35, 0.25, 2)):
        sentences = [str(one) for one in told._odds(of, Odds(gain, 0.5, matters, harms))]
        assert len(sentences) == n
        assert not re.search(r"(?<![\d,.])0(?![\d,.])", " ".join(sentences))
        none = {"nb": "ingen", "en": "none"}[lang]
        assert bool(re.search(rf"\b{none}\b", sentences[0].lower())) == (not matters or not harms)


@pytest.mark.parametrize("kept", shipped(), ids=lambda one: one.key)
def test_what_the_verdict_stands_on_comes_first_and_what_hardly_ever_matters_is_told_in_one_sentence(
    kept: Conditions, reader: TestClient
) -> None:
    told = Telling(kept, REGISTRY, "nb")
    said, odds = told.at({}), kept.odds({})
    small = [
        one
        for one in kept.manifest["outcomes"]
        if max(odds[one["outcome"]].matters, odds[one["outcome"]].harms) < 0.05
    ]
    large = [one for one in kept.manifest["outcomes"] if one not in small]
    assert len(said) == len(large) + bool(small)
    page = words(reader.get(f"/nb/vilkar/{kept.key}").text.partition('class="large"')[2].partition("</p>")[0])
    assert str(said[0][0]) in page
    for one, (share, *more) in zip(large, said, strict=False):
        assert told.what(one) in str(share)
        if abs(odds[one["outcome"]].gain) < one["smallest"]:
            assert not re.search(r"\d", str(more[0]))
        else:
            assert re.search(r"(øker|synker) .*med [\d,]+", str(more[0]))
    if small:
        (last,) = said[-1]
        assert str(last).startswith("I færre enn 5 av 100")
        assert all(told.what(one) in str(last) for one in small)


def test_the_expected_size_is_told_in_units_that_can_be_felt_and_its_own_direction() -> None:
    told = Telling(KEPT, REGISTRY, "nb")
    load = {"outcome": "owner_load", "unit": "ratio", "smallest": 0.01}
    pupils = {"outcome": "pupil_results", "unit": "hundredths of a pupil SD", "smallest": 0.5}
    assert "synker arbeidsmengden hos skoleeierne med 12\xa0% av kapasiteten" in str(
        told._expected(load, 0.12)
    )  # a gain is less load
    assert "synker elevenes resultatnivå med 0,20 skalapoeng" in str(told._expected(pupils, -2.0))
    assert "for liten" in str(told._expected(pupils, 0.4))


def test_an_answer_that_the_model_has_left_behind_says_so(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Conditions, "outdated", lambda *_: ["model"])
    assert "Modellen er endret etter at dette ble beregnet." in reader.get(f"/nb/{AT}").text
    monkeypatch.setattr(Conditions, "outdated", lambda *_: [])
    assert "etter at dette ble beregnet" not in reader.get(f"/nb/{AT}").text.partition('id="structures"')[0]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_what_other_structures_do_is_told_of_what_carries_the_answer_first_and_beside_the_kept_answer(
    reader: TestClient, lang: str
) -> None:
    told = Telling(KEPT, REGISTRY, lang)
    said = str(told.structure_in_short())
    assert len(told.heads()) == len(KEPT.mattering)
    b, a = KEPT.designs
    page = html.unescape(reader.get(f"/{lang}/{AT}").text)
    assert told.what(KEPT.mattering[0]) in said
    beside = html.unescape(reader.get(f"/{lang}/oversikt/{b}?mot={a}").text)
    assert said in page
    assert said in beside
    other = Telling(
        next(one for one in shipped() if one.designs == ("draw_larger", "voluntary")), REGISTRY, lang
    )
    assert other.structure_in_short() is None


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_question_whose_conditions_are_not_worked_out_says_that_they_can_be(
    reader: TestClient, lang: str
) -> None:
    words = texts(lang)
    missing, own = (words.text(f"conditions.{key}") for key in ("missing", "missing_own"))
    page = html.unescape(reader.get(f"/{lang}/oversikt/teachers_voice").text)
    assert missing in page
    assert f'<a href="/{lang}/virkemidler?a=teachers_voice">{own}</a>' in page
    b, a = KEPT.designs
    assert missing not in html.unescape(reader.get(f"/{lang}/oversikt/{b}?mot={a}").text)
