"""The draw (uttrekk): in spring the directorate picks the municipalities that are offered follow-up.

First by the municipalities' own figures (the average draw), then by the spread between their schools, where the
governors have a say [AFI-rapport 2021:09, 2.1; OECD 2020]. The figures are those of New Year
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
from sim.schemes.follow_up.draw_choice import (
    first_of_each,
    in_order,
    is_weak,
    mixed_order,
    places,
    weakest_from,
)
from sim.schemes.follow_up.draw_levers import Discretion, Draw, Judged
from sim.schemes.follow_up.draw_ranking import by_size, first_on_the_list
from sim.schemes.follow_up.draw_rules import Standing
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, SchoolScores, Thresholds
from sim.schemes.follow_up.owner_shortfall import by_common_criteria, shortfall
from sim.schemes.follow_up.phases import is_inside
from sim.schemes.follow_up.risk_score import (
    enough_points,
    full_possible_points,
    risk_share,
    total,
)
from sim.schemes.follow_up.state import NEVER, DrawKind, FollowUpOwners, Phase
from sim.schemes.follow_up.true_need import governors_judgement, judgement, true_need
from sim.state import State
from sim.state.borders import merging_within_a_year
from sim.state.places import Municipalities
from sim.state.schools import Schools, pupils_at


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


def pick(state: State, p: Parameters, draw: Draws) -> None:
    """In a draw year, draw municipalities and put them into the dialogue with their governor."""
    register, kept = state[DrawRegister], state[Thresholds]
    if len(register) == 0:
        return
    kept.draws_held += 1
    number = int(kept.draws_held[0])
    present = _present(state, p, draw, number)
    register.school_risk_spread[:] = present.spread[register.successor]
    register.has_worst_school[:] = present.has_worst[register.successor]
    barred = present.barred[register.successor]
    register.excluded[:] = np.where(barred != Excluded.NOT, barred, register.excluded)

    lots = lots_of(register, draw)
    share: Floats = risk_share.of_columns(total(register.points), total(register.possible))
    _set_limit(state, share, p)
    _list_first(state, share, present, p, draw, lots)
    enter(state, _average_draw(register, present, p, lots), DrawKind.AVERAGE, number)
    enter(state, _spread_draw(state, present, p, lots), DrawKind.SPREAD, number)


def lots_of(register: DrawRegister, draw: Draws) -> Floats:
    """What decides between equals this year, shape (rows of the register,)."""
    return draw.uniform("lot between equals in the draw", register.id)


def _present(state: State, p: Parameters, draw: Draws, number: int) -> Present:
    """The present municipalities, their schools' scores from New Year included."""
    n, n_schools = len(state[Municipalities]), len(state[Schools])
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
    )
    look_at_schools(
        state, p, worst=present.worst, scored=present.scored, risk=present.risk, spread=present.spread,
        has_worst=present.has_worst,
    )  # fmt: skip
    look_at_owners(state, p, barred=present.barred, face=present.face, number=number)
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
    f: FollowUpOwners, register: DrawRegister, d: Draw, barred: Codes, face: Ints, number: int
) -> None:
    """Fills in who is in the scheme, or was drawn at one of the latest draws, and whose face is which old unit: the most
    populous, between equals that of the lower number.
    """
    for o in range(len(f)):
        barred[o] = Excluded.NOT
        if f.last_draw_number[o] != NEVER and number - f.last_draw_number[o] <= d.rest_draws:
            barred[o] = Excluded.DRAWN_LAST_TIME
        if is_inside(f.phase[o]) or f.phase[o] == Phase.DIALOGUE:
            barred[o] = Excluded.IN_SCHEME
    for r in range(len(register)):
        o = register.successor[r]
        best = face[o]
        larger = best < 0 or register.population[r] > register.population[best]
        alike = best >= 0 and register.population[r] == register.population[best]
        if larger or (alike and register.id[r] < register.id[best]):
            face[o] = r


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


def _set_limit(state: State, share: Floats, p: Parameters) -> None:
    """Write down the risk share down to which the average draw goes as today's rule has it, whatever it is ranked by."""
    register, n = state[DrawRegister], places(p[Draw].average_places, p[Scope].scale)
    risk = share[register.excluded == Excluded.NOT]
    if n > 0 and len(risk):
        state[Thresholds].limit_share[0] = np.sort(risk)[-n:][0]


def _list_first(
    state: State, share: Floats, present: Present, p: Parameters, draw: Draws, lots: Floats
) -> None:
    """Write down the figure that the draw goes by, who is first by it, and who was not so the last time."""
    register, owners, schools, rule = state[DrawRegister], state[FollowUpOwners], state[Schools], p[Draw]
    always_weak = state[SchoolScores].always_weak
    checked = np.zeros(len(owners))
    if rule.ranked_by.checks:
        checked = _check(state, p, draw, present.lacking, always_weak)
    standing = Standing(
        state, p, share, register.successor, present.worst, present.scored, present.risk,
        pupils_at(schools).astype(np.float64), schools.municipality, len(owners), always_weak, checked,
    )  # fmt: skip
    figure = rule.ranked_by.figure(standing)
    enough = enough_points.of_columns(total(register.possible), full_possible_points(rule), rule)
    figure = np.where(enough, by_size(figure, register.n_pupils.astype(np.float64), rule.size_weight), 0)
    register.figure[:] = figure
    register.listed[:] = first_on_the_list(register.figure, places(rule.average_places, p[Scope].scale), lots)
    register.newly_listed[:] = register.listed & ~owners.listed[register.successor]
    owners.listed[:] = np.bincount(register.successor[register.listed], minlength=len(owners)) > 0


def _check(state: State, p: Parameters, draw: Draws, lacking: Floats, always_weak: Bools) -> Floats:
    """Ask the owners of schools that are weak over time how they support them; what comes of it, shape (owners,), 0 for the
    others.
    """
    owners, rule = state[FollowUpOwners], p[Draw]
    owners.checked[:] = np.bincount(state[Schools].municipality, always_weak, len(owners)) > 0
    luck = draw.normal("check of an owner's support", state[Municipalities].id)
    insight = np.full(len(owners), rule.check_insight)
    return np.where(owners.checked, judgement(lacking, insight, rule.governor_owner_sd, luck), 0.0)


def _average_draw(register: DrawRegister, present: Present, p: Parameters, lots: Floats) -> Ints:
    """Rows of the register with the highest figure, today the risk share, one for each present municipality.

    With discretion in both draws, governors rank a longer list, and figures and judgement pick from it
    together.
    """
    rule, scale = p[Draw], p[Scope].scale
    n = places(rule.average_places, scale)
    figure = register.figure
    order = in_order(figure, lots)
    order = order[register.excluded[order] == Excluded.NOT]
    order = order[first_of_each(register.successor[order])]
    if rule.discretion is Discretion.BOTH:
        listed = order[: max(n, places(rule.average_candidates, scale))]
        judged = present.judged[register.successor[listed]]
        order = listed[mixed_order(figure[listed], judged, rule.average_discretion_weight, lots[listed])]
    chosen: Ints = order[:n]
    return chosen


def _spread_draw(state: State, present: Present, p: Parameters, lots: Floats) -> Ints:
    """Rows of the register with the greatest spread between schools, one for each present municipality.

    Spread brings a municipality onto the list; the governors rank the list, and see no cause for concern in some.
    """
    register, municipalities = state[DrawRegister], state[Municipalities]
    rule, scale = p[Draw], p[Scope].scale
    n = places(rule.spread_places, scale)
    if n == 0:
        return np.empty(0, dtype=np.int64)
    candidates = _spread_candidates(register, municipalities, present)
    size = municipalities.population[candidates]
    large = (size >= rule.spread_largest_excluded) & rule.spread_size_limit
    register.excluded[present.face[candidates[large]]] = Excluded.TOO_LARGE
    candidates = candidates[~large]

    order = in_order(present.spread[candidates], lots[present.face[candidates]])
    listed = candidates[order[: max(n, places(rule.spread_candidates, scale))]]
    reason = _left_out(state, present, p)[listed]
    out = reason != Excluded.NOT
    register.excluded[present.face[listed[out]]] = reason[out]
    listed = listed[~out]

    weight = 0 if rule.discretion is Discretion.NONE else rule.discretion_weight
    face = present.face[listed]
    chosen: Ints = face[mixed_order(present.spread[listed], present.judged[listed], weight, lots[face])[:n]]
    return chosen


def _left_out(state: State, present: Present, p: Parameters) -> Codes:
    """Why the present municipalities, if listed for the spread draw, are left out; shape (municipalities,)."""
    municipalities, rule = state[Municipalities], p[Draw]
    reason = np.full(len(municipalities), Excluded.NOT, dtype=np.int8)
    if rule.discretion is not Discretion.NONE:
        reason[present.judged < rule.concern_from] = Excluded.NO_CONCERN
    reason[municipalities.supervised] = Excluded.SUPERVISION
    reason[_at_work_already(state, present)] = Excluded.OTHER_SCHEME
    reason[merging_within_a_year(state)] = Excluded.MERGING
    return reason


def _at_work_already(state: State, present: Present) -> Bools:
    """Whose weak schools are at work in another scheme: with the guide corps, or in a project of the innovation scheme."""
    schools, at_work = state[Schools], np.zeros(len(state[Municipalities]), dtype=np.bool_)
    at_work[schools.municipality[present.worst & schools.in_project]] = True
    return at_work


def _spread_candidates(register: DrawRegister, municipalities: Municipalities, present: Present) -> Ints:
    """Rows of municipalities with a spread and one of the weakest schools, not drawn or excluded already."""
    drawn = np.zeros(len(municipalities), dtype=np.bool_)
    drawn[register.successor[register.drawn != DrawKind.NONE]] = True
    free = (present.barred == Excluded.NOT) & ~municipalities.special_case & ~drawn & (present.face >= 0)
    return np.flatnonzero(free & (present.spread > 0) & present.has_worst)


def enter(state: State, rows: Ints, kind: DrawKind, number: int) -> None:
    """Mark the drawn rows of the register, and open the dialogue with the present municipalities."""
    register, owners = state[DrawRegister], state[FollowUpOwners]
    drawn = register.successor[rows]
    is_drawn = np.zeros(len(owners), dtype=np.bool_)
    is_drawn[drawn] = True
    partner = is_drawn[register.successor] & (register.excluded == Excluded.NOT)
    register.excluded[partner] = Excluded.MERGED_WITH_DRAWN
    register.excluded[rows] = Excluded.NOT
    register.drawn[rows] = kind
    owners.phase[drawn] = Phase.DIALOGUE
    owners.half_years[drawn] = 0
    owners.kind[drawn] = kind
    owners.last_draw_year[drawn] = state.now.year
    owners.last_draw_number[drawn] = number
    owners.times_drawn[drawn] += 1
    owners.declined[drawn] = False


PROCESS = Process(
    "follow_up.draw.pick",
    pick,
    "Whom it obliges are the municipalities of the new borders; first by own figures, then by spread.",
    "AFI-rapport 2021:09, 2.1; OECD 2020 [F1, F2]",
)
