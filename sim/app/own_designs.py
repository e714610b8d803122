"""Designs that visitors made: changed with the levers or uploaded as scenario files, kept as scenario files."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sim.design import Design
from sim.errors import InputError
from sim.parameters.registry import Registry
from sim.scenario_files import FaultListError, load_design, names

PREFIX = "own_"
_KEY = re.compile(PREFIX + r"[0-9a-f]{10}")
_DIGITS = 10


@dataclass(frozen=True)
class OwnDesigns:
    """The folder of visitors' designs.

    A file is named after what stands in it, so the same design twice is one file, and a name tells nothing of who made
    it. Nothing in a file is ever run: it is read as every scenario file is.
    """

    folder: Path
    registry: Registry
    most: int

    def keep(self, text: str) -> Design:
        """Check a scenario and keep it.

        Raises
        ------
        InputError
            With every fault and its line; nothing is kept then.
        """
        key = PREFIX + hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".") as place:
            draft = Path(place) / f"{key}.yaml"
            draft.write_text(text, encoding="utf-8", newline="")
            try:
                design = load_design(draft, self.registry)
            except InputError as error:
                raise _without_path(error) from None
            draft.replace(self.folder / draft.name)
        self._make_room()
        return replace(design, file=str(self.folder / draft.name))

    def find(self, key: str) -> Design:
        """A design by its key, of the visitors' or of those that come with the model.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        if _KEY.fullmatch(key) and (self.folder / f"{key}.yaml").is_file():
            return load_design(self.folder / f"{key}.yaml", self.registry)
        if key in names():
            return load_design(key, self.registry)
        raise InputError(f"unknown design '{key}'", field="design")

    def latest(self, most: int) -> list[Design]:
        """Visitors' designs, the newest first; those that can't be read any more are left out."""
        files = sorted(self._files(), key=lambda file: -file.stat().st_mtime)
        found = []
        for file in files[:most]:
            try:
                found.append(_read(file, self.registry))
            except (InputError, OSError):
                continue
        return found

    def _files(self) -> list[Path]:
        return [file for file in self.folder.glob(f"{PREFIX}*.yaml") if _KEY.fullmatch(file.stem)]

    def text(self, key: str) -> str | None:
        """The scenario file of a visitor's design; None if it is not kept (any more)."""
        file = self.folder / f"{key}.yaml"
        return file.read_text(encoding="utf-8") if _KEY.fullmatch(key) and file.is_file() else None

    def _make_room(self) -> None:
        files = sorted(self.folder.glob(f"{PREFIX}*.yaml"), key=lambda file: file.stat().st_mtime)
        for file in files[: max(0, len(files) - self.most)]:
            file.unlink(missing_ok=True)


@lru_cache(maxsize=64)
def _read(file: Path, registry: Registry) -> Design:
    """A design of a file that is named after what stands in it, so it never changes."""
    return load_design(file, registry)


def _without_path(error: InputError) -> InputError:
    """The same faults told without the place of the file on this machine."""
    faults = getattr(error, "errors", (error,))
    for fault in faults:
        fault.file = None
    return FaultListError(faults) if len(faults) > 1 else faults[0]


def titles(title: str, fallback: Mapping[str, str]) -> dict[str, str]:
    """A name given by a visitor, in both languages; without one, the fallback's."""
    words = " ".join("".join(sign for sign in title if sign.isprintable()).split())
    return dict.fromkeys(fallback, words) if words else dict(fallback)
