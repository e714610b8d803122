"""Files of the work folder, each written whole or not at all, so that whatever ends a calibration loses nothing finished."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments.writing import COMPRESSION


def put(path: Path, content: bytes) -> None:
    """Write a file: beside its place first, on the disk, then into its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, path)  # noqa: PTH105 - the same as Path.replace, by the name that says it is one step
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
    pq.write_table(table, sink, compression=COMPRESSION, **packed)
    put(path, sink.getvalue().to_pybytes())


def put_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a data frame as Parquet, without its index."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    put_table(path, table)


def put_json(path: Path, content: Mapping[str, object]) -> None:
    """Write JSON; what JSON has no word for (an infinite number) is refused."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    put(path, (text + "\n").encode("utf-8"))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
