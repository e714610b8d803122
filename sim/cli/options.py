"""Arguments and options of the command line: what each is called, its range, its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Lang(StrEnum):
    """Languages of what is printed and reported: bokmål and English."""

    NB = "nb"
    EN = "en"


class RoleName(StrEnum):
    """Roles of parameters; the members of `sim.parameters.declaration.Role`, which is slow to import."""

    LEVER = "lever"
    UNCERTAIN = "uncertain"
    FIXED = "fixed"
    DATED = "dated"


DESIGN_HELP = "Name of a design (see `designs`) or path of a .yaml file."

# An option is a sentence of two to four lines; the formatter would give each part of it a line.
# fmt: off
DesignName = Annotated[str, typer.Argument(metavar="DESIGN", help=DESIGN_HELP, show_default=False)]
Worlds = Annotated[int, typer.Option(
    min=1, max=100_000, metavar="N", help="Worlds to play, each with its own chance.",
)]
WorldsPerDraw = Annotated[int | None, typer.Option(
    min=1, max=1000, metavar="N",
    help="Worlds that share one draw of the parameters, from the eleventh on, so that luck and ignorance can be told "
    "apart.", show_default="2",
)]
Structures = Annotated[bool | None, typer.Option(
    "--structures/--no-structures",
    help="Play everything under alternative structures of the model too; takes several times as long.",
    show_default="those that concern obligation, where designs differ in it",
)]
Seed = Annotated[int, typer.Option(min=0, max=2**62, metavar="S", help="Seed; the same seed, the same numbers.")]
Start = Annotated[
    int, typer.Option("--start", "--from", min=2005, max=2060, metavar="YEAR", help="First calendar year.")
]
End = Annotated[int, typer.Option("--end", "--to", min=2005, max=2060, metavar="YEAR", help="Last calendar year.")]
Scale = Annotated[float, typer.Option(
    min=0.02, max=1.0, metavar="X", help="Share of the country that is modelled, for quick tries.",
)]
Workers = Annotated[int | None, typer.Option(
    min=1, max=1024, metavar="N", help="Processes to work with.", show_default="one a core",
)]
Out = Annotated[Path | None, typer.Option(
    file_okay=False, help="Folder for the results.", show_default="a new one in results/",
)]
OutBeside = Annotated[Path | None, typer.Option(
    file_okay=False, help="Folder for the results.", show_default="beside the store, called after it",
)]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace results of another study in that folder too.")]
TablesOnly = Annotated[bool, typer.Option(
    "--tables-only", help="Leave the page and its figures out; `report` makes them afterwards.",
)]
Levers = Annotated[list[str] | None, typer.Option(
    "--lever", metavar="NAME[@YEAR]=VALUE",
    help="Set a lever in all designs, from 2026 or the YEAR given on; VALUE as in a scenario file, such as 0.3, compulsory "
    "or '[2026, 2029]'. Can be given again and again. See `parameters` for names and ranges.", show_default=False,
)]
Assumptions = Annotated[list[str] | None, typer.Option(
    "--assumption", metavar="NAME=VALUE",
    help="Hold an assumption at a value for the whole run. Can be given again and again.", show_default=False,
)]
Language = Annotated[Lang, typer.Option("--lang", help="Language of texts: bokmål or English.")]
Registers = Annotated[Path | None, typer.Option(
    exists=True, file_okay=False, help="Folder of register files (CSV) to use in place of the synthetic ones.",
)]
SinglePlaces = Annotated[bool, typer.Option(
    "--single-places",
    help="Tell of single municipalities and schools of those registers too. What they are like is drawn, not observed; "
    "everything that is written then says so.",
)]
Detail = Annotated[int | None, typer.Option(
    min=0, metavar="N", help="Worlds of which the tables of municipalities and schools are kept.", show_default="few",
)]
Plain = Annotated[bool, typer.Option(
    "--plain",
    help="Play the model's rules line by line in Python, for debugging: the same figures, some hundred times as slow.",
)]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress bar and no summary, only where results lie.")]
Schemes = Annotated[list[str] | None, typer.Option(
    metavar="SCHEME",
    help="Scheme whose programme theory is tested: decentralised, follow_up or vocational. Can be given again.",
    show_default="all",
)]
Each = Annotated[bool, typer.Option("--each", help="Grant every chain and condition by itself too; plays many more.")]
GrantedFrom = Annotated[
    int, typer.Option(min=2005, max=2060, metavar="YEAR", help="First year in which conditions are granted.")
]
ParameterDraws = Annotated[str | None, typer.Option(
    "--parameters", metavar="prior|posterior|FILE",
    help="Where worlds draw their uncertain parameters from: the priors, the accepted posterior, or a file of "
    "posterior draws.", show_default="the accepted posterior if there is one that fits the model, else the priors",
)]
Plugins = Annotated[list[str] | None, typer.Option(
    "--plugin", metavar="FILE.py|NAME",
    help="Plug-in to add to the model, which is run: a file, or the name under which an installed package offers one. "
    "Can be given again.", show_default=False,
)]
KeptRuns = Annotated[Path | None, typer.Option(
    "--store", file_okay=False,
    help="Folder in which runs are kept; broken off, the same command goes on from there.",
    show_default="kept nowhere",
)]
Cluster = Annotated[str | None, typer.Option(
    metavar="tcp://HOST:PORT", help="Dask scheduler to play on.", show_default="none",
)]
