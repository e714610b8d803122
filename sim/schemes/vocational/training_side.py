"""The training side: instructors reached through training offices, examination boards through the county."""

from __future__ import annotations

import numpy as np

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.implementing import saturating
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.vocational.assumptions import CountyWork, TakeUp, TrainingSide
from sim.schemes.vocational.granting import carried_part
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners
from sim.schemes.vocational.take_up import learned
from sim.state import State


def reach(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn, for the whole school year: courses for instructors and board members."""
    if state.now.season is Season.AUTUMN:
        hold_courses(state, p)


@rule
def hold_courses(owners: CountyOwners, levers: Vocational, a: TrainingSide, t: TakeUp, c: CountyWork) -> None:
    """Instructors and board members take courses as far as money and offices go; leavers take theirs along.

    Counties with routine move to them what schools leave unused of the year's money, as far as they know of it. Money carried
    over is used last, comes once, and stays the schools'.
    """
    offices, instructors, members = np.zeros(len(owners)), np.zeros(len(owners)), np.zeros(len(owners))
    for k in range(len(owners)):
        offices[owners.owner[k]] += owners.training_offices[k]
        instructors[owners.owner[k]] += owners.instructors[k]
        members[owners.owner[k]] += owners.board_members[k]
    for k in range(len(owners)):
        known = saturating(owners.experience[k], c.training_years)
        moved = t.moved_share * learned(owners.experience[k], t) * known
        nok = owners.training_nok[k] + max(owners.left_nok[k] - carried_part(owners, k), 0.0) * moved
        boards_nok = nok * levers.boards_share
        on_boards = persons(boards_nok, members[k], a)
        by_offices = min(instructors[k], offices[k] * a.office_reach)
        in_firms = persons(nok - boards_nok, by_offices, a)
        owners.boards_reached[k], owners.instructors_reached[k] = on_boards, in_firms
        owners.instructor_competence[k] = competence(
            owners.instructor_competence[k], in_firms, instructors[k], a
        )
        owners.board_competence[k] = competence(owners.board_competence[k], on_boards, members[k], a)
        spent = round((on_boards + in_firms) * a.person_nok)
        owners.used_nok[k] = min(owners.used_nok[k] + spent, owners.pot_nok[k])


@formula
def persons(nok: float, most: float, a: TrainingSide) -> float:
    """Persons that the money reaches, and no more than there are to reach."""
    return min(nok / a.person_nok, most)


@formula
def competence(before: float, reached: float, everybody: float, a: TrainingSide) -> float:
    """Mean competence after a year, in [0, 1]: gained by those reached, lost with those who leave."""
    share = reached / max(everybody, 1.0)
    return before + a.gain * share * (1 - before) - a.lost * (before - a.start)


PROCESS = Process(
    "vocational.training_side",
    reach,
    "Instructors and examination boards get their part of the money.",
    "AFI-rapport 2026:02, 4.2-4.4",
)
