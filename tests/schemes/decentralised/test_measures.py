"""Measures in schools: who begins what, what reaches teachers, what keeps it going, and what is left of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.parameters.implementing import Implementing
from sim.parameters.load import Pandemic
from sim.schemes.decentralised.assumptions import (
    Coordinators,
    HandingOver,
    Measure,
    Money,
    Partners,
    Politicians,
)
from sim.schemes.decentralised.carrying_out import (
    carry_out,
    conditions,
    doses_by_owner,
    drawn_in_by,
    driven,
    involvement,
    kept_up,
    lead,
    move_on,
    orders,
    routine_after,
    stall_chance,
)
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import regime
from sim.schemes.decentralised.measures import ask, followed, measure_fit, plan, umbrella
from sim.schemes.decentralised.state import (
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Logic,
    PartnershipModel,
    Ties,
)
from sim.state import State
from sim.state.places import Municipalities, Networks, UHUnits
from sim.state.schools import Schools
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.schemes.decentralised.whole_country import played, variant
from tests.small_world import Dice, luck, parameters

A, USUAL = parameters()[Measure], parameters()[Implementing]
NEXT = "a school's next measure"
STALL = "a measure stalls or starts again"


def test_the_scheme_asks_the_same_of_every_owner_which_is_most_for_the_smallest() -> None:
    state = small_scheme()
    ask(state, parameters(), Dice())
    assert state[Municipalities].load == pytest.approx([1.08, 1.32])  # 0.08 of 1.0 and of 0.25 man-years
    ask(state, parameters(decentralised__active=False), Dice())
    assert state[Municipalities].load == pytest.approx([1.08, 1.32])


# --- beginning -------------------------------------------------------------------------------------------------


def idle() -> tuple[State, DecentralisedSchools]:
    state = small_scheme()
    state[DecentralisedSchools].in_measure[:] = False
    state[DecentralisedSchools].years_left[:] = 0
    return state, state[DecentralisedSchools]


def test_idle_schools_begin_as_far_as_their_owner_s_effort_goes() -> None:
    state, ds = idle()
    state[DecentralisedOwners].effort[:] = [0.5, 0.25]
    # 0.8 x effort: 0.4 and 0.2
    falls = {100: [0.39, 0.5, 0.5, 0.5], 101: [0.41, 0.5, 0.5, 0.5], 102: [0.21, 0.5, 0.5, 0.5]}
    plan(state, parameters(), Dice({NEXT: falls}))
    assert ds.in_measure.tolist() == [True, False, False]
    assert ds.years_left.tolist() == [3, 0, 0]


def test_owners_with_too_much_to_carry_pause_and_are_asked_less() -> None:
    state, ds = idle()
    state[Municipalities].load[:] = [1.5, 1.4]
    begin: dict[int, list[float]] = {key: [0.01, 0.5, 0.5, 0.5] for key in (100, 101, 102)}
    p = parameters(decentralised_measures__pauses_at=1.5)
    plan(state, p, Dice({NEXT: begin}))
    assert ds.in_measure.tolist() == [False, False, True]
    assert state[DecentralisedOwners].paused.tolist() == [True, False]
    state[Municipalities].load[:] = 1.0
    ask(state, p, Dice())
    assert state[Municipalities].load == pytest.approx([1.04, 1.32])  # half of 0.08 man-years


def test_having_schools_heard_is_work_for_the_owner() -> None:
    state = small_scheme()
    p = parameters(decentralised_voices__asked_fte_per_school=0.02, decentralised__leaders_at_table=0.6)
    ask(state, p, Dice())
    # Direct by 0.4 and leaders by 0.6: 0.02 for each of two schools and of one, in 1.0 and 0.25 man-years
    assert state[Municipalities].load == pytest.approx([1.08 + 0.04, 1.32 + 0.08])


def test_showing_partnerships_that_the_grant_rewards_is_work_for_the_owner() -> None:
    state = small_scheme()
    p = parameters(decentralised__conditional_share=0.5, decentralised_partners__reward_hours=34.0)
    ask(state, p, Dice())
    # half of 34 of 1700 hours, in 1.0 and 0.25 man-years
    assert state[Municipalities].load == pytest.approx([1.08 + 0.01, 1.32 + 0.04])


def test_without_money_nobody_begins() -> None:
    state, ds = idle()
    state[DecentralisedOwners].grant_nok[:] = [0, 1]
    plan(state, parameters(), Dice({NEXT: {key: [0.01, 0.5, 0.5, 0.5] for key in (100, 101, 102)}}))
    assert ds.in_measure.tolist() == [False, False, True]


def test_measures_come_to_their_end() -> None:
    state = small_scheme(season=Season.SPRING)
    ds = state[DecentralisedSchools]
    ds.years_left[:] = [0.5, 1, 0]
    plan(state, parameters(), Dice({NEXT: {102: [0, 0, 0, 0]}}))
    assert ds.in_measure.tolist() == [False, True, False]  # and in spring none begin
    assert ds.years_left.tolist() == [0, 0.5, 0]


def test_a_general_theme_takes_everybody_along_and_fits_each_less() -> None:
    state, ds = idle()
    falls = {100: [0.01, 0.69, 0.5, 0.5], 101: [0.01, 0.71, 0.5, 0.5]}
    plan(state, parameters(), Dice({NEXT: falls}))
    assert ds.general[:2].tolist() == [True, False]
    assert ds.coverage[:2].tolist() == [0.9, 0.3]
    # Hit 0.5; tailored by half, packages keep half: 0.75 is followed. The forum's middling plan changes nothing.
    assert ds.fit[:2] == pytest.approx([0.5 * 0.75 * 0.8, 0.5 * 0.75])


def test_one_school_in_five_gets_a_resource_teacher() -> None:
    state, ds = idle()
    falls = {100: [0.01, 0.5, 0.19, 0.5], 101: [0.01, 0.5, 0.21, 0.5]}
    plan(state, parameters(), Dice({NEXT: falls}))
    assert ds.resource_teacher[:2].tolist() == [True, False]


def test_a_seed_grant_begins_small_on_the_teachers_own_theme() -> None:
    state, ds = idle()
    falls = {100: [0.01, 0.5, 0.5, 0.39], 101: [0.01, 0.5, 0.5, 0.41]}
    plan(state, parameters(decentralised__seed_grant_share=0.4), Dice({NEXT: falls}))
    assert ds.seed[:2].tolist() == [True, False]
    assert ds.general[:2].tolist() == [False, True]
    assert ds.coverage[:2].tolist() == [0.1, 0.9]
    assert ds.fit[0] == pytest.approx(0.5)  # the need that was found, nobody between
    # and the third school's partnership
    model = state[Ties].model[state[Schools].municipality]
    assert [driven(*school) for school in zip(ds.seed, model, strict=True)] == [True, False, True]


def kept_of(tailored: float, plan_of_forum: float, **values: Value) -> float:
    """How far the analysis is followed, without a council."""
    p = parameters(**values)
    planned = p[Measure].plan_weight * regime(p[Decentralised])[Logic.NETWORK]
    return followed(tailored, planned, plan_of_forum, 0.0, p[Partners], p[Politicians])


def test_measures_are_followed_better_by_tailoring_and_by_the_forum_s_plan() -> None:
    # a perfect plan half more, none at all half less
    assert [kept_of(1, 1), kept_of(0, 0)] == pytest.approx([1.5, 0.25])
    # half of the money through the forum: half of that
    half: dict[str, Value] = {"decentralised__market_share": 0.5}
    assert [kept_of(1, 1, **half), kept_of(0, 0, **half)] == pytest.approx([1.25, 0.375])


def test_what_earlier_measures_made_routine_is_no_need_any_more() -> None:
    fits = []
    for routine in (0.0, 0.5, 1.0):
        state, ds = idle()
        ds.routine[:] = routine
        plan(state, parameters(), Dice({NEXT: {100: [0.01, 0.5, 0.5, 0.9]}}))
        fits.append(ds.fit[0])
    assert [fit / fits[0] for fit in fits] == pytest.approx([1, 0.9, 0.8])


def test_fit_is_the_hit_as_far_as_it_is_followed() -> None:
    assert measure_fit(0.5, 0.8, general=False, seed=False, a=A) == pytest.approx(0.4)
    assert measure_fit(0.5, 0.8, general=True, seed=False, a=A) == pytest.approx(0.32)
    assert measure_fit(0.5, 3.0, general=False, seed=False, a=A) == pytest.approx(1)
    # those who drive a project of their own need nobody to follow the analysis
    assert measure_fit(0.5, 0.8, general=False, seed=True, a=A) == pytest.approx(0.5)
    assert measure_fit(0.5, 3.0, general=False, seed=True, a=A) == pytest.approx(1)


def test_a_new_measure_builds_on_the_last_one_where_somebody_leads() -> None:
    # half of it at the usual leadership of 0.4; in proportion to that; never more than all
    assert [umbrella(led, A) for led in (0.4, 0.2, 0.0, 1.0)] == pytest.approx([0.5, 0.25, 0, 1])
    state, ds = idle()
    ds.stage[:] = [2, 0, 1]
    ds.stalled[:] = True
    state[Schools].momentum[:] = [1, 1.6, 0]  # what another scheme left
    ds.led[:] = [0.4, 0.4, 0.2]
    plan(state, parameters(), Dice({NEXT: {key: [0.01, 0.5, 0.5, 0.5] for key in (100, 101, 102)}}))
    assert ds.stage == pytest.approx([1, 0.8, 0.25])
    assert not ds.stalled.any()


# --- carrying out ----------------------------------------------------------------------------------------------


def led_by(state: State) -> None:
    p = parameters()
    lead(
        state[Municipalities], state[DecentralisedOwners], state[Ties], state[DecentralisedUH], p[Measure],
        p[Partners],
    )  # fmt: skip


def test_the_process_is_led_by_staff_uh_and_a_method() -> None:
    state = small_scheme()
    led_by(state)
    # 0.2 + 0.2 x 1/2 + 0.4 x 0.5 x 0.5 + 0.1 for the procedure; 0.2 + 0.2 x 0.25/1.25 + 0.1
    assert state[DecentralisedOwners].process_leadership == pytest.approx([0.5, 0.34])


def test_the_better_a_process_is_led_the_less_it_stalls() -> None:
    # 6 % in half a year at the usual leadership
    assert [stall_chance(led, A, USUAL) for led in (0.4, 0.8, 0.2, 0.0)] == pytest.approx(
        [0.06, 0.03, 0.12, 1]
    )
    steadied = parameters(decentralised_measures__kept_going=0.5)[Measure]
    assert [stall_chance(led, steadied, USUAL) for led in (0.4, 0.0)] == pytest.approx([0.03, 0.5])


def further(state: State, falls: dict[int, float] | None = None, **values: Value) -> list[float]:
    """Stages after half a year."""
    p, ds = parameters(**values), state[DecentralisedSchools]
    luck_of_stalling = Dice({STALL: falls or {}}).luck(STALL)
    groups = p[Measure], p[Implementing], p[Pandemic]
    move_on(state[Schools], ds, *groups, luck_of_stalling)
    stages: list[float] = ds.stage.tolist()
    return stages


def test_measures_come_half_a_year_further_unless_they_stall() -> None:
    state = small_scheme()
    state[DecentralisedSchools].resource_teacher[1] = True
    # 6 % of stalling; with a resource teacher 5 %
    assert further(state, {100: 0.055, 101: 0.055}) == pytest.approx([1, 1.5, 0])
    assert state[DecentralisedSchools].stalled.tolist() == [True, False, False]
    assert further(state, {100: 0.31, 101: 0.049}) == pytest.approx([1, 1.5, 0])
    assert further(state, {100: 0.29, 101: 0.29}) == pytest.approx([1.5, 2, 0])


def test_measures_that_are_kept_going_stall_less_and_start_again_sooner() -> None:
    state = small_scheme()
    state[DecentralisedSchools].stalled[1] = True
    # Half of the 6 % that stall and half of the 70 % that stay so: 3 % and 35 %.
    kept: dict[str, Value] = {"decentralised_measures__kept_going": 0.5}
    assert further(state, {100: 0.029, 101: 0.66}, **kept) == pytest.approx([1, 1, 0])
    assert further(state, {100: 0.64, 101: 0.031}, **kept) == pytest.approx([1.5, 1.5, 0])


def test_the_pandemic_slows_measures_and_a_new_principal_sets_them_back() -> None:
    assert further(small_scheme(), pandemic__share_lost=0.5) == pytest.approx([1.25, 1.25, 0])
    state = small_scheme()
    state[Schools].new_principal[:] = True
    state[DecentralisedSchools].stage[1] = 0.1
    assert further(state) == pytest.approx([0.75, 0, 0])


def test_what_was_reached_stays_after_a_measure_but_goes_with_the_principal() -> None:
    state = small_scheme()
    state[DecentralisedSchools].in_measure[:] = False
    state[Schools].new_principal[1] = True
    assert further(state) == pytest.approx([1, 0.25, 0])


def test_small_projects_spread_by_the_community() -> None:
    state = small_scheme()
    ds = state[DecentralisedSchools]
    ds.seed[:], ds.coverage[:] = [True, False, True], [0.1, 0.1, 0.1]
    state[Schools].community[:] = 0.5
    further(state)
    # 0.4 / 2 x 0.5 of the other 90 %; the third school is in no measure
    assert ds.coverage == pytest.approx([0.19, 0.1, 0.1])


def doses(state: State, **values: Value) -> Floats:
    p, owners, dec = parameters(**values), state[Municipalities], state[DecentralisedOwners]
    groups = p[Decentralised], p[HandingOver], p[Measure], p[Money], p[Coordinators]
    return doses_by_owner(state[Schools], state[DecentralisedSchools], owners, dec, state[Networks], *groups)


def test_the_dose_is_uh_hours_and_paid_time_for_each_teacher_who_takes_part() -> None:
    state = small_scheme()
    # Teachers: 5 x 0.9 + 3 x 0.3 = 5.4 take part; nobody at the second owner's (counted as one).
    # UH: 2 x 20 hours; time: (80 - 40 + 24) thousand at 500, 128 hours.
    uh, time = 1 - np.exp(-40 / 5.4 / 10), 1 - np.exp(-128 / 5.4 / 20)
    assert doses(state)[0] == pytest.approx(0.6 * uh + 0.4 * time)


def test_resource_teachers_and_coordinators_are_paid_before_anybody_else_s_time() -> None:
    state = small_scheme()
    state[DecentralisedSchools].resource_teacher[:2] = [True, False]
    uh = 1 - np.exp(-40 / 5.4 / 10)
    # 64,000 less 30 hours at 500 for one resource teacher leave 98 hours; 0.2 man-years at 100,000, alone in the network, 40 less
    cases: list[tuple[dict[str, Value], float]] = [
        ({"decentralised_measures__resource_hours": 30.0}, 98.0),
        ({"decentralised__coordinator_fte": 0.2}, 88.0),
        ({"decentralised_measures__resource_hours": 500.0}, 0.0),  # no more than there is
    ]
    for values, hours in cases:
        time = 1 - np.exp(-hours / 5.4 / 20)
        assert doses(state, **values)[0] == pytest.approx(0.6 * uh + 0.4 * time)


def test_in_a_market_those_who_can_order_use_the_money() -> None:
    money = parameters()[Money]
    assert [orders(fte, 0.0, money) for fte in (1.0, 0.25)] == [1, 1]
    # 1/2 with a man-year's staff, 0.2 with a quarter
    assert [orders(fte, 1.0, money) for fte in (1.0, 0.25)] == pytest.approx([0.5, 0.2])
    assert [orders(fte, 0.5, money) for fte in (1.0, 0.25)] == pytest.approx([0.75, 0.6])


def test_usual_conditions_give_what_the_literature_finds() -> None:
    state = small_scheme()
    state[DecentralisedSchools].fit[:] = 0.5
    state[UHUnits].quality[:] = 0.5
    state[Ties].model[:] = PartnershipModel.COURSE
    assert conditions(state, parameters()) == pytest.approx([1, 1, 1])


def test_conditions_are_fit_quality_leadership_knowledge_and_resource_teachers() -> None:
    state = small_scheme()
    ds = state[DecentralisedSchools]
    ds.fit[:] = [0.4, 0.5, 0.5]
    ds.resource_teacher[:] = [True, False, False]
    ds.led[:] = [0.4, 0.4, 0.2]
    # quality 0.6 and 0.4 of 0.5; enthusiasts bring half of UH's knowledge to the third school, which half leads
    assert conditions(state, parameters()) == pytest.approx([0.8 * 1.2 * 1.2, 1.2, 1 * 0.8 * 0.5 * 0.5])
    ds.fit[:2] = 1.0
    assert conditions(state, parameters())[:2] == pytest.approx([1.6, 1.6])  # better helps only so far


@pytest.mark.parametrize(
    ("values", "factor"),
    [({}, 1), ({"decentralised__market_share": 1.0}, 0.5), ({"decentralised__hierarchy_share": 1.0}, 0.6)],
)
def test_teachers_are_drawn_in_by_direct_involvement_and_enthusiasts_and_less_each_year(
    values: dict[str, Value], factor: float
) -> None:
    p = parameters(**values)
    involving = drawn_in_by(regime(p[Decentralised]), p[Money])
    # 0.3 + 0.4 x 0.5; a tenth less after a year; 0.2 more by enthusiasts, 0.1 by co-determination
    for decided, enthusiasts, left, expected in (
        (0.0, False, 1.0, 0.5), (0.0, False, 0.9, 0.45), (0.0, True, 1.0, 0.7), (0.1, False, 1.0, 0.6),
    ):  # fmt: skip
        assert involvement(0.5, decided, enthusiasts, involving * left, A) == pytest.approx(factor * expected)


def degree(stage: float) -> float:
    """The S-curve of 2.2 and 2.5 years, by hand."""
    slope = 2 * np.log(9) / 2.5
    nothing = 1 / (1 + np.exp(slope * 2.2))
    return float((1 / (1 + np.exp(-slope * (stage - 2.2))) - nothing) / (1 - nothing))


def test_half_a_year_of_measures() -> None:
    state = small_scheme()
    ds, schools = state[DecentralisedSchools], state[Schools]
    schools.learning[:] = [0, 0.01, 0]
    schools.occupied[:] = [0, 1, 0]  # the second school's time is filled by follow-up
    carry_out(state, parameters(), Dice())
    assert ds.stage.tolist() == [1.5, 1.5, 0]
    full = 0.15 * doses(state)[0]
    # Leadership 0.5 of the usual 0.4, quality 0.6 of 0.5. Four tenths are lost beside follow-up.
    assert schools.learning == pytest.approx(
        [0.9 * degree(1.5) * full * 0.8 * 1.5, 0.01 + 0.6 * 0.3 * degree(1.5) * full * 1.5, 0]
    )
    assert schools.involvement == pytest.approx([0.5, 0.5, 0])  # nobody has been asked before
    assert ds.asked_years.tolist() == [0.5, 0.5, 0]
    assert ds.routine == pytest.approx([degree(1.5), degree(1.5), 0])
    assert schools.upkeep == pytest.approx([0.25 * degree(1.5)] * 2 + [0])  # 0.5 x leadership 0.5


def test_a_stalled_measure_gives_nothing_but_is_kept_up() -> None:
    state = small_scheme()
    state[DecentralisedSchools].stalled[:] = True
    carry_out(state, parameters(), Dice())
    assert state[Schools].learning.tolist() == [0, 0, 0]
    assert state[Schools].upkeep[0] > 0


def test_routine_outlives_the_measure_and_goes_with_people() -> None:
    # It follows the degree of implementation up. Over: a quarter of the staff in half a year takes 0.4 x 0.25; a principal
    # takes 0.4, whoever else goes.
    assert routine_after(0.1, 0.8, new_principal=False, teacher_turnover=0.0, a=A) == 0.8
    assert routine_after(0.8, 0.0, new_principal=False, teacher_turnover=0.5, a=A) == pytest.approx(0.72)
    assert routine_after(0.5, 0.0, new_principal=True, teacher_turnover=0.2, a=A) == pytest.approx(0.3)


def test_what_is_routine_is_kept_up_as_far_as_it_is_led() -> None:
    assert kept_up(0.8, 0.4, resource_teacher=False, a=A) == pytest.approx(0.5 * 0.4 * 0.8)
    assert kept_up(0.72, 0.4, resource_teacher=True, a=A) == pytest.approx(0.5 * 0.4 * 1.2 * 0.72)
    assert kept_up(0.0, 1.0, resource_teacher=True, a=A) == 0


def test_what_has_become_routine_is_kept_up_after_measures_too() -> None:
    state = small_scheme()
    ds, schools = state[DecentralisedSchools], state[Schools]
    ds.in_measure[:], ds.routine[:] = False, [0.8, 0.5, 0]
    schools.upkeep[:] = [0, 0.5, 0.5]
    carry_out(state, parameters(), Dice())
    assert ds.routine.tolist() == [0.8, 0.5, 0]
    # led by 0.5; it adds to what others keep up
    assert schools.upkeep == pytest.approx([0.5 * 0.5 * 0.8, 1 - 0.5 * (1 - 0.5 * 0.5 * 0.5), 0.5])


@given(
    world=st.integers(0, 10_000),
    hit=st.floats(0, 1),
    plan_of_forum=st.floats(0, 1),
    kroner=st.integers(0, 10**9),
    seeds=st.floats(0, 1),
    pandemic=st.floats(0, 1),
    stall=st.floats(0, 0.6),
)
def test_all_about_measures_stays_in_its_range(
    world: int, hit: float, plan_of_forum: float, kroner: int, seeds: float, pandemic: float, stall: float
) -> None:
    state = small_scheme()
    dec = state[DecentralisedOwners]
    dec.hit[:], dec.grant_nok[:], dec.uh_nok[:], dec.uh_hours[:] = hit, kroner, kroner // 2, kroner / 4000
    state[Forums].plan[:] = plan_of_forum
    p = parameters(
        decentralised__seed_grant_share=seeds,
        pandemic__share_lost=pandemic,
        implementing__stall_chance=stall,
        decentralised_measures__plan_weight=0.9,
    )
    for _ in range(8):
        schools = state[Schools]
        schools.learning[:] = schools.upkeep[:] = schools.involvement[:] = 0
        plan(state, p, luck(state, world))
        carry_out(state, p, luck(state, world))
        assert state.breaches() == []
        assert schools.learning.max() <= 0.15 * 1.6 + 1e-9
        state.now = state.now.next()


def test_resource_teachers_are_worth_their_hours_and_less_the_more_hours_they_get() -> None:
    """All schools in measures have one or none, four pairs of worlds, 2017-22: upkeep and practice rise in the mean by two
    standard errors, and practice by less the more of the others' time pays for them.
    """
    found = np.empty((4, 2, 2))
    for number in range(4):
        for k, hours in enumerate((40.0, 400.0)):
            none, all_have = (
                played(
                    variant(
                        decentralised__resource_teachers=share, decentralised_measures__resource_hours=hours
                    ),
                    number,
                    2022,
                    0.08,
                )
                for share in (0.0, 1.0)
            )
            for what, column in enumerate(("practice", "upkeep")):
                found[number, k, what] = (
                    getattr(all_have[Schools], column).mean() - getattr(none[Schools], column).mean()
                )
    error = found.std(axis=0, ddof=1) / 2
    assert (found[:, 0].mean(axis=0) > 2 * error[0]).all()
    dearer = found[:, 0, 0] - found[:, 1, 0]
    assert dearer.mean() > 2 * dearer.std(ddof=1) / 2
