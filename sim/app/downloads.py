"""What can be taken home: the data of an answer as one zip file, and its designs as scenario files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sim.experiments.documenting import copied
from sim.experiments.folder import MANIFEST

PIECE = 256 * 1024  # bytes read at a time
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file knows: equal results, equal bytes
_SMALL_AS_IT_IS = (".parquet", ".png")  # compressed already
_ENDINGS = (".parquet", ".csv", ".json", ".md", ".yaml")


class _Sink(io.RawIOBase):
    """Takes in what a zip file writes and hands it on in pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.place = 0

    def write(self, data: Any, /) -> int:
        self.pieces.append(bytes(data))
        self.place += len(self.pieces[-1])
        return len(self.pieces[-1])

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.place

    def taken(self) -> bytes:
        whole = b"".join(self.pieces)
        self.pieces.clear()
        return whole


def zipped(folder: Path) -> Iterator[bytes]:
    """The tables, manifest and scenario files of a results folder as a zip file, piece by piece, never whole in memory.

    Copies as CSV that were left out when the results were written are made now.
    """
    sink = _Sink()
    files = [path for path in folder.iterdir()
             if path.is_file() and not path.is_symlink() and path.suffix in _ENDINGS]  # fmt: skip
    manifest = folder / MANIFEST
    facts = json.loads(manifest.read_text(encoding="utf-8")) if manifest in files else {"tables": {}}
    with zipfile.ZipFile(sink, "w") as whole, TemporaryDirectory() as place:
        files += copied(folder, facts["tables"], Path(place), float(facts.get("scale", 1)))
        for path in sorted(files, key=lambda path: path.name):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.name}", _DATE)
            stored = path.suffix in _SMALL_AS_IT_IS
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with path.open("rb") as stream, whole.open(entry, "w", force_zip64=True) as target:
                while piece := stream.read(PIECE):
                    target.write(piece)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()
