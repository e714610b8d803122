"""Which code made a result: version, commit, and a hash of the sources, which also knows of edits not committed."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sim.world.register_files import register_paths

PACKAGE = Path(__file__).resolve().parents[1]
SOURCE_ENDINGS = (".py", ".yaml", ".csv", ".json", ".j2", ".css", ".html")
LIBRARIES = ("mesa", "numpy", "pandas", "pyarrow", "scipy", "matplotlib", "jinja2", "networkx")
WITHOUT_BEARING = (
    "report", "reference", "calibration", "claims_check", "conditions", "country_check", "experiments", "app", "atlas", "cli",
    "discovery", "evaluation", "registers", "sensitivity", "studies", "sweeps",
)  # fmt: skip
"""Beginnings of the names of the package's parts that a played world does not depend on; what is not listed counts."""
_DATA = (
    "_scenarios",
    "_calibration",
    "_conditions",
    "_atlas",
)  # in a wheel, copies of what lies beside the package in a checkout
GIT_SECONDS = 10  # after which git is not waited for


def code() -> dict[str, object]:
    """Version of the package, commit of the checkout if it is one, and hash of the sources."""
    return {"version": _version("kompetansesim"), **_commit(), "sources_sha256": sources_digest()}


def software() -> dict[str, str | None]:
    """Versions of Python and of the libraries that results go through."""
    return {"python": platform.python_version(), **{name: _version(name) for name in LIBRARIES}}


@lru_cache
def _contents(package: Path) -> tuple[tuple[Path, bytes], ...]:
    """The package's source and data files, by their place in it, with SHA-256 of each."""
    return tuple(
        (path.relative_to(package), hashlib.sha256(path.read_bytes()).digest())
        for path in sorted(package.rglob("*"))
        if path.suffix in SOURCE_ENDINGS and path.is_file()
    )


def sources_digest(folder: Path = PACKAGE) -> str:
    """SHA-256, in hexadecimal, over the names and contents of the package's source and data files."""
    return _digest(_contents(folder))


def model_digest(package: Path = PACKAGE) -> str:
    """SHA-256 over the sources that a played world depends on."""
    apart = (*WITHOUT_BEARING, *_DATA)
    return _digest((place, its) for place, its in _contents(package) if not place.parts[0].startswith(apart))


def _digest(contents: Iterable[tuple[Path, bytes]]) -> str:
    found = hashlib.sha256()
    for place, content in contents:
        found.update(place.as_posix().encode() + b"\0")
        found.update(content)
    return found.hexdigest()


def files_digest(path: Path) -> dict[str, str]:
    """SHA-256 of each register file in a folder, or of one file, by name."""
    files = register_paths(path) if path.is_dir() else [path]
    return {file.name: file_digest(file) for file in files}


def file_digest(path: Path) -> str:
    """SHA-256 of one file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _commit() -> dict[str, object]:
    """Commit and whether the package's files differ from it; None where the package is in no checkout of its own."""
    root = PACKAGE.parent
    if not (root / ".git").exists():
        return {"commit": None, "dirty": None}
    commit = _git(root, "rev-parse", "HEAD")
    changes = _git(root, "status", "--porcelain", "--", PACKAGE.name, "scenarios")
    return {"commit": commit, "dirty": None if changes is None else bool(changes)}


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True, text=True, check=True, timeout=GIT_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
