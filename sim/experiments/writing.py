"""Tables written to disk: Parquet, and CSV where that is of a size that people open.

Equal tables give equal bytes: nothing is written that depends on the time or the place.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

CSV_LIMIT_BYTES = 50_000_000
SAMPLE_ROWS = 2_000  # for guessing how large a CSV file would be
COMPRESSION = "zstd"


class TableFile:
    """A Parquet file that grows piece by piece, so that no table has to be held in memory as a whole.

    Should a piece bring columns that the earlier ones lack, the file is begun anew with room for them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.schema: pa.Schema | None = None
        self.rows = 0
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except OSError:
            if error is None:
                raise

    def append(self, piece: pa.Table) -> None:
        """Add rows; columns that the piece lacks stay empty in them."""
        if not piece.schema.names:
            return
        if self.schema is None:
            self._begin(piece.schema)
        elif not set(piece.schema.names) <= set(self.schema.names):
            self._widen(piece.schema)
        if len(piece):
            assert self._writer is not None
            self._writer.write_table(fitted(piece, self.schema), row_group_size=len(piece))
            self.rows += len(piece)

    def close(self) -> None:
        """End the file."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.close()

    def _begin(self, schema: pa.Schema) -> None:
        self.schema = schema.remove_metadata()
        self._writer = pq.ParquetWriter(self.path, self.schema, compression=COMPRESSION)

    def _widen(self, other: pa.Schema) -> None:
        self.close()
        earlier = self.path.with_name(f".{self.path.name}.narrow")
        self.path.rename(earlier)
        assert self.schema is not None
        new = [other.field(name) for name in other.names if name not in self.schema.names]
        self._begin(pa.schema([*self.schema, *new]))
        assert self._writer is not None
        with pq.ParquetFile(earlier) as file:
            for number in range(file.num_row_groups):
                piece = file.read_row_group(number)
                self._writer.write_table(fitted(piece, self.schema), row_group_size=len(piece))
        earlier.unlink()


def fitted(piece: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table with the columns of a schema, empty where it has none."""
    columns = [
        piece[f.name].cast(f.type) if f.name in piece.schema.names else pa.nulls(len(piece), f.type)
        for f in schema
    ]
    return pa.table(columns, schema=schema)


def write_table(table: pa.Table, path: Path) -> None:
    """Write one whole table as Parquet."""
    with TableFile(path) as file:
        file.append(table)


def write_csv(parquet: Path, limit: int = CSV_LIMIT_BYTES) -> bool:
    """Write a Parquet file's table as CSV beside it, unless that would be much larger than `limit` bytes.

    Returns
    -------
    bool
        Whether it was written. The size is guessed from the first rows.
    """
    target = parquet.with_suffix(".csv")
    with pq.ParquetFile(parquet) as file:
        if file.num_row_groups:
            first = _plain(file.read_row_group(0).slice(0, SAMPLE_ROWS))
            sink = pa.BufferOutputStream()
            pacsv.write_csv(first, sink)
            if sink.getvalue().size / len(first) * file.metadata.num_rows > limit:
                return False
        options = pacsv.WriteOptions(include_header=True)
        with pacsv.CSVWriter(
            target, _plain(file.schema_arrow.empty_table()).schema, write_options=options
        ) as csv:
            for number in range(file.num_row_groups):
                csv.write_table(_plain(file.read_row_group(number)))
    return True


def _plain(table: pa.Table) -> pa.Table:
    """The table with its words spelt out, as CSV needs them."""
    fields = [
        pa.field(f.name, pa.string()) if pa.types.is_dictionary(f.type) else pa.field(f.name, f.type)
        for f in table.schema
    ]
    return table.cast(pa.schema(fields))
