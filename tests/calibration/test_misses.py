"""Every row that the accepted posterior misses has its reason in the docs, and what was tried."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import sim

CHECKOUT = Path(sim.__file__).parents[1]
HEAD = "| row | role | reason | what was tried |"
LEAST_WORDS = 5


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[str, str]]:
    """Reason, and what was tried, by row."""
    page = (CHECKOUT / "docs" / "calibration.md").read_text(encoding="utf-8")
    assert page.count(HEAD) == 1
    lines = page[page.index(HEAD) :].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    assert {len(line) for line in cells} == {4}
    return {row: (line[2], line[3]) for line in cells for row in re.findall(r"`(\w+)`", line[0])}


def test_each_missed_row_has_a_reason_and_what_was_tried(told: dict[str, tuple[str, str]]) -> None:
    fit = pd.read_parquet(CHECKOUT / "calibration" / "fit.parquet")
    missed = set(fit.loc[~fit["inside"].eq(True), "target"])
    assert missed
    assert missed - set(told) == set()
    assert [row for row in missed if min(len(part.split()) for part in told[row]) < LEAST_WORDS] == []


def test_nothing_was_tried_for_a_row_that_is_held_back(told: dict[str, tuple[str, str]]) -> None:
    fit = pd.read_parquet(CHECKOUT / "calibration" / "fit.parquet")
    held = set(fit.loc[fit["role"] == "validate", "target"])
    assert [row for row, (_, tried) in told.items() if row in held and not tried.startswith("nothing")] == []
