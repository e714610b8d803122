from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.evaluation.observed import COLUMNS, OUTCOMES, TABLE, Evaluator, figures
from sim.model import SchemeModel
from sim.schemes.follow_up.draw_levers import IndicatorName
from sim.schemes.follow_up.draw_record import draw_record

FULL = 117  # possible points of a unit with figures in every cell


@pytest.fixture(scope="module")
def seen_and_drawn() -> tuple[pd.DataFrame, pd.DataFrame]:
    """What an evaluator sees at the end of 2021, and the record of the draw a half-year later."""
    model = SchemeModel("voluntary", rng=3, scale=0.1, start=2020)
    model.run_to(2021)
    seen = pd.DataFrame(figures(model.state, model.p)).set_index("municipality")
    model.step()
    assert figures(model.state, model.p) == {}
    record = pd.DataFrame(draw_record(model.state)).set_index("municipality")
    return seen, record[record["possible_points"] == FULL]


def test_points_are_those_of_the_draw(seen_and_drawn: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    seen, record = seen_and_drawn
    assert len(record) > 10
    latest = record[[f"points_{name.value}_2021" for name in IndicatorName]].sum(axis=1) / (FULL / 3)
    np.testing.assert_allclose(seen.loc[record.index, "risk_share"], latest)
    np.testing.assert_allclose(seen.loc[record.index, "risk_share_before"], record["risk_share"])


def test_results_are_told_relative_to_the_nation(seen_and_drawn: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    seen, _ = seen_and_drawn
    known = seen["lowest_level"].dropna()
    assert known.between(-0.3, 0.5).all()
    assert abs(known.mean()) < 0.05
    assert known.std() > seen.loc[known.index, "lowest_level_before"].std()  # one year swings more than three


def test_the_evaluator_notes_only_public_figures_from_a_year_on() -> None:
    instruments = Evaluator(2021)()
    assert set(instruments.events) == {"draws", TABLE}
    assert set(COLUMNS) == {"year", "municipality", *OUTCOMES, *(f"{name}_before" for name in OUTCOMES)}
    model = SchemeModel("voluntary", rng=3, scale=0.05, start=2020)
    model.run_to(2020)
    assert not len(instruments.events[TABLE].read(model))
    model.run_to(2021)
    assert set(instruments.events[TABLE].read(model)) == set(COLUMNS)
