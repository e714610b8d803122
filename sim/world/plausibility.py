"""Register files that can be read, but say what can hardly be: doubts, which `validate` tells and nothing else acts on.

What is usual is taken from the real country in wide bounds; a made-up country may lie outside them. All bounds are assumptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.errors import InputError
from sim.world.municipality_numbers import NOW, named, numbers
from sim.world.register_files import Sheet
from sim.world.registers import Registers

_TOLD = 3  # rows of one doubt that are told; the rest is counted
_GRADES = np.arange(1, 11)
_LEAST_INHABITANTS = 150.0  # Utsira, the smallest, has some 200
_NATION_WITHIN = 0.05  # of the nation's inhabitants, where nearly all municipalities are there
_COUNTY_WITHIN = 0.15  # of a county's
_NEARLY_ALL = 0.9
_LARGE = 1_000.0  # inhabitants from which a share of pupils is steady
_PUPILS = {True: (0.03, 0.2), False: (0.0, 0.3)}  # per inhabitant, in large municipalities and in small ones
_SCHOOLS_WITHIN = 0.25  # of the municipality's own number of pupils
_FEW_PUPILS = 20.0
_PARTS_WITHIN = 0.25  # of the inhabitants of what they became, which some years lie between


@dataclass(frozen=True)
class _Usual:
    low: float
    high: float
    hint: str = ""


_USUAL = {
    "education_low": _Usual(0.03, 0.6, "; a share, 25 % is 0.25"),
    "education_high": _Usual(0.05, 0.8, "; a share, 35 % is 0.35"),
    "disability": _Usual(0.01, 0.4, "; a share, 12 % is 0.12"),
    "unqualified": _Usual(0, 0.4, "; a share, 0.9 % is 0.009"),
    "child_welfare": _Usual(0, 200, "; per 1000 children"),
    "free_income": _Usual(40_000, 400_000, "; whole kroner per inhabitant and year"),
}


def doubts(registers: Registers) -> list[InputError]:
    """What can hardly be so, each with its place; in the form of faults, but nobody has to act on them."""
    owners, schools = registers.given("municipalities"), registers.given("schools")
    found: list[InputError] = []
    if owners is not None:
        found += [
            *_of_nation(registers, owners),
            *_of_sizes(owners),
            *_of_shares(owners),
            *_of_numbers(owners),
        ]
        found += [*_of_names(owners), *_of_predecessors(registers, owners)]
    if schools is not None:
        found += _of_grades(schools)
        if owners is None:
            found += _of_numbers(schools)
        else:
            found += _of_pupils_in_schools(owners, schools)
    return found


def summary(registers: Registers) -> str:
    """What registers hold, in a line: how many municipalities, inhabitants, schools and pupils."""
    owners, schools = registers.given("municipalities"), registers.given("schools")
    parts = []
    if owners is not None:
        people, nation = float(owners["population"].sum()), float(registers["counties"]["population"].sum())
        parts.append(
            f"{len(owners.key)} municipalities with {people:,.0f} inhabitants ({people / nation:.1%} of the nation's)"
        )
    if schools is not None:
        parts.append(
            f"{len(schools.key)} schools with {schools['pupils'].sum():,.0f} pupils in "
            f"{len(np.unique(schools['kommunenummer']))} municipalities"
        )
    return "; ".join(parts)


def _of_nation(registers: Registers, owners: Sheet) -> Iterator[InputError]:
    counties = registers["counties"]
    people, nation = float(owners["population"].sum()), float(counties["population"].sum())
    nearly_all = len(owners.key) >= _NEARLY_ALL * counties["municipalities"].sum()
    if people > nation * (1 + _NATION_WITHIN) or (nearly_all and people < nation * (1 - _NATION_WITHIN)):
        yield InputError(
            f"column 'population': {people:,.0f} inhabitants in {len(owners.key)} municipalities; expected about {nation:,.0f} "
            "in the nation (1 January 2024)",
            file=owners.file, field="population",
        )  # fmt: skip
    row = counties.rows_of(registers.county_of(owners.key))
    n = np.bincount(row, minlength=len(counties.key))
    there = np.bincount(row, owners["population"], minlength=len(counties.key))
    whole = n >= counties["municipalities"]
    off = np.abs(there / counties["population"] - 1) > _COUNTY_WITHIN
    for i in np.flatnonzero(whole & off):
        yield InputError(
            f"column 'population': {there[i]:,.0f} inhabitants in the {n[i]} municipalities of {counties['name'][i]}; expected "
            f"about {counties['population'][i]:,.0f} (1 January 2024)",
            file=owners.file, field="population",
        )  # fmt: skip


def _of_sizes(owners: Sheet) -> Iterator[InputError]:
    people, pupils = owners["population"], owners["pupils"]
    few = people < _LEAST_INHABITANTS
    expected = f"{_LEAST_INHABITANTS:.0f} or more; the smallest municipality has some 200 inhabitants"
    yield from _rows(owners, few, "population", expected)
    yield from _unusual_pupils(owners, pupils, owners.known["pupils"] & ~few)


def _unusual_pupils(owners: Sheet, pupils: Floats | Ints, known: Bools) -> Iterator[InputError]:
    people = owners["population"]
    for large, (low, high) in _PUPILS.items():
        off = known & ((people >= _LARGE) == large) & ((pupils < low * people) | (pupils > high * people))
        for row in _first(off):
            yield owners.refuse(
                row,
                "population",
                f"{low:.0%}-{high:.0%} of its inhabitants in grunnskole; it has {pupils[row]:,.0f} pupils"
                + _and_more(off, row),
            )


def _of_shares(owners: Sheet) -> Iterator[InputError]:
    for name, usual in _USUAL.items():
        off = owners.known[name] & ((owners[name] < usual.low) | (owners[name] > usual.high))
        yield from _rows(owners, off, name, f"{usual.low:g} to {usual.high:g}{usual.hint}")
    both = owners.known["education_low"] & owners.known["education_high"]
    yield from _rows(
        owners,
        both & (owners["education_low"] + owners["education_high"] > 1),
        "education_high",
        "no more than what education_low leaves",
    )


def _of_numbers(sheet: Sheet) -> Iterator[InputError]:
    table = numbers()
    given = sheet["kommunenummer"]
    old = ~np.isin(given, sorted(table.of[NOW]))
    for row in _first(old):
        yield sheet.refuse(
            row,
            "kommunenummer",
            f"a number of 2024; {table.known(int(given[row]))}{_and_more(old, row)}",
        )


def _of_names(owners: Sheet) -> Iterator[InputError]:
    """Names that another municipality has, as where rows have slipped."""
    given = zip(owners.key.tolist(), owners["name"], strict=True)
    off = np.array(
        [len(there := named(name)) == 1 and number not in there for number, name in given], dtype=bool
    )
    off &= np.isin(owners.key, sorted(numbers().of[NOW]))
    for row in _first(off):
        other = named(owners["name"][row])[0]
        own = numbers().names[int(owners.key[row])]
        yield owners.refuse(
            row,
            "name",
            f"{own}, as {owners.key[row]:04d} is; that is the name of {other:04d}{_and_more(off, row)}",
        )


def _of_predecessors(registers: Registers, owners: Sheet) -> Iterator[InputError]:
    before = registers.given("predecessors")
    if before is None:
        return
    row = owners.rows_of(before["kommunenummer"])
    parts = np.bincount(row, before["population"], minlength=len(owners.key))
    off = (parts > 0) & (np.abs(parts / owners["population"] - 1) > _PARTS_WITHIN)
    for i in _first(off):
        yield owners.refuse(
            i, "population", f"about the {parts[i]:,.0f} inhabitants of its predecessors{_and_more(off, i)}"
        )


def _of_grades(schools: Sheet) -> Iterator[InputError]:
    units, unit = np.unique(schools["kommunenummer"], return_inverse=True)
    taught = (schools["first_grade"][:, None] <= _GRADES) & (schools["last_grade"][:, None] >= _GRADES)
    there = np.zeros((len(units), len(_GRADES)), dtype=bool)
    np.logical_or.at(there, unit, taught)
    lacking = there.sum(axis=1) < len(_GRADES)
    for i in _first(lacking):
        grades = ", ".join(str(grade) for grade in _GRADES[~there[i]])
        yield schools.refuse(
            int(np.flatnonzero(unit == i)[0]),
            "kommunenummer",
            f"a school for each of the grades 1-10; the municipality has none for {grades}{_and_more(lacking, i)}",
        )


def _of_pupils_in_schools(owners: Sheet, schools: Sheet) -> Iterator[InputError]:
    row = owners.rows_of(schools["kommunenummer"])
    pupils = np.bincount(row, schools["pupils"], minlength=len(owners.key))
    said = owners["pupils"]
    off = owners.known["pupils"] & (np.abs(pupils - said) > np.maximum(_SCHOOLS_WITHIN * said, _FEW_PUPILS))
    for i in _first(off):
        yield owners.refuse(
            i, "pupils", f"about the {pupils[i]:,.0f} pupils of its schools{_and_more(off, i)}"
        )
    yield from _unusual_pupils(owners, pupils, ~owners.known["pupils"])


def _rows(sheet: Sheet, off: Bools, column: str, expected: str) -> Iterator[InputError]:
    for row in _first(off):
        yield sheet.refuse(row, column, expected + _and_more(off, row))


def _first(off: Bools) -> list[int]:
    return [int(row) for row in np.flatnonzero(off)[:_TOLD]]


def _and_more(off: Bools, row: int) -> str:
    """What is said after the last row told: how many more there are."""
    rows: Ints = np.flatnonzero(off)
    if len(rows) <= _TOLD or row != rows[_TOLD - 1]:
        return ""
    return f" (and so in {len(rows) - _TOLD} more rows)"
