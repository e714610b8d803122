"""The tables of a sensitivity analysis, one index, one factor and one result a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.experiments.analysis_folder import AnalysisTable
from sim.sensitivity.factors import Factor
from sim.sensitivity.indices import MEANING, Index
from sim.sensitivity.noise import PARTS, split
from sim.sensitivity.results import LABELS, Result

INDEX_ROW = "one index of one factor for one result"

_FACTOR = {"factor": ("name", "parameter or theme; `dummy` reaches nothing")}
_INDEX = {
    "index": ("name", "; ".join(f"`{name}`: {words}" for name, words in MEANING.items())),
    "value": ("see index", "the index; mu_star, mu and sigma have the outcome's unit, the others none"),
    "low": ("see index", "lower end of its 90 % interval (bootstrap); empty where there is none"),
    "high": ("see index", "its upper end"),
    "floor": ("see index", "what a factor without influence would reach by the method's error or by luck"),
    "convincing": ("true/false", "whether the whole interval lies above the floor"),
    "n": ("number", "whole trajectories, base points or points behind the index"),
}
INDICES = {**LABELS, **_FACTOR, **_INDEX}
CONVERGENCE = {**LABELS, **_FACTOR, "asked": ("number", "trajectories, base points or points used"), **_INDEX}
NOISE = {
    **LABELS,
    "part": (
        "name",
        "`parameters`: between points; `luck`: between worlds, shared by all points; `interplay`: luck that works out "
        "differently at different points",
    ),
    "variance": ("outcome's unit squared", "component of the variance of a single run"),
    "share": ("share", "of the three together"),
    "noise_share": (
        "share",
        "what is left of luck in the mean over worlds that the indices explain: (interplay over worlds) over "
        "(parameters + interplay over worlds)",
    ),
    "n_points": ("points", "points without a missing run"),
    "n_worlds": ("worlds", "worlds of each point; with one luck can't be told from parameters"),
}
FACTORS = {
    **_FACTOR,
    "parameter": ("name", "parameter that belongs to the factor; empty for the dummy"),
    "unit": ("unit", "of the parameter"),
    "prior": ("words", "what its values are drawn from, cut off at its bounds"),
    "theme": ("name", "theme of the parameter"),
}


def index_rows(result: Result, factors: Sequence[str], indices: Sequence[Index]) -> pd.DataFrame:
    """A result's indices, with `convincing` only where there is an interval."""
    parts = [
        pd.DataFrame(
            {
                "factor": list(factors),
                "index": index.name,
                "value": index.value,
                "low": index.low,
                "high": index.high,
                "floor": index.floor,
                "convincing": index.convincing(),
                "n": index.n,
            }
        )
        for index in indices
    ]
    return pd.concat(parts, ignore_index=True).assign(**result.labels)


def noise_rows(result: Result, outputs: Floats) -> pd.DataFrame:
    """How the variance of a result splits."""
    found = split(outputs)
    left = found.interplay / max(1, found.n_worlds)
    noisy = left / (found.parameters + left) if found.parameters + left > 0 else float("nan")
    return pd.DataFrame(
        {
            "part": list(PARTS),
            "variance": [float(getattr(found, part)) for part in PARTS],
            "share": [found.share(part) for part in PARTS],
            "noise_share": noisy,
            "n_points": found.n_points,
            "n_worlds": found.n_worlds,
        }
    ).assign(**result.labels)


def factor_table(factors: Sequence[Factor]) -> AnalysisTable:
    """Which parameters each factor moves."""
    rows = [
        {
            "factor": factor.name,
            "parameter": one.name,
            "unit": one.unit,
            "prior": one.prior.words() if one.prior else "",
            "theme": one.group.key,
        }
        for factor in factors
        for one in factor.members
    ]
    rows += [
        {"factor": factor.name, "parameter": "", "unit": "", "prior": "", "theme": ""}
        for factor in factors
        if not factor.members
    ]
    return AnalysisTable(pd.DataFrame(rows), "one parameter of one factor", FACTORS)


def of_results(
    indices: Sequence[pd.DataFrame], converging: Sequence[pd.DataFrame], noise: Sequence[pd.DataFrame]
) -> dict[str, AnalysisTable]:
    """Indices, their course with more runs, and the part of luck, of all results."""
    return {
        "indices": AnalysisTable(pd.concat(indices, ignore_index=True), INDEX_ROW, INDICES),
        "convergence": AnalysisTable(
            pd.concat(converging, ignore_index=True),
            "the method's first index of one factor for one result, from a part of the runs",
            CONVERGENCE,
        ),
        "noise": AnalysisTable(
            pd.concat(noise, ignore_index=True), "one part of the variance of one result", NOISE
        ),
    }


def given_factors(names: Sequence[str]) -> AnalysisTable:
    """The factors of a sample of which nothing but names is known."""
    frame = pd.DataFrame({"factor": list(names), "parameter": list(names)})
    columns = {name: FACTORS[name] for name in ("factor", "parameter")}
    return AnalysisTable(frame, "one parameter", columns)


def point_table(shares: Floats, names: Sequence[str]) -> AnalysisTable:
    """The points, as shares of the priors."""
    frame = pd.DataFrame(shares, columns=list(names))
    frame.insert(0, "draw", np.arange(len(frame)))
    columns = {
        "draw": ("number", "point, as in the store of runs"),
        **{name: ("share", f"where in its prior {name} lies") for name in names},
    }
    return AnalysisTable(frame, "one point", columns)
