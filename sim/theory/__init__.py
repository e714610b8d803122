"""Programme theories, tested: how far along its own chain of reasoning each design comes, and where it breaks.

    import sim
    results = sim.theory(["network", "market"], worlds=20)

What stands here are the theories and those who read the model by them. `test`, which is what calling the package does, belongs
to the studies, and is brought in when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.command_package import made_callable, on_first_use

if TYPE_CHECKING:
    from sim.studies.programme_theory import put_to_test as test

__all__ = ["test"]

made_callable(__name__)
__getattr__ = on_first_use(__name__, test="sim.studies.programme_theory.put_to_test")
