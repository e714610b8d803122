from __future__ import annotations

import numpy as np

from sim.outcomes.place_groups import OTHERS, place_groups
from sim.state.places import Centrality

SMALL, MEDIUM, LARGE = 1_000.0, 10_000.0, 50_000.0


def country(*kinds: tuple[int, float, Centrality, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Municipalities by county, inhabitants, centrality, and how many there are of the kind."""
    rows = [(county, people, where) for county, people, where, n in kinds for _ in range(n)]
    county, people, where = (np.array(column) for column in zip(*rows, strict=True))
    return county, people, where.astype(np.int8)


def test_five_alike_in_a_county_are_a_group() -> None:
    groups = place_groups(*country((11, SMALL, Centrality.REMOTE, 5), (15, LARGE, Centrality.CENTRAL, 6)))
    assert groups.of.tolist() == [0] * 5 + [1] * 6
    assert groups.county.tolist() == [11, 15]
    assert groups.size.tolist() == ["small", "large"]
    assert groups.centrality.tolist() == ["remote", "central"]
    assert groups.n.tolist() == [5, 6]


def test_those_of_kinds_with_fewer_go_together() -> None:
    groups = place_groups(
        *country(
            (11, SMALL, Centrality.REMOTE, 7),
            (11, MEDIUM, Centrality.REMOTE, 3),
            (11, LARGE, Centrality.CENTRAL, 2),
        )
    )
    assert groups.of.tolist() == [0] * 7 + [1] * 5
    assert groups.size.tolist() == ["small", OTHERS]


def test_if_they_are_still_too_few_the_smallest_group_joins_them() -> None:
    groups = place_groups(
        *country(
            (11, SMALL, Centrality.REMOTE, 7),
            (11, MEDIUM, Centrality.REMOTE, 5),
            (11, LARGE, Centrality.CENTRAL, 2),
        )
    )
    assert groups.of.tolist() == [0] * 7 + [1] * 7
    assert groups.size.tolist() == ["small", OTHERS]


def test_of_a_county_with_four_nothing_is_told() -> None:
    groups = place_groups(*country((3, LARGE, Centrality.CENTRAL, 4), (11, SMALL, Centrality.REMOTE, 5)))
    assert groups.of.tolist() == [-1] * 4 + [0] * 5
    assert groups.sum(np.arange(9)).tolist() == [4 + 5 + 6 + 7 + 8]


def test_without_any_group_there_is_nothing_to_tell() -> None:
    groups = place_groups(*country((3, LARGE, Centrality.CENTRAL, 1)))
    assert groups.n.tolist() == []
    assert groups.mean(np.array([1.0])).tolist() == []


def test_a_mean_rests_on_five_values() -> None:
    groups = place_groups(*country((3, SMALL, Centrality.REMOTE, 6), (11, SMALL, Centrality.REMOTE, 5)))
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0, np.nan, 1.0, 2.0, 3.0, 4.0, np.nan])
    assert np.array_equal(groups.mean(values), [3.0, np.nan], equal_nan=True)
    weights = np.array([1.0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1])
    assert groups.mean(values, weights)[0] == 3.0
