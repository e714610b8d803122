"""A world in which nothing is done stands still: what spreads in it spreads as much seventeen years later.

Whole countries, each with its own draw of what is uncertain, are played from 2017 to 2034 without any scheme. Of a mean change
over them the standard error is stated and must be small enough for the test to tell 3 % from nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.country_check.playing import Job
from sim.country_check.standing_still import (
    COMPETENCE,
    LEFT_BEFORE,
    NEVER_TAUGHT,
    Spreads,
    changed,
    nothing,
    play,
)
from sim.declared import REGISTRY
from sim.experiments.parameter_draws import prior_draw
from sim.model import SchemeModel

WORLDS = 28
MOST = 0.03
ERROR = 0.012
SAME = 0.01


@pytest.fixture(scope="module")
def worlds() -> list[Spreads]:
    design = nothing(REGISTRY)
    return [
        play(Job(world, 5, prior_draw(REGISTRY, 5, world), design, SchemeModel, 1.0))
        for world in range(WORLDS)
    ]


@pytest.fixture(scope="module")
def changes(worlds: list[Spreads]) -> pd.DataFrame:
    return changed(worlds).set_index("what")


def test_no_spread_changes_where_nothing_is_done(changes: pd.DataFrame) -> None:
    moved = changes["change"].drop(list(LEFT_BEFORE))
    assert moved[moved.abs() > MOST].to_dict() == {}


def test_the_worlds_are_enough_to_tell(changes: pd.DataFrame) -> None:
    unsure = changes["error"].drop(list(LEFT_BEFORE))
    assert unsure[unsure > ERROR].to_dict() == {}


def test_every_spread_can_change(changes: pd.DataFrame) -> None:
    """What nothing moves would stand still whatever happens."""
    assert changes["error"].min() > 0


def test_owners_competence_ends_as_if_they_had_never_been_taught(worlds: list[Spreads]) -> None:
    """What earlier ways of funding brought them is all that their spread has to lose."""
    apart = np.array([np.divide(world[COMPETENCE], world[NEVER_TAUGHT]) - 1 for world in worlds]).mean(axis=0)
    assert apart[0] < -MOST
    assert abs(apart[1]) < SAME
