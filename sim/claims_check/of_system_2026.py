"""Readings of the system from 2026 and of the schemes beside it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Floats
from sim.claims_check.figures import BEGINNER, OfState, gap, mean, population
from sim.outcomes.smallest import POINT, PRACTICE, Smallest
from sim.schemes.innovation.state import Projects
from sim.schemes.system_2026.state import SystemOwners
from sim.state import State
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools, Teachers

ONE_IN_A_THOUSAND = Smallest(0.001, "assumption: one teacher in a thousand; about one in twenty studies")


def _studying(state: State) -> Floats:
    """Each owner's teachers in further education, as a share of its teachers."""
    schools = state[Schools]
    return state[SystemOwners].places / np.maximum(np.bincount(schools.municipality, schools.n_teachers), 1)


def _studying_of_all(state: State) -> float:
    return float(state[SystemOwners].places.sum() / state[Schools].n_teachers.sum())


OF_SYSTEM: Mapping[str, tuple[OfState, str, Smallest]] = {
    "fit where owners analyse well": (lambda s: gap(s[SystemOwners].fit, s[Municipalities].competence), "0-1", POINT),
    "owners' competence": (mean(Municipalities, "competence"), "0-1", POINT),
    "guided where owners have staff": (
        lambda s: gap(s[SystemOwners].guided, s[Municipalities].capacity_fte * s[Municipalities].competence), "share",
        POINT,
    ),
    "further education": (_studying_of_all, "share", ONE_IN_A_THOUSAND),
    "further education of large owners": (lambda s: gap(_studying(s), population(s)), "share", ONE_IN_A_THOUSAND),
    "beginners' gap": (
        lambda s: float(
            np.maximum(s[Teachers].baseline - s[Teachers].practice, 0)[
                s[Teachers].held & (s[Teachers].experience < BEGINNER)
            ].mean()
        ),
        "SD of practice",
        PRACTICE,
    ),
    "insight": (mean(Offices, "insight"), "correlation", POINT),
    "closeness of offices": (mean(Offices, "closeness"), "share", POINT),
    "principals' leadership": (mean(Schools, "leadership"), "0-1", POINT),
    "useless methods held to work": (
        lambda s: float((s[Projects].believed & (s[Projects].effect == 0)).sum()), "methods",
        Smallest(1.0, "assumption: one method"),
    ),
}  # fmt: skip
