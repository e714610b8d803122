"""On what conditions is one design better than another? The assumptions that the answer hangs on, and the answer for any of them.

import sim
found = sim.conditions("obligatory", "voluntary", draws=200)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.command_package import made_callable, on_first_use

if TYPE_CHECKING:
    from sim.conditions.api import conditions

__all__ = ["conditions"]

made_callable(__name__)
__getattr__ = on_first_use(__name__, conditions="sim.conditions.api.conditions")
