"""How each outcome moved over the years under each design: mean and percentiles over worlds, for figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.experiments import tables
from sim.experiments.comparison import quantiles
from sim.experiments.trajectories import Trajectories, mean_where_known

PERCENTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}


def summary(trajectories: Trajectories) -> pd.DataFrame:
    """One row for each design, half-year, outcome and group with a value in any world.

    Returns
    -------
    DataFrame with the columns of `sim.experiments.tables.SUMMARY`
    """
    n = (~np.isnan(trajectories.values)).sum(axis=0)
    mean = mean_where_known(trajectories.values, axis=0)
    spread = quantiles(trajectories.values, tuple(PERCENTILES.values()))
    known = np.nonzero(n)
    design, half_year, outcome, group = known
    half_years = trajectories.half_years
    columns = {
        "design": tables.kinds(trajectories.designs, design),
        "half_year": tables.kinds([str(h) for h in half_years], half_year),
        "year": np.array([h.year for h in half_years])[half_year],
        "season": tables.kinds([h.season.value for h in half_years], half_year),
        "outcome": tables.kinds(trajectories.outcomes, outcome),
        "group": tables.kinds(trajectories.groups, group),
        "mean": mean[known],
        **{name: values[known] for name, values in zip(PERCENTILES, spread, strict=True)},
        "n_worlds": n[known],
        "unit": tables.kinds(trajectories.units, outcome),
    }
    return pd.DataFrame({name: columns[name] for name in tables.SUMMARY.names})
