"""Two owners: Rogaland's with two schools of 5 and 3 teachers, Vestland's with one of 4 (`small_scheme`)."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedSchools, DecentralisedUH
from sim.schemes.follow_up.state import FollowUpOwners, Phase
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers
from sim.theory.quantities import QUANTITIES
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import parameters


def measured(name: str, state: State, **values: Value) -> list[float]:
    found: list[float] = np.round(QUANTITIES[name](state, parameters(**values)), 6).tolist()
    return found


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_is_a_value_for_each_municipality(name: str) -> None:
    values = QUANTITIES[name](small_scheme(), Parameters(REGISTRY, {}))
    assert values.shape == (2,)
    assert values.dtype == np.float64
    assert np.isfinite(values[~np.isnan(values)]).all()


def test_the_fit_of_measures_is_what_the_analysis_hits_and_is_followed_relative_to_the_usual() -> None:
    # Half tailored, and a package keeps half of the fit: 0.75 of a hit of 0.5, over a usual fit of 0.25.
    state = small_scheme()
    values: dict[str, Value] = {
        "decentralised_partners__package_fit": 0.5,
        "implementing__usual_fit": 0.25,
    }
    assert measured("fit_of_next_measures", state, **values) == [1.5, 1.5]
    # Of Rogaland's schools five teachers have a fit of 0.4 and three one of 0.5; Vestland has no measure.
    assert measured("fit_of_measures", state, **values) == [pytest.approx((5 * 0.4 + 3 * 0.5) / 8 / 0.25), 0]


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


def test_uh_is_judged_by_hours_and_by_what_reaches_the_schools() -> None:
    state = small_scheme()
    state[DecentralisedUH].capacity_hours[:] = [80, 40]
    state[DecentralisedUH].demand_hours[:] = [100, 20]
    assert measured("uh_hours_met", state) == [0.8, 1.0]
    # Units of quality 0.6 and 0.4; Vestland's knowledge comes through enthusiasts, by half.
    values: dict[str, Value] = {
        "implementing__usual_quality": 0.5,
        "decentralised_partners__enthusiast_knowledge": 0.5,
    }
    assert measured("uh_knowledge", state, **values) == [1.2, 0.4]


def test_a_partnership_is_as_strong_as_trust_equality_and_understanding_together() -> None:
    assert measured("partnership", small_scheme()) == [0.5, 0.5]


def test_what_teachers_gained_is_told_by_their_own_baseline() -> None:
    state = small_scheme()
    state[Teachers].practice[:] = state[Teachers].baseline
    state[Teachers].practice[:5] += 0.8  # all of the first school
    assert measured("practice_gained", state) == [pytest.approx(0.5), 0]


def test_the_environment_rests_on_climate_practice_and_community() -> None:
    state = small_scheme()
    schools = state[Schools]
    schools.climate[:], schools.practice[:], schools.community[:] = 0.2, 0.5, 0.7
    values: dict[str, Value] = {
        "results__practice_to_climate": 0.4,
        "results__community_to_climate": 0.5,
        "results__community_usual": 0.5,
    }
    assert measured("environment", state, **values) == [pytest.approx(0.2 + 0.2 + 0.1)] * 2


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
