from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from sim.calibration import patterns
from sim.calibration.api import validate
from sim.calibration.coverage import coverage
from sim.calibration.storage import put_frame, put_json
from sim.calibration.study import fit_to_survey, where_from
from sim.errors import InputError
from sim.report.calibration import write_calibration_report, write_check_figure
from tests.calibration.test_coverage import even
from tests.calibration.toy_survey import data, plan


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("calibration")
    source, work = data(place / "data"), place / "work"
    small = plan(points=60, draws=20)
    done = fit_to_survey(small, work, data=source, workers=1, progress=False)
    validate(work, source, done, 1.0, 1)
    fit = pd.read_parquet(work / "fit.parquet")
    fit.loc[:3, "no_test"] = [
        "alone",
        None,
        "wide",
        "alone",
    ]  # so small a fit decides by a hair which of two tells of the other
    put_frame(work / "fit.parquet", fit)
    facts = tuple(
        patterns.Pattern(
            name, name, 0.07, 0.12, "share", counted=False, repeats=repeats, source="Udir 2022-25"
        )
        for name, repeats in (("school_icc", "toy.ease"), ("spread_merged", ""), ("most_drawn_elsewhere", ""))
    )
    found = {"school_icc": 0.09, "spread_merged": 0.09, "most_drawn_elsewhere": 0.2}
    without = {"spread_merged": [0.1], "most_drawn_elsewhere": [0.3]}
    put_frame(
        work / "patterns.parquet", patterns.compared(facts, [patterns.PatternWorld(found, without)] * 3)
    )
    put_json(work / "provenance.json", where_from(small, work, source, "kompetansesim calibrate --points 60"))
    return work


def texts_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.split("<body>")[1]))


def test_the_page_holds_both_languages_and_asks_for_nothing_outside(folder: Path) -> None:
    page = write_calibration_report(folder, "en").read_text(encoding="utf-8")
    assert page.index('lang="en"') < page.index('lang="nb"')
    assert "Of 1 figures it was fitted to that are a test" in texts_of(page)
    assert "Av 1 tall modellen ble tilpasset og som kan prøve den" in texts_of(page)
    assert not re.search(r'(src|href)="(?!#)', page)


def test_every_number_says_in_which_file_it_stands(folder: Path) -> None:
    page = write_calibration_report(folder, "en").read_text(encoding="utf-8")
    fit = pd.read_parquet(folder / "fit.parquet").set_index("target")
    found = re.findall(r'<data value="([^"]+)" data-source="fit.parquet#target=amount;column=(\w+)"', page)
    assert {column for _, column in found} >= {"observed", "simulated", "simulated_low", "simulated_high"}
    for value, column in found:
        assert float(value) == fit.loc["amount", column]


def test_hits_and_misses_are_told_and_what_has_no_counterpart(folder: Path) -> None:
    page = texts_of(write_calibration_report(folder, "en").read_text(encoding="utf-8"))
    assert "not answered" in page
    assert "No counterpart in the model:" in page


def test_figures_that_are_no_test_are_marked_and_counted_apart(folder: Path) -> None:
    page = texts_of(write_calibration_report(folder, "en").read_text(encoding="utf-8"))
    marks = pd.read_parquet(folder / "fit.parquet")["no_test"].iloc[:4]
    assert marks.fillna("").tolist() == ["alone", "", "wide", "alone"]
    assert "the model’s 90 per cent interval holds 1, the 50 per cent interval" in page
    assert "3 more are no test. Of 1 figures it had never seen" in page
    assert page.count("nothing else tells of it") == 2
    assert page.count("the interval is too wide") == 1


def test_a_misfit_that_is_too_near_is_told_as_an_alarm_and_not_as_a_good_fit(
    folder: Path, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(folder, tmp_path / "work")
    noted = json.loads((folder / "diagnostics.json").read_text(encoding="utf-8"))
    for far, near, said in (
        (0.989, 0.0112, "nearer to it"),
        (0.01, 0.99, "farther from it"),
        (0.6, 0.4, None),
    ):
        put_json(
            tmp_path / "work" / "diagnostics.json", noted | {"misfit_chance": far, "misfit_near_chance": near}
        )
        page = texts_of(write_calibration_report(tmp_path / "work", "en").read_text(encoding="utf-8"))
        assert f"with a chance of {far:.1%}, and as near with a chance of {near:.1%}" in page
        assert ("Alarm: They lie" in page) == (said is not None)
        assert said is None or f"Alarm: They lie {said} than a right model would have them" in page


def test_the_prior_s_chance_of_each_fitted_figure_is_shown_and_conflicts_are_told(
    folder: Path, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(folder, tmp_path / "work")
    table = pd.read_parquet(folder / "intervals.parquet").assign(prior_chance=0.3)
    for chance in (0.3, 0.004):
        table.loc[0, "prior_chance"] = chance
        put_frame(tmp_path / "work" / "intervals.parquet", table)
        page = write_calibration_report(tmp_path / "work", "en").read_text(encoding="utf-8")
        assert 'data-source="intervals.parquet#target=owners_t1;column=prior_chance"' in page
        assert ("Alarm: 1 figures lay so far out" in texts_of(page)) == (chance < 0.025)


def test_a_model_that_the_last_wave_beats_says_so_before_all_else(folder: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(folder, tmp_path / "work")
    row = {
        "origin": 2023, "n": 11, "model_crps": 0.04, "last_wave_crps": 0.034, "model_log_score": 1.1,
        "last_wave_log_score": 1.4, "worse": True, "covered": 1.0, "last_wave_covered": 0.9, "n_model": 12,
        "covered_all": 0.75, "part": 0.5, "spread": 0.7, "blend_crps": 0.033, "blend_covered": 0.9, "widening": 1.0,
    }  # fmt: skip
    for worse in (True, False):
        put_frame(tmp_path / "work" / "rolling_verdicts.parquet", pd.DataFrame([row | {"worse": worse}]))
        page = texts_of(write_calibration_report(tmp_path / "work", "en").read_text(encoding="utf-8"))
        assert "Waves foretold from those before them" in page
        assert "75% of 12" in page
        assert "a blend of the last wave (50% of it) and the model (with 0.7 times its spread)" in page
        answer = page[page.index("In short") :]
        assert answer.startswith("In short Fitted to what was known in 2023") == worse


def test_facts_beside_the_fit_that_are_no_test_say_why_and_are_counted_apart(folder: Path) -> None:
    page = texts_of(write_calibration_report(folder, "en").read_text(encoding="utf-8"))
    assert "1 of 3 are a test of the model. In 0 of them" in page
    assert "repeats toy.ease" in page
    assert page.count("would look like this were the schemes to do nothing") == 1


def test_without_a_trial_of_the_method_the_page_says_so(folder: Path) -> None:
    assert "has not been tried on known truths" in texts_of(
        write_calibration_report(folder, "en").read_text("utf-8")
    )


def test_a_trial_of_the_method_is_shown_with_its_figure(folder: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(folder, tmp_path / "work")
    trial = tmp_path / "work" / "check"
    ranks = even(40)
    covered = coverage(ranks, {"p1"})
    put_frame(trial / "ranks.parquet", ranks)
    put_frame(trial / "coverage.parquet", covered)
    every = {name: float(covered.iloc[0][name]) for name in covered.columns if name.startswith("covered_")}
    put_json(
        trial / "check.json",
        {
            "repetitions": 40,
            **every,
            "alarms_when_right": 0.05,
            "covers_too_little": ["toy.gap (80%)"],
            "alarms_when_wrong": {"swapped_groups": 0.9, "missing_mechanism": 1.0, "wrong_time_course": 0.85},
        },
    )
    page = write_calibration_report(tmp_path / "work", "en").read_text(encoding="utf-8")
    assert "tried where the truth is known, 40 times" in texts_of(page)
    assert "90% of cases where groups were swapped" in texts_of(page)
    assert "toy.gap (80%)" in texts_of(page)
    assert 'id="en-figure-ranks"' in page
    assert write_check_figure(trial, "nb").read_bytes()[:4] == b"\x89PNG"


def test_a_model_that_loses_to_a_guess_is_said_to_lose(folder: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(folder, tmp_path / "work")
    table = pd.read_parquet(folder / "verdicts.parquet")
    for better, said in (
        (True, "better than both simple guesses, by every score"),
        (False, "does not foretell better"),
    ):
        put_frame(tmp_path / "work" / "verdicts.parquet", table.assign(better=better, low=-1.0, high=1.0))
        page = texts_of(write_calibration_report(tmp_path / "work", "en").read_text(encoding="utf-8"))
        assert said in page


def test_equal_files_give_an_equal_page(folder: Path) -> None:
    assert write_calibration_report(folder).read_bytes() == write_calibration_report(folder).read_bytes()


def test_an_unfinished_calibration_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished calibration"):
        write_calibration_report(tmp_path)


def test_every_real_figure_and_fact_has_a_name_in_both_languages() -> None:
    from sim.calibration.held_out import for_validation, rules
    from sim.calibration.targets import for_fitting
    from sim.experiments.posterior import calibration_folder
    from sim.report.part_messages import load_part

    place = calibration_folder()
    every = [*for_fitting(place), *for_validation(place), *rules(place)]
    for lang in ("nb", "en"):
        texts = load_part("calibration", lang)
        assert [t.series for t in every if f"calibration.target.{t.series}" not in texts] == []
        facts = patterns.read_patterns(place)
        assert [fact.id for fact in facts if f"calibration.pattern.{fact.id}" not in texts] == []


def test_provenance_names_the_files_behind_the_posterior(folder: Path) -> None:
    told = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert told["fitted_to"] == "targets_calibrate.csv"
    assert {"posterior.parquet", "fit.parquet"} <= set(told["files_sha256"])
    assert told["plan"]["seed"] == 5
