"""Take-up: which schools and teachers get a measure, by wishes, paperwork, deadlines, trades' communities and money [V1, V2]."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.implementing import saturating
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.vocational import wishes
from sim.schemes.vocational.assumptions import CountyWork, Groups, TakeUp
from sim.schemes.vocational.granting import carried_part, mean_price
from sim.schemes.vocational.groups import price, shared
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers
from sim.schemes.vocational.wishes import paperwork
from sim.state import State

LEAST = 1e-9  # NOK: no threshold at all


def take_up(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: schools take part or not, collective measures begin or go on, teachers' wishes are met or not."""
    if state.now.season is not Season.AUTUMN:
        return
    if p[Vocational].active:
        wishes.meet(state, p, draw, chance=take_part(state, p, draw))
    else:
        leave(state)


@rule
def take_part(
    owners: CountyOwners,
    schools: UpperSchools,
    levers: Vocational,
    a: TakeUp,
    c: CountyWork,
    g: Groups,
    taking: Annotated[Luck, "upper secondary school takes part", 2],
) -> Floats:
    """Schools take part or not, and collective measures begin or go on as far as money goes.

    The first number of a school's luck decides whether it takes part, the second where it stands in the queue for collective
    measures. A plan that is brought about lets those under way stand before new ones. Money carried over from last year comes
    once and is for small measures; nothing lasting is begun on it.

    Returns
    -------
    array, shape (schools,)
        Chance that a teacher asks for something: the wish is worth it, in time, and within the plan if there is one.
    """
    owner, chance = np.empty(len(schools), dtype=np.int64), np.empty(len(schools))
    place, price_here = np.empty(len(schools)), np.empty(len(schools))
    collective_nok, first = np.empty(len(owners)), np.empty(len(schools))
    granted, teachers = 0.0, 0
    for k in range(len(owners)):
        yearly = max(owners.schools_nok[k] - carried_part(owners, k), 0.0)
        collective_nok[k] = yearly * levers.collective_share
        granted += owners.grant_nok[k]
    for s in range(len(schools)):
        teachers += schools.n_teachers[s]
    keeps = levers.plan * a.plan_keeps * brought_about(granted / max(teachers, 1), a)
    for s in range(len(schools)):
        k, n = owners.owner[schools.county[s]], schools.n_teachers[s]
        wished_nok = n * a.wish_share * mean_price(levers, a)
        hours = paperwork(owners.contact[k], owners.models[k], owners.joined[k], levers, a, c)
        applied = worth_applying(hours, levers.small_grant_nok, levers.least_nok, wished_nok, a)
        direct = owners.direct_habit[k] < levers.direct_share
        routine = learned(owners.experience[k], a)
        worth = with_routine(a.direct_use if direct else applied, routine, a)
        usual = a.school_stays if schools.takes_part[s] else a.school_begins
        takes = taking.uniform(schools.id[s]) < chance_to_take_part(usual, worth, schools.county_owned[s], a)
        schools.takes_part[s] = takes and n > 0
        rolling = direct or owners.rolling_habit[k] < levers.rolling_share
        in_time = 1.0 if rolling else with_routine(a.fixed_catches, routine, a)
        foreseen = 1 - a.plan_misses * levers.plan
        chance[s] = a.wish_share * worth * in_time * foreseen * schools.takes_part[s]
        first[s] = 1 - keeps * schools.in_collective[s]
        owner[s], price_here[s] = k, price(a.collective_nok, shared(n, levers.flexible_collective, g), g)
    taking.uniforms(schools.id, place, 1)
    for s in range(len(schools)):
        place[s] *= first[s]
    afford(schools.takes_part, place, owner, collective_nok, price_here, schools.in_collective)
    return chance


def leave(state: State) -> None:
    """Where the scheme does not run, nobody takes part."""
    schools, teachers = state[UpperSchools], state[VocationalTeachers]
    schools.takes_part[:] = schools.in_collective[:] = False
    schools.reached[:] = 0
    teachers.measure[:] = SmallMeasure.NONE
    teachers.unmet[:] = teachers.asked[:] = False
    state[CountyOwners].used_nok[:] = 0
    state[CountyOwners].left_nok[:] = 0


@formula
def learned(experience: float, a: TakeUp) -> float:
    """How far county and schools have learned to use the money, in [0, 1] [V6]."""
    return float(saturating(experience, a.learn_years))


@formula
def with_routine(at_first: float, routine: float, a: TakeUp) -> float:
    """Part of the wishes, in [0, 1], that is acted on by those who have a routine; at first it was less."""
    return at_first + (1 - at_first) * a.learned_share * routine


@formula
def brought_about(nok: float, a: TakeUp) -> float:
    """Part of a long-term plan that a scheme of so much money for each teacher brings about, in [0, 1]."""
    return nok / (nok + a.plan_nok)


@formula
def worth_applying(hours: float, grant_nok: float, least_nok: float, wished_nok: float, a: TakeUp) -> float:
    """Part of a school's wishes that is worth an application, in [0, 1] [V1].

    The grant counts against itself and what its paperwork deters; where there is a threshold, a small school's wishes reach
    it only in part.

    Parameters
    ----------
    hours, wished_nok : float
        Hours of paperwork for a grant, and what the school's wishes come to in a year.
    """
    deterred = hours * a.hour_nok * a.deterrent
    over_threshold = min(wished_nok / max(least_nok, LEAST), 1.0)
    return grant_nok / (grant_nok + deterred) * over_threshold


@formula
def chance_to_take_part(usual: float, worth: float, county_owned: bool, a: TakeUp) -> float:
    """Chance that a school takes part this year, in [0, 1], from its usual one, which is higher for those who did before.

    More, the more is worth it.
    """
    ease = worth / a.usual_worth * (1.0 if county_owned else a.private_part)
    return float(1 - (1 - usual) ** ease)


@formula
def afford(wants: Bools, u: Floats, owner: Ints, nok: Floats, price: Floats, gets: Bools) -> None:
    """Which of the schools that want a collective measure get one goes to `gets`: as many as the county's money allows.

    In order of `u`, in (0, 1), so that more money takes nobody's away.
    """
    queue, key, n = np.empty(len(wants), dtype=np.int64), np.empty(len(wants)), 0
    for s in range(len(wants)):
        gets[s] = False
        if wants[s]:
            at, mine = n, 2 * owner[s] + u[s]
            while at > 0 and mine < key[at - 1]:
                queue[at], key[at] = queue[at - 1], key[at - 1]
                at -= 1
            queue[at], key[at] = s, mine
            n += 1
    running = np.zeros(len(nok))
    for at in range(n):
        s = queue[at]
        running[owner[s]] += price[s]
        gets[s] = running[owner[s]] <= nok[owner[s]]


PROCESS = Process(
    "vocational.take_up",
    take_up,
    "Money is there; now schools and teachers take it up or let it be.",
    "AFI-rapport 2026:02, 4 [V1, V2, V4]",
)
