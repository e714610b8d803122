"""Readings of the system from 2026 and of the schemes beside it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.claims_check.figures import BEGINNER, OfState, gap, mean, population
from sim.outcomes.smallest import POINT, PRACTICE, Smallest
from sim.schemes.innovation.state import Projects
from sim.schemes.system_2026.state import SystemOwners
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools, Teachers

OF_SYSTEM: Mapping[str, tuple[OfState, str, Smallest]] = {
    "fit where owners analyse well": (lambda s: gap(s[SystemOwners].fit, s[Municipalities].competence), "0-1", POINT),
    "owners' competence": (mean(Municipalities, "competence"), "0-1", POINT),
    "guided where owners have staff": (
        lambda s: gap(s[SystemOwners].guided, s[Municipalities].capacity_fte * s[Municipalities].competence), "share",
        POINT,
    ),
    "further education of large owners": (
        lambda s: gap(
            s[SystemOwners].places
            / np.maximum(np.bincount(s[Schools].municipality, s[Schools].n_teachers), 1),
            population(s),
        ),
        "share",
        Smallest(0.001, "assumption: one teacher in a thousand; about one in twenty studies"),
    ),
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
