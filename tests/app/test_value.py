"""The page on what the state gets for its money: schemes side by side, and what the same money buys."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from sim.app.pages.value import PAIRS, sides
from sim.atlas.kept import STATE_NOK, KeptAtlas, shipped_folder
from sim.atlas.telling import NEAR, Telling
from sim.conditions.kept import shipped_folder as conditions_folder
from sim.report.messages import LANGUAGES
from sim.report.worth import in_words
from tests.atlas.kept_files import KeptFiles
from tests.report.test_page import check_figures, read

KEPT = KeptAtlas(shipped_folder())


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text).replace("\u00a0", " ").replace("\u202f", " "))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_four_schemes_stand_side_by_side_with_kroner_and_intervals(reader: TestClient, lang: str) -> None:
    page = reader.get(f"/{lang}/verdi")
    assert page.status_code == 200
    first = page.text[: page.text.index('id="follow_up"')]
    assert [side.key for side in sides(lang)] == list(PAIRS)
    for side in sides(lang):
        assert side.worth is not None
        row = words(first[first.index(f'href="#{side.key}"') :].partition("</tr>")[0])
        assert side.gains == (side.key != "system_2026")  # what does not matter has no price
        for told in (side.worth.per_head, *([side.worth.per_gain] if side.gains else [])):
            assert words(str(told.value)) in row
            if told.is_wide:
                assert (
                    f"{words(told.low.number)} {'til' if lang == 'nb' else 'to'} {words(told.high.number)}"
                    in row
                )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_is_the_one_in_the_kept_files(reader: TestClient, lang: str) -> None:
    files = KeptFiles(KEPT.folder, conditions_folder())
    assert check_figures(read(reader.get(f"/{lang}/verdi").text), files, rel=1e-9) > 500


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_has_four_numbers_and_the_rest_stands_by_each_scheme(
    reader: TestClient, lang: str
) -> None:
    page = reader.get(f"/{lang}/verdi").text
    answer, rest = page[page.index('class="answers"') :].partition("</section>")[::2]
    assert answer.count("<data") == len(PAIRS) == 4
    for side in sides(lang):
        assert words(str(side.in_short)) in words(answer)
        assert words(str(side.said)) in words(
            rest.partition(f'<h2 id="{side.key}"')[2].partition("<table")[0]
        )


def test_kroner_per_hundredth_are_the_money_over_pupils_and_their_gain() -> None:
    # 231.39 million over 637 thousand pupils who gain 1.28 hundredths each, by hand from the kept figures' means.
    own = next(side for side in sides("nb") if side.key == "decentralised")
    assert own.worth is not None

    def of(outcome: str) -> float:
        d = own.told.difference("voluntary", outcome)
        assert d is not None
        return d.row.difference * (2 if d.row.unit.endswith("per half-year") else 1)

    money = of("grant_nok") + of("upper_grant_nok") + of("private_grant_nok")
    pupils = own.told.difference("voluntary", "pupils")
    assert pupils is not None
    assert own.worth.spent.value == pytest.approx(money)
    assert own.worth.per_head.value.value == pytest.approx(money / of("scheme_pupils_reached"))
    assert own.worth.per_gain.value.value == pytest.approx(
        money / pupils.row.mean_design / of("pupil_results")
    )


@pytest.mark.parametrize("key", PAIRS)
def test_the_same_money_is_within_a_share_of_the_scheme_s_own(key: str) -> None:
    side = next(side for side in sides("nb") if side.key == key)
    a, b = PAIRS[key]
    told = Telling(KEPT, "nb", a)
    own = told.difference(b, STATE_NOK)
    assert own is not None
    for one in side.others[1:]:
        d = told.difference(one.design, STATE_NOK)
        assert d is not None
        assert abs(d.row.difference - own.row.difference) <= NEAR * abs(own.row.difference)
    designs = [one.design for one in side.others]
    assert designs[:1] == [b]
    assert len(designs) == len(set(designs))
    gains = [one.per_gain.value.value for one in side.others[1:] if one.per_gain.is_told]
    assert gains == sorted(gains)
    if (
        key == "follow_up"
    ):  # which costs 55 million: a draw every third year, at 11 million less, is not the same money
        assert "draw_larger" in designs
        assert "draw_every_third_year" not in designs


def test_what_is_too_small_to_matter_is_told_in_words(reader: TestClient) -> None:
    side = next(side for side in sides("nb") if side.gain and not side.gain.d.moved)
    page = reader.get("/nb/verdi").text
    row = page[page.index(f'href="#{side.key}"') :].partition("</tr>")[0]
    assert "Ingen forskjell av betydning" in row
    assert "ikke så mye mer at det betyr noe" in words(str(side.said))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_linked_from_the_start_and_from_the_questions_on_money(reader: TestClient, lang: str) -> None:
    assert f'href="/{lang}/verdi"' in reader.get(f"/{lang}/").text
    for where, is_on_money in (
        ("voluntary?mot=no_follow_up", True), ("voluntary?mot=no_decentralised", True), ("obligatory", False),
    ):  # fmt: skip
        page = reader.get(f"/{lang}/oversikt/{where}").text
        opening = page[page.index('class="answers"') : page.index('id="moved"')]
        assert (f'href="/{lang}/verdi"' in opening) == is_on_money
    scheme = "follow_up"
    assert f'href="/{lang}/verdi#{scheme}"' in reader.get(f"/{lang}/oversikt/obligatory").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_on_money_opens_with_kroner_for_each_reached_and_for_each_gain(
    reader: TestClient, lang: str
) -> None:
    page = reader.get(f"/{lang}/oversikt/voluntary?mot=no_follow_up").text
    opening = words(page[page.index('class="answers"') :].partition("</div>")[0])
    side = next(side for side in sides(lang) if side.key == "follow_up")
    assert side.worth is not None
    for quantity in (side.worth.per_head.value, side.worth.per_gain.value):
        assert words(str(quantity)) in opening
    assert str(in_words(side.worth, side.gain.d if side.gain else None, side.words)) == str(side.said)
