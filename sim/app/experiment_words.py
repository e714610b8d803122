"""An experiment that comes along in words: what each of its designs does to those whom its question is about."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sim.app.texts import texts
from sim.atlas.telling import Cell, joined
from sim.conditions.experiment import KeptExperiment, shipped_experiments
from sim.report.differences import Difference, Judged, Told
from sim.report.felt import Felt
from sim.report.messages import Messages
from sim.report.number_format import number
from sim.report.results import MEAN, ComparisonRow
from sim.report.sentences import Sentence


@dataclass(frozen=True)
class Tried:
    """A kept experiment told in one language."""

    kept: KeptExperiment
    lang: str

    @property
    def words(self) -> Messages:
        """The texts."""
        return texts(self.lang)

    @property
    def title(self) -> str:
        """What was asked."""
        return str(self.kept.manifest["title"][self.lang])

    @cached_property
    def group(self) -> str:
        """Whom it is about."""
        figure = str(self.kept.manifest["contrast"]["figure"])
        return figure.partition(":")[2] or "all"

    @cached_property
    def cells(self) -> dict[str, list[Cell]]:
        """Each design's differences from the first one, by design."""
        return {design: self._cells(design) for design in self.kept.designs[1:]}

    def _cells(self, design: str) -> list[Cell]:
        found = []
        for one in self.kept.rows(design, MEAN, self.group):
            told = {name: one[name] for name in ComparisonRow.__dataclass_fields__ if name in one}
            unknown = dict.fromkeys(_UNKNOWN, math.nan)
            row = ComparisonRow(
                **{
                    **unknown,
                    **told,
                    "versus": self.kept.designs[0],
                    "horizon": MEAN,
                    "file": self.kept.file.name,
                }
            )
            d = Difference(row, self.words, row.mean_versus)
            felt = Felt(d)
            found.append(Cell(self.words, d, felt.difference, felt.low, felt.high))
        return found

    @property
    def heads(self) -> list[str]:
        """What the designs are called, as headings."""
        return [self.words.text(f"design.{design}.name") for design in self.cells]

    @property
    def rows(self) -> list[tuple[str, list[Cell]]]:
        """A row for each outcome that differs by enough to matter, or may: its name, and a cell for each design."""
        return [
            (self.words.text(f"outcome.{cells[0].d.row.outcome}.name"), [*cells])
            for cells in zip(*self.cells.values(), strict=True)
            if not _idle(cells)
        ]

    @property
    def alike(self) -> Sentence | None:
        """The other outcomes, in one sentence."""
        idle = [cells[0].d.row.outcome for cells in zip(*self.cells.values(), strict=True) if _idle(cells)]
        return (
            Sentence(self.words, "experiment.alike", {"outcomes": self._named(idle, "outcome")})
            if idle
            else None
        )

    def lead(self) -> Sentence:
        """What was played."""
        manifest = self.kept.manifest
        values = {
            "worlds": number(manifest["worlds"], self.lang),
            "group": self.words.text(f"group.{self.group}.inline"),
            "a": self._named(self.kept.designs[:1], "design"),
        }
        return Sentence(self.words, f"experiment.{'settled' if manifest['settled'] else 'open'}", values)

    def said(self) -> list[Sentence]:
        """What the designs do, those together that do the same."""
        alike: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for design, cells in self.cells.items():
            alike.setdefault(tuple(self._moved(cells).items()), []).append(design)
        return [self._of(designs, dict(moved)) for moved, designs in alike.items()]

    def _moved(self, cells: list[Cell]) -> dict[str, str]:
        """What gets better and what gets worse, as words."""
        outcomes = {
            str(way): [one.d.row.outcome for one in cells if one.d.moved and one.d.judged is way]
            for way in (Judged.BETTER, Judged.WORSE)
        }
        return {way: self._named(some, "outcome") for way, some in outcomes.items()}

    def _of(self, designs: list[str], moved: dict[str, str]) -> Sentence:
        kind = "both" if all(moved.values()) else next((way for way, some in moved.items() if some), "none")
        return Sentence(self.words, f"experiment.{kind}", {**moved, "b": self._named(designs, "design")})

    def _named(self, keys: Iterable[str], kind: str) -> str:
        return joined([self.words.text(f"{kind}.{key}.inline") for key in keys], self.words)


def _idle(cells: Iterable[Cell]) -> bool:
    """Whether no design makes a difference that would matter."""
    return all(one.d.told in (Told.TRIFLE, Told.SAME) for one in cells)


_UNKNOWN = ("start", "end", "spread_low", "spread_high", "minimum_detectable_effect", "variance_reduction")


def tried(designs: Iterable[str], lang: str) -> Tried | None:
    """The experiment that comes along and has all of some designs."""
    wanted = {*designs}
    return next((Tried(one, lang) for one in shipped_experiments() if wanted <= {*one.designs}), None)
