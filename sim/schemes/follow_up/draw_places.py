"""Who is drawn: the average draw by municipalities' own figures, then the spread draw, where the governors have a say.

What each is judged by has been found before (`sim.schemes.follow_up.draw`) [AFI-rapport 2021:09, 2.1; OECD 2020].
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Codes, Floats, Ints
from sim.parameters.scope import Scope
from sim.rules import formula, rule
from sim.schemes.follow_up.draw_choice import (
    at,
    first_of_each,
    in_order,
    mixed_order,
    of_rows,
    places,
)
from sim.schemes.follow_up.draw_levers import Discretion, Draw
from sim.schemes.follow_up.draw_ranking import first_on_the_list
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Phase
from sim.state.places import Municipalities
from sim.state.schools import Schools


@rule
def choose(
    register: DrawRegister,
    f: FollowUpOwners,
    owners: Municipalities,
    schools: Schools,
    d: Draw,
    scope: Scope,
    lots: Floats,
    spread: Floats,
    has_worst: Bools,
    judged: Floats,
    barred: Codes,
    face: Ints,
    worst: Bools,
    merging: Bools,
    year: int,
    number: int,
) -> None:
    """Who is first by the figure is listed; then the average draw, then the spread draw.

    What is handed in is that of `Present`, and whose borders move within a year; `number` is the draw's.
    """
    order = in_order(register.figure, lots)
    list_first(register, f, order, places(d.average_places, scope.scale))
    rows = average_draw(register, d, order, lots, judged, scope.scale)
    put_in(register, f, rows, DrawKind.AVERAGE, year, number)
    at_work = at_work_already(schools, worst, len(owners))
    candidates = spread_candidates(register, owners, d, spread, has_worst, barred, face)
    rows = spread_draw(
        register, owners, d, candidates, lots, spread, judged, face, at_work, merging, scope.scale
    )
    put_in(register, f, rows, DrawKind.SPREAD, year, number)


@formula
def list_first(register: DrawRegister, f: FollowUpOwners, order: Ints, n: int) -> None:
    """Write down who is among the first `n` by the figure, and who was not so the last time."""
    first_on_the_list(register.figure, order, n, register.listed)
    for r in range(len(register)):
        register.newly_listed[r] = register.listed[r] and not f.listed[register.successor[r]]
    f.listed[:] = False
    for r in range(len(register)):
        if register.listed[r]:
            f.listed[register.successor[r]] = True


@formula
def average_draw(
    register: DrawRegister, d: Draw, order: Ints, lots: Floats, judged: Floats, scale: float
) -> Ints:
    """Rows of the register with the highest figure, today the risk share, one for each present municipality; `order` is from the
    highest to the lowest.

    With discretion in both draws, governors rank a longer list, and figures and judgement pick from it
    together.
    """
    n, free = 0, np.empty_like(order)
    for r in order:
        if register.excluded[r] == Excluded.NOT:
            free[n] = r
            n += 1
    free = free[:n]
    owner = np.empty_like(free)
    for k in range(n):
        owner[k] = register.successor[free[k]]
    n_places = places(d.average_places, scale)
    listed = at(free, first_of_each(owner))
    if d.discretion == Discretion.BOTH:
        listed = listed[: max(n_places, places(d.average_candidates, scale))]
        theirs = np.empty(len(listed))
        for k in range(len(listed)):
            theirs[k] = judged[register.successor[listed[k]]]
        weight = d.average_discretion_weight
        listed = at(
            listed, mixed_order(of_rows(register.figure, listed), theirs, weight, of_rows(lots, listed))
        )
    return listed[:n_places]


@formula
def spread_candidates(
    register: DrawRegister,
    owners: Municipalities,
    d: Draw,
    spread: Floats,
    has_worst: Bools,
    barred: Codes,
    face: Ints,
) -> Ints:
    """Rows of municipalities with a spread and one of the weakest schools, not drawn or excluded already, and not too large."""
    drawn = np.zeros(len(owners), dtype=np.bool_)
    for r in range(len(register)):
        if register.drawn[r] != DrawKind.NONE:
            drawn[register.successor[r]] = True
    candidates, n = np.empty(len(owners), dtype=np.int64), 0
    for o in range(len(owners)):
        free = barred[o] == Excluded.NOT and not owners.special_case[o] and not drawn[o] and face[o] >= 0
        if d.spread_places > 0 and free and spread[o] > 0 and has_worst[o]:
            if d.spread_size_limit and owners.population[o] >= d.spread_largest_excluded:
                register.excluded[face[o]] = Excluded.TOO_LARGE
            else:
                candidates[n] = o
                n += 1
    return candidates[:n]


@formula
def spread_draw(
    register: DrawRegister,
    owners: Municipalities,
    d: Draw,
    candidates: Ints,
    lots: Floats,
    spread: Floats,
    judged: Floats,
    face: Ints,
    at_work: Bools,
    merging: Bools,
    scale: float,
) -> Ints:
    """Rows of the register with the greatest spread between schools, one for each present municipality.

    Spread brings a municipality onto the list; the governors rank the list, and see no cause for concern in some.
    """
    n_places = places(d.spread_places, scale)
    order = in_order(of_rows(spread, candidates), of_rows(lots, at(face, candidates)))
    listed, n = np.empty_like(order), 0
    for o in at(candidates, order[: max(n_places, places(d.spread_candidates, scale))]):
        reason = left_out(judged[o], owners.supervised[o], at_work[o], merging[o], d)
        if reason == Excluded.NOT:
            listed[n] = o
            n += 1
        else:
            register.excluded[face[o]] = reason
    listed = listed[:n]
    rows = at(face, listed)
    weight = 0.0 if d.discretion == Discretion.NONE else d.discretion_weight
    ranked = mixed_order(of_rows(spread, listed), of_rows(judged, listed), weight, of_rows(lots, rows))
    return at(rows, ranked[:n_places])


@formula
def left_out(judged: float, supervised: bool, at_work: bool, merging: bool, d: Draw) -> int:
    """Why a municipality that is listed for the spread draw is left out, if it is."""
    if merging:
        return Excluded.MERGING
    if at_work:
        return Excluded.OTHER_SCHEME
    if supervised:
        return Excluded.SUPERVISION
    unconcerned = d.discretion != Discretion.NONE and judged < d.concern_from
    return Excluded.NO_CONCERN if unconcerned else Excluded.NOT


@formula
def at_work_already(schools: Schools, worst: Bools, n_owners: int) -> Bools:
    """Whose weak schools are at work in another scheme: with the guide corps, or in a project of the innovation scheme."""
    at_work = np.zeros(n_owners, dtype=np.bool_)
    for s in range(len(schools)):
        if worst[s] and schools.in_project[s]:
            at_work[schools.municipality[s]] = True
    return at_work


@formula
def put_in(register: DrawRegister, f: FollowUpOwners, rows: Ints, kind: int, year: int, number: int) -> None:
    """Mark the drawn rows of the register, and open the dialogue with the present municipalities."""
    drawn = np.zeros(len(f), dtype=np.bool_)
    for r in rows:
        o = register.successor[r]
        drawn[o] = True
        f.phase[o], f.half_years[o], f.kind[o] = Phase.DIALOGUE, 0, kind
        f.last_draw_year[o], f.last_draw_number[o] = year, number
        f.times_drawn[o] += 1
        f.declined[o] = False
    for r in range(len(register)):
        if drawn[register.successor[r]] and register.excluded[r] == Excluded.NOT:
            register.excluded[r] = Excluded.MERGED_WITH_DRAWN
    for r in rows:
        register.excluded[r], register.drawn[r] = Excluded.NOT, kind
