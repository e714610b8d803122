"""What a scheme itself brings those whom a comparison is about: the yardstick by which a difference is told large or small.

A difference between two ways of following up says little by itself. A comparison of designs that differ in follow-up therefore
plays one more future along: the first design with no follow-up from the parting on. The first design less that one is the
scheme's own effect, and the difference between two designs is told as a share of it. Numerator and yardstick are always those
of the same group of municipalities over the same window and the same worlds; they stand in one row.

It costs one more design to play, in small studies too. It picks nobody, is none of the designs, and stands in no pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.special import stdtrit

from sim.arrays import AnyArray, Floats, Ints
from sim.design import Design
from sim.experiments import tables
from sim.experiments.comparison import CONFIDENCE, differences, horizons, mean_error
from sim.experiments.study import Study
from sim.experiments.trajectories import Trajectories, mean_where_known
from sim.parameters.registry import Registry

TABLE = "yardstick"
WITHOUT = "no_follow_up"  # what the yardstick is called
ACTIVE = "follow_up.active"
PART = ACTIVE.partition(".")[0]

_OWN = ("outcome", "group", "design", "versus", "horizon", "start", "end", "n_worlds", "n_draws")
YARDSTICK = pa.schema([
    *(tables.COMPARISON.field(name) for name in _OWN),
    tables.field("effect", tables.NUMBER, "see unit",
                 "the scheme's own effect: mean over worlds of `versus` less the same without follow-up from the parting on"),
    tables.field("effect_low", tables.NUMBER, "see unit", "lower end of its 90 % interval (Student's t)"),
    tables.field("effect_high", tables.NUMBER, "see unit", "its upper end"),
    tables.field("effect_design", tables.NUMBER, "see unit",
                 "mean over the same worlds of `design` less the same without follow-up"),
    tables.field("effect_design_low", tables.NUMBER, "see unit", "lower end of its 90 % interval (Student's t)"),
    tables.field("effect_design_high", tables.NUMBER, "see unit", "its upper end"),
    tables.field("difference", tables.NUMBER, "see unit", "mean over the same worlds of `design` less `versus`"),
    tables.field(
        "share", tables.NUMBER, "share",
        "that difference over the size of that effect, in the same group; positive where `design` is higher than `versus`; "
        "empty where the effect can't be told from zero",
    ),
    tables.field("share_low", tables.NUMBER, "share", "lower end of the share's 90 % interval (linearised)"),
    tables.field("share_high", tables.NUMBER, "share", "its upper end"),
    tables.UNIT,
])  # fmt: skip
"""Columns of `yardstick.parquet`."""

ROWS_ARE = (
    "one outcome in one group, for one design against the first one over one horizon, beside what the first one's follow-up "
    "itself brings that group"
)


def with_yardstick(study: Study) -> Study:
    """The study with the yardstick that its question asks for: none unless designs differ in follow-up."""
    registry = study.instruments().registry
    return replace(study, without=without_follow_up(study.designs, study.parting, registry))


def without_follow_up(designs: Sequence[Design], parting: int, registry: Registry) -> Design | None:
    """The first design with no follow-up from the parting on; None where that is no yardstick.

    That is where no lever of follow-up differs between the designs, or the first has no follow-up itself.
    """
    first = designs[0]
    differ = {
        name
        for other in designs[1:]
        for name in {*first.levers, *other.levers}
        if first.levers.get(name) != other.levers.get(name)
    }
    if not any(name.startswith(f"{PART}.") for name in differ):
        return None
    if not first.value(ACTIVE, parting, registry):
        return None
    return replace(first.with_levers({ACTIVE: False}, parting), key=WITHOUT, extends=first.key, file=None)


def own_effect(
    trajectories: Trajectories, without: Trajectories, parting: int, draw: Ints | None = None
) -> pd.DataFrame:
    """Every design's difference from the first one, beside the first one's own effect on the same group.

    With y the own effect and d the difference in a world, the share is r = mean(d) / |mean(y)|, and its standard error that
    of the mean of d - r y, over |mean(y)| (linearised; worlds of one parameter draw go together).

    Parameters
    ----------
    without : Trajectories
        Of the yardstick, in the same worlds.
    parting : int
        First year in which any design differs from the first.
    draw : array of int, shape (worlds,), optional
        Number of each world's draw of the parameters; by default every world has its own.

    Returns
    -------
    DataFrame with the columns of `YARDSTICK`
    """
    n_outcomes, n_groups = trajectories.values.shape[3:]
    outcome, group = (axis.ravel() for axis in np.indices((n_outcomes, n_groups)))
    parts = []
    for horizon in horizons(parting, trajectories.half_years[-1].year):
        values = trajectories.window(horizon.first, horizon.last)
        none = without.window(horizon.first, horizon.last)[:, 0].reshape(len(values), -1)
        values = values.reshape(*values.shape[:2], -1)
        for j, design in enumerate(trajectories.designs[1:], 1):
            columns: dict[str, AnyArray | pd.Categorical | str | int] = {
                "outcome": tables.kinds(trajectories.outcomes, outcome),
                "group": tables.kinds(trajectories.groups, group),
                "versus": trajectories.designs[0],
                "design": design,
                "horizon": horizon.name,
                "start": horizon.first,
                "end": horizon.last,
                **shares(values[:, 0], values[:, j], none, draw),
                "unit": tables.kinds(trajectories.units, outcome),
            }
            frame = pd.DataFrame({name: columns[name] for name in YARDSTICK.names})
            parts.append(frame[frame["n_worlds"] > 0])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=YARDSTICK.names)


def shares(a: Floats, b: Floats, none: Floats, draw: Ints | None = None) -> dict[str, AnyArray]:
    """Own effect a - none, difference b - a and their ratio, column by column, over worlds with all three.

    Parameters
    ----------
    a, b, none : array of float, shape (worlds, columns)
        NaN where there is no value.
    """
    effect, difference = differences(none, a)[0], differences(a, b)[0]
    known = ~(np.isnan(effect) | np.isnan(difference))
    effect, difference = np.where(known, effect, np.nan), np.where(known, difference, np.nan)
    draws = np.arange(len(a)) if draw is None else draw
    own, gap = mean_where_known(effect, axis=0), mean_where_known(difference, axis=0)
    of_b = effect + difference
    mean_design = mean_where_known(of_b, axis=0)
    error_b = mean_error(of_b, draws)[0]
    error, m = mean_error(effect, draws)
    t = stdtrit(np.maximum(m - 1, 1), (1 + CONFIDENCE) / 2)
    told = np.abs(own) > t * error  # False where the error is not known
    size = np.where(told, np.abs(own), np.nan)
    share = gap / size
    half = t * mean_error(difference - share * np.sign(own) * effect, draws)[0] / size
    return {
        "n_worlds": known.sum(axis=0), "n_draws": m, "effect": own, "effect_low": own - t * error,
        "effect_high": own + t * error, "effect_design": mean_design,
        "effect_design_low": mean_design - t * error_b, "effect_design_high": mean_design + t * error_b,
        "difference": gap, "share": share, "share_low": share - half, "share_high": share + half,
    }  # fmt: skip
