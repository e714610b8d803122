"""Units: how values of each are shown to readers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.report.messages import Messages

_HUNDREDFOLD = 100.0
_MILLION = 1e6
_LEAST_IN_MILLIONS = 1e5
_HALF_YEARS = 2.0  # in a year


@dataclass(frozen=True)
class Shown:
    """How values of a unit are shown: unit messages for levels and for differences, and the factor."""

    level: str
    difference: str
    factor: float = 1.0


_BY_UNIT = {
    "0-1": Shown("of_hundred", "scale_points", _HUNDREDFOLD),
    "share": Shown("percent", "points", _HUNDREDFOLD),
    "ratio": Shown("of_capacity", "of_capacity", _HUNDREDFOLD),
    "points (1-5)": Shown("survey_points", "survey_points"),
    "SD of practice": Shown("hundredths_of_practice", "hundredths_of_practice", _HUNDREDFOLD),
}


# Units of what is added up over municipalities; the others are means.
ADDED_UP = ("municipalities", "pupils", "hours per half-year", "NOK per half-year", "NOK per school year")
# Further units of what grows with the country, of one figure for the nation.
COUNTED = (*ADDED_UP, "schools", "hours per year", "persons per school year")


def per_year(unit: str) -> float:
    """What a figure of the unit is multiplied by to stand for a year, in which readers think."""
    return _HALF_YEARS if unit.endswith("per half-year") else 1.0


def shown(unit: str, usual: float, messages: Messages, scale: float = 1.0) -> Shown:
    """How to show values of a unit.

    Parameters
    ----------
    unit : str
        As in the result files.
    usual : float
        A usual value; decides whether money is counted in millions.
    scale : float
        Share of the country that was simulated: what grows with the country is shown as the whole country's.
    """
    if scale < 1 and unit in COUNTED:
        part = shown(unit, usual / scale, messages)
        return Shown(part.level, part.difference, part.factor / scale)
    if unit in _BY_UNIT:
        return _BY_UNIT[unit]
    years = per_year(unit)
    if unit.startswith("NOK"):
        in_millions = abs(usual) * years >= _LEAST_IN_MILLIONS
        kind = "million_nok" if in_millions else "nok"
        return Shown(kind, kind, years / _MILLION if in_millions else years)
    if unit.startswith("hours"):
        return Shown("hours", "hours", years)
    slug = re.sub(r"[^a-z0-9]+", "_", unit.lower()).strip("_")
    kind = slug if f"unit.{slug}.other" in messages else "plain"
    return Shown(kind, kind)
