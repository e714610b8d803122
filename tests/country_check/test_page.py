"""The page of the country is of what comes along and has every figure; each that it misses has its reason (`make check-draw`)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim
from sim.country_check.api import PAGE, WORLDS, made_with
from sim.country_check.evidence import read_published
from sim.country_check.playing import ITEMS
from sim.country_check.table import REASONS, number
from sim.declared import REGISTRY
from sim.experiments.posterior import calibration_folder, source_of
from sim.scenario_files import load_design

DOCS = Path(sim.__file__).parents[1] / "docs"
SEED = 2026
HEADS = ("| row | role | reason | what was tried |", "| figures | reason | what was tried |")
LEAST_WORDS = 5


@pytest.fixture(scope="module")
def page() -> str:
    return (DOCS / PAGE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(page: str) -> dict[str, list[str]]:
    """Cells of each figure's row by its id, which stands last."""
    lines = [line.strip("| ").split(" | ") for line in page.splitlines() if line.endswith("` |")]
    return {cells[-1].strip("`"): cells for cells in lines}


def reasons() -> dict[str, str]:
    """Reason by figure, of both tables."""
    text = (DOCS / "calibration.md").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for head in HEADS:
        assert text.count(head) == 1
        for line in text[text.index(head) :].split("\n\n", maxsplit=1)[0].splitlines()[2:]:
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            assert len(cells) == head.count("|") - 1
            found |= dict.fromkeys(re.findall(r"`(\w+)`", cells[0]), cells[-2])
    return found


def test_it_was_made_with_what_comes_along(page: str) -> None:
    told = made_with(load_design("history", REGISTRY), source_of(REGISTRY, SEED).describe())
    assert len(told) == 3
    assert [line for line in told if line not in page.splitlines()] == [], "make check-draw"
    assert f"--worlds {WORLDS} --seed {SEED}`" in page


def test_it_has_every_figure_as_published(rows: dict[str, list[str]]) -> None:
    published = read_published(calibration_folder())
    assert set(rows) == {one.id for one in published} | {item.target for item in ITEMS}, "make check-draw"
    for one in published:
        cells = rows[one.id]
        assert (cells[0], cells[1], cells[5]) == (one.quantity, number(one.value), str(one.use)), (
            "make check-draw"
        )


def test_each_figure_outside_has_its_reason(page: str, rows: dict[str, list[str]]) -> None:
    told = reasons()
    outside = {figure for figure, cells in rows.items() if cells[4] == "**no**"}
    assert outside
    assert outside - set(told) == set()
    assert [figure for figure in outside if len(told[figure].split()) < LEAST_WORDS] == []
    assert REASONS in page


@pytest.mark.slow
def test_the_same_worlds_give_the_same_figures(rows: dict[str, list[str]]) -> None:
    found = sim.check_draw(worlds=WORLDS, seed=SEED, progress=False)
    for row in found.to_dict("records"):
        shown = float(rows[row["figure"]][2].replace(",", ""))
        # Three digits are shown.
        assert shown == pytest.approx(row["mean"], rel=6e-3, abs=1e-9), row["figure"]
