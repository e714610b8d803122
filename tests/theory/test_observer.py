from __future__ import annotations

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.state import Ties
from sim.schemes.vocational.state import CountyOwners
from sim.surveys.asking import agrees_from
from sim.surveys.parameters import Survey
from sim.surveys.respondents import Respondents
from sim.theory.asked import QUESTIONS
from sim.theory.observer import COLUMNS, by_group, follow, words
from tests.theory.small_country import small_country

P = Parameters(REGISTRY, {})


def test_shares_count_those_whom_a_link_concerns() -> None:
    # Of four municipalities the link concerns three and holds for two; in the second group for the one it concerns.
    values = np.array([[0.2, 0.5, np.nan, 0.8]])
    masks = np.array([[1, 1, 1, 1], [0, 0, 1, 1], [0, 0, 1, 0]], dtype=float)
    # From 0.5 on; and if the limit lay at 0.2, or at 0.6.
    limits = np.array([[[0.5], [np.inf]], [[0.2], [np.inf]], [[0.6], [np.inf]]])
    n, reached, easier, harder, mean = by_group(values, limits, masks)
    assert n.tolist() == [[3, 1, 0]]
    assert reached == pytest.approx(np.array([[2 / 3, 1, 0]]))
    assert easier.tolist() == [[1, 1, 0]]
    assert harder == pytest.approx(np.array([[1 / 3, 1, 0]]))
    assert mean == pytest.approx(np.array([[0.5, 0.8, 0]]))


def test_the_vocational_chain_is_followed_for_counties() -> None:
    state = small_country()
    state[CountyOwners].trust[:] = [0.6, 0.4]
    found = follow(state, P)
    said = {name: np.array(words()[name])[found[name]] for name in ("scheme", "link", "group")}
    here = (said["scheme"] == "vocational") & (said["link"] == "actors_involved")
    by_group = dict(
        zip(
            said["group"][here].tolist(),
            zip(found["n"][here].tolist(), found["reached"][here].tolist(), strict=True),
            strict=True,
        )
    )
    assert by_group == {"all": (2, 0.5), "region.west": (2, 0.5)}


def test_a_county_that_is_part_of_another_is_not_counted() -> None:
    state = small_country()
    state[CountyOwners].owner[:] = 0
    found = follow(state, P)
    vocational = np.array(words()["scheme"])[found["scheme"]] == "vocational"
    assert set(found["n"][vocational].tolist()) == {1}


def test_the_chain_says_that_most_plan_with_uh_where_most_owners_say_so() -> None:
    # What owners are asked and what the chain is judged by are one quantity and one limit.
    state = small_country()
    limit = agrees_from(
        [(QUESTIONS["planned_together"], Respondents.OWNERS)], P[Survey], np.array([0.5])
    ).item()
    state[Ties].together[:] = np.array([limit + 0.01, limit - 0.01])[:, None]
    found = follow(state, P)
    here = (np.array(words()["link"])[found["link"]] == "plans_with_uh") & (
        found["group"] == words()["group"].index("all")
    )
    assert found["reached"][here].tolist() == [0.5]


def test_it_is_noted_once_a_year_in_autumn() -> None:
    spring, autumn = follow(small_country(season=Season.SPRING), P), follow(small_country(), P)
    assert spring == {}
    assert list(autumn) == list(COLUMNS)
    assert set(autumn["year"].tolist()) == {2022}
    assert len(set(map(len, autumn.values()))) == 1


def test_a_link_that_concerns_nobody_has_no_row() -> None:
    found = follow(small_country(), P)  # nobody is in the follow-up scheme
    stages = set(
        np.array(words()["stage"])[found["stage"]][
            np.array(words()["scheme"])[found["scheme"]] == "follow_up"
        ].tolist()
    )
    assert "condition" not in stages
    assert found["n"].min() >= 1
    assert found["reached"].min() >= 0
    assert found["reached"].max() <= 1


def test_following_leaves_the_state_as_it_is() -> None:
    state = small_country()
    before = state.copy()
    follow(state, P)
    for then, now in zip(before, state, strict=True):
        for name, values in now.arrays().items():
            np.testing.assert_array_equal(getattr(then, name), values, err_msg=name)


def test_the_same_state_gives_the_same_rows() -> None:
    first, again = follow(small_country(), P), follow(small_country(), P)
    for name in COLUMNS:
        np.testing.assert_array_equal(first[name], again[name])
