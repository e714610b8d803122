from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.declared import REGISTRY
from sim.errors import InputError, NotToldError
from sim.experiments.conduct import conduct
from sim.experiments.planning import planned
from sim.report.page import brief, edition_of, render
from sim.report.results import Results
from sim.scenario_files import load_design, names
from sim.studies.telling import tell

SMALL: dict[str, Any] = {"worlds": 1, "scale": 0.02, "workers": 1, "progress": False}
Years = dict[str, Any]
WITH_DRAW: Years = {"start": 2025, "end": 2026}
WITHOUT_DRAW: Years = {"start": 2027, "end": 2027}
NOT_COMPARED = {
    "voluntary",
    "history",
    "rules_of_2025",
}  # the same as `voluntary`, from the parting on or throughout


TRIED_ALWAYS = {
    "system_2026_strengthened", "no_decentralised", "draw_every_third_year", "vocational_rolling", "handed_over",
}  # fmt: skip
"""Of all, a few of different kinds; the others are left to `make test-slow`."""


def tell_everything(folder: Path) -> None:
    """Report, annex and brief, in both languages."""
    read = Results(folder)
    editions = [edition_of(read, lang) for lang in ("nb", "en")]
    for page in (render(editions), render(editions, annex=True), *map(brief, editions)):
        assert len(page) > 0


def test_a_report_that_fails_leaves_the_tables_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr("sim.report.page.write_report", fails)
        with pytest.raises(NotToldError, match="results are whole") as caught:
            sim.run("voluntary", **SMALL, **WITHOUT_DRAW, out=tmp_path / "here")
    assert "ZeroDivisionError: a bug" in str(caught.value)
    assert f"kompetansesim report {tmp_path / 'here'}" in str(caught.value)
    left = sim.Results(tmp_path / "here")
    assert len(left.summary) > 0
    assert left.headline("en")
    assert not (left.folder / "report.html").exists()
    assert tell(left.folder) == left.folder / "report.html"
    assert (
        (left.folder / "report.html")
        .read_text(encoding="utf-8")
        .startswith('<!DOCTYPE html>\n<html lang="nb"')
    )


def test_what_holds_no_results_is_refused_as_such(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        tell(tmp_path, "nb")


def test_tables_only_leaves_the_page_and_its_figures_out(tmp_path: Path) -> None:
    found = sim.run("voluntary", **SMALL, **WITHOUT_DRAW, out=tmp_path / "here", tables_only=True)
    assert {path.suffix for path in found.folder.iterdir()} == {".parquet", ".csv", ".md", ".json"}


@pytest.mark.parametrize("years", [WITH_DRAW, WITHOUT_DRAW], ids=["with a draw", "without"])
@pytest.mark.parametrize("design", ["no_follow_up", "obligatory"])
def test_a_comparison_in_either_order_can_be_told_in_both_languages(
    tmp_path: Path, design: str, years: Years
) -> None:
    for pair in ((design, "voluntary"), ("voluntary", design)):
        found = sim.compare(pair, **SMALL, **years, out=tmp_path / pair[0], tables_only=True)
        has_draw = (found.folder / "draws.parquet").exists() and bool((found.draws["year"] >= 2026).any())
        assert has_draw == (years is WITH_DRAW)
        tell_everything(found.folder)


def test_results_of_designs_that_never_parted_can_be_told_of_too(tmp_path: Path) -> None:
    # Folders of before such comparisons were refused: no theory has a figure, for the window is that of the whole history.
    study = planned(["voluntary", "obligatory"], worlds=1, seed=2026, start=2023, end=2025, scale=0.02)
    conduct(study, tmp_path / "here", workers=1, progress=False)
    tell_everything(tmp_path / "here")


@pytest.mark.parametrize(
    "design",
    [
        pytest.param(design, marks=() if design in TRIED_ALWAYS else pytest.mark.slow)
        for design in sorted(set(names()) - NOT_COMPARED)
    ],
)
def test_any_shipped_design_can_be_told_of_beside_voluntary(tmp_path: Path, design: str) -> None:
    folder = tmp_path / "here"
    parts = load_design(design, REGISTRY).parts_from(load_design("voluntary", REGISTRY), REGISTRY)
    assert parts is not None
    for years in (WITH_DRAW, WITHOUT_DRAW):
        for pair in ((design, "voluntary"), ("voluntary", design)):
            shutil.rmtree(folder, ignore_errors=True)
            if parts > years["end"]:
                with pytest.raises(InputError, match="nothing to compare"):
                    sim.compare(pair, **SMALL, **years, out=folder, tables_only=True)
            else:
                sim.compare(pair, **SMALL, **years, out=folder, tables_only=True)
                tell_everything(folder)


def test_windows_in_which_designs_do_not_part_are_refused_before_anything_is_played(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match="'voluntary' and 'obligatory' are the same until 2026; nothing to compare"
    ):
        sim.compare(["voluntary", "obligatory"], start=2023, end=2025, worlds=10**5, out=tmp_path / "here")
    assert not list(tmp_path.iterdir())
