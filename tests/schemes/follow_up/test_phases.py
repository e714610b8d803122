"""The calendar of the scheme, what it asks, what owners put in and what money they get."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters
from sim.schemes.follow_up.assumptions import Acceptance, Prephase, Will
from sim.schemes.follow_up.levers import AfterRefusal, FollowUp, Obligation, RefusedPlace, Sanction
from sim.schemes.follow_up.outcomes import money_nok
from sim.schemes.follow_up.phases import (
    advance,
    ask,
    effort_floor,
    give,
    in_scheme,
    least_will,
    own_will,
    willingness,
)
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase, Track
from sim.state import State
from sim.state.places import Municipalities
from tests.small_world import Dice, parameters, small_world

VOLUNTARY = parameters()
COMPULSORY = parameters(follow_up__obligation=Obligation.COMPULSORY)
MILD = parameters(follow_up__obligation=Obligation.COMPULSORY, follow_up__sanction=Sanction.MILD)
ROBEK = parameters(follow_up__obligation=Obligation.COMPULSORY, follow_up__sanction=Sanction.ROBEK)
IDLE_THREAT = parameters(follow_up__sanction=Sanction.ROBEK)


def drawn_in_2020(*, rows: tuple[int, ...] = (0,)) -> State:
    state = small_world(2020, Season.SPRING)
    f = state[FollowUpOwners]
    for row in rows:
        f.phase[row], f.last_draw_year[row], f.participates[row] = Phase.DIALOGUE, 2020, True
    return state


def calendar(n: int, **values: Value) -> list[str]:
    """The first municipality's phase in each half-year from spring 2020, as runs: 'PREPHASE 2020-autumn' when it begins."""
    state = drawn_in_2020()
    begins, before = [], None
    for _ in range(n):
        advance(state, parameters(**values), Dice())
        phase = Phase(int(state[FollowUpOwners].phase[0]))
        if phase is not before:
            begins.append(f"{phase.name} {state.now}")
        before, state.now = phase, state.now.next()
    return begins


def test_the_three_years_follow_the_draw() -> None:
    assert calendar(20) == [
        "DIALOGUE 2020-spring",
        "PREPHASE 2020-autumn",  # one year
        "IMPLEMENTATION 2021-autumn",  # two years
        "AFTERWARDS 2023-autumn",  # four years
        "NONE 2027-autumn",
    ]


def test_before_2020_implementation_followed_the_dialogue_at_once() -> None:
    assert calendar(20, follow_up__prephase_years=0.0) == [
        "DIALOGUE 2020-spring",
        "IMPLEMENTATION 2020-autumn",
        "AFTERWARDS 2022-autumn",
        "NONE 2026-autumn",
    ]


def test_phases_last_as_long_as_the_levers_say() -> None:
    assert calendar(20, follow_up__prephase_years=0.5, follow_up__implementation_years=3.5) == [
        "DIALOGUE 2020-spring",
        "PREPHASE 2020-autumn",
        "IMPLEMENTATION 2021-spring",
        "AFTERWARDS 2024-autumn",
        "NONE 2028-autumn",
    ]


def test_who_goes_straight_to_measures_has_no_pre_phase() -> None:
    state = drawn_in_2020()
    state[FollowUpOwners].track[0] = Track.STRAIGHT
    advance(state, VOLUNTARY, Dice())
    state.now = state.now.next()
    advance(state, VOLUNTARY, Dice())
    assert state[FollowUpOwners].phase[0] == Phase.IMPLEMENTATION


def test_a_longer_pre_phase_puts_measures_off() -> None:
    state, phases = drawn_in_2020(), []
    state[FollowUpOwners].track[0] = Track.LONG
    for _ in range(5):
        advance(state, VOLUNTARY, Dice())
        phases.append(state[FollowUpOwners].phase[0])
        state.now = state.now.next()
    # From spring 2020 on: a year and a half of pre-phase, then measures from spring 2022.
    assert phases == [Phase.DIALOGUE, Phase.PREPHASE, Phase.PREPHASE, Phase.PREPHASE, Phase.IMPLEMENTATION]


def test_a_light_pre_phase_asks_and_costs_less_and_leaves_more_for_measures() -> None:
    light, full = (
        in_phase(Phase.PREPHASE, Phase.IMPLEMENTATION),
        in_phase(Phase.PREPHASE, Phase.IMPLEMENTATION),
    )
    light[FollowUpOwners].track[0] = Track.LIGHT
    for state in (light, full):
        state[Municipalities].load[:] = 0
        ask(state, VOLUNTARY, Dice())
        give(state, VOLUNTARY, Dice())
    loads = [state[Municipalities].load[0] for state in (light, full)]
    assert loads[0] == pytest.approx(0.4 * loads[1])
    assert light[FollowUpOwners].spent_nok == pytest.approx([50e3, 65e6 / 2 - 50e3])
    assert full[FollowUpOwners].spent_nok == pytest.approx([125e3, 65e6 / 2 - 125e3])


def test_the_corps_is_paid_first_from_the_money_for_follow_up() -> None:
    state = in_phase(Phase.IMPLEMENTATION, Phase.NONE)
    state[Municipalities].corps_nok[:] = [0, 5e5]
    give(state, VOLUNTARY, Dice())
    assert state[FollowUpOwners].spent_nok == pytest.approx([65e6 / 2 - 5e5, 0])


def test_guides_of_the_corps_are_the_scheme_s_hours_and_money_where_they_carry_its_measures() -> None:
    state, without = (in_phase(Phase.IMPLEMENTATION, Phase.NONE) for _ in range(2))
    state[Municipalities].corps_nok[:] = [1e5, 0]
    give(state, VOLUNTARY, Dice())
    give(without, VOLUNTARY, Dice())
    hours = state[FollowUpOwners].spent_hours - without[FollowUpOwners].spent_hours
    assert hours == pytest.approx([1e5 / VOLUNTARY[Prephase].guide_nok, 0])
    assert money_nok(state, VOLUNTARY) == pytest.approx([65e6 / 2, 0])


def test_those_not_drawn_stay_outside() -> None:
    state = drawn_in_2020(rows=(0,))
    for _ in range(20):
        advance(state, parameters(), Dice())
        state.now = state.now.next()
        assert state[FollowUpOwners].phase[1] == Phase.NONE
        assert state[FollowUpOwners].half_years[1] == 0


def test_half_years_count_from_the_beginning_of_a_phase() -> None:
    state = drawn_in_2020()
    counted = []
    for _ in range(8):
        advance(state, parameters(), Dice())
        counted.append(int(state[FollowUpOwners].half_years[0]))
        state.now = state.now.next()
    assert counted == [1, 0, 1, 0, 1, 2, 3, 0]


def test_a_municipality_takes_part_until_implementation_is_over() -> None:
    state = drawn_in_2020()
    taking_part = {}
    for _ in range(8):
        advance(state, parameters(), Dice())
        taking_part[str(state.now)] = bool(state[FollowUpOwners].participates[0])
        state.now = state.now.next()
    assert taking_part["2023-spring"]
    assert not taking_part["2023-autumn"]


def in_phase(*phases: Phase) -> State:
    state = small_world(2021)
    state[FollowUpOwners].phase[:] = phases
    return state


def test_only_pre_phase_and_implementation_are_in_the_scheme() -> None:
    f = FollowUpOwners.blank(len(Phase))
    f.phase[:] = list(Phase)
    assert in_scheme(f).tolist() == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("p", "reporting"), [(VOLUNTARY, 0), (IDLE_THREAT, 0), (COMPULSORY, 0), (MILD, 0.03), (ROBEK, 0.1)]
)
def test_the_scheme_asks_its_part_of_a_small_and_a_large_office_alike(
    p: Parameters, reporting: float
) -> None:
    state = in_phase(Phase.PREPHASE, Phase.IMPLEMENTATION)
    state[Municipalities].load[:] = 0
    ask(state, p, Dice())
    # 0.12 man-years over 1, 0.08 over 0.25
    assert state[Municipalities].load == pytest.approx([0.12 + reporting, (0.08 + reporting) / 0.25])


def test_who_knows_the_deadline_early_plans_for_it_in_the_first_half_year() -> None:
    state = in_phase(Phase.PREPHASE, Phase.PREPHASE)
    state[Municipalities].load[:] = 0
    state[FollowUpOwners].half_years[:] = [0, 1]
    p = parameters(follow_up__early_information=1.0, follow_up_prephase__planning_hours=17.0)
    ask(state, p, Dice())
    assert state[Municipalities].load == pytest.approx(
        [0.12 + 0.02, 0.12 / 0.25]
    )  # 17 of the half-year's 850 hours


def test_a_guide_who_stays_on_has_to_be_administered() -> None:
    state = in_phase(Phase.IMPLEMENTATION, Phase.IMPLEMENTATION)
    state[Municipalities].load[:] = 0
    state[FollowUpOwners].guide_kept[:] = [True, False]
    ask(state, VOLUNTARY, Dice())
    assert state[Municipalities].load == pytest.approx([0.11, 0.32])


def test_an_owner_that_is_asked_how_it_supports_its_schools_spends_the_half_year_s_hours_once() -> None:
    state = in_phase(Phase.NONE, Phase.NONE)
    state[Municipalities].load[:] = 0
    f = state[FollowUpOwners]
    f.checked[:] = [False, True]
    ask(state, VOLUNTARY, Dice())
    give(state, VOLUNTARY, Dice())
    assert state[Municipalities].load == pytest.approx([0, 0.08])  # 0.02 man-years over 0.25
    assert f.spent_hours == pytest.approx([0, 17])  # 0.02 x 1700 / 2
    assert not f.checked.any()


@pytest.mark.parametrize("phase", [Phase.NONE, Phase.DIALOGUE, Phase.AFTERWARDS])
def test_nothing_is_asked_of_and_given_to_those_outside(phase: Phase) -> None:
    state = in_phase(phase, phase)
    ask(state, ROBEK, Dice())
    give(state, ROBEK, Dice())
    assert state[Municipalities].load.tolist() == [1, 1]
    f = state[FollowUpOwners]
    assert f.effort.tolist() == f.spent_nok.tolist() == f.spent_hours.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("p", "floor"), [(VOLUNTARY, 0), (IDLE_THREAT, 0), (COMPULSORY, 0.15), (MILD, 0.3), (ROBEK, 0.5)]
)
def test_an_obligation_and_its_sanctions_raise_the_least_effort(p: Parameters, floor: float) -> None:
    assert effort_floor(p[FollowUp], p[Acceptance]) == floor


def test_enforced_effort_counts_for_less_than_an_owner_s_own() -> None:
    # A floor of 0.5: one who would give 0.2 gives 0.3 more, worth half of that; one who gives 0.6 anyway is not moved.
    assert [willingness(own, 0.5, 0.5) for own in (0.2, 0.5, 0.6)] == pytest.approx([0.35, 0.5, 0.6])


def test_owners_put_in_what_they_will_and_can() -> None:
    state = in_phase(Phase.PREPHASE, Phase.IMPLEMENTATION)
    state[FollowUpOwners].legitimacy[:] = 0.6
    state[Municipalities].load[:] = [0.8, 2.0]
    give(state, VOLUNTARY, Dice())
    assert state[FollowUpOwners].effort == pytest.approx([0.6, 0.3])


def test_a_sanction_helps_where_the_will_is_weak_and_not_where_it_is_strong() -> None:
    efforts = {}
    for name, p in {"voluntary": VOLUNTARY, "robek": ROBEK}.items():
        state = in_phase(Phase.PREPHASE, Phase.PREPHASE)
        state[FollowUpOwners].legitimacy[:] = [0.1, 0.7]
        give(state, p, Dice())
        efforts[name] = state[FollowUpOwners].effort
    assert efforts["robek"] - efforts["voluntary"] == pytest.approx([0.2, 0])


def test_the_year_s_money_is_shared_by_those_in_the_scheme() -> None:
    state = in_phase(Phase.IMPLEMENTATION, Phase.IMPLEMENTATION)
    give(state, VOLUNTARY, Dice())
    assert state[FollowUpOwners].spent_nok == pytest.approx([65e6 / 2 / 2] * 2)
    state = in_phase(Phase.IMPLEMENTATION, Phase.AFTERWARDS)
    give(state, parameters(scope__scale=0.1), Dice())
    assert state[FollowUpOwners].spent_nok == pytest.approx([65e5 / 2, 0])


def test_guides_are_paid_by_the_hour_and_the_rest_goes_to_measures() -> None:
    state = in_phase(Phase.PREPHASE, Phase.IMPLEMENTATION)
    give(state, VOLUNTARY, Dice())
    # 250 hours a year at 1,000 kroner, half of them in half a year
    assert state[FollowUpOwners].spent_nok == pytest.approx([125e3, 65e6 / 2 - 125e3])


@pytest.mark.parametrize(("place", "part"), [("kept", 65e6 / 2), ("next", 65e6 / 2), ("returned", 65e6 / 4)])
def test_the_money_of_a_place_left_empty_goes_to_the_others_or_back_to_the_treasury(
    place: str, part: float
) -> None:
    state = in_phase(Phase.IMPLEMENTATION, Phase.NONE)
    f = state[FollowUpOwners]
    f.declined[1], f.last_draw_year[1] = True, 2020  # now it is 2021, and it would have measures
    give(state, parameters(follow_up__refused_place=RefusedPlace(place)), Dice())
    assert f.spent_nok == pytest.approx([part, 0])


def test_who_declined_puts_in_what_supervision_enforces_for_as_long_as_it_lasts() -> None:
    for supervised, after, held in (
        (True, "supervision", True),
        (False, "supervision", False),
        (True, "nothing", False),
    ):
        state = in_phase(Phase.NONE, Phase.NONE)
        f, owners = state[FollowUpOwners], state[Municipalities]
        f.declined[0], owners.supervised[0], owners.load[:] = True, supervised, 0
        give(state, parameters(follow_up__after_refusal=AfterRefusal(after)), Dice())
        # half of 0.15; 0.05 man-years of 1700 hours, half of them in half a year
        assert f.effort == pytest.approx([0.075 * held, 0])
        assert f.spent_hours == pytest.approx([42.5 * held, 0])


def test_the_will_follows_legitimacy_less_than_one_for_one_and_pressure_to_either_side() -> None:
    w = parameters(follow_up_will__by_legitimacy=0.5, follow_up_will__by_pressure=0.2)[Will]
    # 0.57 + 0.5 x (0.77 - 0.57); and 0.2 x (1.4 - 0.9) on top
    assert [own_will(0.77, control, 0.0, 0.0, w) for control in (0.9, 1.4)] == pytest.approx([0.67, 0.77])
    paralysed = parameters(follow_up_will__by_pressure=-0.2)[Will]
    assert own_will(0.77, 1.4, 0.0, 0.0, paralysed) == pytest.approx(0.67)
    assert own_will(0.0, 9.0, 0.0, 0.0, paralysed) == 0
    # an order that wakes half of the backing there can be: 0.3 x 0.5 of the 0.23 that are missing
    assert own_will(0.77, 0.9, 0.0, 0.5, parameters()[Will]) == pytest.approx(0.77 + 0.15 * 0.23)
    # half of 0.67 is missing in one that takes part only as it must, and 0.15 of the rest comes by the council
    assert own_will(0.77, 0.9, 0.5, 0.0, w) == pytest.approx(0.335)
    assert own_will(
        0.77, 0.9, 0.5, 0.5, parameters(follow_up_will__by_legitimacy=0.5)[Will]
    ) == pytest.approx(0.335 + 0.15 * 0.665)


def test_first_a_defeat_then_a_chance() -> None:
    state = in_phase(Phase.PREPHASE, Phase.PREPHASE)
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.stigma[:], f.legitimacy[:], f.reluctance[:], fs.acceptance[:] = 0.4, 0.5, 0.8, 0.6
    f.sanctioned[1], fs.trauma[0] = True, True
    advance(state, parameters(follow_up_grounds__comes_round=0.3), Dice())
    # 15 % of 0.4 in half a year; a quarter of it comes back, not where the draw is a trauma and not under a sanction
    assert f.stigma == pytest.approx([0.34, 0.4])
    assert f.legitimacy == pytest.approx([0.515, 0.5])
    assert f.reluctance == pytest.approx([0.68, 0.8])
    assert fs.acceptance == pytest.approx([0.6, 0.615, 0.6])


def test_an_order_wakes_the_council_and_that_takes_the_staff_time() -> None:
    woken = {"follow_up_will__order_wakes": 0.5}
    for obligation, asked in ((Obligation.VOLUNTARY, 0.0), (Obligation.COMPULSORY, 0.05)):
        state = in_phase(Phase.PREPHASE, Phase.NONE)
        state[Municipalities].load[:] = 0
        ask(state, parameters(follow_up__obligation=obligation, **woken), Dice())
        assert state[Municipalities].load == pytest.approx([0.12 + asked, 0])


@pytest.mark.parametrize(("p", "hours"), [(VOLUNTARY, 0), (COMPULSORY, 0), (MILD, 25.5), (ROBEK, 85)])
def test_reporting_takes_hours(p: Parameters, hours: float) -> None:
    state = in_phase(Phase.PREPHASE, Phase.NONE)
    ask(state, p, Dice())
    give(state, p, Dice())
    # 0.03 and 0.1 man-years of 1700 hours, half of them in half a year
    assert state[FollowUpOwners].spent_hours == pytest.approx([hours, 0])


@pytest.mark.parametrize(
    ("p", "least"), [(VOLUNTARY, 0), (IDLE_THREAT, 0), (COMPULSORY, 0), (MILD, 0.3), (ROBEK, 0.5)]
)
def test_the_sanction_meets_those_whose_own_will_falls_short(p: Parameters, least: float) -> None:
    assert least_will(p[FollowUp], p[Acceptance]) == least
    state = in_phase(Phase.PREPHASE, Phase.IMPLEMENTATION)
    state[FollowUpOwners].legitimacy[:] = [
        0.29,
        0.3,
    ]  # one just under, one just at what a mild sanction asks for
    ask(state, p, Dice())
    assert state[FollowUpOwners].sanctioned.tolist() == [least > 0.29, least > 0.3]


def test_only_those_met_by_the_sanction_report() -> None:
    state = in_phase(Phase.PREPHASE, Phase.IMPLEMENTATION)
    state[FollowUpOwners].legitimacy[:] = [0.49, 0.5]
    state[Municipalities].load[:] = 0
    ask(state, ROBEK, Dice())
    give(state, ROBEK, Dice())
    assert state[FollowUpOwners].sanctioned.tolist() == [True, False]
    assert state[Municipalities].load == pytest.approx([0.22, 0.32])
    assert state[FollowUpOwners].spent_hours == pytest.approx([85, 0])


def test_a_mild_sanction_ends_with_the_measures_and_a_robek_like_one_stays_on_those_it_met() -> None:
    for p, stays in (
        (MILD, False),
        (COMPULSORY, False),
        (VOLUNTARY, False),
        (IDLE_THREAT, False),
        (ROBEK, True),
    ):
        state = in_phase(Phase.AFTERWARDS, Phase.AFTERWARDS)
        state[FollowUpOwners].sanctioned[:] = [True, False]
        ask(state, p, Dice())
        assert state[FollowUpOwners].sanctioned.tolist() == [stays, False]


def test_who_is_held_on_reports_and_puts_effort_in_but_gets_no_money() -> None:
    state = in_phase(Phase.AFTERWARDS, Phase.AFTERWARDS)
    f, owners = state[FollowUpOwners], state[Municipalities]
    f.sanctioned[:], f.legitimacy[:], owners.load[:] = [True, False], 0.3, 0
    ask(state, ROBEK, Dice())
    assert owners.load == pytest.approx([0.1, 0])  # of one man-year
    give(state, ROBEK, Dice())
    assert f.effort == pytest.approx([0.4, 0])  # 0.3 of its own will, and half of the 0.2 that is enforced
    assert f.spent_hours == pytest.approx([85, 0])
    assert f.spent_nok.tolist() == [0, 0]


@given(seen=st.floats(0, 1), load=st.floats(0, 20), p=st.sampled_from([VOLUNTARY, COMPULSORY, MILD, ROBEK]))
def test_effort_stays_a_share_and_no_rule_lowers_what_a_given_will_puts_in(
    seen: float, load: float, p: Parameters
) -> None:
    state, free = in_phase(Phase.PREPHASE, Phase.PREPHASE), in_phase(Phase.PREPHASE, Phase.PREPHASE)
    for one, rules in ((state, p), (free, VOLUNTARY)):
        one[FollowUpOwners].legitimacy[:] = seen
        one[Municipalities].load[:] = load
        give(one, rules, Dice())
    assert state.breaches() == []
    assert (state[FollowUpOwners].effort >= free[FollowUpOwners].effort - 1e-12).all()
