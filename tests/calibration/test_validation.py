from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.calibration.answers import Answers
from sim.calibration.held_out import for_validation
from sim.calibration.targets import Target, for_fitting
from sim.calibration.validation import group_mean, last_wave, scores, verdicts
from tests.calibration.toy_survey import data


@pytest.fixture
def known(tmp_path: Path) -> tuple[Target, ...]:
    return for_fitting(data(tmp_path))


@pytest.fixture
def held(tmp_path: Path) -> Target:
    return for_validation(data(tmp_path))[0]


def test_the_last_wave_repeats_itself_with_the_sampling_of_both(
    held: Target, known: tuple[Target, ...]
) -> None:
    found = last_wave(held, known)
    assert found is not None
    assert found.mean == 0.62
    assert found.sd == pytest.approx(np.sqrt(2 * 0.62 * 0.38 / 200))
    earlier = replace(known[0], wave="2019-spring", value=0.3)
    assert last_wave(held, (earlier, *known)) == found


def test_what_was_never_asked_before_has_no_last_wave(held: Target, known: tuple[Target, ...]) -> None:
    assert last_wave(replace(held, series="other"), known) is None


def test_a_group_of_one_figure_falls_back_on_its_scheme(held: Target, known: tuple[Target, ...]) -> None:
    found = group_mean(held, known)
    assert found is not None
    assert found.mean == pytest.approx((0.62 + 0.45 + 9 / 12 + 0.5) / 4)
    second = replace(known[0], id="second", value=0.70)
    both = group_mean(held, (*known, second))
    assert both is not None
    assert both.mean == pytest.approx(0.66)


def test_scores_are_as_reckoned_by_hand(held: Target, known: tuple[Target, ...]) -> None:
    simulated = np.linspace(0.50, 0.60, 101)[:, None]
    answers = Answers((held,), np.arange(101), simulated, np.full((101, 1), 200.0))
    row = scores(answers, known).set_index("forecast").loc["model"]
    # 90 % from 0.505 to 0.595; 0.60 lies 0.005 above: 0.09 + 2 / 0.1 x 0.005.
    assert (row["low"], row["high"]) == (pytest.approx(0.505), pytest.approx(0.595))
    assert row["absolute_error"] == pytest.approx(0.05)
    assert row["interval_score"] == pytest.approx(0.09 + 20 * 0.005)
    sd = simulated.std()
    assert row["log_score"] == pytest.approx(-0.5 * (0.05 / sd) ** 2 - np.log(sd * np.sqrt(2 * np.pi)))


def test_the_better_forecast_is_called_better_and_the_worse_worse(
    held: Target, known: tuple[Target, ...]
) -> None:
    def judged(centre: float) -> bool:
        simulated = (centre + np.linspace(-0.02, 0.02, 101))[:, None]
        answers = Answers((held,), np.arange(101), simulated, np.full((101, 1), 200.0))
        table = verdicts(scores(answers, known)).set_index(["baseline", "score"])
        return bool(table.loc[("last_wave", "absolute_error"), "better"])

    assert judged(0.60)
    assert not judged(0.45)
