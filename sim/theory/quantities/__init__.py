"""The quantities of the model by which the links of programme theories are judged.

Each is a function of state and parameters that gives a value for each municipality (for the vocational scheme: each county), NaN
where it does not apply.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.theory.quantities.decentralised import DECENTRALISED
from sim.theory.quantities.follow_up import FOLLOW_UP
from sim.theory.quantities.pupils import PUPILS
from sim.theory.quantities.quantity import Quantity
from sim.theory.quantities.vocational import VOCATIONAL

QUANTITIES: Mapping[str, Quantity] = {**PUPILS, **DECENTRALISED, **FOLLOW_UP, **VOCATIONAL}
"""By the names used in `sim/theory/data`."""

__all__ = ["QUANTITIES", "Quantity"]
