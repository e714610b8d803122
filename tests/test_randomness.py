"""A draw depends on seed, world, decision, time and identity, and on nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Floats
from sim.randomness import Streams
from sim.rules.random_numbers import uniforms

MANY = np.arange(100_000)
FALSE_ALARM = 1e-6
"""Chance that a test of moments or correlations fails although all is well: 4.89 standard errors on both sides."""
Z = 4.8916


def test_the_numbers_of_a_stream_are_those_it_has_always_given() -> None:
    # Frozen when the streams were first written. If they change, every result changes: say so in the changelog.
    draws = Streams(2026, 3).at(4041)
    assert draws.uniform("teacher leaves", np.array([0, 1, 7, 1101])).tolist() == [
        0.5016916945567674,
        0.8225209730453803,
        0.6296816408736042,
        0.1778431785600466,
    ]
    assert draws.uniform("guides sent", np.array([2]), per=3).tolist() == [
        [0.15202347010440864, 0.7919560298193856, 0.11012550495662599]
    ]
    assert draws.normal("teacher leaves", np.array([0, 7])) == pytest.approx(
        [0.004240462116323315, 0.33101028304139574], rel=1e-13
    )


def test_the_generator_is_splitmix64() -> None:
    # The first numbers of the published generator from the seed 1234567 (java.util.SplittableRandom, Rosetta Code), of which
    # the upper 52 bits count; half a unit keeps them from nought.
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    expected = [((number >> 12) + 0.5) / 2**52 for number in published]
    found = np.empty((1, 4))
    uniforms(np.array([1234567], dtype=np.uint64), np.array([1, 2, 3, 4]), found)
    assert found.tolist() == [expected]


@given(
    ids=st.lists(st.integers(0, 5000), min_size=1, max_size=30, unique=True),
    others=st.lists(st.integers(0, 9000), max_size=30),
    per=st.integers(0, 4),
)
def test_nobody_s_number_depends_on_who_else_draws(ids: list[int], others: list[int], per: int) -> None:
    draws = Streams(1, 2).at(3)
    alone = draws.uniform("decides", np.array(ids), per)
    together = draws.uniform("decides", np.array(others + ids), per)
    assert np.array_equal(together[len(others) :], alone)


@given(st.permutations(range(20)))
def test_the_order_of_identities_does_not_matter(order: list[int]) -> None:
    draws = Streams(1).at(3)
    ids = np.array(order)
    assert np.array_equal(draws.normal("decides", ids), draws.normal("decides", np.arange(20))[ids])


def test_one_who_draws_twice_gets_the_same_number() -> None:
    draws = Streams(1).at(3)
    first = draws.uniform("decides", np.array([4, 4, 5]))
    assert first[0] == first[1] != first[2]
    draws.uniform("something else", MANY)
    assert np.array_equal(draws.uniform("decides", np.array([4, 4, 5])), first)


def test_streams_made_anew_give_the_same_numbers() -> None:
    one, other = Streams(7, 8), Streams(7, 8)
    other.uniform("anything", 1, np.arange(10))
    assert np.array_equal(
        one.uniform("decides", 5, np.arange(10)), other.at(5).uniform("decides", np.arange(10))
    )


def test_several_numbers_for_each_identity_come_as_rows() -> None:
    draws = Streams(1).at(3)
    block = draws.uniform("decides", np.arange(5), per=3)
    assert block.shape == (5, 3)
    assert len(np.unique(block)) == 15
    assert np.array_equal(draws.uniform("decides", np.array([4, 2]), per=3), block[[4, 2]])


def test_nobody_draws_nothing() -> None:
    draws = Streams(1).at(3)
    nobody = np.array([], dtype=np.int64)
    assert draws.uniform("decides", nobody).shape == (0,)
    assert draws.normal("decides", nobody, per=3).shape == (0, 3)
    assert draws.happens("decides", nobody, 0.5).tolist() == []


def test_events_happen_with_their_chance() -> None:
    draws = Streams(1).at(3)
    ids = np.arange(4)
    u = draws.uniform("happens", ids)
    assert draws.happens("happens", ids, u + np.array([1e-9, -1e-9, 1e-9, -1e-9])).tolist() == [
        True, False, True, False,
    ]  # fmt: skip
    assert not draws.happens("happens", MANY, 0.0).any()
    assert draws.happens("happens", MANY, 1.0).all()


def test_uniform_numbers_have_the_moments_of_the_uniform_distribution() -> None:
    u = Streams(1).uniform("moments", 0, MANY)
    n = len(MANY)
    assert u.min() > 0
    assert u.max() < 1
    assert abs(u.mean() - 1 / 2) < Z * np.sqrt(1 / 12 / n)
    # E(u - 1/2)^2 = 1/12, E(u - 1/2)^4 = 1/80, so the variance of the square is 1/80 - 1/144 = 1/180
    assert abs(((u - 1 / 2) ** 2).mean() - 1 / 12) < Z * np.sqrt(1 / 180 / n)


def test_normal_numbers_have_the_moments_of_the_normal_distribution() -> None:
    z = Streams(1).normal("moments", 0, MANY)
    n = len(MANY)
    # Var z = 1, Var z^2 = 3 - 1, Var z^3 = 15, Var z^4 = 105 - 9
    for power, mean, variance in [(1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)]:
        assert abs((z**power).mean() - mean) < Z * np.sqrt(variance / n)


def correlation(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def test_decisions_times_worlds_and_seeds_are_independent_of_each_other() -> None:
    here = Streams(1, 0).normal("decides", 10, MANY)
    others = [
        Streams(1, 0).normal("decides something else", 10, MANY),
        Streams(1, 0).normal("decides", 11, MANY),
        Streams(1, 1).normal("decides", 10, MANY),
        Streams(2, 0).normal("decides", 10, MANY),
        Streams(0, 1).normal("decides", 10, MANY),
    ]
    for other in others:
        assert abs(correlation(here, other)) < Z / np.sqrt(len(MANY))
        assert abs(correlation(here[1:], other[:-1])) < Z / np.sqrt(len(MANY))


def test_neighbours_in_identity_are_independent() -> None:
    z = Streams(1).normal("decides", 10, MANY, per=2)
    assert abs(correlation(z[:, 0], z[:, 1])) < Z / np.sqrt(len(MANY))
    assert abs(correlation(z[1:, 0], z[:-1, 0])) < Z / np.sqrt(len(MANY))


def test_seed_and_world_are_not_mixed_up() -> None:
    # "1|23" and "12|3" would be one and the same if the parts were only strung together.
    assert Streams(1, 23).uniform("d", 0, np.arange(1)) != Streams(12, 3).uniform("d", 0, np.arange(1))
    assert Streams(1).uniform("d1", 2, np.arange(1)) != Streams(1).uniform("d", 12, np.arange(1))
