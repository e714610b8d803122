"""The results seen by a reader of one language: differences, names and styles by key."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from sim.report.differences import Difference, common_decimals
from sim.report.manifest import PATHS
from sim.report.messages import Messages, load
from sim.report.names import Names
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, MEAN, Results
from sim.report.style import DesignStyle, design_style
from sim.report.subject import HEADS, Subject, subject_of
from sim.report.units import ADDED_UP


@dataclass(frozen=True)
class View:
    """Results in one language."""

    results: Results
    lang: str

    @cached_property
    def messages(self) -> Messages:
        """The language's texts, and those that plug-ins brought."""
        return load(self.lang).with_plugins(self.results.manifest.plugins)

    @cached_property
    def names(self) -> Names:
        """What things are called."""
        return Names(self.messages, self.results.manifest)

    def differences(self, outcome: str, group: str = EVERYONE, horizon: str = MEAN) -> list[Difference]:
        """How the alternatives differ from the baseline, in one unit and with equally many decimals.

        Alternatives are left out that the files don't have.
        """
        where = outcome, group, horizon
        if where not in self._differences:
            self._differences[where] = self._told(outcome, group, horizon)
        return self._differences[where]

    @cached_property
    def _differences(self) -> dict[tuple[str, str, str], list[Difference]]:
        """What `differences` has told so far."""
        return {}

    def _told(self, outcome: str, group: str, horizon: str) -> list[Difference]:
        comparison, alternatives = self.results.comparison, self.results.alternatives
        rows = [row for design in alternatives if (row := comparison(outcome, design, group, horizon))]
        if not rows:
            return []
        whole = comparison(outcome, alternatives[0]) or rows[0]
        # The larger of both: what a first design without the scheme spends says nothing of what money is counted in.
        usual = max(
            (abs(level) for level in (whole.mean_versus, whole.mean_design) if math.isfinite(level)),
            default=math.nan,
        )
        scale = self.results.manifest.scale
        decimals = common_decimals([Difference(row, self.messages, usual, scale=scale) for row in rows])
        return [Difference(row, self.messages, usual, decimals, scale) for row in rows]

    @cached_property
    def subject(self) -> Subject:
        """What the comparison is about, so what comes first."""
        return subject_of(self.results.manifest.parts)

    @cached_property
    def question(self) -> str:
        """Key of the question that the comparison answers, if it is a known one; else empty."""
        families = {design.split("_")[0] for design in self.results.alternatives}
        keys = {f"page.title.question.{self.results.baseline}.{family}" for family in families}
        return keys.pop() if len(keys) == 1 and keys <= set(self.messages) else ""

    def concerned(self, outcome: str) -> str:
        """The group that an outcome is told of first: those whom the question is about, or the country where there are none.

        What is added up over municipalities, as hours and money are, is the country's.
        """
        group = self.subject.concerned
        if group == EVERYONE or outcome in self.subject.costs:
            return EVERYONE
        rows = (self.results.comparison(outcome, design, group) for design in self.results.alternatives)
        first = next((row for row in rows if row), None)
        return EVERYONE if first is None or first.unit in ADDED_UP else group

    def movers(self, design: str) -> list[Difference]:
        """What a design moves clearly and by as much as would matter, the largest against its threshold first.

        All outcomes are looked through, and of many some seem to move by chance. So one that the question is not about
        counts only if its whole interval lies beyond the smallest effect of interest.
        """
        about = self.subject.followed
        found = [
            d
            for outcome in self.results.outcomes
            if outcome not in HEADS
            for d in self.differences(outcome, self.concerned(outcome))
            if d.row.design == design and (d.moved if outcome in about else d.surely_matters)
        ]
        return sorted(found, key=lambda d: -d.times)

    @property
    def main_outcomes(self) -> list[str]:
        """What the report puts first."""
        return self.present(self.subject.main)

    @property
    def gain_outcomes(self) -> list[str]:
        """What is shown for groups of municipalities."""
        return self.present(self.subject.gains)

    def style(self, design: str) -> DesignStyle:
        """Colour and mark of a design."""
        return design_style(self.results.designs.index(design))

    def present(self, outcomes: tuple[str, ...]) -> list[str]:
        """Those of some outcomes that the files have."""
        return [outcome for outcome in outcomes if outcome in self.results.outcomes]

    def fact(self, name: str) -> Quantity:
        """A number from the manifest."""
        manifest = self.results.manifest
        value = getattr(manifest, name)
        return Quantity(
            float("nan") if value is None else float(value),
            source("manifest.json", path=PATHS[name]),
            self.messages,
            unit="worlds" if name == "n_worlds" else "plain",
            grouped=name == "n_worlds",
        )

    @cached_property
    def n_alternatives(self) -> Quantity:
        """How many designs are compared with the baseline."""
        return Quantity(
            float(len(self.results.alternatives)),
            source("manifest.json", path="designs", stat="others"),
            self.messages,
        )
