from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.calibration.check import (
    BINS,
    DRAWS,
    CheckPlan,
    check,
    coverage,
    covers_too_little,
    histogram,
    reported,
)
from sim.calibration.plan import Plan
from sim.calibration.sampling import Settings
from sim.calibration.targets import for_fitting
from sim.randomness import Streams
from tests.calibration.toy_survey import data, plan

FINE = 0.0


class ToyCheck(CheckPlan):
    def plan(self) -> Plan:
        return plan(points=self.training, waves=1, seed=self.seed)


def toy(training: int, repetitions: int, wrong: int, held: dict[str, float]) -> ToyCheck:
    short = Settings(steps=200, burned=100, keep=2, ensembles=2)
    return ToyCheck(training, repetitions, wrong, scale=1.0, seed=3, sampling=short, held=held)


def even(n: int, names: int = 3) -> pd.DataFrame:
    u = Streams(1).uniform("rank", 0, np.arange(n), per=names)
    return pd.DataFrame(
        {
            "repetition": np.repeat(np.arange(n), names),
            "parameter": [f"p{j}" for j in range(names)] * n,
            "rank": np.floor(u * (DRAWS + 1)).astype(int).ravel(),
            "posterior_sd": 0.4,
        }
    )


def test_even_ranks_are_covered_as_they_should_be() -> None:
    table = coverage(even(400)).set_index("parameter")
    assert table["learned"].iloc[0] == pytest.approx(0.6)
    assert (table["chi2_p"].iloc[1:] > 0.01).all()
    for level in (50, 90):
        every = table.loc["all"]
        assert every[f"covered_{level}_low"] < level / 100 < every[f"covered_{level}_high"]


def test_posteriors_that_are_too_narrow_are_found_out() -> None:
    ranks = even(400)
    middle = (DRAWS + 1) / 2
    ranks["rank"] = np.clip(middle + 2 * (ranks["rank"] - middle), 0, DRAWS).astype(int)
    table = coverage(ranks).set_index("parameter")
    assert table["covered_90"].to_dict()["all"] < 0.6
    assert (table["chi2_p"].iloc[1:] < 1e-6).all()


def test_histograms_count_every_rank() -> None:
    assert histogram(np.array([0, 9, 10, 99])) == [2, 1, *[0] * (BINS - 3), 1]


def test_what_is_reported_of_a_world_is_as_precise_as_the_real_report(tmp_path: Path) -> None:
    targets = {t.id: t for t in for_fitting(data(tmp_path))}
    share = reported(targets["leaders_t1"], 0.5, 100.0, FINE, 1, 1)
    assert [share.value, share.low, share.high, share.n] == pytest.approx([0.5, 0.47, 0.53, 100])
    count = reported(targets["drawn"], 2.0, 4.0, FINE, 1, 1)  # as a count of those asked in that world
    assert (count.value, count.low, count.high, count.n) == (2.0, 2.0, 2.0, 4)
    amount = reported(targets["amount"], 24.0, 1.0, FINE, 1, 1)  # 12, 11 to 13
    assert [amount.value, amount.low, amount.high] == pytest.approx([24, 22, 26])


def test_the_model_s_own_error_moves_what_is_reported_either_way(tmp_path: Path) -> None:
    targets = {t.id: t for t in for_fitting(data(tmp_path))}
    moved = [reported(targets["owners_t1"], 0.5, 200.0, 0.5, 1, k).value for k in range(200)]
    assert np.mean(moved) == pytest.approx(0.5, abs=0.03)
    assert np.std(moved) == pytest.approx(0.5 * 0.25, rel=0.25)  # half a logit is an eighth in the middle


def test_a_wrong_model_is_caught_and_a_right_one_is_not(tmp_path: Path) -> None:
    # Leaders agree more than owners by 1.5 logits, where the prior allows from 0 to 1.5 less.
    found = check(
        toy(100, 12, 12, {"toy.gap": -1.5}),
        tmp_path / "work",
        data=data(tmp_path / "data"),
        workers=1,
        progress=False,
    )
    assert found["repetitions"] == 12
    assert float(found["alarms_when_right"]) <= 0.25  # type: ignore[arg-type]  # a number
    assert float(found["alarms_when_wrong"]) >= 0.5  # type: ignore[arg-type]  # a number
    assert (tmp_path / "work" / "ranks.parquet").is_file()


@pytest.mark.slow
def test_intervals_of_the_toy_hold_the_truth_as_often_as_they_say(tmp_path: Path) -> None:
    found = check(toy(400, 120, 0, {}), tmp_path / "work", data=data(tmp_path / "data"), progress=False)
    assert float(found["covered_50_low"]) - 0.02 < 0.5 < float(found["covered_50_high"]) + 0.02  # type: ignore[arg-type]  # numbers
    assert float(found["covered_90_low"]) - 0.02 < 0.9 < float(found["covered_90_high"]) + 0.02  # type: ignore[arg-type]  # numbers
    assert float(found["alarms_when_right"]) < 0.12  # type: ignore[arg-type]  # a number


@pytest.mark.slow
def test_intervals_of_the_national_model_hold_the_truth_about_as_often_as_they_say(tmp_path: Path) -> None:
    few = CheckPlan(training=160, repetitions=20, wrong=0, scale=0.05)
    found = check(few, tmp_path / "work", progress=False)
    # 20 truths leave room; intervals of 90 per cent that hold 80 would be a fault.
    assert float(found["covered_90"]) > 0.83  # type: ignore[arg-type]  # a number
    assert 0.38 < float(found["covered_50"]) < 0.62  # type: ignore[arg-type]  # a number


def test_a_parameter_learned_of_whose_interval_misses_the_truth_too_often_is_named() -> None:
    table = pd.DataFrame(
        {
            "parameter": ["all", "survey.person_sd", "a", "b", "c"],
            "learned": [0.3, 0.4, 0.4, 0.05, 0.2],
            "covered_90": [0.7, 0.78, 0.84, 0.5, 0.70],
        }
    )
    # "a" holds just enough, of "b" nothing is learned, and "all" is no parameter.
    assert covers_too_little(table) == ["c (70%)", "survey.person_sd (78%)"]
