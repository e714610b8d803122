"""Vocational teachers leave, others come from their trades, and what those who stay know of their trade grows old [V2]."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.rules import Luck, formula, rule
from sim.schemes.vocational.assumptions import People
from sim.schemes.vocational.state import Trades, VocationalTeachers


@rule
def change(
    teachers: VocationalTeachers,
    trades: Trades,
    a: People,
    leaving: Annotated[Luck, "vocational teacher leaves"],
    coming: Annotated[Luck, "vocational teacher who comes", 2],
) -> None:
    """Summer: a year has outdated something; leavers' posts go to people fresh from the same trade."""
    leaves, rows, n = np.empty(len(teachers)), np.empty(len(teachers), dtype=np.int64), 0
    leaving.uniforms(teachers.id, leaves)
    for i in range(len(teachers)):
        teachers.subject[i] *= 1 - trades.ageing[teachers.trade[i]]
        rows[n] = i  # stays if the teacher leaves, and is written over if not
        n += leaves[i] < a.exit_chance
    posts, knowing, teaching = np.empty(n, dtype=np.int64), np.empty(n), np.empty(n)
    for k in range(n):
        posts[k] = teachers.id[rows[k]]
    coming.normals(posts, knowing)
    coming.normals(posts, teaching, 1)
    for k in range(n):
        teachers.subject[rows[k]] = trait(a.subject_fresh, knowing[k], a)
        teachers.teaching[rows[k]] = trait(a.teaching_fresh, teaching[k], a)


@formula
def trait(mean: float, z: float, a: People) -> float:
    """A newcomer's trait, in [0, 1], from a standard normal number."""
    return share_of(mean + a.spread * z)


PROCESS = Process(
    "vocational.staff",
    change,
    "Vocational teachers change over the summer; trades have moved on.",
    "AFI-rapport 2026:02, 4 [V2]",
)
