"""Figures of the draws that are read from the register in the half-year of a draw."""

from __future__ import annotations

import numpy as np
import pytest

from sim.calibration.patterns import read_patterns
from sim.country_check.drawn import in_north, of_2020
from sim.country_check.evidence import read_published
from sim.experiments.posterior import calibration_folder
from sim.model import SchemeModel
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import DrawKind
from sim.state.measurements import Indicator
from sim.surveys.figures import HIGHEST_RISKS

SCALE = 0.5


def test_who_was_drawn_is_told_as_the_register_has_it() -> None:
    model = SchemeModel("history", rng=1, world=0, start=2019, scale=SCALE)
    assert of_2020(model.state, 1, 0, SCALE) == {}
    assert in_north(model.state) == []
    while not (found := of_2020(model.state, 1, 0, SCALE)):
        model.step()
    register = model.state[DrawRegister]
    assert set(register.year) == {2020}
    average, spread = register.drawn == DrawKind.AVERAGE, register.drawn == DrawKind.SPREAD
    share = register.points.sum(axis=(1, 2)) / register.possible.sum(axis=(1, 2))
    above = [int((share > one).sum()) for one in share[average]]
    assert found["last_rank_drawn"] * SCALE >= max(above) + 1
    assert found["last_rank_drawn"] * SCALE <= max(above) + (share == share[average].min()).sum()
    highest = np.sort(share)[-round(HIGHEST_RISKS * SCALE)]
    assert found["top40_in_spread"] * SCALE <= (share[spread] >= highest).sum()
    assert found["high_education_average"] == pytest.approx(register.education_high[average].mean())
    others = register.population[(register.drawn == DrawKind.NONE) & (register.population <= 100_000)]
    assert found["mean_population_other_100000"] <= others.max()
    column = Indicator.LEAVING_POINTS_10
    points, possible = register.points[:, :, column].sum(axis=1), register.possible[:, :, column].sum(axis=1)
    known = possible > 0
    of_one = np.isin(register.successor, register.successor[average | spread])
    others = points[known & ~of_one] / possible[known & ~of_one]
    mine = points[known & average] / possible[known & average] / others.mean()
    assert found["least_ratio_leaving_points"] == pytest.approx(mine.min())
    assert found["greatest_ratio_leaving_points"] == pytest.approx(mine.max())
    assert len(in_north(model.state)) == (average | spread).sum()


def test_figures_that_are_facts_beside_the_fit_too_are_the_same_there() -> None:
    published = {one.id: one.value for one in read_published(calibration_folder())}
    facts = [one for one in read_patterns(calibration_folder()) if one.id in published]
    assert len(facts) >= 10
    for one in facts:
        assert one.low <= published[one.id] + 5e-4, one.id
        assert one.high >= published[one.id] - 5e-4, one.id
