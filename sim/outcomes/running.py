"""What it costs the state to run the schemes, beside the grants: levers that are declared with a price."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.arrays import Floats
from sim.outcomes import smallest
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.declaration import Declaration, Group, Price
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.state import State


def running_nok(state: State, p: Parameters) -> Floats:
    """The price of every lever at its value, of schemes that run; shape (1,), NOK per school year."""
    return np.array([_spent(p)])


@lru_cache(maxsize=64)
def _spent(p: Parameters) -> float:
    return sum(_asked(lever, price, p[lever.group]) for lever, price in _priced(p.groups)) * p[Scope].scale


@lru_cache
def _priced(groups: tuple[type[Group], ...]) -> tuple[tuple[Declaration, Price], ...]:
    return tuple((d, d.price) for group in groups for d in group.declarations() if d.price is not None)


def _asked(lever: Declaration, price: Price, values: Group) -> float:
    if not getattr(values, "active", True):
        return 0.0
    asked = price.nok * float(getattr(values, lever.field))
    for field in price.times:
        asked *= float(getattr(values, field))
    return asked / float(getattr(values, price.every)) if price.every else asked


OUTCOMES = (
    Outcome(
        "running_nok", "NOK per school year", -1, Gather.NATION, running_nok,
        "what the state pays to run the schemes, beside the grants", 0, smallest=smallest.MONEY,
    ),
)  # fmt: skip
