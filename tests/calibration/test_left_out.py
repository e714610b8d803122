from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.calibration.emulator import Emulator
from sim.calibration.fit import Fit, Trained, fitted
from sim.calibration.left_out import left_out, misfit, quantiles, tail
from sim.calibration.screening import Screened
from sim.calibration.targets import for_fitting
from tests.calibration.toy_survey import data, plan

N = 8


def fit_of(folder: Path, *shares: float) -> Fit:
    """A fit to shares of 200 persons each, of as many series, all of which hang on one parameter alone."""
    owners = for_fitting(data(folder))[0]
    targets = tuple(
        replace(owners, id=str(k), series=str(k), wave=str(k), value=v, low=v, high=v)
        for k, v in enumerate(shares)
    )
    n, space = len(targets), plan().space
    emulator = Emulator(
        np.array([space.names.index("toy.ease")]), ((0,),), np.ones((1, n)), np.full(n, 0.1),
        np.zeros(n), np.eye(n) * 0.1**2, np.zeros(n), np.zeros(n, dtype=bool), None, None, pd.DataFrame(),
    )  # fmt: skip
    nothing = Screened(tuple(t.id for t in targets), ((0,),) * n, pd.DataFrame())
    return fitted(Trained(space, nothing, emulator, targets), targets, 1, plan().sampling)


def told(fit: Fit) -> tuple[pd.DataFrame, dict[str, float]]:
    table = left_out(fit, 1)
    return table, {name: float(value or 0) for name, value in misfit(fit, table, 1).items()}


def test_weights_that_hang_on_few_draws_have_a_heavy_tail() -> None:
    u = (np.arange(4000) + 0.5) / 4000
    assert tail(u**-1.5) == pytest.approx(1.5, abs=0.15)  # a power law's index is its power
    assert tail(u**-0.4) == pytest.approx(0.4, abs=0.05)


def test_weighted_quantiles_are_those_of_repeated_values() -> None:
    found = quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.25, 0.5, 0.25]), (0.4, 0.6, 0.9))
    assert found == [1.0, 2.0, 3.0]


def test_figures_that_fit_together_raise_no_alarm_and_one_that_the_others_contradict_does(
    tmp_path: Path,
) -> None:
    right = (0.60, 0.55, 0.64, 0.58, 0.66, 0.61, 0.57, 0.62)
    table, found = told(fit_of(tmp_path, *right))
    assert table["told"].all()
    assert found["misfit_figures"] == N
    assert found["misfit_chance"] > 0.05
    assert found["misfit_near_chance"] > 0.05
    table, found = told(fit_of(tmp_path, *right[:-1], 0.2))
    assert table["tension"].tolist()[-1] < -2
    assert found["misfit_chance"] < 0.05


def test_figures_that_agree_better_than_chance_lets_them_say_that_intervals_are_too_wide(
    tmp_path: Path,
) -> None:
    _, found = told(fit_of(tmp_path, *[0.6] * N))
    assert found["misfit_near_chance"] < 0.05
