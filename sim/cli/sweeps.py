"""The commands for sweeps: carrying an experiment out, and playing one of its runs again."""

from __future__ import annotations

import math
import traceback
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.failures import FAILED
from sim.cli.options import Lang, Language, Plugins, Quiet, Workers
from sim.cli.second_contents import tell_of_others

RUNS = {Lang.NB: "kjøringer", Lang.EN: "runs"}

ExperimentName = Annotated[
    str,
    typer.Argument(
        metavar="EXPERIMENT", help="Name of an experiment or path of its .yaml file.", show_default=False
    ),
]
Until = Annotated[
    float | None,
    typer.Option(
        metavar="WIDTH",
        help="Add worlds until the 90 % interval of the experiment's contrast is no wider.",
        show_default="the experiment's precision",
    ),
]


def sweep(  # noqa: PLR0913 - every option is a parameter of its own
    experiment: ExperimentName,
    *,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder of the store.", show_default="in results/sweeps/"),
    ] = None,
    until: Until = None,
    at_most: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Worlds that may be played to get there.", show_default="1000"),
    ] = None,
    worlds: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Worlds.", show_default="the experiment's")
    ] = None,
    scale: Annotated[
        float | None,
        typer.Option(
            min=0.02, max=1.0, metavar="X", help="Share of the country.", show_default="the experiment's"
        ),
    ] = None,
    workers: Workers = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="Dask scheduler to play on, such as tcp://host:8786.", show_default="none"
        ),
    ] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try runs that failed again.")] = False,
    keep: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            metavar="FILE",
            help="File for how the designs differ, small enough to come along.",
            show_default="none",
        ),
    ] = None,
    quiet: Quiet = False,
    plugins: Plugins = None,
) -> None:
    """Carry an experiment out, or go on with it where it was broken off."""
    import sim

    done = sim.sweep(
        experiment,
        out=out,
        until=until,
        at_most=at_most,
        worlds=worlds,
        scale=scale,
        workers=workers,
        cluster=cluster,
        retry_failed=retry_failed,
        progress=not quiet,
        plugins=plugins or (),
    )
    if keep:
        from sim.conditions.experiment import keep as keep_in

        keep_in(experiment, done, keep)
    for line in [] if quiet else done.headline():
        typer.echo(line)
    typer.echo(done.folder)


def replay(
    store: Annotated[Path, typer.Argument(metavar="STORE", file_okay=False, help="Folder of a sweep.")],
    run: Annotated[str, typer.Argument(metavar="RUN", help="Address of a run, or its first letters.")],
    *,
    plugins: Plugins = None,
) -> None:
    """Play one run of a sweep again, alone, and tell whether it comes out as stored."""
    from sim.errors import InputError
    from sim.experiments.instruments import with_plugins
    from sim.sweeps.replay import planned

    again = planned(
        store, run, with_plugins(plugins or ())
    )  # whatever is wrong with the store is told before anything is played
    for what in again.changed:
        typer.echo(f"note: {what}", err=True)
    try:
        replayed = again.play()
    except Exception as error:
        if isinstance(error, (OSError, InputError)) and not again.stored_error:
            raise
        typer.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        typer.echo(f"failed again; the store says: {again.stored_error or 'it went well'}")
        raise typer.Exit(FAILED) from None
    for name, value in replayed.now.items():
        stored = replayed.stored.get(name)
        same = stored is not None and (stored == value or (math.isnan(stored) and math.isnan(value)))
        typer.echo(f"{name} = {value!r}" + ("" if same else f" (stored: {stored!r})"))
    if replayed.stored_error:
        typer.echo(f"it went well this time; the store says: {replayed.stored_error}")
    elif replayed.agrees:
        typer.echo("as stored, to the last digit")
    if not replayed.agrees:
        raise typer.Exit(FAILED)


def query(
    store: Annotated[Path, typer.Argument(metavar="STORE", file_okay=False, help="Folder of a sweep.")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="Question to the view `sweep`, one row a run.")],
) -> None:
    """Ask the runs of a sweep a question in SQL (DuckDB); the answer is CSV on standard output."""
    from sim.sweeps.store import Store

    typer.echo(Store(store).query(sql).to_csv(index=False), nl=False)
    tell_of_others(store, "the tables `runs` and `designs` have both, told apart by their digests")


def export(
    store: Annotated[
        Path, typer.Argument(metavar="STORE", file_okay=False, help="Folder of a finished sweep.")
    ],
    out: Annotated[Path, typer.Argument(metavar="FOLDER", file_okay=False, help="Folder for the files.")],
) -> None:
    """Write a sweep for other tools: the EMA Workbench's experiments and outcomes as CSV, a SALib problem as JSON."""
    import sim
    from sim.sweeps.export import write_export
    from sim.sweeps.store import Store

    Store(store)  # a folder that is no store is refused before anything is written
    for path in write_export(sim.Sweep.read(store).table, out):
        typer.echo(path)
    tell_of_others(store, "run the sweep again with the file as it was to have the other exported")


def experiments(lang: Language = Lang.NB) -> None:
    """List the experiments that come with the model, one a line."""
    from sim.declared import OUTCOMES, REGISTRY
    from sim.sweeps.experiment_file import experiment_names, load_experiment

    found = [load_experiment(name, REGISTRY, OUTCOMES) for name in experiment_names()]
    width = max(len(one.name) for one in found)
    for one in found:
        typer.echo(f"{one.name:{width}}  {one.title[lang]} ({one.runs} {RUNS[lang]})")
