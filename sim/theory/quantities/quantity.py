"""What a quantity of a programme theory is, and how it is kept to those whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from sim.arrays import Bools, Floats
from sim.parameters.registry import Parameters
from sim.state import State

Quantity: TypeAlias = Callable[[State, Parameters], Floats]
"""From state and parameters to a value per municipality, shape (municipalities,), or county; NaN where it does not apply."""

Who: TypeAlias = Callable[[State, Parameters], Bools]
"""From state and parameters to whom something concerns, shape (municipalities,) or (counties,)."""


def among(who: Who, quantity: Quantity) -> Quantity:
    """A quantity that applies only to some."""

    def kept(state: State, p: Parameters) -> Floats:
        return np.where(who(state, p), quantity(state, p), np.nan)

    return kept
