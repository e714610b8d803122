"""The follow-up scheme (oppfølgingsordningen) as a table of processes."""

from __future__ import annotations

from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.follow_up import (
    afterwards,
    dialogue,
    draw,
    draw_scoring,
    governors,
    implementation,
    peers,
    phases,
    prephase,
    release,
    targeting,
    threat,
    year_wheel,
)
from sim.schemes.follow_up.assumptions import (
    Acceptance,
    Governors,
    Grounds,
    Implementation,
    Peers,
    Prephase,
    Targeting,
    Will,
    YearWheel,
)
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_state import blank_draw_tables
from sim.schemes.follow_up.guides import recruit
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.outcomes import OUTCOMES
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, FollowUpSchools
from sim.schemes.scheme import Scheme
from sim.state import State
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools
from sim.year_parts import Part


def set_up(state: State, p: Parameters, luck: Draws) -> None:
    """The scheme's tables in a new world."""
    n_schools = len(state[Schools])
    offices = FollowUpOffices.blank(len(state[Offices]))
    offices.role_clarity[:] = p[Governors].clarity_start
    tables = [
        FollowUpOwners.blank(len(state[Municipalities])),
        FollowUpSchools.blank(n_schools),
        offices,
        recruit(state[Offices].id, p[Prephase], luck),
        *blank_draw_tables(n_schools),
    ]
    for table in tables:
        state[type(table)] = table


SCHEME = Scheme(
    key="follow_up",
    title="The follow-up scheme",
    groups=(
        FollowUp,
        Draw,
        Acceptance,
        Grounds,
        Will,
        Peers,
        Prephase,
        Governors,
        YearWheel,
        Targeting,
        Implementation,
    ),
    set_up=set_up,
    processes={
        Part.NEW_YEAR: (draw_scoring.PROCESS, release.RELEASE),
        Part.DRAW: (draw.PROCESS, peers.TELL, targeting.PROCESS, dialogue.PROCESS),
        Part.ASKING: (phases.ADVANCE, phases.ASK, governors.PROCESS, peers.ASK, threat.ASK, year_wheel.TURN),
        Part.MEASURES: (
            phases.GIVE,
            peers.SETTLE,
            prephase.PROCESS,
            implementation.PROCESS,
            threat.ACT,
            afterwards.PROCESS,
        ),
    },
    outcomes=OUTCOMES,
)
