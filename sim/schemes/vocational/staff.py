"""Vocational teachers leave, others come from their trades, and what those who stay know of their trade grows old [V2]."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.vocational.assumptions import People
from sim.schemes.vocational.state import Trades, VocationalTeachers
from sim.state import State


def change(state: State, p: Parameters, draw: Draws) -> None:
    """Summer: a year has outdated something; leavers' posts go to people fresh from the same trade."""
    teachers, a = state[VocationalTeachers], p[People]
    teachers.subject *= (1 - state[Trades].ageing)[teachers.trade]
    rows = np.flatnonzero(draw.happens("vocational teacher leaves", teachers.id, a.exit_chance))
    u = draw.uniform("vocational teacher who comes", teachers.id[rows], per=2)
    teachers.subject[rows] = trait(a.subject_fresh, u[:, 0], a)
    teachers.teaching[rows] = trait(a.teaching_fresh, u[:, 1], a)


def trait(mean: float, u: Floats, a: People) -> Floats:
    """A newcomer's trait, in [0, 1], from numbers in (0, 1), same shape."""
    return np.clip(mean + a.spread * ndtri(u), 0, 1)


PROCESS = Process(
    "vocational.staff",
    change,
    "Vocational teachers change over the summer; trades have moved on.",
    "AFI-rapport 2026:02, 4 [V2]",
)
