"""What the evaluation found: its survey shares, counts and register figures, by the ids that the virtual survey answers."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.arrays import Floats

_FILE = Path(__file__).with_name("observed.csv")
_WITHIN = re.compile(r"approx ([\d.]+)")
COUNTED = "count"


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
    """All figures that are a number, by target."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if _is_number(row["value"])]
    return {
        row["id"]: Observed(
            row["id"],
            row["respondents"],
            row["quantity"],
            row["wave"],
            float(row["value"]),
            row["unit"],
            int(row["n"]) if row["n"] else None,
            float(found[1]) if (found := _WITHIN.fullmatch(row["precision"])) else 0.0,
            row["source"],
        )
        for row in rows
    }


def as_share(figure: Observed, values: Floats, n: Floats) -> Floats:
    """Values of the virtual survey on the scale of shares: counts are set against the answers that were given."""
    return values / n if figure.unit == COUNTED else values


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.]+", text) is not None
