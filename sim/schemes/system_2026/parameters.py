"""Guidance of new teachers, the governor's two roles, and help with owners' analyses: levers and assumptions."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, lever, uncertain
from sim.parameters.priors import Beta, Uniform

_S1 = "AFI-rapport 2026:02, 5.2.2"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class NewTeachers(Group, key="system_2026.new_teachers", title="System from 2026: guidance of new teachers"):
    """Money for guidance beyond what schools give anyway."""

    grant_nok: float = lever(
        0.0, unit="NOK a year", bounds=(0.0, 2e9), source=_S1,
        meaning="state money for the guidance of new teachers",
    )
    on_application: bool = lever(
        True, unit="yes/no", source=_S1,
        free="the same money: what is shared out is not there for those who can apply",
        meaning="whether owners must apply for it; otherwise it is shared out by new teachers",
    )
    teacher_nok: float = fixed(
        40_000.0, unit="NOK a year", bounds=(1000.0, 500_000.0), source="assumption: time for mentor and new teacher",
        meaning="price of a year's full guidance of one new teacher",
    )
    new_years: float = fixed(
        2.0, unit="years", bounds=(0.5, 5.0), source="national principles of 2018: the first two years",
        meaning="experience below which a teacher is new",
    )
    gain: float = uncertain(
        0.3, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5),
        source="assumption after Ingersoll & Strong 2011",
        meaning="part of the beginner's gap that a year of full guidance closes beyond what passes by itself",
    )
    apply_power: float = uncertain(
        1.0, unit="exponent", bounds=(0.0, 3.0), prior=Uniform(0.5, 1.5),
        source="assumption, as with national programmes (AFI-rapport 2026:02, 1.1)",
        meaning="how much an owner's capacity and competence to apply decide who gets it",
    )
    apply_half: float = fixed(
        0.25, unit="man-years of full competence", bounds=(0.01, 10.0),
        source="assumption: about the median owner's",
        meaning="capacity times competence at which every other owner applies",
    )


class Leaders(Group, key="system_2026.leaders", title="System from 2026: education of school leaders"):
    """Money for the education of principals beyond what there has been."""

    grant_nok: float = lever(
        0.0, unit="NOK a year", bounds=(0.0, 2e9),
        source=_S1 + "; today's education of leaders is in how schools are led; the figure is an assumption",
        meaning="state money for the education of school leaders, beyond today's",
    )
    place_nok: float = fixed(
        100_000.0, unit="NOK", bounds=(10_000.0, 1e6),
        source="assumption: study, travel, and somebody in the principal's place",
        meaning="price of a place",
    )
    gain: float = uncertain(
        0.15, unit="share of the gap", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.3), source="assumption",
        meaning="part of what a principal lacks in leading development that a place closes",
    )
    away: float = uncertain(
        0.15, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.05, 0.25),
        source="assumption: a place takes about a day a week",
        meaning="part of the school's time for development work that is lost while the principal studies",
    )


class Roles(Group, key="system_2026.roles", title="System from 2026: specialised roles in schools"):
    """Money for teachers with a role of their own."""

    grant_nok: float = lever(
        0.0, unit="NOK a year", bounds=(0.0, 2e9), source=_S1 + "; the figure is an assumption",
        meaning="state money for specialised roles in schools",
    )
    role_nok: float = fixed(
        80_000.0, unit="NOK a year", bounds=(5_000.0, 1e6), source="assumption: a tenth of a post, and a supplement",
        meaning="price of a role in a school",
    )
    holds: float = uncertain(
        0.1, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2), source="assumption",
        meaning="upkeep of changed practice that a specialised role adds in its school",
    )


class GovernorRoles(Group, key="system_2026.governor", title="System from 2026: the governor's two roles"):
    """Supervision and support in one hand."""

    linked: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0), source=_S1 + "; the figure is an assumption",
        meaning="how far the governor links supervision and support",
    )
    link_fte: float = fixed(
        0.3, unit="man-years", bounds=(0.0, 5.0),
        source="assumption after " + _S1 + ": it takes reorganisation and more resources",
        meaning="what wholly linked roles take of an office's staff",
    )
    insight_gain: float = uncertain(
        0.3, unit="share of the gap", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5),
        source="assumption after " + _S1 + "; AFI-rapport 2021:09 [F2]",
        meaning="how much better an office knows owners' needs where what supervision finds is fully used",
    )
    role_conflict: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source="assumption after AFI-rapport 2021:09, 3.2 [F5]",
        meaning="part of the closeness in the triangle lost where the helper is also the inspector",
    )


class OwnerAnalysis(
    Group, key="system_2026.owner_analysis", title="System from 2026: owners' analyses strengthened"
):
    """The system rests on owners' needs analyses; help for those who are weak in it."""

    help: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0),
        source=_S1 + ": owners' analyses are doubted; the figure is an assumption",
        meaning="how much help owners get who are weak in analysing and leading",
    )
    hours: float = uncertain(
        60.0, unit="hours a year", bounds=(0.0, 1000.0), prior=Uniform(30.0, 90.0),
        source="assumption: about eight working days for each owner",
        meaning="UH's hours that full help takes for each owner below the level; the scheme's grant pays for them",
    )
    pace: float = uncertain(
        0.3, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5), source="assumption",
        meaning="how fast full help lifts an owner towards the level below",
    )
    level: float = uncertain(
        0.55, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.55, 0.06), source="assumption",
        meaning="competence up to which help lifts",
    )
