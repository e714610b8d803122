"""From files as people have them to a folder of register files, with an account; or all that is wrong, and nothing written."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.errors import TOLD, InputError, raise_all
from sim.in_place import put_all_in_place
from sim.registers.account import Account
from sim.registers.asked import Asked, pairs
from sim.registers.carried import CARRIED, carried
from sim.registers.grids import ACCOUNT_DATA, ACCOUNT_TEXT, Grid, gather, read_grids
from sim.registers.joining import Record, municipalities, schools
from sim.registers.tables import Reader, Table
from sim.state.places import Centrality
from sim.world.plausibility import doubts
from sim.world.register_files import register_paths
from sim.world.registers import Registers
from sim.world.schema import FILES, Kind

MOST_FAULTS = 1000  # told at once: of a long list, every row may need mending


@dataclass(frozen=True)
class Imported:
    """An import that is done.

    Attributes
    ----------
    folder : Path
        Holds the register files, `import_report.txt` and `import_report.json`.
    account : Account
        What was taken from where, and what was left out.
    """

    folder: Path
    account: Account

    def __str__(self) -> str:
        return "\n".join(self.account.lines())


def import_registers(
    files: Path | str | Iterable[Path | str],
    *,
    out: Path | str,
    year: int | None = None,
    years: Mapping[str, int] | None = None,
    decimal: str | None = None,
    columns: Mapping[str, str] | None = None,
    rows: Mapping[str, str] | None = None,
    suppressed: float | None = None,
    leave_incomplete: bool = False,
    overwrite: bool = False,
) -> Imported:
    """Make register files from exports of SSB, Udir and spreadsheets.

    Parameters
    ----------
    files : path, or several
        Folders and files: text (CSV, tab, semicolon; any usual encoding) and workbooks (.xlsx, .xls, .ods).
    out : path
        Folder for the register files and the account.
    year : int, optional
        Whose numbers are taken where a file has several years; `years` by file name for single files. A school year goes by the
        year it begins in.
    decimal : {"comma", "point"}, optional
        The sign before decimals, where a number such as 15.000 can be read in two ways.
    columns : mapping, optional
        What a heading means: another heading that is known, or "" to leave it out; a key may be `FILE:HEADING`.
    rows : mapping, optional
        By heading: the one value of which rows are read.
    suppressed : float, optional
        What is taken for hidden numbers of pupils of schools.
    leave_incomplete : bool
        Leave out schools of which grades or pupils are nowhere given.
    overwrite : bool
        Replace register files that lie in `out`.

    Returns
    -------
    Imported

    Raises
    ------
    InputError
        All that is wrong, each with file, line, column, value and what was expected; nothing is written then.
    """
    asked = Asked(year, years or {}, decimal, columns or {}, rows or {}, suppressed, leave_incomplete)
    given = [files] if isinstance(files, Path | str) else list(files)
    out = Path(out)
    _check_free(out, [Path(one) for one in given], overwrite=overwrite)
    account = Account()
    faults: list[InputError] = []
    reader = Reader(asked, account, faults)
    found = _records([Path(one) for one in given], reader)
    reader.settle()
    if not faults:
        faults.extend(asked.unused())
    raise_all(sorted(faults, key=lambda fault: (fault.file or "", fault.line or 0)), MOST_FAULTS)
    contents = {name: _as_csv(name, records) for name, records in found.items()}
    _check(contents, found, account)
    account.written = {f"{name}.csv": len(records) for name, records in found.items()}
    told: dict[str, bytes] = {
        **{f"{name}.csv": content for name, content in contents.items()},
        ACCOUNT_TEXT: ("\n".join(account.lines())).encode(),
        ACCOUNT_DATA: (json.dumps(account.as_data(), ensure_ascii=False, indent=1) + "\n").encode(),
    }
    put_all_in_place({out / name: content for name, content in told.items()})
    for path in register_paths(out):  # `_check_free` has seen to it that all are of an import before this one
        if path.name not in told:
            path.unlink()
    return Imported(out, account)


def _check_free(out: Path, given: list[Path], *, overwrite: bool) -> None:
    if out.exists() and not out.is_dir():
        raise InputError("is no folder; expected one for the register files", file=str(out), field="out")
    if any(
        one.resolve() in (out.resolve(), *out.resolve().parents) and one.resolve() == out.resolve()
        for one in given
    ):
        raise InputError("is read from; expected another folder for what is made", file=str(out), field="out")
    there = register_paths(out) if out.is_dir() else []
    if others := [path.name for path in there if path.stem.lower() not in FILES]:
        raise InputError(
            f"holds CSV files that are no register files ({', '.join(others[:TOLD])}); expected another folder",
            file=str(out),
            field="out",
        )
    if there and not overwrite:
        raise InputError(
            "holds register files already; expected another folder, or --overwrite",
            file=str(out),
            field="out",
        )


def _records(given: list[Path], reader: Reader) -> dict[str, list[Record]]:
    """The rows of each register file."""
    files, left = gather(given)
    reader.account.leave_all(left)
    found: dict[str, list[Record]] = {}
    tables: list[Table] = []
    for path in files:
        name = path.stem.lower()
        grids = _grids(path, reader)
        if name in CARRIED and grids:
            found[name] = carried(grids[0], FILES[name], reader)
            continue
        of_path = [
            reader.read(grid, beside=len(grids) > 1 or (path not in given and _prose(grid))) for grid in grids
        ]
        tables += [table for table in of_path if table is not None]
    there = municipalities([table for table in tables if not table.schools], reader)
    of_schools = schools([table for table in tables if table.schools], there, reader)
    found |= {
        name: list(records.values())
        for name, records in (("municipalities", there), ("schools", of_schools))
        if records
    }
    if not found and not reader.faults:
        why = "; ".join(f"{len(what)}: {why}" for (_, why), what in reader.account.left.items())
        told = f"nothing is left of what could be used; left out are {why or 'all columns'}"
        reader.faults.append(InputError(told, file=", ".join(str(one) for one in given)))
    return found


def _grids(path: Path, reader: Reader) -> list[Grid]:
    try:
        return read_grids(path)
    except InputError as error:
        reader.faults.append(error)
        return []


def _prose(grid: Grid) -> bool:
    """Whether most rows have one cell: a text about the files beside it."""
    return sum(len(row) > 1 for _, row in grid.rows) * 2 < len(grid.rows)


def _as_csv(name: str, records: list[Record]) -> bytes:
    """A register file; only columns of which something is known."""
    schema = FILES[name]
    cells = [cell for cell in schema.cells if any(cell.name in record.cells for record in records)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([cell.name for cell in cells])
    for record in records:
        writer.writerow([_told(record.cells.get(cell.name), cell.kind) for cell in cells])
    return text.getvalue().encode()


def _told(value: object, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if kind is Kind.CENTRALITY:
        return Centrality(int(float(str(value)))).name.lower()
    if kind is Kind.YES_NO:
        return "yes" if value else "no"
    return f"{value:.10g}"


def _check(contents: Mapping[str, bytes], found: Mapping[str, list[Record]], account: Account) -> None:
    """Read what was made as any user's files; what is wrong or doubtful is told at its place in the user's own files."""
    with tempfile.TemporaryDirectory() as place:
        for name, content in contents.items():
            (Path(place) / f"{name}.csv").write_bytes(content)
        try:
            registers = Registers.read(place)
        except InputError as error:
            raise_all((_at_home(one, found) for one in getattr(error, "errors", (error,))), MOST_FAULTS)
        else:
            account.doubts += [str(_at_home(one, found)) for one in doubts(registers)]


def _at_home(error: InputError, found: Mapping[str, list[Record]]) -> InputError:
    """A fault in a file that was made, at its place in the file it came from."""
    name = Path(error.file or "").stem
    records = found.get(name)
    if records is None or error.line is None:
        return InputError(f"{name}.csv, as made: {error.message}", field=error.field)
    record = records[min(error.line - 2, len(records) - 1)]
    return InputError(error.message, file=record.file, line=record.line, field=error.field)


def answers(
    years: Iterable[str], columns: Iterable[str], rows: Iterable[str]
) -> tuple[int | None, dict[str, int], dict[str, str], dict[str, str]]:
    """Answers as the command line takes them: years (2024, or FILE=2023), headings and rows."""
    year, by_file = None, {}
    for one in years:
        file, sign, said = one.rpartition("=")
        if not said.strip().isdecimal() or len(said) > len("2024"):
            raise InputError(f"--year '{one}': expected a year, or FILE=YEAR", field="year")
        if sign:
            by_file[file] = int(said)
        else:
            year = int(said)
    return year, by_file, pairs(columns, "--column"), pairs(rows, "--rows")
