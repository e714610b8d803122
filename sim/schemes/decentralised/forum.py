"""The cooperation forum (samarbeidsforum): two meetings a year, led by the governor, to agree or bargain [D1-D3].

A forum lives as far as money comes through it: where all of it is ordered or applied for, the forum stands still. While
criteria are open its members shape them; what a regulation then brings depends on how far they are the members' own.
"""

from __future__ import annotations

from math import sqrt
from typing import Annotated

import numpy as np

from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import Forum
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import fit, regime
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, Forums, Logic
from sim.state import State
from sim.state.places import Counties, Municipalities, Offices
from sim.world.county_reform import REFORMS, begun_anew, county_of_the_time

LEAST = 1e-9  # of all voices in a forum: none where nobody has a seat


def redraw(state: State, p: Parameters, draw: Draws) -> None:
    """County reform: forums whose county was merged (2020) or split (2024) begin anew [OECD 2020].

    A new forum takes over from that of its first county what the reform leaves.
    """
    if state.now.year not in REFORMS or state.now.season is not Season.SPRING:
        return
    forums, a = state[Forums], p[Forum]
    before = state[CountyForums].forum.copy()
    after = county_of_the_time(state[Counties], state.now.year)
    state[CountyForums].forum[:] = after
    anew, heir_of = begun_anew(before, after)
    forums.trust[anew] = forums.trust[heir_of] * (1 - a.reform_loss)
    forums.leadership[anew] = forums.leadership[heir_of] * (1 - a.reform_loss)
    for kept in (forums.role_clarity, forums.anchored, forums.open_years, forums.imposed):
        kept[anew] = kept[heir_of]
    forums.age[anew] = 0


def replace_criteria(state: State, p: Parameters, draw: Draws) -> None:
    """Spring: criteria are set aside for new ones, which nobody has shaped yet, and their open phase begins [D1]."""
    replaced = p[Decentralised].criteria_replaced
    if replaced > 0 and state.now.season is Season.SPRING:
        state[Forums].anchored *= 1 - replaced
        state[Forums].open_years[:] = 0


@rule
def meet(
    forums: Forums,
    counties: CountyForums,
    owners: Municipalities,
    dec: DecentralisedOwners,
    other: OtherOwners,
    offices: Offices,
    levers: Decentralised,
    a: Forum,
    pandemic: Pandemic,
    leaves: Annotated[Luck, "governor's key person leaves"],
) -> None:
    """A meeting: criteria become the members' own, roles grow clear, leadership is learned or lost, trust grows or goes with
    those who leave [D1, D3].

    An office that has too much else to do leads its forum with less than the usual time, and where schemes are run as one
    other matters take part of it. What members have made clear among themselves goes with those who leave, as trust does; the
    directorate's gatherings take offices' time, and so does the secretariat that a regulation makes them.
    """
    now = regime(levers)
    lives = levers.active * now[Logic.NETWORK]
    met = lives * (1 - pandemic.share_lost)
    for f in range(len(forums)):
        here = met * offices.forum_room[forums.office[f]] * (1 - offices.shared_agenda[forums.office[f]])
        ruled = levers.regulation and forums.open_years[f] >= levers.open_years
        asked = a.gatherings_fte * levers.governor_training + a.secretariat_fte * ruled
        offices.forums_fte[forums.office[f]] = asked * lives
        forums.anchored[f] = anchored_after(forums.anchored[f], here * forums.trust[f], ruled, a)
        forums.imposed[f] = ruled * (1 - forums.anchored[f])
        forums.open_years[f] += (lives > 0 and not ruled) / 2
        clear = clarity_called_for(ruled, forums.imposed[f], a)
        learned = a.leadership_learned / 2 * levers.governor_training * here
        gone = leaves.uniform(forums.id[f]) < a.leader_exit / 2 * lives
        forums.leadership[f] = after_half_year(forums.leadership[f], learned, gone, a.leader_loss)
        unclear = clear - forums.role_clarity[f]
        forums.role_clarity[f] += a.clarity_pace / 2 * here * unclear
        made_clear = max(forums.role_clarity[f] - a.clarity_before, 0.0)
        forums.role_clarity[f] -= made_clear * a.trust_loss * a.member_exit / 2 * lives
        forums.trust[f] = trust_after(forums.trust[f], forums.leadership[f] * here, lives, a)
        forums.age[f] += lives / 2
        forums.skew[f] = a.power * (1 - forums.leadership[f])
        forums.plan[f] = maturity(forums.age[f], a) * sqrt(forums.trust[f] * forums.role_clarity[f])
        forums.satisfaction[f] = satisfaction(
            forums.leadership[f],
            forums.role_clarity[f],
            forums.trust[f],
            fit(forums.logic[f], now),
            abs(unclear),
            forums.imposed[f],
            a,
        )
    bargain(owners, counties, forums, dec, other)


@formula
def anchored_after(anchored: float, met_in_trust: float, ruled: bool, a: Forum) -> float:
    """How far criteria are the members' own after half a year, in [0, 1]: shaped by those who meet in trust while they are open,
    and slowly made their own by use under a regulation.
    """
    shaped = a.anchor_pace / 2 * met_in_trust * (1 - anchored)
    return anchored + (a.anchor_later if ruled else 1.0) * shaped


@formula
def clarity_called_for(ruled: bool, imposed: float, a: Forum) -> float:
    """The role clarity, in [0, 1], that lasting rules would end in: less where they are others' making."""
    gained = a.clarity_after - a.clarity_before
    return a.clarity_before + ruled * gained * (1 - a.imposed_unclear * imposed)


@formula
def after_half_year(leadership: float, learned: float, gone: bool, loss: float) -> float:
    """Leadership after half a year of learning, and of losing those who had it."""
    return (leadership + learned * (1 - leadership)) * (1 - loss if gone else 1.0)


@formula
def trust_after(trust: float, led: float, lives: float, a: Forum) -> float:
    """Trust after half a year: gained in meetings that are led, lost with members who are replaced."""
    gained = trust + a.trust_gain / 2 * led * (1 - trust)
    return gained * (1 - a.trust_loss * a.member_exit / 2 * lives)


@formula
def satisfaction(
    leadership: float, role_clarity: float, trust: float, logic_fit: float, new_rules: float, imposed: float,
    a: Forum,
) -> float:  # fmt: skip
    """Members' satisfaction with the cooperation, in [0, 1] [D1].

    Rules that roles have not come to terms with yet are met with criticism, which passes as they do; that they are others'
    making is resented as long as they are.
    """
    whole = a.weight_leadership * leadership + a.weight_clarity * role_clarity
    whole += a.weight_trust * trust + a.weight_fit * logic_fit
    weight = a.weight_leadership + a.weight_clarity + a.weight_trust + a.weight_fit
    return share_of(whole / weight - a.criticism * new_rules - a.resentment * imposed)


@formula
def bargain(
    owners: Municipalities,
    counties: CountyForums,
    forums: Forums,
    dec: DecentralisedOwners,
    other: OtherOwners,
) -> None:
    """Each owner's weight in the forum: those with more staff and competence get more through, unless led against it [D2].

    Weights are those of each owner's priorities against an equal say; their mean within a forum is one. Whom the money is handed
    over to has left; a county with a share of the grant is one member more, and so are its private owners.
    """
    members, total = np.zeros(len(forums)), np.zeros(len(forums))
    for o in range(len(owners)):
        f = counties.forum[owners.county[o]]
        strength = resources(owners.capacity_fte[o], owners.competence[o]) ** forums.skew[f]
        dec.voice[o] = strength
        members[f] += not dec.handed_over[o]
        total[f] += strength * (not dec.handed_over[o])
    for j in range(len(other)):
        f = counties.forum[other.county[j]]
        other.voice[j] = resources(other.capacity_fte[j], other.competence[j]) ** forums.skew[f]
        sits = other.weight[j] > 0 and f == other.county[j]  # counties that are one have one seat
        members[f] += sits
        total[f] += other.voice[j] * sits
    for o in range(len(owners)):
        f = counties.forum[owners.county[o]]
        dec.voice[o] *= 1 / dec.voice[o] if dec.handed_over[o] else members[f] / total[f]
    for j in range(len(other)):
        f = counties.forum[other.county[j]]
        other.voice[j] *= members[f] / max(total[f], LEAST)


@formula
def resources(capacity_fte: float, competence: float) -> float:
    """What an owner brings to its forum: staff and competence."""
    return capacity_fte * (1 + competence)


@formula
def maturity(age: float, a: Forum) -> float:
    """A forum's productivity by its age, in (0, 1]: rising to the peak, then slowly falling without renewal."""
    if age < a.peak_years:
        return (age + 1) / (a.peak_years + 1)
    return float((1 - a.decline) ** (age - a.peak_years))


REDRAW = Process(
    "decentralised.forum.redraw",
    redraw,
    "When county borders move, forums begin anew.",
    "OECD 2020; AFI-rapport 2026:02, 4.4",
)
REPLACE = Process(
    "decentralised.forum.replace_criteria",
    replace_criteria,
    "New criteria are on the way before anybody meets.",
    "AFI-rapport 2026:02, 2.2.1, 5.3 [D1]",
)
MEET = Process(
    "decentralised.forum.meet",
    meet,
    "The forum meets before anything is shared out.",
    "AFI-rapport 2026:02, 2.2, 1.4.2 [D1, D2, D3]",
)
