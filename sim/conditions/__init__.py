"""On what conditions is one design better than another? The assumptions that the answer hangs on, and the answer for any of them.

import sim
found = sim.conditions("obligatory", "voluntary", draws=200)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.command_package import made_callable

if TYPE_CHECKING:
    from sim.conditions.api import conditions

__all__ = ["conditions"]

made_callable(__name__)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'sim.conditions' has no attribute '{name}'")
    from sim.conditions import api

    return getattr(api, name)
