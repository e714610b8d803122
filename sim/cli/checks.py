"""What the command line checks designs and settings against before it plays anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError

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


def check_designs(wanted: list[str], plugins: Iterable[str] | None = None) -> None:
    """Refuse designs that can't be read, and two of one name, before anything is begun."""
    from sim.scenario_files import load_design

    keys = [load_design(name, registry(plugins)).key for name in wanted]
    for key in keys:
        if keys.count(key) > 1:
            raise InputError(f"two designs are called '{key}'; their results could not be told apart")
