from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.calibration.check import CheckPlan, Region, check, reported, told
from sim.calibration.coverage import DRAWS
from sim.calibration.sampling import Settings
from sim.calibration.study import fit_to_survey
from sim.calibration.targets import Target, for_fitting
from sim.calibration.wrong_models import WRONG, draw_by_lot, swapped_groups, wrong_course
from sim.errors import InputError
from sim.experiments.posterior import calibration_folder
from sim.randomness import Streams
from tests.calibration.toy_survey import data, plan

FINE = 0.0
SHORT = Settings(steps=60, burned=42, keep=1, ensembles=1)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("check")
    source = data(place / "data")
    fit_to_survey(plan(), place / "work", data=source, workers=1, progress=False)
    return place / "work", source


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


def test_soft_figures_are_reported_with_the_literature_s_own_error() -> None:
    soft = next(t for t in for_fitting(calibration_folder()) if t.id == "effect_follow_up_on_drawn")
    found = [reported(soft, 0.02, 1.0, FINE, 1, k).value for k in range(200)]
    assert np.mean(found) == pytest.approx(0.02, abs=0.25 * soft.own_sd)
    assert np.std(found) == pytest.approx(soft.own_sd, rel=0.2)


def test_a_region_is_where_the_points_of_a_wave_were_drawn() -> None:
    z = Streams(4).normal("points", 0, np.arange(4000), per=2)
    points = np.stack([1 + 0.5 * z[:, 0], -2 + 0.4 * z[:, 0] + 0.3 * z[:, 1]], axis=1)
    region = Region.of(points, prior=False)
    assert region.sd == pytest.approx([0.5, 0.5], rel=0.05)
    drawn = region.scores(np.concatenate([z, z[:, :1]], axis=1))
    assert drawn[:, :2] == pytest.approx(points, abs=0.2)
    assert (drawn[:, 2] == z[:, 0]).all()  # the discrepancy's score stays
    first = Region.of(points, prior=True)
    assert (first.scores(drawn) == drawn).all()


def test_points_left_out_of_the_real_path_are_found_again_and_what_is_finished_is_not_tried_anew(
    work: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, source = work
    few = CheckPlan(groups=2, truths=6, wrong=2, sampling=SHORT)
    found = check(plan(), few, folder, tmp_path, data=source, workers=1, progress=False)
    assert (found["repetitions"], found["groups"], found["waves"]) == (24, 4, 2)
    assert found["wrong_repetitions"] == 4
    assert float(found["covered_90"]) > 0.7  # type: ignore[arg-type]  # a number
    assert float(found["alarms_when_right"]) <= 0.25  # type: ignore[arg-type]  # a number
    ranks = pd.read_parquet(tmp_path / "ranks.parquet")
    assert ranks["rank"].between(0, DRAWS).all()
    said: list[str] = []
    again = check(plan(), few, folder, tmp_path, data=source, workers=1, progress=False, say=said.append)
    assert again == found
    assert said[0].startswith("0 of 4 groups")
    with pytest.raises(InputError, match="holds a calibration with other settings"):
        check(plan(), CheckPlan(truths=5), folder, tmp_path, data=source, workers=1, progress=False)


def by_id(targets: tuple[Target, ...]) -> dict[str, Target]:
    return {t.id: t for t in targets}


def test_groups_are_swapped_from_the_most_to_the_least_content_and_gaps_turn_round() -> None:
    real = for_fitting(calibration_folder())
    before, after = by_id(real), by_id(swapped_groups(real))
    # Leaders 0.58, representatives 0.55 and UH staff 0.70 in 2021: the first and the last change places.
    assert after["adapted_rep_t1"].value == pytest.approx(0.70)
    assert after["adapted_leader_t1"].value == pytest.approx(0.58)
    assert after["adapted_uh_t1"].value == pytest.approx(0.55)
    assert after["leader_gap"].value == -before["leader_gap"].value
    assert after["leader_gap"].low < after["leader_gap"].high
    assert after["collab_plan_owner"] == before["collab_plan_owner"]  # nobody else was asked that


def test_where_lots_are_drawn_the_drawn_are_like_all_others() -> None:
    real = for_fitting(calibration_folder())
    after = by_id(draw_by_lot(real))
    assert after["ratio_tests_average"].value == 1.0
    assert after["disability_average"].value == pytest.approx(0.12)
    assert after["top40_drawn"].value == 4  # a tenth of 40


def test_time_that_runs_otherwise_takes_a_logit_and_a_half_from_what_is_asked_again() -> None:
    real = for_fitting(calibration_folder())
    before, after = by_id(real), by_id(wrong_course(real))
    assert after["adapted_rep_t2"].value == pytest.approx(1 / (1 + np.exp(1.5) * 0.45 / 0.55))
    changed = {name for name in before if after[name] != before[name]}
    assert "adapted_rep_t1" not in changed
    assert len(changed) == 6  # three groups on adapted schemes, one on teacher education, two on equality


def test_what_is_not_told_of_a_wrong_model_raises_an_alarm() -> None:
    result = {
        "covers_too_little": [],
        "alarms_when_wrong": dict.fromkeys(WRONG, 1.0) | {"swapped_groups": 0.4},
    }
    alarms = [line for line in told(result) if line.startswith("ALARM")]
    assert len(alarms) == 1
    assert "swapped_groups" in alarms[0]


@pytest.mark.slow
def test_intervals_of_the_toy_hold_the_truth_as_often_as_they_say(
    work: tuple[Path, Path], tmp_path: Path
) -> None:
    found = check(
        plan(),
        CheckPlan(groups=2, truths=30, wrong=0, sampling=SHORT),
        work[0],
        tmp_path,
        data=work[1],
        progress=False,
    )
    assert float(found["covered_50_low"]) - 0.05 < 0.5 < float(found["covered_50_high"]) + 0.05  # type: ignore[arg-type]  # numbers
    assert float(found["covered_90_low"]) - 0.05 < 0.9 < float(found["covered_90_high"]) + 0.05  # type: ignore[arg-type]  # numbers
