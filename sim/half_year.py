"""Time runs in half-years: spring (January to June), then autumn (July to December)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Season(StrEnum):
    """The two halves of a calendar year."""

    SPRING = "spring"
    AUTUMN = "autumn"


_SEASONS = tuple(Season)


@dataclass(frozen=True, order=True, slots=True)
class HalfYear:
    """One half-year of the calendar.

    Attributes
    ----------
    index : int
        2 x year for spring, 2 x year + 1 for autumn; consecutive half-years differ by one.
    """

    index: int

    @classmethod
    def of(cls, year: int, season: Season) -> HalfYear:
        """The half-year of a calendar year and a season."""
        return cls(2 * year + (season is Season.AUTUMN))

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.index // 2

    @property
    def season(self) -> Season:
        """Spring or autumn."""
        return _SEASONS[self.index % 2]

    def next(self) -> HalfYear:
        """The half-year that follows."""
        return HalfYear(self.index + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.season}"
