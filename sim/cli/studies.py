"""The commands that play designs in many worlds: `run`, `compare`, `theory`, `atlas`; and `report`, which tells again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.bundles import DrawnStudy, Playing, Study, Telling, Window
from sim.cli.options import (
    DESIGN_HELP,
    DesignName,
    Each,
    GrantedFrom,
    KeptRuns,
    Lang,
    Language,
    Out,
    Scale,
    Schemes,
    Seed,
    Structures,
    Workers,
    Worlds,
)
from sim.errors import InputError


def run(design: DesignName, *, study: DrawnStudy) -> None:
    """Play one design."""
    import sim

    results = sim.run(design, **study.given())
    study.tell(results.headline, results.folder)


def compare(
    designs: Annotated[
        list[str],
        typer.Argument(
            metavar="DESIGN DESIGN...", help=DESIGN_HELP + " The others are held against the first."
        ),
    ],
    *,
    study: DrawnStudy,
    structures: Structures = None,
) -> None:
    """Play two or more designs in the same worlds and tell what differs."""
    import sim

    if len(designs) == 1:
        raise InputError("compare: expected at least two designs, got one")
    results = sim.compare(designs, **study.given(), structures=structures)
    study.tell(results.headline, results.folder)


def theory(
    designs: Annotated[list[str], typer.Argument(metavar="DESIGN...", help=DESIGN_HELP)],
    *,
    study: Study,
    scheme: Schemes = None,
    each: Each = False,
    granted_from: GrantedFrom = 2026,
) -> None:
    """Test the programme theories: how far each design comes, and how far with their conditions granted."""
    from sim import theory as theories
    from sim.report.theory import theory_lines

    results = theories.test(designs, **study.given(), schemes=scheme, each=each, granted_from=granted_from)
    study.tell(partial(theory_lines, results.folder), results.folder)


@dataclass(frozen=True, kw_only=True)
class Sheet(Telling, Window, Playing):
    """What the atlas needs."""

    worlds: Worlds = 20
    parameters: Annotated[
        str | None,
        typer.Option(help="prior, posterior, or a file of posterior draws.", show_default="posterior"),
    ] = None


def atlas(
    designs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DESIGN...]",
            help="The others are held against the first; by default all that come along.",
        ),
    ] = None,
    *,
    sheet: Sheet,
) -> None:
    """Play all designs in the same worlds and draw one sheet: who gains, what it costs, how sure."""
    from sim.atlas import api

    typer.echo(api.atlas(designs, **sheet.given()).folder / "atlas.html")


@dataclass(frozen=True, kw_only=True)
class Asked(Telling, Window):
    """What the search for conditions needs."""

    draws: Annotated[
        int, typer.Option(min=40, help="Draws of what is uncertain from the priors, a world each.")
    ] = 600
    structure_draws: Annotated[
        int, typer.Option(min=2, help="Of these, how many are played under each other structure too.")
    ] = 60
    seed: Seed = 2026
    scale: Scale = 1.0
    workers: Workers = None
    out: Out = None
    store: KeptRuns = None


def conditions(
    design: Annotated[str, typer.Argument(metavar="DESIGN", help="The design asked about.")] = "obligatory",
    versus: Annotated[str, typer.Argument(metavar="VERSUS", help="What it is held against.")] = "voluntary",
    *,
    asked: Asked,
) -> None:
    """Find the assumptions on which one design is better than another, and keep what answers for any of them."""
    from sim.app.condition_words import Telling as Told
    from sim.cli.checks import registry
    from sim.conditions.api import conditions as find

    kept = find(design, versus, **asked.given())
    told = Told(kept, registry(None), asked.lang.value)
    asked.tell(lambda _: told.lines(), kept.folder)


def report(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder of results.")],
    lang: Language = Lang.NB,
    *,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="PDF files in that language too: report, annex and brief.")
    ] = False,
) -> None:
    """Write the report of finished results anew."""
    from sim.atlas.kept import is_atlas
    from sim.atlas.sheet import write_sheet
    from sim.report import write_pdf
    from sim.studies.telling import tell

    typer.echo(tell(folder, lang.value, write_sheet if is_atlas(folder) else None))
    if pdf:
        typer.echo(tell(folder, lang.value, write_pdf))
