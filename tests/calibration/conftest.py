"""The toy survey's targets."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.calibration.targets import Target, for_fitting
from tests.calibration.toy_survey import data


@pytest.fixture
def targets(tmp_path: Path) -> dict[str, Target]:
    """Those that are fitted, by id."""
    return {t.id: t for t in for_fitting(data(tmp_path))}
