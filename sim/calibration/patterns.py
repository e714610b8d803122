"""Facts that nobody fitted: what school research has measured, and what comes out of the fitted model by itself.

At draws of the posterior the model is played as it happened and, in the same world, without either scheme. What differs is
the scheme's effect; what does not is how schools are.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.arrays import Bools, Floats
from sim.calibration.observation import interval
from sim.design import Design
from sim.errors import InputError
from sim.experiments.instruments import Playable
from sim.experiments.soundness import check_sound
from sim.half_year import Season
from sim.parameters.results import Results
from sim.processes.grouping import weighted_mean_by
from sim.processes.indicators import true_level
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state.places import Municipalities
from sim.state.schools import Schools, pupils_at

FILE = "patterns.csv"
COLUMNS = ("id", "quantity", "low", "high", "unit", "source")
_LAG_YEARS = 3


@dataclass(frozen=True)
class Pattern:
    """What the literature says of a fact: an interval, with its source."""

    id: str
    quantity: str
    low: float
    high: float
    unit: str
    source: str


@dataclass(frozen=True)
class PatternJob:
    """One draw, played under each design.

    Attributes
    ----------
    without : mapping from scheme to Design
        What happened, less the scheme.
    """

    world: int
    seed: int
    values: Mapping[str, float]
    happened: Design
    without: Mapping[str, Design]
    model: Callable[..., Playable]
    start: int
    end: int
    scale: float


def read_patterns(folder: Path) -> tuple[Pattern, ...]:
    """The facts to compare with.

    Raises
    ------
    InputError
        If the file can't be used.
    """
    file = folder / FILE
    try:
        rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
        return tuple(
            Pattern(
                row["id"], row["quantity"], float(row["low"]), float(row["high"]), row["unit"], row["source"]
            )
            for row in rows
        )
    except (OSError, KeyError, TypeError, ValueError, csv.Error) as error:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}: {error}", file=str(file)) from None


def play_patterns(job: PatternJob) -> dict[str, float]:
    """The facts in one world."""
    model = _played(job, job.happened)
    earlier: dict[int, Floats] = {}
    for year in range(job.start, job.end + 1):
        for _ in Season:
            model.step()
        earlier[year] = _levels(model)
    check_sound(model.state)
    found = _of_schools(model, earlier, job.end)
    for scheme, design in job.without.items():
        other = _played(job, design)
        for _ in range((job.end - job.start + 1) * len(Season)):
            other.step()
        check_sound(other.state)
        found |= _effects(scheme, model, other)
        vars(other).clear()
    vars(model).clear()
    return found


def compared(patterns: Sequence[Pattern], worlds: Sequence[Mapping[str, float]]) -> pd.DataFrame:
    """The facts beside the literature: pattern, quantity, unit, source, literature and model intervals, `overlap`."""
    rows = []
    for one in patterns:
        values = np.array([world[one.id] for world in worlds if np.isfinite(world.get(one.id, np.nan))])
        if not len(values):
            continue
        low, high = interval(values)
        rows.append(
            (one.id, one.quantity, one.unit, one.source, one.low, one.high, float(values.mean()), low, high,
             low <= one.high and high >= one.low, len(values))
        )  # fmt: skip
    columns = ["pattern", "quantity", "unit", "source", "literature_low", "literature_high", "simulated",
               "simulated_low", "simulated_high", "overlap", "worlds"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _played(job: PatternJob, design: Design) -> Playable:
    return job.model(
        design, rng=job.seed, world=job.world, start=job.start, scale=job.scale, assumptions=job.values,
        registers=None,
    )  # fmt: skip


def _levels(model: Playable) -> Floats:
    return true_level(model.state[Schools]).copy()


def _of_schools(model: Playable, earlier: Mapping[int, Floats], end: int) -> dict[str, float]:
    """How schools differ, keep their level, and keep their staff; without any comparison of designs."""
    schools, p = model.state[Schools], model.p[Results]
    level, pupils = _levels(model), pupils_at(schools).astype(float)
    mean = np.average(level, weights=pupils)
    between = float(np.average((level - mean) ** 2, weights=pupils))
    owners = len(model.state[Municipalities])
    own = weighted_mean_by(schools.municipality, level, pupils, owners)[schools.municipality]
    several = np.bincount(schools.municipality, minlength=owners)[schools.municipality] > 1
    lagged = earlier[end - _LAG_YEARS]
    same = len(lagged) == len(level)  # mergers of municipalities move no school; a closed school would
    return {
        "school_icc": between / (between + p.pupil_sd**2),
        "school_sd": float(np.sqrt(between)),
        "within_municipality_share": _share_within(level, own, several),
        "three_year_correlation": float(np.corrcoef(level, lagged)[0, 1]) if same else float("nan"),
        "teacher_exit": float(np.average(schools.teacher_turnover, weights=schools.n_teachers)),
        "principal_exit": float((schools.principal_tenure < 1).mean()),
    }


def _share_within(level: Floats, own: Floats, several: Bools) -> float:
    """Share of the variance of school levels that lies within municipalities with several schools."""
    if not several.any():
        return float("nan")
    whole = level[several].var()
    return float(((level - own)[several] ** 2).mean() / whole) if whole > 0 else float("nan")


def _effects(scheme: str, model: Playable, other: Playable) -> dict[str, float]:
    """What a scheme has changed in the end, against the same world without it: pupils in pupil SD, practice in its SD."""
    schools, twin, p = model.state[Schools], other.state[Schools], model.p[Results]
    if len(schools) != len(twin):
        return {}
    pupils = pupils_at(schools).astype(float)
    results = (true_level(schools) - true_level(twin)) / p.national_sd
    practice = schools.practice - twin.practice
    year = model.state[FollowUpOwners].last_draw_year
    drawn = (year > 0)[schools.municipality]
    if scheme != "follow_up":
        drawn = np.ones(len(schools), dtype=bool)
    if not drawn.any():
        return {}
    return {
        f"{scheme}_pupils": float(np.average(results[drawn], weights=pupils[drawn])),
        f"{scheme}_practice": float(np.average(practice[drawn], weights=pupils[drawn])),
    }
