"""Each mechanism moves an outcome when its strength is changed, and every parameter of the scheme moves something.

A twentieth of the country is played twice in the same luck from 2017 on, with one thing changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from sim.parameters.declaration import Declaration, Group, Value
from sim.parameters.implementing import Implementing
from sim.schemes.decentralised.assumptions import Expectations
from sim.schemes.decentralised.levers import Split
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.levers import OtherOwnership
from sim.schemes.decentralised.scheme import SCHEME
from sim.schemes.decentralised.state import (
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.state import State, Table
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.schemes.decentralised.whole_country import variant, world
from tests.schemes.played_twice import Country, Mechanism, Setting, names

YEARS = 8
OBSERVED: tuple[type[Table], ...] = (
    Municipalities, Schools, Forums, Ties, DecentralisedOwners, DecentralisedSchools, DecentralisedUH,
)  # fmt: skip


def half_years(scale: float, number: int, **values: Value) -> Iterator[State]:
    """The country after each half-year."""
    model = world(variant("voluntary", **values), number, scale)
    for _ in range(2 * YEARS):
        model.step()
        yield model.state


SMALL = Country(partial(half_years, 0.05), OBSERVED)
# Here a county has networks with several UH units, so that partners can be changed.
LARGER = Country(partial(half_years, 0.4), OBSERVED, remembered=4)


RESTLESS: Setting = {"turnover__head_exit": 0.5, "decentralised_partners__uh_exit": 0.5}
LEADERS_GO: Setting = {"decentralised_forum__leader_exit": 0.6}
FOLLOWERS: Setting = {"decentralised__market_share": 0.0, "decentralised__hierarchy_share": 0.0}
PLANNED: Setting = {**FOLLOWERS, "decentralised_measures__plan_weight": 0.6}
ORDERED: Setting = {"decentralised__market_share": 1.0, "decentralised__hierarchy_share": 0.0}
APPLIED: Setting = {"decentralised__market_share": 0.0, "decentralised__hierarchy_share": 1.0}
SEEDS: Setting = {"decentralised__seed_grant_share": 1.0}
COUNCILS: Setting = {"decentralised__politicians_involved": 1.0}
FALLS: Setting = {
    "decentralised_partners__change_after": 0.0, "decentralised_partners__change_chance": 1.0,
    "decentralised_uh__process_start": 0.2,
}  # fmt: skip
WEAK_UH: Setting = {"decentralised_uh__process_start": 0.2, "decentralised_partners__change_chance": 0.8}

MORE: list[Mechanism] = [
    ("D1", "Forums.leadership", "decentralised__governor_training", 0.0, 1.0, {}),
    ("D1", "Forums.leadership", "decentralised_forum__leadership_learned", 0.1, 0.5, {}),
    ("D1", "Forums.leadership", "decentralised_forum__leader_loss", 0.8, 0.1, LEADERS_GO),
    ("D1", "Forums.role_clarity", "decentralised_forum__clarity_pace", 0.1, 0.9, {}),
    ("D1", "Forums.satisfaction", "decentralised_forum__criticism", 0.4, 0.0, {}),
    ("D1", "Forums.anchored", "decentralised_forum__anchor_pace", 0.2, 1.5, {}),
    ("D1", "Forums.anchored", "decentralised_forum__anchor_later", 0.0, 1.0, {}),
    ("D1", "Forums.role_clarity", "decentralised_forum__imposed_unclear", 1.0, 0.0, {}),
    ("D1", "Forums.satisfaction", "decentralised_forum__resentment", 0.3, 0.0, {}),
    ("D1", "Forums.anchored", "decentralised__open_years", 0.0, 6.0, {}),
    ("D1", "Forums.imposed", "decentralised__criteria_replaced", 0.0, 0.5, {}),
    ("D1", "DecentralisedUH.effort", "decentralised_logics__imposed_cost", 0.4, 0.0, {}),
    ("D1", "Forums.plan", "decentralised_forum__peak_years", 12.0, 2.0, {}),
    ("D1", "DecentralisedSchools.fit", "decentralised__governor_training", 0.0, 1.0, PLANNED),
    ("D2", "Forums.skew", "decentralised_forum__power", 0.0, 1.0, {}),
    ("D2", "Forums.skew", "decentralised__governor_training", 1.0, 0.0, {}),
    ("D3", "Forums.trust", "decentralised_forum__trust_gain", 0.05, 0.3, {}),
    ("D3", "Forums.trust", "decentralised_forum__member_exit", 0.5, 0.0, {}),
    ("D3", "Forums.trust", "decentralised_forum__reform_loss", 1.0, 0.0, {}),
    ("D3", "Ties.shared", "decentralised_partners__trust_loss", 0.6, 0.1, {}),
    ("D3", "Ties.trust", "turnover__head_memory_fte", 5.0, 0.1, RESTLESS),
    ("D3", "DecentralisedSchools.stage", "implementing__principal_setback_years", 2.0, 0.0, {}),
    ("D4", "DecentralisedOwners.hit", "decentralised_needs__teachers_gain", 0.0, 0.5, {}),
    ("D4", "DecentralisedOwners.hit", "decentralised_needs__evaluation_gain", 0.0, 0.5, {}),
    ("D4", "DecentralisedOwners.hit", "decentralised__analysis_support", 0.0, 1.0, {}),
    ("D4", "Schools.involvement", "decentralised__direct_involvement", 0.0, 1.0, {}),
    ("D4", "DecentralisedOwners.hours", "decentralised__direct_involvement", 0.0, 1.0, {}),
    ("D5", "DecentralisedOwners.process_leadership", "decentralised_partners__procedure_share", 0.0, 0.8, {}),
    ("D5", "Schools.involvement", "decentralised_partners__enthusiast_share", 0.0, 0.7, {}),
    ("D5", "Schools.learning", "decentralised_partners__enthusiast_knowledge", 0.2, 1.0, {}),
    ("D5", "DecentralisedSchools.fit", "decentralised_partners__package_fit", 0.1, 0.9, {}),
    ("D5", "Ties.tailored", "decentralised_money__market_tailoring", 0.0, 0.8, ORDERED),
    ("D6", "DecentralisedOwners.process_leadership", "decentralised_measures__process_uh", 0.0, 1.0, {}),
    ("D6", "Schools.upkeep", "decentralised_measures__process_base", 0.0, 0.6, {}),
    ("D6", "DecentralisedSchools.stage", "decentralised_measures__head_start", 0.0, 1.0, {}),
    ("D7", "DecentralisedUH.capacity_hours", "decentralised__multi_year", 0.0, 1.0, {}),
    ("D7", "DecentralisedUH.permanent", "decentralised__multi_year", 0.0, 1.0, {}),
    ("D7", "DecentralisedUH.idle_hours", "decentralised__multi_year", 0.0, 1.0, FALLS),
    ("D7", "DecentralisedOwners.uh_hours", "decentralised_uh__posts_dearer", 0.5, 0.0, {}),
    ("D7", "DecentralisedUH.effort", "decentralised_uh__insecure", 0.3, 0.0, {}),
    ("D7", "Ties.trust", "decentralised_uh__posts_keep", 0.0, 0.9, RESTLESS),
    ("D7", "DecentralisedUH.process_competence", "decentralised_uh__contact_hours", 1000.0, 100.0, {}),
    ("D7", "DecentralisedOwners.uh_hours", "decentralised__uh_share", 0.2, 0.8, {}),
    ("D7", "Ties.changed", "decentralised_partners__change_chance", 0.0, 1.0, WEAK_UH),
    ("D7", "Municipalities.competence", "decentralised_measures__owner_learns", 0.0, 0.3, {}),
    ("D7", "Municipalities.competence", "decentralised_measures__peer_learning", 0.0, 0.4, {}),
    ("D9", "DecentralisedSchools.coverage", "decentralised_measures__seed_spread", 0.0, 1.0, SEEDS),
    ("D9", "DecentralisedSchools.fit", "decentralised__seed_grant_share", 0.0, 1.0, {}),
    ("D9", "Schools.involvement", "decentralised__seed_grant_share", 0.0, 1.0, {}),
    ("D9", "DecentralisedSchools.fit", "decentralised_measures__needs_met", 1.0, 0.0, {}),
    ("D9", "DecentralisedSchools.coverage", "decentralised__flexible_collective", 0.0, 1.0, {}),
    ("D9", "Schools.community", "decentralised_collective__scatters", 1.0, 0.0, {
        "decentralised__flexible_collective": 1.0}),
    ("D10", "Schools.learning", "decentralised_measures__resource_gain", 0.0, 0.8, {}),
    ("D10", "Schools.upkeep", "decentralised__resource_teachers", 0.0, 1.0, {}),
    ("D3", "Ties.shared", "decentralised_partners__differences", 0.8, 0.0, {}),
    ("D4", "Schools.fatigue", "decentralised__direct_involvement", 0.0, 1.0, {}),
    ("D4", "DecentralisedOwners.versed", "decentralised__direct_involvement", 0.0, 1.0, {}),
    ("D4", "DecentralisedOwners.hit", "decentralised_needs__versed_gain", 0.0, 0.3, {}),
    ("D5", "Ties.equality", "decentralised_partners__equality_clarity", -0.3, 0.4, {}),
    ("D5", "Ties.equality", "decentralised_partners__equality_gap", 0.8, 0.0, {}),
    ("D7", "DecentralisedSchools.fit", "decentralised_themes__missed", 0.2, 1.0, {}),
    ("D7", "DecentralisedUH.offers", "decentralised__multi_year", 0.0, 1.0, {}),
    ("D7", "DecentralisedOwners.hit", "decentralised__coordinator_fte", 0.0, 1.0, {}),
    ("D8", "DecentralisedSchools.distance", "decentralised__leaders_at_table", 1.0, 0.0, {}),
    ("D8", "DecentralisedSchools.distance", "decentralised_voices__direct_brings", 0.5, 0.0, {}),
    ("D10", "DecentralisedSchools.led", "decentralised_voices__resource_relief_hours", 0.0, 60.0, {
        "decentralised__resource_teachers": 1.0, "decentralised__codetermination": 1.0}),
    ("D12", "DecentralisedOwners.paused", "decentralised_measures__pauses_at", 3.0, 1.1, {}),
    ("D15", "DecentralisedSchools.led", "decentralised_voices__table_hours", 100.0, 0.0, {
        "decentralised__leaders_at_table": 1.0}),
    ("D15", "Schools.involvement", "decentralised_voices__distance_falls", 1.0, 0.0, {
        "decentralised__leaders_at_table": 0.0, "decentralised__direct_involvement": 0.0}),
    ("D16", "DecentralisedSchools.codetermination", "decentralised__codetermination", 0.0, 1.0, {}),
    ("D16", "Schools.involvement", "decentralised_voices__involvement_codetermined", 0.0, 0.4, {}),
    ("D16", "Schools.fatigue", "decentralised__codetermination", 0.0, 1.0, {}),
    ("D11", "Schools.involvement", "decentralised_measures__involvement_falls", 0.5, 0.0, {}),
    ("D11", "Schools.upkeep", "decentralised_measures__upkeep", 0.2, 0.9, {}),
    ("D11", "Schools.upkeep", "decentralised_measures__routine_lost", 1.0, 0.0, {}),
    ("D11", "Schools.practice", "decentralised__measure_years", 1.0, 5.0, {}),
    ("D12", "Schools.fatigue", "decentralised_measures__asked_fte", 0.0, 0.5, {}),
    ("D12", "DecentralisedOwners.effort", "load__other_schemes_fte", 1.0, 0.0, {}),
    ("D12", "Schools.learning", "decentralised_measures__competing", 1.0, 0.0, {}),
    ("D13", "Ties.shared", "decentralised_politicians__holds", 0.0, 1.0, COUNCILS),
    ("D13", "Municipalities.backing", "decentralised__politicians_involved", 0.0, 1.0, {}),
    ("D13", "Municipalities.backing", "decentralised_politicians__election_loss", 1.0, 0.0, COUNCILS),
    ("D13", "Municipalities.load", "decentralised__politicians_involved", 0.0, 1.0, {}),
    ("D13", "DecentralisedSchools.fit", "decentralised_politicians__sways", 1.0, 0.0, COUNCILS),
    ("D14", "DecentralisedUH.teaching", "decentralised_uh__specialised_carry", 0.1, 1.0, {}),
    ("D14", "DecentralisedUH.research", "decentralised_uh__research_pace", 0.02, 0.3, {}),
    ("D14", "DecentralisedUH.teaching", "decentralised_uh__teaching_pace", 0.1, 0.4, {}),
    ("D14", "DecentralisedUH.teaching", "decentralised_uh__back_fades", 0.25, 0.04, {}),
    ("D14", "DecentralisedUH.practice_contact", "decentralised_uh__hired_carry", 0.2, 1.0, {}),
    ("D14", "DecentralisedUH.practice_contact", "decentralised_uh__market_learning", 0.1, 1.0, ORDERED),
    ("D14", "DecentralisedUH.practice_contact", "decentralised_uh__hierarchy_learning", 0.1, 1.0, APPLIED),
    ("D14", "DecentralisedUH.teaching", "decentralised_uh__apart", 0.6, 0.0, {}),
    ("D14", "DecentralisedUH.teaching", "decentralised__uh_arenas", 0.0, 1.0, {}),
    ("D14", "DecentralisedOwners.uh_hours", "decentralised__uh_arenas", 1.0, 0.0, {}),
    ("logics", "DecentralisedOwners.legitimacy", "decentralised_logics__pace", 0.02, 0.5, FOLLOWERS),
    ("logics", "DecentralisedOwners.effort", "decentralised_logics__legitimacy_fit", 0.1, 0.6, {}),
    ("logics", "DecentralisedOwners.effort", "decentralised_logics__waits", 0.6, 0.0, {}),
    ("logics", "DecentralisedOwners.effort", "decentralised_logics__seen_pace", 0.1, 0.9, {}),
    ("logics", "Ties.trust", "decentralised_partners__other_contact", 0.0, 1.0, ORDERED),
    ("logics", "DecentralisedOwners.hours", "decentralised_money__hierarchy_hours", 0.0, 200.0, APPLIED),
    ("across", "Schools.upkeep", "follow_up__uses_networks", 0.0, 1.0, {}),
    ("across", "Schools.upkeep", "decentralised_partners__shared_gain", 0.0, 0.8, {
        "follow_up__uses_networks": 1.0, "decentralised_measures__upkeep": 0.0}),
]  # fmt: skip


@pytest.mark.parametrize("mechanism", MORE, ids=names(MORE))
def test_a_mechanism_moves_its_outcome_the_way_it_should(mechanism: Mechanism) -> None:
    country = (
        LARGER
        if mechanism[1] in {"Ties.changed", "DecentralisedUH.idle_hours"} or mechanism[0] == "across"
        else SMALL
    )
    assert country.rises(mechanism)


SETTINGS: tuple[Setting, ...] = (
    {},
    # the three regimes side by side, and everything that is off by default switched on
    {
        "decentralised__market_share": 0.3,
        "decentralised__hierarchy_share": 0.3,
        "decentralised__split": Split.NEED,
        "decentralised__conditional_share": 0.3,
        "decentralised__relief_for_poor": 0.5,
        "decentralised__analysis_support": 0.5,
        "decentralised__seed_grant_share": 0.3,
        "decentralised__politicians_involved": 0.8,
        "decentralised__flexible_collective": 0.5,
        "decentralised_handing_over__active": True,
        # criteria of a regulation from long ago
        "decentralised__regulation": True,
        "decentralised__criteria_replaced": 0.0,
        "decentralised__coordinator_fte": 0.8,
        "system_2026_governor__linked": 0.5,
        "load__other_schemes_fte": 0.3,
        **WEAK_UH,
    },
)


# What belongs to owners beside municipalities alone has a test of its own; what is expected moves answers to the virtual survey
# alone (tests/surveys/test_expectations.py).
BESIDE = (OtherOwnership, OtherSchooling, Expectations)
GROUPS: tuple[type[Group], ...] = (*(g for g in SCHEME.groups if g not in BESIDE), Implementing)


@pytest.mark.parametrize(
    "declaration", [d for group in GROUPS for d in group.declarations()], ids=lambda d: d.name
)
def test_every_parameter_of_the_scheme_moves_something_in_the_course_of_the_years(
    declaration: Declaration,
) -> None:
    country = LARGER if declaration.field.startswith("change_") else SMALL
    assert any(country.moves(0, setting, declaration) for setting in SETTINGS)
