"""How long people have been where they are when a world begins: the law to which turnover itself leads.

A post passes from holder to holder. Who comes is drawn anew each time, and how long they stay depends on what they are like;
so, looked at after any summer, a post is held by somebody of a kind in proportion to how many of that kind come and to how
many of those are still there. Nothing is assumed of teachers' ages, experience and years in post beyond `turnover`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.arrays import Floats, Ints, Number
from sim.parameters.load import Load
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.processes.turnover import age_on_coming, school_exit
from sim.rules import formula
from sim.state.places import Centrality

_KINDS = 16  # of those who come, alike in number, among the new to the profession and among the others
_POSTS = 8192  # of which the law is a picture, in whole posts


@dataclass(frozen=True)
class Careers:
    """Who holds posts after any summer, in schools of each centrality.

    Attributes
    ----------
    years : int
        Longest time in a post, and one more.
    holders : array of int, shape (centralities, posts)
        Holders of posts as they are usually mixed: the kind of each, times `years`, plus the years in post.
    turnover : array of float, shape (centralities,)
        Share of posts with a new holder each summer.
    """

    years: int
    holders: Ints
    turnover: Floats


@formula
def holder_of(holders: Ints, u: float, within: float, years: int) -> tuple[int, float, int]:
    """The holder of a post: whether they came from another school (1) or not (0), their place among those, and years in post.

    Parameters
    ----------
    holders : array of int, shape (posts,)
        `Careers.holders` of one centrality; `years` is that of `Careers`.
    u, within : float
        Numbers in (0, 1): which kind and how long ago, and where within the kind.
    """
    mixed = holders[int(u * _POSTS)]
    kind = mixed // years
    moved = kind // _KINDS
    return moved, (kind - _KINDS * moved + within) / _KINDS, mixed - years * kind


@lru_cache(maxsize=16)  # worlds of one country have the same
def settled(s: Society, t: Turnover, load: Load) -> Careers:
    """The law of the chances of leaving as they stand, at the tiredness that schools are in when nothing is done; only to be
    read.
    """
    years = int(np.ceil(t.retirement_latest - s.age_at_start)) + 1
    middle = (np.arange(_KINDS) + 1 / 2) / _KINDS
    came = np.concatenate([np.zeros(_KINDS), experience_on_coming(s, middle)])
    age = age_on_coming(came, np.tile(middle, 2), s, t)
    share = np.repeat([t.newcomer_share, 1 - t.newcomer_share], _KINDS)[:, None] / _KINDS
    since = np.arange(years)
    holders, turnover = np.empty((len(Centrality), _POSTS), dtype=np.int64), np.empty(len(Centrality))
    for place in Centrality:
        base = school_exit(place, load.fatigue_base, t)
        leaves = exit_chances(base, came[:, None] + since, age[:, None] + since, t)
        there = np.empty((2 * _KINDS, years))
        there[:, 0], there[:, 1:] = 1, np.cumprod(1 - leaves[:, :-1], axis=1)
        upto = np.cumsum(share * there)
        turnover[place] = 1 / upto[-1]
        posts = np.rint(upto * (_POSTS / upto[-1])).astype(np.int64)
        holders[place] = np.repeat(np.arange(len(posts)), np.diff(posts, prepend=0))
    return Careers(years, holders, turnover)


def exit_chances(base: float, experience: Floats, age: Floats, t: Turnover) -> Floats:
    """`sim.processes.turnover.teacher_exit_chance` of whole columns; choices as there are quicker where teachers are many."""
    early = np.where(experience <= t.early_years, t.early_factor, 1)
    stays = np.where((t.settled_from <= experience) & (experience <= t.settled_to), t.settled_factor - 1, 0)
    retires = np.where(age >= t.retirement_from, t.retirement_chance, 0)
    retires[age >= t.retirement_latest - 1] = 1
    return np.maximum(np.minimum(base * (early + stays), 1), retires)


@formula
def experience_on_coming(s: Society, u: Number) -> Number:
    """Years as a teacher of those who come from another school."""
    return 2 * s.successor_experience * u


def tenures(u: Floats, exit_chance: Floats | float, longest: float) -> Floats:
    """Years in post of somebody who leaves with that yearly chance, from numbers in (0, 1)."""
    years: Floats = np.floor(np.minimum(np.log(u) / np.log1p(-np.asarray(exit_chance)), longest))
    return years
