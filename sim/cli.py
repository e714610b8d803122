"""The command line, `kompetansesim COMMAND`. Slow libraries are imported by the commands that need them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from sim import cli_sweeps
from sim.cli_calibrate import calibration
from sim.cli_checks import (
    check_designs,
    check_experiment,
    check_registers,
    experiment_options,
    lever_words,
    registry,
    write_experiment_schema,
)
from sim.cli_evaluate import evaluate
from sim.cli_failures import Commands
from sim.cli_options import (
    DESIGN_HELP,
    DesignName,
    Detail,
    Each,
    From,
    GrantedFrom,
    Lang,
    Language,
    Out,
    ParameterDraws,
    Quiet,
    Registers,
    RoleName,
    Scale,
    Schemes,
    Seed,
    Settings,
    Structures,
    To,
    Workers,
    Worlds,
    WorldsPerDraw,
)
from sim.cli_research import add_research
from sim.errors import InputError

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Simulates Norway's competence-development model for schools under different designs of policy. "
    "Start with `kompetansesim designs` and `kompetansesim compare voluntary obligatory`.",
)

app.add_typer(calibration, name="calibrate")


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


@app.command()
def run(  # noqa: PLR0913 - every option is a parameter of its own, that is how typer knows them
    design: DesignName,
    *,
    worlds: Worlds = 40,
    seed: Seed = 2026,
    start: From = 2017,
    end: To = 2034,
    scale: Scale = 1.0,
    workers: Workers = None,
    out: Out = None,
    settings: Settings = None,
    parameters: ParameterDraws = None,
    lang: Language = Lang.NB,
    registers: Registers = None,
    detail: Detail = None,
    worlds_per_draw: WorldsPerDraw = None,
    quiet: Quiet = False,
) -> None:
    """Play one design."""
    import sim

    options = experiment_options(start, end, settings, detail, worlds_per_draw) | {
        "worlds": worlds, "seed": seed, "scale": scale, "workers": workers, "out": out,
        "lang": lang.value, "registers": registers, "progress": not quiet, "parameters": parameters,
    }  # fmt: skip
    check_designs([design])
    _tell(sim.run(design, **options), lang, quiet)


@app.command()
def compare(  # noqa: PLR0913 - as for `run`
    designs: Annotated[
        list[str],
        typer.Argument(metavar="DESIGN DESIGN...", help=DESIGN_HELP + " The first is the yardstick."),
    ],
    *,
    worlds: Worlds = 40,
    seed: Seed = 2026,
    start: From = 2017,
    end: To = 2034,
    scale: Scale = 1.0,
    workers: Workers = None,
    out: Out = None,
    settings: Settings = None,
    parameters: ParameterDraws = None,
    lang: Language = Lang.NB,
    registers: Registers = None,
    detail: Detail = None,
    worlds_per_draw: WorldsPerDraw = None,
    structures: Structures = False,
    quiet: Quiet = False,
) -> None:
    """Play two or more designs in the same worlds and tell what differs."""
    import sim

    if len(designs) == 1:
        raise InputError("compare: expected at least two designs, got one")
    options = experiment_options(start, end, settings, detail, worlds_per_draw) | {
        "worlds": worlds, "seed": seed, "scale": scale, "workers": workers, "out": out,
        "lang": lang.value, "registers": registers, "progress": not quiet, "parameters": parameters,
    }  # fmt: skip
    check_designs(designs)
    if structures:
        options["structures"] = True
    _tell(sim.compare(designs, **options), lang, quiet)


@app.command()
def theory(  # noqa: PLR0913 - as for `run`
    designs: Annotated[list[str], typer.Argument(metavar="DESIGN...", help=DESIGN_HELP)],
    *,
    worlds: Worlds = 40,
    seed: Seed = 2026,
    start: From = 2017,
    end: To = 2034,
    scale: Scale = 1.0,
    workers: Workers = None,
    out: Out = None,
    settings: Settings = None,
    parameters: ParameterDraws = None,
    lang: Language = Lang.NB,
    registers: Registers = None,
    detail: Detail = None,
    scheme: Schemes = None,
    each: Each = False,
    granted_from: GrantedFrom = 2026,
    quiet: Quiet = False,
) -> None:
    """Test the programme theories: how far each design comes, and how far with their conditions granted."""
    from sim import theory as theories
    from sim.report.theory import theory_lines

    options = experiment_options(start, end, settings, detail) | {
        "worlds": worlds, "seed": seed, "scale": scale, "workers": workers, "out": out,
        "lang": lang.value, "registers": registers, "progress": not quiet, "parameters": parameters,
    }  # fmt: skip
    check_designs(designs)
    results = theories.test(designs, **options, schemes=scheme, each=each, granted_from=granted_from)
    for line in [] if quiet else theory_lines(results.folder, lang.value):
        typer.echo(line)
    typer.echo(results.folder / "report.html")


app.command()(evaluate)


@app.command()
def atlas(  # noqa: PLR0913 - as for `run`
    designs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DESIGN...]", help="The first is the baseline; by default all that come along."
        ),
    ] = None,
    *,
    worlds: Worlds = 20,
    seed: Seed = 2026,
    start: From = 2017,
    end: To = 2034,
    scale: Scale = 1.0,
    workers: Workers = None,
    out: Out = None,
    lang: Language = Lang.NB,
    parameters: Annotated[
        str | None,
        typer.Option(help="prior, posterior, or a file of posterior draws.", show_default="posterior"),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Play all designs in the same worlds and draw one sheet: who gains, what it costs, how sure."""
    from sim.atlas import api

    done = api.atlas(
        designs, worlds=worlds, seed=seed, start=start, end=end, scale=scale, workers=workers,
        lang=lang.value, parameters=parameters, progress=not quiet, **({"out": out} if out else {}),
    )  # fmt: skip
    typer.echo(done.folder / "atlas.html")


@app.command()
def validate(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Scenario files, experiment files, register files (.csv) or their folders.",
        ),
    ],
) -> None:
    """Check scenario files, experiment files and register files, and tell every fault with its place."""
    from sim.scenario_files import FaultListError, load_design
    from sim.sweeps.experiment_file import is_experiment

    errors: list[InputError] = []
    for file in files:
        try:
            if file.endswith(".csv") or Path(file).is_dir():
                check_registers(Path(file))
            elif is_experiment(Path(file)):
                check_experiment(file)
            else:
                load_design(file, registry())
            typer.echo(f"{file}: in order")
        except InputError as error:
            errors.extend(getattr(error, "errors", (error,)))
    if errors:
        raise FaultListError(errors)


@app.command()
def diff(a: DesignName, b: DesignName, lang: Language = Lang.NB) -> None:
    """Tell in words what changes from one design to another."""
    from sim import scenario_files

    first, second = scenario_files.load_design(a, registry()), scenario_files.load_design(b, registry())
    sentences = scenario_files.diff(first, second, registry(), lang, lever_words(lang))
    for sentence in sentences or [scenario_files.no_difference(first, second, lang)]:
        typer.echo(sentence)


@app.command()
def designs(lang: Language = Lang.NB) -> None:
    """List the designs that come with the model, one a line."""
    from sim.scenario_files import load_design, names

    found = [load_design(name, registry()) for name in names()]
    width = max(len(design.key) for design in found)
    for design in found:
        typer.echo(f"{design.key:{width}}  {design.title[lang]}")


@app.command()
def parameters(
    role: Annotated[RoleName | None, typer.Option(help="Only those of one role.", show_default="all")] = None,
) -> None:
    """List all parameters: name, default, what is expected, unit, role, meaning."""
    from sim.design import plain
    from sim.parameters.registry import expected

    for declaration in registry().by_name.values():
        if role is None or declaration.role == role.value:
            typer.echo(
                f"{declaration.name} = {plain(declaration.default)} ({expected(declaration)}; unit: "
                f"{declaration.unit}; {declaration.role.value}): {declaration.meaning}"
            )


@app.command()
def order() -> None:
    """Print the order of the school year: which process runs when, and why there."""
    from sim import school_year

    typer.echo(school_year.describe())


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder of results.")],
    lang: Language = Lang.NB,
    *,
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF in that language too.")] = False,
) -> None:
    """Write the report of finished results anew."""
    from sim.report import write_pdf, write_report

    typer.echo(write_report(folder, lang.value))
    if pdf:
        typer.echo(write_pdf(folder, lang.value))


@app.command()
def schema(
    out: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False, help="File, of scenario files alone.", show_default="both, in scenarios/"
        ),
    ] = None,
) -> None:
    """Write the JSON schemas of scenario files and experiment files, by which editors help and check."""
    from sim import scenario_files

    target = out or scenario_files.schema_file()
    scenario_files.write_schema(registry(), target)
    typer.echo(target)
    if out is None:
        typer.echo(write_experiment_schema())


@app.command()
def docs_tables(
    folder: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Folder of the docs.")] = Path(
        "docs"
    ),
) -> None:
    """Write the generated tables of the docs anew."""
    from sim import reference

    reference.write_all(folder)


@app.command()
def page(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 8017,
    results: Annotated[
        Path, typer.Option(file_okay=False, help="Folder where results lie and are put.")
    ] = Path("results"),
    worlds: Annotated[int, typer.Option(min=1, max=100, help="Worlds offered first for a run.")] = 20,
    scale: Annotated[
        float, typer.Option(min=0.02, max=1.0, help="Share of the country offered first.")
    ] = 0.3,
    start: From = 2017,
    end: To = 2034,
    workers: Workers = None,
) -> None:
    """Serve the web page on this machine until Ctrl-C."""
    from sim.app.bounds import Usual
    from sim.app.server import serve

    usual = Usual(worlds=worlds, scale=scale, start=start, end=end, workers=workers)
    serve(results, port, typer.echo, usual=usual)


def _tell(results: Any, lang: Lang, quiet: bool) -> None:
    """The headline and where the report lies."""
    if not quiet:
        for line in results.headline(lang.value):
            typer.echo(line)
    page = Path(results.folder) / "report.html"
    typer.echo(page if page.is_file() else results.folder)


cli_sweeps.add_to(app)
add_research(app)


def main() -> None:
    """Entry point of the `kompetansesim` command."""
    sys.exit(app())
