"""What the command line checks settings against before it plays anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.declared import Declared
    from sim.parameters.registry import Registry


def everything(plugins: Iterable[str | Path] | None = None) -> Declared:
    """All that the model declares, with the plug-ins given; brings in all schemes."""
    from sim.declared import declared
    from sim.plugins import found

    return declared(found(plugins or ()))


def registry(plugins: Iterable[str] | None = None) -> Registry:
    """All parameters of the model, with the plug-ins given."""
    return everything(plugins).registry
