"""What is kept answers for any two designs; expected numbers are worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.atlas.kept import EVERYONE, STATE_NOK, WORK_HOURS, rounded
from sim.errors import InputError
from tests.atlas.handmade import OWN_EFFECT, PUPILS, handmade

GAINS = {"a": {}, "b": {"practice": 0.2, "money_nok": 3e6}, "c": {"practice": -0.1, "hours": 1700.0}}


def test_figures_keep_about_five_digits_and_equal_ones_stay_equal() -> None:
    values = np.array([123_456_789.0, 0.123456789, np.nan, 0.0, -2.5])
    np.testing.assert_allclose(rounded(values)[[0, 1, 3, 4]], values[[0, 1, 3, 4]], rtol=2e-5)
    assert np.isnan(rounded(values)[2])
    assert rounded(values)[4] == -2.5


def test_designs_that_were_not_played_as_a_pair_are_compared_in_the_same_worlds(tmp_path: Path) -> None:
    pair = handmade(tmp_path / "kept", GAINS).between("b", "c")
    row = pair.comparison("practice", "c")
    assert row is not None
    assert row.difference == pytest.approx(-0.3, abs=1e-3)
    assert row.low < row.difference < row.high
    assert row.n_worlds == 4
    assert row.smallest == 0.025
    assert pair.comparison("practice", "b") is None
    assert pair.comparison("practice", "c", horizon="end") is None


def test_money_and_work_are_those_of_a_year(tmp_path: Path) -> None:
    # Twice the half-year's 3 million, and twice the half-year's 1,700 hours.
    kept = handmade(tmp_path / "kept", GAINS)
    state = kept.between("a", "b").comparison(STATE_NOK, "b")
    assert kept.spent("b") - kept.spent("a") == pytest.approx(6e6, rel=1e-4)
    work = kept.between("a", "c").comparison(WORK_HOURS, "c")
    assert state is not None
    assert work is not None
    assert state.difference == pytest.approx(6e6, rel=1e-3)
    assert state.smallest == 1e6
    assert work.difference == pytest.approx(2 * 1700, rel=5e-3)
    # Follow-up's 2 x 10 million and 5 million of grants, for 1,000 pupils; the luck of the four worlds is 1.25 % on average.
    assert np.nanmean(kept.of("a", "b")[:, kept.places["state_per_pupil"], EVERYONE]) == pytest.approx(
        25e6 * 1.0125 / PUPILS, rel=1e-4
    )


def test_the_picked_are_known_beside_the_first_design_alone(tmp_path: Path) -> None:
    kept = handmade(tmp_path / "kept", GAINS, shift=0.5)
    picked = -1
    assert kept.of("b", "a")[0, 0, picked] - kept.of("a", "b")[0, 0, picked] == pytest.approx(
        0.2 + 0.5, abs=1e-4
    )
    assert kept.between("a", "b").comparison("practice", "b", "picked.either") is not None
    assert kept.between("b", "a").comparison("practice", "a", "picked.either") is not None
    assert kept.between("b", "c").comparison("practice", "c", "picked.either") is None


def test_how_much_more_a_design_does_for_a_group_than_for_the_country(tmp_path: Path) -> None:
    kept = handmade(tmp_path / "kept", GAINS, {"b": -0.15})
    row = kept.between("a", "b").beyond_country("smallest")["practice"]
    assert row.difference == pytest.approx(-0.15, abs=1e-4)
    assert "money_nok" not in kept.between("a", "b").beyond_country("smallest")


def test_a_design_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no design 'd'"):
        handmade(tmp_path / "kept", GAINS).between("a", "d")


def test_what_follow_up_itself_brings_is_told_of_the_pair_s_own_groups(tmp_path: Path) -> None:
    # It brings the first design 0.1, and the second has 0.2 more than the first: 2 times as much. Those picked are 0.5 lower
    # under the first design, with follow-up and without: the effect is the same, the difference 0.7.
    kept = handmade(tmp_path / "kept", GAINS, shift=0.5)
    effects = kept.between("a", "b").effects("b")
    for group, share in (("all", 2.0), ("county.46", 2.0), ("picked.either", 7.0)):
        row = effects["practice", group]
        assert row["effect"] == pytest.approx(OWN_EFFECT, abs=1e-4)
        assert row["share"] == pytest.approx(share, rel=1e-2)
        assert row["effect_design"] == pytest.approx(OWN_EFFECT * (1 + share), rel=1e-2)
    assert kept.between("a", "b").effects("b", "end") == {}
    assert kept.between("b", "a").effects("a") == {}  # b was not played without


def test_a_trajectory_has_a_value_for_each_year_and_a_band_around_it(tmp_path: Path) -> None:
    # Four worlds: 1 plus 0, 0.1, -0.1 and 0.05; a fifth percentile of -0.1 + 0.15 x 0.1, a ninety-fifth of 0.1 - 0.15 x 0.05.
    rows = handmade(tmp_path / "kept", GAINS).between("a", "c").summary
    rows = rows[(rows["outcome"] == "practice") & (rows["design"] == "a")]
    assert rows["year"].tolist() == [2025, 2026]
    assert rows["mean"].tolist() == pytest.approx([1.0125, 1.0125], abs=1e-4)
    assert rows["p05"].tolist() == pytest.approx([0.915, 0.915], abs=1e-4)
    assert rows["p95"].tolist() == pytest.approx([1.0925, 1.0925], abs=1e-4)
    assert set(rows["group"]) == {"all"}


def test_each_county_is_compared(tmp_path: Path) -> None:
    row = handmade(tmp_path / "kept", GAINS).between("a", "b").comparison("practice", "b", "county.3")
    assert row is not None
    assert row.difference == pytest.approx(0.2, abs=1e-3)
