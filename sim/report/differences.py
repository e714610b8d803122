"""One difference between two designs, with what may and what may not be said about it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from sim.report.messages import Messages
from sim.report.number_format import decimals_off_zero, difference_decimals, level_decimals
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, ComparisonRow
from sim.report.units import Shown, per_year, shown

_PERCENT = 100.0
_ROUNDING = 1e-5  # of the level: what rounding every owner's part to whole kroner can do to the sum


_MONEY = ("NOK per school year", "NOK per half-year", "NOK per year")
LEAST_MONEY = 1e6
"""The least of the country's money a year that is told, in kroner (assumption: the last digit in which the state's is told)."""
_OF_THE_COUNTRY = (
    "municipalities",
    "schools",
)  # units whose smallest effect of interest is told for the whole country


class Finding(StrEnum):
    """What the interval allows to say."""

    HIGHER = "higher"  # the whole interval lies above zero
    LOWER = "lower"
    NONE = "none"  # zero lies inside: no difference that the model can tell from zero
    SAME = "same"  # equal in every world, money up to its rounding to whole kroner
    UNKNOWN = "unknown"  # no figures, or a single world, which says nothing of uncertainty


class Told(StrEnum):
    """What is told of a difference: what the interval allows to say, and whether it would matter."""

    HIGHER = "higher"  # clear, and as large as the smallest effect of interest
    LOWER = "lower"
    TRIFLE = "trifle"  # the whole interval is smaller than that: no difference that would matter
    OPEN = "open"  # the estimate is smaller, but the interval holds differences that would matter
    NONE = "none"  # the estimate would matter, but zero lies inside the interval
    SAME = "same"
    UNKNOWN = "unknown"


class Judged(StrEnum):
    """Whether a clear difference is wished for."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


@dataclass(frozen=True)
class Difference:
    """A row of the comparison in one language.

    Attributes
    ----------
    usual : float
        The outcome's level in the whole country: by its size, all its differences are shown in the same unit.
    decimals : int, optional
        Shown of its numbers; by default as many as its interval gives sense to.
    scale : float
        Share of the country that was simulated.
    """

    row: ComparisonRow
    messages: Messages
    usual: float = 0.0
    decimals: int | None = None
    scale: float = 1.0

    @cached_property
    def finding(self) -> Finding:
        """What the interval allows to say."""
        row = self.row
        if not (math.isfinite(row.low) and math.isfinite(row.high)):
            return Finding.UNKNOWN
        if max(abs(row.low), abs(row.high)) <= self._rounding:
            return Finding.SAME
        if row.low > 0:
            return Finding.HIGHER
        return Finding.LOWER if row.high < 0 else Finding.NONE

    @property
    def _rounding(self) -> float:
        """Differences up to this are none, in the file's unit; 0 but for money."""
        return _ROUNDING * abs(self.row.mean_versus) if self.row.unit.startswith("NOK") else 0.0

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.finding in (Finding.HIGHER, Finding.LOWER)

    @property
    def judged(self) -> Judged:
        """Whether a clear difference is for the better; `NEITHER` if it is not clear."""
        sign = {Finding.HIGHER: 1, Finding.LOWER: -1}.get(self.finding, 0) * self.row.better
        return Judged.BETTER if sign > 0 else Judged.WORSE if sign < 0 else Judged.NEITHER

    @cached_property
    def smallest(self) -> float | None:
        """The smallest effect of interest, in the file's unit; None where the outcome declares none.

        A share of next to nothing is nothing: of the country's money a million kroner a year is the least.
        """
        if not math.isfinite(self.row.smallest):
            return None
        if self.row.unit in _MONEY and self.row.group == EVERYONE:
            return max(self.row.smallest, LEAST_MONEY * self.scale / per_year(self.row.unit))
        return self.row.smallest * (self.scale if self.row.unit in _OF_THE_COUNTRY else 1.0)

    @property
    def matters(self) -> bool:
        """Whether it is at least as large as the smallest effect of interest, or there is none."""
        return self.smallest is None or abs(self.row.difference) >= self.smallest

    @cached_property
    def told(self) -> Told:
        """What is told of it in words."""
        if self.finding in (Finding.UNKNOWN, Finding.SAME):
            return Told(self.finding.value)
        if self.smallest is not None and max(abs(self.row.low), abs(self.row.high)) < self.smallest:
            return Told.TRIFLE
        if not self.matters:
            return Told.OPEN
        return Told(self.finding.value)

    @property
    def moved(self) -> bool:
        """Whether it is clear and matters: what digits and colours are for."""
        return self.told in (Told.HIGHER, Told.LOWER)

    @property
    def surely_matters(self) -> bool:
        """Whether the whole interval lies beyond the smallest effect of interest."""
        return self.moved and min(abs(self.row.low), abs(self.row.high)) >= (self.smallest or 0.0)

    @property
    def times(self) -> float:
        """Its size against the smallest effect of interest, by which outcomes are ranked; 1 where there is none."""
        return 1.0 if not self.smallest else abs(self.row.difference) / self.smallest

    @cached_property
    def _shown(self) -> Shown:
        return shown(self.row.unit, self.usual, self.messages, self.scale)

    @property
    def shown_interval(self) -> tuple[float, float]:
        """The interval's ends as shown, not yet rounded."""
        return self.row.low * self._shown.factor, self.row.high * self._shown.factor

    def _decimals(self) -> int:
        if self.finding is Finding.SAME:
            return 0
        if self.finding is Finding.UNKNOWN:
            return level_decimals(self.row.difference * self._shown.factor, 2)
        return common_decimals([self]) if self.decimals is None else self.decimals

    def _quantity(self, column: str, *, signed: bool) -> Quantity:
        row, how = self.row, self._shown
        return Quantity(
            value=getattr(row, column), source=self._source(column), messages=self.messages,
            unit=how.difference, factor=how.factor, decimals=self._decimals(), signed=signed,
        )  # fmt: skip

    def _source(self, column: str) -> str:
        row = self.row
        return source(
            row.file, versus=row.versus, design=row.design, horizon=row.horizon,
            outcome=row.outcome, group=row.group, column=column,
        )  # fmt: skip

    @property
    def difference(self) -> Quantity:
        """Of the alternative from the baseline."""
        return self._quantity("difference", signed=True)

    @property
    def size(self) -> Quantity:
        """How far it rises or falls, without a sign."""
        return _turned(self.difference, self.row.difference < 0)

    @property
    def nearest(self) -> Quantity:
        """That end of the interval which lies nearer zero, without a sign."""
        falls = self.row.difference < 0
        return _turned(self.high if falls else self.low, falls)

    @property
    def farthest(self) -> Quantity:
        """The other end."""
        falls = self.row.difference < 0
        return _turned(self.low if falls else self.high, falls)

    @property
    def low(self) -> Quantity:
        """Lower end of the interval of the mean difference."""
        return self._quantity("low", signed=True).bare

    @property
    def high(self) -> Quantity:
        """Upper end."""
        return self._quantity("high", signed=True).bare

    @property
    def spread_low(self) -> Quantity:
        """5th percentile of single worlds."""
        return self._quantity("spread_low", signed=True).bare

    @property
    def spread_high(self) -> Quantity:
        """95th percentile of single worlds."""
        return self._quantity("spread_high", signed=True).bare

    @property
    def smallest_seen(self) -> Quantity:
        """The minimum detectable effect."""
        return self._quantity("minimum_detectable_effect", signed=False)

    @property
    def probability(self) -> Quantity:
        """Share of worlds in which b is better than a; a dash where they are the same."""
        return Quantity(
            math.nan if self.finding is Finding.SAME else self.row.probability_better,
            self._source("probability_better"),
            self.messages,
            "percent",
            _PERCENT,
        )

    @property
    def times_less_variance(self) -> Quantity:
        """How many times pairing cut the variance."""
        value = self.row.variance_reduction
        return Quantity(
            value, self._source("variance_reduction"), self.messages, decimals=level_decimals(value, 2)
        )

    def level(self, column: str = "mean_versus") -> Quantity:
        """Level of a design: `mean_versus` or `mean_design`."""
        value = getattr(self.row, column)
        how = self._shown
        return Quantity(
            value, self._source(column), self.messages, how.level, how.factor,
            level_decimals(value * how.factor),
        )  # fmt: skip

    @property
    def values(self) -> dict[str, Quantity]:
        """What sentences about it may name."""
        return {
            "difference": self.difference, "low": self.low, "high": self.high, "size": self.size,
            "nearest": self.nearest, "farthest": self.farthest, "mde": self.smallest_seen,
            "probability": self.probability,
        }  # fmt: skip


def _turned(quantity: Quantity, falls: bool) -> Quantity:
    """A quantity with no plus, its sign turned where the difference is a fall."""
    return replace(quantity, factor=-quantity.factor if falls else quantity.factor, signed=False)


def common_decimals(differences: Sequence[Difference]) -> int:
    """Decimals for differences that stand together: what the widest interval gives sense to, and not so few that a
    difference that is clear and matters would seem to touch zero.
    """
    known = [d for d in differences if d.finding not in (Finding.UNKNOWN, Finding.SAME)]
    ends = [d.shown_interval for d in known]
    widest = max(ends, key=lambda each: each[1] - each[0], default=(0.0, 0.0))
    return max(
        [difference_decimals(*widest), *(decimals_off_zero(*d.shown_interval) for d in known if d.matters)]
    )
