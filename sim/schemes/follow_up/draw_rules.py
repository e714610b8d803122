"""The figures by which the average draw can put municipalities in order: today's risk share, and others that have been proposed.

A plug-in can add rules of its own; see docs/how-to/plug-ins.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.parameters.declaration import Choice
from sim.parameters.registry import Parameters
from sim.state import State
from sim.state.schools import Schools, pupils_at


@dataclass(frozen=True)
class Standing:
    """What a rule of the draw can go by: all that the model knows, and what the draw has reckoned out.

    Attributes
    ----------
    risk_share : array of float, shape (rows of the register,), share
        Of the municipalities as they were at New Year.
    successor : array of int, shape (rows of the register,)
        Row of the present municipality, so that `figure[successor]` brings a figure of present ones into the register.
    worst, scored, risk, owner : arrays of shape (schools,)
        Whether it is among the nation's weakest, whether it has figures, its risk share, its owner's row.
    n_owners : int
        Present municipalities.
    always_weak : array of bool, shape (schools,)
        Among the nation's weakest in every year with figures; false throughout unless the rule checks.
    checked : array of float, shape (n_owners,), SD
        What a check of each owner found it to lack, 0 the mean one; of use where the rule checks.
    """

    state: State
    p: Parameters
    risk_share: Floats
    successor: Ints
    worst: Bools
    scored: Bools
    risk: Floats
    owner: Ints
    n_owners: int
    always_weak: Bools
    checked: Floats

    @property
    def pupils(self) -> Floats:
        """Pupils of each school, shape (schools,)."""
        return pupils_at(self.state[Schools]).astype(np.float64)


@dataclass(frozen=True, eq=False, repr=False)
class RankingRule(Choice):
    """A figure to draw by, under the word that a design chooses it by.

    Attributes
    ----------
    figure : callable
        From the standing to one figure for each row of the register: the highest are drawn first, 0 never.
    checks : bool
        Whether owners of schools that are weak over time are checked for how they support them; the check asks their time.
    """

    word: str
    figure: Callable[[Standing], Floats]
    meaning: str
    source: str
    checks: bool = False

    def __new__(cls, word: str, *_: object, **_more: object) -> Self:
        """A string of the word; the other fields are attributes."""
        return super().__new__(cls, word)


def weakest_school(risk: Floats, scored: Bools, owner: Ints, n_owners: int) -> Floats:
    """Highest risk share among each owner's schools, from shape (schools,) to (n_owners,); 0 without figures."""
    highest = np.zeros(n_owners)
    np.maximum.at(highest, owner[scored], risk[scored])
    return highest


def weak_share(worst: Bools, scored: Bools, owner: Ints, n_owners: int) -> Floats:
    """Share of each owner's schools with figures that are among the nation's weakest; shape (n_owners,), 0 without any."""
    n = np.bincount(owner[scored], minlength=n_owners)
    weak = np.bincount(owner[worst], minlength=n_owners)
    return np.divide(weak, n, out=np.zeros(n_owners), where=n > 0)


def weak_pupils(worst: Bools, pupils: Floats, owner: Ints, n_owners: int) -> Floats:
    """Pupils in each owner's schools that are among the nation's weakest; shape (n_owners,)."""
    return np.bincount(owner[worst], pupils[worst], n_owners).astype(np.float64)


def left_alone(risk: Floats, always_weak: Bools, checked: Floats, owner: Ints, n_owners: int) -> Floats:
    """Highest risk share among each owner's schools that are weak over time, 0 where a check finds that it supports them as the
    mean owner does or better; from shape (schools,) to (n_owners,).
    """
    return np.where(checked > 0, weakest_school(risk, always_weak, owner, n_owners), 0.0)


_PROPOSED = "assumption after AFI-rapport 2026:02, 3.4"

RISK_SHARE = RankingRule(
    "risk_share",
    lambda s: s.risk_share,
    "today's rule: points over possible points",
    "AFI-rapport 2021:09, 2.1; OECD 2020",
)
WEAK_SCHOOLS = RankingRule(
    "weak_schools",
    lambda s: weak_share(s.worst, s.scored, s.owner, s.n_owners)[s.successor],
    "share of its schools that are among the nation's weakest",
    _PROPOSED,
)
WEAK_PUPILS = RankingRule(
    "weak_pupils",
    lambda s: weak_pupils(s.worst, s.pupils, s.owner, s.n_owners)[s.successor],
    "number of pupils in such schools",
    _PROPOSED,
)
WEAKEST_SCHOOL = RankingRule(
    "weakest_school",
    lambda s: weakest_school(s.risk, s.scored, s.owner, s.n_owners)[s.successor],
    "risk share of its weakest school",
    _PROPOSED,
)
SCHOOLS_LEFT_ALONE = RankingRule(
    "schools_left_alone",
    lambda s: left_alone(s.risk, s.always_weak, s.checked, s.owner, s.n_owners)[s.successor],
    "risk share of its weakest school that is weak over time, if a check finds that the owner does not support it",
    "AFI-rapport 2021:09, 2.5: Ekspertutvalget for skolebidrag; how support is checked is an assumption",
    checks=True,
)

RANKING_RULES = (RISK_SHARE, WEAK_SCHOOLS, WEAK_PUPILS, WEAKEST_SCHOOL, SCHOOLS_LEFT_ALONE)
"""Those that come with the model."""
