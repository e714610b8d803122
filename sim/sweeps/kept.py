"""What is kept of a run: named outcomes, at named years, for named groups of municipalities.

A figure is named `outcome@when` or `outcome@when:group`. *When* is a year, a window of years (`2026-2030`), `end` for the
last year, or `mean` for all years from the parting on; a year's figure is the mean of its half-years that have a value,
as in a comparison. Without a group it is the whole country's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.arrays import Floats
from sim.design import DECISION_YEAR, Design
from sim.errors import InputError
from sim.experiments.comparison import END, MEAN
from sim.experiments.trajectories import mean_where_known
from sim.half_year import HalfYear
from sim.outcomes.groups import ALL, HANDED_IN, KEYS, PICKED
from sim.outcomes.outcome import Outcome
from sim.scenario_files.faults import nearest
from sim.sweeps.content import design_content

_WHEN = re.compile(rf"{MEAN}|{END}|[0-9]{{4}}(-[0-9]{{4}})?")


@dataclass(frozen=True)
class Figure:
    """One kept number of a run."""

    outcome: str
    when: str
    group: str = ALL

    @property
    def name(self) -> str:
        """As the column is called: `practice@end`, `practice@end:need`."""
        return f"{self.outcome}@{self.when}" + ("" if self.group == ALL else f":{self.group}")

    @classmethod
    def of(cls, name: str) -> Figure:
        """The figure that has a name; `InputError` if none could."""
        outcome, at, rest = name.partition("@")
        when, _, group = rest.partition(":")
        if not outcome or not at or not _WHEN.fullmatch(when):
            raise InputError(
                f"expected outcome@when or outcome@when:group, *when* a year, 2026-2030, {END} or {MEAN}; got '{name}'",
                field="outcomes",
            )
        if (group or ALL) not in KEYS:
            raise InputError(f"unknown group '{group}'{nearest(group, KEYS)}", field="groups")
        return cls(outcome, when, group or ALL)

    def window(self, parting: int, start: int, end: int) -> tuple[int, int]:
        """First and last year of a run from `start` to `end` that the figure is a mean over."""
        if self.when == END:
            return end, end
        if self.when == MEAN:
            return max(parting, start), end
        first, _, last = self.when.partition("-")
        return int(first), int(last or first)


@dataclass(frozen=True)
class Kept:
    """The figures kept of every run of a sweep.

    Attributes
    ----------
    figures : tuple of Figure
    parting : int
        Year from which `mean` counts, and at whose beginning the groups `need` and `picked.*` are settled.
    reference : tuple of Design
        Designs by which those groups are settled: `need` in the world of the first, `picked.*` by the first draw
        that each holds from the parting on.
    """

    figures: tuple[Figure, ...]
    parting: int = DECISION_YEAR
    reference: tuple[Design, ...] = ()

    @classmethod
    def of(
        cls,
        names: Iterable[str],
        outcomes: Sequence[Outcome],
        parting: int = DECISION_YEAR,
        reference: Sequence[Design] = (),
    ) -> Kept:
        """The figures with these names; `InputError` if one is unknown among `outcomes` or named twice."""
        known = [outcome.key for outcome in outcomes]
        figures = []
        for name in names:
            figure = Figure.of(name)
            if figure.outcome not in known:
                raise InputError(
                    f"unknown outcome '{figure.outcome}'{nearest(figure.outcome, known)}", field="outcomes"
                )
            if figure in figures:
                raise InputError(f"'{name}' is kept twice", field="outcomes")
            figures.append(figure)
        if not figures:
            raise InputError("expected at least one figure to keep", field="outcomes")
        return cls(tuple(figures), parting, tuple(reference))

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the figures."""
        return tuple(figure.name for figure in self.figures)

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups that any figure is of."""
        named = {figure.group for figure in self.figures}
        return tuple(group for group in KEYS if group in named)

    @property
    def handed_in(self) -> bool:
        """Whether any figure is of a group that is settled at the parting."""
        return any(figure.group in HANDED_IN for figure in self.figures)

    @property
    def needs_draw(self) -> bool:
        """Whether any figure is of those picked in a draw."""
        return any(figure.group in PICKED for figure in self.figures)

    def with_reference(self, designs: Sequence[Design]) -> Kept:
        """The same with designs to settle groups by, if any are needed and none are named yet."""
        if self.reference or not self.handed_in:
            return self
        return replace(self, reference=tuple(designs))

    def check_years(self, start: int, end: int) -> None:
        """Refuse figures of years that a run does not have."""
        for figure in self.figures:
            first, last = figure.window(self.parting, start, end)
            if not start <= first <= last <= end:
                raise InputError(
                    f"'{figure.name}': expected years within the run's, {start}-{end}, first before last",
                    field="outcomes",
                )

    def years(self, start: int, end: int) -> frozenset[int]:
        """Calendar years that have to be observed."""
        windows = [figure.window(self.parting, start, end) for figure in self.figures]
        return frozenset(year for first, last in windows for year in range(first, last + 1))

    def describe(self) -> dict[str, object]:
        """What the kept numbers mean, as plain data; two sweeps' figures are comparable only if it is equal."""
        settled = self.handed_in or any(figure.when == MEAN for figure in self.figures)
        return {
            "figures": list(self.columns),
            "parting": self.parting if settled else None,
            "groups_settled_by": [design_content(design) for design in self.reference]
            if self.handed_in
            else None,
        }


def figures_of(
    kept: Kept,
    values: Floats,
    half_years: Sequence[HalfYear],
    outcomes: Sequence[Outcome],
    start: int,
    end: int,
) -> Floats:
    """The kept figures of one run.

    Parameters
    ----------
    values : array of float, shape (half-years, outcomes, groups)
        Groups in the order of `sim.outcomes.groups.KEYS`.

    Returns
    -------
    array of float, shape (figures,)
        NaN where an outcome applies to nobody in the group.
    """
    row = {outcome.key: i for i, outcome in enumerate(outcomes)}
    found = np.empty(len(kept.figures))
    windows: dict[tuple[int, int], Floats] = {}
    for i, figure in enumerate(kept.figures):
        years = figure.window(kept.parting, start, end)
        if years not in windows:
            inside = [years[0] <= half_year.year <= years[1] for half_year in half_years]
            windows[years] = mean_where_known(values[inside], axis=0)
        found[i] = windows[years][row[figure.outcome], KEYS.index(figure.group)]
    return found
