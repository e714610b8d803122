"""When one design beats another, which designs are worth looking at, and what would be worth measuring better.

from sim import discovery
found = discovery.discover("results/sweeps/my_sweep")
found = discovery.search("voluntary", generations=10, scale=0.2)
found = discovery.value_of_information("results/sweeps/my_sweep", ["voluntary", "obligatory"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.discovery.api import discover
    from sim.discovery.information import value_of_information
    from sim.discovery.searching import search

__all__ = ["discover", "search", "value_of_information"]

_HOMES = {
    "discover": "sim.discovery.api",
    "search": "sim.discovery.searching",
    "value_of_information": "sim.discovery.information",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim.discovery' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
