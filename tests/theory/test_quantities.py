"""Two owners: Rogaland's with two schools of 5 and 3 teachers, Vestland's with one of 4 (`small_scheme`)."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedSchools, DecentralisedUH, Ties
from sim.schemes.follow_up.state import FollowUpOwners, Phase
from sim.schemes.vocational.levers import ForumRole
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers
from sim.theory.quantities import QUANTITIES
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.schemes.vocational.small_county import parameters as county_parameters
from tests.small_world import parameters
from tests.theory.small_country import small_country


def measured(name: str, state: State, **values: Value) -> list[float]:
    found: list[float] = np.round(QUANTITIES[name](state, parameters(**values)), 6).tolist()
    return found


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_is_a_value_for_each_municipality_or_county(name: str) -> None:
    values = QUANTITIES[name](small_country(), Parameters(REGISTRY, {}))
    assert values.shape == (2,)  # there are two of both
    assert values.dtype == np.float64
    assert np.isfinite(values[~np.isnan(values)]).all()


def test_the_fit_of_measures_is_what_the_analysis_hits_and_is_followed() -> None:
    # Half tailored, and a package keeps half of the fit: 0.75 of a hit of 0.5.
    state = small_scheme()
    values: dict[str, Value] = {"decentralised_partners__package_fit": 0.5}
    assert measured("fit_of_next_measures", state, **values) == [0.375, 0.375]
    # Of Rogaland's schools five teachers have a fit of 0.4 and three one of 0.5; Vestland has no measure.
    assert measured("fit_of_measures", state, **values) == [pytest.approx((5 * 0.4 + 3 * 0.5) / 8), 0]


def test_teachers_take_part_where_there_is_something_to_take_part_in() -> None:
    state = small_scheme()
    state[Schools].involvement[:] = [0.2, 0.6, 0.9]
    found = measured("teachers_involved", state)
    assert found[0] == pytest.approx((5 * 0.2 + 3 * 0.6) / 8)
    assert np.isnan(found[1])


def test_learning_is_as_collective_as_the_staff_room_and_the_measure_together() -> None:
    state = small_scheme()
    state[Schools].community[:] = [0.4, 0.3, 0.5]
    state[DecentralisedSchools].coverage[:] = [0.9, 0.3, 0]
    assert measured("collective_learning", state) == [pytest.approx((5 * 0.6 + 3 * 0.3) / 8), 0]


def test_years_count_only_in_measures() -> None:
    state = small_scheme()
    state[DecentralisedSchools].stage[:] = [2.0, 1.0, 3.0]  # Vestland's last measure is over
    assert measured("years_unbroken", state) == [(5 * 2 + 3 * 1) / 8, 0]
    assert measured("schools_in_measure", state) == [1, 0]


def test_money_is_counted_per_teacher_and_in_parts_of_the_grant() -> None:
    state = small_scheme()
    assert measured("grant_per_teacher", state) == [10_000, 5_000]
    assert measured("uh_part", state) == [0.5, 0.5]
    assert measured("own_part", state) == [0.3, 0.3]
    state[DecentralisedOwners].grant_nok[1] = 0
    assert np.isnan(measured("uh_part", state)[1])


def test_the_forum_has_a_say_only_as_far_as_money_goes_through_it() -> None:
    state = small_scheme()
    state[DecentralisedOwners].voice[:] = [1.2, 0.8]
    mixed: dict[str, Value] = {"decentralised__market_share": 0.25, "decentralised__hierarchy_share": 0.25}
    assert measured("through_forum", state, **mixed) == [0.5, 0.5]
    assert measured("say_in_forum", state, **mixed) == [1.2, 0.8]
    assert measured("by_programme", state, **mixed) == [0.25, 0.25]
    market: dict[str, Value] = {"decentralised__market_share": 1.0, "decentralised__hierarchy_share": 0.0}
    assert measured("say_in_forum", state, **market) == [0, 0]


def test_uh_is_judged_by_hours_and_by_its_competence() -> None:
    state = small_scheme()
    state[DecentralisedUH].capacity_hours[:] = [80, 40]
    state[DecentralisedUH].demand_hours[:] = [100, 20]
    assert measured("uh_hours_met", state) == [0.8, 1.0]
    # Units of quality 0.6 and 0.4, with process competence of 0.5; nothing is made up for.
    assert measured("uh_competence", state, decentralised_uh__lifted=0.0) == [0.55, 0.45]
    state[DecentralisedUH].teaching[:] = [0.7, 0.3]
    assert measured("uh_teaching", state) == [0.7, 0.3]


def test_a_partnership_is_as_strong_as_equality_and_understanding_together() -> None:
    state = small_scheme()
    state[Ties].equality[:], state[Ties].shared[:] = 0.9, 0.4
    assert measured("partnership", state) == [0.6, 0.6]


def of_counties(name: str, **values: Value) -> list[float]:
    """Rogaland's six vocational teachers sit in schools of four and two, Vestland's two in one."""
    found: list[float] = np.round(QUANTITIES[name](small_country(), county_parameters(**values)), 6).tolist()
    return found


def test_a_county_is_judged_by_its_teachers() -> None:
    state = small_country()
    schools, teachers = state[UpperSchools], state[VocationalTeachers]
    teachers.measure[:] = [SmallMeasure.STAY, SmallMeasure.COURSE, 0, 0, SmallMeasure.SECOND_TEACHER, 0, 0, 0]
    teachers.subject[:] = [0.8, 0.8, 0.8, 0.2, 0.2, 0.2, 0.4, 0.6]
    schools.in_collective[:], schools.stage[:], schools.collective[:] = (
        [False, False, True],
        [0, 0, 2],
        [0.3, 0.6, 0.5],
    )
    p = county_parameters()
    assert QUANTITIES["voc_reached"](state, p).tolist() == [0.5, 1.0]
    schools.firm_ties[:] = [0.6, 0.3, 0.2]
    assert QUANTITIES["voc_firm_ties"](state, p).tolist() == pytest.approx([(4 * 0.6 + 2 * 0.3) / 6, 0.2])
    assert QUANTITIES["voc_up_to_date"](state, p).tolist() == pytest.approx([0.5, 0.5])
    assert QUANTITIES["voc_years_together"](state, p).tolist() == [0, 2]
    assert QUANTITIES["voc_collective_learning"](state, p).tolist() == pytest.approx(
        [(4 * 0.3 + 2 * 0.6) / 6, 0.5]
    )
    state[CountyOwners].grant_nok[:] = [600_000, 100_000]
    assert QUANTITIES["voc_grant_per_teacher"](state, p).tolist() == [100_000, 50_000]


def test_a_county_is_judged_by_its_forum_too() -> None:
    assert of_counties("voc_forum_decides") == [0, 0]
    assert of_counties("voc_forum_decides", vocational__forum_role=ForumRole.DECIDING) == [1, 1]
    assert of_counties("voc_by_plan", vocational__plan=True) == [1, 1]
    assert of_counties("voc_by_plan", vocational__plan=False) == [0, 0]
    assert of_counties("voc_years_of_forum", vocational__active=False) == [0, 0]
    assert of_counties("voc_hit") == [1.0, 1.0]  # a half, which is usual
    assert of_counties("voc_teaching_gained") == [0, 0]
    assert of_counties("voc_assessing") == [0.4, 0.4]
    assert of_counties("voc_roles_unclear") == [0.5, 0.5]


def test_what_teachers_gained_is_told_by_their_own_baseline() -> None:
    state = small_scheme()
    state[Teachers].practice[:] = state[Teachers].baseline
    state[Teachers].practice[:5] += 0.8  # all of the first school
    assert measured("practice_gained", state) == [pytest.approx(0.5), 0]


def test_the_environment_rests_on_climate_practice_community_and_measures_on_it() -> None:
    state = small_scheme()
    schools = state[Schools]
    schools.climate[:], schools.practice[:], schools.community[:], schools.environment[:] = 0.2, 0.5, 0.7, 0.3
    values: dict[str, Value] = {
        "results__practice_to_climate": 0.4,
        "results__community_to_climate": 0.5,
        "results__community_usual": 0.5,
    }
    assert measured("environment", state, **values) == [pytest.approx(0.2 + 0.2 + 0.1 + 0.3)] * 2


def test_the_limit_divides_those_who_succeed_from_the_others() -> None:
    state = small_scheme()
    state[Schools].intake[:], state[Schools].taught[:], state[Schools].value_added[:] = [1, 1, -4], 0, 0
    assert measured("above_limit", state, results__limit_points=-3.0) == [4, -1]


def test_the_challenge_of_follow_up_concerns_those_under_the_limit() -> None:
    state = small_scheme()
    state[Schools].intake[:], state[Schools].taught[:], state[Schools].value_added[:] = [1, 1, -4], 0, 0
    state[Municipalities].load[:] = [0.7, 1.4]
    found = measured("load_under_limit", state, results__limit_points=-3.0)
    assert np.isnan(found[0])
    assert found[1] == 1.4
    assert measured("supported_under_limit", state, results__limit_points=-3.0)[1] == 0
    state[FollowUpOwners].phase[1] = Phase.PREPHASE
    assert measured("supported_under_limit", state, results__limit_points=-3.0)[1] == 1


def test_conditions_of_follow_up_concern_those_in_it_and_results_those_whom_measures_reached() -> None:
    state = small_scheme()
    f = state[FollowUpOwners]
    f.phase[:] = [Phase.PREPHASE, Phase.AFTERWARDS]
    f.guide_match[:], f.anchoring[:] = 0.7, 0.4
    assert measured("guide_match", state, follow_up__prephase_years=1.0)[0] == 0.7
    assert np.isnan(measured("guide_match", state)[1])
    assert np.isnan(measured("anchoring", state)[0])
    assert measured("anchoring", state)[1] == 0.4


def test_without_a_pre_phase_no_guide_fits() -> None:
    state = small_scheme()
    state[FollowUpOwners].phase[:] = Phase.IMPLEMENTATION
    state[FollowUpOwners].guide_match[:], state[FollowUpOwners].guide_hours[:] = 0.7, 250
    assert measured("guide_match", state, follow_up__prephase_years=0.0) == [0, 0]
    assert measured("follow_up_guide_hours", state, follow_up__prephase_years=0.0) == [0, 0]
    assert measured("follow_up_guide_hours", state, follow_up__prephase_years=1.0) == [250, 250]
