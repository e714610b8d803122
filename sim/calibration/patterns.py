"""Facts beside the fit: what research and the evaluations have measured, and what comes out of the fitted model by itself.

At draws of the posterior the model is played as it happened and, in the same world, without either scheme. What differs is
the scheme's effect; what does not is how schools are. A fact is a test only if it repeats no input, and if the model would
not show it as well were the schemes to do nothing: in the worlds without them, with effects of nought, with a draw by lot.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import pandas as pd

from sim.arrays import Bools, Floats
from sim.calibration import draw_facts
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
COLUMNS = ("id", "quantity", "low", "high", "unit", "counted", "repeats", "source")
_LAG_YEARS = 3
_NOUGHT = 0.0  # an effect of a scheme that does nothing


class NoPatternTest(StrEnum):
    """Why a fact says nothing of what the schemes do in the model."""

    ECHO = "echo"  # it repeats an input or a fitted figure
    WITHOUT = "without"  # schemes that do nothing would show it too


@dataclass(frozen=True)
class Pattern:
    """What the literature says of a fact: an interval, with its source.

    Attributes
    ----------
    counted : bool
        Whether it is one outcome that was counted, as precisely as it is told: its luck is in the model's interval.
    repeats : str
        Parameter or fitted figure that comes from the same source; empty: none does.
    """

    id: str
    quantity: str
    low: float
    high: float
    unit: str
    counted: bool
    repeats: str
    source: str


@dataclass(frozen=True)
class PatternWorld:
    """The facts in one world, and what they would be were the schemes to do nothing (some in several ways)."""

    found: Mapping[str, float]
    without: Mapping[str, Sequence[float]]


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
                row["id"],
                row["quantity"],
                float(row["low"]),
                float(row["high"]),
                row["unit"],
                row["counted"] == "yes",
                row["repeats"],
                row["source"],
            )
            for row in rows
        )
    except (OSError, KeyError, TypeError, ValueError, csv.Error) as error:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}: {error}", file=str(file)) from None


def play_patterns(job: PatternJob) -> PatternWorld:
    """The facts in one world."""
    model = _played(job, job.happened)
    schools, of_draw = _through(model, job)
    found, by_lot = dict(schools), draw_facts.NONE
    if of_draw is not None:
        found.update(of_draw.found)
        by_lot = of_draw.by_lot
    without: dict[str, list[float]] = {name: [value] for name, value in by_lot.items()}
    for scheme, design in job.without.items():
        other = _played(job, design)
        for name, value in _through(other, job)[0].items():
            without.setdefault(name, []).append(value)
        effects = _effects(scheme, model, other)
        found |= effects
        without |= {name: [_NOUGHT] for name in effects}
        vars(other).clear()
    vars(model).clear()
    return PatternWorld(found, without)


def _through(model: Playable, job: PatternJob) -> tuple[dict[str, float], draw_facts.OfDraw | None]:
    """Play to the end: how schools are, and who was drawn in the year that the evaluation tells of."""
    earlier: dict[int, Floats] = {}
    of_draw = None
    for year in range(job.start, job.end + 1):
        for _ in Season:
            model.step()
            if of_draw is None and year == draw_facts.YEAR:
                of_draw = draw_facts.of_draw(model.state, job.seed, job.world)
        earlier[year] = _levels(model)
    check_sound(model.state)
    return _of_schools(model, earlier, job.end), of_draw


def compared(patterns: Sequence[Pattern], worlds: Sequence[PatternWorld]) -> pd.DataFrame:
    """The facts beside the literature: pattern, quantity, unit, source, literature and model intervals, the interval were the
    schemes to do nothing (empty where that is not known), `overlap` and `mean_inside` (of the model's interval and mean with the
    literature's; no mean is asked to lie at one outcome), `repeats` and `no_test` (see `NoPatternTest`; empty: a test).
    """
    rows = []
    for one in patterns:
        values = _finite(world.found.get(one.id, np.nan) for world in worlds)
        if not len(values):
            continue
        low, high = interval(values)
        mean = float(values.mean())
        nothing = _finite(value for world in worlds for value in world.without.get(one.id, ()))
        least, most = interval(nothing) if len(nothing) else (np.nan, np.nan)
        mark = None
        if one.repeats:
            mark = NoPatternTest.ECHO
        elif len(nothing) and least <= one.high and most >= one.low:
            mark = NoPatternTest.WITHOUT
        rows.append(
            (one.id, one.quantity, one.unit, one.source, one.low, one.high, mean, low, high, least, most,
             low <= one.high and high >= one.low, None if one.counted else bool(one.low <= mean <= one.high),
             one.repeats or None,
             str(mark) if mark else None, len(values))
        )  # fmt: skip
    columns = ["pattern", "quantity", "unit", "source", "literature_low", "literature_high", "simulated", "simulated_low",
               "simulated_high", "without_low", "without_high", "overlap", "mean_inside", "repeats", "no_test",
               "worlds"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def told(table: pd.DataFrame) -> str:
    """In a line: how many of the facts are a test, and how many of those the model meets."""
    tests = table[table["no_test"].isna()]
    inside = tests["mean_inside"].dropna().astype(bool)
    none = ", ".join(f"{why} {n}" for why, n in table["no_test"].dropna().value_counts().sort_index().items())
    return (
        f"facts beside the fit: of {len(tests)} that are a test {int(tests['overlap'].sum())} overlap; of {len(inside)} measured "
        f"as an interval {int(inside.sum())} have the mean inside; {len(table) - len(tests)} no test ({none or 'none'})"
    )


def _finite(values: Iterable[float]) -> Floats:
    found: Floats = np.array(list(values), dtype=float)
    return np.asarray(found[np.isfinite(found)])


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
