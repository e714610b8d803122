"""What those who are asked of the decentralised scheme have come to expect: a level for each thing asked about; 0 nothing yet."""

from __future__ import annotations

from sim.arrays import Floats
from sim.schemes.decentralised.state import PHASES
from sim.state import Table, column


class ForumExpectations(Table, per="forums"):
    """What members have come to expect of their forum."""

    expected_satisfaction: Floats = column(
        unit="0-1", meaning="cooperation that members expect", low=0, high=1
    )


class TieExpectations(Table, per="municipalities"):
    """What owners, UH and schools have come to expect of each owner's partnership."""

    expected_equality: Floats = column(unit="0-1", meaning="equality that is expected", low=0, high=1)
    expected_shared: Floats = column(
        unit="0-1", meaning="shared understanding that is expected", low=0, high=1
    )
    expected_together: Floats = column(
        unit="0-1",
        meaning="how far one expects to do needs, priorities, planning, carrying out, evaluation together",
        low=0,
        high=1,
        shape=(PHASES,),
    )
    expected_strengthened: Floats = column(
        unit="0-1", meaning="how far one expects taking part to strengthen the owner", low=0, high=1
    )


class SchoolExpectations(Table, per="schools"):
    """What schools have come to expect of measures; it follows them while one is under way."""

    expected_fit: Floats = column(unit="0-1", meaning="fit of measures that is expected", low=0, high=1)
    expected_involvement: Floats = column(unit="0-1", meaning="involvement that is expected", low=0, high=1)
    expected_collective: Floats = column(
        unit="0-1", meaning="collective development that is expected", low=0, high=1
    )


class UHExpectations(Table, per="uh_units"):
    """What UH units, and those who work with them, have come to expect of the units' work."""

    expected_competence: Floats = column(
        unit="0-1", meaning="competence for the work that is expected", low=0, high=1
    )
    expected_process_competence: Floats = column(
        unit="0-1", meaning="competence in leading development work that is expected", low=0, high=1
    )
    expected_practice_contact: Floats = column(
        unit="0-1", meaning="contact with practice that is expected", low=0, high=1
    )
    expected_teaching: Floats = column(
        unit="0-1", meaning="gain to teacher education expected", low=0, high=1
    )
    expected_research: Floats = column(unit="0-1", meaning="gain to research expected", low=0, high=1)
