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
    strict: Annotated[
        bool, typer.Option("--strict", help="Take doubts about register files as faults (exit status 2).")
    ] = False,
    plugins: Plugins = None,
) -> None:
    """Check scenario files, experiment files, register files and plug-ins, and tell every fault with its place.

    Of a folder of register files that can be used, what can hardly be so is told too.
    """
    from sim.errors import FaultListError
    from sim.scenario_files import load_design
    from sim.sweeps.experiment_file import is_experiment

    errors: list[InputError] = []
    for file in files:
        try:
            if file.lower().endswith(".csv") or Path(file).is_dir():
                errors.extend(_check_registers(Path(file), strict=strict))
                continue
            if file.endswith(".py"):
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


def _check_registers(path: Path, *, strict: bool) -> list[InputError]:
    """Refuse a folder of register files that does not hold together, or one file that is wrong in itself; tell doubts.

    Returns
    -------
    list of InputError
        The doubts, where they are to count as faults.
    """
    from sim.scenario_files.faults import nearest
    from sim.world.plausibility import doubts, summary
    from sim.world.register_files import read_sheet
    from sim.world.registers import Registers
    from sim.world.schema import FILES

    name = path.stem.lower()
    if path.is_dir():
        registers = Registers.read(path)
    elif name in FILES:
        registers = Registers({name: read_sheet(path, FILES[name])})
    else:
        raise InputError(f"no register file has this name{nearest(name, FILES)}", file=str(path))
    if told := summary(registers):
        typer.echo(f"{path}: {told}")
    found = doubts(registers)
    if strict and found:
        return found
    for doubt in found:
        typer.echo(f"doubt: {doubt}", err=True)
    n = f"{len(found)} doubt{'s' if len(found) > 1 else ''}"
    typer.echo(f"{path}: can be used; {n}, see above" if found else f"{path}: in order")
    return []


def _check_experiment(file: str, plugins: list[str]) -> None:
    """Refuse an experiment file that can't be carried out; the plug-ins that it names are run."""
    from sim.sweeps.experiment_file import load_experiment, plugins_named_in

    found = everything([*plugins_named_in(Path(file)), *plugins])
    load_experiment(Path(file), found.registry, found.outcomes)
