"""A world in which nothing is done, nor was before, stands still: what spreads in it spreads as much seventeen years later.

Twenty-eight whole countries, each with its own draw of what is uncertain, are played from 2017 to 2034 without any scheme. Of a
mean change over them the standard error is stated and must be small enough for the test to tell 3 % from nothing.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats, Ints
from sim.declared import REGISTRY
from sim.experiments.parameter_draws import prior_draw
from sim.model import SchemeModel
from sim.processes.indicators import true_level
from sim.scenario_files import load_design
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers, pupils_at, staff_mean

WORLDS = 28
END = 2034
MOST = 0.03
ERROR = 0.012
NOTHING = {
    "decentralised.active": False,
    "follow_up.active": False,
    "innovation.active": False,
    "guide_corps.active": False,
    "system_2026.further_education.grant_nok": 0.0,
}
NEVER = {
    "decentralised.uh.earlier_years": 0.0
}  # nor was anything done before: what owners had learned would fade
SIZES = {
    "up to 15 posts": (0, 15),
    "16-25 posts": (15, 25),
    "26-40 posts": (25, 40),
    "over 40 posts": (40, 1000),
}


def spreads(model: SchemeModel, owner: Ints) -> dict[str, float]:
    """SDs as the world stands; schools belong together as `owner`, of shape (schools,), says, whatever borders are now."""
    schools, staff = model.state[Schools], model.state[Teachers]
    level, baseline = true_level(schools), staff_mean(schools, staff, staff.baseline)
    pupils = pupils_at(schools)
    found = {
        "level": level.std(),
        "intake": schools.intake.std(),
        "what comes and goes": schools.value_added.std(),
        "climate": schools.climate.std(axis=0).mean(),
        "community": schools.community.std(),
        "leadership": schools.leadership.std(),
        "teachers' practice": staff.practice[staff.held].std(),
        "age": staff.age[staff.held].std(),
        "experience": staff.experience[staff.held].std(),
        "tenure": staff.tenure[staff.held].std(),
        "municipalities": (
            np.bincount(owner, level * pupils) / np.maximum(np.bincount(owner, pupils), 1)
        ).std(),
    }
    for name, (above, most) in SIZES.items():
        here = (schools.n_teachers > above) & (schools.n_teachers <= most)
        found |= {
            f"baseline, {name}": baseline[here].std(),
            f"practice, {name}": schools.practice[here].std(),
        }
    return {name: float(value) for name, value in found.items()}


def competence(model: SchemeModel, owners: Ints) -> float:
    """SD of the competence of the owners named by their numbers."""
    now = model.state[Municipalities]
    return float(now.competence[np.searchsorted(now.id, owners)].std())


@pytest.fixture(scope="module")
def changes() -> dict[str, Floats]:
    """Relative change of each SD over the years, one for each world."""
    nothing = load_design("no_follow_up", REGISTRY).with_levers(NOTHING, 2005)
    found: dict[str, list[float]] = {}
    for world in range(WORLDS):
        model, ended = (
            SchemeModel(nothing, rng=5, world=world, assumptions={**prior_draw(REGISTRY, 5, world), **NEVER})
            for _ in range(2)
        )
        ended.run_to(END)
        owner = ended.state[Schools].municipality
        before, after = spreads(model, owner), spreads(ended, owner)
        through: Ints = np.intersect1d(model.state[Municipalities].id, ended.state[Municipalities].id)
        before["owners' competence"], after["owners' competence"] = (
            competence(model, through),
            competence(ended, through),
        )
        for name in before:
            found.setdefault(name, []).append(after[name] / before[name] - 1)
    return {name: np.array(values) for name, values in found.items()}


@pytest.mark.slow
def test_no_spread_changes_where_nothing_is_done(changes: dict[str, Floats]) -> None:
    moved = {name: values.mean() for name, values in changes.items() if abs(values.mean()) > MOST}
    assert moved == {}


@pytest.mark.slow
def test_the_worlds_are_enough_to_tell(changes: dict[str, Floats]) -> None:
    unsure = {
        name: error
        for name, values in changes.items()
        if (error := values.std(ddof=1) / np.sqrt(WORLDS)) > ERROR
    }
    assert unsure == {}
