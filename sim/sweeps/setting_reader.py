"""Reading plain settings off a YAML tree: words, numbers, years, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from numbers import Integral, Real

from sim.scenario_files.faults import nearest
from sim.scenario_files.tree_reader import TreeReader
from sim.scenario_files.values import year_in_words
from sim.scenario_files.yaml_tree import ListNode, MapNode, Node, ScalarNode, as_python
from sim.settings import check_number

MOST = 10_000_000  # worlds or draws


class SettingReader(TreeReader):
    """A reader that knows plain settings."""

    def items(self, found: Mapping[str, Node], key: str) -> list[Node]:
        """What stands in a list behind a key; a single word is a list of one."""
        node = found.get(key)
        if isinstance(node, MapNode):
            self.fault(node, f"{key}: expected a list")
        if isinstance(node, ScalarNode):
            return [node]
        return node.items if isinstance(node, ListNode) else []

    def entries_of(self, found: Mapping[str, Node], key: str) -> list[tuple[ScalarNode, Node]]:
        """Keys and values of the mapping behind a key; none if it is not there."""
        return self.entries(found[key], key) if key in found else []

    def word(self, node: Node, key: str, known: Sequence[str]) -> str | None:
        """One of some words."""
        said = as_python(node)
        if said in known:
            return str(said)
        self.fault(
            node, f"{key}: expected one of {', '.join(known)}, got {said!r}{nearest(str(said), known)}", key
        )
        return None

    def whole(self, node: Node, key: str, low: int, high: int) -> int | None:
        """A whole number."""
        value = as_python(node)
        before = len(self.errors)
        self.attempt(node, partial(check_number, key, value, Integral, low, high))
        return value if len(self.errors) == before and isinstance(value, int) else None

    def whole_numbers(
        self, found: Mapping[str, Node], bounds: Mapping[str, tuple[int, int]]
    ) -> dict[str, int]:
        """The whole numbers that are given, by key."""
        read = {key: self.whole(found[key], key, *ends) for key, ends in bounds.items() if key in found}
        return {key: value for key, value in read.items() if value is not None}

    def shares(self, found: Mapping[str, Node], highest: Mapping[str, float]) -> dict[str, float]:
        """The numbers above 0 that are given, by key."""
        given = {}
        for key, high in highest.items():
            if key in found:
                value = as_python(found[key])
                before = len(self.errors)
                self.attempt(found[key], partial(check_number, key, value, Real, 0, high))
                if len(self.errors) == before and isinstance(value, (int, float)):
                    given[key] = float(value)
        return given

    def year_in(self, node: Node, text: str) -> int | None:
        """A calendar year that is part of a word."""
        return self.attempt(node, partial(year_in_words, text))
