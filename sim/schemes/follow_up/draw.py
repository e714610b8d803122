"""The draw (uttrekk): in spring the directorate picks the municipalities that are offered follow-up.

Here they are judged, by their own figures, the spread between their schools and what governors know; who then gets the places
is found in `sim.schemes.follow_up.draw_places` [AFI-rapport 2021:09, 2.1; OECD 2020]. The figures are those of New Year
(`sim.schemes.follow_up.draw_scoring`). Since then municipalities may have merged: the figures are those of the
old ones, whom they oblige are the present ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Codes, Floats, Ints
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import rule
from sim.schemes.follow_up.draw_choice import is_weak, part, places, weakest_from
from sim.schemes.follow_up.draw_levers import Draw, Judged
from sim.schemes.follow_up.draw_places import choose
from sim.schemes.follow_up.draw_ranking import by_size
from sim.schemes.follow_up.draw_rules import Standing
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, SchoolScores, Thresholds
from sim.schemes.follow_up.owner_shortfall import by_common_criteria, shortfall
from sim.schemes.follow_up.phases import is_inside
from sim.schemes.follow_up.risk_score import (
    enough_points,
    risk_share,
    total,
)
from sim.schemes.follow_up.state import NEVER, FollowUpOwners, Phase
from sim.schemes.follow_up.true_need import governors_judgement, judgement, standardised, true_need
from sim.state import State
from sim.state.borders import merging_within_a_year
from sim.state.places import Municipalities
from sim.state.schools import Schools


@dataclass(frozen=True)
class Present:
    """The present municipalities as the draw looks at them; all arrays of shape (municipalities,).

    Attributes
    ----------
    barred : array of codes
        `Excluded.IN_SCHEME`, `DRAWN_LAST_TIME` or `NOT`.
    spread : array of float, share
        Highest less lowest risk share of its schools.
    has_worst : array of bool
        Whether it owns one of the nation's weakest schools.
    judged : array of float, SD
        The governors' ranking: by their judgement, or by common criteria.
    lacking : array of float, SD
        The owners' shortfall.
    worst, scored : array of bool, shape (schools,)
        Schools that are among the nation's weakest, and those with figures.
    risk : array of float, shape (schools,), share
    face : array of int
        Row in the register of its most populous old unit; -1 if it was split off since New Year.
    share : array of float, shape (rows of the register,), share
        Risk shares at New Year.
    enough : array of bool, shape (rows of the register,)
        Whether enough points were possible.
    """

    barred: Codes
    spread: Floats
    has_worst: Bools
    judged: Floats
    lacking: Floats
    worst: Bools
    scored: Bools
    risk: Floats
    face: Ints
    share: Floats
    enough: Bools


def pick(state: State, p: Parameters, draw: Draws) -> None:
    """In a draw year, draw municipalities and put them into the dialogue with their governor."""
    register, kept = state[DrawRegister], state[Thresholds]
    if len(register) == 0:
        return
    number = kept.draws_held[0] = int(kept.draws_held[0]) + 1
    present = _present(state, p, draw, number)
    lots = lots_of(register, draw)
    _set_figure(state, present, p, draw)
    choose(
        state, p, lots=lots, spread=present.spread, has_worst=present.has_worst, judged=present.judged,
        barred=present.barred, face=present.face, worst=present.worst, merging=merging_within_a_year(state),
        year=state.now.year, number=number,
    )  # fmt: skip


def lots_of(register: DrawRegister, draw: Draws) -> Floats:
    """What decides between equals this year, shape (rows of the register,)."""
    return draw.uniform("lot between equals in the draw", register.id)


def _present(state: State, p: Parameters, draw: Draws, number: int) -> Present:
    """The present municipalities, their schools' scores from New Year included; the register is brought up to date."""
    n, n_schools, n_rows = len(state[Municipalities]), len(state[Schools]), len(state[DrawRegister])
    need, lacking = _needs(state, p)
    present = Present(
        barred=np.empty(n, dtype=np.int8),
        spread=np.empty(n),
        has_worst=np.zeros(n, dtype=np.bool_),
        judged=_ranked_by_governors(state, p, draw, need, lacking),
        lacking=lacking,
        worst=np.empty(n_schools, dtype=np.bool_),
        scored=np.empty(n_schools, dtype=np.bool_),
        risk=np.empty(n_schools),
        face=np.full(n, -1),
        share=np.empty(n_rows),
        enough=np.empty(n_rows, dtype=np.bool_),
    )
    look_at_schools(
        state, p, worst=present.worst, scored=present.scored, risk=present.risk, spread=present.spread,
        has_worst=present.has_worst,
    )  # fmt: skip
    look_at_owners(
        state, p, barred=present.barred, face=present.face, spread=present.spread, has_worst=present.has_worst,
        share=present.share, enough=present.enough, full=p[Draw].full_possible_points, number=number,
    )  # fmt: skip
    return present


@rule
def look_at_schools(
    schools: Schools,
    scores: SchoolScores,
    d: Draw,
    worst: Bools,
    scored: Bools,
    risk: Floats,
    spread: Floats,
    has_worst: Bools,
) -> None:
    """Fills in what `Present` says of schools, and of owners by theirs; no spread with fewer than two that have figures."""
    low, high = np.ones(len(spread)), np.zeros(len(spread))
    n = np.zeros(len(spread))
    for s in range(len(schools)):
        o = schools.municipality[s]
        risk[s] = risk_share(scores.risk_points[s], scores.possible_points[s])
        scored[s] = scores.scored[s]
        if scored[s]:
            low[o], high[o] = min(low[o], risk[s]), max(high[o], risk[s])
            n[o] += 1
    for o in range(len(spread)):
        spread[o] = high[o] - low[o] if n[o] > 1 else 0.0
    weakest = weakest_from(risk, scored, d.worst_schools_share)
    for s in range(len(schools)):
        worst[s] = scored[s] and is_weak(risk[s], weakest)
        if worst[s]:
            has_worst[schools.municipality[s]] = True


@rule
def look_at_owners(
    f: FollowUpOwners,
    register: DrawRegister,
    kept: Thresholds,
    d: Draw,
    scope: Scope,
    barred: Codes,
    face: Ints,
    spread: Floats,
    has_worst: Bools,
    share: Floats,
    enough: Bools,
    full: float,
    number: int,
) -> None:
    """Fills in who is in the scheme, or was drawn at one of the latest draws, and whose face is which old unit: the most
    populous, between equals that of the lower number.

    Brings the register up to date, and fills in its risk shares and whose points are `enough`. Writes down the risk share down to
    which the average draw goes as today's rule has it, whatever it is ranked by.
    """
    for o in range(len(f)):
        barred[o] = Excluded.NOT
        if f.last_draw_number[o] != NEVER and number - f.last_draw_number[o] <= d.rest_draws:
            barred[o] = Excluded.DRAWN_LAST_TIME
        if is_inside(f.phase[o]) or f.phase[o] == Phase.DIALOGUE:
            barred[o] = Excluded.IN_SCHEME
    free, n = np.empty(len(register)), 0
    for r in range(len(register)):
        o = register.successor[r]
        best = face[o]
        larger = best < 0 or register.population[r] > register.population[best]
        alike = best >= 0 and register.population[r] == register.population[best]
        if larger or (alike and register.id[r] < register.id[best]):
            face[o] = r
        register.school_risk_spread[r], register.has_worst_school[r] = spread[o], has_worst[o]
        if barred[o] != Excluded.NOT:
            register.excluded[r] = barred[o]
        points, possible = total(register.points[r]), total(register.possible[r])
        share[r] = risk_share(points, possible)
        enough[r] = enough_points(possible, full, d)
        if register.excluded[r] == Excluded.NOT:
            free[n] = share[r]
            n += 1
    n_places = places(d.average_places, scope.scale)
    if n > 0 and n_places > 0:
        last = max(n - n_places, 0)
        part(free[:n], last)
        kept.limit_share[0] = free[last]


def _needs(state: State, p: Parameters) -> tuple[Floats, Floats]:
    """True need of the present municipalities and their owners' shortfall: as the register has them, unless borders changed
    since (a municipality that changes gets another number).
    """
    register, municipalities = state[DrawRegister], state[Municipalities]
    if np.array_equal(register.id, municipalities.id):
        return register.true_need, register.shortfall
    return true_need(state, p), shortfall(state, p)


def _ranked_by_governors(state: State, p: Parameters, draw: Draws, need: Floats, lacking: Floats) -> Floats:
    """What governors rank the present municipalities by: their own judgement, or criteria that are common to all offices."""
    if p[Draw].judged_by is Judged.COMMON_CRITERIA:
        return by_common_criteria(state, p, draw)
    return governors_judgement(state, p, draw, need, lacking)


def _set_figure(state: State, present: Present, p: Parameters, draw: Draws) -> None:
    """Write down the figure that the draw goes by."""
    register, rule = state[DrawRegister], p[Draw]
    n = len(state[FollowUpOwners])
    always_weak = state[SchoolScores].always_weak
    checked = _check(state, p, draw, present.lacking, always_weak) if rule.ranked_by.checks else np.zeros(n)
    standing = Standing(
        state, p, present.share, register.successor, present.worst, present.scored, present.risk,
        state[Schools].municipality, n, always_weak, checked,
    )  # fmt: skip
    figure = by_size(rule.ranked_by.figure(standing), register.n_pupils.astype(np.float64), rule.size_weight)
    register.figure[:] = np.where(present.enough, figure, 0)


def _check(state: State, p: Parameters, draw: Draws, lacking: Floats, always_weak: Bools) -> Floats:
    """Ask the owners of schools that are weak over time how they support them; what comes of it, shape (owners,), 0 for the
    others.
    """
    owners, rule = state[FollowUpOwners], p[Draw]
    owners.checked[:] = np.bincount(state[Schools].municipality, always_weak, len(owners)) > 0
    luck = draw.normal("check of an owner's support", state[Municipalities].id)
    heard: Floats = judgement.of_columns(
        standardised(lacking), rule.check_insight, rule.governor_owner_sd, luck
    )
    return np.where(owners.checked, heard, 0.0)


PROCESS = Process(
    "follow_up.draw.pick",
    pick,
    "Whom it obliges are the municipalities of the new borders; first by own figures, then by spread.",
    "AFI-rapport 2021:09, 2.1; OECD 2020 [F1, F2]",
)
