"""Vocational teachers leave, others come from their trades, and what those who stay know of their trade grows old [V2]."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from sim.arrays import Floats, Ints
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
    rows = np.flatnonzero(leaving_luck(teachers, draw) < a.exit_chance)
    u = newcomers(teachers, rows, draw)
    teachers.subject[rows] = trait(a.subject_fresh, u[:, 0], a)
    teachers.teaching[rows] = trait(a.teaching_fresh, u[:, 1], a)


def change_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`change`, compiled."""
    from sim.kernels import vocational_teachers as kernels

    teachers, a = state[VocationalTeachers], p[People]
    leavers = np.empty(len(teachers), dtype=np.int64)
    n = kernels.grow_old(
        teachers.trade,
        state[Trades].ageing,
        leaving_luck(teachers, draw),
        a.exit_chance,
        teachers.subject,
        leavers,
    )
    rows = leavers[:n]
    u = np.ascontiguousarray(newcomers(teachers, rows, draw).T)
    about = a.subject_fresh, a.teaching_fresh, a.spread
    kernels.succeed(rows, u, *about, teachers.subject, teachers.teaching)


def leaving_luck(teachers: VocationalTeachers, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide who leaves, shape (teachers,)."""
    return draw.uniform("vocational teacher leaves", teachers.id)


def newcomers(teachers: VocationalTeachers, rows: Ints, draw: Draws) -> Floats:
    """Numbers in (0, 1) for what those who come into the posts `rows` know and how they teach, shape (len(rows), 2)."""
    return draw.uniform("vocational teacher who comes", teachers.id[rows], per=2)


def trait(mean: float, u: Floats, a: People) -> Floats:
    """A newcomer's trait, in [0, 1], from numbers in (0, 1), same shape."""
    return np.clip(mean + a.spread * ndtri(u), 0, 1)


PROCESS = Process(
    "vocational.staff",
    change,
    "Vocational teachers change over the summer; trades have moved on.",
    "AFI-rapport 2026:02, 4 [V2]",
    change_compiled,
)
