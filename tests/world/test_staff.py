"""The staff that a world begins with is such as turnover keeps it: nothing drifts because nothing is done."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.experiments.parameter_draws import prior_draw
from sim.half_year import Season
from sim.model import SchemeModel
from sim.scenario_files import load_design
from sim.state.schools import Teachers

NOTHING = {
    "decentralised.active": False,
    "follow_up.active": False,
    "innovation.active": False,
    "system_2026.further_education.grant_nok": 0.0,
}


@pytest.mark.slow
@pytest.mark.parametrize("world", range(4))
def test_practice_and_experience_stay_where_they_start_when_no_scheme_is_at_work(world: int) -> None:
    # Of some 20,000 teachers the SD has a sampling error of 0.005, their mean one of 0.007; mean experience one of 0.08 years.
    design = load_design("no_follow_up", REGISTRY).with_levers(NOTHING, 2005)
    model = SchemeModel(design, rng=5, world=world, scale=0.3, assumptions=prior_draw(REGISTRY, 5, world))
    teachers = model.state[Teachers]
    spread, mean, years = [teachers.practice.std()], [teachers.practice.mean()], [teachers.experience.mean()]
    while model.coming.year <= 2026:
        model.step()
        if model.state.now.season is Season.AUTUMN:
            teachers = model.state[Teachers]
            spread.append(teachers.practice.std())
            mean.append(teachers.practice.mean())
            years.append(teachers.experience.mean())
    assert spread == pytest.approx(np.ones(len(spread)), abs=0.04)
    assert mean == pytest.approx(np.full(len(mean), mean[0]), abs=0.04)
    assert years == pytest.approx(np.full(len(years), years[0]), abs=2)
