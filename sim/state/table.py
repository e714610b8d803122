"""State is kept in tables: one class per kind of thing, one array per column, every column declared once.

    class Schools(Table, entity="schools"):
        id: Ints = column(np.int64, unit="id", meaning="identity, never used again")
        fatigue: Floats = column(unit="share", meaning="...", low=0, high=1)

*id* is who somebody is, for ever; *row* is where they stand in the table now. A table of a scheme can hang more columns
on an entity that exists already: `class FollowUpSchools(Table, per="schools")` has a row for each school.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

import numpy as np
import numpy.typing as npt

from sim.arrays import AnyArray, Floats, Ints
from sim.state.bounds import within

LARGEST = 1e12  # of any number of a world without a narrower bound: no sum of kroner comes near it
NONE: Mapping[str, int] = {}


class Merger(StrEnum):
    """What becomes of a column when units merge (and, read backwards, when one splits)."""

    SUM = "sum"  # added up; a split shares it out by weight
    MEAN = "mean"  # mean weighted by pupils; a split copies it
    LARGEST = "largest"  # the value of the unit with most pupils
    ANY = "any"  # true if true for one of them
    MAX = "max"
    MIN = "min"


@dataclass(frozen=True)
class Column:
    """The declaration of one column.

    Attributes
    ----------
    refers : str or None
        Entity whose rows the values are (-1 for none); re-pointed when that entity's rows change.
    shape : tuple of int
        Shape of one row's value; () for a number.
    """

    dtype: npt.DTypeLike
    unit: str
    meaning: str
    default: Any
    low: float | None
    high: float | None
    codes: type[IntEnum] | None
    refers: str | None
    shape: tuple[int, ...]
    merger: Merger

    @cached_property
    def least(self) -> float | None:
        """Least value that may stand in the column."""
        if self.codes or self.refers:
            return int(min(self.codes)) if self.codes else -1
        return -LARGEST if self.low is None and self.number_type.kind == "f" else self.low

    @cached_property
    def greatest(self) -> float | None:
        """Greatest value that may stand in the column; of a reference, the last row is."""
        if self.codes:
            return int(max(self.codes))
        counts = self.number_type.kind == "f" or self.low is not None
        return LARGEST if self.high is None and counts else self.high

    def blank(self, n: int) -> AnyArray:
        """`n` rows at the default."""
        values = np.zeros((n, *self.shape) if self.shape else n, self.number_type)
        if self.default:
            values[...] = self.default
        return values

    @cached_property
    def number_type(self) -> np.dtype[Any]:
        """What each number in it is."""
        return np.dtype(self.dtype)

    def expected(self) -> str:
        """What the column holds, in words."""
        if self.codes:
            words = "one of " + ", ".join(f"{code.value} ({code.name.lower()})" for code in self.codes)
        else:
            ends = [("from", self.low), ("to", self.high)]
            kind = {"b": "True or False", "i": "a whole number", "U": "a text"}.get(
                np.dtype(self.dtype).kind, "a number"
            )
            words = " ".join([kind, *(f"{word} {end:g}" for word, end in ends if end is not None)])
        return f"{words} ({self.unit}: {self.meaning})"

    def outside(self, values: AnyArray, greatest: float | None) -> list[str]:
        """What of some values the declaration does not allow, in words."""
        if not np.isfinite(values).all():
            return ["not a number" if np.isnan(values).any() else "not finite"]
        found = []
        if self.least is not None and values.min() < self.least:
            found.append(f"{values.min()} below {self.least:.15g}")
        if greatest is not None and values.max() > greatest:
            found.append(f"{values.max()} above {greatest:.15g}")
        return found


def column(
    dtype: npt.DTypeLike = np.float64,
    *,
    unit: str,
    meaning: str,
    default: Any = 0,
    low: float | None = None,
    high: float | None = None,
    codes: type[IntEnum] | None = None,
    refers: str | None = None,
    shape: tuple[int, ...] = (),
    merger: Merger = Merger.MEAN,
) -> Any:
    """Declare a column: type, unit, meaning, allowed values, and what a merger does to it.

    Codes and references take the largest unit's value in a merger; the rest as `merger` says.
    """
    if codes is not None or refers is not None:
        merger = Merger.LARGEST
    declared = Column(dtype, unit, meaning, default, low, high, codes, refers, shape, merger)
    return dataclasses.field(default=None, metadata={"column": declared})


@dataclass_transform(kw_only_default=True, field_specifiers=(column,))
class Table:
    """Columns of equal length. Construct with some columns; the others are filled with their defaults."""

    entity: ClassVar[str]
    aligned: ClassVar[bool]  # a scheme's additional columns for an entity that has its own table
    taken_by: ClassVar[set[object]]  # rules that take columns of it
    _first: ClassVar[str]  # name of the first column

    def __init_subclass__(cls, *, entity: str | None = None, per: str | None = None) -> None:
        if (entity is None) == (per is None):
            raise TypeError(f"{cls.__name__}: give either entity= or per=")
        cls.entity = entity or per or ""
        cls.aligned = per is not None
        cls.taken_by = set()
        dataclass(kw_only=True, eq=False)(cls)

    def __post_init__(self) -> None:
        given = [getattr(self, name) for name in self.columns() if getattr(self, name) is not None]
        if not given:
            raise TypeError(f"{type(self).__name__}: give at least one column, or use blank(n)")
        n = len(given[0])
        for name, declared in self.columns().items():
            values = getattr(self, name)
            if values is None:
                values = declared.blank(n)
                self.__dict__[name] = values
            elif len(values) != n:
                raise self._refusal(name, values, (n, *declared.shape))

    def __setattr__(self, name: str, value: Any) -> None:
        if self.__dict__.get(name) is value:
            return  # changed in place, as by `table.column += 1`
        declared = self.columns().get(name)
        if declared is not None and value is not None:  # compiled rules count on what a column is
            if not (type(value) is np.ndarray and value.dtype == declared.number_type and value.flags.carray):
                value = np.ascontiguousarray(value, dtype=declared.number_type)
                value = value if value.flags.writeable else value.copy()
            if value.shape[1:] != declared.shape:
                raise self._refusal(name, value, (*value.shape[:1], *declared.shape))
        object.__setattr__(self, name, value)
        forget = self.__dict__.get("_forget")
        if forget is not None:
            forget()

    def _refusal(self, name: str, values: AnyArray, expected: tuple[int, ...]) -> ValueError:
        return ValueError(f"{type(self).__name__}.{name}: shape {values.shape}, expected {expected}")

    def when_replaced(self, forget: Callable[[], None]) -> None:
        """Have `forget` called whenever a column is replaced by another array."""
        self.__dict__["_forget"] = forget

    @classmethod
    def columns(cls) -> Mapping[str, Column]:
        """The declared columns by name."""
        cached: Mapping[str, Column] | None = cls.__dict__.get("_columns")
        if cached is None:
            cached = {f.name: f.metadata["column"] for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
            cls._columns = cached  # type: ignore[attr-defined]  # filled once per class
            cls._first = next(iter(cached))
        return cached

    @classmethod
    def blank(cls, n: int) -> Self:
        """A table of `n` rows with every column at its default."""
        return cls._with({name: c.blank(n) for name, c in cls.columns().items()})

    def __len__(self) -> int:
        return len(getattr(self, self._first))

    def arrays(self) -> dict[str, AnyArray]:
        """The columns' arrays by name (the arrays themselves, not copies)."""
        return {name: getattr(self, name) for name in self.columns()}

    def copy(self) -> Self:
        """A table of its own with the same contents."""
        return self._with({name: values.copy() for name, values in self.arrays().items()})

    @classmethod
    def _with(cls, columns: Mapping[str, AnyArray]) -> Self:
        """A table of these columns, which are all there are, each of its type and shape."""
        table = object.__new__(cls)
        table.__dict__.update(columns)
        return table

    def take(self, rows: Ints) -> Self:
        """The given rows, in that order, as a new table."""
        return self._with({name: values[rows] for name, values in self.arrays().items()})

    def breaches(self, rows: Mapping[str, int] = NONE) -> list[str]:
        """What stands outside its declared range, in words; empty when all is well.

        Parameters
        ----------
        rows : mapping from entity to int
            How many rows each has: references to others are told, and columns of another length.
        """
        found, n = [], rows.get(self.entity, len(self))
        for name, c in self.columns().items():
            values = getattr(self, name)
            greatest = rows[c.refers] - 1 if c.refers and c.refers in rows else c.greatest
            if len(values) != n:
                found.append(f"{type(self).__name__}.{name}: {len(values)} rows, expected {n}")
            if not within(values, c.least, greatest):
                found += [f"{type(self).__name__}.{name}: {what}" for what in c.outside(values, greatest)]
        return found

    def regrouped(self, joining: Joining) -> Self:
        """The table after its rows were merged; `joining` is the same for all tables of an entity."""
        new_row, n, largest, part = joining.new_row, joining.n, joining.largest, joining.part
        if n == len(self):
            return self.take(largest)  # every row goes into one of its own
        merged, means = {}, []
        for name, c in self.columns().items():
            old = getattr(self, name)
            if c.merger is Merger.SUM:
                new = _added_up(new_row, old, n)
            elif c.merger is Merger.MEAN and old.dtype.kind == "f":
                if not c.shape:
                    means.append(name)
                    continue
                new = _added_up(new_row, old * part.reshape(-1, *[1] * len(c.shape)), n)
            else:
                new = old[largest]
                if c.merger is Merger.ANY or c.merger is Merger.MAX:
                    np.maximum.at(new, new_row, old)
                elif c.merger is Merger.MIN:
                    np.minimum.at(new, new_row, old)
            merged[name] = new
        if means:  # of all columns in one go
            weighted = np.array([getattr(self, name) for name in means]) * part
            row = n * np.arange(len(means))[:, None] + new_row
            of_all = np.bincount(row.ravel(), weighted.ravel(), n * len(means)).reshape(-1, n)
            merged.update(zip(means, of_all, strict=True))
        return self._with(merged)


class Joining:
    """Which rows go into which when an entity's rows are merged; see `Table.regrouped`.

    Parameters
    ----------
    new_row : array of int, shape (old rows,)
        The row that each old row goes into; every new row gets at least one.
    n : int
        New rows.
    weight : array of float, shape (old rows,)
        Pupils of each old row; weights means and says who is largest.

    Attributes
    ----------
    largest : array of int, shape (n,)
        Old row that each new row takes after in what can't be added or averaged.
    part : array of float, shape (old rows,)
        Weight of each old row in the means of its new one.
    """

    def __init__(self, new_row: Ints, n: int, weight: Floats) -> None:
        self.new_row, self.n = new_row, n
        by_weight = np.lexsort((weight, new_row))
        last = np.searchsorted(new_row[by_weight], np.arange(n), side="right") - 1
        self.largest: Ints = by_weight[last]
        share = weight + 1e-9  # a unit without pupils still counts when it stands alone
        self.part: Floats = share / np.bincount(new_row, share, n)[new_row]


def _added_up(row: Ints, values: AnyArray, n: int) -> AnyArray:
    """Sums of the values that go into each of `n` rows, added in their order; type and further shape as those of the values."""
    if values.ndim == 1 and values.dtype.kind == "f":
        return np.bincount(row, values, n)
    total = np.zeros((n, *values.shape[1:]), dtype=values.dtype)
    np.add.at(total, row, values)
    return total


T = TypeVar("T", bound=Table)
