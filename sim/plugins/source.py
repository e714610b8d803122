"""Where a plug-in comes from, and its text, by whose hash results know it."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from sim.errors import InputError
from sim.in_place import read_whole
from sim.scenario_files.faults import nearest

ENTRY_POINTS = "kompetansesim.plugins"
"""Group in which an installed package offers a plug-in, as `name = "package.module"`."""

SOURCE = "__plugin_source__"
"""Name in a plug-in's module of where it comes from."""


@dataclass(frozen=True)
class Source:
    """A plug-in as it goes to worker processes: its text, which they load for themselves.

    Attributes
    ----------
    name : str
        As results tell it: the file's, or that under which a package offers it.
    text : str
        The file's text; for an installed package, the hashes of all its modules.
    module : str
        Dotted name, of what is installed.
    named : str
        How it was asked for: for messages, and for the command that makes results again.
    """

    name: str
    text: str = field(repr=False)
    module: str = ""
    named: str = field(default="", compare=False)

    @property
    def sha256(self) -> str:
        """Hash of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


Named: TypeAlias = str | Path | ModuleType | Source
"""A plug-in as users name it: file, name under which a package offers it, or module."""


def found(plugins: Iterable[Named]) -> tuple[Source, ...]:
    """The sources of plug-ins, in order; nothing of them is run yet.

    Raises
    ------
    InputError
        If one can't be found or read, or two have the same name.
    """
    if isinstance(plugins, (str, Path, ModuleType, Source)):
        raise InputError("plugins: expected a list of plug-ins", field="plugins")
    sources = tuple(dict.fromkeys(_source(plugin) for plugin in plugins))
    names = [source.name for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two plug-ins are called '{name}'", field="plugins")
    return sources


def _source(plugin: Named) -> Source:
    if isinstance(plugin, Source):
        return plugin
    if isinstance(plugin, ModuleType):
        return _of_module(plugin)
    if not isinstance(plugin, (str, Path)):
        raise InputError(
            f"plugins: expected a file, a module or the name of an installed plug-in, got {plugin!r}",
            field="plugins",
        )
    text = str(plugin)
    if isinstance(plugin, Path) or text.endswith(".py") or "/" in text or "\\" in text:
        return _of_file(Path(plugin), text)
    return _offered(text)


def _of_module(module: ModuleType) -> Source:
    """A module that was imported: its file's text, or if it is part of a package, the package's."""
    ready = getattr(module, SOURCE, None)
    if isinstance(ready, Source):
        return ready
    if "." in module.__name__:
        return _installed(module.__name__.rpartition(".")[2], module.__name__, module.__name__)
    file = getattr(module, "__file__", None)
    if file is None:
        raise InputError(
            f"the module '{module.__name__}' has no file whose text could be kept", field="plugins"
        )
    return _of_file(Path(file), file)


def _of_file(path: Path, named: str) -> Source:
    if not path.exists():
        raise InputError("there is no such plug-in", file=named, field="plugins")
    try:
        text = read_whole(path).decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise InputError(f"can't be read as a plug-in: {error}", file=named, field="plugins") from None
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise InputError(
            f"is no Python: {error.msg}", file=named, line=error.lineno, field="plugins"
        ) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise InputError(f"can't be read as Python: {error}", file=named, field="plugins") from None
    for line, imported in _imports(tree):
        if (path.parent / f"{imported}.py").is_file() or (path.parent / imported / "__init__.py").is_file():
            raise InputError(
                f"imports '{imported}', which lies beside it: a plug-in is one file, or an installed package, so that its "
                "text tells all that it does",
                file=named, line=line, field="plugins",
            )  # fmt: skip
    return Source(path.stem, text, named=named)


def _imports(tree: ast.Module) -> Iterable[tuple[int, str]]:
    """First words of what is imported, with the lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, name.partition(".")[0]) for name in ([node.module] if node.module else
                        [alias.name for alias in node.names]))  # fmt: skip


def _offered(name: str) -> Source:
    """The plug-in that an installed package offers under a name."""
    offered = {point.name: point.value for point in entry_points(group=ENTRY_POINTS)}
    if name not in offered:
        known = f"; installed: {', '.join(sorted(offered))}" if offered else ""
        raise InputError(
            f"no installed plug-in is called '{name}'{nearest(name, offered)}{known}; or name a file, such as {name}.py",
            field="plugins",
        )
    return _installed(name, offered[name].partition(":")[0], name)


def _installed(name: str, module: str, named: str) -> Source:
    return Source(name, listing(module), module, named)


def listing(module: str) -> str:
    """Hashes of all Python files of the package that a module belongs to, a line each."""
    top = module.partition(".")[0]
    spec = find_spec(top)
    if spec is None or spec.origin is None:
        raise InputError(f"the package '{top}' is not installed here", field="plugins")
    origin = Path(spec.origin)
    files = sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]
    return "".join(
        f"{file.relative_to(origin.parent).as_posix()} {hashlib.sha256(file.read_bytes()).hexdigest()}\n"
        for file in files
    )
