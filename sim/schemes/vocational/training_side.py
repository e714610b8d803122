"""The training side: instructors reached through training offices, examination boards through the county."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.vocational.assumptions import TrainingSide
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners
from sim.state import State
from sim.world.borders import added_up


def reach(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: instructors and board members take courses as far as money and offices go; leavers take theirs along."""
    if state.now.season is not Season.AUTUMN:
        return
    owners, a, levers = state[CountyOwners], p[TrainingSide], p[Vocational]
    offices, instructors, members = (
        added_up(owners.owner, column, len(owners))
        for column in (owners.training_offices, owners.instructors, owners.board_members)
    )
    boards_nok = owners.training_nok * levers.boards_share
    owners.boards_reached[:] = persons(boards_nok, members, a)
    by_offices = np.minimum(instructors, offices * a.office_reach)
    owners.instructors_reached[:] = persons(owners.training_nok - boards_nok, by_offices, a)
    owners.instructor_competence[:] = competence(
        owners.instructor_competence, owners.instructors_reached, instructors, a
    )
    owners.board_competence[:] = competence(owners.board_competence, owners.boards_reached, members, a)
    spent = np.rint((owners.boards_reached + owners.instructors_reached) * a.person_nok)
    owners.used_nok[:] = np.minimum(owners.used_nok + spent, owners.pot_nok)


def persons(nok: Floats, most: Floats, a: TrainingSide) -> Floats:
    """Persons that the money reaches, shape (counties,), and no more than there are to reach."""
    return np.minimum(nok / a.person_nok, most)


def competence(before: Floats, reached: Floats, everybody: Floats, a: TrainingSide) -> Floats:
    """Mean competence after a year, in [0, 1], shape (counties,): gained by those reached, lost with those who leave."""
    share = reached / np.maximum(everybody, 1)
    return np.asarray(before + a.gain * share * (1 - before) - a.lost * (before - a.start))


PROCESS = Process(
    "vocational.training_side",
    reach,
    "Instructors and examination boards get their part of the money.",
    "AFI-rapport 2026:02, 4.2-4.4",
)
