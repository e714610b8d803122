from __future__ import annotations

import dataclasses
import math
from typing import Any

import pytest

from sim.report.differences import Difference, Finding, Judged, Told
from sim.report.messages import load
from sim.report.results import ComparisonRow

ROW = ComparisonRow(
    outcome="legitimacy", group="all", versus="voluntary", design="obligatory", horizon="mean", unit="0-1", better=1,
    start=2026, end=2034, n_worlds=40, mean_versus=0.6, mean_design=0.62, difference=0.02, low=0.01, high=0.03,
    spread_low=-0.02, spread_high=0.06, probability_better=0.8, minimum_detectable_effect=0.017, variance_reduction=40.0,
    smallest=0.01,
)  # fmt: skip


def difference(**changes: Any) -> Difference:
    return Difference(dataclasses.replace(ROW, **changes), load("nb"))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.01, 0.03, Finding.HIGHER),
        (-0.03, -0.01, Finding.LOWER),
        (-0.01, 0.05, Finding.NONE),
        (0.0, 0.04, Finding.NONE),
        (0.0, 0.0, Finding.SAME),
        (math.nan, math.nan, Finding.UNKNOWN),
    ],
)
def test_the_interval_decides_what_may_be_said(low: float, high: float, expected: Finding) -> None:
    assert difference(low=low, high=high).finding is expected


def test_lower_is_better_where_less_is_wished_for() -> None:
    assert difference(low=-0.03, high=-0.01, better=-1).judged is Judged.BETTER
    assert difference(low=-0.03, high=-0.01, better=1).judged is Judged.WORSE
    assert difference(low=-0.03, high=-0.01, better=0).judged is Judged.NEITHER


def test_what_is_not_clear_is_neither_better_nor_worse() -> None:
    assert difference(low=-0.01, high=0.05).judged is Judged.NEITHER


@pytest.mark.parametrize(
    ("low", "middle", "high", "expected"),
    [
        (0.011, 0.02, 0.03, Told.HIGHER),
        (-0.03, -0.02, -0.001, Told.LOWER),
        (0.001, 0.004, 0.009, Told.TRIFLE),  # clear, but nothing that would matter is left
        (-0.009, 0.001, 0.009, Told.TRIFLE),
        (0.001, 0.006, 0.012, Told.OPEN),  # clear, and perhaps large enough
        (-0.02, 0.001, 0.02, Told.OPEN),
        (-0.01, 0.02, 0.05, Told.NONE),
        (0.0, 0.0, 0.0, Told.SAME),
        (math.nan, 0.02, math.nan, Told.UNKNOWN),
    ],
)
def test_what_is_told_hangs_on_the_interval_and_on_the_smallest_effect_of_interest(
    low: float, middle: float, high: float, expected: Told
) -> None:
    found = difference(low=low, difference=middle, high=high)
    assert found.told is expected
    assert found.moved is (expected in (Told.HIGHER, Told.LOWER))


@pytest.mark.parametrize(
    ("unit", "group", "scale", "told"),
    [
        ("NOK per school year", "all", 1.0, Told.TRIFLE), ("NOK per school year", "all", 0.01, Told.LOWER),
        ("NOK per school year", "need", 1.0, Told.LOWER), ("NOK per pupil and year", "all", 1.0, Told.LOWER),
    ],
)  # fmt: skip
def test_some_thousand_kroner_are_nothing_to_a_country(
    unit: str, group: str, scale: float, told: Told
) -> None:
    # The grant's idle 30,000 kroner fall by 12,000: far beyond a fiftieth, and in a hundredth of the country above its 10,000.
    some: dict[str, Any] = {"low": -15e3, "difference": -12e3, "high": -10.5e3, "smallest": 600.0}
    row = dataclasses.replace(ROW, **some, unit=unit, group=group)
    assert Difference(row, load("nb"), scale=scale).told is told


def test_without_a_smallest_effect_every_clear_difference_is_told() -> None:
    assert difference(low=1e-6, difference=2e-6, high=3e-6, smallest=math.nan).told is Told.HIGHER


def test_outcomes_are_ranked_by_their_size_against_the_smallest_effect() -> None:
    assert difference(difference=-0.03).times == pytest.approx(3.0)
    assert difference(difference=-0.03, smallest=math.nan).times == 1.0


def test_a_rise_and_a_fall_are_told_without_signs() -> None:
    fall = difference(low=-0.03, difference=-0.02, high=-0.015)
    assert [str(fall.size), str(fall.nearest), str(fall.farthest)] == ["2,0 poeng av 100", "1,5", "3,0"]
    rise = difference(low=0.015, difference=0.02, high=0.03)
    assert [str(rise.size), str(rise.nearest), str(rise.farthest)] == ["2,0 poeng av 100", "1,5", "3,0"]


def test_a_scale_from_0_to_1_is_shown_from_0_to_100() -> None:
    assert str(difference().difference) == "+2,0 poeng av 100"
    assert str(difference().level()) == "60,0 av 100"


def test_half_years_are_shown_as_years() -> None:
    hours = difference(
        unit="hours per half-year", mean_versus=15_000.0, difference=100.0, low=50.0, high=150.0
    )
    assert str(hours.difference) == "+200 timer"


def test_money_is_shown_in_millions_a_year() -> None:
    money = Difference(
        dataclasses.replace(
            ROW, unit="NOK per half-year", mean_versus=32.4e6, difference=1e6, low=0.5e6, high=1.5e6
        ),
        load("nb"),
        usual=32.4e6,
    )
    assert str(money.level()) == "64,8\u00a0mill.\u00a0kr"
    assert str(money.difference) == "+2,0\u00a0mill.\u00a0kr"


def test_a_number_names_the_place_it_was_read_from() -> None:
    html = difference().difference.__html__()
    where = "versus=voluntary;design=obligatory;horizon=mean;outcome=legitimacy;group=all;column=difference"
    assert (
        f'<data value="0.02" data-source="comparison.parquet#{where}" data-factor="100">+2,0</data> poeng av 100'
        == html
    )


def test_money_that_differs_by_rounding_to_whole_kroner_is_the_same() -> None:
    money = {"unit": "NOK per school year", "mean_versus": 7_350_000.0, "difference": 2.0}
    found = dataclasses.replace(
        difference(**money, low=-3.0, high=7.0, minimum_detectable_effect=4.0), usual=7_350_000.0
    )
    assert found.finding is Finding.SAME
    assert [str(found.difference.number), str(found.smallest_seen.number), str(found.probability)] == [
        "0",
        "0",
        "–",
    ]
    assert difference(**money, low=-80.0, high=7.0).finding is Finding.NONE
    assert difference(unit="hours", mean_versus=7_350_000.0, low=-3.0, high=7.0).finding is Finding.NONE
