"""What designs do for types of municipality, by hand-made differences."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.atlas.kept import OWN_PER_PUPIL, STATE_PER_PUPIL, KeptAtlas, shipped_folder
from sim.atlas.municipality_types import MEASURES, TYPES, TypePage, for_the_smallest, of_design
from sim.atlas.telling import Kind, Telling, pair_of
from tests.atlas.handmade import handmade

KEPT = KeptAtlas(shipped_folder())

GAINS = {"a": {}, "b": {"practice": 0.2}, "c": {"practice": -0.1, "owner_load": -0.1}, "d": {}}
OF_SMALLEST = {"b": -0.15, "d": 0.1}


def told(folder: Path, lang: str = "en") -> Telling:
    return Telling(handmade(folder / "kept", GAINS, OF_SMALLEST), lang, "a")


def test_a_design_is_better_or_worse_for_the_smallest_than_for_the_country(tmp_path: Path) -> None:
    ways = {row.key: row.way for row in TypePage(told(tmp_path), "smallest").rows}
    assert ways == {"b": "worse", "c": "same", "d": "better"}
    assert {row.way for row in TypePage(told(tmp_path), "size.small").rows} == {"same"}


def test_the_verdict_on_the_smallest_names_on_what(tmp_path: Path) -> None:
    assert str(for_the_smallest(told(tmp_path), "b")) == (
        "For the smallest municipalities (under 1,000 inhabitants) “B” would be worse than for the country as regards "
        "teachers’ practice."
    )
    assert "om lag som for landet" in str(for_the_smallest(told(tmp_path, "nb"), "c"))


def test_the_page_is_told_in_words_first(tmp_path: Path) -> None:
    page = TypePage(told(tmp_path), "smallest")
    assert [row.kind for row in page.rows] == [Kind.BETTER, Kind.BETTER, Kind.BOTH]
    said = [str(one) for one in page.lead()]
    assert said[0].startswith(
        "Of 3 designs, 2 would do something better for municipalities with fewer than 1,000 inhabitants"
    )
    # Each with what is better; that only what is in the tables counts is said behind it.
    assert (
        said[1]
        == "Something better and nothing worse for them: “B” (teachers’ practice) and “D” (teachers’ practice)."
    )
    assert said[2].startswith("Only what the tables below show counts here")
    assert said[-2].endswith("than for the country: “B”.")
    assert said[-1].endswith("than for the country: “D”.")
    assert str(page.size).endswith("There are about 20 municipalities with 1,000 pupils.")


def test_what_changes_nothing_for_a_type_is_told_without_digits(tmp_path: Path) -> None:
    row = next(row for row in TypePage(told(tmp_path), "towns").rows if row.key == "d")
    assert row.kind is Kind.NOTHING
    assert not any(cell is not None and cell.d.moved for cell in row.cells)


def test_a_design_has_a_row_for_each_type(tmp_path: Path) -> None:
    rows = of_design(told(tmp_path), "b")
    assert [row.key for row in rows] == list(TYPES)
    assert rows[0].title == "Under 1,000 inhabitants"


@pytest.mark.parametrize("group", TYPES)
def test_no_verdict_on_a_type_turns_on_a_little_of_their_own_money(group: str) -> None:
    told = Telling(KEPT, "nb", KEPT.designs[0])
    i, place = MEASURES.index(OWN_PER_PUPIL), TYPES.index(group)
    for b in told.views:
        row = of_design(told, b)[place]
        cell = row.cells[i]
        assert cell is not None
        if abs(cell.d.row.difference) < 50:  # kroner a year for each pupil
            assert OWN_PER_PUPIL not in {d.row.outcome for d in row.counted}
            if {d.row.outcome for d in row.counted} == set():
                assert row.kind not in (Kind.BETTER, Kind.WORSE, Kind.BOTH)
            assert not any(sign.isdigit() for sign in str(cell.words))
        for side in (row.better_than, row.worse_than):
            beyond = pair_of(told.views[b]).beyond_country(group)
            assert OWN_PER_PUPIL not in side or abs(beyond[OWN_PER_PUPIL].difference) >= 50


def test_a_forum_that_loses_who_leads_it_is_not_better_for_the_smallest_as_they_pay_ten_kroner_less() -> None:
    told = Telling(KEPT, "nb", KEPT.designs[0])
    row = of_design(told, "forum_without_leader")[TYPES.index("smallest")]
    assert row.kind not in (Kind.BETTER, Kind.BOTH)
    assert "hva de selv betaler" not in str(for_the_smallest(told, "forum_without_leader", verdict=True))


@pytest.mark.parametrize("b", ["forum_without_leader", "no_decentralised", "hierarchy"])
def test_who_gets_less_and_therefore_pays_less_is_not_better_off_by_it(b: str) -> None:
    row = of_design(Telling(KEPT, "nb", "voluntary"), b)[TYPES.index("smallest")]
    moved = {cell.d.row.outcome: cell.d.row.difference for cell in row.cells if cell is not None}
    assert moved[STATE_PER_PUPIL] < moved[OWN_PER_PUPIL] < 0
    assert OWN_PER_PUPIL not in [d.row.outcome for d in row.counted]
