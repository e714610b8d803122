"""A user's real municipalities: what is told of them, and what is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import sim
from sim.errors import InputError

HEAD = "kommunenummer,population,name"
WESTERN = [f"11{k:02d},{1_000 + 100 * k},Plass{k}" for k in range(1, 9)]
CENTRE = ["0301,700000,Storby"]
NAMES = [*(f"Plass{k}" for k in range(1, 9)), "Storby"]
RAN = {
    "worlds": 1, "start": 2024, "end": 2026, "progress": False, "parameters": "prior", "workers": 1,
    "lang": "en",
}  # fmt: skip


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registers")
    (folder / "municipalities.csv").write_text("\n".join([HEAD, *WESTERN, *CENTRE]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def grouped(registers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("grouped") / "out"
    sim.run("voluntary", registers=registers, out=out, **RAN)  # type: ignore[arg-type]  # settings of many types
    return out


@pytest.fixture(scope="module")
def single(registers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("single") / "out"
    sim.run("voluntary", registers=registers, out=out, single_places=True, **RAN)  # type: ignore[arg-type]  # as above
    return out


def words_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file with all its words; of tables every value."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            yield path.name, pq.read_table(path).to_pandas().to_csv()
        elif path.suffix in (".csv", ".md", ".json", ".html", ".svg"):
            yield path.name, path.read_text(encoding="utf-8")


def test_nothing_is_told_of_a_single_municipality_or_school(grouped: Path) -> None:
    there = {path.name for path in grouped.glob("*.parquet")}
    assert not there & {"draws.parquet", "municipalities.parquet", "schools.parquet"}
    assert {"draws_by_group.parquet", "municipalities_by_group.parquet"} <= there
    told = {file for file, words in words_in(grouped) if any(name in words for name in NAMES)}
    assert told == {"draws_by_group.parquet", "draws_by_group.csv"}


def test_names_come_along_in_who_a_group_is(grouped: Path) -> None:
    rows = pd.read_parquet(grouped / "draws_by_group.parquet")
    assert rows["municipalities"].tolist() == [8]  # the city alone in its county is left out
    assert rows["members"].tolist() == [", ".join(f"Plass{k}" for k in range(1, 9))]
    assert rows["county"].tolist() == ["Rogaland"]


def test_a_figure_rests_on_five_municipalities(grouped: Path) -> None:
    groups = set(pd.read_parquet(grouped / "outcomes.parquet").query("outcome == 'practice'")["group"])
    assert "all" in groups
    assert "region.west" in groups
    assert "size.large" not in groups  # one municipality
    assert "region.east" not in groups


def test_a_link_of_a_theory_concerns_five_municipalities(grouped: Path) -> None:
    assert pd.read_parquet(grouped / "theory.parquet")["n"].min() >= 5


def test_everything_says_why(grouped: Path) -> None:
    assert json.loads((grouped / "manifest.json").read_text())["places"] == "grouped"
    assert "drawn, and not observed" in (grouped / "tables.md").read_text()
    assert "drawn by lot" in (grouped / "report.html").read_text()


def test_the_flag_lifts_it_and_everything_says_so(single: Path) -> None:
    draws = pd.read_parquet(single / "draws.parquet")
    assert dict(zip(draws["municipality"], draws["name"], strict=True))["0301"] == "Storby"
    schools = pd.read_parquet(single / "schools.parquet")
    assert set(schools["municipality"]) == set(draws["municipality"])
    for table in (draws, schools, pd.read_parquet(single / "municipalities.parquet")):
        assert set(table["origin"]) == {"drawn, not observed"}
    assert not list(single.glob("*_by_group*"))
    content = json.loads((single / "manifest.json").read_text())
    assert content["places"] == "single"
    assert "--single-places" in content["command"]
    assert "--single-places" in (single / "tables.md").read_text()
    assert "drawn by lot" in (single / "report.html").read_text()


def test_a_country_of_four_is_refused(tmp_path: Path) -> None:
    (tmp_path / "municipalities.csv").write_text("\n".join([HEAD, *WESTERN[:4]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="there are 4 municipalities"):
        sim.run("voluntary", registers=tmp_path, out=tmp_path / "out", **RAN)  # type: ignore[arg-type]  # as above
    assert not (tmp_path / "out").exists()


def test_an_evaluation_takes_away_what_it_looked_at(registers: Path, tmp_path: Path) -> None:
    results = sim.evaluate(
        registers=registers, out=tmp_path / "out", worlds=1, draw_year=2022, years_after=(1,), progress=False,
        parameters="prior", workers=1, tables_only=True,
    )  # fmt: skip
    assert len(results.table("estimates"))
    assert not {"draws.parquet", "evaluator.parquet"} & {path.name for path in results.folder.glob("*")}


def test_places_that_nobody_registered_are_told_of_one_by_one(tmp_path: Path) -> None:
    sim.run("voluntary", scale=0.02, out=tmp_path / "out", **RAN)  # type: ignore[arg-type]  # as above
    draws = pd.read_parquet(tmp_path / "out" / "draws.parquet")
    assert draws["municipality"].str.fullmatch(r"\D+-\d\d").all()
    assert "name" not in draws
    assert "places" not in json.loads((tmp_path / "out" / "manifest.json").read_text())
