"""An outcome is something people ask the model for: measured without touching the state or its random numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sim.arrays import Floats
from sim.outcomes.smallest import Smallest
from sim.parameters.registry import Parameters
from sim.state import State


class Gather(StrEnum):
    """How the municipalities' values make one figure for a group of municipalities."""

    MEAN = "mean"  # each municipality counts the same
    PUPILS = "pupils"  # mean weighted by pupils in grunnskole
    SUM = "sum"
    NATION = "nation"  # one figure for the whole country, no groups


@dataclass(frozen=True)
class Outcome:
    """One measured quantity.

    Attributes
    ----------
    key : str
        Name in tables; its texts for readers stand in the message files under `outcome.<key>`.
    better : int
        1 if more is better, -1 if less is better, 0 if neither.
    measure : callable
        From state and parameters to one value per municipality, shape (municipalities,), NaN where it does not apply;
        for `Gather.NATION` an array with one value.
    decimals : int
        Digits that make sense to a reader.
    smallest : Smallest, optional
        The smallest effect of interest; answers tell smaller ones in words alone. Without one every difference is told.
    """

    key: str
    unit: str
    better: int
    gather: Gather
    measure: Callable[[State, Parameters], Floats]
    meaning: str
    decimals: int = 2
    smallest: Smallest | None = None
