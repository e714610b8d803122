"""A country to put questions to: three owners, six schools, two UH units, two forums, with every table that is asked about.

    row  county              UH unit  schools (rows)
     0   Rogaland            0        0, 1
     1   Rogaland            1        2, 3
     2   Agder (not asked)   1        4, 5

In every school but the last a measure is under way.
"""

from __future__ import annotations

import numpy as np

from sim.declared import REGISTRY
from sim.half_year import HalfYear
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.expectation_state import (
    ForumExpectations,
    SchoolExpectations,
    TieExpectations,
    UHExpectations,
)
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, FollowUpSchools, Guides
from sim.schemes.vocational.state import CountyOwners
from sim.state import State
from sim.state.places import Counties, Municipalities, Networks, Offices, UHUnits
from sim.state.schools import Schools
from sim.surveys.waves import T1
from tests.small_world import filled

PLAIN: dict[str, Value] = {
    "survey.perception_owner": 0.0,
    "survey.perception_leader": 0.0,
    "survey.distance": 0.0,
    "survey.expectation_strength": 0.0,
    "survey.wave_sd": 0.0,
    "survey.person_sd": 1.0,
    **{f"survey.no_opinion_{kind}": 0.0 for kind in ("forum", "owner", "uh", "rep")},
    **{d.name: 0.0 for d in REGISTRY.by_name.values() if d.name.startswith("survey.difficulty_")},
}
"""Everybody sees alike, everybody has an opinion, no question is harder than another."""


def parameters(**values: Value) -> Parameters:
    """The plain values but for those given by the field's name in the survey's group."""
    return Parameters(REGISTRY, {**PLAIN, **{f"survey.{field}": value for field, value in values.items()}})


def small_country(now: HalfYear = T1) -> State:
    """The country of this module's docstring, nobody drawn; every quantity asked about stands at one half."""
    state = State(
        now,
        [
            filled(Offices, 2, id=[1, 2], name=["Rogaland", "Agder"], closeness=0.5, north=[False, True]),
            filled(Counties, 2, id=[11, 42], name_2020=["Rogaland", "Agder"], office=[0, 1]),
            filled(Networks, 2, id=[0, 1], county=[0, 1]),
            filled(UHUnits, 2, id=[7, 8], quality=0.5, capacity_fte=[3, 1]),
            filled(
                Municipalities, 3, id=[1101, 1102, 4201], county=[0, 0, 1], network=[0, 0, 1],
                uh_unit=[0, 1, 1], capacity_fte=[1.0, 0.4, 0.6], competence=0.5, load=1.0, unqualified=0.25,
                robek=[True, False, False],
            ),
            filled(
                Schools, 6, id=100 + np.arange(6), municipality=[0, 0, 1, 1, 2, 2], n_teachers=10,
                first_grade=1, last_grade=10,
                teacher_turnover=0.25, involvement=0.5, community=0.5,
            ),
            filled(Forums, 2, id=[0, 1], county=[0, 1], satisfaction=0.5),
            filled(CountyForums, 2, forum=[0, 1]),
            filled(Ties, 3, uh_unit=[0, 1, 1], equality=0.5, shared=0.5, together=0.5),
            filled(DecentralisedOwners, 3, strengthened=0.5, grant_nok=1000, own_nok=300, uh_nok=600),
            filled(
                DecentralisedSchools, 6, in_measure=[1, 1, 1, 1, 1, 0], coverage=0.5, fit=0.5, codetermination=0.5
            ),
            filled(DecentralisedUH, 2, process_competence=0.5, teaching=0.5),
            ForumExpectations.blank(2), TieExpectations.blank(3), SchoolExpectations.blank(6), UHExpectations.blank(2),
            FollowUpOwners.blank(3),
            FollowUpSchools.blank(6),
            filled(Guides, 4, id=np.arange(4), office=[0, 0, 1, 1], private=[True, False, False, False], in_pool=True),
            filled(FollowUpOffices, 2, role_clarity=0.5),
            DrawRegister.blank(0),
            filled(CountyOwners, 2, owner=[0, 1], role_clarity=0.5),
        ],
    )  # fmt: skip
    assert state.breaches() == []
    return state
