from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.counties import county_table
from sim.experiments.recording import Page
from sim.half_year import HalfYear, Season
from sim.outcomes.measures import OUTCOMES
from sim.outcomes.outcome import Gather

MEAN, SUMMED, WEIGHTED = (
    next(outcome for outcome in OUTCOMES if outcome.gather is gather)
    for gather in (Gather.MEAN, Gather.SUM, Gather.PUPILS)
)
ASKED = (MEAN, SUMMED, WEIGHTED)


def page(season: Season, *values: float) -> Page:
    """Three municipalities, two of them in county 3 with 100 and 300 pupils; every outcome has the same values."""
    county, pupils = np.array([3, 3, 11]), np.array([100.0, 300.0, 50.0])
    nothing = np.full(len(ASKED), np.nan)
    return Page(
        HalfYear.of(2030, season),
        county,
        county,
        pupils,
        np.array([values] * len(ASKED)),
        nothing,
        np.ones((1, 3), dtype=bool),
    )


PAGES = (page(Season.SPRING, 1.0, 2.0, 5.0), page(Season.AUTUMN, 3.0, np.nan, 6.0))


def test_municipalities_are_gathered_in_each_half_year_and_then_the_half_years() -> None:
    rows = county_table(7, "a", PAGES, ASKED).to_pandas()
    assert rows["county"].tolist() == [3, 11]
    assert rows["municipalities"].tolist() == [2, 1]
    assert rows["world"].tolist() == [7, 7]
    assert rows[f"outcome_{MEAN.key}"].tolist() == pytest.approx([(1.5 + 3) / 2, 5.5])
    assert rows[f"outcome_{SUMMED.key}"].tolist() == pytest.approx([(3 + 3) / 2, 5.5])
    assert rows[f"outcome_{WEIGHTED.key}"].tolist() == pytest.approx([(1.75 + 3) / 2, 5.5])


def test_a_county_with_too_few_municipalities_is_not_told_of() -> None:
    rows = county_table(0, "a", PAGES[:1], ASKED, least=2).to_pandas()
    assert rows["county"].tolist() == [3]


def test_a_figure_of_too_few_municipalities_is_not_told() -> None:
    """Of the two in county 3 one has no value in autumn."""
    rows = county_table(0, "a", PAGES[1:], ASKED, least=2).to_pandas()
    assert rows[f"outcome_{MEAN.key}"].isna().tolist() == [True]
