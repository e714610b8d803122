"""Each mechanism F3-F12 moves an outcome when its strength is changed: none of them is one in name only.

Both municipalities of the small world are drawn in spring 2020 and followed through the three years and some years after. The
same is played twice in the same luck, with one thing changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from sim.half_year import Season
from sim.parameters.declaration import Declaration, Value
from sim.parameters.implementing import Implementing
from sim.processes import community, load, practice, schooling, turnover
from sim.schemes.decentralised import measures
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.schemes.follow_up import (
    afterwards,
    dialogue,
    governors,
    implementation,
    phases,
    prephase,
    year_wheel,
)
from sim.schemes.follow_up.assumptions import Acceptance, Governors, Implementation, Prephase, Will, YearWheel
from sim.schemes.follow_up.guides import recruit
from sim.schemes.follow_up.levers import FollowUp, GuideMix, Obligation, Sanction
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, FollowUpSchools, Guides, Phase
from sim.state import State, Table
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools
from tests.schemes.played_twice import WORLDS, Country, Mechanism, Setting, names
from tests.small_world import luck, parameters, small_world

HALF_YEARS = 16  # spring 2020 to autumn 2027

PLANNED = (
    load.ASK, measures.ASK, phases.ADVANCE, phases.ASK, governors.PROCESS, year_wheel.TURN, load.TIRE,
    phases.GIVE, prephase.PROCESS, implementation.PROCESS, afterwards.PROCESS, practice.PROCESS,
    community.PROCESS, schooling.TEACH,
)  # fmt: skip
OBSERVED: tuple[type[Table], ...] = (
    Municipalities, Schools, FollowUpOwners, FollowUpSchools, FollowUpOffices, Offices,
)  # fmt: skip

SPRING = (*turnover.SPRING, dialogue.PROCESS, *PLANNED)
AUTUMN = (schooling.DRIFT, *turnover.AUTUMN, *PLANNED)


def years(world: int, **values: Value) -> Iterator[State]:
    """The small world after each half-year."""
    p = parameters(**values)
    state = small_world(2020, Season.SPRING)
    state[DecentralisedOwners] = DecentralisedOwners.blank(len(state[Municipalities]))
    state[Guides] = recruit(state[Offices].id, p[Prephase], luck(state, world))
    f = state[FollowUpOwners]
    f.phase[:], f.last_draw_year[:], f.times_drawn[:] = Phase.DIALOGUE, 2020, 1
    for _ in range(HALF_YEARS):
        for process in SPRING if state.now.season is Season.SPRING else AUTUMN:
            process.rule(state, p, luck(state, world))
        yield state
        state.now = state.now.next()


COUNTRY = Country(years, OBSERVED, remembered=256)

ROBEK = {"follow_up__obligation": Obligation.COMPULSORY, "follow_up__sanction": Sanction.ROBEK}
LATE = {"follow_up_prephase__late_chance": 1.0}
RESTLESS_HEADS = {"turnover__head_exit": 0.5}
RESTLESS_PRINCIPALS = {"turnover__principal_exit": 0.4}
BUSY = {"follow_up_governors__prephase_fte": 0.5}
CLOSE = {"follow_up__governor_closeness": 1.0, "follow_up_governors__prephase_fte": 0.01}
UH_SELLS = {"follow_up_implementation__provider_uh": 1.0, "follow_up_prephase__guides_from_uh": 1.0}
HURT = {"follow_up_acceptance__trauma_chance": 1.0, "follow_up_acceptance__stigma_base": 1.0}
COMPULSORY = {"follow_up__obligation": Obligation.COMPULSORY}
ORDERED = {**COMPULSORY, "follow_up_will__order_wakes": 0.5}
UNWELCOME = {"follow_up_acceptance__legitimacy_base": 0.0, "follow_up__openness": 0.0}

FREE = {"follow_up__felt_pressure": 0.0, **UNWELCOME}
REFUSED = {**FREE, "follow_up_acceptance__decline_if_free": 0.5}

MORE: list[Mechanism] = [
    ("F5", "Offices.forum_room", "follow_up_governors__forum_yields", 0.4, 0.0, BUSY),
    ("F5", "Offices.forum_room", "follow_up_governors__prephase_fte", 0.5, 0.05, {}),
    ("F3", "FollowUpOwners.felt_voluntariness", "follow_up__felt_pressure", 0.9, 0.1, {}),
    ("F3", "FollowUpOwners.effort", "follow_up__openness", 0.1, 0.9, {}),
    ("F3", "FollowUpOwners.effort", "follow_up_acceptance__legitimacy_openness", 0.0, 0.6, {}),
    ("F3", "FollowUpOwners.effort", "follow_up_acceptance__legitimacy_say", 0.0, 0.5, {}),
    ("F3", "FollowUpOwners.declined", "follow_up_acceptance__decline_if_free", 0.0, 0.5, {
        "follow_up__felt_pressure": 0.0, **UNWELCOME}),
    ("F3", "Schools.practice", "follow_up_acceptance__trauma_gain", 0.0, 1.0, HURT),
    ("F3", "FollowUpSchools.trauma", "follow_up_acceptance__trauma_chance", 0.0, 1.0, {}),
    ("F4", "FollowUpOwners.analysis", "follow_up_prephase__guide_quality_mean", 0.2, 0.9, {}),
    ("F4", "FollowUpOwners.guide_match", "follow_up_prephase__mixed_team_bonus", 0.0, 0.5, {
        "follow_up_prephase__guides_from_uh": 0.5}),
    ("F4", "FollowUpOwners.guide_match", "follow_up_prephase__known_gain", 0.0, 0.5, {}),
    ("F4", "FollowUpOwners.analysis", "follow_up_prephase__hours_power", 1.0, 0.0, {"follow_up_prephase__usual_schools": 1.0}),
    ("F4", "FollowUpOwners.analysis", "follow_up_prephase__takes_over_weak", 0.0, 2.0, {"follow_up__takes_over": 0.0}),
    ("F4", "Schools.involvement", "follow_up_prephase__rushed", 1.0, 0.0, {}),
    ("F4", "Schools.involvement", "follow_up__deadline_share", 0.1, 1.0, {"follow_up_prephase__rushed": 1.0}),
    ("F6", "FollowUpOwners.plan_fit", "follow_up_prephase__head_loses", 1.0, 0.0, RESTLESS_HEADS),
    ("F6", "FollowUpOwners.anchoring", "follow_up_prephase__principals_lose", 1.0, 0.0, RESTLESS_PRINCIPALS),
    ("F5", "FollowUpOwners.effort", "follow_up_governors__effort_gain", 0.0, 1.0, CLOSE),
    ("F5", "FollowUpOwners.anchoring", "follow_up_governors__anchoring_gain", 0.0, 1.0, CLOSE),
    ("F5", "Schools.involvement", "follow_up_governors__keeps_involved", 0.0, 1.0, CLOSE),
    ("F5", "FollowUpOwners.plan_fit", "follow_up_governors__judges_gain", 0.0, 1.0, CLOSE),
    ("F5", "FollowUpOwners.analysis", "follow_up_governors__unclear_stalls", 3.0, 0.0, {"follow_up__takes_over": 0.0}),
    ("F5", "FollowUpOwners.closeness", "follow_up_governors__prephase_fte", 1.0, 0.01, {}),
    ("F5", "FollowUpOwners.closeness", "follow_up_governors__forum_fte", 5.0, 0.0, BUSY),
    ("F5", "FollowUpOwners.closeness", "follow_up_governors__vacancy_chance", 1.0, 0.0, BUSY),
    ("F6", "Municipalities.competence", "follow_up__owner_measures", 0.0, 1.0, {}),
    ("F6", "Schools.practice", "follow_up__owner_measures", 1.0, 0.0, {}),
    ("F4", "FollowUpOwners.guide_match", "follow_up__say_in_guides", 0.0, 1.0, {}),
    ("F5", "FollowUpOwners.closeness", "follow_up__openness", 1.0, 0.0, {
        "follow_up_governors__answers_fte": 0.5, "follow_up_governors__forum_fte": 0.4, **BUSY}),
    ("F4", "FollowUpOwners.guide_hours", "follow_up__light_share", 0.2, 1.0, {"follow_up__light_from": 0.0}),
    ("F6", "FollowUpOwners.plan_fit", "follow_up__long_below", 0.0, 1.0, {}),
    ("F4", "FollowUpOwners.guide_hours", "follow_up__long_adds_years", 0.0, 1.0, {"follow_up__long_below": 1.0}),
    ("F6", "Schools.practice", "follow_up__at_school_below_fte", 0.0, 10.0, {"follow_up__owner_measures": 0.8}),
    ("F6", "Municipalities.competence", "follow_up__at_school_below_fte", 10.0, 0.0, {"follow_up__owner_measures": 0.8}),
    ("F4", "FollowUpOwners.plan_fit", "follow_up__guides_told", 0.0, 1.0, {}),
    ("F5", "FollowUpOwners.closeness", "follow_up__guides_told", 1.0, 0.0, {
        "follow_up_governors__telling_fte": 0.5, "follow_up_governors__forum_fte": 0.4, **BUSY}),
    ("F8", "Schools.practice", "follow_up_implementation__upkeep_sideways", 0.0, 0.5, {
        "follow_up_prephase__sideways_pace": 1.0}),
    ("F4", "FollowUpOwners.guide_hours", "follow_up_prephase__late_chance", 1.0, 0.0, {}),
    ("F4", "FollowUpOwners.guide_hours", "follow_up_prephase__late_years", 1.0, 0.1, LATE),
    ("F4", "FollowUpOwners.guide_hours", "follow_up_prephase__pool_load", 0.01, 2.0, {}),
    ("F4", "FollowUpOwners.guide_hours", "follow_up__guide_hours", 100.0, 300.0, {}),
    ("F4", "FollowUpOwners.analysis", "follow_up__takes_over", 0.0, 1.0, {}),
    ("F4", "Municipalities.competence", "follow_up__takes_over", 1.0, 0.0, {}),
    ("F4", "FollowUpOwners.analysis", "follow_up_prephase__stall_chance", 1.0, 0.0, {"follow_up__takes_over": 0.0}),
    ("F4", "FollowUpOwners.plan_fit", "follow_up__deadline_share", 0.1, 1.0, {}),
    ("F4", "FollowUpOwners.plan_fit", "follow_up__keep_guide_chance", 0.0, 1.0, {}),
    ("F4", "FollowUpOwners.plan_fit", "follow_up_implementation__continuity_gain", 0.0, 0.6, {
        "follow_up__keep_guide_chance": 1.0}),
    ("F4", "FollowUpOwners.plan_fit", "follow_up_implementation__own_house_bias", 0.6, 0.0, UH_SELLS),
    ("F5", "FollowUpOwners.analysis", "follow_up__governor_closeness", 0.0, 1.0, {}),
    ("F5", "FollowUpOwners.analysis", "follow_up_prephase__closeness_gain", 0.0, 1.0, {}),
    ("F5", "FollowUpOwners.analysis", "follow_up_prephase__closeness_under_sanction", 0.0, 1.0, ROBEK),
    ("F6", "FollowUpOwners.analysis", "follow_up_prephase__coordination_share", 0.9, 0.0, {}),
    ("F6", "FollowUpSchools.stage", "implementing__principal_setback_years", 2.0, 0.0, RESTLESS_PRINCIPALS),
    ("F6", "FollowUpSchools.stage", "follow_up_implementation__head_setback_years", 2.0, 0.0, RESTLESS_HEADS),
    ("F6", "FollowUpSchools.stage", "turnover__head_memory_fte", 5.0, 0.1, RESTLESS_HEADS),
    ("F4", "FollowUpOwners.plan_fit", "follow_up__early_information", 0.0, 1.0, {}),
    ("F6", "Municipalities.competence", "follow_up__owner_focus", 0.0, 0.5, {}),
    ("F6", "FollowUpOwners.plan_fit", "follow_up__owner_focus", 0.5, 0.0, {}),
    ("F6", "Municipalities.competence", "follow_up_year_wheel__holds", 0.0, 1.0, {"follow_up__owner_focus": 0.5}),
    ("F6", "Municipalities.load", "follow_up_year_wheel__saves", 0.8, 0.0, {"follow_up__owner_focus": 0.5}),
    ("F7", "Schools.practice", "follow_up_implementation__structural_drag", 3.0, 0.0, {}),
    ("F8", "Schools.community", "follow_up_implementation__catalyst", 0.0, 0.3, {}),
    ("F8", "Schools.practice", "follow_up__uses_networks", 0.0, 1.0, {}),
    ("F8", "Schools.practice", "follow_up_implementation__upkeep_network", 0.0, 1.0, {}),
    ("F9", "FollowUpSchools.acceptance", "follow_up_acceptance__school_legitimacy", 0.0, 0.8, {}),
    ("F9", "FollowUpSchools.acceptance", "follow_up_acceptance__stigma_cost", 0.8, 0.0, {}),
    ("F9", "Schools.practice", "follow_up_acceptance__school_base", 0.2, 0.8, {}),
    ("F9", "Schools.involvement", "follow_up_acceptance__school_base", 0.2, 0.8, {}),
    ("F9", "Schools.involvement", "follow_up_prephase__involvement_falls", 1.0, 0.0, {}),
    ("F10", "FollowUpOwners.guide_hours", "pandemic__share_lost", 0.5, 0.0, {}),
    ("F10", "FollowUpOwners.anchoring", "pandemic__share_lost", 0.5, 0.0, {}),
    ("F10", "FollowUpSchools.stage", "pandemic__share_lost", 0.5, 0.0, {}),
    ("F11", "FollowUpOwners.legitimacy", "follow_up_acceptance__autonomy_cost", 0.8, 0.0, ROBEK),
    ("F11", "FollowUpOwners.legitimacy", "follow_up_acceptance__robek_control", 1.0, 0.0, ROBEK),
    ("F11", "FollowUpOwners.stigma", "follow_up_acceptance__sanction_stigma", 0.0, 1.0, ROBEK),
    ("F11", "FollowUpOwners.effort", "follow_up_acceptance__robek_floor", 0.1, 0.9, {**ROBEK, **UNWELCOME}),
    ("F11", "FollowUpOwners.effort", "follow_up_acceptance__enforced_worth", 0.0, 1.0, {**ROBEK, **UNWELCOME}),
    ("F11", "Municipalities.load", "follow_up_prephase__robek_fte", 0.0, 0.5, ROBEK),
    ("F11", "FollowUpOwners.participates", "follow_up__obligation", Obligation.VOLUNTARY, Obligation.COMPULSORY, {
        "follow_up__felt_pressure": 0.0, "follow_up_acceptance__decline_if_free": 0.5, **UNWELCOME}),
    ("F3", "FollowUpOwners.effort", "follow_up_will__by_legitimacy", 1.5, 0.0, UNWELCOME),
    ("F3", "FollowUpOwners.declined", "follow_up_will__pressure_holds", 1.0, 0.0, {
        "follow_up_acceptance__decline_if_free": 0.5, **UNWELCOME}),
    ("F3", "FollowUpOwners.legitimacy", "follow_up_grounds__comes_round", 0.0, 1.0, {}),
    ("F3", "FollowUpSchools.acceptance", "follow_up_grounds__comes_round", 0.0, 1.0, {}),
    ("F3", "FollowUpOwners.felt_voluntariness", "follow_up_will__voluntary_pressure", 1.0, 0.3, {}),
    ("F6", "Schools.practice", "follow_up_implementation__direct_share", 0.0, 1.0, {}),
    ("F11", "FollowUpOwners.effort", "follow_up_will__by_pressure", -0.3, 0.3, COMPULSORY),
    ("F11", "FollowUpOwners.anchoring", "follow_up_will__order_wakes", 0.0, 1.0, COMPULSORY),
    ("F11", "FollowUpSchools.stage", "follow_up_will__order_wakes", 0.0, 1.0, {**COMPULSORY, **RESTLESS_HEADS}),
    ("F11", "Municipalities.load", "follow_up_will__order_fte", 0.0, 1.0, ORDERED),
    ("F11", "FollowUpOwners.effort", "follow_up_will__order_moves", 0.0, 1.0, ORDERED),
    ("F11", "Municipalities.load", "state_control__supervision_fte", 0.0, 0.5, REFUSED),
    ("F11", "FollowUpOwners.effort", "follow_up_will__supervision_gives", 0.0, 1.0, REFUSED),
    ("F12", "FollowUpOwners.spent_nok", "follow_up_prephase__guide_nok", 0.0, 5000.0, {}),
    ("F12", "Schools.practice", "follow_up__grant_nok", 1e4, 1e8, {}),
    ("F12", "Schools.practice", "follow_up_implementation__nok_per_teacher", 1e8, 1e4, {}),
    ("D11", "Schools.practice", "follow_up_implementation__upkeep_after", 0.0, 1.0, {}),
    ("D12", "FollowUpOwners.effort", "follow_up_prephase__asked_fte", 0.6, 0.0, {}),
    ("D12", "FollowUpOwners.effort", "follow_up_implementation__asked_fte", 0.6, 0.0, {}),
]  # fmt: skip


@pytest.mark.parametrize("mechanism", MORE, ids=names(MORE))
def test_a_mechanism_moves_its_outcome_the_way_it_should(mechanism: Mechanism) -> None:
    assert COUNTRY.rises(mechanism)


NOT_PLAYED_HERE = {
    "follow_up.active": "decides whether draws are held; here everybody is drawn by hand",
    "follow_up.ambassadors": "nobody here has been through follow-up before; see test_peers",
    "follow_up.refused_place": "no draw is held here, so there is no next one; see test_phases and test_refusal",
    "follow_up.will.refuse_bad_round": "nobody here has been through follow-up before; see test_grounds",
    "follow_up.will.refuse_load": "nobody is overloaded before the dialogue; see test_grounds",
    "follow_up.will.threat": "everybody is drawn; see test_threat",
    "follow_up.will.threat_width": "no draw is held here; see test_grounds",
    "follow_up.will.threat_fte": "everybody is drawn; see test_threat",
    "follow_up.help_targeted": "no draw is held here, so no school has points; see test_targeting",
    "follow_up.environment_share": "no draw is held here, so nobody has points; see test_environment_track",
    "follow_up.implementation.environment_effect": "likewise",
    "follow_up.governors.directed": "each office follows one owner here; see test_governors",
    "follow_up.governors.clarity_start": "offices are as they are told to be here; see `set_up`",
    "follow_up.implementation.network_fte": "coordinators serve the decentralised scheme; see test_implementation",
    "follow_up.prephase.backing_gain": "no council stands behind anything here; see test_politicians",
}

SETTINGS: tuple[Setting, ...] = (
    {},
    {**ORDERED, "follow_up_grounds__comes_round": 0.3, "follow_up_will__by_pressure": 0.2},
    {"follow_up_acceptance__decline_if_free": 0.5, **UNWELCOME},
    REFUSED,
    ROBEK,
    {"follow_up__obligation": Obligation.COMPULSORY, "follow_up__sanction": Sanction.MILD, **UNWELCOME},
    {"follow_up__obligation": Obligation.COMPULSORY, **UNWELCOME},
    {**LATE, **HURT, **UH_SELLS, **RESTLESS_HEADS, **RESTLESS_PRINCIPALS},
    {"follow_up__felt_pressure": 0.0, **UNWELCOME},
    # as much money for a teacher as in the country, many stalls, a pool that is too small
    {
        "follow_up__grant_nok": 1e5,
        "implementing__stall_chance": 0.6,
        "follow_up_prephase__team": 4,
        "follow_up_prephase__pool_load": 0.5,
        "follow_up_prephase__guides_per_owner": 1.0,
        "follow_up_prephase__late_chance": 0.6,
    },
    # the proposals
    {"follow_up__owner_focus": 0.5, "follow_up__early_information": 0.8, **RESTLESS_HEADS},
    # size, weakness, ties and the owner's own part count
    {
        "follow_up_prephase__hours_power": 0.5,
        "follow_up_prephase__takes_over_weak": 1.0,
        "follow_up_prephase__known_gain": 0.3,
        "follow_up__owner_measures": 0.5,
        "follow_up_governors__effort_gain": 0.5,
        "follow_up_governors__directed": 0.5,
        **RESTLESS_HEADS,
        **RESTLESS_PRINCIPALS,
    },
    # offices with staff, and less of it than they need
    {
        "follow_up__takes_over": 0.0,
        "follow_up__long_below": 1.0,
        "follow_up__guides_told": 1.0,
        "follow_up_governors__fte_base": 1.0,
        "follow_up_governors__fte_per_municipality": 0.1,
        "follow_up_governors__prephase_fte": 1.0,
        "follow_up_governors__vacancy_chance": 0.5,
        "follow_up_governors__unclear_stalls": 3.0,
        "follow_up_governors__clarity_learned": 0.5,
    },
    # tracks by need, a late application, neighbouring services along
    {
        "follow_up__light_from": 0.3,
        "follow_up__straight_from": 0.7,
        "follow_up__deadline_share": 0.9,
        "follow_up_governors__judges_gain": 0.4,
        "follow_up_governors__misjudged_sd": 0.3,
        "follow_up_prephase__sideways_pace": 1.0,
        "follow_up_prephase__short_ways": 0.5,
        "follow_up_implementation__upkeep_sideways": 0.2,
        "follow_up_implementation__sideways_fte": 0.1,
    },
    # all is as good as can be
    {
        "follow_up__guide_hours": 2000.0,
        "follow_up__deadline_share": 1.0,
        "follow_up_implementation__structural_drag": 0.0,
        "follow_up_acceptance__legitimacy_base": 1.0,
    },
    # a team that goes from one to the next
    {"follow_up__guide_mix": GuideMix.NATIONAL, "follow_up_prephase__guides_national": 4},
)


@pytest.mark.parametrize(
    "declaration",
    [
        d
        for group in (
            FollowUp,
            Acceptance,
            Will,
            Prephase,
            Governors,
            YearWheel,
            Implementation,
            Implementing,
        )
        for d in group.declarations()
        if d.name not in NOT_PLAYED_HERE
    ],
    ids=lambda d: d.name,
)
def test_every_parameter_of_the_scheme_moves_something_in_the_course_of_the_years(
    declaration: Declaration,
) -> None:
    assert any(COUNTRY.moves(world, setting, declaration) for world, setting in product(WORLDS, SETTINGS))


def test_what_is_left_out_above_exists() -> None:
    names = {
        d.name
        for group in (FollowUp, Will, Prephase, Governors, Implementation)
        for d in group.declarations()
    }
    assert set(NOT_PLAYED_HERE) <= names


@pytest.mark.parametrize("setting", SETTINGS, ids=range(len(SETTINGS)))
def test_all_stays_within_its_declared_range_in_the_course_of_the_years(setting: Setting) -> None:
    for world in WORLDS:
        for state in years(world, **setting):
            assert state.breaches() == []
