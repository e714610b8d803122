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
    "SD of practice": Shown("hundredths_of_practice", "hundredths_of_practice", _HUNDREDFOLD),
}


# Units of what is added up over municipalities; the others are means.
ADDED_UP = ("municipalities", "pupils", "hours per half-year", "NOK per half-year", "NOK per school year")


def shown(unit: str, usual: float, messages: Messages) -> Shown:
    """How to show values of a unit.

    Parameters
    ----------
    unit : str
        As in the result files.
    usual : float
        A usual value; decides whether money is counted in millions.
    """
    if unit in _BY_UNIT:
        return _BY_UNIT[unit]
    per_year = _HALF_YEARS if unit.endswith("per half-year") else 1.0  # readers think in years
    if unit.startswith("NOK"):
        in_millions = abs(usual) * per_year >= _LEAST_IN_MILLIONS
        kind = "million_nok" if in_millions else "nok"
        return Shown(kind, kind, per_year / _MILLION if in_millions else per_year)
    if unit.startswith("hours"):
        return Shown("hours", "hours", per_year)
    slug = re.sub(r"[^a-z0-9]+", "_", unit.lower()).strip("_")
    kind = slug if f"unit.{slug}.other" in messages else "plain"
    return Shown(kind, kind)
