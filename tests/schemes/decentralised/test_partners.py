"""Partnerships: trust and understanding that persons carry, equality, what is done together, and changes of partner."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Value
from sim.parameters.load import Load
from sim.schemes.decentralised.assumptions import Money, Partners
from sim.schemes.decentralised.partners import (
    best_partner,
    change,
    equality_called_for,
    kept_share,
    lasting,
    meet,
    missed_share,
    models,
    move_phases,
    settle,
    tailoring_called_for,
    top_of_shared,
    work_together,
)
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedUH, PartnershipModel, Ties
from sim.state import State
from sim.state.places import Counties, Municipalities, Networks
from sim.surveys.latents import EARLY
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, filled, luck, parameters

P, M = parameters()[Partners], parameters()[Money]
NETWORK = np.array([0.0, 0.0, 1.0])
SHARES = st.floats(0, 1)


def test_a_key_person_who_leaves_takes_trust_along_and_most_of_it_from_small_offices() -> None:
    cases = [
        (False, True, 0.5),
        (True, False, 0.5),
        (True, False, 0.8),
        (True, False, 0.0),
        (True, True, 0.5),
    ]
    # 30 % with UH's person; with the head 0.3 x 2 x what the office forgets
    assert [kept_share(*case, P) for case in cases] == pytest.approx([0.7, 0.7, 0.88, 0.4, 0.49])


@pytest.mark.parametrize(
    ("regime", "shared", "expected"),
    [
        (NETWORK, 0.25, 0.4),  # half of the 0.8 that networks can come to
        (NETWORK, 0.5, 0.8),
        (NETWORK, 0.9, 0.8),
        (np.array([1.0, 0, 0]), 0.9, 0.2),
        (np.array([0.0, 1.0, 0.0]), 0.9, 0.3),
        (np.array([0.5, 0.25, 0.25]), 0.5, 0.1 + 0.075 + 0.2),
    ],
)
def test_measures_are_tailored_in_networks_that_share_an_understanding(
    regime: np.ndarray, shared: float, expected: float
) -> None:
    assert tailoring_called_for(shared, regime, M) == pytest.approx(expected)


def test_equality_rests_on_competence_tailoring_and_clear_roles() -> None:
    cases = [(0, 0, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0)]  # competence, tailoring, clarity
    found = [equality_called_for(able, 0.0, tailored, clear, P) for able, tailored, clear in cases]
    assert found == pytest.approx([0.2, 0.4, 0.5, 0.5])


def test_partners_are_less_equal_where_uh_alone_can_lead_development() -> None:
    a = parameters(decentralised_partners__equality_gap=0.5)[Partners]
    # UH 0.4 ahead: half of that; a step behind: nothing
    assert equality_called_for(0.4, 0.8, 0.0, 0.0, a) == pytest.approx(0.2 + 0.3 * 0.4 - 0.2)
    assert equality_called_for(0.4, 0.2, 0.0, 0.0, a) == pytest.approx(0.2 + 0.3 * 0.4)


def test_planning_and_carrying_out_are_done_together_sooner_than_the_rest() -> None:
    ties = filled(Ties, 1, trust=0.8, equality=0.2)
    move_phases(ties, 0, 1.0, P)
    # A fifth of the way to the root of 0.16; half as much for needs, priorities and evaluation.
    assert np.delete(ties.together[0], EARLY) == pytest.approx([0.08] * 2)
    assert ties.together[0, EARLY] == pytest.approx([0.04] * 3)
    ordered = filled(Ties, 1, trust=0.8, equality=0.2)
    move_phases(ordered, 0, 0.4, P)
    assert ordered.together == pytest.approx(0.4 * ties.together)


def test_partners_meet_more_where_the_grant_rewards_it_and_owners_pay_in_hours() -> None:
    state = small_scheme()
    p = parameters(decentralised__conditional_share=0.4)
    work_together(state, p, Dice({"UH's key person leaves": {1101: 0.9, 4601: 0.9}}))
    # Effort 0.5, half of two fifths of what is held back: 0.6. Trust 0.5 + 0.1 x 0.6 x 0.5.
    assert state[Ties].trust == pytest.approx([0.53, 0.53])
    assert state[DecentralisedOwners].hours == pytest.approx([4, 4])


def test_half_a_year_of_partnership() -> None:
    state = small_scheme()
    state[Municipalities].new_head[:] = [False, True]
    state[DecentralisedUH].effort[:] = [0.7, 0.5]
    work_together(state, parameters(), Dice({"UH's key person leaves": {1101: 0.11, 4601: 0.09}}))
    ties = state[Ties]
    # Effort (0.5 + 0.7) / 2 and 0.5. Trust 0.5 + 0.1 x effort x 0.5; understanding 0.5 + 0.2 x effort x (0.9 - 0.5).
    # The second owner: a quarter of a man-year forgets 0.8, so 0.3 x 1.6 = 0.48 goes; UH's person takes 30 % (10 %); all of it
    # of what was built beyond the 0.4 with which strangers begin.
    kept = 0.52 * 0.7
    assert ties.trust == pytest.approx([0.53, 0.4 + 0.125 * kept])
    shared = 0.4 + 0.14 * kept
    assert ties.shared == pytest.approx([0.548, shared])
    # A fifth of the way from 0.5 to 0.8 and to 0.8 x 2 x what is shared; what was fitted goes with the persons too.
    assert ties.tailored == pytest.approx([0.56, kept * (0.5 + 0.2 * (min(1.6 * shared, 0.8) - 0.5))])
    # Roles 0.4 clear: base 0.28; a fifth of the way to it with 0.3 x competence and 0.3 x tailoring.
    equal = [0.28 + 0.18 + 0.3 * ties.tailored[0], 0.28 + 0.12 + 0.3 * ties.tailored[1]]
    # and the equality that is not there from the first day, 0.2
    moved = [0.5 + 0.2 * (e - 0.5) for e in equal]
    assert ties.equality == pytest.approx([moved[0], 0.2 + kept * (moved[1] - 0.2)])
    assert ties.age.tolist() == [2.5, 2.5]
    assert not ties.changed.any()
    assert state[Municipalities].network_support == pytest.approx(ties.trust + ties.shared)


@pytest.mark.parametrize(
    ("values", "contact"),
    [
        ({"decentralised__market_share": 1.0}, 0.4),
        ({"pandemic__share_lost": 0.6}, 0.4),
        ({"decentralised__active": False}, 0.0),
    ],
)
def test_partners_who_hardly_meet_hardly_come_nearer(values: dict[str, float], contact: float) -> None:
    state = small_scheme()
    work_together(state, parameters(**values), Dice())
    assert state[Ties].trust == pytest.approx(0.5 + 0.1 * 0.5 * 0.5 * contact)
    assert state[Ties].shared == pytest.approx(0.5 + 0.2 * 0.5 * 0.4 * contact)


def test_the_more_partners_do_together_the_more_differences_show() -> None:
    a = parameters(decentralised_partners__differences=0.5)[Partners]
    ties = filled(Ties, 2, together=[[0.0] * 5, [0.8, 0.8, 0.8, 0.8, 0.8]])
    # 0.9, of which 0.5 x 0.8 = 40 % goes
    assert [top_of_shared(ties, owner, a) for owner in (0, 1)] == pytest.approx([0.9, 0.54])


# --- a new world ----------------------------------------------------------------------------------------------


def test_trust_lasts_where_what_contact_adds_is_what_goes_with_persons() -> None:
    # Built x: (x + 0.1 (0.6 - x)) x 0.8 = x, so x = 0.048 / 0.28
    assert lasting(1.0, 0.1, 0.8, P) == pytest.approx(0.4 + 0.048 / 0.28)
    assert lasting(1.0, 0.0, 0.8, P) == pytest.approx(0.4)  # nobody meets


def test_a_new_world_s_partnerships_are_where_their_own_process_would_leave_them() -> None:
    """Played on under the mix of the start, without luck in who leaves, they stay as they are."""
    state = small_scheme()
    still: dict[str, Value] = {
        "decentralised__market_share": 0.3, "decentralised__hierarchy_share": 0.4, "decentralised_forum__clarity_before": 0.4,
        "turnover__head_exit": 0.0, "decentralised_partners__uh_exit": 0.0, "decentralised_partners__differences": 0.5,
    }  # fmt: skip
    p = parameters(**still)
    settle(state, p, Dice())
    load = (p[Load].ordinary_fte + p[Load].ordinary_fte_per_school * np.array([2, 1])) / [1.0, 0.25]
    state[DecentralisedOwners].effort[:] = 0.9 / np.maximum(load, 1)
    state[DecentralisedUH].effort[:] = 0.9
    before = state[Ties].copy()
    assert before.trust == pytest.approx([1, 1])  # nobody ever leaves
    for _ in range(4):
        meet(state, p, Dice())
    for name in ("trust", "shared", "tailored", "equality", "together"):
        assert getattr(state[Ties], name) == pytest.approx(getattr(before, name), abs=2e-3), name


def test_where_persons_come_and_go_less_has_been_built() -> None:
    steady, restless = small_scheme(), small_scheme()
    settle(steady, parameters(turnover__head_exit=0.1), Dice())
    settle(restless, parameters(turnover__head_exit=0.3), Dice())
    for name in ("trust", "shared", "together"):
        assert (getattr(steady[Ties], name) > getattr(restless[Ties], name)).all(), name


def test_models_fall_by_their_shares() -> None:
    found = models(np.array([0.29, 0.31, 0.49, 0.51]), P)
    kinds = PartnershipModel
    assert found.tolist() == [kinds.PROCEDURE, kinds.ENTHUSIAST, kinds.ENTHUSIAST, kinds.COURSE]


# --- change of partner -----------------------------------------------------------------------------------------


def dissatisfied() -> State:
    """Both owners are in one county and one network with unit 0, which leads no process; a third works with unit 1."""
    state = small_scheme()
    state[Municipalities] = filled(
        Municipalities,
        3,
        id=[1101, 1102, 1103],
        county=0,
        network=[0, 0, 1],
        uh_unit=[0, 0, 1],
        capacity_fte=1,
    )
    state[Networks] = filled(Networks, 2, id=[0, 1], county=0)
    state[Ties] = filled(
        Ties, 3, uh_unit=[0, 0, 1], age=[4, 3, 4], trust=0.8, shared=0.7, equality=0.6, together=0.5
    )
    state[DecentralisedOwners] = filled(DecentralisedOwners, 3, effort=0.5)
    state[DecentralisedUH].process_competence[:] = [0.1, 0.6]
    return state


def best_under_rogaland(state: State) -> int:
    owners, ties, uh = state[Municipalities], state[Ties], state[DecentralisedUH]
    return int(best_partner(owners, ties, uh, state[Counties], 2)[0])


def test_the_best_partner_is_one_at_work_under_the_same_governor() -> None:
    state = dissatisfied()
    state[Municipalities].county[2] = 1
    assert best_under_rogaland(state) == 0  # the better one works in another county, under another governor
    state[Counties].office[1] = 0
    assert best_under_rogaland(state) == 1
    state[Ties].uh_unit[2] = 0
    assert best_under_rogaland(state) == 0


def test_what_is_missed_is_what_another_could_bring() -> None:
    # 0.4 is called for: of the 0.3 lacking another brings all, or 0.2; then nobody has more, then nothing is lacking.
    cases = [(0.1, 0.6), (0.1, 0.3), (0.3, 0.3), (0.5, 0.9)]
    assert [missed_share(own, best, P) for own, best in cases] == pytest.approx([0.75, 0.5, 0, 0])


def test_a_network_whose_partner_leads_no_process_takes_another_all_together() -> None:
    state = dissatisfied()
    # Lack 0.3 of 0.4: chance 0.4 x 0.75 = 0.3 a year.
    change(state, parameters(), Dice({"network changes UH partner": {0: 0.29, 1: 0.0}}))
    ties = state[Ties]
    assert ties.uh_unit.tolist() == state[Municipalities].uh_unit.tolist() == [1, 1, 1]
    assert ties.changed.tolist() == [True, True, False]
    assert ties.age.tolist() == [0, 0, 4]
    assert ties.trust == pytest.approx([0.4, 0.4, 0.8])
    assert ties.shared == pytest.approx([0.4, 0.4, 0.7])
    assert ties.together.sum(axis=1) == pytest.approx([0, 0, 2.5])
    assert ties.equality.tolist() == [0.6] * 3


@pytest.mark.parametrize(
    ("fall", "age", "competence"),
    [
        (0.31, 4.0, 0.1),  # no reason strong enough
        (0.0, 2.5, 0.1),  # too new
        (0.0, 4.0, 0.4),  # nothing is lacking
        (0.0, 4.0, 0.7),  # nobody is better
    ],
)
def test_otherwise_it_stays(fall: float, age: float, competence: float) -> None:
    state = dissatisfied()
    state[Ties].age[:] = age
    state[DecentralisedUH].process_competence[0] = competence
    change(state, parameters(), Dice({"network changes UH partner": {0: fall}}))
    assert state[Ties].uh_unit.tolist() == [0, 0, 1]
    assert not state[Ties].changed.any()


@pytest.mark.parametrize(("season", "changed"), [(Season.SPRING, 0), (Season.AUTUMN, 2)])
def test_partners_change_in_autumn_only(season: Season, changed: int) -> None:
    state = dissatisfied()
    state.now = HalfYear.of(2022, season)
    work_together(state, parameters(), Dice({"network changes UH partner": {0: 0.0}}))
    assert state[Ties].changed.sum() == changed


@given(
    world=st.integers(0, 10_000),
    start=st.tuples(SHARES, SHARES, SHARES, SHARES),
    loss=SHARES,
    market=SHARES,
    restless=SHARES,
)
def test_all_about_a_partnership_stays_a_share(
    world: int, start: tuple[float, ...], loss: float, market: float, restless: float
) -> None:
    state = small_scheme()
    ties = state[Ties]
    ties.trust[:], ties.shared[:], ties.equality[:], ties.tailored[:] = start
    p = parameters(
        decentralised_partners__trust_loss=loss,
        decentralised_partners__uh_exit=0.6,
        decentralised__market_share=market,
    )
    for half_year in range(6):
        state[Municipalities].new_head[:] = half_year * restless > 1
        work_together(state, p, luck(state, world))
        assert state.breaches() == []
        assert np.array_equal(ties.uh_unit, state[Municipalities].uh_unit)
        state.now = state.now.next()
