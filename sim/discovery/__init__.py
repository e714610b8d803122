"""When one design beats another, which designs are worth looking at, and what would be worth measuring better.

from sim import discovery
found = discovery.discover("results/sweeps/my_sweep")
found = discovery.search("voluntary", generations=10, scale=0.2)
found = discovery.value_of_information("results/sweeps/my_sweep", ["voluntary", "obligatory"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.command_package import on_first_use

if TYPE_CHECKING:
    from sim.discovery.api import discover
    from sim.discovery.information import value_of_information
    from sim.discovery.searching import search

__all__ = ["discover", "search", "value_of_information"]
__getattr__ = on_first_use(
    __name__,
    discover="sim.discovery.api.discover",
    search="sim.discovery.searching.search",
    value_of_information="sim.discovery.information.value_of_information",
)
