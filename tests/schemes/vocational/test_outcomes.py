"""The vocational outcomes by hand, and that reading them changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from sim.schemes.vocational.outcomes import OUTCOMES
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers
from sim.state import State
from tests.schemes.vocational.small_county import parameters, small_county


def read(state: State) -> dict[str, float]:
    return {outcome.key: float(outcome.measure(state, parameters())[0]) for outcome in OUTCOMES}


def test_what_is_read_is_what_is_there() -> None:
    state = small_county()
    owners, schools, teachers = state[CountyOwners], state[UpperSchools], state[VocationalTeachers]
    teachers.measure[:] = [SmallMeasure.STAY, 0, 0, 0, 0, 0, 0, 0]
    teachers.unmet[7] = True
    teachers.asked[[0, 6, 7]] = True  # one of them got it too late
    schools.in_collective[1] = True
    schools.collective[:] = [0.3, 0.5, 0.3]
    schools.takes_part[2] = False
    owners.used_nok[:], owners.hours[:] = [300_000, 100_000], [10, 20]
    owners.instructors_reached[:], owners.boards_reached[:] = [5, 6], [1, 2]
    owners.board_competence[:] = 1.0  # 200 of 1,200 persons
    owners.visibility[:] = [1.0, 0.5]
    owners.grant_nok[:], owners.own_nok[:] = [600_000, 200_000], [50_000, 0]
    schools.firm_ties[:] = [0.5, 0.1, 0.1]
    before = state.copy()
    assert read(state) == pytest.approx(
        {
            "voc_schools": 2, "voc_teachers_reached": 3 / 8, "voc_reached": 3, "voc_subject": 0.5, "voc_unmet": 1 / 3,
            "voc_collective": 0.35, "voc_teaching": 0.5, "voc_training_side": 14, "voc_assessing": 0.5,
            "voc_unspent": 0.5, "voc_hours": 30, "voc_role_clarity": 0.5, "voc_visibility": 0.75,
            "voc_firm_ties": 0.3, "voc_grant_nok": 800_000, "voc_own_nok": 50_000,
        }
    )  # fmt: skip
    for table, kept in zip(state, before, strict=True):
        for name, values in table.arrays().items():
            assert np.array_equal(values, kept.arrays()[name]), name


def test_what_does_not_apply_is_no_number() -> None:
    state = small_county()
    state[CountyOwners].pot_nok[:] = 0
    found = read(state)
    assert np.isnan(found["voc_unmet"])
    assert np.isnan(found["voc_unspent"])


def test_counties_that_are_part_of_another_do_not_count_for_themselves() -> None:
    state = small_county()
    owners = state[CountyOwners]
    owners.owner[:], owners.role_clarity[:] = 0, [0.4, 0.9]
    assert read(state)["voc_role_clarity"] == pytest.approx(0.4)
