"""Reading one scenario file: what it says itself, every fault in it with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sim.design import Steps
from sim.errors import InputError, TooManyFaultsError
from sim.parameters.declaration import Declaration, Value
from sim.parameters.registry import Registry
from sim.scenario_files.tree_reader import TreeReader
from sim.scenario_files.values import accepted, find_assumption, find_fact, find_lever
from sim.scenario_files.yaml_tree import ListNode, MapNode, Node, ScalarNode, as_python, parse_tree, read_text

KEYS = (
    "title",
    "description",
    "expected",
    "author",
    "source",
    "extends",
    "from",
    "levers",
    "facts",
    "assumptions",
)
ROOT = "history"  # the only design that need not extend another

_FILE_NAME = re.compile(r"\w[\w-]{0,59}")


@dataclass(eq=False)
class FileContent:
    """What one scenario file says, before anything is inherited.

    Attributes
    ----------
    extends : str or None
        Name of the design that it changes, found at line and column `extends_at`.
    levers : dict of steps
        Dated facts and assumptions among them.
    errors : list of InputError
        Everything that is wrong; what could be read is there all the same.
    """

    key: str
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    author: str = ""
    source: str = ""
    extends: str | None = None
    extends_at: tuple[int, int] = (1, 1)
    levers: dict[str, Steps] = field(default_factory=dict)
    assumptions: dict[str, Value] = field(default_factory=dict)
    errors: list[InputError] = field(default_factory=list)


def read_content(path: Path, registry: Registry) -> FileContent:
    """What a scenario file says itself; faults are collected in its `errors`. Only to be read."""
    try:
        text = read_text(path)
    except InputError as error:
        return FileContent(key=path.stem, errors=[error])
    return _taken_apart(text, path, registry)


@lru_cache(maxsize=64)  # designs stand on each other, so the same files are read again and again
def _taken_apart(text: str, path: Path, registry: Registry) -> FileContent:
    """What a scenario file with that text says."""
    content = FileContent(key=path.stem)
    try:
        tree = parse_tree(text, str(path))
    except InputError as error:
        content.errors.append(error)
        return content
    try:
        _Reader(str(path), registry, content).read(tree)
    except TooManyFaultsError as error:
        content.errors.append(error.at(str(path)))
    return content


class _Reader(TreeReader):
    """Walks one file's tree and fills a `FileContent`."""

    def __init__(self, file: str, registry: Registry, content: FileContent) -> None:
        super().__init__(file, content.errors)
        self.registry = registry
        self.content = content
        self.from_year: int | None = None
        self.undated: list[Node] = []

    def read(self, tree: Node) -> None:
        content = self.content
        if not _FILE_NAME.fullmatch(content.key):
            self.fault(tree, f"a design's file is named with letters, digits, _ and -, not '{content.key}'")
        if not isinstance(tree, MapNode):
            self.fault(tree, f"expected a mapping with the keys {', '.join(KEYS)}")
            return
        found = self.keys(tree, KEYS)
        if "title" not in found:
            self.fault(tree, "'title' is missing")
        for name in ("title", "description", "expected"):
            content.texts[name] = self.both_languages(found[name]) if name in found else {}
        content.author = self.text(found["author"]) if "author" in found else ""
        content.source = self.text(found["source"]) if "source" in found else ""
        self.read_extends(found.get("extends"), tree)
        self.read_levers(found)
        if "assumptions" in found:
            for key, node in self.entries(found["assumptions"], "assumptions"):
                if not (declaration := self.find(key, find_assumption)):
                    continue
                if isinstance(node, MapNode):  # from some year on; until then the world's own
                    self.read_lever(declaration, node)
                else:
                    self.keep(content.assumptions, declaration, node)

    def read_extends(self, node: Node | None, tree: Node) -> None:
        if node is not None:
            self.content.extends = self.text(node) or None
            self.content.extends_at = (node.line, node.column)
        elif self.content.key != ROOT:
            self.fault(tree, f"'extends' is missing: which design is changed? ('{ROOT}' is what happened)")

    def read_levers(self, found: dict[str, Node]) -> None:
        if "from" in found:
            self.from_year = self.year(found["from"])
        for section, how in (("levers", find_lever), ("facts", find_fact)):
            for key, node in self.entries(found[section], section) if section in found else ():
                if declaration := self.find(key, how):
                    self.read_lever(declaration, node)
        if self.undated and "from" not in found:
            self.fault(self.undated[0], "'from' is missing: from which year on does this value hold?")

    def read_lever(self, declaration: Declaration, node: Node) -> None:
        if not isinstance(node, MapNode):
            self.undated.append(node)
            value = self.value(declaration, node)
            if value is not None and self.from_year is not None:
                self.content.levers[declaration.name] = ((self.from_year, value),)
            return
        steps: dict[int, Value] = {}
        for key, dated in node.entries:
            year, value = self.year(key), self.value(declaration, dated)
            if year is None or value is None:
                continue
            if year in steps:
                self.fault(key, f"{declaration.name}: the year {year} stands twice")
            steps[year] = value
        if not node.entries:
            self.fault(node, f"{declaration.name}: expected a value, or values by year like {{2026: ...}}")
        self.content.levers[declaration.name] = tuple(sorted(steps.items(), key=lambda step: step[0]))

    def keep(self, values: dict[str, Value], declaration: Declaration, node: Node) -> None:
        value = self.value(declaration, node)
        if value is not None:
            values[declaration.name] = value

    def value(self, declaration: Declaration, node: Node) -> Value | None:
        """The node's value as the parameter's kind; None, with the faults noted, if it can't be one."""
        before = len(self.content.errors)
        if declaration.item is not None and isinstance(node, ListNode):
            for item in node.items:  # one by one, so that each fault has its own place
                self.attempt(item, lambda item=item: accepted(declaration, [as_python(item)]))  # type: ignore[misc]
            if len(self.content.errors) > before:
                return None
        return self.attempt(node, lambda: accepted(declaration, as_python(node)))

    def find(self, key: ScalarNode, how: Callable[[Registry, str], Declaration]) -> Declaration | None:
        return self.attempt(key, lambda: how(self.registry, str(key.value)))
