"""One difference between two designs, with what may and what may not be said about it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from sim.report.messages import Messages
from sim.report.number_format import difference_decimals, level_decimals
from sim.report.quantity import Quantity, source
from sim.report.results import ComparisonRow

_PERCENT = 100.0
_MILLION = 1e6
_LEAST_IN_MILLIONS = 1e5
_HUNDREDTHS = 100.0


class Finding(StrEnum):
    """What the interval allows to say."""

    HIGHER = "higher"  # the whole interval lies above zero
    LOWER = "lower"
    NONE = "none"  # zero lies inside: no difference that the model can tell from zero
    SAME = "same"  # equal in every world
    UNKNOWN = "unknown"  # no figures, or a single world, which says nothing of uncertainty


class Judged(StrEnum):
    """Whether a clear difference is wished for."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


# Differences below these hardly matter in practice, however clear they are; the report says so. By unit. Two come
# from the literature: follow-up raises pupils' level by about 0.03 pupil SD in the municipalities that take part
# (Schueler et al. 2021), the decentralised scheme raises practice by about 0.06 SD (derived from AFI-rapport 2026:02).
# The others are the report's own convention.
YARDSTICKS = {
    "hundredths of a pupil SD": 3.0,
    "SD of practice": 0.06,
    "0-1": 0.01,
    "share": 0.01,
    "ratio": 0.01,
    "municipalities": 1.0,
}
_SHARE_OF_LEVEL = 0.01  # of hours, money and pupils
_BY_LEVEL = ("hours", "nok", "pupils")


@dataclass(frozen=True)
class Shown:
    """How values of a unit are shown: unit messages for levels and for differences, and the factor."""

    level: str
    difference: str
    factor: float = 1.0


def shown(unit: str, usual: float, messages: Messages) -> Shown:
    """How to show values of a unit.

    Parameters
    ----------
    unit : str
        As in the result files.
    usual : float
        A usual value; decides whether money is counted in millions.
    """
    word = unit.lower()
    per_year = 2.0 if word.endswith("per half-year") else 1.0  # readers think in years
    if word.startswith("share"):
        return Shown("percent", "points", _PERCENT)
    if word.startswith("nok"):
        in_millions = abs(usual) * per_year >= _LEAST_IN_MILLIONS
        kind = "million_nok" if in_millions else "nok"
        return Shown(kind, kind, per_year / _MILLION if in_millions else per_year)
    if word.startswith("hours"):
        return Shown("hours", "hours", per_year)
    if word.startswith("0-1"):
        return Shown("of_hundred", "scale_points", _HUNDREDTHS)
    slug = re.sub(r"[^a-z0-9]+", "_", word).strip("_")
    if f"unit.{slug}.other" in messages:
        return Shown(slug, slug)
    return Shown("plain", "plain")


@dataclass(frozen=True)
class Difference:
    """A row of the comparison in one language.

    Attributes
    ----------
    usual : float
        The outcome's level in the whole country: by its size, all its differences are shown in the same unit.
    decimals : int, optional
        Shown of its numbers; by default as many as its interval gives sense to.
    """

    row: ComparisonRow
    messages: Messages
    usual: float = 0.0
    decimals: int | None = None

    @property
    def finding(self) -> Finding:
        """What the interval allows to say."""
        row = self.row
        if not (math.isfinite(row.low) and math.isfinite(row.high)):
            return Finding.UNKNOWN
        if row.low == row.high == 0:
            return Finding.SAME
        if row.low > 0:
            return Finding.HIGHER
        return Finding.LOWER if row.high < 0 else Finding.NONE

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.finding in (Finding.HIGHER, Finding.LOWER)

    @property
    def judged(self) -> Judged:
        """Whether a clear difference is for the better; `NEITHER` if it is not clear."""
        sign = {Finding.HIGHER: 1, Finding.LOWER: -1}.get(self.finding, 0) * self.row.better
        return Judged.BETTER if sign > 0 else Judged.WORSE if sign < 0 else Judged.NEITHER

    @property
    def yardstick(self) -> float | None:
        """The size below which a difference hardly matters, in the file's unit; None for unknown units."""
        if self.row.unit.lower().startswith(_BY_LEVEL):
            return _SHARE_OF_LEVEL * abs(self.row.mean_a)
        return YARDSTICKS.get(self.row.unit)

    @property
    def matters(self) -> bool:
        """Whether it is at least as large as the yardstick, or there is none."""
        return self.yardstick is None or abs(self.row.difference) >= self.yardstick

    @property
    def _shown(self) -> Shown:
        return shown(self.row.unit, self.usual, self.messages)

    @property
    def own_decimals(self) -> int:
        """Decimals that its own interval gives sense to."""
        factor = self._shown.factor
        return difference_decimals(self.row.low * factor, self.row.high * factor)

    def _quantity(self, column: str, *, signed: bool) -> Quantity:
        row, how = self.row, self._shown
        return Quantity(
            value=getattr(row, column),
            source=self._source(column),
            messages=self.messages,
            unit=how.difference,
            factor=how.factor,
            decimals=self.own_decimals if self.decimals is None else self.decimals,
            signed=signed,
        )

    def _source(self, column: str) -> str:
        row = self.row
        return source(
            "comparison.parquet", design_a=row.design_a, design_b=row.design_b, horizon=row.horizon,
            outcome=row.outcome, group=row.group, column=column,
        )  # fmt: skip

    @property
    def difference(self) -> Quantity:
        """Of the alternative from the baseline."""
        return self._quantity("difference", signed=True)

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
        """Share of worlds in which b is better than a."""
        return Quantity(
            self.row.probability_better,
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

    def level(self, column: str = "mean_a") -> Quantity:
        """Level of a design: `mean_a` or `mean_b`."""
        value = getattr(self.row, column)
        how = self._shown
        return Quantity(
            value,
            self._source(column),
            self.messages,
            how.level,
            how.factor,
            level_decimals(value * how.factor),
        )

    @property
    def values(self) -> dict[str, Quantity]:
        """What sentences about it may name."""
        return {
            "difference": self.difference,
            "low": self.low,
            "high": self.high,
            "mde": self.smallest_seen,
            "probability": self.probability,
        }
