"""A country several times over is that many countries side by side."""

from __future__ import annotations

import numpy as np

from benchmarks.enlarged import enlarged
from sim.model import SchemeModel
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers


def test_everybody_is_there_as_often_as_asked_and_belongs_to_their_own_copy() -> None:
    state = SchemeModel(rng=2, scale=0.03).state
    three = enlarged(state, 3)
    assert three.breaches() == []
    for table in three:
        n = len(state[type(table)])
        assert len(table) == (n if n == 1 else 3 * n)
        for name, declared in table.columns().items():
            if declared.refers is not None and len(table):
                copy = np.repeat(np.arange(3), n)
                target = getattr(table, name)
                entity = len(state.entity(declared.refers))
                assert np.array_equal(target // entity, np.where(target < 0, -1, copy)), name
    for ids in (three[Municipalities].id, three[Schools].id, three[Teachers].id):
        assert len(np.unique(ids)) == len(ids)
    assert np.array_equal(three[Teachers].practice[: len(state[Teachers])], state[Teachers].practice)


def test_the_enlarged_country_lives_through_draws_and_mergers() -> None:
    model = SchemeModel(rng=2, scale=0.03)
    n_before = len(model.state[Municipalities])
    model.state = enlarged(model.state, 2)
    model.run_to(2020)
    assert n_before < len(model.state[Municipalities]) < 2 * n_before
    assert model.state.breaches() == []
