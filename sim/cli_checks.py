"""What the command line checks before it begins anything: designs, settings, years, register files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError

if TYPE_CHECKING:
    from sim.parameters.registry import Registry
    from sim.scenario_files import Words


def registry() -> Registry:
    """All parameters of the model; brings in all schemes."""
    from sim.declared import REGISTRY

    found: Registry = REGISTRY
    return found


def check_registers(path: Path) -> None:
    """Refuse a folder of register files that does not hold together, or one file that is wrong in itself."""
    from sim.scenario_files.faults import nearest
    from sim.world.register_files import read_sheet
    from sim.world.registers import Registers
    from sim.world.schema import FILES

    if path.is_dir():
        Registers.read(path)
    elif path.stem in FILES:
        read_sheet(path, FILES[path.stem])
    else:
        raise InputError(f"no register file has this name{nearest(path.stem, FILES)}", file=str(path))


def check_experiment(file: str) -> None:
    """Refuse an experiment file that can't be carried out."""
    from sim.declared import OUTCOMES
    from sim.sweeps.experiment_file import load_experiment

    load_experiment(Path(file), registry(), OUTCOMES)


def write_experiment_schema() -> Path:
    """Write the JSON schema of experiment files, and say where."""
    from sim.declared import OUTCOMES
    from sim.sweeps.schema import experiment_schema_file, experiment_schema_text

    target = experiment_schema_file()
    target.write_text(experiment_schema_text(registry(), OUTCOMES), encoding="utf-8")
    return target


def lever_words(lang: str) -> Words:
    """What levers, their units and choices are called in a language other than that of the declarations."""
    from sim.app.lever_form import unit_key
    from sim.app.texts import own_texts
    from sim.scenario_files import Words

    if lang == "en":
        return Words()
    texts, levers = own_texts("levers", lang), registry().by_name.values()
    said = {d.name: texts.get(f"lever.{d.name}.what", "").rstrip(".") for d in levers}
    units = {d.unit: texts.get(f"lever_unit.{unit_key(d.unit)}") for d in levers}
    choice = "lever_value."
    return Words(
        {name: words[:1].lower() + words[1:] for name, words in said.items() if words},
        {unit: words for unit, words in units.items() if words},
        {key.removeprefix(choice): words for key, words in texts.items() if key.startswith(choice)},
    )


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
