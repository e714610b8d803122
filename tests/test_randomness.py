"""A draw depends on seed, world, decision, time and identity, and on nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from sim.arrays import AnyArray, Floats
from sim.randomness import Streams
from sim.rules.random_numbers import key_within

MANY = np.arange(100_000)
FALSE_ALARM = 1e-6
"""Chance that a test of moments or correlations fails although all is well: 4.89 standard errors on both sides."""
Z = 4.8916


def test_the_numbers_of_a_stream_are_those_it_has_always_given() -> None:
    # Frozen when keys were first made level by level. If they change, every result changes: say so in the changelog.
    draws = Streams(2026, 3).at(4041)
    assert draws.uniform("teacher leaves", np.array([0, 1, 7, 1101])).tolist() == [
        0.491418343474361,
        0.963844019414971,
        0.6244894878948074,
        0.2999473815207362,
    ]
    assert draws.uniform("guides sent", np.array([2]), per=3).tolist() == [
        [0.956838921952874, 0.9640580319388622, 0.4034481050936972]
    ]
    assert draws.normal("teacher leaves", np.array([0, 7])) == pytest.approx(
        [-0.021512682103869203, 0.3172933481590131], rel=1e-13
    )


def test_a_number_is_reached_from_its_world_level_by_level() -> None:
    world, name = (
        int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")
        for text in (b"2026|3", b"guides sent")
    )
    moment = key_within(np.uint64(world), 4041)
    decision = key_within(np.uint64(moment), name // 2)  # whole numbers of compiled code end at 2^63
    third = key_within(np.uint64((decision + key_within(np.uint64(0), 2)) % 2**64), 7)
    here = Streams(2026, 3).at(4041)
    assert here.uniform("guides sent", np.array([7]), per=3)[0, 2] == ((third >> 12) + 0.5) / 2**52
    assert here.luck("guides sent").uniform(7, 2) == ((third >> 12) + 0.5) / 2**52


def test_many_decisions_at_once_are_those_one_by_one() -> None:
    draws, ids = Streams(3).at(9), np.array([5, 2])
    together = draws.uniform_each(["a", "b", "c"], ids)
    assert together.tolist() == [draws.uniform(name, ids).tolist() for name in "abc"]


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


AXES = ("world", "moment", "decision", "identity")


@pytest.fixture(scope="module")
def block() -> Floats:
    """Numbers in neighbouring worlds, moments and decisions, of neighbouring identities: shape (10, 20, 5, 500)."""
    names = [f"decision {number}" for number in range(5)]
    worlds = [Streams(2026, world) for world in range(10)]
    return np.array(
        [[world.at(when).uniform_each(names, np.arange(500)) for when in range(20)] for world in worlds]
    )


def neighbours(block: Floats, *steps: tuple[int, int]) -> tuple[Floats, Floats]:
    """Each number, and that which lies so many steps further along axes; -1 is one step back."""
    here, there = [slice(None)] * block.ndim, [slice(None)] * block.ndim
    for axis, step in steps:
        here[axis], there[axis] = slice(None, -abs(step)), slice(abs(step), None)
        if step < 0:
            here[axis], there[axis] = there[axis], here[axis]
    return block[tuple(here)].ravel(), block[tuple(there)].ravel()


def fits(counts: AnyArray) -> bool:
    """Whether cells are as full as equal chances fill them: chi-square."""
    expected = counts.mean()
    return float(chi2.sf(((counts - expected) ** 2 / expected).sum(), counts.size - 1)) > FALSE_ALARM


def test_numbers_are_evenly_spread_in_every_world_moment_decision_and_identity(block: Floats) -> None:
    assert fits(np.bincount((block.ravel() * 4096).astype(int), minlength=4096))
    for axis in range(block.ndim):
        for one in np.moveaxis(block, axis, 0):
            assert fits(np.bincount((one.ravel() * 64).astype(int), minlength=64)), AXES[axis]
    for bit in range(52):  # the last ones too
        share = ((block * 2.0**bit) % 1 >= 1 / 2).mean()
        assert abs(share - 1 / 2) < Z / 2 / np.sqrt(block.size), bit


def test_neighbours_are_independent_along_and_across_worlds_moments_decisions_and_identities(
    block: Floats,
) -> None:
    along = [((axis, lag),) for axis in range(4) for lag in (1, 2, 3)]
    across = [((a, 1), (b, step)) for a, b in combinations(range(4), 2) for step in (1, -1)]
    for steps in (*along, *across):
        one, other = neighbours(block, *steps)
        product = ((one - 1 / 2) * (other - 1 / 2)).mean()  # of independent ones: mean 0, SD 1/12
        assert abs(product) < Z / 12 / np.sqrt(one.size), steps
        assert fits(np.bincount((one * 32).astype(int) * 32 + (other * 32).astype(int), minlength=1024)), (
            steps
        )


def test_means_vary_as_those_of_independent_numbers_do(block: Floats) -> None:
    for axis in range(block.ndim):
        means = (
            block.mean(axis) - 1 / 2
        )  # variance 1/12 by how many; that of its square twice the square of that
        variance = (means**2).mean() * 12 * block.shape[axis]
        assert abs(variance - 1) < Z * np.sqrt(2 / means.size), AXES[axis]


def test_each_bit_of_a_key_a_moment_a_decision_and_an_identity_turns_half_of_a_number_s_bits() -> None:
    n = 20_000
    within: Callable[[AnyArray, AnyArray], AnyArray] = key_within.function  # type: ignore[assignment]  # operators do for columns
    some = Streams(1).at(1).uniform("bits of keys and names", np.arange(n), per=2) * 2.0**63
    key, decision = some.astype(np.uint64).T
    parts = [key, np.arange(n, dtype=np.uint64) % 40, decision, np.arange(n, dtype=np.uint64)]

    def bits(key: AnyArray, *numbers: AnyArray) -> AnyArray:
        for number in numbers:
            key = within(key, number)
        return key >> np.arange(12, 64, dtype=np.uint64)[:, None] & np.uint64(1)

    before = bits(*parts)
    for place, n_bits in enumerate((63, 6, 63, 17)):
        for bit in range(n_bits):
            turned = [*parts[:place], parts[place] ^ np.uint64(2**bit), *parts[place + 1 :]]
            share = (bits(*turned) != before).mean(1)
            assert abs(share - 1 / 2).max() < Z / 2 / np.sqrt(n), (place, bit)
