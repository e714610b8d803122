"""Rules and formulas: written once, agent by agent, and compiled.

A *rule* goes through agents one by one and changes columns in place:

    @rule
    def grow(schools: Schools, c: Classroom) -> None:
        for s in range(len(schools)):
            target = community_called_for(schools.leadership[s], schools.teacher_turnover[s], schools.involvement[s], c)
            schools.community[s] += c.community_follows / 2 * (target - schools.community[s])

It is called like any process, `grow(state, p, draw)`: tables come from the state, parameter groups from the parameters, named
luck (`Annotated[Luck, "teacher leaves"]`) from the draw. What else it takes is handed in by name. A *formula* is a function of
numbers that can be checked on paper; called from Python it is just that.

A rule's text is taken apart (`sim.rules.text`), compiled by numba and kept on disk under a name that changes with the text and
with all that it calls (`sim.rules.keeping`), so that an edit always counts. Under a state that is `plain` the same text is
played by Python itself, line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial, update_wrapper
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np

from sim.arrays import AnyArray, Bools, Codes, Floats, Grid, Ints, Key, WholeGrid
from sim.rules import keeping
from sim.rules.text import Argument, Written, arguments_of, as_number, read

R = TypeVar("R")
P = ParamSpec("P")

HANDED_IN: dict[Any, str] = {
    float: "float64", int: "int64", bool: "boolean", Floats: "float64[::1]", Ints: "int64[::1]", Bools: "boolean[::1]",
    Codes: "int8[::1]", Grid: "float64[:, ::1]", WholeGrid: "int64[:, ::1]", Key: "uint64",
}  # fmt: skip
"""The compiler's names of what is handed in as it is, by annotation."""

Taken = tuple[Any, Callable[[Any], Any], bool]
"""A table's or group's class, what takes attributes of one, and whether these are several."""

RULES: list[Rule[Any]] = []
"""Every rule declared in this process, in the order of declaration."""

ALWAYS: list[AlwaysCompiled[Any, Any]] = []
"""Every formula that is always compiled."""


class Formula(Generic[P, R]):
    """A function of numbers (and of columns, parameters and luck handed on) that rules call.

    Attributes
    ----------
    function : callable
        The function as it is written; calling the formula from Python calls it.
    """

    def __init__(self, function: Callable[P, R]) -> None:
        self.function = function
        update_wrapper(self, function)
        keeping.declared(self.name, function)

    @property
    def name(self) -> str:
        """Module and name."""
        return f"{self.function.__module__}.{self.function.__qualname__}"

    @cached_property
    def written(self) -> Written:
        """What its text says."""
        return read(self.function)

    @cached_property
    def inlined(self) -> Any:
        """The compiled form for callers that are compiled."""
        of_any = any(argument.hint is Any for argument in self.written.arguments.values())
        return keeping.to_be_compiled(self.written, None if of_any else self._signature)

    @property
    def _signature(self) -> str:
        return keeping.signature([type_name(one, what) for one, what in self.written.flat()])

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the function gives."""
        return self.function(*args, **kwargs)

    def of_columns(self, *args: Any) -> Any:
        """What it gives for whole columns in place of numbers, if its text is of operators and numpy's functions alone."""
        with np.errstate(divide="ignore", invalid="ignore"):  # as in compiled code: undefined is NaN
            return cast("Callable[..., Any]", self.function)(*args)


class AlwaysCompiled(Formula[P, R]):
    """A formula whose text is not for Python to play; its arguments are arrays and numbers."""

    def __init__(self, function: Callable[P, R]) -> None:
        super().__init__(function)
        ALWAYS.append(self)

    @cached_property
    def _machine(self) -> Callable[P, R]:
        return cast("Callable[P, R]", keeping.taken(self.name) or keeping.kept(self.written, self._signature))

    def reading(self) -> keeping.Reading:
        """What its calls need to know of its text."""
        return keeping.Reading((), (), self._signature, keeping.code_of(self.written))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the compiled function gives."""
        return self._machine(*args, **kwargs)


class Rule(Generic[R]):
    """A process, or a part of one, written agent by agent; see the head of this module."""

    def __init__(self, function: Callable[..., R]) -> None:
        self.function = function
        update_wrapper(self, function)
        if keeping.declared(self.name, function):
            RULES[:] = [one for one in RULES if one.name != self.name]
        RULES.append(self)

    @cached_property
    def written(self) -> Written:
        """What its text says."""
        return read(self.function)

    @property
    def name(self) -> str:
        """Module and name."""
        return f"{self.function.__module__}.{self.function.__qualname__}"

    @cached_property
    def _machine(self) -> Callable[..., R]:
        return cast(
            "Callable[..., R]", keeping.taken(self.name) or keeping.kept(self._reordered, self._signature)
        )

    @property
    def _signature(self) -> str:
        return keeping.signature([type_name(argument, what) for argument, what in self._in_order])

    def reading(self) -> keeping.Reading:
        """What its calls need to know of its text."""
        flat = tuple((argument.name, what) for argument, what in self._in_order)
        return keeping.Reading(flat, self.luck, self._signature, keeping.code_of(self._reordered))

    @cached_property
    def _unchecked(self) -> Callable[..., R]:
        """The same for arrays of the types that it takes, as tables' columns always are: it does not look, and begins sooner."""
        (compiled,) = self._machine.overloads.values()  # type: ignore[attr-defined]  # numba has no types
        return cast("Callable[..., R]", compiled.entry_point)

    @cached_property
    def _in_order(self) -> list[tuple[Argument, str]]:
        """The flat arguments: columns, then parameters, then the moment's key, then what is handed in."""
        known = keeping.known(self.name)
        if known is None:
            return sorted(self.written.flat(), key=lambda one: _place(one[0]))
        arguments = arguments_of(self.function)
        lucky = next((one for one in arguments.values() if one.is_luck), None)  # whose moment's key it is
        return [(cast("Argument", arguments.get(name, lucky)), what) for name, what in known.flat]

    @cached_property
    def _reordered(self) -> Written:
        return self.written.in_order([f"{a.name}__{what}" if what else a.name for a, what in self._in_order])

    @cached_property
    def _columns(self) -> list[Taken]:
        columns = [(a.hint, what) for a, what in self._in_order if a.is_table]
        for table, _ in columns:
            table.taken_by.add(self)
        return taken_together(columns)

    @cached_property
    def _fields(self) -> list[Taken]:
        fields = [(a.hint, what) for a, what in self._in_order if a.is_group]
        for group, _ in fields:
            group.taken_by.add(self)
        return taken_together(fields)

    @cached_property
    def _words(self) -> list[int]:
        """Places of the parameters that are words or several numbers."""
        fields = [_declared(a, what) for a, what in self._in_order if a.is_group]
        return [k for k, d in enumerate(fields) if d.item or d.kind not in (float, int, bool)]

    def _values(self, p: Any) -> tuple[int | float | bool | AnyArray, ...]:
        """The parameters that it takes."""
        values: list[Any] = []
        for group, take, several in self._fields:
            found = take(p[group])
            values += found if several else (found,)
        for place in self._words:
            values[place] = _plain_number(values[place])
        return tuple(values)

    @cached_property
    def luck(self) -> tuple[str, ...]:
        """The decisions whose luck it draws."""
        known = keeping.known(self.name)
        return tuple(argument.names[0] for argument in self.written.drawn()) if known is None else known.luck

    @cached_property
    def _given(self) -> list[tuple[str, Any, int]]:
        """Names of what is handed in, and of arrays the kind of their numbers, and how many axes they have."""
        given = [a for a, _ in self._in_order if not a.taken_apart]
        names = [(a.name, HANDED_IN[a.hint].partition("[")) for a in given]
        return [
            (name, np.dtype(kind.replace("boolean", "bool")) if array else None, axes.count(":") - 1)
            for name, (kind, array, axes) in names
        ]

    def __call__(self, state: Any, p: Any, draw: Any = None, **given: Any) -> R:
        """Play the rule.

        Parameters
        ----------
        state, p, draw
            The world, the parameters, the draws of the moment; a rule without parameters or luck does without them.
        given
            What else it takes, by name.
        """
        if state.plain or (draw is not None and draw.told):
            return self._line_by_line(state, p, draw, given)
        if state.p is not p and self._fields:
            state.turn_to(p)
        play: partial[R] | None = state.bound.get(self)
        if play is None:
            play = state.bound[self] = self._bind(state, p)
        if not given:
            return play(draw.moment) if self.luck else play()
        others, known = [draw.moment] if self.luck else [], True
        for name, kind, axes in self._given:
            value = given[name]
            others.append(value)
            if kind is not None:
                known = known and value.dtype == kind and value.ndim == axes and value.flags.c_contiguous
        return play(*others) if known else self._machine(*play.args, *others)

    def _bind(self, state: Any, p: Any) -> partial[R]:
        """The compiled rule with what it takes now of columns and parameters as the first of its arguments."""
        columns = state.columns.get(self)
        if columns is None:
            columns = state.columns[self] = state.columns_for(self._columns)
        values: Any = p.bound.get(self) if self._fields else ()
        if values is None:
            values = p.bound[self] = self._values(p)
        return partial(self._unchecked, *columns, *values)

    def _line_by_line(self, state: Any, p: Any, draw: Any, given: dict[str, Any]) -> R:
        handed = dict(given)
        for name, argument in self.written.arguments.items():
            if argument.is_table:
                handed[name] = state[argument.hint]
            elif argument.is_group:
                handed[name] = p[argument.hint]
            elif argument.is_luck:
                handed[name] = draw.luck(argument.names[0])
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.function(**handed)

    def is_kept(self) -> bool:
        """Whether it has been compiled, here or elsewhere on this machine, and kept."""
        return keeping.is_kept(self._reordered)

    def compile(self) -> None:
        """Compile it, or take it from where it is kept."""
        _ = self._machine


def taken_together(wanted: Iterable[tuple[Any, str]]) -> list[Taken]:
    """Attributes of several tables or groups, those of one that stand beside each other taken in one go."""
    together = groupby(wanted, key=lambda one: one[0])
    names = [(kind, [name for _, name in those]) for kind, those in together]
    return [(kind, attrgetter(*those), len(those) > 1) for kind, those in names]


def rule(function: Callable[..., R]) -> Rule[R]:
    """Declare a rule."""
    return Rule(function)


def formula(function: Callable[P, R]) -> Formula[P, R]:
    """Declare a formula."""
    return Formula(function)


def always_compiled(function: Callable[P, R]) -> AlwaysCompiled[P, R]:
    """Declare a formula that Python never plays itself."""
    return AlwaysCompiled(function)


def type_name(argument: Argument, what: str) -> str:
    """The compiler's name for the type of a flat argument.

    Raises
    ------
    TypeError
        If it has none.
    """
    if argument.is_table:
        declared = argument.hint.columns()[what]
        kind = np.dtype(declared.dtype)
        if kind.kind not in "fibu":
            raise TypeError(f"{argument.hint.__name__}.{what}: a rule can't use words")
        word = "boolean" if kind.kind == "b" else kind.name
        return f"{word}[{', '.join([':'] * len(declared.shape) + ['::1'])}]"
    if argument.is_group:
        declared = _declared(argument, what)
        kind = declared.item or declared.kind
        word = "float64" if kind is float else "boolean" if kind is bool else "int64"
        return f"{word}[::1]" if declared.item else word
    if argument.is_luck:
        return HANDED_IN[Key]
    if argument.hint in HANDED_IN:
        return HANDED_IN[argument.hint]
    raise TypeError(
        f"'{argument.name}': annotate it as one of the kinds that can be handed in, not {argument.hint}"
    )


def _declared(argument: Argument, what: str) -> Any:
    """The declaration of a parameter."""
    return next(d for d in argument.hint.declarations() if d.field == what)


def _place(argument: Argument) -> int:
    return [argument.is_table, argument.is_group, argument.is_luck, True].index(True)


def _plain_number(value: Any) -> int | float | bool | AnyArray:
    """A parameter as compiled code has it."""
    if isinstance(value, tuple):
        return np.array([as_number(one) for one in value])
    return as_number(value)
