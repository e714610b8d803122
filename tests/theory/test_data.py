from __future__ import annotations

from collections import Counter

import pytest

from sim.declared import REGISTRY
from sim.parameters.declaration import Role
from sim.schemes import SCHEMES
from sim.theory.granted import grants
from sim.theory.link import Link, Stage, Theory
from sim.theory.quantities import QUANTITIES
from sim.theory.reading import theories

ORDER = list(Stage)
LINKS = [(theory, link) for theory in theories() for link in theory.links]
EACH = pytest.mark.parametrize("link", [link for _, link in LINKS], ids=lambda link: link.key)


def named(value: object) -> str:
    return value.scheme if isinstance(value, Theory) else value.key if isinstance(value, Link) else str(value)


def test_both_schemes_for_schools_have_a_theory() -> None:
    assert [theory.scheme for theory in theories()] == ["decentralised", "follow_up"]
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


def test_no_means_of_the_design_is_granted() -> None:
    # How money comes, how much, and for how long is what the design itself decides.
    means = {
        "market_share",
        "hierarchy_share",
        "grant_nok",
        "cofunding",
        "uh_share",
        "measure_years",
        "active",
    }
    names = {name for theory in theories() for link in theory.links for name in link.granted}
    levers = {name.rsplit(".", 1)[1] for name in names if REGISTRY.find(name).role is Role.LEVER}
    assert levers & means == set()
