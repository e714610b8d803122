from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from scipy.special import ndtri

from sim.calibration import replay
from sim.calibration.foretelling import Origin, forecast_chance, known_from
from sim.calibration.rolling import crps, forecast, learnt, luck, normal_crps, told, widening, with_blend
from sim.calibration.study import fit_to_survey
from sim.calibration.targets import for_fitting
from sim.errors import InputError
from sim.experiments.posterior import calibration_folder
from sim.randomness import Streams
from tests.calibration.toy_survey import data, plan

ORIGINS = (Origin(2021, "2024-autumn"),)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("rolling")
    source = data(place / "data")
    fit_to_survey(plan(), place / "work", data=source, workers=1, progress=False)
    return place / "work", source


def test_the_next_wave_is_foretold_from_what_was_known_before_it(work: tuple[Path, Path]) -> None:
    rolling, verdicts = forecast(plan(), *work, ORIGINS, "toy")
    rows = {str(row["forecast"]): row for row in rolling.to_dict("records")}
    assert list(rolling["target"]) == ["owners_t3", "owners_t3"]
    # The same persons are asked the same: 0.62 is foretold, and 0.60 came.
    assert rows["model"]["foretold"] == pytest.approx(0.62, abs=0.03)
    assert rows["last_wave"]["foretold"] == pytest.approx(0.62)
    # Two samples of 200 by themselves: an SD of sqrt(2 * 0.62 * 0.38 / 200) = 0.0485; the world's luck comes on top.
    assert rows["last_wave"]["sd"] == pytest.approx(0.0485, abs=0.0001)
    assert 0.04 < rows["model"]["sd"] < 0.09
    assert rolling["inside"].tolist() == [True, True]
    verdict = verdicts.to_dict("records")[0]
    assert (verdict["n"], verdict["n_model"]) == (1, 1)
    assert verdict["chance"] > 0.5  # 0.60 is as near as can be
    assert verdict["model_crps"] == rows["model"]["crps"]
    again = forecast(plan(), *work, ORIGINS, "toy")[0]
    pd.testing.assert_frame_equal(again, rolling)


def test_the_reported_wave_has_no_part_in_its_own_forecast(work: tuple[Path, Path], tmp_path: Path) -> None:
    before = forecast(plan(), *work, ORIGINS, "toy")[0]
    other = data(tmp_path / "data")
    held = other / "targets_validate.csv"
    text = held.read_text(encoding="utf-8").replace("0.60,0.595,0.605", "0.10,0.095,0.105")
    held.write_text(text, encoding="utf-8")
    after = forecast(plan(), work[0], other, ORIGINS, "toy")[0]
    assert after["foretold"].tolist() == before["foretold"].tolist()
    assert after["observed"].tolist() == [0.1, 0.1]


def test_a_survey_that_has_no_later_wave_is_not_foretold(work: tuple[Path, Path]) -> None:
    rolling, verdicts = forecast(plan(), *work, ORIGINS, "another")
    assert rolling.empty
    assert told(verdicts) == []


def test_points_that_are_gone_are_said_to_be_gone(work: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its points are not there"):
        forecast(plan(), tmp_path, work[1], ORIGINS, "toy")


def test_scores_of_forecasts_are_as_worked_out_by_hand() -> None:
    # Values 0 and 1 lie 1/2 from 0 on average; two of them lie 1/2 apart, of which half counts.
    assert crps(np.array([1.0, 0.0]), 0.0) == pytest.approx(0.25)
    assert crps(np.array([0.3, 0.3, 0.3]), 0.5) == pytest.approx(0.2)
    # At the middle of a standard normal: sqrt(2 / pi) - 1 / sqrt(pi).
    assert normal_crps(0.0, 1.0, 0.0) == pytest.approx(0.7978846 - 0.5641896)
    many = ndtri((np.arange(2000) + 0.5) / 2000)
    assert crps(many, 0.7) == pytest.approx(normal_crps(0.0, 1.0, 0.7), abs=0.001)


def test_a_row_is_known_from_the_latest_year_that_it_names() -> None:
    one = for_fitting(calibration_folder())[0]
    for wave, respondents, year in (
        ("2021-spring", "owners", 2021),
        ("2024-25", "counties", 2025),
        ("2017-2022", "registry", 2022),
        ("2022 draw", "owners interviewed 2024/25", 2025),
        ("2022 and 2023", "boards", 2023),
        ("literature", "pupils", 0),
        ("all waves", "owners", 2024),
    ):
        assert known_from(replace(one, wave=wave, respondents=respondents)) == year


def test_a_model_that_loses_to_the_last_wave_raises_an_alarm() -> None:
    row = {
        "origin": 2023, "n": 11, "model_crps": 0.04, "last_wave_crps": 0.034, "model_log_score": 1.1,
        "last_wave_log_score": 1.4, "worse": True, "covered": 1.0, "last_wave_covered": 0.9, "n_model": 12,
        "covered_all": 1.0, "part": 0.5, "spread": 0.7, "blend_crps": 0.033, "blend_covered": 0.9, "widening": 1.0,
    }  # fmt: skip
    lines = told(pd.DataFrame([row]))
    assert lines[0].startswith("rolling origin 2023: CRPS 0.040 against 0.034 of the last wave")
    assert "50% of the last wave and 0.7 times the spread" in lines[0]
    assert "told" not in lines[0]
    # 12 of 12 at nine in ten is luck in 0.9 ** 12 = 28 % of cases: said, and no alarm; 40 of 40 in 1.5 %.
    assert [line.startswith("ALARM") for line in lines] == [False, True, False]
    assert lines[-1].endswith("hold 12 of 12; so many or so few by luck alone, if they are right: 28%")
    many = told(pd.DataFrame([row | {"n_model": 40, "chance": 0.01}]))
    assert [line.startswith("ALARM") for line in many] == [False, True, True, True, False]
    assert "the course of time is wrong" in many[2]
    assert "survey answers are told 1.30 times as wide" in told(pd.DataFrame([row | {"widening": 1.3}]))[0]
    assert len(told(pd.DataFrame([row | {"worse": False, "covered_all": 0.9}]))) == 2


def test_luck_is_the_rarer_tail_of_intervals_that_hold_nine_in_ten() -> None:
    assert luck(25, 25) == pytest.approx(0.9**25)
    assert luck(0, 2) == pytest.approx(0.01)


def test_a_wave_that_goes_the_other_way_has_a_small_chance_and_what_moves_all_answers_counts_once() -> None:
    one = for_fitting(calibration_folder())[0]
    targets = [replace(one, id=str(k), value=0.5, n=10**6, unit="share") for k in range(4)]
    z = Streams(1).normal("forecast", 0, np.arange(4000), per=5)
    alone = 0.3 * z[:, :4]
    # Two SD below, four times: 16 is passed by a chi-square of 4 in 0.3 % of cases.
    assert forecast_chance(alone + 0.6, targets) == pytest.approx(0.003, abs=0.003)
    # If all four go together (a correlation of nearly 1), it is two SD once: 4 of a chi-square of 4, 41 %.
    together = 0.3 * z[:, 4:] + 0.001 * z[:, :4]
    assert forecast_chance(together + 0.6, targets) == pytest.approx(0.41, abs=0.04)


def foretold(
    origin: int, target: str, forecast: str, observed: float, mean: float, *, fitted: bool = True
) -> dict[str, object]:
    return {
        "origin": origin, "target": target, "forecast": forecast, "observed": observed, "foretold": mean, "sd": 0.1,
        "low": mean - 0.16, "high": mean + 0.16, "inside": abs(observed - mean) <= 0.16, "crps": 0.0, "log_score": 0.0,
        "no_test": None, "fitted": fitted,
    }  # fmt: skip


def test_a_blend_is_learnt_from_earlier_fitted_rows_and_no_others() -> None:
    # What came lies half way between the two, five times; a row that is held back and lies elsewhere has no part.
    rows = [
        foretold(2021, f"t{k}", name, 0.5, mean)
        for k in range(5)
        for name, mean in (("model", 0.4), ("last_wave", 0.6))
    ]
    held = [
        foretold(2021, "held", "model", 0.9, 0.1, fitted=False),
        foretold(2021, "held", "last_wave", 0.9, 0.1, fitted=False),
    ]
    now = [foretold(2023, "t0", "model", 0.55, 0.5), foretold(2023, "t0", "last_wave", 0.55, 0.6)]
    table = pd.DataFrame([*rows, *held, *now])
    assert learnt(table, 2021) is None
    assert np.array(learnt(table, 2023)) == pytest.approx(
        [0.5, 0.3]
    )  # as narrow as may be, since it would have hit
    blend = with_blend(table).query("forecast == 'blend'")
    assert blend["target"].tolist() == ["t0"]
    assert blend["foretold"].iloc[0] == pytest.approx(0.55)
    assert blend["sd"].iloc[0] == pytest.approx(0.03)


def test_answers_are_widened_by_what_nine_in_ten_fitted_forecasts_needed_and_never_narrowed() -> None:
    near = [foretold(2021, f"t{k}", "model", 0.5, 0.45) for k in range(10)]
    assert widening(pd.DataFrame(near)) == 1.0
    far = [foretold(2021, f"t{k}", "model", 0.82, 0.5) for k in range(10)]  # 0.32 away, of 0.16
    assert widening(pd.DataFrame(far)) == pytest.approx(2.0)
    held = [foretold(2021, "t", "model", 0.82, 0.5, fitted=False)]
    assert widening(pd.DataFrame(held)) == 1.0


def test_rows_of_a_posterior_played_again_give_the_answers_kept_beside_it(work: tuple[Path, Path]) -> None:
    whole = pq.read_table(replay.keep(plan(), work[0]))
    assert len(whole) == plan().draws * 5  # items answered at each draw
    kept = replay.first_rows(whole)
    again = replay.played_again(plan(), work[0])
    assert replay.differences(kept, again) == []
    column = again.schema.get_field_index("value")
    values = again["value"].to_numpy().copy()
    values[3] += 1e-6
    moved = again.set_column(column, again.schema.field("value"), [values])
    assert len(replay.differences(kept, moved)) == 1
    assert "other items" in replay.differences(kept, again.slice(1))[0]
