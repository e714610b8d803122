"""Which uncertain parameters the answers hang on: screening, shares of variance, and what is only luck.

import sim
found = sim.sensitivity(["voluntary", "obligatory"], themes=True, scale=0.1)
found = sim.sensitivity.from_store("results/sweeps/my_sweep")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.studies.command_package import made_callable

if TYPE_CHECKING:
    from sim.sensitivity.api import analyse
    from sim.sensitivity.given import from_store

__all__ = ["analyse", "from_store"]

made_callable(__name__)

_HOMES = {"analyse": "sim.sensitivity.api", "from_store": "sim.sensitivity.given"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim.sensitivity' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
