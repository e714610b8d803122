from __future__ import annotations

from pathlib import Path

import pytest

from sim.app.county_differences import county_differences, mapped_outcomes
from sim.report.results import Results
from tests.app.conftest import ANSWER


def test_the_differences_of_counties_add_up_to_the_country_s(finished: Path) -> None:
    results = Results(finished / ANSWER)
    rows = county_differences(results, "hours", "obligatory")
    whole = results.comparison("hours", "obligatory")
    assert whole is not None
    assert sum(row.row.difference for row in rows) == pytest.approx(whole.difference, rel=1e-3)
    assert {row.row.n_worlds for row in rows} == {2.0}


def test_what_is_one_figure_for_the_nation_is_not_mapped(finished: Path) -> None:
    outcomes = mapped_outcomes(Results(finished / ANSWER))
    assert "owner_competence" in outcomes
    assert "inequality" not in outcomes


def test_nothing_is_mapped_without_the_table(tmp_path: Path, finished: Path) -> None:
    for name in ("manifest.json", "comparison.parquet"):
        (tmp_path / name).write_bytes((finished / ANSWER / name).read_bytes())
    assert mapped_outcomes(Results(tmp_path)) == []
