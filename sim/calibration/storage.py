"""Files of the work folder, each written whole or not at all, so that whatever ends a calibration loses nothing finished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.arrays import Floats
from sim.experiments.writing import COMPRESSION
from sim.in_place import put_in_place


def put_table(path: Path, table: pa.Table, *, draws: bool = False) -> None:
    """Write a table as Parquet; equal tables give equal bytes.

    Parameters
    ----------
    draws : bool
        Whether it holds many columns of real numbers that are all different: then it is packed for that.
    """
    sink = pa.BufferOutputStream()
    packed = (
        {"use_dictionary": False, "use_byte_stream_split": True, "write_statistics": False} if draws else {}
    )
    pq.write_table(table, sink, compression=COMPRESSION, write_page_checksum=True, **packed)
    put_in_place(path, sink.getvalue().to_pybytes())


def matrix(table: pa.Table) -> Floats:
    """The numbers of a table; shape (rows, columns)."""
    return np.stack([column.to_numpy() for column in table.columns], axis=1)


def put_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a data frame as Parquet, without its index."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    put_table(path, table)


def put_json(path: Path, content: Mapping[str, object]) -> None:
    """Write JSON; what JSON has no word for (an infinite number) is refused."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    put_in_place(path, (text + "\n").encode("utf-8"))
