"""What the evaluation found: its survey shares, counts and register figures, by the ids that the virtual survey answers."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path

from sim.arrays import Floats

_FILES = ("targets_calibrate.csv", "targets_validate.csv")
_ROUNDING = 0.006  # a share in whole per cent lies so near its value that nobody needs to be told
COUNTED = "count"
_DIGITS = 9


@dataclass(frozen=True)
class Observed:
    """One figure of the evaluation.

    Attributes
    ----------
    value : float
        As it is reported.
    unit : str
        "share", "count" and others.
    n : int or None
        Persons or units behind it.
    within : float
        How far off the value may be because the source gives it in words ("just over 70 per cent").
    """

    target: str
    respondents: str
    quantity: str
    wave: str
    value: float
    unit: str
    n: int | None
    within: float
    source: str

    @property
    def is_share(self) -> bool:
        """Whether it is, or can be turned into, a share of persons or units."""
        return self.unit == "share" or (self.unit == COUNTED and self.n is not None)

    @property
    def of_all(self) -> float:
        """Factor that turns the value, here or in the virtual survey with as many answers, into a share."""
        return 1 / self.n if self.unit == COUNTED and self.n is not None else 1.0


@cache
def observed() -> Mapping[str, Observed]:
    """All figures that the model is fitted to or held against, by target."""
    rows = []
    for name in _FILES:
        with (_folder() / name).open(encoding="utf-8", newline="") as lines:
            rows += list(csv.DictReader(lines))
    return {row["id"]: _figure(row) for row in rows}


def _figure(row: Mapping[str, str]) -> Observed:
    value, high = float(row["value"]), float(row["high"] or "inf")
    within = high - value
    return Observed(
        row["id"],
        row["respondents"],
        row["quantity"],
        row["wave"],
        value,
        row["unit"],
        int(row["n"]) if row["n"] else None,
        round(within, _DIGITS) if _ROUNDING < within < inf else 0.0,
        row["source"],
    )


def _folder() -> Path:
    """calibration/ of a checkout, else its copy in the package."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent / "calibration"
    return checkout if (checkout / _FILES[0]).is_file() else package / "_calibration"


def as_share(figure: Observed, values: Floats, n: Floats) -> Floats:
    """Values of the virtual survey on the scale of shares: counts are set against the answers that were given."""
    return values / n if figure.unit == COUNTED else values
