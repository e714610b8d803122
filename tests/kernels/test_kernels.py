"""Compiled and readable forms are the same: number for number, process for process."""

from __future__ import annotations

import platform
import sys
from collections import Counter
from pkgutil import iter_modules

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from sim import kernels
from sim.arrays import AnyArray, Floats
from sim.half_year import Season
from sim.kernels import follow_up, follow_up_guides, follow_up_measures, keeping, random_numbers
from sim.model import SchemeModel
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws, Streams
from sim.schemes.follow_up import guides
from sim.schemes.follow_up.state import Phase, Provider
from sim.school_year import order
from sim.state import State

U = (np.arange(100_000) + 0.5) / 100_000
SAME_BITS = platform.machine() in {"x86_64", "AMD64"} and platform.system() == "Linux"
"""Elsewhere compilers may join a multiplication with an addition in numpy or scipy; then the last digits differ."""


def same(one: AnyArray, other: AnyArray) -> bool:
    if SAME_BITS or one.dtype.kind != "f":
        return np.array_equal(one, other)
    return np.allclose(one, other, rtol=1e-12, atol=1e-12)


def differences(one: State, other: State) -> list[str]:
    return [
        f"{type(table).__name__}.{name}"
        for table in one
        for name, values in table.arrays().items()
        if not same(values, getattr(other[type(table)], name))
    ]


class BothForms(SchemeModel):
    """Plays every process that has a compiled form in both, from the same state, and notes where they differ."""

    def __init__(self, design: str) -> None:
        super().__init__(design, rng=6, scale=0.05)
        self.played: Counter[str] = Counter()
        self.differing: list[str] = []

    def play(self, process: Process, p: Parameters, draw: Draws) -> None:
        if process.compiled is None:
            super().play(process, p, draw)
            return
        readable = self.state.copy()
        plain = Streams(self.streams.seed, self.streams.world, compiled=False).at(draw.when)
        process.rule(readable, p, plain)
        before = self.state.copy()
        super().play(process, p, draw)
        self.differing += [f"{self.coming} {process.name}: {d}" for d in differences(self.state, readable)]
        self.played[process.name] += bool(differences(self.state, before))


@pytest.mark.parametrize("design", ["obligatory_robek", "market", "vocational_collective"])
def test_every_compiled_process_does_what_its_readable_form_does(design: str) -> None:
    model = BothForms(design)
    model.run_to(2023)
    assert model.differing == []
    compiled = {process.name for season in Season for _, process in order(season) if process.compiled}
    assert len(compiled) == 38
    assert all(model.played[name] >= 2 for name in compiled)  # each did something; some come every other year


def test_a_run_without_kernels_is_the_same_run() -> None:
    one = SchemeModel("obligatory", rng=3, scale=0.03)
    other = SchemeModel("obligatory", rng=3, scale=0.03, compiled=False)
    assert differences(one.state, other.state) == []
    one.run_to(2021)
    other.run_to(2021)
    assert differences(one.state, other.state) == []


def test_a_branch_is_played_in_the_form_of_its_model() -> None:
    model = SchemeModel(rng=3, scale=0.02, compiled=False)
    assert not model.branch(model.design).compiled
    assert not model.branch(model.design).streams.compiled


def test_without_kernels_none_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in iter_modules(kernels.__path__, "sim.kernels."):
        if module.name != keeping.__name__:
            monkeypatch.setitem(sys.modules, module.name, None)  # importing it fails
            monkeypatch.delattr(kernels, module.name.rpartition(".")[2], raising=False)
    SchemeModel("obligatory", rng=3, scale=0.02, compiled=False).run_to(2018)


@given(
    seed=st.integers(0, 100),
    ids=st.lists(st.integers(0, 2**40), max_size=40),
    per=st.integers(0, 4),
)
def test_numbers_are_the_same_bit_by_bit(seed: int, ids: list[int], per: int) -> None:
    who = np.array(ids, dtype=np.int64)
    one, other = Streams(seed).at(4), Streams(seed, compiled=False).at(4)
    assert np.array_equal(one.uniform("decides", who, per), other.uniform("decides", who, per))
    assert same(one.normal("decides", who, per), other.normal("decides", who, per))


def normal(u: Floats) -> Floats:
    z = u.copy()[None]
    random_numbers.normals(z)
    return np.asarray(z[0])


def test_normals_are_the_quantiles_of_scipy() -> None:
    ends = 2.0 ** -np.arange(1, 54)
    edge = np.exp(-2.0) + np.arange(-5, 6) * 2.0**-54
    for u in (U, ends, 1 - ends[1:], edge, 1 - edge):
        assert same(normal(np.asarray(u)), np.asarray(ndtri(u)))
    assert normal(np.array([0.5, 0.975])) == pytest.approx([0, 1.959963984540054], abs=1e-15)


def test_constants_are_those_of_the_readable_forms() -> None:
    assert [getattr(follow_up, phase.name) for phase in Phase] == list(Phase)
    chosen = [Provider.UH, Provider.PRIVATE, Provider.OTHER]
    assert [getattr(follow_up_measures, provider.name) for provider in chosen] == chosen
    assert follow_up_guides.RAW == guides.RAW
