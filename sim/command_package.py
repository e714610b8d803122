"""Packages whose public names are imported when first used, and those called like the command of their name.

`sim.atlas(worlds=20)` does what `sim.atlas.atlas(worlds=20)` does.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any


class CommandPackage(ModuleType):
    """A package with public names of its own, the first of which is what it does when it is called."""

    __all__: list[str]

    def __call__(self, *given: Any, **settings: Any) -> Any:
        """As its first public name."""
        return self._command(*given, **settings)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.__all__})

    @property
    def __signature__(self) -> inspect.Signature:
        return inspect.signature(self._command)

    @property
    def _command(self) -> Any:
        return getattr(self, self.__all__[0])


def made_callable(name: str) -> None:
    """Let a package, by its name, be called like its command."""
    sys.modules[name].__class__ = CommandPackage


def on_first_use(package: str, **homes: str) -> Callable[[str], Any]:
    """A package's `__getattr__`, by its public names and where each of them lives, as `module.name`."""

    def found(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        module, _, there = homes[name].rpartition(".")
        return getattr(import_module(module), there)

    return found
