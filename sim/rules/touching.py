"""What a process reads, writes and draws, known from its text and from that of all that it calls.

A rule says so itself (`sim.rules.text`). A process in columns of numpy is read in the same spirit: what is done to
`state[Schools].learning`, or to `schools.learning` where `schools` is `state[Schools]` or an argument annotated as `Schools`.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from types import FunctionType
from typing import Any

from sim.rules.rule import Formula, Rule

Column = tuple[Any, str]  # a table's class, and the name of a column
PLUGGED_IN = "kompetansesim_plugin_"
"""How the modules of plug-ins are called."""

DRAWN = ("uniform", "normal", "happens")  # methods of the draws whose first argument names the decision


@dataclass
class Touched:
    """What one function, or all that a process calls, touches.

    Attributes
    ----------
    reads, writes : set of (table, column)
    luck : set of (decision, place)
        Names of decisions whose luck is drawn, and the function that draws.
    rearranges : bool
        Whether it puts whole tables in the place of others, whichever they are: when borders change.
    """

    reads: set[Column] = field(default_factory=set)
    writes: set[Column] = field(default_factory=set)
    luck: set[tuple[str, str]] = field(default_factory=set)
    rearranges: bool = False

    def add(self, other: Touched) -> None:
        """Add what another touches."""
        self.reads |= other.reads
        self.writes |= other.writes
        self.luck |= other.luck
        self.rearranges |= other.rearranges


def touched(function: Callable[..., Any]) -> Touched:
    """What a process touches, with all that it calls."""
    found = Touched()
    for one in _reached(function, set()):
        found.add(_own(one))
    return found


def _reached(function: Any, seen: set[Any]) -> Iterator[Any]:
    """A function and all of the package that it names, each once."""
    if function in seen:
        return
    seen.add(function)
    yield function
    if isinstance(function, FunctionType):
        for name in sorted(_names(function.__code__)):
            other = function.__globals__.get(name)
            ours = isinstance(other, FunctionType) and other.__module__.startswith(
                ("sim.", "tests.", PLUGGED_IN)
            )
            if ours or isinstance(other, (Rule, Formula)):
                yield from _reached(other, seen)
            elif inspect.ismodule(other):
                for attribute in sorted(_names(function.__code__)):
                    member = getattr(other, attribute, None)
                    if isinstance(member, (Rule, Formula)) or (
                        isinstance(member, FunctionType) and member.__module__ == other.__name__
                        and other.__name__.startswith("sim.")
                    ):  # fmt: skip
                        yield from _reached(member, seen)


def _is_table(kind: Any) -> bool:
    return hasattr(kind, "columns") and hasattr(kind, "entity")


def _names(code: Any) -> set[str]:
    """Names that a code object and those within it look up."""
    return set(code.co_names).union(*(_names(c) for c in code.co_consts if hasattr(c, "co_names")))


@cache
def _own(function: Any) -> Touched:
    """What one function touches itself."""
    if isinstance(function, Rule):
        written, found = function.written, Touched()
        for which, noted in ((found.reads, written.reads), (found.writes, written.writes)):
            which |= {
                (written.arguments[a].hint, column) for a, column in noted if written.arguments[a].is_table
            }
        found.luck = {(name, function.name) for name in function.luck}
        return found
    if isinstance(function, Formula):
        return Touched()  # what it touches, the rule that calls it has noted
    reader = _Reader(function)
    reader.visit(ast.parse(textwrap.dedent(inspect.getsource(function))))
    return reader.found


class _Reader(ast.NodeVisitor):
    """Reads one function in numpy."""

    def __init__(self, function: FunctionType) -> None:
        self.function = function
        self.found = Touched()
        hints = typing.get_type_hints(function)
        self.tables: dict[str, Any] = {name: hint for name, hint in hints.items() if _is_table(hint)}

    def _table(self, node: ast.expr) -> Any:
        """The table that an expression is, if it is one."""
        if isinstance(node, ast.Name):
            return self.tables.get(node.id)
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and isinstance(node.slice, ast.Name)
        ):
            kind = self.function.__globals__.get(node.slice.id)
            return kind if _is_table(kind) else None
        return None

    def _column(self, node: ast.expr) -> Column | None:
        while isinstance(node, ast.Subscript) and self._table(node) is None:
            node = node.value
        if isinstance(node, ast.Attribute):
            table = self._table(node.value)
            if table is not None and node.attr in table.columns():
                return table, node.attr
        return None

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for to, value in pairs:
                if isinstance(to, ast.Name) and (table := self._table(value)) is not None:
                    self.tables[to.id] = table
                else:
                    self._written(to)
        self.visit(node.value)

    def visit_For(self, node: ast.For) -> None:
        """A loop over columns: what is done to the one at hand is done to them all."""
        columns = [c for c in map(self._column, getattr(node.iter, "elts", [])) if c is not None]
        if columns and isinstance(node.target, ast.Name):
            name = node.target.id
            self.found.reads |= set(columns)
            for one in ast.walk(node):
                if (
                    isinstance(one, ast.Subscript)
                    and isinstance(one.ctx, ast.Store)
                    and ast.unparse(one.value) == name
                ):
                    self.found.writes |= set(columns)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._written(node.target)
        column = self._column(node.target)
        if column is not None:
            self.found.reads.add(column)
        self.visit(node.value)

    def _written(self, target: ast.expr) -> None:
        if (table := self._table(target)) is not None and isinstance(target, ast.Subscript):
            self.found.writes |= {(table, name) for name in table.columns()}
            return
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Call):
            self.found.rearranges |= ast.unparse(target.slice.func) == "type"
        column = self._column(target)
        if column is not None:
            self.found.writes.add(column)
            for index in ast.walk(target):
                if isinstance(index, ast.Subscript):
                    self.visit(index.slice)
        else:
            self.visit(target)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        column = self._column(node)
        if column is not None:
            self.found.reads.add(column)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in DRAWN and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                self.found.luck.add((name.value, f"{self.function.__module__}.{self.function.__qualname__}"))
        changed = [k.value for k in node.keywords if k.arg == "out"]
        if isinstance(node.func, ast.Attribute) and node.func.attr == "at" and node.args:
            changed.append(node.args[0])  # np.add.at
        for one in changed:
            column = self._column(one)
            if column is not None:
                self.found.writes.add(column)
        self.generic_visit(node)
