from __future__ import annotations

import numpy as np
import pytest

from sim.discovery.regret import regret, regret_table, satisfied


def test_regret_by_hand() -> None:
    values = np.array([[1.0, 3.0], [5.0, 2.0], [2.0, 2.0], [np.nan, 1.0]])
    assert regret(values, 1)[:3].tolist() == [[2.0, 0.0], [0.0, 3.0], [0.0, 0.0]]
    assert np.isnan(regret(values, 1)[3]).all()
    assert regret(values, -1)[0].tolist() == [0.0, 2.0]


def test_the_table_has_a_row_for_each_design_and_ties_are_shared() -> None:
    table = regret_table(np.array([[1.0, 3.0], [5.0, 2.0], [2.0, 2.0]]), 1, ["a", "b"])
    assert table["mean_regret"].tolist() == pytest.approx([2 / 3, 1.0])
    assert table["greatest_regret"].tolist() == [2.0, 3.0]
    assert table["best_share"].tolist() == pytest.approx([0.5, 0.5])
    assert table["n_runs"].tolist() == [3, 3]


def test_a_table_of_failed_runs_knows_nothing() -> None:
    table = regret_table(np.full((2, 2), np.nan), 1, ["a", "b"])
    assert table["n_runs"].tolist() == [0, 0]
    assert table["mean_regret"].isna().all()


def test_a_design_satisfies_if_it_reaches_everything() -> None:
    values = np.array([[[3.0, 10.0], [3.0, 30.0]]])  # one run, two designs: learning, cost
    better, wanted = np.array([1.0, -1.0]), np.array([2.0, 20.0])
    assert satisfied(values, better, wanted).tolist() == [[True, False]]
