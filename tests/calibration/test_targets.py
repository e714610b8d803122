from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from sim.calibration.held_out import for_validation, rules
from sim.calibration.likelihood import counts
from sim.calibration.targets import Likelihood, Role, for_fitting
from sim.errors import InputError
from sim.experiments.posterior import calibration_folder
from sim.surveys.questionnaire import ITEMS, NOT_COVERED, WITHOUT_TARGET
from tests.calibration.toy_survey import CALIBRATE, data


def test_the_model_answers_every_figure_or_says_why_it_does_not() -> None:
    folder = calibration_folder()
    every = [*for_fitting(folder), *for_validation(folder), *rules(folder)]
    assert {t.id for t in every} == {item.target for item in ITEMS} - {
        item.target for item in WITHOUT_TARGET
    } | set(NOT_COVERED)


def test_no_figure_is_both_fitted_to_and_held_back() -> None:
    folder = calibration_folder()
    assert not {t.id for t in for_fitting(folder)} & {t.id for t in for_validation(folder)}
    assert not [t.id for t in for_fitting(folder) if t.wave == "2024-autumn"]


def test_every_figure_names_a_publication_and_no_precision_is_lost() -> None:
    found = {t.id: t for t in for_fitting(calibration_folder())}
    told = [t for t in found.values() if t.likelihood is not Likelihood.SOFT]
    assert all(re.match(r"(AFI-rapport|OECD) 20\d\d", t.source) for t in told)
    assert all(re.search(r"[12]\d{3}", t.source) for t in found.values())
    equality = found["equality_owner_t1"]  # "just over 70 per cent"
    assert (equality.low, equality.value, equality.high) == (0.69, 0.72, 0.75)
    assert found["voc_schools_reached"].high == math.inf  # "at least"


def test_a_share_in_words_is_all_the_counts_that_its_words_allow(tmp_path: Path) -> None:
    targets = {t.id: t for t in for_fitting(data(tmp_path))}
    assert counts(targets["leaders_t1"]) == (84, 96)  # 0.42 to 0.48 of 200
    assert counts(targets["owners_t1"]) == (123, 125)  # 0.615 to 0.625 of 200
    assert counts(targets["drawn"]) == (9, 9)


def test_answers_are_linked_and_shown_on_the_target_s_own_scale(tmp_path: Path) -> None:
    targets = {t.id: t for t in for_fitting(data(tmp_path))}
    drawn = targets["drawn"]
    assert drawn.linked(np.array([2.0]), np.array([4.0])) == pytest.approx(0)  # half of four: logit 0
    assert drawn.shown(np.array([2.0]), np.array([4.0])) == pytest.approx(6)  # and so 6 of 12
    assert drawn.unlinked(np.array([0.0])) == pytest.approx(6)
    assert targets["amount"].linked(np.array([math.e]), np.array([1.0])) == pytest.approx(1)
    assert np.isnan(targets["amount"].linked(np.array([-1.0]), np.array([1.0])))[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("0.62,0.615,0.625", "0.7,0.615,0.625", 2, "value"),
        ("0.62,", "much,", 2, "value"),
        ("binomial,calibrate,Toy 2020,\nleaders", "poisson,calibrate,Toy 2020,\nleaders", 2, "likelihood"),
        ("count,12", "count,", 4, "n"),
        ("12,11,13", "-1,-2,13", 5, "value"),
        ("NOK,,log-normal,calibrate", "NOK,,log-normal,validate", 5, "role"),
    ],
)
def test_a_wrong_row_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    file = data(tmp_path) / "targets_calibrate.csv"
    assert old in CALIBRATE
    file.write_text(CALIBRATE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as error:
        for_fitting(tmp_path)
    assert (error.value.file, error.value.line, error.value.field) == (str(file), line, field)


def test_a_held_back_row_among_those_to_fit_to_is_refused(tmp_path: Path) -> None:
    file = data(tmp_path) / "targets_calibrate.csv"
    file.write_text(CALIBRATE.replace(",calibrate,", ",validate,", 1), encoding="utf-8")
    with pytest.raises(InputError, match="expected calibrate"):
        for_fitting(tmp_path)


def test_two_rows_of_one_id_and_a_missing_column_are_refused(tmp_path: Path) -> None:
    file = data(tmp_path) / "targets_calibrate.csv"
    file.write_text(CALIBRATE.replace("leaders_t1", "owners_t1", 1), encoding="utf-8")
    with pytest.raises(InputError, match="two rows have the id owners_t1"):
        for_fitting(tmp_path)
    file.write_text(CALIBRATE.replace("series,", "", 1), encoding="utf-8")
    with pytest.raises(InputError, match="expected the columns"):
        for_fitting(tmp_path)


def test_rules_need_no_likelihood() -> None:
    assert {t.role for t in rules(calibration_folder())} == {Role.RULE}
    assert {t.likelihood for t in rules(calibration_folder())} == {None}
    assert {t.likelihood for t in for_validation(calibration_folder())} <= set(Likelihood)


@pytest.mark.parametrize(("cells", "told"), [(3, "the row has 3 cells"), (40, "cells; expected")])
def test_a_row_with_too_few_or_too_many_cells_is_refused_with_its_line(
    tmp_path: Path, cells: int, told: str
) -> None:
    from sim.calibration.targets import COLUMNS, Role, read_targets

    file = tmp_path / "targets.csv"
    file.write_text(",".join(COLUMNS) + "\n" + ",".join("x" * cells) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        read_targets(file, Role.CALIBRATE)
    assert caught.value.line == 2
