"""Which uncertain parameters the answers hang on: screening, shares of variance, and what is only luck.

import sim
found = sim.sensitivity(["voluntary", "obligatory"], themes=True, scale=0.1)
found = sim.sensitivity.given("results/sweeps/my_sweep")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.command_package import made_callable, on_first_use

if TYPE_CHECKING:
    from sim.sensitivity.api import analyse
    from sim.sensitivity.from_runs import given

__all__ = ["analyse", "given"]

made_callable(__name__)
__getattr__ = on_first_use(
    __name__, analyse="sim.sensitivity.api.analyse", given="sim.sensitivity.from_runs.given"
)
