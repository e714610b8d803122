from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.calibration.coverage import DRAWS, coverage, covers_too_little
from sim.randomness import Streams


def even(n: int, names: int = 3) -> pd.DataFrame:
    u = Streams(1).uniform("rank", 0, np.arange(n), per=names)
    return pd.DataFrame(
        {
            "wave": np.repeat(np.arange(n) % 2 + 1, names),
            "repetition": np.repeat(np.arange(n), names),
            "parameter": [f"p{j}" for j in range(names)] * n,
            "rank": np.floor(u * (DRAWS + 1)).astype(int).ravel(),
            "narrowed": 0.6,
        }
    )


def test_even_ranks_are_covered_as_they_should_be() -> None:
    table = coverage(even(400), {"p1"})
    assert table["narrowed"].iloc[0] == pytest.approx(0.6)
    assert table.loc[table["learned"], "parameter"].tolist() == ["p1"]
    assert table["wave"].tolist() == [0, 1, 2, 0, 0, 0]  # all waves, each wave, and three parameters
    assert table["repetitions"].tolist() == [400, 200, 200, 400, 400, 400]
    assert (table["chi2_p"].dropna() > 0.01).all()
    for level in (50, 80, 90):
        every = table.iloc[0]
        assert every[f"covered_{level}_low"] < level / 100 < every[f"covered_{level}_high"]


def test_posteriors_that_are_too_narrow_are_found_out() -> None:
    ranks = even(400)
    middle = (DRAWS + 1) / 2
    ranks["rank"] = np.clip(middle + 2 * (ranks["rank"] - middle), 0, DRAWS).astype(int)
    table = coverage(ranks, set())
    assert table["covered_90"].iloc[0] < 0.6
    assert (table["chi2_p"].dropna() < 1e-6).all()


def test_a_parameter_learned_of_whose_interval_misses_the_truth_too_often_is_named() -> None:
    table = pd.DataFrame(
        {
            "parameter": ["all", "survey.person_sd", "a", "b", "c"],
            "learned": [False, True, True, False, True],
            "covered_90": [0.7, 0.78, 0.84, 0.5, 0.70],
        }
    )
    # "a" holds just enough, of "b" nothing is learned, and "all" is no parameter.
    assert covers_too_little(table) == ["c (70%)", "survey.person_sd (78%)"]
