from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.design import Design
from sim.errors import InputError
from sim.experiments.conduct import conduct
from sim.experiments.planning import by_target, planned
from sim.experiments.play import Job, play_world
from sim.outcomes.groups import KEYS
from sim.scenario_files import load_design
from sim.studies.api import compare, run
from sim.studies.results import Results
from tests.experiments.toy import PUSHED, STILL, toy_instruments

SMALL = {"worlds": 2, "seed": 3, "start": 2024, "end": 2027, "scale": 0.05}
NAMES = ("voluntary", "obligatory")


def test_levers_can_be_given_by_year() -> None:
    assert by_target({"a": 1, "b": {2026: 2, 2030: 3}, "c@2028": 4}) == {
        "a": 1, "b@2026": 2, "b@2030": 3, "c@2028": 4,
    }  # fmt: skip
    assert by_target(None) == {}


def test_levers_and_assumptions_are_set_in_every_design() -> None:
    study = planned(
        [STILL, PUSHED], worlds=1, seed=1, start=2017, end=2030, scale=1.0,
        levers={"toy.push": {2027: 2, 2029: 0.5}}, assumptions={"toy.luck_sd": 0.7}, instruments=toy_instruments,
    )  # fmt: skip
    assert [design.values_in(2028)["toy.push"] for design in study.designs] == [2.0, 2.0]
    assert [design.values_in(2030)["toy.push"] for design in study.designs] == [0.5, 0.5]
    assert all(design.assumptions == {"toy.luck_sd": 0.7} for design in study.designs)
    assert study.parting == 2021


@pytest.mark.parametrize(
    ("levers", "assumptions"), [({"toy.pusch": 1}, {}), ({"toy.push": 99}, {}), ({}, {"toy.push": 1})]
)
def test_unknown_and_impossible_settings_are_refused(
    levers: dict[str, object], assumptions: dict[str, object]
) -> None:
    with pytest.raises(InputError, match=r"toy\.push"):
        planned(
            [STILL], worlds=1, seed=1, start=2017, end=2030, scale=1.0,
            levers=levers, assumptions=assumptions, instruments=toy_instruments,
        )  # fmt: skip


@pytest.mark.parametrize("designs", ["voluntary", ["voluntary"], []])
def test_comparing_takes_two(designs: list[str]) -> None:
    with pytest.raises(InputError, match="at least two"):
        compare(designs)


def test_results_go_to_a_folder_named_after_the_designs() -> None:
    study = planned(
        [STILL, PUSHED], worlds=1, seed=1, start=2017, end=2030, scale=1.0, instruments=toy_instruments
    )
    assert study.folder() == Path("results/still-vs-pushed")
    assert replace(study, designs=(STILL,)).folder() == Path("results/still")


# --- with the real model, on a twentieth of the country ---


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("real") / "here"
    conduct(planned([*NAMES], **SMALL), folder, workers=1, progress=False)  # type: ignore[arg-type]  # see SMALL
    return Results(folder)


def test_the_real_model_fills_every_table(results: Results) -> None:
    for name in ("comparison", "summary", "outcomes", "draws", "parameters", "municipalities", "schools"):
        assert len(results.table(name)) > 0
    assert set(results.outcomes["group"].unique()) <= set(KEYS)
    assert set(results.outcomes["half_year"].unique()) >= {"2024-spring", "2027-autumn"}


def test_the_real_draws_have_the_columns_that_others_rely_on(results: Results) -> None:
    promised = [
        "world", "year", "municipality", "county", "population", "n_schools", "n_pupils", "possible_points",
        "risk_points", "risk_share", "school_risk_spread", "has_worst_quartile_school", "drawn", "excluded_because",
        "participates", "true_need",
    ]  # fmt: skip
    assert set(promised) <= set(results.draws.columns)
    assert "points_reading_5_1" in results.draws
    assert set(results.draws["drawn"].unique()) <= {"none", "average", "spread"}
    assert not results.draws.duplicated(["world", "design", "year", "municipality"]).any()


def test_every_real_column_is_described(results: Results) -> None:
    told = (results.folder / "tables.md").read_text()
    for path in results.folder.glob("*.parquet"):
        section = told.split(f"## {path.stem}\n")[1].split("\n## ")[0]
        for column in results.table(path.stem).columns:
            line = next(line for line in section.splitlines() if line.startswith(f"| `{column}` |"))
            assert all(cell.strip() for cell in line.strip("|").split("|")), line


def test_real_designs_share_their_history(results: Results) -> None:
    before = results.outcomes.query("year < 2026").set_index(
        ["design", "world", "half_year", "outcome", "group"]
    )
    a, b = (before.loc[name]["value"] for name in NAMES)
    pd.testing.assert_series_equal(a, b)


def test_the_real_model_branches_as_if_played_from_the_start() -> None:
    designs = tuple(load_design(name) for name in NAMES)
    job = Job(world=1, seed=3, designs=designs, start=2024, parting=2026, end=2027, scale=0.05)
    together = play_world(job)
    for i, design in enumerate(designs):
        alone = play_world(replace(job, designs=(design,), parting=2024))
        np.testing.assert_array_equal(together.outcomes[i][..., :-2], alone.outcomes[0][..., :-2])


def test_an_identical_real_design_gives_an_identical_run() -> None:
    one = load_design("voluntary")
    job = Job(0, 3, (one, replace(one, key="twin")), start=2025, parting=2025, end=2026, scale=0.05)
    played = play_world(job)
    np.testing.assert_array_equal(played.outcomes[0], played.outcomes[1])


def test_worlds_start_from_different_parameters(results: Results) -> None:
    drawn = results.parameters.pivot_table(index="name", columns="world", values="value", observed=True)
    assert len(drawn) > 10
    assert (drawn[0] != drawn[1]).all()


@pytest.mark.slow
def test_run_and_compare_leave_a_report_and_a_headline(tmp_path: Path) -> None:
    compared = compare(NAMES, **SMALL, workers=2, out=tmp_path / "two", lang="en", progress=False)  # type: ignore[arg-type]  # see SMALL
    assert (compared.folder / "report.html").stat().st_size > 0
    assert compared.headline()
    played = run("voluntary", **SMALL, workers=1, out=tmp_path / "one", progress=False)  # type: ignore[arg-type]  # see SMALL
    assert (played.folder / "report.html").stat().st_size > 0
    assert isinstance(load_design("voluntary"), Design)
