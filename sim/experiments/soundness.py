"""The last guard: a world in which something stands that cannot be is no result, whatever has brought it there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from sim.arrays import Floats
from sim.errors import raise_unsound
from sim.outcomes.outcome import Outcome
from sim.state import State


class _Noted(Protocol):
    """A half-year's outcomes by municipality, and those of the nation."""

    @property
    def values(self) -> Floats: ...
    @property
    def nation(self) -> Floats: ...


def check_sound(state: State, pages: Iterable[_Noted] = (), outcomes: Sequence[Outcome] = ()) -> None:
    """Refuse a world at the end of its run.

    Every column is looked at once, which costs about a hundredth of a run. What is not a number in a column of the state stays
    so, or reaches an outcome; an outcome itself may be NaN, where it applies to nobody, but not infinite.

    Parameters
    ----------
    pages : iterable of Page
        What was noted of the run.
    outcomes : sequence of Outcome
        In the order in which the pages have them.

    Raises
    ------
    UnsoundWorldError
        If a value is outside its declaration or not a number, or an outcome infinite.
    """
    found = state.breaches()
    infinite = {
        outcome.key
        for page in pages
        if np.isinf(page.values).any() or np.isinf(page.nation).any()
        for outcome, row, nation in zip(outcomes, page.values, page.nation, strict=True)
        if np.isinf(nation) or np.isinf(row).any()
    }
    found += [f"outcome {key}: not finite" for key in sorted(infinite)]
    raise_unsound(found, f"the world went out of what is declared by {state.now}")
