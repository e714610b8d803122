"""Columns are declared once; from that come defaults, shapes, ranges, and what a merger does."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Bools, Codes, Floats, Ints, Words
from sim.state.table import Joining, Merger, Table, column
from tests.small_world import filled


class Colour(IntEnum):
    RED = 1
    BLUE = 2


class Farms(Table, entity="farms"):
    """A table made for these tests."""

    id: Ints = column(np.int64, unit="id", meaning="identity", merger=Merger.LARGEST)
    name: Words = column("U8", unit="name", meaning="name", default="")
    cows: Ints = column(np.int64, unit="cows", meaning="cows", low=0, merger=Merger.SUM)
    fat: Floats = column(unit="share", meaning="fat in the milk", low=0, high=1)
    yields: Floats = column(unit="litres", meaning="milk by season", shape=(2,))
    fire: Bools = column(np.bool_, unit="yes/no", meaning="has burnt", merger=Merger.ANY)
    latest: Ints = column(np.int64, unit="year", meaning="last seen", default=-1, merger=Merger.MAX)
    first: Floats = column(unit="year", meaning="first seen", merger=Merger.MIN)
    colour: Codes = column(np.int8, unit="colour", meaning="of its barn", codes=Colour, default=1)
    valley: Ints = column(np.int64, unit="row", meaning="where", refers="valleys", default=-1)


class Dairies(Table, per="farms"):
    """A scheme's columns for farms."""

    litres: Floats = column(unit="litres", meaning="delivered", low=0)


def four_farms() -> Farms:
    return filled(
        Farms,
        4,
        id=[11, 12, 13, 14],
        name=["Nes", "Vik", "Li", "Berg"],
        cows=[3, 5, 2, 8],
        fat=[0.1, 0.4, 0.3, 0.9],
        yields=[[1, 10], [2, 20], [3, 30], [4, 40]],
        fire=[False, True, False, False],
        latest=[2019, -1, 2021, 2020],
        first=[1900, 1950, 1800, 1850],
        colour=[1, 2, 2, 1],
        valley=[0, 1, -1, 2],
    )


def test_columns_carry_their_declaration() -> None:
    assert list(Farms.columns()) == [
        "id", "name", "cows", "fat", "yields", "fire", "latest", "first", "colour", "valley",
    ]  # fmt: skip
    fat = Farms.columns()["fat"]
    assert (fat.unit, fat.meaning, fat.low, fat.high, fat.shape) == ("share", "fat in the milk", 0, 1, ())
    assert Farms.columns()["colour"].codes is Colour
    assert Farms.columns()["valley"].refers == "valleys"


def test_codes_and_references_go_to_the_largest_in_a_merger() -> None:
    assert Farms.columns()["colour"].merger is Merger.LARGEST
    assert Farms.columns()["valley"].merger is Merger.LARGEST
    assert Farms.columns()["fat"].merger is Merger.MEAN


def test_a_table_is_of_an_entity_or_hangs_on_one() -> None:
    assert (Farms.entity, Farms.aligned) == ("farms", False)
    assert (Dairies.entity, Dairies.aligned) == ("farms", True)
    with pytest.raises(TypeError, match="either entity= or per="):
        type("Nothing", (Table,), {})
    with pytest.raises(TypeError, match="either entity= or per="):
        type("Both", (Table,), {}, entity="a", per="b")


def test_a_blank_table_has_every_column_at_its_default() -> None:
    blank = Farms.blank(2)
    assert len(blank) == 2
    assert blank.name.tolist() == ["", ""]
    assert blank.latest.tolist() == [-1, -1]
    assert blank.yields.tolist() == [[0, 0], [0, 0]]
    assert blank.fire.dtype == np.bool_
    assert blank.colour.dtype == np.int8


def test_columns_not_given_get_their_defaults() -> None:
    farms = Farms(cows=np.array([1, 2, 3]))  # type: ignore[call-arg]  # the checker wants all; the others have defaults
    assert farms.latest.tolist() == [-1, -1, -1]
    assert farms.yields.shape == (3, 2)


def test_columns_of_the_wrong_length_or_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"Farms\.fat: shape \(2,\), expected \(3,\)"):
        Farms(cows=np.array([1, 2, 3]), fat=np.array([0.1, 0.2]))  # type: ignore[call-arg]  # as above
    with pytest.raises(ValueError, match=r"Farms\.yields: shape \(3,\), expected \(3, 2\)"):
        Farms(cows=np.array([1, 2, 3]), yields=np.zeros(3))  # type: ignore[call-arg]  # as above


def test_a_table_without_any_column_is_refused() -> None:
    with pytest.raises(TypeError, match=r"use blank\(n\)"):
        Farms()  # type: ignore[call-arg]  # that it is refused is what is tested


def test_all_is_well_within_the_declared_ranges() -> None:
    assert four_farms().breaches() == []
    assert Farms.blank(0).breaches() == []


def test_values_outside_the_declared_ranges_are_told() -> None:
    farms = four_farms()
    farms.cows[2] = -1
    farms.fat[:2] = -0.5, 1.25
    farms.colour[0] = 3
    farms.yields[1, 1] = np.nan
    assert farms.breaches() == [
        "Farms.cows: -1 below 0",
        "Farms.fat: -0.5 below 0",
        "Farms.fat: 1.25 above 1",
        "Farms.yields: not a number",
        "Farms.colour: 3 above 2",
    ]


def test_not_a_number_is_told_in_a_column_with_a_range_too() -> None:
    farms = four_farms()
    farms.fat[0] = np.nan
    assert farms.breaches() == ["Farms.fat: not a number"]


def test_no_number_is_larger_than_any_sum_of_kroner_and_references_lead_to_somebody() -> None:
    farms = four_farms()
    farms.yields[2, 0], farms.first[1], farms.cows[3], farms.valley[0] = 1e300, -np.inf, 2**62, -2
    farms.__dict__["latest"] = farms.latest[:3]
    assert farms.breaches({"farms": 4, "valleys": 2}) == [
        f"Farms.cows: {2**62} above 1000000000000",
        "Farms.yields: 1e+300 above 1000000000000",
        "Farms.latest: 3 rows, expected 4",
        "Farms.first: not finite",
        "Farms.valley: -2 below -1",
        "Farms.valley: 2 above 1",
    ]


def test_a_copy_is_independent() -> None:
    farms = four_farms()
    twin = farms.copy()
    twin.yields[0, 0] = 99
    twin.name[1] = "Fjell"
    assert farms.yields[0, 0] == 1
    assert farms.name[1] == "Vik"


def test_rows_can_be_taken_in_any_order() -> None:
    taken = four_farms().take(np.array([3, 0, 3]))
    assert taken.id.tolist() == [14, 11, 14]
    assert taken.yields.tolist() == [[4, 40], [1, 10], [4, 40]]


def test_a_merger_treats_each_column_as_declared() -> None:
    # 11 and 12 become one, 13 and 14 another; pupils (weights) 1, 3 and 6, 2.
    merged = four_farms().regrouped(Joining(np.array([0, 0, 1, 1]), 2, np.array([1.0, 3.0, 6.0, 2.0])))
    assert merged.id.tolist() == [12, 13]  # the largest gives its number
    assert merged.name.tolist() == ["Vik", "Li"]
    assert merged.cows.tolist() == [3 + 5, 2 + 8]
    # means by weight: (1 x 0.1 + 3 x 0.4) / 4 = 0.325; (6 x 0.3 + 2 x 0.9) / 8 = 0.45
    assert merged.fat == pytest.approx([0.325, 0.45])
    # (1 x 1 + 3 x 2) / 4 = 1.75, tenfold in the second season; (6 x 3 + 2 x 4) / 8 = 3.25
    assert merged.yields == pytest.approx(np.array([[1.75, 17.5], [3.25, 32.5]]))
    assert merged.fire.tolist() == [True, False]
    assert merged.latest.tolist() == [2019, 2021]
    assert merged.first.tolist() == [1900, 1800]
    assert merged.colour.tolist() == [Colour.BLUE, Colour.BLUE]
    assert merged.valley.tolist() == [1, -1]


def test_a_merger_reads_the_new_rows_in_any_order() -> None:
    merged = four_farms().regrouped(Joining(np.array([1, 0, 1, 0]), 2, np.array([1.0, 3.0, 6.0, 2.0])))
    assert merged.id.tolist() == [12, 13]
    assert merged.cows.tolist() == [5 + 8, 3 + 2]


def test_a_unit_without_pupils_that_stands_alone_keeps_its_values() -> None:
    merged = four_farms().regrouped(Joining(np.array([0, 1, 1, 1]), 2, np.array([0.0, 1.0, 1.0, 2.0])))
    assert merged.id.tolist() == [11, 14]
    assert merged.fat == pytest.approx([0.1, (0.4 + 0.3 + 2 * 0.9) / 4])


def test_nothing_is_lost_when_nobody_merges() -> None:
    farms = four_farms()
    same = farms.regrouped(Joining(np.arange(4), 4, np.array([1.0, 3.0, 6.0, 2.0])))
    for name, values in farms.arrays().items():
        assert np.array_equal(same.arrays()[name], values)
        assert same.arrays()[name].dtype == values.dtype


def test_rows_that_only_change_places_keep_all_they_have() -> None:
    farms = four_farms()
    moved = farms.regrouped(Joining(np.array([2, 0, 3, 1]), 4, np.array([1.0, 0.0, 6.0, 2.0])))
    for name, values in farms.arrays().items():
        assert np.array_equal(moved.arrays()[name], values[[1, 3, 0, 2]])


@given(st.data())
def test_a_merger_conserves_sums_and_keeps_means_between_the_extremes(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 12))
    k = data.draw(st.integers(1, n))
    rest = data.draw(st.lists(st.integers(0, k - 1), min_size=n - k, max_size=n - k))
    new_row = np.array(data.draw(st.permutations([*range(k), *rest])))
    weight = np.array(data.draw(st.lists(st.floats(0, 1e4), min_size=n, max_size=n)))
    farms = filled(Farms, n, id=np.arange(n), cows=np.arange(n) ** 2, fat=np.linspace(0, 1, n))
    merged = farms.regrouped(Joining(new_row, k, weight))
    assert merged.cows.sum() == farms.cows.sum()
    for row in range(k):
        members = new_row == row
        assert weight[merged.id[row]] == weight[members].max()
        assert farms.fat[members].min() - 1e-9 <= merged.fat[row] <= farms.fat[members].max() + 1e-9
