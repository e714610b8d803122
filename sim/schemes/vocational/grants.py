"""Money: straight to the counties, in a joint scheme partly past vocational needs, and what a new county can't get used."""

from __future__ import annotations

import numpy as np

from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.implementing import saturating
from sim.processes.process import Process
from sim.processes.shares import parted, share_of
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.vocational.assumptions import CountyWork
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, UpperSchools
from sim.state import State
from sim.state.places import Counties


def hand_out(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: the school year's grant comes to the counties."""
    if state.now.season is Season.AUTUMN:
        hand_out_grant(state, p)


@rule
def hand_out_grant(
    owners: CountyOwners,
    counties: Counties,
    schools: UpperSchools,
    levers: Vocational,
    a: CountyWork,
    pandemic: Pandemic,
    scope: Scope,
) -> None:
    """The grant comes to the counties by their vocational teachers, and is set apart for what it is for.

    It adds up to the budget, in whole kroner, where there are any teachers. The county adds money and a post of its own. The
    training side gets its part of the year's money as it gets to know that there is one: teachers came first. What is carried
    over is the schools', where it lay.
    """
    teachers = np.zeros(len(owners))
    for s in range(len(schools)):
        teachers[owners.owner[schools.county[s]]] += schools.n_teachers[s]
    budget = round(levers.grant_nok * scope.scale) if levers.active else 0
    parted(budget, teachers, owners.grant_nok)
    for k in range(len(owners)):
        unseen = a.crowding * (1 - owners.visibility[k]) * owners.joined[k]
        owners.crowded_nok[k] = round(owners.grant_nok[k] * unseen)
        counties.to_general_nok[k] = owners.crowded_nok[k]
        carried = owners.carried_nok[k] if levers.active else 0
        own = round(owners.grant_nok[k] * levers.own_share)
        post = round(levers.own_post * a.post_nok * scope.scale) * levers.active * (owners.owner[k] == k)
        owners.own_nok[k] = own + post
        owners.pot_nok[k] = owners.grant_nok[k] - owners.crowded_nok[k] + own + carried
        usable = owners.pot_nok[k] * readiness(owners.experience[k], pandemic.share_lost, a)
        known = saturating(owners.experience[k], a.training_years)
        yearly = 1 - carried / max(owners.pot_nok[k], 1)
        owners.training_nok[k] = usable * yearly * levers.training_side_share * known
        owners.schools_nok[k] = usable - owners.training_nok[k]


@formula
def readiness(experience: float, pandemic: float, a: CountyWork) -> float:
    """Part of the money that routines let a county use, in [0, 1]: less at first and in the pandemic [V6].

    The first school year begins after one year of meetings.
    """
    unused = share_of(a.unspent_start - a.unspent_falls * max(experience - 1, 0.0))
    return (1 - unused) * (1 - pandemic)


def settle(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn, when all has been planned: the accounts are made up."""
    if state.now.season is Season.AUTUMN:
        carry_over(state, p)


@rule
def carry_over(owners: CountyOwners, a: CountyWork) -> None:
    """Part of what stays unused is carried to the next year, the rest goes back [V6]."""
    for k in range(len(owners)):
        owners.carried_nok[k] = round((owners.pot_nok[k] - owners.used_nok[k]) * a.carried_share)


HAND_OUT = Process(
    "vocational.grants.hand_out",
    hand_out,
    "Money goes straight to the county when its forum has met.",
    "AFI-rapport 2026:02, 4.1 [V6, V7]",
)
SETTLE = Process(
    "vocational.grants.settle",
    settle,
    "The accounts are made up when schools and firms have had theirs.",
    "Vestfold og Telemark fylkeskommune 2023 [V6]",
)
