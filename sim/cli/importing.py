"""The command `registers import`: register files from exports of SSB, Udir and spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import Overwrite

registers = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Make register files of one's own municipalities and schools.",
)


@registers.callback()
def of_registers() -> None:
    """Make register files of one's own municipalities and schools."""


@registers.command("import")
def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER|FILE...",
            help="Exports of SSB, Udir (statistikkbank, NSR, GSI) or spreadsheets: .csv, .txt, .tsv, .xlsx, .xls, .ods.",
            show_default=False,
        ),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            file_okay=False, help="Folder for the register files and the report.", show_default=False
        ),
    ],
    year: Annotated[
        list[str] | None,
        typer.Option(
            metavar="YEAR|FILE=YEAR",
            help="Year whose numbers are taken where a file has several; a school year goes by the year it begins in. Can "
            "be given again for single files.",
            show_default="the only one there is",
        ),
    ] = None,
    decimal: Annotated[
        str | None,
        typer.Option(
            metavar="comma|point",
            help="Sign before decimals, where a number such as 15.000 can be read in two ways.",
            show_default="as the file's other numbers show",
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[FILE:]HEADING=MEANING",
            help="What a heading means: one that is known, such as 'folkemengde' or 'frie inntekter per innbygger (1 000 kr)'; "
            "nothing behind the sign leaves it out. Can be given again.",
            show_default=False,
        ),
    ] = None,
    rows: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEADING=VALUE",
            help="Read only rows with this value in this column. Can be given again.",
            show_default=False,
        ),
    ] = None,
    suppressed: Annotated[
        float | None,
        typer.Option(
            min=1,
            max=100,
            metavar="N",
            help="Take N for hidden numbers of a school's pupils.",
            show_default=False,
        ),
    ] = None,
    leave_incomplete: Annotated[
        bool,
        typer.Option(
            "--leave-incomplete", help="Leave out schools of which grades or pupils are nowhere given."
        ),
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Make register files, and tell what was taken from where and what was left out; or every fault, and write nothing."""
    import sim
    from sim.registers.importing import answers

    main, by_file, headings, chosen = answers(year or [], column or [], rows or [])
    done = sim.import_registers(
        files, out=out, year=main, years=by_file, decimal=decimal, columns=headings, rows=chosen,
        suppressed=suppressed, leave_incomplete=leave_incomplete, overwrite=overwrite,
    )  # fmt: skip
    typer.echo(done)
    typer.echo(out)
