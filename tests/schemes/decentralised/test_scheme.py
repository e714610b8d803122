"""The scheme in a whole small country: its tables at the start, and what holds in every half-year whatever the design."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declared import OUTCOMES
from sim.parameters.declaration import Value
from sim.parameters.scope import Scope
from sim.schemes.decentralised.assumptions import Forum, Logics
from sim.schemes.decentralised.levers import Decentralised, Split
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.scheme import SCHEME, new_uh, set_up
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    PartnershipModel,
    Ties,
)
from sim.state import State
from sim.state.places import Counties, Municipalities, UHUnits
from sim.state.schools import Schools, Teachers
from sim.year_parts import Part
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.schemes.decentralised.whole_country import variant, world
from tests.small_world import Dice, filled, luck, parameters, small_world


def test_in_a_new_world_nothing_is_under_way_and_partners_know_each_other() -> None:
    state = small_world(2017)
    set_up(state, parameters(), Dice({"partnership model": {1101: 0.1, 4601: 0.4}}))
    assert state.breaches() == []
    ties, dec = state[Ties], state[DecentralisedOwners]
    assert ties.uh_unit.tolist() == [0, 1]
    assert (
        (ties.trust > 0.4) & (ties.shared > 0.4) & (ties.tailored > 0) & (ties.together > 0).all(axis=1)
    ).all()
    assert ties.model.tolist() == [PartnershipModel.PROCEDURE, PartnershipModel.ENTHUSIAST]
    assert dec.logic == pytest.approx(np.array([[0.3, 0.4, 0.3]] * 2))
    assert not state[DecentralisedSchools].in_measure.any()
    forums = state[Forums]
    assert forums.leadership.tolist() == [0.3, 0.3]
    assert forums.trust.tolist() == forums.role_clarity.tolist() == [0.4, 0.4]
    assert forums.anchored.tolist() == [0.6, 0.6]  # a regulation is in force
    uh = state[DecentralisedUH]
    assert uh.permanent.tolist() == [0.5, 0.5]  # as half of the money is promised for years
    assert dec.seen.tolist() == [[0, 0, 1]] * 2
    assert uh.seen.tolist() == [[0, 0, 1]] * 2


def test_a_mix_at_the_start_is_a_mix_whatever_is_assumed() -> None:
    state = small_world(2017)
    p = parameters(decentralised_logics__start_market=0.9, decentralised_logics__start_hierarchy=0.9)
    set_up(state, p, luck(state))
    assert state.breaches() == []
    assert state[Forums].logic[0] == pytest.approx([0.9, 0.1, 0])


def test_units_of_long_tradition_and_quality_lead_processes_better_from_the_start() -> None:
    units = filled(UHUnits, 3, capacity_fte=[1, 2, 3], tradition=[0.2, 0.5, 0.8], quality=[0.2, 0.5, 0.8])
    uh = new_uh(units, np.array([0.3, 0.4, 0.3]), parameters())
    assert uh.capacity_hours.tolist() == [800, 1600, 2400]
    assert uh.process_competence == pytest.approx([0.2, 0.5, 0.8])  # 0.5 at the mean
    # Earlier ways let units learn 0.3 x 0.5 + 0.4 x 0.6 + 0.3 = 0.69; half of the staff is hired for a year, so 0.75 stays.
    contact = 0.69 * 0.75 * units.tradition
    assert uh.practice_contact == pytest.approx(contact)
    # Of that four fifths are carried home; a fifth of what came back goes every year, and ten years lie behind it.
    for found, pace in ((uh.teaching, 0.2), (uh.research, 0.1)):
        added = pace * 0.8 * contact
        assert found == pytest.approx(added / (added + 0.2) * (1 - np.exp(-10 * (added + 0.2))))


def test_the_scheme_is_a_table_of_processes() -> None:
    assert [process.name for processes in SCHEME.processes.values() for process in processes] == [
        "decentralised.forum.redraw",
        "decentralised.forum.replace_criteria",
        "decentralised.ask",
        "decentralised.politicians.ask",
        "decentralised.handing_over",
        "decentralised.logics",
        "decentralised.politicians",
        "decentralised.needs.evaluate",
        "decentralised.needs.analyse",
        "decentralised.other_owners.take_seats",
        "decentralised.forum.meet",
        "decentralised.grants",
        "decentralised.other_owners.grants",
        "decentralised.uh",
        "decentralised.themes",
        "decentralised.partners",
        "decentralised.measures.plan",
        "decentralised.measures.carry_out",
        "decentralised.collective",
        "decentralised.owners.learn",
        "decentralised.expectations",
        "decentralised.other_owners.carry_out",
    ]
    assert set(SCHEME.processes) == {Part.BORDERS, Part.ASKING, Part.PLANNING, Part.MEASURES}


@pytest.mark.parametrize(("year", "active"), [(2017, False), (2022, False)])
def test_a_scheme_that_is_off_leaves_the_schools_alone(year: int, *, active: bool) -> None:
    state = small_scheme(year)
    state[DecentralisedSchools] = DecentralisedSchools.blank(3)
    before = state.copy()
    p = parameters(decentralised__active=active)
    for part in (Part.BORDERS, Part.ASKING, Part.PLANNING, Part.MEASURES):
        for process in SCHEME.processes[part]:
            process.rule(state, p, luck(state))
    for kind in (Schools, Municipalities):
        for name, values in state[kind].arrays().items():
            if name != "network_support":
                assert np.array_equal(values, before[kind].arrays()[name]), name


# --- what holds always -----------------------------------------------------------------------------------------

DESIGNS: dict[str, tuple[str, dict[str, Value]]] = {
    "history": ("voluntary", {}),
    "network": ("network", {}),
    "market": ("market", {}),
    "hierarchy": ("hierarchy", {}),
    "network_and_market": ("network_and_market", {}),
    "all sorts at once": (
        "voluntary",
        {
            "decentralised__market_share": 0.3,
            "decentralised__hierarchy_share": 0.3,
            "decentralised__split": Split.NEED,
            "decentralised__conditional_share": 0.5,
            "decentralised__relief_for_poor": 1.0,
            "decentralised__cofunding": 2.0,
            "decentralised__uh_share": 1.0,
            "decentralised__seed_grant_share": 0.5,
            "decentralised__measure_years": 0.5,
            "decentralised__resource_teachers": 1.0,
            "decentralised__direct_involvement": 1.0,
            "decentralised_money__strain": 1.0,
            "decentralised_forum__power": 1.0,
            "decentralised_partners__change_below": 1.0,
            "decentralised_partners__change_chance": 1.0,
            "decentralised_handing_over__active": True,
            "decentralised_other_owners__county_weight": 2.0,
            "decentralised_other_owners__private_weight": 1.0,
        },
    ),
}


def faults(state: State, p_logics: Logics, levers: Decentralised, budget: int) -> list[str]:
    """What does not hold, in words."""
    found = list(state.breaches())
    dec, ties, forums = state[DecentralisedOwners], state[Ties], state[Forums]
    for kind in (DecentralisedOwners, Forums, DecentralisedUH):
        mix = state[kind].arrays()["logic"]
        if not np.allclose(mix.sum(axis=1), 1):
            found.append(f"{kind.__name__}: mixes don't add to one")
        if mix.min() < p_logics.floor - 1e-9:  # everybody starts above the floor
            found.append(f"{kind.__name__}: a layer is lost")
    forum = state[CountyForums].forum[state[Municipalities].county]
    other = state[OtherOwners]
    sits = (other.weight > 0) & (state[CountyForums].forum[other.county] == other.county)
    member = np.append(forum[~dec.handed_over], other.county[sits])
    voice = np.append(dec.voice[~dec.handed_over], other.voice[sits])
    mean = np.bincount(member, voice, len(forums)) / np.maximum(np.bincount(member, minlength=len(forums)), 1)
    if not np.allclose(mean[np.unique(member)], 1):
        found.append("voices have another mean than one")
    beside = other.grant_nok[other.weight > 0].sum() - state[Counties].to_general_nok.sum()
    if dec.grant_nok.sum() + beside != budget:
        found.append(f"grants add up to {dec.grant_nok.sum() + beside}, not {budget}")
    if (dec.uh_nok > dec.grant_nok).any() or (dec.uh_nok < levers.uh_share * dec.grant_nok - 1).any():
        found.append("UH gets another share")
    if not np.array_equal(ties.uh_unit, state[Municipalities].uh_unit):
        found.append("owner and tie know different partners")
    ds = state[DecentralisedSchools]
    if not np.array_equal(ds.in_measure, ds.years_left > 0):
        found.append("a measure without years or years without a measure")
    return found


@pytest.mark.parametrize("name", DESIGNS)
def test_from_2005_to_2026_everything_adds_up(name: str) -> None:
    design, values = DESIGNS[name]
    model = world(variant(design, **values), scale=0.05, start=2005)
    budget = 0
    assert model.state.breaches() == []
    while model.coming.year <= 2026:
        model.step()
        p = model.p
        if model.state.now.season.value == "autumn":
            budget = round(p[Decentralised].grant_nok * p[Scope].scale)
        assert faults(model.state, p[Logics], p[Decentralised], budget) == [], str(model.now)


def test_outcomes_of_the_scheme_can_be_read_in_every_year() -> None:
    model = world(variant(), scale=0.05, start=2005)
    n = {outcome.key for outcome in SCHEME.outcomes}
    assert n <= {outcome.key for outcome in OUTCOMES}
    for _ in range(44):
        model.step()
        for outcome in SCHEME.outcomes:
            assert np.isfinite(outcome.measure(model.state, model.p)).all() or model.steps < 2, outcome.key


def test_a_forum_before_2017_stands_nearly_still() -> None:
    model = world(variant(), scale=0.05, start=2005)
    start = model.state[Forums].trust.copy()
    model.run_to(2009)
    assert np.array_equal(model.state[Forums].trust, start)
    assert model.state[Forums].leadership.tolist() == [model.p[Forum].leadership_start] * len(start)
    model.run_to(2016)
    assert (model.state[Forums].age < 1).all()
    assert model.state[Forums].trust == pytest.approx(start, abs=0.02)


def test_without_the_scheme_teachers_own_development_work_less() -> None:
    """Four pairs of worlds that part in 2021, mean of 2024: less in all of them, by at least two standard errors."""
    less = []
    for number in range(4):
        both = world(variant("voluntary"), number, scale=0.1, start=2019)
        both.run_to(2020)
        found = []
        for design in (
            variant("voluntary"),
            variant("voluntary").with_levers({"decentralised.active": False}, 2021),
        ):
            model = both.branch(design)
            model.run_to(2024)
            staff = model.state[Teachers]
            found.append(staff.ownership[staff.held].mean())
        less.append(found[0] - found[1])
    assert min(less) > 0
    assert np.mean(less) > 2 * np.std(less, ddof=1) / 2
