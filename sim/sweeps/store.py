"""A folder of runs that can't lie: what is in it was played, with the code and the content that it is filed under.

    store.json            what all its runs have in common: the code, and which figures are kept
    runs-000001.parquet   one row a run: address, design, draw, world, error, figures
    draws-000001.parquet  one row a draw of the parameters: its values, to the last digit
    designs-000001.parquet  one row a design as played: levers and assumptions
    journal               rows that have not been gathered into such files yet
    table.parquet         the runs of the experiment as it was last asked, in its order; see `Store.asked`

Files are written beside their place, forced onto the disk and put there in one step; none is ever changed. Of two rows of
one run (a failure, tried again) the later counts. One process writes at a time; anybody may read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import InputError
from sim.experiments.writing import COMPRESSION
from sim.in_place import is_empty, put_in_place
from sim.sweeps import journal as journals
from sim.sweeps.journal import Journal, Row
from sim.sweeps.locking import locked
from sim.sweeps.querying import answer

STORE, JOURNAL, LOCK, TABLE = "store.json", "journal", ".lock", "table.parquet"
MADE_BY = "kompetansesim sweep"
FORMAT = 1
RUNS, DRAWS, DESIGNS = "runs", "draws", "designs"
TABLES = {RUNS: "run", DRAWS: "values", DESIGNS: "design_digest"}
"""The tables, and by what column their rows are known."""

COLUMNS = b"columns_sha256"
"""Key of a file's digest of its columns."""

GATHERED = 1_000  # rows of runs that are worth a file


class Store:
    """A sweep's runs.

    Parameters
    ----------
    folder : Path
        Where the store is. `Store.opened` makes one; this reads one that is there.

    Raises
    ------
    InputError
        If the folder holds no store.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        about = _about(self.folder)
        if about is None:
            raise InputError(f"is no store of runs (there is no {STORE} of a sweep)", file=str(self.folder))
        self.about = about

    @classmethod
    def opened(cls, folder: Path | str, code: Mapping[str, str], kept: Mapping[str, object]) -> Store:
        """The store in a folder, made if there is nothing yet.

        Raises
        ------
        InputError
            If something else lies there, or runs of other code or with other figures: these are kept apart.
        """
        folder = Path(folder)
        if folder.exists() and not folder.is_dir():
            raise InputError("is no folder; the store would take its place", file=str(folder), field="out")
        about = _about(folder)
        if about is None:
            if folder.is_dir() and not is_empty(folder):
                raise InputError(
                    "holds something else than a sweep; name another folder", file=str(folder), field="out"
                )
            folder.mkdir(parents=True, exist_ok=True)
            about = {"made_by": MADE_BY, "format": FORMAT, "code": dict(code), "kept": dict(kept)}
            put_in_place(folder / STORE, (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode())
        _check_same("code", about["code"], code, folder, "runs of different versions are never mixed")
        _check_same("kept figures", about["kept"], kept, folder, "their rows would have different columns")
        return cls(folder)

    @property
    def columns(self) -> list[str]:
        """Names of the kept figures."""
        return list(self.about["kept"]["figures"])

    def rows(self, table: str) -> pa.Table:
        """All rows of a table, each run, draw or design once, in the order in which they came."""
        parts = [_read_part(path) for path in self._parts(table)]
        fresh = [row for name, row in journals.read(self.folder / JOURNAL)[0] if name == table]
        if fresh:
            parts.append(_arrow(table, fresh, self.columns))
        if not parts:
            return _arrow(table, [], self.columns)
        whole = pa.concat_tables(parts, promote_options="default")
        return whole.take(_last_of_each(whole[TABLES[table]].to_pylist()))

    def finished(self) -> dict[str, bool]:
        """The runs in the store, and whether each went well."""
        rows = self.rows(RUNS)
        return dict(
            zip(rows["run"].to_pylist(), [not failed for failed in rows["failed"].to_pylist()], strict=True)
        )

    def asked(self) -> list[str] | None:
        """Addresses of the runs of the experiment as it was last asked; None if the store is no sweep's.

        What a name stands for (a design's file, registers, a range of levers) can change between two sweeps; these runs have all
        been played with the same.

        Raises
        ------
        InputError
            If the table of that experiment is damaged.
        """
        file = self.folder / TABLE
        if not file.is_file():
            return None
        try:
            found: list[str] = read_parquet(file)["run"].to_pylist()
        except (OSError, pa.ArrowException, KeyError) as error:
            raise InputError(f"is damaged: {error}; run the sweep again", file=str(file)) from None
        return found

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer, the only one at a time; what it was given is in proper files when the block is left.

        Raises
        ------
        InputError
            If another process writes here now.
        """
        with locked(self.folder / LOCK):
            for left in self.folder.glob(".*.partial*"):
                left.unlink()
            writer = Writer(self)
            try:
                yield writer
            except BaseException:
                with suppress(OSError):  # the journal has it all
                    writer.gather()
                raise
            else:
                writer.gather()
            finally:
                writer.journal.close()

    def query(self, sql: str) -> Any:
        """The answer to a question in SQL, as a DataFrame, by DuckDB.

        The tables are `runs`, `draws` and `designs`, of all that the store holds; `sweep` is all three joined, one row a run of
        the experiment as it was last asked, with a column for each lever that it sets.

        Raises
        ------
        InputError
            If DuckDB can't make sense of it.
        """
        return answer({name: self.rows(name) for name in TABLES}, sql, self.asked())

    def _parts(self, table: str) -> list[Path]:
        return sorted(self.folder.glob(f"{table}-*.parquet"))


class Writer:
    """Adds rows to a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.journal = Journal(store.folder / JOURNAL)
        self.known = {name: set(store.rows(name)[TABLES[name]].to_pylist()) for name in (DRAWS, DESIGNS)}
        self.waiting = len(journals.read(store.folder / JOURNAL)[0])

    def add(self, runs: Iterable[Row], draws: Iterable[Row] = (), designs: Iterable[Row] = ()) -> None:
        """Add finished runs, with the draws and designs that they are the first to name."""
        rows = [(RUNS, row) for row in runs]
        new = []
        for table, described in ((DRAWS, draws), (DESIGNS, designs)):
            for row in described:
                if row[TABLES[table]] not in self.known[table]:
                    self.known[table].add(row[TABLES[table]])
                    new.append((table, row))
        self.journal.append([*new, *rows])
        self.waiting += len(rows)
        if self.waiting >= GATHERED:
            self.gather()

    def gather(self) -> None:
        """Put the journal's rows into files."""
        rows, _ = journals.read(self.store.folder / JOURNAL)
        for table in (DESIGNS, DRAWS, RUNS):
            fresh = [row for name, row in rows if name == table]
            if fresh:
                parts = self.store._parts(table)
                number = int(parts[-1].stem.rpartition("-")[2]) + 1 if parts else 1
                part = _arrow(table, fresh, self.store.columns)
                put_in_place(self.store.folder / f"{table}-{number:06d}.parquet", parquet(part))
        if rows:
            self.journal.empty()
        self.waiting = 0


def parquet(table: pa.Table) -> bytes:
    """A table as a Parquet file: words once each, numbers as they are, no statistics, which would outweigh the rows.

    Every page carries its checksum, and the file a digest of its columns' names and types, which no page holds.
    """
    words = [field.name for field in table.schema if pa.types.is_string(field.type)]
    noted = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), COLUMNS: _columns_digest(table.schema)}
    )
    sink = pa.BufferOutputStream()
    pq.write_table(
        noted, sink, compression=COMPRESSION, use_dictionary=words, write_statistics=False,
        write_page_checksum=True,
    )  # fmt: skip
    data: bytes = sink.getvalue().to_pybytes()
    return data


def read_parquet(file: Any) -> pa.Table:
    """A table that `parquet` has made.

    Parameters
    ----------
    file : path, or anything that Arrow reads from

    Raises
    ------
    OSError, ArrowException
        If it can't be read, or a bit of it has changed.
    """
    table = pq.read_table(file, page_checksum_verification=True)
    metadata = dict(table.schema.metadata or {})
    digest = metadata.pop(COLUMNS, None)
    if digest is not None and digest != _columns_digest(table.schema):
        raise OSError("its columns are not those that were written")
    return table.replace_schema_metadata(metadata or None)


def _columns_digest(schema: pa.Schema) -> bytes:
    told = "\n".join(f"{field.name} {field.type}" for field in schema)
    return hashlib.sha256(told.encode()).hexdigest().encode()


def _about(folder: Path) -> dict[str, Any] | None:
    try:
        about = json.loads((folder / STORE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(about, dict) or about.get("made_by") != MADE_BY:
        return None
    if about.get("format") != FORMAT:
        raise InputError(f"is of format {about.get('format')}, this version reads {FORMAT}", file=str(folder))
    return about


def _check_same(
    what: str, there: Mapping[str, object], wanted: Mapping[str, object], folder: Path, why: str
) -> None:
    wanted = json.loads(json.dumps(wanted))
    differing = sorted(key for key in there.keys() | wanted.keys() if there.get(key) != wanted.get(key))
    if differing:
        raise InputError(
            f"holds runs made with other {what} (differs: {', '.join(differing)}); {why}: name another folder "
            "(--out), or move this one away",
            file=str(folder),
            field="out",
        )


def _read_part(path: Path) -> pa.Table:
    try:
        return read_parquet(path)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"is damaged: {error}", file=str(path)) from None


def _last_of_each(names: list[str]) -> list[int]:
    """Rows that are the last of their name, in the order in which the names first came."""
    return list({name: row for row, name in enumerate(names)}.values())


_TYPES = {
    "run": pa.string(), "design": pa.string(), "variant": pa.string(), "design_digest": pa.string(),
    "values": pa.string(), "draw": pa.int64(), "world": pa.int64(), "seed": pa.int64(), "start": pa.int64(),
    "end": pa.int64(), "scale": pa.float64(), "registers": pa.string(), "registers_digest": pa.string(), "failed": pa.bool_(),
    "error": pa.string(), "trace": pa.string(), "content": pa.string(), "levers": pa.string(), "others": pa.string(),
}  # fmt: skip
_OF_TABLE = {
    RUNS: (
        "run", "design", "variant", "design_digest", "values", "draw", "world", "seed", "start", "end", "scale",
        "registers", "registers_digest", "failed", "error", "trace",
    ),
    DRAWS: ("values", "others"),
    DESIGNS: ("design_digest", "design", "variant", "levers", "content"),
}  # fmt: skip


def _arrow(table: str, rows: list[Row], figures: list[str]) -> pa.Table:
    """Rows as an Arrow table; figures and parameters are 64-bit numbers."""
    fields = [pa.field(name, _TYPES[name]) for name in _OF_TABLE[table]]
    columns = [
        pa.array([row.get(name) for row in rows], field.type)
        for name, field in zip(_OF_TABLE[table], fields, strict=True)
    ]
    numbers = figures if table == RUNS else sorted({n for row in rows for n in row.get("numbers", {})})
    for name in numbers:
        fields.append(pa.field(name, pa.float64()))
        columns.append(pa.array([row.get("numbers", {}).get(name) for row in rows], pa.float64()))
    return pa.table(columns, schema=pa.schema(fields))
