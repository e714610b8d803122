"""Numbers of municipalities in three vintages."""

from __future__ import annotations

from sim.world.municipality_numbers import numbers
from sim.world.registers import Registers


def test_there_are_as_many_municipalities_as_there_were() -> None:
    assert {vintage: len(there) for vintage, there in numbers().of.items()} == {
        2019: 422,
        2020: 356,
        2024: 357,
    }


def test_counties_of_2024_have_their_municipalities() -> None:
    counties = Registers.published()["counties"]
    of_2024 = [number // 100 for number in numbers().of[2024]]
    expected = dict(
        zip(counties.key.tolist(), counties["municipalities"] + counties["splits_2024"], strict=True)
    )
    assert {county: of_2024.count(county) for county in expected} == expected
    assert sum(expected.values()) == 357


def test_mergers_and_divisions_are_known() -> None:
    table = numbers()
    assert table.now(136) == table.now(104) == table.now(3002) == (3103,)
    assert table.becomes[2019][5012] == (5055, 5056, 5059)
    assert table.becomes[2019][1850] == (1806, 1875)
    assert table.becomes[2019][1534] == (1580,)
    assert table.becomes[2020][1507] == (1508, 1580)
    assert table.now(4711) == ()
    assert table.known(136) == "0136 held until 2019 and is now 3103 Moss"
