"""Keyed numbers are SplitMix64's, normal ones the quantiles that scipy gives."""

from __future__ import annotations

import platform

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from sim.arrays import AnyArray, Floats
from sim.rules.random_numbers import made_normal, normal_of, normals_of, uniform_of, uniforms_of

U = (np.arange(100_000) + 0.5) / 100_000
SAME_BITS = platform.machine() in {"x86_64", "AMD64"} and platform.system() == "Linux"
"""Elsewhere compilers may join a multiplication with an addition in scipy; then the last digits differ."""
WORD = 2**64


def same(one: AnyArray, other: AnyArray) -> bool:
    return np.array_equal(one, other) if SAME_BITS else np.allclose(one, other, rtol=1e-12, atol=1e-12)


def by_hand(start: int, identity: int) -> float:
    """SplitMix64 (Steele, Lea & Flood 2014) in Python's own whole numbers."""
    x = (start + identity * 0x9E3779B97F4A7C15) % WORD
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB % WORD
    return float(((x ^ (x >> 31)) >> 12) * 2.0**-52 + 2.0**-53)


@given(start=st.integers(0, WORD - 1), ids=st.lists(st.integers(0, 2**40), max_size=20))
def test_numbers_are_splitmix_s_one_by_one_and_many_at_once(start: int, ids: list[int]) -> None:
    starts, who = np.array([0, start], dtype=np.uint64), np.array(ids, dtype=np.int64)
    many, normal = np.empty(len(who)), np.empty(len(who))
    uniforms_of(starts, who, many, 1)
    normals_of(starts, who, normal, 1)
    assert many.tolist() == [by_hand(start, identity) for identity in ids]
    assert [uniform_of(starts, identity, 1) for identity in ids] == many.tolist()
    assert [normal_of(starts, identity, 1) for identity in ids] == normal.tolist()
    assert same(normal, np.asarray(ndtri(many)))


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
