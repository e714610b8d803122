"""What a calibration's own files say is wrong with it: told by the report and, as alarms, by the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

MISFIT_TAIL = 0.025
"""Chance below which the figures lie too far from what the others foretell, or too near: 5 per cent for both together."""
CONFLICT = 0.025
"""Chance under the priors, of a figure as far out as the reported one, below which the two are told to be in conflict."""
FAR, NEAR = "far", "near"


def misfit_alarm(diagnostics: Mapping[str, Any]) -> str | None:
    """`FAR` where the model is wrong by the misfit of left-out series, `NEAR` where its intervals are too wide, else None."""
    for tail, name in ((FAR, "misfit_chance"), (NEAR, "misfit_near_chance")):
        chance = diagnostics.get(name)
        if chance is not None and chance < MISFIT_TAIL:
            return tail
    return None


def prior_conflicts(intervals: pd.DataFrame) -> pd.DataFrame:
    """Rows of `intervals.parquet` that the priors all but ruled out, the least likely first."""
    found = intervals[intervals["prior_chance"] < CONFLICT]
    return found.sort_values("prior_chance", kind="stable")


def conflicts_by_luck(intervals: pd.DataFrame) -> float:
    """How many rows would be found in conflict if every prior were right."""
    return float(CONFLICT * intervals["prior_chance"].notna().sum())
