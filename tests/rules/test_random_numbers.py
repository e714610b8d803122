"""Keyed numbers are SplitMix64's, normal ones the quantiles that scipy gives."""

from __future__ import annotations

import platform
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from sim.arrays import AnyArray, Floats
from sim.rules.random_numbers import key_within, made_normal, normal_of, normals_of, uniform_of, uniforms_of

U = (np.arange(100_000) + 0.5) / 100_000
SAME_BITS = platform.machine() in {"x86_64", "AMD64"} and platform.system() == "Linux"
"""Elsewhere compilers may join a multiplication with an addition in scipy; then the last digits differ."""
WORD = 2**64
STEP = 0x9E3779B97F4A7C15


def same(one: AnyArray, other: AnyArray) -> bool:
    return np.array_equal(one, other) if SAME_BITS else np.allclose(one, other, rtol=1e-12, atol=1e-12)


def splitmix(start: int, number: int) -> int:
    """SplitMix64 (Steele, Lea & Flood 2014) in Python's own whole numbers."""
    x = (start + number * STEP) % WORD
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB % WORD
    return x ^ (x >> 31)


@given(
    start=st.integers(0, WORD - 1), ids=st.lists(st.integers(0, 2**40), max_size=20), which=st.integers(0, 9)
)
def test_numbers_are_splitmix_s_one_by_one_and_many_at_once(start: int, ids: list[int], which: int) -> None:
    key, who = np.uint64(start), np.array(ids, dtype=np.int64)
    many, normal = np.empty(len(who)), np.empty(len(who))
    uniforms_of(key, who, many, which)
    normals_of(key, who, normal, which)
    own = start + splitmix(0, which)
    assert many.tolist() == [(splitmix(own, one) >> 12) * 2.0**-52 + 2.0**-53 for one in ids]
    assert [uniform_of(key, identity, which) for identity in ids] == many.tolist()
    assert [normal_of(key, identity, which) for identity in ids] == normal.tolist()
    assert same(normal, np.asarray(ndtri(many)))


def test_the_generator_is_the_published_one() -> None:
    # The first numbers from the seed 1234567 (java.util.SplittableRandom, Rosetta Code).
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    assert [key_within(np.uint64(1234567), number) for number in (1, 2, 3, 4)] == published


def test_an_identity_s_first_number_is_the_sequence_s_own_and_further_ones_lie_far_off() -> None:
    # Number `which` of identity i is the first of identity i + d; no identity is as large as the least distance, 2^46.
    assert splitmix(0, 0) == 0
    step_back = pow(STEP, -1, WORD)
    places = sorted(splitmix(0, which) * step_back % WORD for which in range(512))
    assert min(b - a for a, b in pairwise([*places, places[0] + WORD])) > 2**46


def normal(u: Floats) -> Floats:
    z = u.copy()
    made_normal(z)
    return z


def test_normals_are_the_quantiles_of_scipy() -> None:
    ends = 2.0 ** -np.arange(1, 54)
    edge = np.exp(-2.0) + np.arange(-5, 6) * 2.0**-54
    for u in (U, ends, 1 - ends[1:], edge, 1 - edge):
        assert same(normal(np.asarray(u)), np.asarray(ndtri(u)))
    assert normal(np.array([0.5, 0.975])) == pytest.approx([0, 1.959963984540054], abs=1e-15)
