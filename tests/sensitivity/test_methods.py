"""Morris, Sobol and PAWN against functions whose answers are known, and with runs missing."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.sensitivity import morris, pawn, sobol
from sim.sensitivity.factors import choose
from sim.sensitivity.plans import Method, Plan, plan
from tests.sensitivity.known import (
    CUBE,
    ISHIGAMI_FIRST,
    ISHIGAMI_TOTAL,
    g_first,
    g_function,
    ishigami,
    linear,
)


def made(method: Method, n: int, seed: int = 7) -> Plan:
    return plan(method, choose(CUBE), n, seed)


def with_hole(outputs: Floats, *rows: int) -> Floats:
    holed = outputs.copy()
    holed[list(rows)] = np.nan
    return holed


def test_sobol_finds_ishigami_s_indices() -> None:
    the_plan = made(Method.SOBOL, 2048)
    first, total = sobol.analyse(the_plan, ishigami(the_plan.values()))
    assert first.value[:3] == pytest.approx(ISHIGAMI_FIRST, abs=0.02)
    assert total.value[:3] == pytest.approx(ISHIGAMI_TOTAL, abs=0.02)
    assert (total.low[:3] <= ISHIGAMI_TOTAL).all()
    assert (total.high[:3] >= ISHIGAMI_TOTAL).all()
    assert first.convincing() == [True, True, False, False]
    assert total.convincing() == [True, True, True, False]


def test_sobol_finds_the_g_function_s_indices() -> None:
    the_plan = made(Method.SOBOL, 2048)
    first, _ = sobol.analyse(the_plan, g_function(the_plan.values()))
    assert first.value[:3] == pytest.approx(g_first(), abs=0.02)


def test_a_missing_run_costs_its_base_point_and_no_more() -> None:
    the_plan = made(Method.SOBOL, 512)
    outputs = ishigami(the_plan.values())
    first, total = sobol.analyse(the_plan, with_hole(outputs, 3, 4, 40))
    assert first.n == 510  # rows 3 and 4 belong to the same base point of six
    assert total.value[:3] == pytest.approx(ISHIGAMI_TOTAL, abs=0.06)


def test_independent_luck_inflates_totals_and_the_dummy_tells() -> None:
    the_plan = made(Method.SOBOL, 512)
    outputs = linear(the_plan.values())
    luck = np.random.default_rng(1).normal(0, outputs.std(), outputs.shape)
    _, quiet = sobol.analyse(the_plan, outputs)
    _, noisy = sobol.analyse(the_plan, outputs + luck)
    assert quiet.floor[0] == pytest.approx(0.0, abs=1e-9)
    # half of the variance is luck, and all of it counts as interaction of each factor
    assert noisy.value[-1] == pytest.approx(0.5, abs=0.08)
    assert not noisy.convincing()[2]


def test_a_result_that_never_varies_has_no_influences_and_no_warning() -> None:
    for method, module in ((Method.SOBOL, sobol), (Method.MORRIS, morris)):
        the_plan = made(method, 16)
        for index in module.analyse(the_plan, np.full((len(the_plan.cube), 1), 2.5)):
            assert index.value[:3].tolist() == [0.0, 0.0, 0.0]


def test_morris_tells_the_change_from_the_5th_to_the_95th_percentile() -> None:
    the_plan = made(Method.MORRIS, 5)
    mu_star, mu, sigma = morris.analyse(the_plan, linear(the_plan.values()))
    # uniform priors: the 5th to the 95th percentile is 0.9 wide, and the function is a plane
    assert mu.value == pytest.approx([2.7, -1.8, 0.0, 0.0])
    assert mu_star.value == pytest.approx([2.7, 1.8, 0.0, 0.0])
    assert sigma.value == pytest.approx([0.0, 0.0, 0.0, 0.0], abs=1e-9)


def test_morris_leaves_out_a_trajectory_with_a_missing_run() -> None:
    the_plan = made(Method.MORRIS, 5)
    mu_star, *_ = morris.analyse(the_plan, with_hole(linear(the_plan.values()), 0))
    assert mu_star.n == 4
    assert mu_star.value == pytest.approx([2.7, 1.8, 0.0, 0.0])


def test_too_few_whole_trajectories_say_that_nothing_is_known() -> None:
    the_plan = made(Method.MORRIS, 2)
    mu_star, *_ = morris.analyse(the_plan, with_hole(linear(the_plan.values()), 0))
    assert mu_star.n == 0
    assert np.isnan(mu_star.value).all()


def test_the_floor_of_morris_is_what_luck_alone_would_show() -> None:
    the_plan = made(Method.MORRIS, 60)
    rng = np.random.default_rng(2)
    n_worlds, sd = 4, 0.5
    outputs = rng.normal(0, sd, (len(the_plan.cube), n_worlds))
    mu_star, *_ = morris.analyse(the_plan, outputs)
    # a step is a difference of two means of 4: SD 0.5 * sqrt(2 / 4), stretched by 3/2; the mean size is sqrt(2/pi) of it
    assert mu_star.floor == pytest.approx(
        [np.sqrt(2 / np.pi) * sd * np.sqrt(2 / n_worlds) * 1.5] * 4, rel=0.15
    )
    assert mu_star.value.mean() == pytest.approx(mu_star.floor.mean(), rel=0.12)


def test_pawn_s_distances_are_kolmogorov_s_by_hand() -> None:
    # two slices of two: below {1, 2}, above {3, 4}; each is half a distribution away from all four
    x, y = np.array([[0.1], [0.2], [0.8], [0.9]]), np.array([1.0, 2.0, 3.0, 4.0])
    assert pawn.distances(x, y, n_slices=2).tolist() == [0.5]
    # equal results count as one step: knowing x changes nothing then
    assert pawn.distances(x, np.ones(4), n_slices=2).tolist() == [0.0]


def test_pawn_agrees_with_salib_s() -> None:
    from SALib.analyze import pawn as salib

    the_plan = made(Method.PAWN, 1000)
    outputs = ishigami(the_plan.values())[:, 0]
    ours = pawn.distances(the_plan.cube, outputs)
    # SALib leaves the largest value of each column out of its last slice: one point in a thousand
    theirs = salib.analyze(the_plan.problem(), the_plan.cube, outputs, S=pawn.SLICES)["mean"]
    np.testing.assert_allclose(ours, np.asarray(theirs, dtype=float), atol=0.003)


def test_pawn_tells_what_matters_from_what_does_not() -> None:
    the_plan = made(Method.PAWN, 600)
    distance, correlation = pawn.analyse(the_plan.cube, linear(the_plan.values()), seed=7)
    assert distance.convincing() == [True, True, False, False]
    assert correlation.value[0] > correlation.floor[0]
    assert correlation.value[1] < -correlation.floor[0]
    assert abs(correlation.value[2]) < 2 * correlation.floor[0]


def test_pawn_survives_missing_runs() -> None:
    the_plan = made(Method.PAWN, 600)
    outputs = linear(the_plan.values())
    holed = with_hole(outputs, *range(0, 600, 4))
    whole, _ = pawn.analyse(the_plan.cube, outputs, seed=7)
    distance, _ = pawn.analyse(the_plan.cube, holed, seed=7)
    assert distance.n == 450
    assert distance.value[:2] == pytest.approx(whole.value[:2], abs=0.05)
    assert distance.convincing()[:3] == [True, True, False]


def test_pawn_s_interval_holds_the_estimate() -> None:
    the_plan = made(Method.PAWN, 300)
    for index in pawn.analyse(the_plan.cube, ishigami(the_plan.values()), seed=7):
        above = np.abs(index.value) > index.floor
        assert above.any()
        assert (index.low[above] <= index.value[above]).all()
        assert (index.value[above] <= index.high[above]).all()
        assert np.isnan(index.low[~above]).all()


def test_pawn_finds_nothing_among_hundreds_of_parameters_that_reach_nothing() -> None:
    rng = np.random.default_rng(5)
    x, y = rng.uniform(size=(400, 250)), rng.normal(size=(400, 1))
    (distance,) = pawn.analyse(x, y, seed=7, names=pawn.NAMES[:1])
    assert not any(distance.convincing())


def test_what_a_negative_control_shows_is_no_influence() -> None:
    rng = np.random.default_rng(6)
    x = rng.uniform(size=(400, 3))
    y = x[:, [0]] + 0.8 * x[:, [1]]
    (free,) = pawn.analyse(x, y, seed=7, names=pawn.NAMES[:1])
    assert free.convincing() == [True, True, False]
    (held,) = pawn.analyse(x, y, seed=7, names=pawn.NAMES[:1], controls=np.array([True, False, False]))
    assert held.convincing() == [False, False, False]
    assert held.floor[0] == pytest.approx(free.value[0])


def test_sobol_s_floors_are_those_of_luck_and_of_steps_without_a_place() -> None:
    the_plan = made(Method.SOBOL, 512)
    outputs = linear(the_plan.values())
    rng = np.random.default_rng(1)
    n_worlds, sd = 4, 0.5 * outputs.std()
    first, total = sobol.analyse(the_plan, outputs + rng.normal(0, sd, (len(outputs), n_worlds)))
    # the mean over four worlds has a sixteenth of the variance as luck, half of which a step's square shows once in each end
    share = sd**2 / n_worlds / (outputs.var() + sd**2 / n_worlds)
    assert total.floor[:3] == pytest.approx([share] * 3, abs=0.03)
    assert first.convincing() == [True, True, False, False]


def test_rank_correlations_are_spearman_s() -> None:
    from scipy.stats import spearmanr

    rng = np.random.default_rng(3)
    x = rng.normal(size=(40, 2)).round(1)  # with ties
    y = (x[:, 0] + rng.normal(size=40)).round(1)
    expected = [spearmanr(x[:, k], y).statistic for k in range(2)]
    assert pawn.rank_correlations(x, y) == pytest.approx(expected)
