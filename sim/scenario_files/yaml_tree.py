"""YAML as a tree with places, read with suspicion: no tags, anchors, aliases, no key twice, bounded in size.

The parser's events are turned into the tree directly; no object is ever built from what a file names. Plain
scalars follow YAML 1.2's core schema (`no` is text, `1e5` a number); infinities and not-a-number stay text.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from sim.errors import InputError
from sim.scenario_files.faults import PlacedError

MOST_BYTES = 256 * 1024
DEEPEST = 10  # a design needs three levels
LONGEST_NUMBER = 40  # digits; longer ones are no quantity of this model

Scalar: TypeAlias = bool | int | float | str | None

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Scalar] = {"": None, "~": None}
for _word, _value in (("null", None), ("true", True), ("false", False)):
    _WORDS |= dict.fromkeys((_word, _word.capitalize(), _word.upper()), _value)


@dataclass(frozen=True)
class Node:
    """One piece of a YAML file and where it begins, line and column counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class ScalarNode(Node):
    """A single value."""

    value: Scalar


@dataclass(frozen=True)
class ListNode(Node):
    """A list."""

    items: list[Node]


@dataclass(frozen=True)
class MapNode(Node):
    """A mapping, in the order of the file."""

    entries: list[tuple[ScalarNode, Node]]


def read_tree(path: Path) -> Node:
    """The content of a YAML file as a tree; raises what `read_text` and `parse_tree` do."""
    return parse_tree(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of a YAML file.

    Raises
    ------
    InputError
        If the file is not there, is too big, or is not UTF-8.
    OSError
        If it can't be read.
    """
    file = str(path)
    if not path.is_file():
        raise InputError("this is no file" if path.exists() else "no such file", file=file)
    with path.open("rb") as stream:
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise InputError(f"larger than {MOST_BYTES // 1024} KB; a scenario is a page of text", file=file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError("the text is not UTF-8", file=file, line=line) from None


@lru_cache(maxsize=64)  # designs stand on each other, so the same files are read again and again
def parse_tree(text: str, file: str | None = None) -> Node:
    """A YAML text as a tree, which nobody may change; `InputError` if it is not YAML of the kind described above."""
    builder = _Builder(file)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"not valid YAML: {error.problem or error.context}"
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise PlacedError(message, file=file, line=line, column=column) from None
    except YAMLError as error:
        raise InputError(f"not valid YAML: {str(error).splitlines()[0]}", file=file) from None
    if builder.root is None:
        raise InputError("the file is empty", file=file)
    return builder.root


def as_python(node: Node) -> object:
    """A tree without its places: scalars, lists and dicts."""
    if isinstance(node, MapNode):
        return {key.value: as_python(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [as_python(item) for item in node.items]
    return node.value if isinstance(node, ScalarNode) else None


class _Builder:
    """Turns events into a tree; the open lists and mappings lie on a stack."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.root: Node | None = None
        self._open: list[ListNode | MapNode] = []
        self._keys: list[ScalarNode | None] = []  # for each open node, the key that waits for its value
        self._seen: list[dict[Scalar, int]] = []  # and the keys that it has already, with their lines
        self._documents = 0

    def take(self, event: Event) -> None:
        if isinstance(event, NodeEvent):
            self._take_node(event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            for stack in (self._open, self._keys, self._seen):
                stack.pop()
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._refusal(event, "a second document begins here; a scenario is one")

    def _take_node(self, event: NodeEvent) -> None:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self._refusal(event, "anchors (&) and aliases (*) are not accepted; use 'extends' instead")
        if getattr(event, "tag", None) is not None:
            raise self._refusal(event, "tags (!) are not accepted")
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, ScalarEvent):
            value = _scalar(event.value) if event.implicit[0] else event.value
            self._place(ScalarNode(line, column, value), event)
            return
        mapping = isinstance(event, MappingStartEvent)
        node = MapNode(line, column, []) if mapping else ListNode(line, column, [])
        self._place(node, event)
        self._open.append(node)
        self._keys.append(None)
        self._seen.append({})
        if len(self._open) > DEEPEST:
            raise self._refusal(event, f"nested deeper than {DEEPEST} levels")

    def _place(self, node: Node, event: NodeEvent) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, ListNode):
            parent.items.append(node)
        elif (key := self._keys[-1]) is not None:
            parent.entries.append((key, node))
            self._keys[-1] = None
        else:
            self._keys[-1] = self._new_key(node, event)

    def _new_key(self, node: Node, event: NodeEvent) -> ScalarNode:
        if not isinstance(node, ScalarNode):
            raise self._refusal(event, "a key must be a single word or number")
        seen = self._seen[-1]
        if node.value in seen:
            raise self._refusal(
                event, f"the key '{node.value}' stands twice (first on line {seen[node.value]})"
            )
        seen[node.value] = node.line
        return node

    def _refusal(self, event: Event, message: str) -> PlacedError:
        mark = event.start_mark
        return PlacedError(message, file=self.file, line=mark.line + 1, column=mark.column + 1)


def _scalar(text: str) -> Scalar:
    """The value of a plain scalar by YAML 1.2's core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= LONGEST_NUMBER:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
    return text
