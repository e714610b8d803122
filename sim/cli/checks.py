"""What the command line checks before it plays anything: designs, settings, years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.errors import InputError

if TYPE_CHECKING:
    from sim.parameters.registry import Registry


def registry() -> Registry:
    """All parameters of the model; brings in all schemes."""
    from sim.declared import REGISTRY

    found: Registry = REGISTRY
    return found


def experiment_options(
    start: int, end: int, settings: list[str] | None, detail: int | None, worlds_per_draw: int | None = None
) -> dict[str, Any]:
    """The options that need more checking than their own range."""
    from sim.scenario_files import split_settings

    if end < start:
        raise InputError(f"--to: expected a year from --from ({start}) on, got {end}")
    levers, assumptions = split_settings(settings or [], registry(), last_year=end)
    options: dict[str, Any] = {"start": start, "end": end, "levers": levers, "assumptions": assumptions}
    given = {"detail": detail, "worlds_per_draw": worlds_per_draw}
    return options | {name: value for name, value in given.items() if value is not None}


def check_designs(wanted: list[str]) -> None:
    """Refuse designs that can't be read, and two of one name, before anything is begun."""
    from sim.scenario_files import load_design

    keys = [load_design(name, registry()).key for name in wanted]
    for key in keys:
        if keys.count(key) > 1:
            raise InputError(f"two designs are called '{key}'; their results could not be told apart")
