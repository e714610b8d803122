"""The commands `check`: the country and its draw beside what is published of the real ones, and what sources claim, played."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.bundles import playing, spread
from sim.cli.options import ParameterDraws, Plugins, Quiet, Scale, Seed, Workers, Worlds

if TYPE_CHECKING:
    import pandas as pd

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


@dataclass(frozen=True, kw_only=True)
class Held:
    """What holding the model against something takes."""

    worlds: Worlds = 40
    seed: Seed = 2026
    scale: Scale = 1.0
    parameters: ParameterDraws = None
    workers: Workers = None
    out: Folder = None
    quiet: Quiet = False
    plugins: Plugins = None

    def given(self) -> dict[str, Any]:
        """What the function behind the command is called with."""
        by_name = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "quiet"}
        return {**by_name, "plugins": self.plugins or (), "progress": not self.quiet}

    def tell(self, found: pd.DataFrame, as_text: Callable[[pd.DataFrame], Iterable[str]]) -> None:
        """Print what was found, and where it lies."""
        for line in as_text(found):
            typer.echo(line)
        if self.out is not None:
            typer.echo(self.out)


@dataclass(frozen=True, kw_only=True)
class HeldByClaims(Held):
    """The same for claims."""

    worlds: Worlds = 20


@checking.callback()
def check() -> None:
    """Hold the model against what is published and what is claimed of the real country."""


@checking.command()
@spread
@playing
def draw(*, held: Held) -> None:
    """Play what happened, and print every published figure of the draw, of results and structure beside the model's."""
    import sim
    from sim.country_check.table import as_text

    held.tell(sim.check_draw(**held.given()), as_text)


@checking.command()
@spread
@playing
def claims(*, only: Only = None, held: HeldByClaims) -> None:
    """Play what sources claim, each as two sides of the same worlds, and print whether the difference points as they say."""
    import sim
    from sim.claims_check.verdict import as_text

    held.tell(sim.check_claims(**held.given(), only=only), as_text)
