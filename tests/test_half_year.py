"""Half-years in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.half_year import HalfYear, Season


def test_a_half_year_knows_its_year_and_season() -> None:
    spring, autumn = HalfYear.of(2020, Season.SPRING), HalfYear.of(2020, Season.AUTUMN)
    assert (spring.index, autumn.index) == (4040, 4041)
    assert (spring.year, autumn.year) == (2020, 2020)
    assert (spring.season, autumn.season) == (Season.SPRING, Season.AUTUMN)


def test_spring_comes_before_autumn_and_autumn_before_the_next_spring() -> None:
    spring = HalfYear.of(2020, Season.SPRING)
    autumn = spring.next()
    assert autumn == HalfYear.of(2020, Season.AUTUMN)
    assert autumn.next() == HalfYear.of(2021, Season.SPRING)
    assert spring < autumn < autumn.next()


def test_a_half_year_prints_as_year_and_season() -> None:
    assert [str(HalfYear.of(2026, season)) for season in Season] == ["2026-spring", "2026-autumn"]


def test_a_half_year_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        HalfYear(4040).index = 4041  # type: ignore[misc]  # that it is refused is what is tested


@given(st.integers(min_value=0, max_value=10_000))
def test_year_and_season_give_the_half_year_back(index: int) -> None:
    here = HalfYear(index)
    assert HalfYear.of(here.year, here.season) == here
    assert here.next().index == index + 1
    assert here.next().season is not here.season
