"""What designs do for types of municipality, by hand-made differences."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.atlas.kept import OWN_PER_PUPIL, STATE_PER_PUPIL, KeptAtlas, shipped_folder
from sim.atlas.municipality_types import TYPES, TypePage, for_the_smallest, of_design
from sim.atlas.telling import Kind, Telling
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


def test_a_little_of_their_own_money_turns_no_verdict_on_a_type_either() -> None:
    # What municipalities and counties pay is one purse: two per cent of what the smallest pay is less than a fiftieth of both.
    told = Telling(KEPT, "nb", KEPT.designs[0])
    rows = {
        b: of_design(told, b)[TYPES.index("smallest")] for b in ("network_and_market", "cofunding_relief")
    }
    moved = {
        b: any(
            cell is not None and cell.d.row.outcome == OWN_PER_PUPIL and cell.d.moved for cell in row.cells
        )
        for b, row in rows.items()
    }
    assert all(moved.values())
    counted = {b: [d.row.outcome for d in row.counted] for b, row in rows.items()}
    assert OWN_PER_PUPIL not in counted["network_and_market"]
    assert "hva de selv betaler" not in str(for_the_smallest(told, "network_and_market", verdict=True))
    assert counted["cofunding_relief"] == [
        OWN_PER_PUPIL
    ]  # where nothing else is better or worse, it is what there is to say


@pytest.mark.parametrize("b", ["forum_without_leader", "no_decentralised", "hierarchy"])
def test_who_gets_less_and_therefore_pays_less_is_not_better_off_by_it(b: str) -> None:
    row = of_design(Telling(KEPT, "nb", "voluntary"), b)[TYPES.index("smallest")]
    moved = {cell.d.row.outcome: cell.d.row.difference for cell in row.cells if cell is not None}
    assert moved[STATE_PER_PUPIL] < moved[OWN_PER_PUPIL] < 0
    assert OWN_PER_PUPIL not in [d.row.outcome for d in row.counted]
