"""Designs as plain data and back, so that a stored run can be played again from the store alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.design import Design, plain
from sim.errors import InputError
from sim.parameters.registry import Registry
from sim.scenario_files.values import accepted


def design_content(design: Design) -> dict[str, Any]:
    """What the model sees of a design."""
    return {
        "key": design.key,
        "levers": {
            name: [[year, plain(value)] for year, value in steps] for name, steps in design.levers.items()
        },
        "assumptions": {name: plain(value) for name, value in design.assumptions.items()},
    }


def design_from(content: Mapping[str, Any], registry: Registry) -> Design:
    """The design with a content.

    Raises
    ------
    InputError
        If it names what this version of the model does not know.
    """
    try:
        return Design(
            content["key"],
            levers={
                name: tuple((int(year), accepted(registry.find(name), value)) for year, value in steps)
                for name, steps in content["levers"].items()
            },
            assumptions={
                name: accepted(registry.find(name), value) for name, value in content["assumptions"].items()
            },
        )
    except (KeyError, TypeError) as error:
        raise InputError(f"the store's design can't be read: {error}") from None
