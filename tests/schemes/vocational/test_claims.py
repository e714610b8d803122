"""Claims about the vocational scheme that no single contrast says (those that one does: `sim.claims_check.declared`)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.claims_check.contrast import turned
from sim.declared import REGISTRY
from sim.parameters.priors import Uniform
from tests.claims_check.paired import differences, named

pytestmark = pytest.mark.slow

WORLDS = 10


def test_it_may_be_that_stays_leave_no_collective_learning_but_what_isolated_measures_do() -> None:
    """AFI-rapport 2026:02, 4.5: *may* be an important way; so the prior begins at nought, and there stays are no way to it."""
    assert REGISTRY.find("vocational.learning.firm_gain").prior == Uniform(0.0, 0.3)
    (contrast,) = named("stays may be a way to collective learning")
    less, more = turned("vocational.hospitering_share", 0.2, 0.7, {"vocational.learning.firm_gain": 0.0})
    gain = differences([replace(contrast, less=less, more=more)], range(WORLDS))[contrast.says]
    assert abs(gain.mean()) < 0.01  # a point on a scale from 0 to 100
