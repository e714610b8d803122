"""Scoring for the draw: at New Year each municipality's points are written down as it then stands, and each school's.

Whoever merges before spring is drawn by the figures of the old municipalities (`sim.schemes.follow_up.draw`)
[AFI-rapport 2021:09, 2.1].
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Grid, Ints, WholeGrid
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.processes.shares import total_of
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.follow_up.draw_choice import is_weak, weakest_from
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_ranking import weak_years
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, SchoolScores, Thresholds
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.owner_shortfall import shortfall
from sim.schemes.follow_up.risk_score import (
    CELLS,
    Scores,
    absolute_distances,
    as_told,
    at_stake,
    enough_points,
    municipal_figures,
    points_for,
    score_municipalities,
    spreads,
    total,
)
from sim.schemes.follow_up.shrinkage import shrunk
from sim.schemes.follow_up.special_schools import with_special_schools
from sim.schemes.follow_up.true_need import true_need
from sim.state import State
from sim.state.measurements import GRADE, N_INDICATORS, N_YEARS, Measurements
from sim.state.places import Counties, Municipalities
from sim.state.schools import GRADES, Schools

GRADE_OF_CELL = np.tile(GRADE, N_YEARS)


def score(state: State, p: Parameters, _draw: Draws) -> None:
    """Close the last draw's register and, in a draw year, score schools and municipalities as they stand."""
    rule = p[Draw]
    if state.now.year not in rule.years or not p[FollowUp].active:
        if len(state[DrawRegister]):
            scores = state[SchoolScores]
            scores.risk_points[:], scores.possible_points[:], scores.scored[:] = 0, 0, False
            state[DrawRegister] = DrawRegister.blank(0)
        return
    m = state[Measurements]
    value, n_pupils = m.value.reshape(-1, CELLS), m.n_pupils.reshape(-1, CELLS)
    figures, pupils, nation = municipal_figures(state)
    kept = state[Thresholds]
    distances = distances_now(state, p, figures)
    kept.distance[0], kept.known[0] = distances, kept.known[0] or state.now.year >= rule.distance_fixed_year
    with_special_schools(state, p, figures=figures, pupils=pupils)
    stake = at_stake(distances, rule)
    figures, nation, value = as_told(figures, rule), as_told(nation, rule), as_told(value, rule)
    n = len(state[Municipalities])
    state[DrawRegister] = DrawRegister.blank(n)
    register = state[DrawRegister]
    points, possible = register.points, register.possible
    score_municipalities(
        state, None, figures=figures, nation=nation, stake=stake,
        points=points.reshape(n, CELLS), possible=possible.reshape(n, CELLS),
    )  # fmt: skip
    points[:] = shrunk(Scores(points, possible), pupils.reshape(points.shape), rule.shrinkage).points
    weak = weak_years(Scores(points, possible)) if rule.consistent_years > 0 else np.zeros(n, dtype=np.int64)
    take_down(state, p, weak=weak, full=rule.full_possible_points, year=state.now.year)
    register.true_need[:], register.shortfall[:] = true_need(state, p), shortfall(state, p)
    score_schools(state, p, figures=value, n_pupils=n_pupils, nation=nation, stake=stake, grade=GRADE_OF_CELL)
    if rule.ranked_by.checks:
        find_always_weak(state, p, figures=value, n_pupils=n_pupils, nation=nation, stake=stake)


@rule
def score_schools(
    schools: Schools,
    scores: SchoolScores,
    d: Draw,
    figures: Grid,
    n_pupils: WholeGrid,
    nation: Floats,
    stake: Grid,
    grade: Ints,
) -> None:
    """Each school's points and possible points over all cells, and whether it is compared with others: a school's full number of
    points is that of the grades it teaches; `grade` is where each cell is measured.
    """
    by_grade, cells = np.zeros(GRADES + 1), np.empty(len(nation))
    for cell in range(len(nation)):
        by_grade[grade[cell]] += stake[2, cell]
    for s in range(len(scores)):
        full = 0.0
        for taught in range(schools.first_grade[s], schools.last_grade[s] + 1):
            full += by_grade[taught]
        got, could = points_of(figures[s], n_pupils[s], nation, stake, cells)
        scores.risk_points[s], scores.possible_points[s] = got, could
        scores.scored[s] = enough_points(could, full, d)


@formula
def points_of(
    figures: Floats, n_pupils: Ints, nation: Floats, stake: Grid, cells: Floats
) -> tuple[float, float]:
    """A school's points, and those that were possible for it; all of shape (cells,), of which `cells` is room to reckon in.

    A cell has a figure where there are pupils behind it, and then the nation has one too.
    """
    worse, lesser, most, beyond = stake[0], stake[1], stake[2], stake[3]
    for cell in range(len(cells)):  # each loop alone goes through several at a time
        by = (figures[cell] - nation[cell]) * worse[cell]
        cells[cell] = (n_pupils[cell] > 0) * points_for(by, lesser[cell], most[cell], beyond[cell])
    got = total_of(cells)
    for cell in range(len(cells)):
        cells[cell] = (n_pupils[cell] > 0) * most[cell]
    return got, total_of(cells)


@rule
def find_always_weak(
    scores: SchoolScores, d: Draw, figures: Grid, n_pupils: WholeGrid, nation: Floats, stake: Grid
) -> None:
    """Marks the schools that are among the nation's weakest by the points of each year that has figures for them."""
    risk, scored = np.empty(len(scores)), np.empty(len(scores), dtype=np.bool_)
    cells = np.empty(N_INDICATORS)
    for s in range(len(scores)):
        scores.always_weak[s] = scores.scored[s]
    for year in range(N_YEARS):
        of_year = slice(year * N_INDICATORS, (year + 1) * N_INDICATORS)
        its_stake = stake[:, of_year].copy()
        for s in range(len(scores)):
            got, could = points_of(
                figures[s, of_year], n_pupils[s, of_year], nation[of_year], its_stake, cells
            )
            scored[s] = could > 0
            risk[s] = got / could if could > 0 else 0.0
        weakest = weakest_from(risk, scored, d.worst_schools_share)
        for s in range(len(scores)):
            if scored[s] and not is_weak(risk[s], weakest):
                scores.always_weak[s] = False


def distances_now(state: State, p: Parameters, figures: Floats) -> Floats:
    """Distances of the absolute thresholds, shape (11,): the fixed ones, or from municipalities' figures."""
    kept = state[Thresholds]
    if kept.known[0]:
        distances: Floats = kept.distance[0]
        return distances
    spread = np.empty(CELLS)
    spreads(state, None, figures=figures, spread=spread)
    return absolute_distances(spread, p[Draw])


@rule
def take_down(
    register: DrawRegister,
    owners: Municipalities,
    counties: Counties,
    schools: Schools,
    d: Draw,
    weak: Ints,
    full: float,
    year: int,
) -> None:
    """Fills the register with what stands at New Year, before anybody is drawn.

    Parameters
    ----------
    weak : array of int, shape (municipalities,)
        In how many years each one is weak; looked at where the rule asks for some.
    full : float
        Full number of points.
    """
    for s in range(len(schools)):
        o = schools.municipality[s]
        register.n_schools[o] += 1
        n = 0
        for grade in range(schools.pupils.shape[1]):
            n += schools.pupils[s, grade]
        register.n_pupils[o] += n
    for o in range(len(owners)):
        register.id[o], register.year[o], register.successor[o] = owners.id[o], year, o
        register.county[o], register.office[o] = owners.county[o], counties.office[owners.county[o]]
        register.population[o] = owners.population[o]
        register.education_low[o], register.education_high[o] = (
            owners.education_low[o],
            owners.education_high[o],
        )
        register.disability[o], register.child_welfare[o] = owners.disability[o], owners.child_welfare[o]
        register.free_income[o], register.robek[o] = owners.free_income[o], owners.robek[o]
        register.centrality[o] = owners.centrality[o]
        enough = enough_points(total(register.possible[o]), full, d)
        register.excluded[o] = left_aside(enough, owners.special_case[o], register.n_pupils[o], weak[o], d)


@formula
def left_aside(enough: bool, special_case: bool, n_pupils: int, weak_years: int, d: Draw) -> int:
    """Why a municipality cannot be drawn, whatever its figures, if it cannot."""
    if not enough:
        return Excluded.TOO_FEW_POINTS
    if special_case:
        return Excluded.SPECIAL_CASE
    if n_pupils < d.least_pupils:
        return Excluded.TOO_SMALL
    return Excluded.NOT_CONSISTENT if weak_years < d.consistent_years else Excluded.NOT


PROCESS = Process(
    "follow_up.draw.score",
    score,
    "The figures are those of municipalities as they stand at New Year, before any merger.",
    "AFI-rapport 2021:09, 2.1; OECD 2020 [F1]",
)
