"""The cooperation forum (samarbeidsforum): two meetings a year, led by the governor, to agree or bargain [D1-D3]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Forum
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import fit, regime
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, Forums
from sim.state import State
from sim.state.places import Counties, Municipalities

MERGED_COUNTIES = range(2020, 2024)  # years in which some counties of today were one
PREPARED = (2020, 2024)  # years in which forums begin anew where county borders moved


def redraw(state: State, p: Parameters, draw: Draws) -> None:
    """County reform: forums whose county was merged (2020) or split (2024) begin anew [OECD 2020]."""
    if state.now.year not in PREPARED or state.now.season is not Season.SPRING:
        return
    forums, a = state[Forums], p[Forum]
    before = state[CountyForums].forum.copy()
    after = forum_of_county(state[Counties], state.now.year)
    state[CountyForums].forum[:] = after
    members_before = [frozenset(np.flatnonzero(before == f)) for f in range(len(forums))]
    members_after = [frozenset(np.flatnonzero(after == f)) for f in range(len(forums))]
    anew = np.array(
        [x != y and bool(y) for x, y in zip(members_before, members_after, strict=True)], dtype=bool
    )
    for row in np.flatnonzero(anew):
        inherited = before[min(members_after[row])]
        forums.trust[row] = forums.trust[inherited]
        forums.leadership[row] = forums.leadership[inherited]
        forums.role_clarity[row] = forums.role_clarity[inherited]
    forums.trust[anew] *= 1 - a.reform_loss
    forums.leadership[anew] *= 1 - a.reform_loss
    forums.age[anew] = 0


def forum_of_county(counties: Counties, year: int) -> Ints:
    """Row of each county's forum in a year, shape (counties,): the row of the first county that shares its name of the time."""
    names = counties.name_2020 if year in MERGED_COUNTIES else counties.name
    _, first, which = np.unique(names, return_index=True, return_inverse=True)
    return np.asarray(first[which])


def meet(state: State, p: Parameters, draw: Draws) -> None:
    """A meeting: roles grow clear, leadership is learned or lost, trust grows or goes with those who leave [D1, D3]."""
    levers, a, forums = p[Decentralised], p[Forum], state[Forums]
    learned = a.leadership_learned / 2 * levers.governor_training
    gone = draw.happens("governor's key person leaves", forums.id, a.leader_exit / 2)
    forums.leadership[:] = after_half_year(forums.leadership, learned, gone, a.leader_loss)
    clear = a.clarity_after if levers.regulation else a.clarity_before
    forums.role_clarity += a.clarity_pace / 2 * (clear - forums.role_clarity)
    held = 1 - p[Pandemic].share_lost
    forums.trust[:] = trust_after(forums.trust, forums.leadership * held, a)
    forums.age += 1 / 2
    forums.skew[:] = a.power * (1 - forums.leadership)
    forums.satisfaction[:] = satisfaction(forums, fit(forums.logic, regime(levers)), a)
    bargain(state, a)


def after_half_year(leadership: Floats, learned: float, gone: Bools, loss: float) -> Floats:
    """Leadership after half a year of learning, and of losing those who had it; shape (forums,)."""
    return (leadership + learned * (1 - leadership)) * np.where(gone, 1 - loss, 1)


def trust_after(trust: Floats, leadership: Floats, a: Forum) -> Floats:
    """Trust after half a year: gained under leadership, lost with members who are replaced; shape (forums,)."""
    gained = trust + a.trust_gain / 2 * leadership * (1 - trust)
    return gained * (1 - a.trust_loss * a.member_exit / 2)


def satisfaction(forums: Forums, logic_fit: Floats, a: Forum) -> Floats:
    """Members' satisfaction with the cooperation, in [0, 1], shape (forums,) [D1]."""
    weights = a.weight_leadership + a.weight_clarity + a.weight_trust + a.weight_fit
    whole = (
        a.weight_leadership * forums.leadership
        + a.weight_clarity * forums.role_clarity
        + a.weight_trust * forums.trust
        + a.weight_fit * logic_fit
    )
    return np.asarray(whole / weights)


def bargain(state: State, a: Forum) -> None:
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
)
