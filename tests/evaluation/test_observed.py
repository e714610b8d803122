from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.evaluation.observed import COLUMNS, OUTCOMES, TABLE, Evaluator, figures
from sim.model import SchemeModel
from sim.parameters.results import Measurement
from sim.schemes.follow_up.draw_levers import IndicatorName
from sim.schemes.follow_up.draw_record import draw_record
from sim.schemes.follow_up.risk_score import municipal_figures
from sim.state.measurements import Indicator, Measurements
from sim.state.places import Municipalities
from sim.state.schools import Schools

LIMIT = "measurement.publication_limit"
FULL = 117  # possible points of a unit with figures in every cell


@pytest.fixture(scope="module")
def seen_and_drawn() -> tuple[pd.DataFrame, pd.DataFrame]:
    """What an evaluator sees at the end of 2021, and the record of the draw a half-year later, where nothing is withheld."""
    model = SchemeModel("voluntary", rng=3, scale=0.1, start=2020, assumptions={LIMIT: 1.0})
    model.run_to(2021)
    seen = pd.DataFrame(figures(model.state, model.p)).set_index("municipality")
    model.step()
    assert figures(model.state, model.p) == {}
    record = pd.DataFrame(draw_record(model.state)).set_index("municipality")
    # The draw's figures of special cases have a special school in them, the public ones have not.
    ordinary = record["excluded_because"] != "special case"
    return seen, record[(record["possible_points"] == FULL) & ordinary]


def test_points_are_those_of_the_draw(seen_and_drawn: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    seen, record = seen_and_drawn
    assert len(record) > 10
    latest = record[[f"points_{name.value}_1" for name in IndicatorName]].sum(axis=1) / (FULL / 3)
    np.testing.assert_allclose(seen.loc[record.index, "risk_share"], latest)
    np.testing.assert_allclose(seen.loc[record.index, "risk_share_before"], record["risk_share"])


def test_figures_of_few_pupils_are_withheld_though_the_draw_uses_them() -> None:
    model = SchemeModel("voluntary", rng=3, scale=0.1, start=2020)
    model.run_to(2021)
    schools, m = model.state[Schools], model.state[Measurements]
    n = len(model.state[Municipalities])
    tested = np.bincount(schools.municipality, m.n_pupils[:, 0, Indicator.READING_8], n)
    own, _, _ = municipal_figures(model.state, model.p[Measurement].publication_limit)
    used, _, _ = municipal_figures(model.state)
    assert np.isnan(own[:, Indicator.READING_8]).tolist() == (tested < 10).tolist()
    assert np.isnan(used[:, Indicator.READING_8]).tolist() == (tested < 1).tolist()


def test_results_are_told_relative_to_the_nation(seen_and_drawn: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    seen, _ = seen_and_drawn
    known = seen["lowest_level"].dropna()
    assert known.between(-0.3, 0.5).all()
    assert abs(known.mean()) < 0.05
    grades = seen.loc[known.index, ["lowest_fifth", "lowest_eighth"]].dropna()
    assert known.loc[grades.index].between(grades.min(axis=1) - 1e-9, grades.max(axis=1) + 1e-9).all()
    assert known.std() > seen.loc[known.index, "lowest_level_before"].std()  # one year swings more than three


def test_the_evaluator_notes_only_public_figures_from_a_year_on() -> None:
    instruments = Evaluator(2021)()
    assert set(instruments.events) == {"draws", TABLE}
    assert set(COLUMNS) == {
        "year", "municipality", "lowest_fifth", "lowest_eighth", *OUTCOMES, *(f"{name}_before" for name in OUTCOMES)
    }  # fmt: skip
    model = SchemeModel("voluntary", rng=3, scale=0.05, start=2020)
    model.run_to(2020)
    assert not len(instruments.events[TABLE].read(model))
    model.run_to(2021)
    assert set(instruments.events[TABLE].read(model)) == set(COLUMNS)
