"""One world played for the comparison: the draw of 2020 as its register has it, then four autumns of pupils' results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats, Ints
from sim.calibration import draw_facts
from sim.country_check import drawn
from sim.country_check.posts import posts_figures
from sim.country_check.results import (
    GRADES,
    Panel,
    always_figures,
    background_figures,
    classes,
    combined_figures,
    leaving_figures,
    municipal_figures,
    north_figures,
    schools_figures,
    skewness,
)
from sim.design import Design
from sim.experiments.instruments import Playable
from sim.experiments.play import noting
from sim.experiments.soundness import check_sound
from sim.half_year import Season
from sim.parameters.results import Measurement, Results
from sim.processes.measurement import TestMeans, test_means
from sim.state.measurements import Indicator, Measurements
from sim.state.places import Counties, Municipalities
from sim.state.schools import Schools, pupils_at
from sim.surveys import survey
from sim.surveys.questionnaire import OF_THE_DRAW, REGISTERS

FIRST_YEAR = 2017
RESULT_YEARS = (2022, 2023, 2024, 2025)
"""Autumns whose results are published as the evidence has them."""

POSTS_YEARS = (2021, *RESULT_YEARS)
"""Autumns whose teaching posts are read: as many as the years of which they are published."""

ITEMS = (*OF_THE_DRAW, *(item for item in REGISTERS if item.target.startswith("drawn_owners_")))
"""Items of the virtual survey that are figures of a draw."""

_QUANTILES = {"05": 0.05, "1": 0.1, "25": 0.25, "5": 0.5, "75": 0.75, "9": 0.9, "95": 0.95}
_COUNTS = ("n_schools", "municipal_never_published", "municipal_always_published")
_NUMBERS = {
    "1": 1,
    "2": 2,
    "6": 6,
    "16": 16,
    "26": 26,
}  # schools of a municipality from which each class begins


@dataclass(frozen=True)
class Job:
    """A world to be played."""

    world: int
    seed: int
    values: Mapping[str, float]
    design: Design
    model: Callable[..., Playable]
    scale: float


@dataclass(frozen=True)
class Found:
    """What a world has given.

    Attributes
    ----------
    answers : list of (target, value, n)
        Items of the virtual survey that read the draw's register.
    figures : mapping
        The other published figures, by id.
    """

    answers: list[tuple[str, float, int]]
    figures: Mapping[str, float]


@dataclass(frozen=True)
class _Autumn:
    """What is kept of a year; schools are known by their ids."""

    schools: Ints
    owner: Ints
    tests: Mapping[int, TestMeans]
    points: Floats
    n_points: Ints
    n_teachers: Ints
    pupils: Ints


def play(job: Job) -> Found:
    """Play a world and reckon its figures."""
    with noting(f"while playing world {job.world} of seed {job.seed}"):
        return _play(job)


def _play(job: Job) -> Found:
    model = job.model(
        job.design, rng=job.seed, world=job.world, start=FIRST_YEAR, scale=job.scale, assumptions=job.values,
        registers=None,
    )  # fmt: skip
    answers: list[tuple[str, float, int]] = []
    autumns: list[_Autumn] = []
    figures: dict[str, float] = {}
    in_north: list[bool] = []
    for year in range(FIRST_YEAR, RESULT_YEARS[-1] + 1):
        for season in Season:
            model.step()
            rows = survey.ask(model.state, model.p, model.streams, ITEMS)
            answers += zip(
                map(str, rows["target"]), map(float, rows["share"]), map(int, rows["n"]), strict=True
            )
            if season is Season.SPRING and year in drawn.FIRST_DRAWS:
                in_north += drawn.in_north(model.state)
            if season is Season.SPRING and year == draw_facts.YEAR:
                figures |= drawn.of_2020(model.state, job.seed, job.world, job.scale)
            if season is Season.AUTUMN and year in POSTS_YEARS:
                autumns.append(_autumn(model))
    check_sound(model.state)
    if in_north:
        figures["north_share_first"] = float(np.mean(in_north))
    figures |= _figures(model, autumns[-len(RESULT_YEARS) :]) | _of_posts(model, autumns)
    figures |= {name: figures[name] / job.scale for name in _COUNTS}
    vars(model).clear()  # a Mesa model and its agents refer to each other
    return Found(answers, figures)


def _autumn(model: Playable) -> _Autumn:
    schools, m, owners = model.state[Schools], model.state[Measurements], model.state[Municipalities]
    draw = model.streams.at(model.state.now.index)
    r, q = model.p[Results], model.p[Measurement]
    return _Autumn(
        schools.id.copy(), owners.id[schools.municipality],
        {grade: test_means(schools, m, r, q, draw, grade) for grade in GRADES},
        m.value[:, 0, Indicator.LEAVING_POINTS_10].copy(), m.n_pupils[:, 0, Indicator.LEAVING_POINTS_10].copy(),
        schools.n_teachers.copy(), pupils_at(schools),
    )  # fmt: skip


def _figures(model: Playable, autumns: list[_Autumn]) -> dict[str, float]:
    """Figures of results and structure, of the schools and municipalities that stand in all years, in the borders of the last."""
    row, owners, owner = _standing(autumns)
    limit = model.p[Measurement].publication_limit
    found: dict[str, float] = {}
    municipal, of_schools = {}, {}
    for grade in GRADES:
        value = np.stack([one.tests[grade].mean[:, r] for one, r in zip(autumns, row, strict=True)])
        n = np.stack([one.tests[grade].n[r] for one, r in zip(autumns, row, strict=True)]).astype(float)
        nation = (value * n[:, None]).sum(axis=2, keepdims=True) / n.sum(axis=1)[:, None, None]
        value = value - nation
        of_schools[grade] = _published(value, n, limit)
        found |= schools_figures(of_schools[grade], owner, grade)
        of_owner, behind = _summed(value, n, owner, len(owners))
        municipal[grade] = _published(of_owner, behind, limit)
    places = model.state[Municipalities]
    at = _rows(places.id, owners)
    five, eight = GRADES
    found |= combined_figures(of_schools[five], of_schools[eight])
    found |= municipal_figures(municipal[five], municipal[eight], places.population[at])
    found |= _background(model, at, municipal)
    points = np.stack([one.points[r] for one, r in zip(autumns, row, strict=True)])[:, None]
    n_points = np.stack([one.n_points[r] for one, r in zip(autumns, row, strict=True)]).astype(float)
    leaving, behind = _summed(points, n_points, owner, len(owners))
    shown = _published(leaving, behind, limit)
    pupils = np.bincount(owner, autumns[-1].pupils[row[-1]], len(owners)).astype(np.float64)
    found |= leaving_figures(
        shown.value[:, 0], behind, places.education_high[at], places.education_low[at], np.maximum(pupils, 1.0)
    )  # fmt: skip
    return found | _structure(model)


def _of_posts(model: Playable, autumns: list[_Autumn]) -> dict[str, float]:
    """Figures of teaching posts by municipality."""
    row, owners, owner = _standing(autumns)
    both = [
        [np.bincount(owner, column[r], len(owners)) for column in (one.n_teachers, one.pupils)]
        for one, r in zip(autumns, row, strict=True)
    ]
    posts, pupils = np.array(both, dtype=np.float64).swapaxes(0, 1)
    places = model.state[Municipalities]
    population = places.population[_rows(places.id, owners)]
    return posts_figures(posts, np.maximum(pupils, 1.0), np.bincount(owner), population)


def _standing(autumns: list[_Autumn]) -> tuple[list[Ints], Ints, Ints]:
    """Rows, in each year, of the schools that stand in all; ids of their owners in the last; each one's place among these."""
    there = autumns[-1].schools
    for one in autumns:
        there = there[np.isin(there, one.schools)]
    row = [_rows(one.schools, there) for one in autumns]
    owners, owner = np.unique(autumns[-1].owner[row[-1]], return_inverse=True)
    return row, owners, owner


def _rows(ids: Ints, wanted: Ints) -> Ints:
    """Rows of the wanted ids."""
    order = np.argsort(ids, kind="stable")
    return np.asarray(order[np.searchsorted(ids[order], wanted)])


def _published(value: Floats, n: Floats, limit: float) -> Panel:
    """What is published: units with so many pupils; `value` of shape (years, tests, units), `n` (years, units)."""
    return Panel(np.where((n >= limit)[:, None], value, np.nan), n)


def _summed(value: Floats, n: Floats, owner: Ints, owners: int) -> tuple[Floats, Floats]:
    """Schools' means brought together by owner: (years, tests, owners) and the pupils behind, (years, owners)."""
    behind = np.stack([np.bincount(owner, year, owners) for year in n]).astype(np.float64)
    total = np.stack(
        [
            [np.bincount(owner, test * year, owners) for test in tests]
            for tests, year in zip(value, n, strict=True)
        ]
    )
    return total / np.maximum(behind, 1)[:, None], behind


def _background(model: Playable, at: Ints, municipal: Mapping[int, Panel]) -> dict[str, float]:
    places, counties = model.state[Municipalities], model.state[Counties]
    both = np.concatenate([municipal[grade].value for grade in GRADES], axis=1)
    known = np.isfinite(both)
    n = known.sum(axis=(0, 1))
    level = np.where(n > 0, np.where(known, both, 0).sum(axis=(0, 1)) / np.maximum(n, 1), np.nan)
    pupils = sum(municipal[grade].n.sum(axis=0) for grade in GRADES)
    traits = {
        "population": np.log(places.population[at]),
        "education": places.education_high[at],
        "low_education": places.education_low[at],
        "free_income": places.free_income[at],
    }
    names = counties.name[places.county[at]].tolist()
    always = np.where(known.all(axis=(0, 1)), level, np.nan)
    tested = np.mean([municipal[grade].n.mean(axis=0) for grade in GRADES], axis=0)
    return (
        background_figures(level, np.asarray(pupils), names, traits)
        | north_figures(always, names, traits["population"])
        | always_figures(always, tested, traits)
    )


def _structure(model: Playable) -> dict[str, float]:
    """Municipalities and schools as they are."""
    places, schools = model.state[Municipalities], model.state[Schools]
    size, log_income = np.log(places.population), np.log(places.free_income)
    n_schools = np.maximum(np.bincount(schools.municipality, minlength=len(places)), 1)
    slope, intercept = np.polyfit(size, np.log(n_schools), 1)
    pupils = pupils_at(schools)
    per_person = np.bincount(schools.municipality, pupils, len(places)) / places.population
    return {
        "log_population_mean": float(size.mean()),
        "log_population_sd": float(size.std(ddof=1)),
        "log_population_skewness": skewness(size),
        "log_schools_slope": float(slope),
        "log_schools_residual_sd": float((np.log(n_schools) - slope * size - intercept).std(ddof=2)),
        **{
            f"municipalities_with_{name}": float(inside.mean())
            for name, inside in classes(_NUMBERS, n_schools.astype(float))
        },
        "n_schools": float(len(schools)),
        "mean_school": float(pupils.mean()),
        "school_size_cv": float(pupils.std() / pupils.mean()),
        **{f"school_size_{name}": float(np.quantile(pupils, share)) for name, share in _QUANTILES.items()},
        "children_log_sd": float(np.log(np.maximum(per_person, 1e-6)).std(ddof=1)),
        "free_income_log_sd": float(log_income.std(ddof=1)),
        "free_income_population": float(np.corrcoef(size, log_income)[0, 1]),
        "education_population": float(np.corrcoef(size, places.education_high)[0, 1]),
        "education_levels": float(np.corrcoef(places.education_low, places.education_high)[0, 1]),
        "centrality_population": float(-np.corrcoef(size, places.centrality)[0, 1]),
    }
