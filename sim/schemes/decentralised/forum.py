"""The cooperation forum (samarbeidsforum): two meetings a year, led by the governor, to agree or bargain [D1-D3].

A forum lives as far as money comes through it: where all of it is ordered or applied for, the forum stands still.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints, clipped
from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Forum
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import fit, parts, regime
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, Forums, Logic
from sim.state import State
from sim.state.places import Counties, Municipalities
from sim.world.county_reform import REFORMS, begun_anew, county_of_the_time


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
    forums.role_clarity[anew] = forums.role_clarity[heir_of]
    forums.age[anew] = 0


def meet(state: State, p: Parameters, draw: Draws) -> None:
    """A meeting: roles grow clear, leadership is learned or lost, trust grows or goes with those who leave [D1, D3]."""
    levers, a, forums = p[Decentralised], p[Forum], state[Forums]
    now = regime(levers)
    lives = levers.active * now[Logic.NETWORK]
    met = lives * (1 - p[Pandemic].share_lost)
    learned = a.leadership_learned / 2 * levers.governor_training * met
    gone = luck_of_key_persons(forums, draw) < a.leader_exit / 2 * lives
    forums.leadership[:] = after_half_year(forums.leadership, learned, gone, a.leader_loss)
    clear = a.clarity_after if levers.regulation else a.clarity_before
    unclear = clear - forums.role_clarity
    forums.role_clarity += a.clarity_pace / 2 * met * unclear
    forums.trust[:] = trust_after(forums.trust, forums.leadership * met, lives, a)
    forums.age += lives / 2
    forums.skew[:] = a.power * (1 - forums.leadership)
    forums.plan[:] = maturity(forums.age, a) * np.sqrt(forums.trust * forums.role_clarity)
    forums.satisfaction[:] = satisfaction(forums, fit(forums.logic, now), np.abs(unclear), a)
    bargain(state, p)


def meet_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`meet`, compiled."""
    from sim.kernels import forums as kernels

    levers, a, forums, owners = p[Decentralised], p[Forum], state[Forums], state[Municipalities]
    forum, dec = state[CountyForums].forum, state[DecentralisedOwners]
    lives = levers.active * parts(levers)[Logic.NETWORK]
    met = lives * (1 - p[Pandemic].share_lost)
    led = a.leadership_learned / 2 * levers.governor_training * met, a.leader_exit / 2 * lives, a.leader_loss
    clear = a.clarity_after if levers.regulation else a.clarity_before
    trusted = met, a.trust_gain / 2, 1 - a.trust_loss * a.member_exit / 2 * lives
    weights = a.weight_leadership, a.weight_clarity, a.weight_trust, a.weight_fit, weight(a)
    age = lives / 2, a.peak_years, a.decline
    base, exponent = np.empty((2, len(dec) + len(forums)))
    kernels.meet(
        luck_of_key_persons(forums, draw),
        forums.logic,
        regime(levers),
        owners.county,
        forum,
        owners.capacity_fte,
        owners.competence,
        np.array([*led, clear, a.clarity_pace / 2 * met, *trusted, a.power, *weights, a.criticism, *age]),
        forums.leadership,
        forums.role_clarity,
        forums.trust,
        forums.age,
        forums.skew,
        forums.satisfaction,
        base,
        exponent,
    )
    kernels.speak(
        owners.county,
        forum,
        base**exponent,
        a.peak_years,
        forums.age,
        forums.trust,
        forums.role_clarity,
        forums.plan,
        dec.voice,
    )


def luck_of_key_persons(forums: Forums, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide whether the governor's key person leaves, shape (forums,)."""
    return draw.uniform("governor's key person leaves", forums.id)


def after_half_year(leadership: Floats, learned: float, gone: Bools, loss: float) -> Floats:
    """Leadership after half a year of learning, and of losing those who had it; shape (forums,)."""
    return (leadership + learned * (1 - leadership)) * np.where(gone, 1 - loss, 1)


def trust_after(trust: Floats, led: Floats, lives: float, a: Forum) -> Floats:
    """Trust after half a year: gained in meetings that are led, lost with members who are replaced; shape (forums,)."""
    gained = trust + a.trust_gain / 2 * led * (1 - trust)
    return gained * (1 - a.trust_loss * a.member_exit / 2 * lives)


def satisfaction(forums: Forums, logic_fit: Floats, new_rules: Floats, a: Forum) -> Floats:
    """Members' satisfaction with the cooperation, in [0, 1], shape (forums,) [D1].

    Rules that roles have not come to terms with yet are met with criticism, which passes as they do.
    """
    whole = (
        a.weight_leadership * forums.leadership
        + a.weight_clarity * forums.role_clarity
        + a.weight_trust * forums.trust
        + a.weight_fit * logic_fit
    )
    return clipped(whole / weight(a) - a.criticism * new_rules, 0, 1)


def weight(a: Forum) -> float:
    """All weights in members' satisfaction together."""
    return a.weight_leadership + a.weight_clarity + a.weight_trust + a.weight_fit


def bargain(state: State, p: Parameters) -> None:
    """Each owner's weight in the forum: those with more staff and competence get more through, unless led against it [D2]."""
    owners = state[Municipalities]
    forum = state[CountyForums].forum[owners.county]
    state[DecentralisedOwners].voice[:] = voice(
        owners.capacity_fte * (1 + owners.competence), forum, state[Forums].skew[forum], len(state[Forums])
    )


def voice(resources: Floats, forum: Ints, skew: Floats, n_forums: int) -> Floats:
    """Weight of each owner's priorities against an equal say, shape (owners,); the mean within a forum is one."""
    raw = resources**skew
    members = np.bincount(forum, minlength=n_forums)
    total = np.bincount(forum, raw, n_forums)
    return np.asarray(raw * members[forum] / total[forum])


def maturity(age: Floats, a: Forum) -> Floats:
    """A forum's productivity by its age, in (0, 1]: rising to the peak, then slowly falling without renewal."""
    return np.where(
        age < a.peak_years,
        (age + 1) / (a.peak_years + 1),
        (1 - a.decline) ** np.maximum(age - a.peak_years, 0),
    )


REDRAW = Process(
    "decentralised.forum.redraw",
    redraw,
    "When county borders move, forums begin anew.",
    "OECD 2020; AFI-rapport 2026:02, 4.4",
)
MEET = Process(
    "decentralised.forum.meet",
    meet,
    "The forum meets before anything is shared out.",
    "AFI-rapport 2026:02, 2.2, 1.4.2 [D1, D2, D3]",
    compiled=meet_compiled,
)
