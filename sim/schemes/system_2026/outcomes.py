"""What people ask of the system from 2026 beside the outcomes of the schemes it joins."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.outcomes import smallest
from sim.outcomes.measures import posts
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.schemes.system_2026.parameters import Leaders, NewTeachers, Roles
from sim.schemes.system_2026.state import SystemOwners
from sim.state import State


def further_education(state: State, p: Parameters) -> Floats:
    """Share of each owner's teachers in further education this school year."""
    return np.asarray(state[SystemOwners].places / np.maximum(posts(state).total, 1))


def further_education_fit(state: State, p: Parameters) -> Floats:
    """How well further education fits the schools' needs."""
    return state[SystemOwners].fit.copy()


def further_education_own_nok(state: State, p: Parameters) -> Floats:
    """Owners' part of what further education costs this school year."""
    return state[SystemOwners].own_nok.copy()


def new_teachers_guided(state: State, p: Parameters) -> Floats:
    """Part of full guidance that new teachers get beyond the usual."""
    return state[SystemOwners].guided.copy()


def system_nok(state: State, p: Parameters) -> Floats:
    """State money for guidance of new teachers, education of leaders and specialised roles this school year; shape (1,)."""
    granted = p[NewTeachers].grant_nok + p[Leaders].grant_nok + p[Roles].grant_nok
    return np.array([granted * p[Scope].scale])


OUTCOMES = (
    Outcome(
        "further_education",
        "share",
        1,
        Gather.PUPILS,
        further_education,
        "teachers in further education this school year",
        3,
        smallest=smallest.PERCENTAGE_POINT,
    ),
    Outcome(
        "further_education_fit",
        "0-1",
        1,
        Gather.MEAN,
        further_education_fit,
        "how well further education fits the schools' needs",
        3,
        smallest=smallest.POINT,
    ),
    Outcome(
        "further_education_own_nok",
        "NOK per school year",
        -1,
        Gather.SUM,
        further_education_own_nok,
        "owners' part of what further education costs",
        0,
        smallest=smallest.MONEY,
    ),
    Outcome(
        "new_teachers_guided",
        "share",
        1,
        Gather.MEAN,
        new_teachers_guided,
        "guidance that new teachers get beyond the usual",
        3,
        smallest=smallest.PERCENTAGE_POINT,
    ),
    Outcome(
        "system_nok",
        "NOK per school year",
        -1,
        Gather.NATION,
        system_nok,
        "state money for guidance of new teachers, education of leaders and specialised roles",
        0,
        smallest=smallest.MONEY,
    ),
)
