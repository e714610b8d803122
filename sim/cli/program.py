"""The program `kompetansesim`: its commands in the order in which help lists them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated

import typer

from sim.cli.bundles import playing, spread
from sim.cli.calibrating import calibration
from sim.cli.checking import checking
from sim.cli.describing import designs, diff, docs_tables, order, parameters, schema
from sim.cli.evaluating import evaluate
from sim.cli.failures import Commands
from sim.cli.importing import registers
from sim.cli.research import discover, search, sensitivity, voi
from sim.cli.serving import page
from sim.cli.studies import atlas, compare, conditions, report, run, theory
from sim.cli.sweeps import experiments, export, query, replay, sweep
from sim.cli.validating import validate
from sim.experiments.collecting import look_seldom

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Simulates Norway's competence-development model for schools under different designs of policy. "
    "Start with `kompetansesim designs` and `kompetansesim compare voluntary obligatory`.",
)

COMMANDS: tuple[Callable[..., None], ...] = (
    *(playing(one) for one in (run, compare, theory, evaluate, atlas, conditions)),
    *(validate, diff, designs, parameters, order, report, schema, docs_tables, playing(page)),
    *(playing(sweep), playing(replay), query, export, experiments),
    *(discover, playing(search), playing(voi)),
)
for command in COMMANDS:
    app.command()(spread(command))
app.add_typer(calibration, name="calibrate")
app.add_typer(sensitivity, name="sensitivity")
app.add_typer(checking, name="check")
app.add_typer(registers, name="registers")


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"kompetansesim {version('kompetansesim')}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and end."),
    ] = False,
) -> None:
    """Runs before every command; the options that need no command stand here."""


def main() -> None:
    """Entry point of the `kompetansesim` command.

    Where the terminal's or file's code page lacks a sign, it is replaced: no result is lost for a minus.
    """
    look_seldom()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(app())
