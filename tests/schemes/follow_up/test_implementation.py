"""From plan to classroom, and what is left afterwards [F4, F6-F8, F10, F12]."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters.declaration import Value
from sim.parameters.implementing import Implementing
from sim.schemes.follow_up.afterwards import afterwards, kept_up
from sim.schemes.follow_up.assumptions import Acceptance, Governors, Implementation
from sim.schemes.follow_up.implementation import (
    carry_out,
    money_share,
    move_on,
    offered,
    own_house,
    part_in_time,
    plan_fit,
    school_fidelity,
    structural_ease,
)
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.phases import advance
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase, Provider, Track
from sim.state import State
from sim.state.places import Municipalities, Networks
from sim.state.schools import Schools
from tests.small_world import Dice, luck, parameters, small_world

IMP = parameters()[Implementation]


def in_implementation(half_years: int = 1) -> State:
    """The first municipality at work in a usual way; the second outside."""
    state = small_world()
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.phase[0], f.half_years[0], f.effort[0] = Phase.IMPLEMENTATION, half_years, 0.5
    f.plan_fit[0], f.provider_quality[0], f.spent_nok[0] = 0.5, 0.5, 16_000
    fs.acceptance[:], fs.stage[:2] = 0.6, 1.7
    return state


def test_an_early_deadline_cuts_the_analysis_short() -> None:
    # An analysis of 0.75 at the end has come half of the way, 1 - sqrt(0.25) = 0.5, at half-time.
    assert plan_fit(0.75, 1.0, False, False, IMP) == pytest.approx(0.75)
    assert plan_fit(0.75, 0.5, False, False, IMP) == pytest.approx(0.5)


def test_a_guide_who_stays_mends_the_fit_and_one_who_sells_bends_it() -> None:
    assert plan_fit(0.75, 0.5, True, False, IMP) == pytest.approx(0.5 * 1.15)
    assert plan_fit(0.75, 0.5, False, True, IMP) == pytest.approx(0.5 * 0.9)
    assert plan_fit(1.0, 1.0, True, False, IMP) == 1  # never better than a perfect fit


def test_measures_wait_for_the_governor_to_judge_a_late_application() -> None:
    # A quarter of a pre-phase of a year and a half is three quarters of a half-year.
    p = {
        due: parameters(follow_up__deadline_share=due, follow_up__prephase_years=1.5)
        for due in (0.5, 0.9, 1.0)
    }
    asked = ((True, 0, 0.5), (True, 0, 0.9), (True, 0, 1.0), (True, 1, 1.0), (False, 0, 1.0))
    found = [
        part_in_time(guided, half_year, Track.FULL, p[due][FollowUp], p[due][Governors])
        for guided, half_year, due in asked
    ]
    assert found == pytest.approx([1, 0.55, 0.25, 1, 1])
    # Of a pre-phase that is half a year longer, a quarter is a whole half-year.
    assert part_in_time(True, 0, Track.LONG, p[1.0][FollowUp], p[1.0][Governors]) == pytest.approx(0)


def test_measures_for_the_owner_go_to_the_schools_where_its_staff_is_small() -> None:
    def after(**values: Value) -> tuple[list[float], float]:
        state = in_implementation()
        carry_out(state, parameters(**values), Dice())
        return state[Schools].learning.tolist(), float(state[Municipalities].competence[0])

    at_schools, for_both = after(), after(follow_up__owner_measures=0.5)
    assert for_both[0][0] == pytest.approx(at_schools[0][0] / 2)
    assert for_both[1] > at_schools[1]
    # The owner has one man-year: below a limit of 1.5, and not below one of 1.
    for limit, same in ((1.5, at_schools), (1.0, for_both)):
        assert after(follow_up__owner_measures=0.5, follow_up__at_school_below_fte=limit) == same


def test_coordinators_who_carry_the_work_on_lack_that_time_for_others() -> None:
    state = in_implementation()
    state[FollowUpOwners].phase[:] = [Phase.AFTERWARDS, Phase.IMPLEMENTATION]
    state[Municipalities].network[:] = [0, 1]
    afterwards(state, parameters(follow_up_implementation__network_fte=0.1), Dice())
    assert state[Networks].lent_fte.tolist()[:2] == pytest.approx([0.03, 0])


def test_neighbouring_services_hold_gains_up() -> None:
    state = in_implementation()
    state[FollowUpOwners].phase[:] = Phase.AFTERWARDS
    state[FollowUpOwners].sideways[:], state[FollowUpOwners].effort[:] = 0.5, 0.0
    state[Municipalities].competence[:] = 0
    values = {"follow_up__uses_networks": 0.0, "follow_up_implementation__upkeep_sideways": 0.2}
    afterwards(state, parameters(**values), Dice())
    assert state[Schools].upkeep == pytest.approx([0.1] * 3)


def test_structural_limits_leave_a_part_of_the_gain() -> None:
    assert [structural_ease(unqualified, IMP) for unqualified in (0.0, 0.2, 1.0)] == pytest.approx(
        [1, 0.8, 0]
    )
    hard = parameters(follow_up_implementation__structural_drag=3.0)[Implementation]
    assert [structural_ease(unqualified, hard) for unqualified in (0.2, 0.5)] == pytest.approx([0.4, 0])


def test_the_same_money_reaches_further_where_there_are_fewer_teachers() -> None:
    # 32,000 a year: 4,000 for each of eight teachers, 8,000 for each of four: 1 - 1/e and 1 - 1/e^2
    share = [money_share(16_000.0, teachers, IMP) for teachers in (8.0, 4.0)]
    assert share == pytest.approx([0.632121, 0.864665], abs=1e-6)


def test_upkeep_adds_to_what_others_keep_up_already() -> None:
    kept = [kept_up(already, share) for already, share in ((0.0, 0.4), (0.5, 0.4), (0.9, 2.0))]
    assert kept == pytest.approx([0.4, 0.7, 1])


def fidelity(state: State, *degree: float) -> list[float]:
    """What each of the first municipality's schools gets of a measure carried out to such degrees."""
    p, f, fs = parameters(), state[FollowUpOwners], state[FollowUpSchools]
    usual = p[Implementing]
    offer = offered(f.plan_fit[0], f.provider_quality[0], state[Municipalities].unqualified[0], IMP, usual)
    return [
        school_fidelity(
            one,
            offer,
            fs.acceptance[s],
            fs.trauma[s],
            state[Schools].leadership[s],
            IMP,
            p[Acceptance],
            usual,
        )
        for s, one in enumerate(degree)
    ]


def test_a_usual_measure_in_a_usual_school_gives_what_the_literature_finds() -> None:
    state = in_implementation()
    state[Municipalities].unqualified[:] = 0
    state[Schools].leadership[:] = 0.5
    assert fidelity(state, 1.0, 0.5) == pytest.approx([1, 0.5])


def test_fidelity_rests_on_fit_provider_acceptance_leadership_and_structure() -> None:
    state = in_implementation()
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    # A tenth of the teaching unqualified: 0.9. Leadership 0.5 as usual; 0.8 is 1.6 times that, half of which counts: 1.3.
    assert fidelity(state, 1, 1) == pytest.approx([0.9, 0.9 * 1.3])
    fs.acceptance[0] = 0.3  # half of the usual
    assert fidelity(state, 1) == pytest.approx([0.45])
    f.plan_fit[0] = 0.25  # half of the usual
    assert fidelity(state, 1) == pytest.approx([0.225])
    f.provider_quality[0] = 0.25  # half of the usual
    assert fidelity(state, 1) == pytest.approx([0.1125])


def test_better_conditions_than_the_usual_help_only_so_far() -> None:
    state = in_implementation()
    state[FollowUpOwners].plan_fit[0] = 1.0
    assert fidelity(state, 1) == pytest.approx([1.6])  # 2 x 0.9 = 1.8, at most 1.6


def test_a_school_with_draw_trauma_gains_a_fifth_and_a_stalled_one_nothing() -> None:
    state = in_implementation()
    state[FollowUpSchools].trauma[0] = True
    assert fidelity(state, 1) == pytest.approx([0.18])
    state[FollowUpSchools].stalled[1] = True
    carry_out(state, parameters(), Dice({"implementation stalls or starts again": {101: 0.31}}))
    assert state[Schools].learning[0] > 0
    assert state[Schools].learning[1] == 0


def test_half_a_year_of_implementation() -> None:
    state = in_implementation()
    f, fs, schools, owners = (
        state[kind] for kind in (FollowUpOwners, FollowUpSchools, Schools, Municipalities)
    )
    assert isinstance(f, FollowUpOwners)
    carry_out(state, parameters(), Dice())
    # Half a year further at the usual effort: 2.2 years, degree 0.48954. Money 1 - 1/e.
    offered = 0.15 * 0.48954 * 0.632121
    assert fs.arrays()["stage"] == pytest.approx([2.2, 2.2, 0])
    assert schools.arrays()["learning"] == pytest.approx([offered * 0.9, offered * 1.17, 0], rel=1e-4)
    assert schools.arrays()["involvement"] == pytest.approx([0.36, 0.36, 0])  # 0.6 x acceptance 0.6
    assert schools.arrays()["upkeep"] == pytest.approx([0.25, 0.25, 0])  # 0.5 x effort
    assert owners.arrays()["competence"] == pytest.approx([0.6 + 0.04 * 0.5 * 0.4, 0.4])
    assert schools.arrays()["community"] == pytest.approx([0.5 + 0.02 * 0.5 * 0.5] * 2 + [0.5])
    # 60 hours x 0.5 of the owner, 6 hours x degree of each of eight teachers
    assert f.spent_hours == pytest.approx([30 + 48 * 0.48954, 0], rel=1e-4)


def test_a_school_that_never_accepts_is_not_drawn_in() -> None:
    state = in_implementation()
    state[FollowUpSchools].trauma[0] = True
    carry_out(state, parameters(), Dice())
    assert state[Schools].involvement == pytest.approx([0, 0.36, 0])


def test_what_other_schemes_offer_is_added_to() -> None:
    state = in_implementation()
    state[Schools].learning[:], state[Schools].involvement[:] = 0.01, 0.5
    carry_out(state, parameters(), Dice())
    assert state[Schools].learning[0] == pytest.approx(0.01 + 0.15 * 0.48954 * 0.632121 * 0.9, rel=1e-4)
    # 0.36 of the half that is not drawn in yet; the third school is another owner's.
    assert state[Schools].involvement == pytest.approx([0.68, 0.68, 0.5])


@pytest.mark.parametrize(
    ("luck_of_the_provider", "provider", "quality"),
    [
        (0.59, Provider.UH, 0.6),
        (0.61, Provider.PRIVATE, 0.5),
        (0.89, Provider.PRIVATE, 0.5),
        (0.91, Provider.OTHER, 0.5),
    ],
)
def test_a_provider_is_chosen(luck_of_the_provider: float, provider: Provider, quality: float) -> None:
    state = in_implementation(half_years=0)
    carry_out(state, parameters(), Dice({"provider and guide kept": {1101: [luck_of_the_provider, 0.5]}}))
    f = state[FollowUpOwners]
    assert f.provider.tolist() == [provider, Provider.NONE]
    assert f.provider_quality == pytest.approx([quality, 0])


@pytest.mark.parametrize(("falls", "provider"), [(0.49, Provider.CORPS), (0.51, Provider.UH)])
def test_half_of_those_first_drawn_chose_the_guide_corps(falls: float, provider: Provider) -> None:
    state = in_implementation()
    state[FollowUpOwners].phase[0] = Phase.PREPHASE
    p = parameters(follow_up__corps_share=0.5)
    dice = Dice({"provider and guide kept": {1101: [0.1, 0.5]}, "guide corps as provider": {1101: falls}})
    advance(state, p, dice)
    assert state[Municipalities].corps_years.tolist() == [2.0 if provider is Provider.CORPS else 0, 0]
    carry_out(state, p, dice)
    assert state[FollowUpOwners].provider.tolist() == [provider, Provider.NONE]
    assert not state[Municipalities].corps_years.any()


@pytest.mark.parametrize(
    ("kept", "provider", "fit"),
    # By half-time 0.5 of the analysis of 0.75; a kept guide adds 15 %; the guide's own UH as provider takes 10 %.
    [(0.54, 0.5, 0.5 * 1.15 * 0.9), (0.56, 0.5, 0.5 * 0.9), (0.56, 0.7, 0.5)],
)
def test_the_plan_fits_by_what_was_found_and_who_carries_it_out(
    kept: float, provider: float, fit: float
) -> None:
    state = in_implementation(half_years=0)
    f = state[FollowUpOwners]
    f.analysis[0], f.anchoring[0], f.guided[0], f.uh_guide[0] = 0.75, 0.8, True, True
    state[FollowUpSchools].stalled[:] = [True, False, False]
    carry_out(state, parameters(), Dice({"provider and guide kept": {1101: [provider, kept]}}))
    assert f.plan_fit == pytest.approx([fit, 0])
    assert f.guide_kept.tolist() == [kept < 0.55, False]
    # A well anchored pre-phase is worth 0.7 x 0.8 = 0.56 years; half a year comes on top. Nothing is stalled.
    assert state[FollowUpSchools].stage == pytest.approx([1.06, 1.06, 0])
    assert not state[FollowUpSchools].stalled.any()


def test_without_a_pre_phase_the_plan_rests_on_the_owner_s_own_analysis() -> None:
    state = in_implementation(half_years=0)
    f = state[FollowUpOwners]
    f.analysis[0], f.anchoring[0], f.uh_guide[0] = 0.99, 0.99, True  # of an earlier round
    carry_out(
        state,
        parameters(follow_up__prephase_years=1.0),  # of no account: this owner had no guides
        Dice({"provider and guide kept": {1101: [0.5, 0.0]}}),
    )
    assert f.plan_fit[0] == pytest.approx(0.4 * 0.6)
    assert not f.guide_kept[0]
    assert state[FollowUpSchools].stage[0] == pytest.approx(0.5)


def test_who_has_had_guides_keeps_the_analysis_though_the_pre_phase_is_done_away_with_meanwhile() -> None:
    state = in_implementation()
    f, none = state[FollowUpOwners], parameters(follow_up__prephase_years=0.0)
    f.phase[0], f.half_years[0], f.guided[0] = Phase.PREPHASE, 0, True
    f.analysis[0], f.anchoring[0] = 0.75, 0.8
    advance(state, none, Dice())
    assert f.phase[0] == Phase.IMPLEMENTATION
    carry_out(state, none, Dice({"provider and guide kept": {1101: [0.7, 0.0]}}))
    # Half of the way to the analysis by the deadline, and a guide who stays; nothing of it is reckoned anew.
    assert (f.analysis[0], f.anchoring[0]) == (0.75, 0.8)
    assert f.plan_fit[0] == pytest.approx(0.5 * 1.15)
    assert f.guide_kept[0]
    assert state[FollowUpSchools].stage == pytest.approx([1.06, 1.06, 0])


def test_each_owner_begins_by_whether_it_had_guides() -> None:
    state = in_implementation(half_years=0)
    f = state[FollowUpOwners]
    f.phase[1], f.effort[1] = Phase.IMPLEMENTATION, 0.5
    f.guided[:] = [True, False]
    f.analysis[:], f.anchoring[:] = 0.75, 0.8
    carry_out(state, parameters(), Dice())  # at 0.5 a guide stays where there has been one
    # The first by the deadline, with the guide kept; the second by its own analysis, 0.4 x competence 0.4.
    assert f.analysis == pytest.approx([0.75, 0.16])
    assert f.anchoring == pytest.approx([0.8, 0])
    assert f.guide_kept.tolist() == [True, False]
    assert f.plan_fit == pytest.approx([0.5 * 1.15, 0.16])


@pytest.mark.parametrize(
    ("guided", "uh_guide", "private_guide", "provider", "own"),
    [
        (True, True, False, Provider.UH, True),
        (True, False, True, Provider.UH, False),
        (True, False, True, Provider.PRIVATE, True),
        (True, True, False, Provider.PRIVATE, False),
        (True, True, True, Provider.PRIVATE, True),
        (True, True, True, Provider.OTHER, False),
        (True, False, False, Provider.UH, False),
        (False, True, True, Provider.UH, False),  # guides of an earlier round
        (False, True, True, Provider.PRIVATE, False),
    ],
)
def test_a_house_sells_what_its_own_guide_has_advised(
    *, guided: bool, uh_guide: bool, private_guide: bool, provider: Provider, own: bool
) -> None:
    assert own_house(guided, uh_guide, private_guide, provider) is own


def further(state: State, falls: dict[str, dict[int, float]] | None = None, **values: float) -> list[float]:
    """Stages after half a year from 1.7 years."""
    move_on(state, parameters(**values), Dice(falls))
    stages: list[float] = state[FollowUpSchools].stage.tolist()
    return stages


def test_schools_come_further_at_the_pace_of_the_owner_s_effort() -> None:
    state = in_implementation()
    assert further(state) == pytest.approx([2.2, 2.2, 0])
    state = in_implementation()
    state[FollowUpOwners].effort[0] = 0.25
    assert further(state) == pytest.approx([1.95, 1.95, 0])
    assert further(in_implementation(), pandemic__share_lost=0.6) == pytest.approx([1.9, 1.9, 0])


def test_a_new_principal_sets_her_school_back() -> None:
    state = in_implementation()
    state[Schools].new_principal[:] = [True, False, False]
    assert further(state) == pytest.approx([1.45, 2.2, 0])  # 0.75 years back


def test_a_new_head_sets_all_schools_back_the_more_the_smaller_the_office() -> None:
    state = in_implementation()
    state[Municipalities].new_head[:] = True
    # 0.5 years x what is forgotten: half with a man-year's staff
    assert further(state) == pytest.approx([1.95, 1.95, 0])
    state = in_implementation()
    state[Municipalities].new_head[:] = True
    state[Municipalities].capacity_fte[0] = 0.25  # four fifths are forgotten
    assert further(state) == pytest.approx([1.8, 1.8, 0])


def test_nothing_falls_behind_its_beginning() -> None:
    state = in_implementation()
    state[FollowUpSchools].stage[:] = 0.1
    state[Schools].new_principal[:], state[Municipalities].new_head[:] = True, True
    assert further(state) == [0, 0, 0.1]


def test_schools_stall_and_start_again() -> None:
    state = in_implementation()
    state[FollowUpSchools].stalled[1] = True
    name = "implementation stalls or starts again"
    # 12 % a year is 6 % a half-year; a stalled school starts again with 30 %.
    assert further(state, {name: {100: 0.05, 101: 0.31}}) == pytest.approx([1.7, 1.7, 0])
    assert state[FollowUpSchools].stalled.tolist() == [True, True, False]
    assert further(state, {name: {100: 0.29, 101: 0.31, 102: 0.01}}) == pytest.approx([2.2, 1.7, 0])
    assert state[FollowUpSchools].stalled.tolist() == [False, True, False]


def test_who_is_held_to_it_afterwards_keeps_up_more() -> None:
    state = small_world()
    f = state[FollowUpOwners]
    f.phase[:], f.effort[0], f.sanctioned[0] = Phase.AFTERWARDS, 0.4, True
    f.phase[1], f.sanctioned[1], f.effort[1] = Phase.NONE, True, 0.4  # long over: only what is enforced
    afterwards(state, parameters(follow_up__uses_networks=0.0), Dice())
    # 0.5 x competence 0.6 = 0.3; of what is left out 0.5 x effort 0.4 = 0.2 comes on top
    assert state[Schools].upkeep == pytest.approx([1 - 0.7 * 0.8, 1 - 0.7 * 0.8, 0.2])


def test_afterwards_competent_owners_and_networks_keep_it_up() -> None:
    state = small_world()
    state[FollowUpOwners].phase[:] = [Phase.AFTERWARDS, Phase.NONE]
    state[Schools].upkeep[:] = [0, 0.5, 0.5]
    afterwards(state, parameters(), Dice())
    # 0.5 x competence 0.6 + 0.3 x networks 0.3 = 0.39; half of what is left in the second school
    assert state[Schools].upkeep == pytest.approx([0.39, 0.695, 0.5])


@given(
    world=st.integers(0, 10_000),
    effort=st.floats(0, 1),
    fit=st.floats(0, 1),
    nok=st.floats(0, 1e9),
    pandemic=st.floats(0, 1),
)
def test_shares_stay_shares_whatever_the_measure(
    world: int, effort: float, fit: float, nok: float, pandemic: float
) -> None:
    state = in_implementation(0)
    f = state[FollowUpOwners]
    f.phase[:], f.effort[:], f.analysis[:], f.anchoring[:], f.spent_nok[:] = (
        Phase.IMPLEMENTATION, effort, fit, fit, nok,
    )  # fmt: skip
    for half_year in range(5):
        f.half_years[:] = half_year
        state[Schools].learning[:] = 0
        carry_out(state, parameters(pandemic__share_lost=pandemic), luck(state, world))
        assert state.breaches() == []
        assert (
            state[Schools].learning.max() <= 0.15 * 1.6 + 1e-9
        )  # best fidelity of half a year of the cycle's 0.3
        state.now = state.now.next()
