"""Turnover of teachers, principals and municipal heads of schools."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Uniform

_NORWAY = (
    "level recalled from Norwegian register studies; Falch & Strøm 2005: 18.2 % in unpopular small schools"
)


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Turnover(Group, key="turnover", title="Turnover of staff"):
    """Yearly chances of leaving, and who comes instead."""

    teacher_exit_central: float = uncertain(
        0.11, unit="share per year", bounds=(0.02, 0.4), prior=Beta(0.11, 0.015), source=_NORWAY,
        meaning="chance that a teacher leaves the school within a year, central municipalities",
    )
    teacher_exit_middle: float = uncertain(
        0.14, unit="share per year", bounds=(0.02, 0.4), prior=Beta(0.14, 0.02), source=_NORWAY,
        meaning="chance that a teacher leaves the school within a year, middling municipalities",
    )
    teacher_exit_remote: float = uncertain(
        0.18, unit="share per year", bounds=(0.02, 0.5), prior=Beta(0.18, 0.025), source=_NORWAY,
        meaning="chance that a teacher leaves the school within a year, remote municipalities",
    )
    early_years: float = fixed(
        3.0, unit="years", bounds=(0.0, 10.0), source=_NORWAY,
        meaning="experience up to which teachers leave more often",
    )
    early_factor: float = fixed(
        1.6, unit="factor", bounds=(0.5, 3.0), source=_NORWAY,
        meaning="how much more often the least experienced leave",
    )
    settled_from: float = fixed(
        6.0, unit="years", bounds=(0.0, 20.0), source=_NORWAY,
        meaning="experience from which teachers leave less often",
    )
    settled_to: float = fixed(
        25.0, unit="years", bounds=(10.0, 50.0), source=_NORWAY,
        meaning="experience up to which teachers leave less often",
    )
    settled_factor: float = fixed(
        0.8, unit="factor", bounds=(0.2, 2.0), source=_NORWAY,
        meaning="how much less often settled teachers leave",
    )
    fatigue_factor: float = uncertain(
        0.3, unit="share per 0-1", bounds=(0.0, 2.0), prior=Beta(0.3, 0.12),
        source="assumption after AFI-rapport 2026:02, 3.7",
        meaning="how much more often teachers leave a staff room wholly tired of initiatives",
    )
    retirement_from: float = fixed(
        62.0, unit="years of age", bounds=(55.0, 70.0), source="Norwegian pension rules (AFP)",
        meaning="age from which teachers retire",
    )
    retirement_chance: float = fixed(
        0.25, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="chance of retiring within a year from that age on",
    )
    retirement_latest: float = fixed(
        70.0, unit="years of age", bounds=(60.0, 75.0), source="Norwegian age limit",
        meaning="age at which everybody retires",
    )
    newcomer_share: float = uncertain(
        0.35, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.25, 0.45),
        source="assumption: a fourth, were schools to hire from each other most, or near half, were each leaver to leave for good",
        meaning="successors who are new to the profession; the others come from other schools",
    )
    principal_exit: float = uncertain(
        0.12, unit="share per year", bounds=(0.02, 0.4), prior=Beta(0.12, 0.03),
        source="recalled; 0.15-0.18 in small and remote places",
        meaning="chance that a principal leaves within a year",
    )
    principal_remote_factor: float = fixed(
        1.35, unit="factor", bounds=(0.5, 3.0), source="recalled; 0.15-0.18 in small and remote places",
        meaning="how much more often principals leave in remote municipalities",
    )
    head_exit: float = uncertain(
        0.13, unit="share per year", bounds=(0.02, 0.5), prior=Beta(0.13, 0.04), source="assumption",
        meaning="chance that a municipal head of schools leaves within a year [F6]",
    )
    head_memory_fte: float = uncertain(
        1.0, unit="man-years", bounds=(0.1, 5.0), prior=LogNormal(1.0, 0.4, 2.5), source="assumption",
        meaning="owner's staff at which half of its competence outlives a change of head; less staff, less memory [F6]",
    )
    merger_shakes: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.05, 0.4),
        source="assumption after AFI-rapport 2021:09, 2.1: what merged municipalities lack is a common culture",
        meaning="part of the owner's competence that is of no use where municipalities have become one: plans and routines differ",
    )
