from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.experiments import tables
from sim.experiments.summary import summary
from sim.experiments.trajectories import Trajectories, outcomes_table
from sim.half_year import HalfYear
from sim.outcomes.groups import KEYS
from tests.experiments.toy import OUTCOMES

HALF_YEARS = (HalfYear(2 * 2025 + 1), HalfYear(2 * 2026))


def block(worlds: int = 3) -> Trajectories:
    values = np.random.default_rng(1).random((worlds, 2, 2, len(OUTCOMES), len(KEYS)))
    values[:, :, :, 3, 1:] = np.nan
    return Trajectories(
        values,
        ("a", "b"),
        HALF_YEARS,
        tuple(outcome.key for outcome in OUTCOMES),
        tuple(outcome.unit for outcome in OUTCOMES),
        np.array([outcome.better for outcome in OUTCOMES]),
    )


def long(trajectories: Trajectories) -> pd.DataFrame:
    parts = [
        outcomes_table(w, values, trajectories.designs, trajectories.half_years, OUTCOMES).to_pandas()
        for w, values in enumerate(trajectories.values)
    ]
    found: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return found


def test_the_long_table_says_every_value_once_and_leaves_out_what_is_missing() -> None:
    frame = long(block())
    assert frame.columns.tolist() == tables.OUTCOMES.names
    assert len(frame) == 3 * 2 * 2 * (3 * len(KEYS) + 1)
    assert not frame.duplicated(["world", "design", "half_year", "outcome", "group"]).any()
    row = frame.query(
        "world == 1 and design == 'b' and half_year == '2026-spring' and outcome == 'pupils' and group == 'size.small'"
    )
    assert row["value"].item() == block().values[1, 1, 1, 1, 1]
    assert (row["year"].item(), row["season"].item(), row["unit"].item()) == (2026, "spring", "pupils")


def test_the_summary_tells_mean_and_percentiles_over_worlds() -> None:
    trajectories = block(worlds=5)
    frame = summary(trajectories)
    assert frame.columns.tolist() == tables.SUMMARY.names
    row = frame.query(
        "design == 'a' and half_year == '2025-autumn' and outcome == 'practice' and group == 'all'"
    ).iloc[0]
    values = trajectories.values[:, 0, 0, 0, 0]
    assert row["mean"] == pytest.approx(values.mean())
    for name, share in (("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)):
        assert row[name] == pytest.approx(np.quantile(values, share))
    assert row["n_worlds"] == 5


def test_the_summary_leaves_out_what_is_missing_in_every_world() -> None:
    trajectories = block()
    trajectories.values[0, 0, 0, 0, 0] = np.nan
    frame = summary(trajectories)
    assert len(frame) == 2 * 2 * (3 * len(KEYS) + 1)
    assert frame["n_worlds"].min() == 2
