"""Which code a run was made with: a digest of every source that its numbers could depend on.

Texts of reports or options of the command line may change without a run being any other; a process, a declaration or a
data file may not. So the digest is over the modules that playing a run imports, found by following their imports, with
the data files that lie beside them, and over the libraries that do the arithmetic.
"""

from __future__ import annotations

import ast
import hashlib
import json
import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError

if TYPE_CHECKING:
    from sim.plugins import Source

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = "sim.sweeps.playing"
LIBRARIES = ("numpy", "scipy", "numba", "mesa", "networkx")
PLUGIN = "plug-in "
DATA = (".yaml", ".csv", ".json")


@lru_cache
def code_identity(plugins: tuple[Source, ...] = ()) -> dict[str, str]:
    """What has to be the same for two runs of a point to give the same numbers."""
    added = {f"{PLUGIN}{source.name}": source.sha256 for source in plugins}
    return {"sources": sources_digest(), "python": _python(), **_versions(), **added}


@lru_cache
def code_digest(plugins: tuple[Source, ...] = ()) -> str:
    """The identity as one word."""
    return hashlib.sha256(json.dumps(code_identity(plugins), sort_keys=True).encode()).hexdigest()


def check_code(wanted: str, plugins: tuple[Source, ...] = ()) -> None:
    """Refuse to play for somebody who has other code: the run would be stored under a false name."""
    if wanted != code_digest(plugins):
        raise InputError(
            "this worker's code or libraries are not those of the process that hands out the runs "
            f"({platform.node()}); install the same version everywhere and start the workers anew",
            field="cluster",
        )


@lru_cache
def sources_digest() -> str:
    """SHA-256, in hexadecimal, over names and contents of the sources that a run goes through."""
    found = hashlib.sha256()
    for path in run_sources():
        found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def run_sources() -> list[Path]:
    """The modules that playing a run imports, at once or later, and the data files beside them."""
    waiting, modules = [ROOT], set[Path]()
    while waiting:
        path = _file(waiting.pop())
        if path is None or path in modules:
            continue
        modules.add(path)
        waiting.extend(_imports(path))
    data = {file for path in modules for file in _data_beside(path)}
    return sorted(modules | data)


def _file(module: str) -> Path | None:
    """A module's file; for a name in a module, that module's; None for what is not of this package."""
    first, *parts = module.split(".")
    if first != PACKAGE.name:
        return None
    place = PACKAGE.joinpath(*parts)
    for candidate in (place.with_suffix(".py"), place / "__init__.py"):
        if parts and candidate.is_file():
            return candidate
    return None


def _imports(path: Path) -> list[str]:
    found = []
    waiting: list[ast.AST] = [ast.parse(path.read_bytes())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting.extend(node.orelse)  # the rest is for the type checker alone
            continue
        waiting.extend(ast.iter_child_nodes(node))
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    packages = [".".join(name.split(".")[:cut]) for name in found for cut in range(2, name.count(".") + 1)]
    return [*found, *packages]


def _data_beside(module: Path) -> list[Path]:
    """Data files in a package's folder, and in the folders of it that hold no modules."""
    if module.name != "__init__.py":
        return []
    folders = [module.parent, *(d for d in module.parent.iterdir() if d.is_dir() and not any(d.glob("*.py")))]
    return [file for folder in folders for file in folder.iterdir() if file.suffix in DATA]


def _python() -> str:
    return ".".join(platform.python_version_tuple()[:2])


def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
