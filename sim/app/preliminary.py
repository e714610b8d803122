"""Preliminary answers: what the worlds played so far say, while the others are still being played.

They are made with the statistics of the final answer and shown with its parts, so their intervals are those of so few worlds.
Each lies in the page's own hidden folder, is no folder of results, and goes when the run is over or the page begins anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from sim.experiments import tables, yardstick
from sim.experiments.comparison import comparison
from sim.experiments.folder import MANIFEST
from sim.experiments.keeping import of_yardstick
from sim.experiments.manifest import manifest, text
from sim.experiments.play import Played
from sim.experiments.study import Study
from sim.experiments.trajectories import Trajectories
from sim.experiments.writing import write_table
from sim.report.edition import Edition
from sim.report.figures.answer import answer_figure
from sim.report.figures.panel import Figure

WORLDS = (4, 10, 24, 40, 70)  # after which there is a new one; after the last world comes the answer itself


def place(folder: Path, key: str, worlds: int) -> Path:
    """Where the preliminary answer of a run's first worlds lies."""
    return folder / key / str(worlds)


class Gathering:
    """Takes in the worlds of a study as they come, and writes a preliminary answer whenever it is time for one.

    Parameters
    ----------
    folder : Path
        Of the run's preliminary answers.
    told : callable
        Is given the number of worlds when an answer from them lies whole in its place.
    """

    def __init__(self, study: Study, folder: Path, told: Callable[[int], object]) -> None:
        self.study, self.folder, self.told = study, folder, told
        self._played: list[Played] = []

    def take_in(self, world: Played) -> int:
        """The next world of the study; how many there are by now."""
        self._played.append(replace(world, tables={}))
        n = len(self._played)
        if n in WORLDS and n < self.study.worlds:
            write(self.study, sorted(self._played, key=lambda world: world.world), self.folder / str(n))
            self.told(n)
        return n


def write(study: Study, played: list[Played], folder: Path) -> None:
    """The comparison over the worlds played so far, and what is known of them; the folder is there whole or not at all."""
    outcomes = Trajectories.of(played, study.keys, study.instruments().outcomes)
    draws = study.draws[[world.world for world in played]]
    frame = comparison(outcomes, study.parting, draws)
    facts = manifest(replace(study, worlds=len(played)), {})
    del facts["made_by"]  # by which results are known
    draft = folder.with_name(f"{folder.name}.draft")
    draft.mkdir(parents=True)
    write_table(tables.framed(frame, tables.COMPARISON), draft / "comparison.parquet")
    without = of_yardstick(study, played)
    if without is not None:
        own = yardstick.own_effect(outcomes, without, study.parting, draws)
        write_table(tables.framed(own, yardstick.YARDSTICK), draft / f"{yardstick.TABLE}.parquet")
    (draft / MANIFEST).write_text(text(facts), encoding="utf-8")
    draft.rename(folder)


class PreliminaryEdition(Edition):
    """What a preliminary answer has of the report."""

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The answer's alone."""
        figure = answer_figure(self.view)
        return {figure.key: figure} if figure.panels else {}
