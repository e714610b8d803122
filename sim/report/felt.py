"""Differences in units that readers can feel: points of a national test, man-years, per cent of what it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.report.differences import Difference
from sim.report.number_format import difference_decimals, few_decimals, level_decimals
from sim.report.quantity import Quantity

HOURS_PER_MAN_YEAR = 1700.0  # as `load.hours_per_man_year`
POINTS_PER_HUNDREDTH = 0.1  # scale points of a national test, whose standard deviation is 10 points
_LEAST_MAN_YEARS = 0.1  # less is told in hours
_PERCENT = 100.0
_SPREAD = "coefficient_of_variation"  # of which a difference is felt against how uneven it was
_MOST_DECIMALS = {
    "test_points": 2
}  # a point is a tenth of a standard deviation; more decimals nobody can feel
_NO_LIMIT = 9
_TEN = 10.0  # from here on decimals say nothing in a sentence


@dataclass(frozen=True)
class Felt:
    """A difference's size with the ends of its interval, in one unit that can be felt."""

    d: Difference

    @property
    def size(self) -> Quantity:
        """How far it rises or falls, without a sign."""
        return self._felt(self.d.size)

    @property
    def nearest(self) -> Quantity:
        """That end of the interval which lies nearer zero, without a unit."""
        return self._felt(self.d.nearest).bare

    @property
    def farthest(self) -> Quantity:
        """The other end, without a unit."""
        return self._felt(self.d.farthest).bare

    @property
    def difference(self) -> Quantity:
        """The difference itself, with its sign."""
        return self._felt(self.d.difference)

    @property
    def low(self) -> Quantity:
        """The interval's lower end, without a unit."""
        return self._felt(self.d.low).bare

    @property
    def high(self) -> Quantity:
        """Its upper end, without a unit."""
        return self._felt(self.d.high).bare

    @property
    def level(self) -> Quantity:
        """The baseline's level, in the same unit."""
        return self._level("mean_versus")

    @property
    def level_with(self) -> Quantity:
        """The other design's level, in the same unit."""
        return self._level("mean_design")

    def _level(self, column: str) -> Quantity:
        unit, factor = self._into()
        level = self.d.level(column)
        if not unit or self.d.difference.unit == _SPREAD:
            return replace(level, decimals=few_decimals(level.value * level.factor, level.decimals))
        decimals = min(
            level_decimals(level.value * level.factor * factor), _MOST_DECIMALS.get(unit, _NO_LIMIT)
        )
        return replace(level, unit=unit, factor=level.factor * factor, decimals=decimals)

    def _felt(self, shown: Quantity) -> Quantity:
        unit, factor = self._into()
        decimals = shown.decimals
        if unit:
            ends = sorted((self.d.row.low * shown.factor * factor, self.d.row.high * shown.factor * factor))
            decimals = min(difference_decimals(*ends), _MOST_DECIMALS.get(unit, _NO_LIMIT))
        size = abs(self.d.row.difference * shown.factor * factor)
        return replace(
            shown, unit=unit or shown.unit, factor=shown.factor * factor, decimals=_few(size, decimals)
        )

    def _into(self) -> tuple[str, float]:
        """The unit, and what the usual one is multiplied by; no unit where the usual one will do."""
        unit = self.d.difference.unit
        if unit == "hundredths_of_a_pupil_sd":
            return "test_points", POINTS_PER_HUNDREDTH
        if unit == _SPREAD and self.d.row.mean_versus > 0:
            return "percent", _PERCENT / self.d.row.mean_versus
        size = abs(self.d.row.difference * self.d.difference.factor)
        if unit == "hours" and size >= _LEAST_MAN_YEARS * HOURS_PER_MAN_YEAR:
            return "man_years", 1.0 / HOURS_PER_MAN_YEAR
        return "", 1.0


def _few(size: float, decimals: int) -> int:
    """Decimals that say something of a size."""
    return few_decimals(size, min(decimals, 0 if size >= _TEN else 1 if size >= 1 else decimals))
