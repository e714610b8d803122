"""What a rule or a formula says, read from its text: what it reads and writes, what luck it has, and the same text with every
table, parameter group and luck taken apart into plain arguments, as a compiler wants it.

`schools.learning` becomes an argument `schools__learning`, `c.half_life` a number `c__half_life`, `leaves.uniform(id)` a call
with a key that is made at the head of a rule, of the moment's key and the decision's name; a formula that is handed a table, a
group or luck gets what it uses of it. Members of enums and
whole constants of the module stand in the text as numbers. The docstring, comments and annotations are left out, so that words
can be mended without compiling anew.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import linecache
import textwrap
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from functools import cache, cached_property
from types import BuiltinFunctionType, CodeType, ModuleType
from typing import Any

import numpy as np

from sim.errors import InputError

DEFERRED = annotations.compiler_flag
"""Of a module whose annotations are not looked at as it is loaded."""

Owner = tuple[str, str]  # a table's, group's or luck's argument, and what of it is used


@dataclass(frozen=True)
class Argument:
    """One argument as it is written: a table, a parameter group, luck, or anything else that is handed in.

    Attributes
    ----------
    hint : type or None
        The annotation, without what `Annotated` adds.
    names : tuple
        What `Annotated` adds: of luck the decision, and how many numbers each identity has.
    """

    name: str
    hint: Any
    names: tuple[Any, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it is a table of the state: its columns are taken."""
        return hasattr(self.hint, "columns") and hasattr(self.hint, "entity")

    @property
    def is_group(self) -> bool:
        """Whether it is a group of parameters: its fields are taken."""
        return hasattr(self.hint, "declarations")

    @property
    def is_luck(self) -> bool:
        """Whether it is named luck."""
        return hasattr(self.hint, "ASKED")

    @property
    def taken_apart(self) -> bool:
        """Whether it is not handed in as it is."""
        return self.is_table or self.is_group or self.is_luck


@dataclass
class Written:
    """A function's text, taken apart.

    Attributes
    ----------
    arguments : dict of Argument
        As written, in order.
    used : dict from argument to list of str
        What is used of each table, group and luck, in the order in which the text comes to it.
    reads, writes : set of (argument, column)
        Columns of tables and arrays handed in (column "") that the text looks at, and that it changes.
    calls : dict
        Formulas that it calls, by name.
    """

    name: str
    arguments: dict[str, Argument]
    used: dict[str, list[str]]
    reads: set[Owner]
    writes: set[Owner]
    calls: dict[str, Any]
    given: dict[str, Any] = field(repr=False)
    text: str = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """A name that changes with the text and with all that it calls."""
        parts = [self.text, *(f"{name}={one.written.digest}" for name, one in sorted(self.calls.items()))]
        parts += [f"{name}={_known_as(one)}" for name, one in sorted(self.given.items())]
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=10).hexdigest()

    def flat(self) -> Iterator[tuple[Argument, str]]:
        """The arguments of the text taken apart, in order: whose, and what of it ("" for one handed in as it is).

        All named luck has one, the moment's key.
        """
        for argument in self.drawn()[:1]:
            yield Argument("luck", argument.hint), "moment"
        for name, argument in self.arguments.items():
            if argument.names:
                continue
            if argument.taken_apart:
                for attribute in self.used[name]:
                    yield argument, attribute
            else:
                yield argument, ""

    def drawn(self) -> list[Argument]:
        """The named luck that is used."""
        return [argument for name, argument in self.arguments.items() if argument.names and self.used[name]]

    def in_order(self, names: list[str]) -> Written:
        """The same text with its flat arguments in another order."""
        _, body = self.text.split("\n", 1)
        return replace(self, text=f"def {self.name}({', '.join(names)}):\n{body}")

    def callables(self) -> Iterator[Any]:
        """All formulas that it calls, at whatever depth."""
        for one in self.calls.values():
            yield one
            yield from one.written.callables()


def read(function: Callable[..., Any]) -> Written:
    """Take a function's text apart.

    Raises
    ------
    TypeError
        If the text says something that cannot be compiled or followed; with the place.
    InputError
        If it is no longer the text that the function was made of.
    """
    tree = _parsed(function)
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef):
        raise TypeError(f"{function.__qualname__}: a rule is an ordinary function")
    arguments = arguments_of(function)
    apart = _Apart(function, arguments)
    if ast.get_docstring(definition) is not None:
        definition.body = definition.body[1:] or [ast.Pass()]
    definition.body = [apart.visit(statement) for statement in definition.body]
    for length, owner in apart.lengths:
        used = apart.used[owner] or [next(iter(arguments[owner].hint.columns()))]
        length.id = apart.use(owner, used[0], length)
    written = Written(
        function.__name__, arguments, apart.used, apart.reads, apart.writes, apart.calls, apart.given, ""
    )
    for one in written.drawn():
        within, number = one.hint.WITHIN, one.hint.number(one.names[0])
        begun = f"{one.name}__key = {within.__name__}(luck__moment, {number})"
        definition.body[:0] = ast.parse(begun).body
        written.calls[within.__name__] = within
    definition.decorator_list = []
    definition.returns = None
    flat = [f"{a.name}__{attribute}" if attribute else a.name for a, attribute in written.flat()]
    if any(a.taken_apart for a in arguments.values()) or definition.args.kwonlyargs:
        definition.args = ast.arguments([], [ast.arg(name) for name in flat], None, [], [], None, [])
    else:
        for given in definition.args.args:
            given.annotation = None
    written.text = ast.unparse(tree) + "\n"
    return written


def _parsed(function: Callable[..., Any]) -> ast.Module:
    """A function's text, which must be its own: its file may have been edited since it was loaded."""
    code = function.__code__
    linecache.checkcache(code.co_filename)
    lines = linecache.getlines(code.co_filename, function.__globals__)
    first, text = code.co_firstlineno, "".join(lines)
    made = _made_of(text, code.co_flags & DEFERRED).get(first, [])
    if not any(_meaning(one) == _meaning(code) for one in made):
        raise InputError(
            f"{function.__name__}: its text has been edited since it was loaded; start anew",
            file=code.co_filename, line=first,
        )  # fmt: skip
    return ast.parse(textwrap.dedent("".join(lines[first - 1 : _last_lines(text)[first]])))


@cache
def _made_of(text: str, flags: int) -> dict[int, list[CodeType]]:
    """The code of all functions of a module's text, by their first lines; none if it is no Python."""
    found: dict[int, list[CodeType]] = {}
    try:
        waiting = [compile(text, "", "exec", flags, dont_inherit=True)]
    except (SyntaxError, ValueError):
        return found
    while waiting:
        code = waiting.pop()
        found.setdefault(code.co_firstlineno, []).append(code)
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
    return found


def _meaning(code: CodeType) -> tuple[Any, ...]:
    """What a function's code does, wherever it stands."""
    within = [
        _meaning(one) if isinstance(one, CodeType)
        else sorted(map(repr, one)) if isinstance(one, frozenset)  # it has no order
        else repr(one)
        for one in code.co_consts
    ]  # fmt: skip
    return (code.co_name, code.co_varnames, code.co_names, code.co_code, within)


def arguments_of(function: Callable[..., Any]) -> dict[str, Argument]:
    """A function's arguments as it is written, in order."""
    hints = typing.get_type_hints(function, include_extras=True)
    code, arguments = function.__code__, {}
    for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
        hint: Any = hints.get(name)
        named = hasattr(getattr(hint, "__origin__", None), "ASKED")  # luck with names
        arguments[name] = Argument(name, *((hint.__origin__, hint.__metadata__) if named else (hint,)))
    return arguments


@cache
def _last_lines(text: str) -> dict[int, int]:
    """The last line of each function in a module's text, by its first, which is that of its first decorator."""
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.Lambda))
    return {_first_line(node): node.end_lineno or node.lineno for node in functions}


def _first_line(node: ast.FunctionDef | ast.Lambda) -> int:
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return min([node.lineno, *(one.lineno for one in decorators)])


class _Apart(ast.NodeTransformer):
    """Rewrites a function's body, and notes what it comes across."""

    def __init__(self, function: Callable[..., Any], arguments: dict[str, Argument]) -> None:
        self.function = function
        self.arguments = arguments
        self.used: dict[str, list[str]] = {name: [] for name, a in arguments.items() if a.taken_apart}
        self.reads: set[Owner] = set()
        self.writes: set[Owner] = set()
        self.calls: dict[str, Any] = {}
        self.given: dict[str, Any] = {}
        self.aliases: dict[str, Owner] = {}
        self.lengths: list[tuple[ast.Name, str]] = []  # of tables, as long as any column that is used
        code = function.__code__
        self.locals = {*code.co_varnames, *code.co_cellvars}

    def wrong(self, node: ast.AST, words: str) -> TypeError:
        """The error, with its place."""
        line = self.function.__code__.co_firstlineno + getattr(node, "lineno", 1) - 1
        return TypeError(f"{self.function.__code__.co_filename}:{line}: {self.function.__name__}: {words}")

    # --- names ---

    def use(self, owner: str, attribute: str, node: ast.AST) -> str:
        argument = self.arguments[owner]
        if argument.is_table:
            known = attribute in argument.hint.columns()
        elif argument.is_group:
            known = any(d.field == attribute for d in argument.hint.declarations())
        else:
            known = attribute == "key"
        if not known:
            raise self.wrong(node, f"{argument.hint.__name__} has no '{attribute}'")
        if attribute not in self.used[owner]:
            self.used[owner].append(attribute)
        return f"{owner}__{attribute}"

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name):
            name = node.value.id
            if name in self.used:
                flat = self.use(name, node.attr, node)
                if self.arguments[name].is_table and isinstance(node.ctx, ast.Load):
                    self.reads.add((name, node.attr))
                elif not isinstance(node.ctx, ast.Load):
                    raise self.wrong(node, f"{name}.{node.attr} is changed as a whole; change it row by row")
                return ast.Name(flat, ast.Load())
            found = self._global(name)
            if isinstance(found, type) and issubclass(found, Enum):
                return ast.Constant(as_number(found[node.attr]))
            if isinstance(found, ModuleType):
                self.given[name] = found
                return node
        return typing.cast("ast.expr", self.generic_visit(node))

    def _global(self, name: str) -> Any:
        if name in self.locals:
            return None
        return self.function.__globals__.get(name)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        name = node.id
        if name in self.used:
            raise self.wrong(node, f"'{name}' stands alone; name what of it is meant")
        if name in self.arguments and isinstance(node.ctx, ast.Load):
            self.reads.add((name, ""))
        if name in self.locals or isinstance(node.ctx, ast.Store):
            return node
        if name not in self.function.__globals__:
            if not hasattr(builtins, name):
                raise self.wrong(node, f"'{name}' is not known")
            return node
        found = self.function.__globals__[name]
        if isinstance(found, (bool, int, float, Enum)):
            return ast.Constant(as_number(found))
        if hasattr(found, "written"):
            self.calls[name] = found
        elif isinstance(found, (BuiltinFunctionType, ModuleType, np.number)):
            self.given[name] = found
        else:
            raise self.wrong(node, f"'{name}' is neither a number nor a formula: {type(found).__name__}")
        return node

    # --- what is called with a table, a group or luck ---

    def visit_Call(self, node: ast.Call) -> ast.expr:
        function = node.func
        if isinstance(function, ast.Name) and function.id == "len" and len(node.args) == 1:
            of = node.args[0]
            if isinstance(of, ast.Name) and of.id in self.used:
                self.lengths.append((length := ast.Name("", ast.Load()), of.id))
                node.args = [length]
                return node
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            owner = function.value.id
            if owner in self.used and self.arguments[owner].is_luck:
                return self._asked(node, owner, function.attr)
        if isinstance(function, ast.Name):
            found = self._global(function.id)
            if hasattr(found, "written"):
                return self._handed_on(node, function.id, found)
        return typing.cast("ast.expr", self.generic_visit(node))

    def _asked(self, node: ast.Call, owner: str, what: str) -> ast.expr:
        asked = self.arguments[owner].hint.ASKED
        if what not in asked:
            raise self.wrong(node, f"luck has no '{what}'")
        formula, n_arguments = asked[what]
        name = formula.__name__
        self.calls[name] = formula
        key = ast.Name(self.use(owner, "key", node), ast.Load())
        handed = [typing.cast("ast.expr", self.visit(one)) for one in node.args]
        for one in formula.written.writes:
            self._write_to(node.args[list(formula.written.arguments).index(one[0]) - 1])
        which = [ast.Constant(0)] if len(handed) == n_arguments else []
        declared = self.arguments[owner].names
        if (
            declared
            and isinstance(last := [*handed, *which][-1], ast.Constant)
            and last.value >= (*declared, 1)[1]
        ):
            raise self.wrong(node, f"'{owner}' has no number {last.value!r}")
        return ast.Call(ast.Name(name, ast.Load()), [key, *handed, *which], [])

    def _handed_on(self, node: ast.Call, name: str, formula: Any) -> ast.expr:
        written: Written = formula.written
        self.calls[name] = formula
        names = list(written.arguments)
        if len(node.args) > len(names):
            raise self.wrong(node, f"{name} takes {len(names)} arguments")
        handed = dict(zip(names, node.args, strict=False)) | {k.arg: k.value for k in node.keywords if k.arg}
        flat: list[ast.expr] = []
        for wanted, argument in written.arguments.items():
            if wanted not in handed:
                if not any(one.taken_apart for one in written.arguments.values()):
                    break  # values of its own; the compiler says if one is missing
                raise self.wrong(node, f"{name} lacks '{wanted}'")
            if argument.taken_apart:
                flat += self._whole(node, handed[wanted], argument, written)
            else:
                if (wanted, "") in written.writes:
                    self._write_to(handed[wanted])
                flat.append(typing.cast("ast.expr", self.visit(handed[wanted])))
        return ast.Call(ast.Name(name, ast.Load()), flat, [])

    def _whole(self, node: ast.Call, given: ast.expr, wanted: Argument, written: Written) -> list[ast.expr]:
        """A table, group or luck handed on: what the formula uses of it."""
        if not isinstance(given, ast.Name) or given.id not in self.used:
            raise self.wrong(node, f"'{wanted.name}' must be a table, a group or luck by its name")
        own = self.arguments[given.id]
        if own.hint is not wanted.hint:
            raise self.wrong(node, f"'{wanted.name}' is a {wanted.hint.__name__}, '{given.id}' is not")
        if own.is_table:
            self.reads |= {(given.id, column) for name, column in written.reads if name == wanted.name}
            self.writes |= {(given.id, column) for name, column in written.writes if name == wanted.name}
        return [ast.Name(self.use(given.id, what, node), ast.Load()) for what in written.used[wanted.name]]

    # --- what is written ---

    def _write_to(self, target: ast.expr) -> None:
        owner = self._column(target)
        if owner is not None:
            self.writes.add(owner)

    def _column(self, node: ast.expr) -> Owner | None:
        """The column or array that an expression is (a part of), if it is one; views of it count."""
        while isinstance(node, ast.Subscript):
            node = node.value
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return (node.value.id, node.attr) if node.value.id in self.used else None
        if isinstance(node, ast.Name):
            if node.id in self.aliases:
                return self.aliases[node.id]
            if node.id in self.arguments and node.id not in self.used:
                return node.id, ""
            if "__" in node.id:  # taken apart already
                owner, _, attribute = node.id.partition("__")
                return (owner, attribute) if owner in self.used else None
        return None

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple):
                values = (
                    node.value.elts if isinstance(node.value, ast.Tuple) else [node.value] * len(target.elts)
                )
                pairs = list(zip(target.elts, values, strict=False))
            for to, value in pairs:
                if isinstance(to, ast.Name):
                    column = self._column(value)
                    if column is not None:
                        self.aliases[to.id] = column
                elif isinstance(to, ast.Subscript):
                    self._write_to(to)
        return self._assigned(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        if isinstance(node.target, ast.Subscript):
            self._write_to(node.target)
            column = self._column(node.target)
            if column is not None:
                self.reads.add(column)
        return self._assigned(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is None:
            return ast.Pass()
        return self.visit_Assign(ast.copy_location(ast.Assign([node.target], node.value), node))

    def _assigned(self, node: ast.Assign | ast.AugAssign) -> ast.stmt:
        """Visit both sides; writing to a column's rows is not reading it."""
        before = set(self.reads)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        visited = [self.visit(target) for target in targets]
        written = {c for t in targets if isinstance(t, ast.Subscript) and (c := self._column(t)) is not None}
        if isinstance(node, ast.Assign):
            self.reads -= written - before
            node.targets = visited
        else:
            node.target = visited[0]
        node.value = self.visit(node.value)
        return node


def _known_as(one: Any) -> str:
    """What a digest knows a number, a module or a library's function by."""
    if isinstance(one, np.number):
        return f"{type(one).__name__}({one})"
    return f"{getattr(one, '__module__', '')}.{one.__name__}"


def as_number(value: Any) -> int | float | bool:
    """An enum's member as compiled code has it: its number, or its place among the members of an enum of words."""
    if isinstance(value, StrEnum):
        return type(value)._member_names_.index(value.name)
    if isinstance(value, Enum):
        return int(value.value)
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    return value if isinstance(value, (int, float)) else value.item()
