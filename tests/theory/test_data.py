from __future__ import annotations

from collections import Counter

import pytest

from sim.declared import REGISTRY
from sim.parameters.declaration import Role
from sim.schemes import SCHEMES
from sim.theory.granted import grants
from sim.theory.link import HALF, Link, Origin, Stage, Theory, Units
from sim.theory.quantities import QUANTITIES
from sim.theory.reading import theories

ORDER = list(Stage)
LINKS = [(theory, link) for theory in theories() for link in theory.links]
EACH = pytest.mark.parametrize("link", [link for _, link in LINKS], ids=lambda link: link.key)


def named(value: object) -> str:
    return value.scheme if isinstance(value, Theory) else value.key if isinstance(value, Link) else str(value)


def test_three_schemes_have_a_theory() -> None:
    assert [theory.scheme for theory in theories()] == ["decentralised", "follow_up", "vocational"]
    assert {theory.scheme for theory in theories()} <= {scheme.key for scheme in SCHEMES}


@pytest.mark.parametrize("theory", theories(), ids=named)
def test_every_chain_has_all_five_stages_and_no_key_twice(theory: Theory) -> None:
    assert {link.stage for link in theory.links} == set(Stage)
    assert max(Counter(link.key for link in theory.links).values()) == 1


@EACH
def test_every_link_is_a_sentence_in_both_languages_with_a_quantity_a_limit_and_a_source(link: Link) -> None:
    assert all(link.text[lang].endswith(".") for lang in ("en", "nb"))
    assert link.quantity in QUANTITIES
    assert (link.at_least is None) != (link.at_most is None)
    assert link.unit
    assert link.why
    assert link.source


@pytest.mark.parametrize(("theory", "link"), LINKS, ids=named)
def test_every_link_but_a_goal_leads_to_the_next_stage(theory: Theory, link: Link) -> None:
    reached = {theory.link(key).stage for key in link.leads_to}
    if link.stage is Stage.GOAL:
        assert reached == set()
    else:
        later = ORDER[ORDER.index(link.stage) + 1]
        assert reached == {later}


@pytest.mark.parametrize("theory", theories(), ids=named)
def test_every_result_and_goal_is_led_to_and_has_an_aim(theory: Theory) -> None:
    led_to = {key for link in theory.links for key in link.leads_to}
    for link in theory.of_stage(Stage.RESULT, Stage.GOAL):
        assert link.key in led_to
        assert link.aim is not None
        assert 0 < link.aim.share <= 1


@pytest.mark.parametrize("theory", theories(), ids=named)
def test_every_condition_can_be_granted_by_parameters_within_their_bounds(theory: Theory) -> None:
    for link in theory.of_stage(Stage.CONDITION):
        assert grants([link], REGISTRY), link.key


@pytest.mark.parametrize("theory", theories(), ids=named)
def test_no_two_conditions_set_the_same_parameter(theory: Theory) -> None:
    found = Counter(name for link in theory.of_stage(Stage.CONDITION) for name in link.granted)
    assert [name for name, times in found.items() if times > 1] == []


@EACH
def test_only_conditions_are_granted(link: Link) -> None:
    assert bool(link.granted) == (link.stage is Stage.CONDITION)
    assert (link.origin is None) == (link.stage is not Stage.CONDITION)


def test_only_the_conditions_of_the_figures_count_as_named() -> None:
    named = {theory.scheme: [link.key for link in theory.conditions(Origin.NAMED)] for theory in theories()}
    assert named == {
        "decentralised": [
            "governor_leads", "partnership", "uh_offers", "owner_takes_responsibility", "profession_takes_ownership",
        ],
        "follow_up": ["right_ones", "guides_fit", "providers_fit", "found_right"],
        "vocational": ["actors_involved", "takes_responsibility"],
    }  # fmt: skip
    presumed = [link.key for theory in theories() for link in theory.conditions(Origin.PRESUMED)]
    assert presumed == ["owner_works"]


@EACH
def test_a_half_is_a_limit_only_where_nobody_was_asked_and_marked_so(link: Link) -> None:
    assert ("nobody was asked" in link.why) == link.nobody_asked
    if link.nobody_asked:
        assert HALF in (link.at_least, link.at_most)


@pytest.mark.parametrize("theory", theories(), ids=named)
def test_every_link_of_a_theory_that_holds_several_chains_belongs_to_one(theory: Theory) -> None:
    assert {link.strand for link in theory.links} == (set(theory.strands) or {""})


@pytest.mark.parametrize("theory", theories(), ids=named)
def test_what_practice_did_without_is_a_lever_of_the_scheme(theory: Theory) -> None:
    for departure in theory.departures:
        assert all(REGISTRY.find(name).role is Role.LEVER for name in departure.levers)
        assert all(name.startswith(f"{theory.scheme}.") for name in departure.levers)


@EACH
def test_what_may_stand_elsewhere_says_where_and_why(link: Link) -> None:
    if link.also:
        assert link.also.stage is not link.stage
        assert link.also.why


def test_counties_are_judged_by_what_counties_have() -> None:
    for theory in theories():
        of_counties = [link.quantity.startswith("voc_") for link in theory.links]
        assert set(of_counties) == {theory.units is Units.COUNTIES}


def test_no_means_of_the_design_is_granted() -> None:
    # How money comes, how much, and for how long is what the design itself decides.
    means = {
        "market_share", "hierarchy_share", "grant_nok", "cofunding", "uh_share", "measure_years", "active",
    }  # fmt: skip
    names = {name for theory in theories() for link in theory.links for name in link.granted}
    levers = {name.rsplit(".", 1)[1] for name in names if REGISTRY.find(name).role is Role.LEVER}
    assert levers & means == set()
