"""The policy atlas: all designs in the same worlds - better on what, worse on what, at what cost, for whom, and how sure.

import sim
kept = sim.atlas(worlds=20)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.studies.command_package import made_callable

if TYPE_CHECKING:
    from sim.atlas.api import atlas

__all__ = ["atlas"]

made_callable(__name__)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'sim.atlas' has no attribute '{name}'")
    from sim.atlas import api

    return getattr(api, name)
