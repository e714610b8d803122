"""What the sources claim of the scheme comes out in whole worlds.

Each claim is played in ten worlds, twice in each in the same luck. It holds if the difference points the right way in all of
them: were the mechanism idle and the difference a coin's, that would happen once in 1,024 (sign test, one-sided error 0.1 %).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import pytest

from sim.arrays import Bools, Floats
from sim.declared import REGISTRY
from sim.experiments.parameter_draws import prior_draw
from sim.model import SchemeModel
from sim.parameters.declaration import Value
from sim.schemes.decentralised.grants import pupils
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers
from sim.surveys.waves import T1, T3
from tests.schemes.decentralised.whole_country import base, variant, world

pytestmark = pytest.mark.slow

WORLDS = 10
FIRST, LAST = 2020, 2025  # years over which is averaged; from 2017 to then partnerships are built
SCALE = 0.15

Setting: TypeAlias = dict[str, Value]
Reading: TypeAlias = Callable[[State], float]


def third(values: Floats, *, largest: bool) -> Bools:
    """The third of the owners with the largest or the smallest values."""
    order = np.argsort(np.argsort(values if not largest else -values, kind="stable"), kind="stable")
    return np.asarray(order < len(values) / 3)


def part_of_the_grant(state: State, who: Bools) -> float:
    """Grant per pupil of some owners over everybody's."""
    grant, size = state[DecentralisedOwners].grant_nok, pupils(state[Schools], len(state[Municipalities]))
    return float(grant[who].sum() / size[who].sum() / (grant.sum() / size.sum()))


def small_owners(state: State) -> Bools:
    return third(state[Municipalities].population, largest=False)


def large_owners(state: State) -> Bools:
    return third(state[Municipalities].population, largest=True)


def more_effort_of_large_owners(state: State) -> float:
    effort = state[DecentralisedOwners].effort
    return float(effort[large_owners(state)].mean() - effort[small_owners(state)].mean())


def learning_where_owners_have_staff(state: State) -> float:
    """Learning in schools of the third with most staff less that of the third with least, in means of all schools."""
    owner, staff = state[Schools].municipality, state[Municipalities].capacity_fte
    learned = []
    for largest in (True, False):
        here = third(staff, largest=largest)[owner]
        learned.append(np.average(state[Schools].learning[here], weights=state[Schools].n_teachers[here]))
    everywhere = np.average(state[Schools].learning, weights=state[Schools].n_teachers)
    return float((learned[0] - learned[1]) / everywhere) if everywhere > 0 else 0.0


def applicants_luck(state: State) -> float:
    """Grant per pupil of the third with most capacity and competence to apply, less that of the third with least; in means."""
    owners = state[Municipalities]
    able = owners.capacity_fte * owners.competence
    each = state[DecentralisedOwners].grant_nok / pupils(state[Schools], len(state[Municipalities]))
    gap = each[third(able, largest=True)].mean() - each[third(able, largest=False)].mean()
    return float(gap / each.mean())


def strength_of_funded_partnerships(state: State) -> float:
    """Trust times equality, weighted by grant per pupil against the mean of the forum."""
    ties, forum = state[Ties], state[CountyForums].forum[state[Municipalities].county]
    each = state[DecentralisedOwners].grant_nok / pupils(state[Schools], len(state[Municipalities]))
    strength = ties.trust * ties.equality
    n = np.maximum(np.bincount(forum), 1)
    each = each - (np.bincount(forum, each) / n)[forum]
    return float((each * (strength - (np.bincount(forum, strength) / n)[forum])).mean())


def stalled(state: State) -> float:
    ds = state[DecentralisedSchools]
    return float(ds.stalled[ds.in_measure].mean()) if ds.in_measure.any() else 0.0


def fit(state: State) -> float:
    ds = state[DecentralisedSchools]
    return float(ds.fit[ds.in_measure].mean()) if ds.in_measure.any() else 0.0


def learning_where_leaders_are_strong(state: State) -> float:
    """Learning in the third of schools with the strongest leaders, less that in the third with the weakest."""
    schools = state[Schools]
    strong, weak = (third(schools.leadership, largest=largest) for largest in (True, False))
    return float(schools.learning[strong].mean() - schools.learning[weak].mean())


READINGS: Mapping[str, Reading] = {
    "shared understanding": lambda s: float(s[Ties].shared.mean()),
    "ownership": lambda s: float(s[Teachers].ownership.mean()),
    "hours": lambda s: float(s[DecentralisedOwners].hours.mean()),
    "learning": lambda s: float(np.average(s[Schools].learning, weights=s[Schools].n_teachers)),
    "practice": lambda s: float(s[Teachers].practice.mean()),
    "teaching": lambda s: float(s[DecentralisedUH].teaching.mean()),
    "research": lambda s: float(s[DecentralisedUH].research.mean()),
    "satisfaction": lambda s: float(s[Forums].satisfaction.mean()),
    "role clarity": lambda s: float(s[Forums].role_clarity.mean()),
    "hit": lambda s: float(s[DecentralisedOwners].hit.mean()),
    "hours for a krone": lambda s: float(
        s[DecentralisedUH].demand_hours.sum() / s[DecentralisedOwners].uh_nok.sum()
    ),
    "UH capacity": lambda s: float(s[DecentralisedUH].capacity_hours.sum()),
    "UH hours": lambda s: float(s[DecentralisedOwners].uh_hours.sum()),
    "grant of small owners": lambda s: part_of_the_grant(s, small_owners(s)),
    "grant of large owners": lambda s: part_of_the_grant(s, large_owners(s)),
    "more effort of large owners": more_effort_of_large_owners,
    "learning where owners have staff": learning_where_owners_have_staff,
    "applicants' luck": applicants_luck,
    "strength of funded partnerships": strength_of_funded_partnerships,
    "distance": lambda s: float(s[DecentralisedSchools].distance.mean()),
    "co-determination": lambda s: float(s[DecentralisedSchools].codetermination.mean()),
    "process led in schools": lambda s: float(s[DecentralisedSchools].led.mean()),
    "fatigue": lambda s: float(s[Schools].fatigue.mean()),
    "load": lambda s: float(s[Municipalities].load.mean()),
    "upkeep": lambda s: float(s[Schools].upkeep.mean()),
    "owners that pause": lambda s: float(s[DecentralisedOwners].paused.mean()),
    "learning where leaders are strong": learning_where_leaders_are_strong,
    "stalled": stalled,
    "fit": fit,
    "teachers reached": lambda s: float(
        np.average(
            s[DecentralisedSchools].coverage * s[DecentralisedSchools].in_measure,
            weights=s[Schools].n_teachers,
        )
    ),
}


@lru_cache
def played(number: int, **values: Value) -> Mapping[str, float]:
    """Every reading, as a mean over the half-years."""
    model = world(variant("voluntary", **{**ALONE, **values}), number, SCALE)
    seen: dict[str, list[float]] = {name: [] for name in READINGS}
    while model.coming.year <= LAST:
        model.step()
        if model.state.now.year >= FIRST:
            for name, reading in READINGS.items():
                seen[name].append(reading(model.state))
    return {name: float(np.mean(values)) for name, values in seen.items()}


ALONE: Setting = {"follow_up__active": False, "innovation__active": False}
"""Without the other schemes that work in schools: whom they draw or who wins their money would only add noise."""

FREE: Setting = {"decentralised__cofunding": 0.0, "decentralised_forum__power": 0.0}
NETWORK: Setting = {"decentralised__market_share": 0.0, "decentralised__hierarchy_share": 0.0}
MARKET: Setting = {"decentralised__market_share": 1.0, "decentralised__hierarchy_share": 0.0}
HIERARCHY: Setting = {"decentralised__market_share": 0.0, "decentralised__hierarchy_share": 1.0}
SPECIALISED: Setting = {"society__uh_specialised_share": 1.0, "society__uh_tradition_specialised": 0.0}
ORDINARY: Setting = {"society__uh_specialised_share": 0.0, "society__uh_tradition_specialised": 0.0}
RESTLESS: Setting = {"turnover__head_exit": 0.3, "decentralised_partners__uh_exit": 0.35}
NO_GAIN: Setting = {
    "decentralised_measures__resource_gain": 0.0,
    "decentralised_voices__resource_relief_hours": 0.0,
}
NOT_NEARER: Setting = {"decentralised_voices__nearness": 0.0}
ASKED: Setting = {"decentralised__direct_involvement": 1.0}
UNUSED: Setting = {"decentralised_networks__weight": 0.0}
UNLED: Setting = {
    "decentralised__governor_training": 0.0, "decentralised_forum__leadership_start": 0.1,
    "decentralised_forum__power": 0.6,
}  # fmt: skip
LED: Setting = {
    **UNLED,
    "decentralised__governor_training": 1.0,
    "decentralised_forum__leadership_start": 0.8,
}

CLAIMS: list[tuple[str, str, Setting, Setting, str]] = [
    # claim, reading, where it is less, where it is more, source
    ("turnover lowers shared understanding", "shared understanding", RESTLESS, {}, "1.4.2 [D3]"),
    ("the smallest lose most by co-funding", "grant of small owners",
     {"decentralised__cofunding": 0.6}, {"decentralised__cofunding": 0.0}, "OECD 2020"),
    ("relief helps the smallest", "grant of small owners",
     {"decentralised__relief_for_poor": 0.0}, {"decentralised__relief_for_poor": 1.0}, "OECD 2020"),
    ("the smallest lose most by competing schemes", "more effort of large owners",
     {"load__other_schemes_fte": 0.0}, {"load__other_schemes_fte": 0.3}, "3.6-3.7 [D12]"),
    ("direct involvement gives ownership", "ownership",
     {"decentralised__direct_involvement": 0.0}, {"decentralised__direct_involvement": 1.0}, "2.3.2.2 [D4]"),
    ("direct involvement costs hours", "hours",
     {"decentralised__direct_involvement": 0.0}, {"decentralised__direct_involvement": 1.0}, "2.3.2.2 [D4]"),
    ("specialised centres do better in schools", "learning", ORDINARY, SPECIALISED, "2.3.1.3 [D7]"),
    ("specialised centres carry less back to teaching", "teaching", SPECIALISED, ORDINARY, "2.3.1.3 [D14]"),
    ("specialised centres carry less back to research", "research", SPECIALISED, ORDINARY, "2.3.1.3 [D14]"),
    ("a market favours those who can order", "learning where owners have staff", NETWORK, MARKET, "1.1"),
    ("a hierarchy favours those who can apply", "applicants' luck", {**NETWORK, **FREE}, {**HIERARCHY, **FREE}, "1.1"),
    ("networks give more ownership than a market", "ownership", MARKET, NETWORK, "1.1"),
    ("networks give more ownership than programmes", "ownership", HIERARCHY, NETWORK, "1.1"),
    ("networks share more understanding than a market", "shared understanding", MARKET, NETWORK, "1.1, 1.4.2"),
    ("applications cost more hours than orders", "hours", MARKET, HIERARCHY, "1.1"),
    ("training of governors makes members content", "satisfaction",
     {"decentralised__governor_training": 0.0}, {"decentralised__governor_training": 1.0}, "2.2 [D1]"),
    ("the regulation makes roles clear", "role clarity",
     {"decentralised__regulation": False}, {"decentralised__regulation": True}, "2.2 [D1]"),
    ("money for several years raises UH's capacity", "UH capacity",
     {"decentralised__multi_year": 0.0}, {"decentralised__multi_year": 1.0}, "2.2 [D7]"),
    ("money for several years raises what UH can give", "UH hours",
     {"decentralised__multi_year": 0.0}, {"decentralised__multi_year": 1.0}, "2.2 [D7]"),
    ("money for several years brings more back to teaching", "teaching",
     {"decentralised__multi_year": 0.0}, {"decentralised__multi_year": 1.0}, "2.2.1, 2.4 [D7, D14]"),
    ("money for several years lets needs analyses hit", "hit",
     {"decentralised__multi_year": 0.0}, {"decentralised__multi_year": 1.0}, "2.2.1 [D7]"),
    ("ordered work brings less back to teaching", "teaching", MARKET, NETWORK, "2.3.1"),
    ("bringing UH's staff together brings more back to teaching", "teaching",
     {"decentralised__uh_arenas": 0.0}, {"decentralised__uh_arenas": 1.0}, "2.3.1.3 [D14]"),
    ("bringing UH's staff together takes hours from schools", "UH hours",
     {"decentralised__uh_arenas": 1.0}, {"decentralised__uh_arenas": 0.0}, "assumption"),
    ("an hour in schools is dearer where UH's people have posts", "hours for a krone",
     {"decentralised__multi_year": 1.0}, {"decentralised__multi_year": 0.0}, "assumption"),
    ("conditional grants go to strong partnerships", "strength of funded partnerships",
     {"decentralised__conditional_share": 0.0}, {"decentralised__conditional_share": 0.6}, "OECD 2020"),
    ("leading the process keeps measures from stalling", "stalled",
     {"decentralised_measures__process_base": 0.5}, {"decentralised_measures__process_base": 0.1}, "2.3.1.2 [D6]"),
    ("resource teachers carry the work on", "upkeep",
     {"decentralised__resource_teachers": 0.0}, {"decentralised__resource_teachers": 1.0}, "2.3.2.3 [D10]"),
    ("resource teachers are paid from others' time", "learning",
     {**NO_GAIN, "decentralised__resource_teachers": 1.0}, {**NO_GAIN, "decentralised__resource_teachers": 0.0},
     "2.3.2.3 [D10]"),
    ("leaders stand nearer when they sit at the table", "distance",
     {"decentralised__leaders_at_table": 1.0}, {"decentralised__leaders_at_table": 0.0}, "2.3.1.1 [D8]"),
    ("leaders stand nearer where teachers are asked themselves", "distance",
     {"decentralised__direct_involvement": 1.0}, {"decentralised__direct_involvement": 0.0}, "2.3.2.2 [D8]"),
    ("leaders' distance lowers ownership", "ownership",
     {"decentralised__leaders_at_table": 0.0}, {"decentralised__leaders_at_table": 1.0}, "2.3.1.1 [D15]"),
    ("the table costs hours", "hours",
     {"decentralised__leaders_at_table": 0.0}, {"decentralised__leaders_at_table": 1.0}, "assumption"),
    ("the table takes time from leading", "process led in schools",
     {**NOT_NEARER, "decentralised__leaders_at_table": 1.0}, {**NOT_NEARER, "decentralised__leaders_at_table": 0.0},
     "2.3.1.2 [D15]"),
    ("leaders lead the process", "learning where leaders are strong",
     {"decentralised_voices__leader_weight": 0.0}, {"decentralised_voices__leader_weight": 0.6}, "2.3.1.2 [D15]"),
    ("direct involvement tires", "fatigue",
     {"decentralised__direct_involvement": 0.0}, {"decentralised__direct_involvement": 1.0}, "2.3.2.2 [D4]"),
    ("direct involvement loads owners", "load",
     {"decentralised__direct_involvement": 0.0}, {"decentralised__direct_involvement": 1.0}, "2.3.2.2 [D4]"),
    ("direct involvement trains the use of data", "hit",
     {**ASKED, "decentralised_needs__versed_gain": 0.0}, {**ASKED, "decentralised_needs__versed_gain": 0.08}, "2.3.2.2 [D4]"),
    ("co-determination can be used more", "ownership",
     {"decentralised__codetermination": 0.0}, {"decentralised__codetermination": 1.0}, "2.3.2 [D16]"),
    ("co-determination tires", "fatigue",
     {"decentralised__codetermination": 0.0}, {"decentralised__codetermination": 1.0}, "assumption"),
    ("a coordinator makes networks worth more", "hit",
     {"decentralised__coordinator_fte": 0.0}, {"decentralised__coordinator_fte": 1.0}, "2.1"),
    ("coordinators are paid from others' time", "learning",
     {**UNUSED, "decentralised__coordinator_fte": 1.0}, {**UNUSED, "decentralised__coordinator_fte": 0.0}, "assumption"),
    ("other schemes make owners pause", "owners that pause",
     {"load__other_schemes_fte": 0.0}, {"load__other_schemes_fte": 0.3}, "3.7 [D12]"),
    ("owners that pause reach fewer teachers", "teachers reached",
     {"decentralised_measures__pauses_at": 1.2}, {"decentralised_measures__pauses_at": 10.0}, "3.7 [D12]"),
    ("measures fit less where UH lacks the knowledge asked for", "fit",
     {"decentralised_themes__missed": 0.4}, {"decentralised_themes__missed": 1.0}, "2.3.1.2 [D7]"),
    ("money for several years lets UH offer what is asked for", "fit",
     {"decentralised__multi_year": 0.0}, {"decentralised__multi_year": 1.0}, "2.2 [D7]"),
    ("power gives large owners more", "grant of large owners",
     {"decentralised_forum__power": 0.0}, {"decentralised_forum__power": 0.6}, "1.4.2 [D2]"),
    ("unless the forum is led against it", "grant of large owners", LED, UNLED, "1.4.2 [D2]"),
    ("enthusiasts bring ownership", "ownership",
     {"decentralised_partners__enthusiast_share": 0.0}, {"decentralised_partners__enthusiast_share": 0.7}, "2.3.1.2 [D5]"),
    ("enthusiasts bring less of UH's knowledge", "learning",
     {"decentralised_partners__enthusiast_share": 0.7}, {"decentralised_partners__enthusiast_share": 0.0}, "2.3.1.2 [D5]"),
    ("general themes reach more teachers", "teachers reached",
     {"decentralised_measures__general_share": 0.2}, {"decentralised_measures__general_share": 1.0}, "2.3.2.3 [D9]"),
    ("general themes fit less", "fit",
     {"decentralised_measures__general_share": 1.0}, {"decentralised_measures__general_share": 0.2}, "2.3.2.3 [D9]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "reading", "less", "more", "source"),
    CLAIMS,
    ids=[claim.replace(" ", "-") for claim, *_ in CLAIMS],
)
def test_a_claim_of_the_sources_comes_out(
    claim: str, reading: str, less: Setting, more: Setting, source: str
) -> None:
    difference = [
        played(number, **more)[reading] - played(number, **less)[reading] for number in range(WORLDS)
    ]
    assert min(difference) > 0, f"{claim} ({source}): {difference}"


def test_the_regulation_is_first_met_with_criticism_and_then_accepted() -> None:
    """AFI-rapport 2026:02, 2.2 [D1]."""
    for number in range(WORLDS):
        content = {}
        for regulation in (False, True):
            model = world(variant("voluntary", **ALONE), number, SCALE)
            model.run_to(2020)
            model = model.branch(variant("voluntary", **ALONE, decentralised__regulation=regulation))
            for year in (2021, 2025):
                model.step()
                content[regulation, year] = model.state[Forums].satisfaction.mean()
                model.run_to(2024)
        assert content[True, 2021] < content[False, 2021]
        assert content[True, 2025] > content[False, 2025]


def after(number: int, levers: Mapping[str, Mapping[int, Value]], **assumed: Value) -> Mapping[str, float]:
    """Readings as means over 2022 to 2026, five years in which all rules are the same again but for what came before."""
    design = variant("voluntary", **ALONE, **assumed)
    for lever, by_year in levers.items():
        for year, value in by_year.items():
            design = design.with_levers({lever: value}, year)
    model = SchemeModel(design, rng=11, world=number, scale=SCALE, start=2005)
    model.run_to(2021)
    seen: dict[str, list[float]] = {name: [] for name in RULES}
    while model.coming.year <= 2026:
        model.step()
        for name, reading in RULES.items():
            seen[name].append(reading(model.state))
    return {name: float(np.mean(values)) for name, values in seen.items()}


RULES: Mapping[str, Reading] = {
    "satisfaction": READINGS["satisfaction"],
    "role clarity": READINGS["role clarity"],
    "legitimacy": lambda s: float(s[DecentralisedOwners].legitimacy.mean()),
    "effort": lambda s: float(s[DecentralisedOwners].effort.mean()),
    "effort of UH": lambda s: float(s[DecentralisedUH].effort.mean()),
}


def test_a_regulation_is_accepted_because_actors_have_shaped_it_in_a_long_open_phase() -> None:
    """AFI-rapport 2026:02, 2.2.1, 5.3 [D1]: one from the first day is worse years after; a phase that never ends loses too."""
    from_the_first_day = {"decentralised.regulation": {2017: True}}
    never = {"decentralised.regulation": {2017: False}}
    for number in range(WORLDS):
        history, imposed, open_for_ever = (
            after(number, levers) for levers in ({}, from_the_first_day, never)
        )
        for name in RULES:
            assert imposed[name] < history[name], name
        assert open_for_ever["role clarity"] < history["role clarity"]
        assert open_for_ever["satisfaction"] < history["satisfaction"]


def test_a_scheme_that_lasts_is_worth_more_effort_than_one_that_is_changed_and_changed_back() -> None:
    """AFI-rapport 2026:02, 2.2.1: long-term, predictable, upheld by changing governments."""
    interlude = {"decentralised.market_share": {2019: 1.0, 2021: 0.05}}
    for number in range(WORLDS):
        lost = []
        for waits in (0.0, 0.4):
            lasting, changed = (
                after(number, levers, decentralised_logics__waits=waits)["effort"]
                for levers in ({}, interlude)
            )
            lost.append(lasting - changed)
        assert lost[1] > lost[0] > 0


def test_shared_understanding_equality_and_involvement_rise_from_2021_to_2024_in_some_worlds_only() -> None:
    """AFI-rapport 2026:02, figs 2-2 and 2-11 to 2-14: shared understanding and involvement fall, equality stays level.

    Under the priors; 40 worlds, each with a draw of its own. A share of 0.5 has a standard error of 0.08; so each of the shares
    that must leave room for either is more than three of them from 0 and 1, or from 1 for equality two.
    """
    rises: dict[str, list[bool]] = {"shared": [], "equality": [], "involvement": [], "co-determination": []}
    for number in range(40):
        design = base("history").with_assumptions(prior_draw(REGISTRY, 7, number))
        model = SchemeModel(design, rng=5, world=number, scale=0.1, start=2017)
        model.run_to(2020)
        seen = []
        while model.coming.year <= 2024:
            model.step()
            if model.state.now in (T1, T3):
                ties, ds = model.state[Ties], model.state[DecentralisedSchools]
                involved = model.state[Schools].involvement[ds.in_measure]
                decided = ds.codetermination[ds.in_measure]
                seen.append((ties.shared.mean(), ties.equality.mean(), involved.mean(), decided.mean()))
        for name, before, after in zip(rises, *seen, strict=True):
            rises[name].append(bool(after > before))
    share = {name: float(np.mean(found)) for name, found in rises.items()}
    assert 0.15 < share["shared"] < 0.75, share
    assert 0.4 < share["equality"] < 0.95, share
    assert 0.05 < share["involvement"] < 0.75, share
    assert share["co-determination"] < 0.5, share
