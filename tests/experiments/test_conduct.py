from __future__ import annotations

import errno
import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.design import Design
from sim.errors import InputError
from sim.experiments.conduct import conduct
from sim.experiments.folder import MANIFEST
from sim.experiments.manifest import command, described, manifest
from sim.experiments.play import Played
from sim.experiments.study import Study
from sim.studies.results import Results
from tests.experiments.toy import OUTCOMES, PUSHED, REGISTRY, STILL, TWIN, toy_instruments

STUDY = Study((STILL, PUSHED, TWIN), worlds=4, seed=5, start=2018, end=2022, instruments=toy_instruments)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("results") / "here"
    conduct(STUDY, folder, workers=1, progress=False)
    return Results(folder)


def without_run(folder: Path) -> dict[str, object]:
    content = json.loads((folder / MANIFEST).read_text())
    del content["run"]
    return dict(content)


def test_the_folder_holds_tables_their_description_and_a_manifest(results: Results) -> None:
    expected = {MANIFEST, "tables.md", "municipalities.parquet", "schools.parquet"}
    for name in ("comparison", "counties", "summary", "outcomes", "draws", "parameters", "variance"):
        expected |= {f"{name}.parquet", f"{name}.csv"}
    assert {path.name for path in results.folder.iterdir()} == expected


def test_two_workers_leave_the_same_bytes_as_one(results: Results, tmp_path: Path) -> None:
    conduct(STUDY, tmp_path / "two", workers=2, progress=False)
    for path in results.folder.iterdir():
        if path.name != MANIFEST:
            assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    assert without_run(results.folder) == without_run(tmp_path / "two")


def test_identical_designs_differ_by_exactly_nothing_everywhere(results: Results) -> None:
    twins = results.comparison.query("versus == 'still' and design == 'twin'")
    assert len(twins) > 0
    assert (twins[["difference", "low", "high", "sd_difference"]] == 0).all(axis=None)


def test_the_effect_is_the_pushs_own(results: Results) -> None:
    row = results.comparison.query(
        "design == 'pushed' and outcome == 'practice' and group == 'size.large' and horizon == 'end'"
    ).iloc[0]
    # half of the schools gain 0.5 each half-year from 2021: three and four times at the ends of 2022's half-years
    pupils = np.array([10 * 1, 10 * 2, 10 * 9, 10 * 10])
    weight = pupils.sum() / pupils.sum() / 2  # the outcome is the mean of a municipality's two schools
    assert row["difference"] == pytest.approx(weight * 0.5 * 3.5)
    assert row["sd_difference"] == 0
    assert (row["start"], row["n_worlds"]) == (2022, 4)


def test_history_is_the_same_under_every_design(results: Results) -> None:
    before = results.outcomes.query("year < 2021").set_index(
        ["design", "world", "half_year", "outcome", "group"]
    )
    pd.testing.assert_series_equal(before.loc["still"]["value"], before.loc["pushed"]["value"])


def test_csv_says_what_parquet_says(results: Results) -> None:
    for name in ("comparison", "summary", "outcomes", "draws", "parameters"):
        csv, parquet = pd.read_csv(results.folder / f"{name}.csv"), results.table(name)
        assert csv.columns.tolist() == parquet.columns.tolist()
        assert len(csv) == len(parquet)
        for column in parquet.select_dtypes("number"):
            np.testing.assert_allclose(csv[column], parquet[column])


def test_every_column_of_every_table_is_described(results: Results) -> None:
    told = (results.folder / "tables.md").read_text()
    assert "of the country was simulated" not in told  # it was whole
    for path in results.folder.glob("*.parquet"):
        section = told.split(f"## {path.stem}\n")[1].split("\n## ")[0]
        for column in results.table(path.stem).columns:
            line = next(line for line in section.splitlines() if line.startswith(f"| `{column}` |"))
            assert all(cell.strip() for cell in line.strip("|").split("|")), line


def test_draws_carry_world_and_design(results: Results) -> None:
    draws = results.draws
    assert draws.columns.tolist()[:4] == ["world", "design", "year", "municipality"]
    assert not draws.duplicated(["world", "design", "year", "municipality"]).any()
    assert sorted(draws["year"].unique()) == [2019, 2021]


def test_only_the_worlds_asked_for_are_kept_in_detail(results: Results) -> None:
    assert results.schools["world"].unique().tolist() == [0]
    assert len(results.schools) == 12 * 3 * 10


def test_the_manifest_tells_how_to_make_it_again(results: Results) -> None:
    told = results.manifest
    assert told["made_by"] == "kompetansesim"
    assert (told["seed"], told["worlds"]) == (5, 4)
    assert told["years"] == {"start": 2018, "parting": 2021, "end": 2022}
    assert told["designs"][1]["digest"] == PUSHED.digest()
    assert told["designs"][1]["levers"]["toy.push"] == [[2005, 0.0], [2021, 0.5]]
    assert told["software"]["numpy"] == np.__version__
    assert len(told["code"]["sources_sha256"]) == 64
    assert set(told["run"]) == {"started", "seconds", "workers", "platform", "processor_cores"}
    assert told["tables"]["parameters"]["rows"] == 4 * 2


def test_the_command_names_everything_that_was_set() -> None:
    study = replace(
        STUDY,
        designs=(STILL, PUSHED),
        named=("still", "my designs/pushed.yaml"),
        levers={"toy.push@2022": 1.0, "toy.years": [2019, 2021]},
        assumptions={"toy.luck_sd": 1.0},
    )
    assert command(study) == (
        "kompetansesim compare still 'my designs/pushed.yaml' --worlds 4 --seed 5 --start 2018 --end 2022 --scale 1.0 "
        "--lang nb --detail 1 --lever toy.push@2022=1.0 --lever 'toy.years=[2019, 2021]' --assumption toy.luck_sd=1.0"
    )
    assert command(STUDY) is None


def test_a_lever_that_no_design_sets_is_told_with_its_default() -> None:
    assert described(Design("plain"), REGISTRY)["levers"] == {
        "toy.push": [[2005, 0.0]],
        "toy.years": [[2005, [2019, 2021]]],
    }


def test_the_manifest_is_the_same_whenever_it_is_made() -> None:
    assert manifest(STUDY, {}) == manifest(STUDY, {})


def test_worlds_are_told_as_they_come_before_the_folder_is_in_its_place(tmp_path: Path) -> None:
    told: list[int] = []

    def note(world: Played) -> None:
        told.append(world.world)
        assert world.outcomes.shape[0] == 3
        assert not (tmp_path / "here").exists()

    conduct(replace(STUDY, worlds=3), tmp_path / "here", workers=1, progress=False, told=note)
    assert told == [0, 1, 2]
    assert Results(tmp_path / "here").manifest["seed"] == 5


def test_the_same_question_replaces_its_own_results_in_whatever_language(tmp_path: Path) -> None:
    for lang in ("nb", "en"):
        conduct(replace(STUDY, worlds=1, lang=lang), tmp_path / "here", workers=1, progress=False)
    assert Results(tmp_path / "here").manifest["lang"] == "en"


@pytest.mark.parametrize(
    "other",
    [
        {"designs": (STILL,)},
        {"designs": (PUSHED, STILL)},
        {"seed": 6},
        {"worlds": 2},
        {"end": 2021},
        {"scale": 0.5},
        {"detail": 0},
        {"assumptions": {"toy.luck_sd": 1.0}},
        {"asked": "kompetansesim theory still pushed"},
    ],
)
def test_another_question_is_refused_before_any_world_is_played_unless_overwriting_is_asked_for(
    tmp_path: Path, other: dict[str, Any]
) -> None:
    first = replace(STUDY, worlds=1)
    conduct(first, tmp_path / "here", workers=1, progress=False)
    told: list[Played] = []
    second = replace(first, **other)
    with pytest.raises(InputError, match=r"holds other results.*overwrite=True"):
        conduct(second, tmp_path / "here", workers=1, progress=False, told=told.append)
    assert (told, Results(tmp_path / "here").manifest["worlds"]) == ([], 1)
    conduct(second, tmp_path / "here", workers=1, progress=False, overwrite=True)
    assert [one["key"] for one in Results(tmp_path / "here").manifest["designs"]] == list(second.keys)


def test_designs_that_part_after_the_last_year_have_nothing_to_compare() -> None:
    with pytest.raises(InputError, match="'still' and 'pushed' are the same until 2021; nothing to compare"):
        replace(STUDY, designs=(STILL, PUSHED), end=2020).check_parting()
    with pytest.raises(InputError, match="'still' and 'twin' are the same throughout; nothing to compare"):
        STUDY.check_parting()
    replace(STUDY, designs=(STILL, PUSHED)).check_parting()


def test_one_design_is_not_compared(tmp_path: Path) -> None:
    conduct(replace(STUDY, designs=(STILL,), worlds=1), tmp_path / "here", workers=1, progress=False)
    assert not (tmp_path / "here" / "comparison.parquet").exists()
    with pytest.raises(InputError, match="no table 'comparison'"):
        _ = Results(tmp_path / "here").comparison


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_a_run_that_is_broken_off_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    def further(folder: Path) -> None:
        assert folder.is_dir()
        raise error

    with pytest.raises(type(error)):
        conduct(replace(STUDY, worlds=1), tmp_path / "here", workers=1, progress=False, further=further)
    assert not list(tmp_path.iterdir())


@contextmanager
def small_files(limit: int) -> Iterator[None]:
    """No file may grow beyond a size: what a full disk feels like to the one who writes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("limit", [100, 4_000, 20_000])
def test_a_full_disk_leaves_nothing(tmp_path: Path, limit: int) -> None:
    with small_files(limit), pytest.raises(OSError, match=r"large|space|Error writing"):
        conduct(replace(STUDY, worlds=2), tmp_path / "here", workers=1, progress=False)
    assert not list(tmp_path.iterdir())


def test_a_place_taken_by_something_else_is_refused_before_any_world_is_played(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="something else"):
        conduct(replace(STUDY, worlds=10**5), tmp_path, workers=1, progress=False)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("worlds", 0),
        ("worlds", 2.5),
        ("seed", -1),
        ("start", 1990),
        ("end", 2017),
        ("scale", 0.0),
        ("detail", -1),
    ],
)
def test_impossible_settings_are_refused_by_name(setting: str, value: float) -> None:
    with pytest.raises(InputError, match=f"{setting}: expected") as caught:
        replace(STUDY, **{setting: value})  # type: ignore[arg-type]  # that is the point
    assert caught.value.field == setting


def test_no_workers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="workers: expected a whole number from 1 on, got 0"):
        conduct(STUDY, tmp_path / "here", workers=0)
    assert not list(tmp_path.iterdir())


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InputError, match="lang: expected one of nb, en, got 'nn'"):
        replace(STUDY, lang="nn")


def test_two_designs_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="two designs are called 'still'"):
        replace(STUDY, designs=(STILL, PUSHED, Design("still")))


def test_a_folder_without_results_is_no_results(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no results"):
        Results(tmp_path)


def test_outcomes_keep_their_order(results: Results) -> None:
    assert results.comparison["outcome"].unique().tolist() == [outcome.key for outcome in OUTCOMES]
