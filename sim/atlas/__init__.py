"""The policy atlas: all designs in the same worlds - better on what, worse on what, at what cost, for whom, and how sure.

import sim
kept = sim.atlas(worlds=20)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.command_package import made_callable, on_first_use

if TYPE_CHECKING:
    from sim.atlas.api import atlas

__all__ = ["atlas"]

made_callable(__name__)
__getattr__ = on_first_use(__name__, atlas="sim.atlas.api.atlas")
