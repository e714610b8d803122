"""Which assumptions an answer hangs on: those whose influence on the contrast stands well above what chance gives to none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.arrays import Floats
from sim.sensitivity import pawn

MOST = 8
ABOVE = (
    1.5  # times the floor, which in every second answer some column without influence reaches (assumption)
)
NAME = "rank_correlation"


@dataclass(frozen=True)
class Influence:
    """How strongly an assumption and a contrast go together.

    Attributes
    ----------
    value : float
        Spearman's correlation with the gain: its sign says which way.
    floor : float
        What the strongest of as many columns without influence reaches.
    """

    parameter: str
    value: float
    floor: float


def influences(x: Floats, gain: Floats, names: Sequence[str], seed: int) -> list[Influence]:
    """The assumptions well above the floor, the strongest first.

    Parameters
    ----------
    x : array of float, shape (draws, parameters)
    gain : array of float, shape (draws,)
    """
    found = pawn.analyse(x, gain[:, None], seed, names=(NAME,))[0]
    above = [
        Influence(name, float(value), float(floor))
        for name, value, floor in zip(names, found.value, found.floor, strict=True)
        if abs(value) > ABOVE * floor
    ]
    return sorted(above, key=lambda one: -abs(one.value))


def chosen(by_outcome: Mapping[str, Sequence[Influence]], most: int = MOST) -> list[str]:
    """The assumptions to ask for: by turns the strongest on each outcome, the first outcome first; at most so many."""
    found: list[str] = []
    for rank in range(max(map(len, by_outcome.values()), default=0)):
        found += [found_[rank].parameter for found_ in by_outcome.values() if rank < len(found_)]
    return list(dict.fromkeys(found))[:most]
