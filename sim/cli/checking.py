"""The command `check draw`: the country and its draw beside what is published of the real ones."""

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
    help="Hold the model against published figures of the real country.",
)

Folder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        file_okay=False,
        help="Folder to write the table to (Parquet) and its page (Markdown).",
        show_default="none",
    ),
]


@checking.callback()
def check() -> None:
    """Hold the model against published figures of the real country."""


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
