"""How long a run is expected to take, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.app.answers import Answers
from sim.app.expecting import expected_seconds
from sim.declared import REGISTRY
from sim.experiments.play import HALF_YEAR_SECONDS, NATIONAL_SECONDS
from tests.app.conftest import question

EACH = HALF_YEAR_SECONDS + NATIONAL_SECONDS
AROUND = 4.0


def test_the_first_run_is_reckoned_from_what_half_years_take(tmp_path: Path) -> None:
    asked = question(worlds=20, scale=1.0, start=2017, end=2034)
    expected = expected_seconds(asked, Answers(tmp_path, REGISTRY), workers=2)
    # 20 worlds, 2 designs and 36 half-years on two cores.
    assert expected == pytest.approx(AROUND + 20 * 2 * 36 * EACH / 2)


def test_later_ones_from_how_the_latest_went(tmp_path: Path) -> None:
    """One that took twice as long as reckoned: 10 worlds, 2 designs, 20 half-years, 1 core."""
    plain = 10 * 2 * 20 * EACH
    folder = tmp_path / "earlier"
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({
        "made_by": "kompetansesim", "format": 1,
        "designs": [{"key": key, "title": {"nb": key}} for key in "ab"], "worlds": 10,
        "scale": 1.0, "years": {"start": 2021, "parting": 2026, "end": 2030},
        "run": {"seconds": AROUND + 2 * plain, "workers": 1},
    }))  # fmt: skip
    (folder / "comparison.parquet").write_bytes(b"")
    asked = question(worlds=20, scale=1.0, start=2017, end=2034)
    answers = Answers(tmp_path, REGISTRY)
    assert len(answers.all()) == 1
    assert expected_seconds(asked, answers, workers=1) == pytest.approx(AROUND + 2 * 20 * 2 * 36 * EACH)
