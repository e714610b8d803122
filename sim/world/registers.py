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

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np

from sim.arrays import AnyArray, Ints
from sim.errors import InputError
from sim.world.borders import MERGER_YEAR
from sim.world.register_files import Sheet, read_sheet
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
        """The registers in a folder; `InputError` says what is wrong with them."""
        folder = Path(folder)
        if not folder.is_dir():
            raise InputError("is not a folder; expected one with register files", file=str(folder))
        paths = sorted(folder.glob("*.csv"))
        if not paths:
            raise InputError(f"no register file; expected some of {_file_names()}", file=str(folder))
        for path in paths:
            if path.stem not in FILES:
                near = get_close_matches(path.stem.lower(), FILES, n=1, cutoff=0.5)
                hint = f"did you mean '{near[0]}.csv'?" if near else f"expected some of {_file_names()}"
                raise InputError(f"unknown register file; {hint}", file=str(path))
        registers = cls({path.stem: read_sheet(path, FILES[path.stem]) for path in paths})
        _check_together(registers)
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


def _check_together(registers: Registers) -> None:
    """Every number that points into another file must be there."""
    _check_known(registers["counties"], "office", registers["offices"])
    _check_mergers(registers["counties"])
    municipalities, schools = registers.given("municipalities"), registers.given("schools")
    predecessors, networks = registers.given("predecessors"), registers.given("networks")
    if municipalities is not None:
        _check_counties(registers, municipalities)
        _check_known(municipalities, "uh_unit", registers["uh_units"])
        _check_known(municipalities, "network", networks)
    if networks is not None:
        _check_known(networks, "county", registers["counties"])
        _check_known(networks, "uh_unit", registers["uh_units"])
    if predecessors is not None:
        _check_known(predecessors, "kommunenummer", municipalities, "municipalities")
    if predecessors is not None and municipalities is not None:
        _check_numbers(predecessors, municipalities)
    if schools is not None:
        _check_schools(registers, schools)
        if municipalities is not None:
            _check_owners(schools, municipalities)
        if predecessors is not None:
            _check_origins(schools, predecessors)


def _check_known(sheet: Sheet, column: str, there: Sheet | None, name: str = "") -> None:
    """Each value given in `column` must be a key of the other file."""
    given = sheet.known[column]
    if there is None:
        if given.any():
            raise sheet.refuse(
                int(np.flatnonzero(given)[0]), column, f"{name or column + 's'}.csv beside this file"
            )
        return
    missing = np.flatnonzero(given & (there.rows_of(sheet[column]) < 0))
    if missing.size:
        raise sheet.refuse(
            int(missing[0]), column, f"a {there.schema.key} that is in {Path(there.file).name}"
        )


def _check_counties(registers: Registers, sheet: Sheet) -> None:
    missing = np.flatnonzero(registers["counties"].rows_of(registers.county_of(sheet["kommunenummer"])) < 0)
    if missing.size:
        codes = ", ".join(str(code) for code in registers["counties"].key)
        named = sheet.known.get("county")
        column = "county" if named is not None and named[missing[0]] else "kommunenummer"
        raise sheet.refuse(
            int(missing[0]), column, f"a county among {codes}, by number or in the column 'county'"
        )


def _check_mergers(counties: Sheet) -> None:
    """A county has room for the municipalities that its mergers made."""
    made = np.array([len(parts) for parts in counties["mergers_2020"]])
    for wrong, column, expected in (
        (made > counties["municipalities"], "mergers_2020", "no more mergers than there are municipalities"),
        (counties["splits_2024"] > made, "splits_2024", "0 where no municipality was made by a merger"),
    ):
        if wrong.any():
            raise counties.refuse(int(np.flatnonzero(wrong)[0]), column, expected)


def _check_schools(registers: Registers, schools: Sheet) -> None:
    upside_down = np.flatnonzero(schools["last_grade"] < schools["first_grade"])
    if upside_down.size:
        raise schools.refuse(int(upside_down[0]), "last_grade", "a grade not below first_grade")
    municipalities = registers.given("municipalities")
    if municipalities is None:
        _check_counties(registers, schools)
    else:
        _check_known(schools, "kommunenummer", municipalities)


def _check_owners(schools: Sheet, municipalities: Sheet) -> None:
    without = np.flatnonzero(~np.isin(municipalities.key, schools["kommunenummer"]))
    if without.size:
        raise municipalities.refuse(
            int(without[0]),
            "kommunenummer",
            f"a municipality with at least one school in {Path(schools.file).name}",
        )


def _check_numbers(predecessors: Sheet, municipalities: Sheet) -> None:
    """A number names one municipality for ever."""
    old = predecessors.key
    taken = np.flatnonzero((municipalities.rows_of(old) >= 0) & (old != predecessors["kommunenummer"]))
    if taken.size:
        raise predecessors.refuse(
            int(taken[0]), "kommunenummer_2019", "a number that no other municipality has later"
        )


def _check_origins(schools: Sheet, predecessors: Sheet) -> None:
    """A school whose owner had several predecessors must say which was its own; each of them needs a school."""
    owners, parts = np.unique(predecessors["kommunenummer"], return_counts=True)
    several = np.isin(schools["kommunenummer"], owners[parts > 1])
    row = predecessors.rows_of(schools["kommunenummer_2019"])
    mine = (row >= 0) & (predecessors["kommunenummer"][row] == schools["kommunenummer"])
    wrong = np.flatnonzero(several & ~mine)
    if wrong.size:
        expected = f"a predecessor of its owner in {Path(predecessors.file).name}"
        raise schools.refuse(int(wrong[0]), "kommunenummer_2019", expected)
    split = np.isin(predecessors["kommunenummer"], owners[parts > 1])
    without = np.flatnonzero(split & ~np.isin(predecessors.key, schools["kommunenummer_2019"][several]))
    if without.size:
        raise predecessors.refuse(
            int(without[0]),
            "kommunenummer_2019",
            f"a municipality with at least one school in {Path(schools.file).name}",
        )
