"""Tables written to disk: Parquet, and CSV where that is of a size that people open.

Equal tables give equal bytes: nothing is written that depends on the time or the place.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

CSV_LIMIT_BYTES = 50_000_000
SAMPLE_ROWS = 2_000  # for guessing how large a CSV file would be
COMPRESSION = "zstd"
GROUP_ROWS = 65_536


class TableFile:
    """A Parquet file that grows piece by piece, so that no table has to be held in memory as a whole.

    Pieces may have different columns; what a piece lacks is empty in its rows. Small ones are gathered until they are
    worth a row group. Should columns come up later that the file so far lacks, it is begun anew with room for them.
    """

    def __init__(self, path: Path, group_rows: int = GROUP_ROWS) -> None:
        self.path = path
        self.group_rows = group_rows
        self.schema: pa.Schema | None = None
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        elif self._writer is not None:
            with suppress(OSError):
                self._writer.close()

    def append(self, piece: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(piece.replace_schema_metadata(None))
        self._waiting_rows += len(piece)
        if self._waiting_rows >= self.group_rows:
            self._write_waiting()

    def close(self) -> None:
        """Write what waits, and end the file."""
        self._write_waiting()
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.close()

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting, promote_options="default")
        table = (
            table.unify_dictionaries().combine_chunks()
        )  # of many small pieces packing takes twice as long
        self._waiting, self._waiting_rows = [], 0
        if self.schema is None:
            self._begin(table.schema)
        elif not set(table.schema.names) <= set(self.schema.names):
            self._widen(table.schema)
        self._write(table)

    def _write(self, table: pa.Table) -> None:
        if len(table):
            assert self._writer is not None
            self._writer.write_table(fitted(table, self.schema), row_group_size=len(table))

    def _begin(self, schema: pa.Schema) -> None:
        self.schema = schema
        self._writer = pq.ParquetWriter(
            self.path, schema, compression=COMPRESSION, write_page_checksum=True, **_encodings(schema)
        )

    def _widen(self, other: pa.Schema) -> None:
        assert self._writer is not None
        assert self.schema is not None
        self._writer.close()
        earlier = self.path.with_name(f".{self.path.name}.narrow")
        self.path.rename(earlier)
        new = [other.field(name) for name in other.names if name not in self.schema.names]
        self._begin(pa.schema([*self.schema, *new]))
        with pq.ParquetFile(earlier, page_checksum_verification=True) as file:
            for number in range(file.num_row_groups):
                self._write(file.read_row_group(number))
        earlier.unlink()


def _encodings(schema: pa.Schema) -> dict[str, Any]:
    """How columns are packed: only words have values that come again, numbers pack best byte by byte."""
    words = [f.name for f in schema if pa.types.is_dictionary(f.type)]
    numbers = [f.name for f in schema if pa.types.is_floating(f.type)]
    return {
        "use_dictionary": words or False,
        "column_encoding": dict.fromkeys(numbers, "BYTE_STREAM_SPLIT") or None,
    }


def fitted(piece: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table with the columns of a schema, empty where it has none."""
    if piece.schema.equals(schema):
        return piece
    columns = [
        piece[f.name].cast(f.type) if f.name in piece.schema.names else pa.nulls(len(piece), f.type)
        for f in schema
    ]
    return pa.table(columns, schema=schema)


def write_table(table: pa.Table, path: Path) -> None:
    """Write one whole table as Parquet."""
    with TableFile(path) as file:
        file.append(table)


OF_COUNTRY = "of_country"  # last column of the copies as CSV where only a part of the country was simulated


def write_csv(
    parquet: Path, limit: int = CSV_LIMIT_BYTES, into: Path | None = None, of_country: float = 1.0
) -> bool:
    """Write a Parquet file's table as CSV (beside it, by default), unless that would be much larger than `limit` bytes.

    Parameters
    ----------
    of_country : float
        Share of the country that was simulated; where it is a part, every row says so in a last column.

    Returns
    -------
    bool
        Whether it was written. The size is guessed from the first rows.
    """
    target = into or parquet.with_suffix(".csv")
    with pq.ParquetFile(parquet, page_checksum_verification=True) as file:
        if file.num_row_groups:
            first = _plain(pa.Table.from_batches([next(file.iter_batches(SAMPLE_ROWS))]), of_country)
            sink = pa.BufferOutputStream()
            pacsv.write_csv(first, sink)
            if sink.getvalue().size / len(first) * file.metadata.num_rows > limit:
                return False
        options = pacsv.WriteOptions(include_header=True)
        with pacsv.CSVWriter(
            target, _plain(file.schema_arrow.empty_table(), of_country).schema, write_options=options
        ) as csv:
            for number in range(file.num_row_groups):
                csv.write_table(_plain(file.read_row_group(number), of_country))
    return True


def _plain(table: pa.Table, of_country: float) -> pa.Table:
    """The table with its words spelt out, as CSV needs them, and how much of the country it is of if that is a part."""
    fields = [
        pa.field(f.name, pa.string()) if pa.types.is_dictionary(f.type) else pa.field(f.name, f.type)
        for f in table.schema
    ]
    plain = table.cast(pa.schema(fields))
    if of_country >= 1:
        return plain
    return plain.append_column(OF_COUNTRY, pa.array(np.full(len(plain), of_country)))
