"""A user's own registers: some of the files of `sim.world.schema` in one folder, checked against each other.

What no file tells is drawn as in the synthetic country. Counties, governor offices and UH units come with the package
(`data/`), in files of the same form: counts and inhabitants of municipalities after SSB's population statistics of
1 January 2024, mergers after the municipal reform of January 2020, UH partners after the governors' and the
institutions' own pages. Two municipalities that were divided among several neighbours in 2020 (Snillfjord, Tysfjord)
go whole to one of them here.

No file on single teachers is read: the model needs their number and qualification, which schools and municipalities
publish, and a file of persons would be personal data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np

from sim.arrays import AnyArray, Bools, Ints
from sim.errors import InputError, raise_all
from sim.state.borders import MERGER_YEAR
from sim.world.municipality_numbers import numbers
from sim.world.register_files import Sheet, is_left_over, read_sheet, register_paths
from sim.world.schema import FILES, schema_markdown

__all__ = ["Registers", "schema_markdown"]

_PACKAGED = ("counties", "offices", "uh_units")
_PER_COUNTY = 100  # a kommunenummer is its county's number times this, and a running number


class Registers:
    """Register files by name; those not given are None, or the package's own."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = {**_packaged(), **sheets}

    @classmethod
    def read(cls, folder: Path | str) -> Self:
        """The registers in a folder; `InputError` says all that is wrong with them."""
        folder = Path(folder)
        if not folder.is_dir():
            raise InputError("is not a folder; expected one with register files", file=str(folder))
        paths = register_paths(folder)
        raise_all(_faults_of_names(folder, paths))
        sheets: dict[str, Sheet] = {}
        faults: list[InputError] = []
        for path in paths:
            name = path.stem.lower()
            try:
                sheets[name] = read_sheet(path, FILES[name])
            except InputError as error:
                faults += getattr(error, "errors", (error,))
        raise_all(faults)
        registers = cls(sheets)
        raise_all(_faults_together(registers))
        return registers

    @classmethod
    def published(cls) -> Registers:
        """The package's own registers only."""
        return _published()

    @property
    def whole_country(self) -> bool:
        """Whether nobody said which municipalities there are, so that the published totals of the nation hold."""
        return self.given("municipalities") is None and self.given("schools") is None

    @property
    def n_municipalities(self) -> int:
        """How many municipalities a user's registers name, as from 2020 on; those of the counties without any."""
        municipalities, schools = self.given("municipalities"), self.given("schools")
        if municipalities is not None:
            return len(municipalities.key)
        return (
            int(self["counties"]["municipalities"].sum())
            if schools is None
            else len(set(schools["kommunenummer"]))
        )

    def given(self, name: str) -> Sheet | None:
        """The file of that name, if there is one."""
        return self._sheets.get(name)

    def in_year(self, year: int) -> Registers:
        """The same, but before 2020 with what is told of a municipality told of each of its predecessors.

        The owner's staff is shared out among them by inhabitants.
        """
        owners, before = self.given("municipalities"), self.given("predecessors")
        if owners is None or before is None or year >= MERGER_YEAR:
            return self
        alone = owners.key[~np.isin(owners.key, before["kommunenummer"])]
        old = np.concatenate([alone, before.key])
        unit, order = np.concatenate([alone, before["kommunenummer"]]), np.argsort(old)
        rows = owners.rows_of(unit)
        people = np.concatenate([np.ones(len(alone)), before["population"]])
        share = people / np.maximum(np.bincount(rows, people), 1)[rows]
        told = owners.take(rows[order], old[order])
        staff = {"capacity_fte": told["capacity_fte"] * share[order]}
        return Registers({**self._sheets, "municipalities": replace(told, columns={**told.columns, **staff})})

    def __getitem__(self, name: str) -> Sheet:
        """A file that the package has at least."""
        return self._sheets[name]

    def fill(self, name: str, column: str, ids: Ints, drawn: AnyArray) -> AnyArray:
        """The values given in a file for these identities; drawn ones where there is no file or nothing in it."""
        sheet = self.given(name)
        return drawn if sheet is None else sheet.fill(column, ids, drawn)

    def county_of(self, numbers: Ints) -> Ints:
        """County of each municipality: as given, or the first digits of its number."""
        return self.fill("municipalities", "county", numbers, numbers // _PER_COUNTY).astype(np.int64)


def _file_names() -> str:
    return ", ".join(f"{name}.csv" for name in FILES)


@lru_cache(maxsize=1)
def _packaged() -> Mapping[str, Sheet]:
    folder = Path(__file__).parent / "data"
    return {name: read_sheet(folder / f"{name}.csv", FILES[name]) for name in _PACKAGED}


@lru_cache(maxsize=1)
def _published() -> Registers:
    return Registers({})


def _faults_of_names(folder: Path, paths: list[Path]) -> Iterator[InputError]:
    if not paths:
        yield InputError(f"no register file; expected some of {_file_names()}", file=str(folder))
    there: dict[str, Path] = {}
    for path in paths:
        name = path.stem.lower()
        if name not in FILES:
            near = get_close_matches(name, FILES, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}.csv'?" if near else f"expected some of {_file_names()}"
            yield InputError(f"unknown register file; {hint}", file=str(path))
        elif there.setdefault(name, path) != path:
            yield InputError(f"is there as {there[name].name} too; expected one of them", file=str(path))
    for path in sorted(folder.iterdir()):
        name = path.stem.lower()
        if name in FILES and path not in paths and path.is_file() and not is_left_over(path):
            yield InputError(
                f"is not read here, and would be left out; expected {name}.csv (`kompetansesim registers import` makes one)",
                file=str(path),
            )


def _faults_together(registers: Registers) -> Iterator[InputError]:
    """Every number that points into another file must be there."""
    counties, units = registers["counties"], registers["uh_units"]
    municipalities, schools = registers.given("municipalities"), registers.given("schools")
    predecessors, networks = registers.given("predecessors"), registers.given("networks")
    yield from _unknown(counties, "office", registers["offices"])
    yield from _faults_of_mergers(counties)
    if municipalities is not None:
        yield from _twice(municipalities)
        yield from _faults_of_counties(registers, municipalities)
        yield from _unknown(municipalities, "uh_unit", units)
        yield from _unknown(municipalities, "network", networks)
    if networks is not None:
        yield from _unknown(networks, "county", counties)
        yield from _unknown(networks, "uh_unit", units)
    if predecessors is not None:
        yield from _unknown(predecessors, "kommunenummer", municipalities, "municipalities")
    if predecessors is not None and municipalities is not None:
        yield from _faults_of_numbers(predecessors, municipalities)
    if schools is not None:
        yield from _faults_of_schools(registers, schools)
        if municipalities is not None:
            yield from _without_school(schools, municipalities)
        if predecessors is not None:
            yield from _faults_of_origins(schools, predecessors)


def _wrong(sheet: Sheet, wrong: Bools, column: str, expected: str) -> Iterator[InputError]:
    """A fault for each of these rows."""
    return (sheet.refuse(int(row), column, expected) for row in np.flatnonzero(wrong))


def _unknown(sheet: Sheet, column: str, there: Sheet | None, name: str = "") -> Iterator[InputError]:
    """Values given in `column` that are no key of the other file."""
    given = sheet.known[column]
    if there is None:
        yield from _wrong(sheet, given, column, f"{name or column + 's'}.csv beside this file")
        return
    missing = given & (there.rows_of(sheet[column]) < 0)
    yield from _wrong(sheet, missing, column, f"a {there.schema.key} that is in {Path(there.file).name}")


def _twice(municipalities: Sheet) -> Iterator[InputError]:
    """Nobody may be counted in a municipality and in what it became.

    A country with numbers that no municipality has had is a made-up one, which may number its own as it likes.
    """
    table, given = numbers(), municipalities.key.tolist()
    if any(not table.vintages(number) for number in given):
        return
    for row, number in enumerate(given):
        for one in set(table.now(number)) & set(given) - {number}:
            yield municipalities.refuse(
                row,
                "kommunenummer",
                f"a municipality once: {table.known(number)}, which is in this file too ({one:04d}); numbers of 2019 belong in "
                "predecessors.csv",
            )


def _faults_of_counties(registers: Registers, sheet: Sheet) -> Iterator[InputError]:
    table, codes = numbers(), ", ".join(str(code) for code in registers["counties"].key)
    named = sheet.known.get("county")
    missing = registers["counties"].rows_of(registers.county_of(sheet["kommunenummer"])) < 0
    for row in np.flatnonzero(missing):
        by_name = named is not None and named[row]
        number = int(sheet["kommunenummer"][row])
        why = f" ({table.known(number)})" if not by_name and table.now(number) else ""
        yield sheet.refuse(
            int(row),
            "county" if by_name else "kommunenummer",
            f"a county among {codes}, by number or in the column 'county'{why}",
        )


def _faults_of_mergers(counties: Sheet) -> Iterator[InputError]:
    """A county has room for the municipalities that its mergers made."""
    made = np.array([len(parts) for parts in counties["mergers_2020"]])
    for wrong, column, expected in (
        (made > counties["municipalities"], "mergers_2020", "no more mergers than there are municipalities"),
        (counties["splits_2024"] > made, "splits_2024", "0 where no municipality was made by a merger"),
    ):
        yield from _wrong(counties, wrong, column, expected)


def _faults_of_schools(registers: Registers, schools: Sheet) -> Iterator[InputError]:
    upside_down = schools["last_grade"] < schools["first_grade"]
    yield from _wrong(schools, upside_down, "last_grade", "a grade not below first_grade")
    municipalities = registers.given("municipalities")
    if municipalities is None:
        yield from _faults_of_counties(registers, schools)
    else:
        yield from _unknown(schools, "kommunenummer", municipalities)


def _without_school(schools: Sheet, municipalities: Sheet) -> Iterator[InputError]:
    without = ~np.isin(municipalities.key, schools["kommunenummer"])
    expected = f"a municipality with at least one school in {Path(schools.file).name}"
    yield from _wrong(municipalities, without, "kommunenummer", expected)


def _faults_of_numbers(predecessors: Sheet, municipalities: Sheet) -> Iterator[InputError]:
    """A number names one municipality for ever."""
    old = predecessors.key
    taken = (municipalities.rows_of(old) >= 0) & (old != predecessors["kommunenummer"])
    expected = "a number that no other municipality has later"
    yield from _wrong(predecessors, taken, "kommunenummer_2019", expected)


def _faults_of_origins(schools: Sheet, predecessors: Sheet) -> Iterator[InputError]:
    """A school whose owner had several predecessors must say which was its own; each of them needs a school."""
    owners, parts = np.unique(predecessors["kommunenummer"], return_counts=True)
    several = np.isin(schools["kommunenummer"], owners[parts > 1])
    row = predecessors.rows_of(schools["kommunenummer_2019"])
    mine = (row >= 0) & (predecessors["kommunenummer"][row] == schools["kommunenummer"])
    expected = f"a predecessor of its owner in {Path(predecessors.file).name}"
    yield from _wrong(schools, several & ~mine, "kommunenummer_2019", expected)
    split = np.isin(predecessors["kommunenummer"], owners[parts > 1])
    without = split & ~np.isin(predecessors.key, schools["kommunenummer_2019"][several])
    expected = f"a municipality with at least one school in {Path(schools.file).name}"
    yield from _wrong(predecessors, without, "kommunenummer_2019", expected)
