from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.errors import InputError
from sim.evaluation.tables import SCHEMAS
from sim.studies.results import Results

SMALL = {"draw_year": 2018, "years_after": (1,), "worlds": 2, "seed": 4, "progress": False, "lang": "en"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("evaluation") / "here"
    return sim.evaluate("follow-up", **SMALL, scale=0.3, workers=1, out=folder)  # type: ignore[arg-type]  # spelt out once


def test_the_folder_holds_tables_figures_and_a_report(results: Results) -> None:
    names = {path.name for path in results.folder.iterdir()}
    for table in SCHEMAS:
        assert {f"{table}.parquet", f"{table}.csv"} <= names
        assert results.table(table).columns.tolist() == SCHEMAS[table].names
        assert f"## {table}\n" in (results.folder / "tables.md").read_text()
    assert {"report.html", "manifest.json", "evaluator.parquet"} <= names
    assert {path.name for path in (results.folder / "figures").iterdir()} == {"answer.png", "power.png"}
    page = (results.folder / "report.html").read_text()
    assert "What would an evaluation of the follow-up scheme show?" in page
    assert "Hva ville en evaluering av oppfølgingsordningen vist?" in page


def test_the_truth_is_nothing_where_the_draw_has_no_effect(results: Results) -> None:
    found = results.table("estimates")
    assert (found.loc[found["scenario"] == "none", "true_effect"] == 0).all()
    assert found.groupby("scenario", observed=True).size().nunique() == 1
    assert found["world"].unique().tolist() == [0, 1]


def test_the_same_municipalities_are_drawn_however_strong_the_effect(results: Results) -> None:
    draws = results.draws.query("year == 2018 and drawn != 'none'")
    by_design = draws.groupby("design", observed=True)["municipality"].apply(list)
    assert by_design["with_draw"] == by_design["stronger_draw"]
    assert set(draws["design"].astype(str)) == {"with_draw", "stronger_draw"}


def test_the_command_makes_it_again(results: Results) -> None:
    assert results.manifest["command"] == (
        "kompetansesim evaluate follow-up --design voluntary --worlds 2 --seed 4 --scale 0.3 --lang en "
        "--draw-year 2018 --multiple 4 --years-after 1"
    )


def test_the_headline_is_that_of_an_evaluation(results: Results) -> None:
    lines = results.headline("en")
    assert lines
    assert "1 year after the draw" in lines[0]
    assert "true effect" in lines[0]


@pytest.mark.slow
def test_two_workers_leave_the_same_bytes_as_one(results: Results, tmp_path: Path) -> None:
    sim.evaluate("follow-up", **SMALL, scale=0.3, workers=2, out=tmp_path / "two")  # type: ignore[arg-type]  # spelt out once
    for path in results.folder.glob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    assert (results.folder / "report.html").read_bytes() == (tmp_path / "two" / "report.html").read_bytes()


def test_too_few_drawn_are_said_to_be_too_few(tmp_path: Path) -> None:
    few = sim.evaluate("follow-up", **(SMALL | {"worlds": 1}), scale=0.05, workers=1, out=tmp_path / "few")  # type: ignore[arg-type]  # spelt out once
    assert few.table("evaluation").empty
    assert few.table("estimates")["estimate"].isna().all()
    assert few.headline("en")[0].startswith("Too few municipalities were drawn")


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("what", "the weather", "there is no evaluation of 'the weather'; there are: follow-up"),
        ("draw_year", 2016, "draw_year: expected a whole number from 2017"),
        ("years_after", (), "years_after: expected at least one"),
        ("years_after", (0,), "years_after: expected a whole number from 1"),
        ("years_after", (50,), "years_after: expected a whole number from 1 to 34"),
        ("multiple", 9.0, "multiple: expected a number from 1 to 4"),
        ("multiple", 0.5, "multiple: expected a number from 1 to 4"),
        ("design", "volontary", "unknown design"),
        ("worlds", 0, "worlds: expected"),
    ],
)
def test_impossible_settings_are_refused_before_anything_is_written(
    tmp_path: Path, setting: str, value: object, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        sim.evaluate(**{setting: value}, out=tmp_path / "here", progress=False)  # type: ignore[arg-type]  # that is the point
    assert not list(tmp_path.iterdir())


def test_estimates_do_not_see_the_truth(results: Results) -> None:
    # the same figures with another truth beside them give the same estimates: only scenarios differ in figures
    found = results.table("estimates").pivot_table(
        index=["world", "estimator", "outcome"],
        columns="scenario",
        values=["estimate", "true_effect"],
        observed=True,
    )
    shift = found["estimate"]["model"] - found["estimate"]["none"]
    truth = found["true_effect"]["model"]
    # An estimate that a small draw does not allow is missing under one scenario or both.
    whole = (found.index.get_level_values("estimator") == "before_after") & shift.notna() & truth.notna()
    assert whole.any()
    np.testing.assert_allclose(shift[whole], truth[whole], atol=1e-12)
    assert isinstance(found, pd.DataFrame)
