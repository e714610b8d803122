"""Cohorts that are met again three years later: in 8th grade weakness passes with them, in 5th grade nobody returns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.evaluation.returning import changes, summed

DRAW_YEAR, N, DRAWN = 2026, 40, 10


def draw() -> pd.DataFrame:
    numbers = np.arange(1001, 1001 + N)
    return pd.DataFrame({
        "municipality": numbers, "successor": numbers, "drawn": ["average"] * DRAWN + ["none"] * (N - DRAWN),
        "excluded_because": "",
    })  # fmt: skip


def figures(echo: float, trend: float = 0.0, last: int = DRAW_YEAR + 6) -> pd.DataFrame:
    """In 8th grade the drawn are weaker by the echo until the third year; the drawn of both grades improve by the trend."""
    parts = []
    drawn = np.arange(N) < DRAWN
    for year in range(DRAW_YEAR - 1, last + 1):
        late = year >= DRAW_YEAR + 3
        lasting = 0.3 * drawn - trend * drawn * late
        parts.append(pd.DataFrame({
            "year": year, "municipality": np.arange(1001, 1001 + N), "lowest_fifth": lasting,
            "lowest_eighth": lasting + echo * drawn * (not late),
        }))  # fmt: skip
    return pd.concat(parts)


def test_weakness_that_goes_with_a_cohort_is_found_in_8th_grade_alone() -> None:
    found = changes(draw(), figures(0.06), DRAW_YEAR)
    assert found == pytest.approx({"eighth": 0.06, "fifth": 0.0, "echo": 0.06})


def test_what_changes_in_both_grades_is_no_echo() -> None:
    found = changes(draw(), figures(0.06, trend=0.02), DRAW_YEAR)
    assert found == pytest.approx({"eighth": 0.08, "fifth": 0.02, "echo": 0.06})


def test_nothing_is_said_before_the_cohorts_have_passed() -> None:
    assert np.isnan(changes(draw(), figures(0.06, last=DRAW_YEAR + 4), DRAW_YEAR)["echo"])
    assert summed([{"eighth": np.nan, "fifth": np.nan, "echo": np.nan}]).empty


def test_worlds_are_summed_up_with_their_interval() -> None:
    worlds = [{"eighth": x, "fifth": 0.0, "echo": x} for x in (0.01, 0.02, 0.03)]
    row = summed(worlds).set_index("figure").loc["echo"]
    assert row["n_worlds"] == 3
    assert row["change"] == pytest.approx(0.02)
    # sd 0.01, t(0.95; 2) = 2.92
    assert row["change_high"] - row["change"] == pytest.approx(2.92 * 0.01 / np.sqrt(3), rel=1e-3)
