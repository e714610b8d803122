"""What the command line checks designs and settings against before it plays anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import InputError

if TYPE_CHECKING:
    from sim.parameters.registry import Registry


def registry() -> Registry:
    """All parameters of the model; brings in all schemes."""
    from sim.declared import REGISTRY

    found: Registry = REGISTRY
    return found


def check_designs(wanted: list[str]) -> None:
    """Refuse designs that can't be read, and two of one name, before anything is begun."""
    from sim.scenario_files import load_design

    keys = [load_design(name, registry()).key for name in wanted]
    for key in keys:
        if keys.count(key) > 1:
            raise InputError(f"two designs are called '{key}'; their results could not be told apart")
