from __future__ import annotations

import numpy as np
import pytest

from sim.errors import InputError
from sim.sweeps import Kept, play_points
from sim.sweeps.export import salib_problem, to_ema
from tests.experiments.toy import OUTCOMES, PUSHED, REGISTRY, STILL, toy_instruments
from tests.sweeps import toys
from tests.sweeps.toys import COLUMNS, points

KEPT = Kept.of(COLUMNS, OUTCOMES, 2021, (STILL, PUSHED))


def test_the_workbench_gets_its_pair_without_the_failures() -> None:
    table = play_points(points(3, bad=(1,)), KEPT, workers=1, progress=False, instruments=toys.failing)
    experiments, outcomes = to_ema(table)
    assert experiments["policy"].tolist() == ["still", "pushed", "still", "still", "pushed"]
    assert experiments["scenario"].tolist() == ["0-0", "0-0", "1-1", "2-2", "2-2"]
    assert experiments["toy.luck_sd"].tolist() == [1.0, 1.0, 0.66, 1.2, 1.2]
    assert set(outcomes) == set(COLUMNS)
    assert all(values.shape == (5,) and not np.isnan(values).any() for values in outcomes.values())


def test_a_salib_problem_names_what_differs_with_bounds_and_groups() -> None:
    table = play_points(points(3), KEPT, workers=1, progress=False, instruments=toy_instruments)
    problem = salib_problem(table, REGISTRY)
    assert problem["names"] == ["toy.luck_sd"]
    assert problem["bounds"] == [[0.1, 3.0]]
    assert problem["groups"] == ["toy"]
    assert table.experiments[problem["names"]].shape == (6, problem["num_vars"])


def test_where_nothing_differs_there_is_no_problem() -> None:
    table = play_points(points(1), KEPT, workers=1, progress=False, instruments=toy_instruments)
    with pytest.raises(InputError, match="no parameter differs"):
        salib_problem(table, REGISTRY)
