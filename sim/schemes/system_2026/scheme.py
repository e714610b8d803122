"""The lasting system from 2026 as a table of processes: what it adds beside the schemes it joins."""

from __future__ import annotations

from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.scheme import Scheme
from sim.schemes.system_2026 import further_education, governor, leaders, new_teachers, owner_analysis, roles
from sim.schemes.system_2026.further_education_parameters import FurtherEducation
from sim.schemes.system_2026.outcomes import OUTCOMES
from sim.schemes.system_2026.parameters import GovernorRoles, Leaders, NewTeachers, OwnerAnalysis, Roles
from sim.schemes.system_2026.state import OfficeTraits, SystemOwners, SystemSchools
from sim.state import State
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools
from sim.year_parts import Part


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme's tables in a new world."""
    offices = state[Offices]
    state[SystemOwners] = SystemOwners.blank(len(state[Municipalities]))
    schools = state[Schools]
    state[SystemSchools] = SystemSchools.blank(len(schools))
    state[SystemSchools].role_rank[:] = draw.uniform("specialised role of a school", schools.id)
    state[OfficeTraits] = OfficeTraits(
        insight=offices.insight.copy(),
        owner_insight=offices.owner_insight.copy(),
        closeness=offices.closeness.copy(),
    )


SCHEME = Scheme(
    key="system_2026",
    title="The lasting system from 2026",
    groups=(FurtherEducation, NewTeachers, Leaders, Roles, GovernorRoles, OwnerAnalysis),
    set_up=set_up,
    processes={
        Part.BORDERS: (governor.PROCESS,),
        Part.ASKING: (further_education.ASK, owner_analysis.ASK),
        Part.PLANNING: (leaders.PROCESS,),
        Part.MEASURES: (
            owner_analysis.PROCESS,
            further_education.EDUCATE,
            new_teachers.PROCESS,
            roles.PROCESS,
        ),
    },
    outcomes=OUTCOMES,
)
