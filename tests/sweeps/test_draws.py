from __future__ import annotations

import numpy as np
import pytest

from sim.declared import REGISTRY as ALL
from sim.errors import InputError
from sim.experiments.parameter_draws import prior_draw, uncertain
from sim.sweeps.draws import Method, at_shares, drawn, from_priors, latin_hypercube, sobol
from tests.experiments.toy import REGISTRY

TOY = uncertain(REGISTRY)  # luck_sd uniform from 0.5 to 1.5, unused from 0 to 2


def test_random_draws_are_those_of_a_comparison_to_the_last_digit() -> None:
    block = from_priors(uncertain(ALL), 2026, range(40))
    assert [block.values(n) for n in range(40)] == [prior_draw(ALL, 2026, n) for n in range(40)]


def test_shares_become_quantiles() -> None:
    block = at_shares(TOY, np.array([[0.0, 0.5], [0.25, 1.0]]))
    assert block.names == ("toy.luck_sd", "other.unused")
    assert block.matrix.tolist() == [[0.5, 1.0], [0.75, 2.0]]


def test_a_latin_hypercube_takes_one_value_from_each_strip() -> None:
    block = latin_hypercube(TOY, 3, 50)
    strips = np.floor((block.matrix - [0.5, 0.0]) / [1.0, 2.0] * 50)
    assert sorted(strips[:, 0]) == sorted(strips[:, 1]) == list(range(50))
    assert strips[:, 0].tolist() != strips[:, 1].tolist()


def test_one_parameter_more_moves_no_other_in_a_latin_hypercube() -> None:
    assert (latin_hypercube(TOY[:1], 3, 20).matrix[:, 0] == latin_hypercube(TOY, 3, 20).matrix[:, 0]).all()


def test_a_longer_sobol_sequence_begins_like_a_shorter_one() -> None:
    assert (sobol(TOY, 5, 64).matrix[:32] == sobol(TOY, 5, 32).matrix).all()
    assert (sobol(TOY, 6, 32).matrix != sobol(TOY, 5, 32).matrix).any()


def test_a_sobol_sequence_is_even_in_every_half() -> None:
    assert np.sum(sobol(TOY, 5, 64).matrix[:, 0] < 1.0) == 32


@pytest.mark.parametrize("n", [0, 3, 100])
def test_a_sobol_sequence_has_a_power_of_two_of_draws(n: int) -> None:
    with pytest.raises(InputError, match="power of two"):
        sobol(TOY, 5, n)


def test_only_what_is_to_vary_is_drawn() -> None:
    assert drawn(Method.PRIOR, REGISTRY, 1, 2, ["other.unused"]).names == ("other.unused",)
    assert drawn(Method.DECLARED, REGISTRY, 1, 2).values(1) == {}


@pytest.mark.parametrize("method", [Method.PRIOR, Method.LATIN_HYPERCUBE, Method.SOBOL])
def test_draws_stay_within_bounds_and_come_again(method: Method) -> None:
    declarations = uncertain(ALL)
    block = drawn(method, ALL, 4, 32)
    low, high = np.array([d.bounds for d in declarations], dtype=float).T
    assert ((low <= block.matrix) & (block.matrix <= high)).all()
    assert (drawn(method, ALL, 4, 32).matrix == block.matrix).all()
