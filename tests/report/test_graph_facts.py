"""The partnership graph in numbers, from a table of two worlds made by hand."""

import json
from pathlib import Path

import pandas as pd

from sim.report.graph_facts import graph_table
from sim.report.results import Results
from sim.report.view import View


def view_of(folder: Path, rows: list[tuple[int, str, int, str, float]]) -> View:
    frame = pd.DataFrame(rows, columns=["world", "design", "year", "measure", "value"])
    frame.to_parquet(folder / "graph.parquet")
    (folder / "manifest.json").write_text(json.dumps({"designs": [{"key": "a"}, {"key": "b"}], "worlds": 2}))
    return View(Results(folder), "nb")


def test_values_are_means_over_worlds_for_the_baseline_first_and_all_designs_last(tmp_path: Path) -> None:
    shares = {("a", 2017): (0.0, 0.1), ("a", 2034): (0.2, 0.3), ("b", 2034): (0.4, 0.5)}
    rows = [
        (world, design, year, "changed_partner", value)
        for (design, year), values in shares.items()
        for world, value in enumerate(values)
    ]
    table = graph_table(view_of(tmp_path, rows))
    assert table is not None
    assert [(column.design, str(column.year)) for column in table.columns] == [
        ("a", "2017"),
        ("a", "2034"),
        ("b", "2034"),
    ]
    ((_, values),) = table.rows
    assert [str(value) for value in values] == ["5\xa0%", "25\xa0%", "45\xa0%"]


def test_measures_of_money_have_two_decimals_and_missing_ones_are_not_there(tmp_path: Path) -> None:
    table = graph_table(
        view_of(tmp_path, [(0, "a", 2017, "grant_gini_owners", 0.6446), (0, "b", 2017, "components", 3)])
    )
    assert table is not None
    ((_, values),) = table.rows
    assert str(values[0]) == "0,64"


def test_without_a_graph_there_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"designs": [{"key": "a"}]}))
    assert graph_table(View(Results(tmp_path), "en")) is None
