from __future__ import annotations

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.theory.observer import COLUMNS, by_group, follow, words
from tests.schemes.decentralised.small_scheme import small_scheme

P = Parameters(REGISTRY, {})


def test_shares_count_those_whom_a_link_concerns() -> None:
    # Of four municipalities the link concerns three and holds for two; in the second group for the one it concerns.
    values = np.array([[0.2, 0.5, np.nan, 0.8]])
    masks = np.array([[1, 1, 1, 1], [0, 0, 1, 1], [0, 0, 1, 0]], dtype=float)
    n, reached, mean = by_group(values, np.array([0.5]), np.array([np.inf]), masks)
    assert n.tolist() == [[3, 1, 0]]
    assert reached == pytest.approx(np.array([[2 / 3, 1, 0]]))
    assert mean == pytest.approx(np.array([[0.5, 0.8, 0]]))


def test_it_is_noted_once_a_year_in_autumn() -> None:
    spring, autumn = follow(small_scheme(season=Season.SPRING), P), follow(small_scheme(), P)
    assert spring == {}
    assert list(autumn) == list(COLUMNS)
    assert set(autumn["year"].tolist()) == {2022}
    assert len(set(map(len, autumn.values()))) == 1


def test_a_link_that_concerns_nobody_has_no_row() -> None:
    found = follow(small_scheme(), P)  # nobody is in the follow-up scheme
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
    state = small_scheme()
    before = state.copy()
    follow(state, P)
    for then, now in zip(before, state, strict=True):
        for name, values in now.arrays().items():
            np.testing.assert_array_equal(getattr(then, name), values, err_msg=name)


def test_the_same_state_gives_the_same_rows() -> None:
    first, again = follow(small_scheme(), P), follow(small_scheme(), P)
    for name in COLUMNS:
        np.testing.assert_array_equal(first[name], again[name])
