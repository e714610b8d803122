from __future__ import annotations

import math

import pytest

from sim.report.number_format import (
    decimals_off_zero,
    difference_decimals,
    few_decimals,
    level_decimals,
    number,
)


def test_norwegian_has_decimal_comma_and_thin_space() -> None:
    assert number(1234567.891, "nb", 2) == "1\u202f234\u202f567,89"


def test_norwegian_leaves_four_digits_together() -> None:
    assert number(1234, "nb") == "1234"
    assert number(12345, "nb") == "12\u202f345"


def test_english_has_decimal_point_and_comma_from_four_digits_on() -> None:
    assert number(1234.5, "en", 1) == "1,234.5"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(44247.0, "44\u202f200"), (1248.0, "1250"), (-887.4, "−887"), (9996.0, "10\u202f000")],
)
def test_what_is_read_and_not_reckoned_with_has_three_digits(value: float, shown: str) -> None:
    assert number(value, "nb", few_decimals(value)) == shown


def test_minus_is_a_true_minus() -> None:
    assert number(-0.25, "nb", 2) == "−0,25"


def test_plus_is_shown_on_demand() -> None:
    assert number(0.25, "en", 2, signed=True) == "+0.25"


@pytest.mark.parametrize("value", [0.0, -0.0, 0.004, -0.004])
def test_what_rounds_to_zero_has_no_sign(value: float) -> None:
    assert number(value, "en", 2, signed=True) == "0.00"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash(value: float) -> None:
    assert number(value, "nb", 2) == "–"


def test_years_are_not_grouped() -> None:
    assert number(2034, "en", grouped=False) == "2034"


def test_a_difference_shows_as_many_decimals_as_its_interval_gives_sense_to() -> None:
    assert difference_decimals(-0.053, 0.053) == 2  # 0.05
    assert (
        difference_decimals(-0.017, 0.017) == 3
    )  # 0.017: a half-width that begins with 1 or 2 keeps two digits
    assert difference_decimals(-300.0, 500.0) == 0


def test_an_interval_that_leaves_zero_out_is_not_rounded_onto_it() -> None:
    assert decimals_off_zero(0.004, 0.104) == 3  # 0.00 to 0.10 would seem to touch zero
    assert decimals_off_zero(-0.104, -0.06) == 1
    assert decimals_off_zero(-0.1, 0.1) == 0


def test_without_an_interval_no_decimals() -> None:
    assert difference_decimals(0.0, 0.0) == 0
    assert difference_decimals(math.nan, math.nan) == 0


def test_levels_show_three_digits() -> None:
    assert [level_decimals(value) for value in (0.0478, 1.11, 39.66, 29952.0, 0.0, math.nan)] == [
        4,
        2,
        1,
        0,
        0,
        0,
    ]
