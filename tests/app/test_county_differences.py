from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.app.county_differences import by_county, county_differences, mapped_outcomes
from sim.outcomes.outcome import Gather
from sim.report.results import Results
from tests.app.conftest import ANSWER

ROWS = pd.DataFrame(
    {
        "world": [0, 0, 0, 0, 0, 1],
        "county": [3, 3, 3, 3, 11, 11],
        "half_year": ["a", "a", "b", "b", "a", "a"],
        "population": [100.0, 300.0, 100.0, 300.0, 50.0, 50.0],
        "municipalities": 1,
        "value": [1.0, 2.0, 3.0, np.nan, 5.0, np.nan],
    }
)


def test_municipalities_are_gathered_in_each_half_year_and_then_the_half_years() -> None:
    assert by_county(ROWS, Gather.MEAN).loc[0, 3] == pytest.approx((1.5 + 3.0) / 2)
    assert by_county(ROWS, Gather.SUM).loc[0, 3] == pytest.approx((3.0 + 3.0) / 2)
    assert by_county(ROWS, Gather.PUPILS).loc[0, 3] == pytest.approx((1.75 + 3.0) / 2)


def test_a_group_counts_as_its_municipalities_would() -> None:
    """Two of 100 inhabitants with 1 and 2, and one of 300 with 4: the mean is 7/3, by inhabitants (1 + 2 + 12) / 5."""
    groups = pd.DataFrame({
        "world": 0, "county": 3, "half_year": "a", "population": [200.0, 300.0], "municipalities": [2, 1], "value": [1.5, 4.0],
    })  # fmt: skip
    assert by_county(groups, Gather.MEAN).loc[0, 3] == pytest.approx(7 / 3)
    assert by_county(groups, Gather.PUPILS).loc[0, 3] == pytest.approx(3.0)


def test_a_world_without_a_value_keeps_its_place() -> None:
    table = by_county(ROWS, Gather.MEAN)
    assert table.index.tolist() == [0, 1]
    assert bool(table.loc[[1], [11]].isna().to_numpy().all())


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


def test_nothing_is_mapped_without_worlds_in_detail(tmp_path: Path, finished: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((finished / ANSWER / "manifest.json").read_bytes())
    assert mapped_outcomes(Results(tmp_path)) == []
