from __future__ import annotations

import numpy as np
import pytest

from sim.errors import InputError
from sim.sensitivity.factors import choose
from sim.sensitivity.plans import Method, latin_column, plan
from tests.sensitivity.known import BOTH, CUBE


@pytest.mark.parametrize(
    ("method", "n", "points"), [(Method.MORRIS, 4, 4 * 5), (Method.SOBOL, 4, 4 * 6), (Method.PAWN, 20, 20)]
)
def test_a_plan_has_the_points_that_its_method_needs(method: Method, n: int, points: int) -> None:
    made = plan(method, choose(CUBE), n, seed=3)  # three parameters and the dummy
    assert made.cube.shape == (points, 4)
    assert len(made.values()) == points
    assert set(made.values()[0]) == {"cube.a", "cube.b", "cube.c"}


@pytest.mark.parametrize("method", list(Method))
def test_the_same_seed_gives_the_same_points(method: Method) -> None:
    first, again, other = (plan(method, choose(CUBE), 32, seed=s).cube for s in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_morris_stays_off_the_ends_of_the_priors() -> None:
    shares = plan(Method.MORRIS, choose(CUBE), 6, seed=1).shares
    assert np.unique(shares.round(9)).tolist() == [0.05, 0.35, 0.65, 0.95]


def test_a_morris_step_moves_all_parameters_of_a_theme_and_no_other() -> None:
    made = plan(Method.MORRIS, choose(BOTH, themes=True), 3, seed=1)
    assert made.block == 4  # two themes, the dummy, and the place to begin
    moved = np.diff(made.cube.reshape(3, 4, 6), axis=1) != 0
    for step in moved.reshape(-1, 6):
        assert step.tolist() in (
            [True] * 3 + [False] * 3,
            [False] * 3 + [True] * 2 + [False],
            [False] * 5 + [True],
        )


def test_a_latin_column_has_one_point_in_each_part() -> None:
    column = latin_column("x", 50, seed=1)
    assert sorted((column * 50).astype(int)) == list(range(50))


def test_another_parameter_moves_no_column_of_a_latin_hypercube() -> None:
    few = plan(Method.PAWN, choose(CUBE), 30, seed=1).cube[:, 0]
    more = plan(Method.PAWN, choose(BOTH), 30, seed=1).cube[:, 0]
    np.testing.assert_array_equal(few, more)


@pytest.mark.parametrize(
    ("method", "n", "message"),
    [
        (Method.MORRIS, 1, "at least 2 trajectories"),
        (Method.SOBOL, 12, "a power of 2"),
        (Method.PAWN, 5, "at least 20 points"),
    ],
)
def test_a_number_that_does_not_fit_the_method_is_refused(method: Method, n: int, message: str) -> None:
    with pytest.raises(InputError, match=message):
        plan(method, choose(CUBE), n, seed=1)


def test_pawn_takes_no_themes() -> None:
    with pytest.raises(InputError, match="single parameters"):
        plan(Method.PAWN, choose(BOTH, themes=True), 30, seed=1)
