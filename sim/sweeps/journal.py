"""What was finished last, line by line, until enough has come together for a proper file.

A line is written in one go as soon as a unit of runs is finished and carries its own checksum. Whatever happens, a killed
process or a full disk, all lines but the one being written are whole, and a torn one is known for what it is.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]

BINARY: int = getattr(os, "O_BINARY", 0)  # where the system would else change ends of lines
SYNC_SECONDS = 1.0  # between two times that the disk is waited for; a killed process loses nothing meanwhile


class Journal:
    """A file of lines that only grows, until it is emptied."""

    def __init__(self, path: Path) -> None:
        self.path = path
        _, whole = read(path)
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | BINARY, 0o644)
        os.ftruncate(self._handle, whole)  # a torn line at the end was never reported as done
        os.lseek(self._handle, whole, os.SEEK_SET)
        self._whole = whole
        self._synced = time.monotonic()

    def append(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Add rows, each with the name of its table; all of them or, with an `OSError`, none."""
        data = b"".join(_line(table, row) for table, row in rows)
        try:
            _write(self._handle, data)
        except OSError:
            os.ftruncate(self._handle, self._whole)
            os.lseek(self._handle, self._whole, os.SEEK_SET)
            raise
        self._whole += len(data)
        if time.monotonic() - self._synced > SYNC_SECONDS:
            os.fsync(self._handle)
            self._synced = time.monotonic()

    def empty(self) -> None:
        """Forget all lines: they stand elsewhere, safely."""
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.fsync(self._handle)
        self._whole = 0

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)


def read(path: Path) -> tuple[list[tuple[str, Row]], int]:
    """The rows of a journal with their tables, and how many bytes of it are whole lines."""
    if not path.exists():
        return [], 0
    rows, whole = [], 0
    for line in path.read_bytes().splitlines(keepends=True):
        row = _row(line)
        if row is None:
            break
        rows.append(row)
        whole += len(line)
    return rows, whole


def _line(table: str, row: Row) -> bytes:
    text = json.dumps([table, row], ensure_ascii=True, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _row(line: bytes) -> tuple[str, Row] | None:
    checksum, _, text = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(text):
        return None
    table, row = json.loads(text)
    return table, row


def _write(handle: int, data: bytes) -> None:
    """Write everything, however many calls it takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
