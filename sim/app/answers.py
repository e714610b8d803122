"""Answers that are there: folders of finished results, whoever made them, and which of them answers a question."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from sim.app.questions import policy, policy_text
from sim.design import Design
from sim.errors import InputError
from sim.experiments import provenance
from sim.experiments.folder import MANIFEST, is_results
from sim.legible import illegible
from sim.parameters.registry import Registry
from sim.report.edition import Edition
from sim.report.results import Results

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,159}")
_EDITIONS_KEPT = 6
_MOST_LISTED = 200


@dataclass(frozen=True)
class Answer:
    """A folder of finished results.

    Attributes
    ----------
    name : str
        The folder's; part of its address.
    manifest : dict
        As the file has it.
    written : float
        When the manifest was last written, in seconds of the system's clock.
    """

    name: str
    folder: Path
    manifest: dict[str, Any]
    written: float

    @property
    def designs(self) -> list[str]:
        """Keys of the designs played."""
        return [str(design["key"]) for design in self.manifest.get("designs", ())]

    @property
    def is_of_this_code(self) -> bool:
        """Whether the code that made it is the code that runs now."""
        made_by = self.manifest.get("code") or {}
        return made_by.get("sources_sha256") == provenance.sources_digest()

    def rests_on_as_much(self, other: dict[str, Any]) -> bool:
        """Whether it is of this code, and of as much of the country and as many worlds as another manifest tells."""
        size = tuple(float(self.manifest.get(name, 0)) >= float(other[name]) for name in ("scale", "worlds"))
        return self.is_of_this_code and all(size)


class Answers:
    """The folder in which results lie, each in a folder of its own."""

    def __init__(self, folder: Path, registry: Registry) -> None:
        self.folder = folder
        self.registry = registry
        self._editions: OrderedDict[tuple[str, float, str], Edition] = OrderedDict()
        self._manifests: dict[tuple[str, float], dict[str, Any]] = {}
        self._lock = Lock()

    def find(self, name: str) -> Answer:
        """The answer of a name.

        Raises
        ------
        InputError
            If there is none. A name can't lead out of the folder.
        """
        folder = self.folder / name
        if not _NAME.fullmatch(name) or folder.is_symlink() or not is_results(folder):
            raise InputError("there are no results of this name", field="name")
        answer = self._answer(folder)
        if answer is None:
            raise InputError("the results of this name can't be read", field="name")
        return answer

    def all(self) -> list[Answer]:
        """All answers with something to compare, the newest first."""
        if not self.folder.is_dir():
            return []
        folders = [
            path
            for path in self.folder.iterdir()
            if _NAME.fullmatch(path.name)
            and not path.is_symlink()
            and is_results(path)
            and (path / "comparison.parquet").is_file()
        ]
        readable = [answer for folder in folders if (answer := self._answer(folder)) is not None]
        return sorted(readable, key=lambda one: (-one.written, one.name))[:_MOST_LISTED]

    @property
    def left_out(self) -> int:
        """Folders that look like results but can't be read."""
        if not self.folder.is_dir():
            return 0
        visible = [path for path in self.folder.iterdir() if not path.name.startswith(".") and path.is_dir()]
        return sum((path / MANIFEST).exists() and self._answer(path) is None for path in visible)

    def to(self, a: Design, *others: Design) -> Answer | None:
        """The best answer to how others differ from `a`: of this code, fitted to what was observed, of most of the
        country, of most worlds.

        Studies with the users' own registers or plug-ins are left out: they answer another question.
        """
        wanted = policy(a, self.registry), {policy(other, self.registry) for other in others}
        fitting = []
        for answer in self.all():
            first, *played = [policy_text(facts) for facts in answer.manifest.get("designs", ())] or [""]
            own = answer.manifest.get("registers") or answer.manifest.get("plugins")
            if first == wanted[0] and wanted[1] <= set(played) and not own:
                fitting.append(answer)
        return max(fitting, key=_weight, default=None)

    def edition(self, answer: Answer, lang: str) -> Edition:
        """The answer as the report has it, in one language; kept for a while, for reading it takes a second."""
        key = (answer.name, answer.written, lang)
        with self._lock:
            if key in self._editions:
                self._editions.move_to_end(key)
                return self._editions[key]
            edition = self._editions[key] = Edition(Results(answer.folder), lang)
            while len(self._editions) > _EDITIONS_KEPT:
                self._editions.popitem(last=False)
            return edition

    def _answer(self, folder: Path) -> Answer | None:
        """What a folder holds; None if its manifest can't be read, or is of a form that this version does not know."""
        file = folder / MANIFEST
        try:
            written = file.stat().st_mtime
            key = (folder.name, written)
            if key not in self._manifests:
                self._manifests[key] = _known_form(file)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        return Answer(folder.name, folder, self._manifests[key], written)


def _known_form(file: Path) -> dict[str, Any]:
    """A manifest whose designs have what answers are found by; an error of Python's own if it is none."""
    if not file.is_file():
        raise ValueError(file)
    manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    for design in manifest.get("designs", ()):
        policy_text(design)
        if illegible(str(design["key"])) or any(illegible(str(text)) for text in design["title"].values()):
            raise ValueError(design["key"])
    _weight(Answer("", file.parent, manifest, 0.0))
    return manifest


def _weight(answer: Answer) -> tuple[bool, bool, float, int, float]:
    facts = answer.manifest
    is_fitted = (facts.get("parameters") or {}).get("drawn_from", "priors") != "priors"
    size = float(facts.get("scale", 0)), int(facts.get("worlds", 0))
    return answer.is_of_this_code, is_fitted, *size, answer.written
