"""Programme theories, tested: how far along its own chain of reasoning each design comes, and where it breaks.

    from sim import theory
    results = theory.test(["network", "market"], worlds=20)

Observing needs the model alone; `theory.test` runs experiments and is imported when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.theory.api import put_to_test as test

__all__ = ["test"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'sim.theory' has no attribute '{name}'")
    from sim.theory import api

    return api.put_to_test
