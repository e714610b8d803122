"""The command `validate`: whether files that people write can be used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.checks import everything, registry
from sim.cli.options import Plugins
from sim.errors import InputError


def validate(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Scenario files, experiment files, register files (.csv) or their folders, plug-ins (.py).",
        ),
    ],
    *,
    plugins: Plugins = None,
) -> None:
    """Check scenario files, experiment files, register files and plug-ins, and tell every fault with its place."""
    from sim.scenario_files import FaultListError, load_design
    from sim.sweeps.experiment_file import is_experiment

    errors: list[InputError] = []
    for file in files:
        try:
            if file.endswith(".csv") or Path(file).is_dir():
                _check_registers(Path(file))
            elif file.endswith(".py"):
                everything([*(plugins or []), file])
            elif is_experiment(Path(file)):
                _check_experiment(file, plugins or [])
            else:
                load_design(file, registry(plugins))
            typer.echo(f"{file}: in order")
        except InputError as error:
            errors.extend(getattr(error, "errors", (error,)))
    if errors:
        raise FaultListError(errors)


def _check_registers(path: Path) -> None:
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


def _check_experiment(file: str, plugins: list[str]) -> None:
    """Refuse an experiment file that can't be carried out; the plug-ins that it names are run."""
    from sim.sweeps.experiment_file import load_experiment, plugins_named_in

    found = everything([*plugins_named_in(Path(file)), *plugins])
    load_experiment(Path(file), found.registry, found.outcomes)
