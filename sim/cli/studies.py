"""The commands that play designs in many worlds: `run`, `compare`, `theory`, `atlas`; and `report`, which tells again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.checks import check_designs, experiment_options
from sim.cli.options import (
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
from sim.errors import InputError


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


def _tell(results: Any, lang: Lang, quiet: bool) -> None:
    """The headline and where the report lies."""
    if not quiet:
        for line in results.headline(lang.value):
            typer.echo(line)
    page = Path(results.folder) / "report.html"
    typer.echo(page if page.is_file() else results.folder)
