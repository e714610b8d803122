"""Counties and private owners in the scheme: a seat or a scheme of their own, effort, and the needs analysis.

Runs among the processes of the scheme for schools, before its forum meets.
"""

from __future__ import annotations

from typing import Annotated

from sim.half_year import Season
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import HandingOver, Logics, Money, Needs, Partners
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import contact, hours_asked, legitimacy, move, regime_of
from sim.schemes.decentralised.needs import expected_hit
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.levers import OtherOwnership
from sim.schemes.decentralised.other_owners.state import OtherOwners, Ownership
from sim.schemes.decentralised.state import CountyForums, DecentralisedUH, Forums, Logic
from sim.state import State


def prepare(state: State, p: Parameters, draw: Draws) -> None:
    """A new half-year: who has a seat, who stands alone, what each puts in; in spring needs are analysed."""
    take_seats(state, p, draw, spring=state.now.season is Season.SPRING)


@rule
def take_seats(
    other: OtherOwners,
    uh: DecentralisedUH,
    counties: CountyForums,
    forums: Forums,
    levers: Decentralised,
    o: OtherOwnership,
    h: HandingOver,
    a: OtherSchooling,
    logics: Logics,
    m: Money,
    n: Needs,
    partners: Partners,
    load: Load,
    luck: Annotated[Luck, "luck of a needs analysis beside municipalities"],
    spring: bool,
) -> None:
    """Seats, effort, hours; and how well needs are found, with UH as far as it is met.

    A county that runs its own scheme counts nothing in the split, and spends what its secretariat takes.
    """
    in_forum, alone = regime_of(levers, False, h), regime_of(levers, True, h)
    for j in range(len(other)):
        county = other.ownership[j] == Ownership.COUNTY
        other.alone[j] = county and o.own_scheme
        counts = o.county_weight if county else o.private_weight
        other.weight[j] = 0.0 if other.alone[j] or not levers.active else counts * other.teachers[j]
        runs = other.alone[j] or other.weight[j] > 0
        now = alone if other.alone[j] else in_forum
        imposed = forums.imposed[counties.forum[other.county[j]]] * now[Logic.NETWORK] * (not other.alone[j])
        if runs:
            move(other.logic[j : j + 1], now, logics)
        other.effort[j] = runs * legitimacy(other.logic[j], now, imposed, logics)
        other.uh_hours[j] = 0
        own_work = a.own_scheme_fte * load.hours_per_man_year / 2
        other.hours[j] = runs * hours_asked(levers, now, m) + other.alone[j] * own_work
        if spring and runs:
            together = with_uh(contact(now, True, partners.other_contact), other.tie[j], partners)
            supplied = together * uh.process_competence[other.uh_unit[j]]
            own, direct = other.competence[j], levers.direct_involvement
            found = expected_hit(own, own, supplied, direct, together * other.tie[j], n)
            other.hit[j] = share_of(found + n.hit_sd * luck.normal(other.id[j]))
            other.hours[j] += n.owner_hours + n.direct_hours * direct * other.teachers[j]


@formula
def with_uh(near: float, tie: float, partners: Partners) -> float:
    """How far needs are analysed, priorities set and rounds evaluated together with UH, in [0, 1]."""
    return partners.together_early * near * tie


PROCESS = Process(
    "decentralised.other_owners.take_seats",
    prepare,
    "Counties and private owners come to the forum with what they have found out.",
    "AFI-rapport 2026:02, 1.2, 5.2.2",
)
