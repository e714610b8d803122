"""The variance budget of a comparison as a table: how much of its uncertainty comes from where, and whether more worlds help.

Two questions are kept apart. *Is the mean difference zero?*, over luck and over all that is unknown about the parameters:
more worlds, which bring more draws of the parameters, settle that in the end. *Is the difference of one sign?*: where the
parameters' part alone makes it positive under some values and negative under others, no number of worlds can tell which of
them is true of Norway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.special import stdtrit

from sim.arrays import AnyArray, Floats, Ints
from sim.experiments import tables
from sim.experiments.comparison import comparison, differences, horizons, mean_error, quantiles
from sim.experiments.structures import STANDARD
from sim.experiments.trajectories import Trajectories, mean_where_known
from sim.experiments.variance import (
    LEAST_DRAWS,
    SETTLED,
    components,
    draws_needed,
    gathered,
    interval_ends,
    of_other_sign,
    resampled,
    structure_component,
)

PARAMETERS, WORLDS, STRUCTURE = "parameters", "worlds", "structure"
SETTLED_ALREADY, MORE_WORLDS, NOTHING, UNKNOWN = "settled", "more worlds", "no difference", "unknown"

VARIANCE = pa.schema([
    tables.field("outcome", tables.WORDS, "name", "what is measured"),
    tables.field("group", tables.WORDS, "name", "group of municipalities"),
    tables.COMPARISON.field("design"),
    tables.VERSUS,
    tables.field("horizon", tables.WORDS, "mean or end", "as in `comparison`"),
    tables.field(
        "component", tables.WORDS, "name",
        "`parameters`: what is not known about them; `worlds`: luck, alone and together with parameters; `structure`: which "
        "of the structures in `structures` the model has (only if they were played)",
    ),
    tables.field("variance", tables.NUMBER, "unit squared",
                 "of the difference in one world; 0 where the estimate is negative, empty if it can't be told"),
    tables.field("low", tables.NUMBER, "unit squared", "lower end of its 90 % interval (resampled parameter draws)"),
    tables.field("high", tables.NUMBER, "unit squared", "its upper end"),
    tables.field("share", tables.NUMBER, "share", "that part of the sum of all components"),
    tables.field("share_low", tables.NUMBER, "share", "lower end of the share's 90 % interval"),
    tables.field("share_high", tables.NUMBER, "share", "its upper end"),
    tables.field("difference", tables.NUMBER, "see unit", "mean difference, as in `comparison`"),
    tables.field(
        "worlds_needed", tables.NUMBER, "worlds",
        "further worlds until the 95 % interval of the mean difference leaves out zero, should mean and spread stay as they "
        "are; 0 if it does already, empty if there is no difference or more would be needed than can be played",
    ),
    tables.field(
        "other_sign", tables.NUMBER, "share",
        "parameter draws under which the difference, luck taken away, is of the other sign than its mean",
    ),
    tables.field(
        "settled_by", tables.WORDS, "words",
        "`settled`: the 95 % interval leaves out zero; `more worlds`: it would after so many more; `parameters`: the sign hangs "
        "on parameters that nobody knows, which no number of worlds settles; `no difference`; `unknown`: one draw only",
    ),
    tables.field("n_worlds", tables.WHOLE, "worlds", "worlds with a value under both designs"),
    tables.field("n_draws", tables.WHOLE, "draws", "draws of the parameters behind those worlds"),
    tables.UNIT,
])  # fmt: skip
"""Columns of `variance.parquet`."""

_PAIR = [name for name in tables.COMPARISON.names if name in (
    "outcome", "group", "design", "versus", "horizon", "start", "end", "n_worlds", "n_draws", "difference",
    "low", "high", "unit",
)]  # fmt: skip
STRUCTURES = pa.schema([
    tables.field("structure", tables.WORDS, "name", "structure of the model; `standard` is the model as it is"),
    *(tables.COMPARISON.field(name) for name in _PAIR),
])  # fmt: skip
"""Columns of `structures.parquet`."""

ROWS_ARE = {
    "variance": "one component of the variance of one difference: outcome, group, design against the first one, horizon",
    "structures": "one outcome in one group, for one pair of designs over one horizon, under one structure of the model",
}


def declared() -> dict[str, tuple[str, pa.Schema]]:
    """What a row of each table is, and its schema."""
    return {"variance": (ROWS_ARE["variance"], VARIANCE), "structures": (ROWS_ARE["structures"], STRUCTURES)}


class Part(NamedTuple):
    """One component with its interval; arrays of shape (columns,), cut off at 0."""

    variance: Floats
    low: Floats
    high: Floats
    share: Floats
    share_low: Floats
    share_high: Floats


def variance_budget(
    trajectories: Trajectories, others: Mapping[str, Trajectories], parting: int, draw: Ints, seed: int
) -> pd.DataFrame:
    """The variance budget of every design's difference from the first one.

    Parameters
    ----------
    others : mapping from structure to Trajectories
        The same designs in the same worlds under alternative structures of the model; may be empty.
    parting : int
        First year in which any design differs from the first.
    draw : array of int, shape (worlds,)
        Number of each world's draw of the parameters.
    seed : int
        Of the resampling behind the intervals.

    Returns
    -------
    DataFrame with the columns of `VARIANCE`
    """
    n_outcomes, n_groups = trajectories.values.shape[3:]
    outcome, group = (axis.ravel() for axis in np.indices((n_outcomes, n_groups)))
    parts = []
    for horizon in horizons(parting, trajectories.half_years[-1].year):
        windows = [_window(each, horizon.first, horizon.last) for each in (trajectories, *others.values())]
        for j in range(1, len(trajectories.designs)):
            d = [differences(values[:, 0], values[:, j])[0] for values in windows]
            told = ~np.isnan(d[0]).all(axis=0)
            d = [each[:, told] for each in d]
            about: dict[str, AnyArray | pd.Categorical | str] = {
                "outcome": tables.kinds(trajectories.outcomes, outcome[told]),
                "group": tables.kinds(trajectories.groups, group[told]),
                "versus": trajectories.designs[0],
                "design": trajectories.designs[j],
                "horizon": horizon.name,
                "unit": tables.kinds(trajectories.units, outcome[told]),
                **_settlement(d[0], draw),
            }
            for component, part in _budget(d, draw, seed):
                columns = {**about, "component": component, **part._asdict()}
                parts.append(pd.DataFrame({name: columns[name] for name in VARIANCE.names}))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=VARIANCE.names)


def under_structures(
    trajectories: Trajectories, others: Mapping[str, Trajectories], parting: int, draw: Ints
) -> pd.DataFrame:
    """The comparison under each structure of the model, with the columns of `STRUCTURES`; see `variance_budget`."""
    played = {STANDARD: trajectories, **others}
    frames = [comparison(each, parting, draw).assign(structure=key) for key, each in played.items()]
    found: pd.DataFrame = pd.concat(frames, ignore_index=True)[STRUCTURES.names]
    return found


def _window(trajectories: Trajectories, first: int, last: int) -> Floats:
    values = trajectories.window(first, last)
    return values.reshape(*values.shape[:2], -1)


def _budget(d: list[Floats], draw: Ints, seed: int) -> Iterator[tuple[str, Part]]:
    """Every component and its share; `d` are the differences under each structure, shape (worlds, columns)."""
    sums = gathered(d[0], draw)
    times = resampled(seed, len(sums.n))
    found = dict(zip((PARAMETERS, WORLDS), components(sums), strict=True))
    again = dict(zip((PARAMETERS, WORLDS), components(sums, times), strict=True))
    if len(d) > 1:
        means = np.stack([_draw_means(each, draw) for each in d])
        found[STRUCTURE], again[STRUCTURE] = structure_component(means), structure_component(means, times)
    found, again = ({key: np.maximum(v, 0.0) for key, v in each.items()} for each in (found, again))
    whole, wholes = (np.sum(list(each.values()), axis=0) for each in (found, again))
    ends = interval_ends(len(sums.n))
    for key, value in found.items():
        share = _share(value, whole)
        yield (
            key,
            Part(
                value,
                *_around(value, quantiles(again[key], ends)),
                share,
                *_around(share, quantiles(_share(again[key], wholes), ends)),
            ),
        )


def _around(value: Floats, ends: Floats) -> tuple[Floats, Floats]:
    """An interval that holds the estimate, which may lie at the edge where it was cut off."""
    return np.minimum(value, ends[0]), np.maximum(value, ends[1])


def _draw_means(d: Floats, draw: Ints) -> Floats:
    """Mean difference of each draw, shape (draws, columns)."""
    numbers = np.unique(draw)
    return np.stack([mean_where_known(d[draw == number], axis=0) for number in numbers])


def _share(part: Floats, whole: Floats) -> Floats:
    share: Floats = part / np.where(whole > 0, whole, np.nan)
    return share


def _settlement(d: Floats, draw: Ints) -> dict[str, AnyArray]:
    """Whether the mean difference is settled, by what it would be, and how many worlds that takes; shape (columns,) each."""
    mean = mean_where_known(d, axis=0)
    error, m = mean_error(d, draw)
    n = (~np.isnan(d)).sum(axis=0)
    needed = draws_needed(mean, error, m)
    further = np.maximum(needed - m, 0) * n / np.maximum(m, 1)
    settled = np.abs(mean) > stdtrit(np.maximum(m - 1, 1), (1 + SETTLED) / 2) * error
    other = of_other_sign(gathered(d, draw), mean)
    of_both_signs = other > (1 - SETTLED) / 2
    nothing = (np.abs(np.where(np.isnan(d), 0.0, d)) == 0).all(axis=0)
    words = np.select(
        [m < LEAST_DRAWS, nothing, of_both_signs, settled],
        [UNKNOWN, NOTHING, PARAMETERS, SETTLED_ALREADY],
        MORE_WORLDS,
    )
    return {
        "difference": mean,
        "other_sign": other,
        "worlds_needed": np.where(settled, 0.0, np.ceil(further)),
        "settled_by": words,
        "n_worlds": n,
        "n_draws": m,
    }
