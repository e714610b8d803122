"""The commands `check`: the country and its draw beside what is published of the real ones, and what sources claim, played."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.bundles import playing, spread
from sim.cli.options import ParameterDraws, Quiet, Scale, Seed, Workers, Worlds

checking = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Hold the model against what is published and what is claimed of the real country.",
)

Folder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        file_okay=False,
        help="Folder to write the table and its page (Markdown) to.",
        show_default="none",
    ),
]

Only = Annotated[
    str | None,
    typer.Option(
        "--only",
        metavar="TEXT",
        help="Play the contrasts alone whose words, or whose rows of the page of claims (S37), hold this.",
        show_default="all",
    ),
]


@checking.callback()
def check() -> None:
    """Hold the model against what is published and what is claimed of the real country."""


@checking.command()
@spread
@playing
def draw(
    *,
    worlds: Worlds = 40,
    seed: Seed = 2026,
    scale: Scale = 1.0,
    parameters: ParameterDraws = None,
    workers: Workers = None,
    out: Folder = None,
    quiet: Quiet = False,
) -> None:
    """Play what happened, and print every published figure of the draw, of results and structure beside the model's."""
    import sim
    from sim.country_check.table import as_text

    found = sim.check_draw(
        worlds=worlds,
        seed=seed,
        scale=scale,
        parameters=parameters,
        workers=workers,
        progress=not quiet,
        out=out,
    )
    for line in as_text(found):
        typer.echo(line)
    if out is not None:
        typer.echo(out)


@checking.command()
@spread
@playing
def claims(
    *,
    only: Only = None,
    worlds: Worlds = 20,
    seed: Seed = 2026,
    scale: Scale = 1.0,
    parameters: ParameterDraws = None,
    workers: Workers = None,
    out: Folder = None,
    quiet: Quiet = False,
) -> None:
    """Play what sources claim, each as two sides of the same worlds, and print whether the difference points as they say."""
    import sim
    from sim.claims_check.verdict import as_text

    found = sim.check_claims(
        worlds=worlds,
        seed=seed,
        scale=scale,
        parameters=parameters,
        workers=workers,
        progress=not quiet,
        only=only,
        out=out,
    )
    for line in as_text(found):
        typer.echo(line)
    if out is not None:
        typer.echo(out)
