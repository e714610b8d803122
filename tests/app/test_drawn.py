from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.app.drawn import DrawKey, draws_held, one_draw, points, table
from sim.report.results import Results
from sim.report.view import View
from tests.app.conftest import ANSWER

KEY = DrawKey(0, "voluntary", 2026)


@pytest.fixture(scope="module")
def view(finished: Path) -> View:
    return View(Results(finished / ANSWER), "nb")


def test_the_draws_held_are_those_of_the_file(view: View) -> None:
    assert draws_held(view.results) == {"voluntary": [2026], "obligatory": [2026]}


def test_a_draw_is_listed_from_the_highest_risk_share(view: View) -> None:
    rows = table(view, KEY)
    shares = [row.share.value for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert rows[0].rank == 1
    assert {row.drawn for row in rows} >= {"average", "none"}


def test_points_by_indicator_and_year_are_the_file_s_and_add_up(view: View, finished: Path) -> None:
    raw = pd.read_parquet(finished / ANSWER / "draws.parquet")
    raw = raw[(raw["world"] == 0) & (raw["design"] == "voluntary") & (raw["year"] == 2026)]
    for row in raw.to_dict("records"):
        found = points(view, KEY, row["municipality"])
        assert found is not None
        assert found.years == (2023, 2024, 2025)
        assert len(found.rows) == 11
        assert sum(one.total.value for one in found.rows) == pytest.approx(row["risk_points"])
        for one in found.rows:
            for year, cell in zip(found.years, one.points, strict=True):
                value = row[f"points_{one.indicator}_{KEY.year - year}"]
                assert (cell is None) == pd.isna(value)
                assert cell is None or cell.value == value


def test_every_number_says_where_it_stands(view: View) -> None:
    rows = one_draw(view.results, KEY)
    found = points(view, KEY, rows["municipality"].iloc[0])
    assert found is not None
    cell = next(cell for row in found.rows for cell in row.points if cell)
    assert cell.source.startswith("draws.parquet#world=0;design=voluntary;year=2026;municipality=")


def test_the_fate_of_a_municipality(view: View) -> None:
    fates = {points(view, KEY, row.code).fate for row in table(view, KEY)}  # type: ignore[union-attr]
    assert {"average", "none"} <= fates <= {"average", "spread", "none", "lot", "excluded"}


def test_an_equal_of_the_last_one_drawn_lost_by_lot(tmp_path: Path, finished: Path) -> None:
    manifest = json.loads((finished / ANSWER / "manifest.json").read_text(encoding="utf-8"))
    for recorded in manifest["tables"].values():
        recorded.pop("parquet_sha256", None)  # the table is another one
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pd.DataFrame(
        {
            "world": 0, "design": "voluntary", "year": 2026, "municipality": ["0101", "0102", "0103", "0104"],
            "risk_share": [0.5, 0.4, 0.4, 0.1], "risk_points": [9.0, 8.0, 8.0, 1.0],
            "drawn": ["average", "average", "none", "none"], "excluded_because": ["", "", "", "special case"],
        }
    ).to_parquet(tmp_path / "draws.parquet")  # fmt: skip
    view = View(Results(tmp_path), "nb")
    found = {number: points(view, KEY, number) for number in ("0101", "0102", "0103", "0104")}
    assert [one.fate for one in found.values() if one] == ["average", "average", "lot", "excluded"]
    assert found["0103"] is not None
    assert found["0103"].place.rank == 2


def test_nothing_is_found_of_a_draw_that_was_not_held(view: View) -> None:
    assert one_draw(view.results, DrawKey(0, "voluntary", 2027)).empty
    assert points(view, KEY, "9999") is None
