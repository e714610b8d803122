"""What a user answers where a file can be read in more than one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import InputError
from sim.registers.headings import Heading, meaning
from sim.registers.values import DECIMAL_SIGNS

EARLIEST, LATEST = 1990, 2100


@dataclass(frozen=True)
class Asked:
    """The answers.

    Attributes
    ----------
    year : int or None
        Whose numbers are wanted, and `years` for single files.
    decimal : str or None
        The sign before decimals, `comma` or `point`.
    columns : mapping
        What a heading means: another heading in words that are known, or nothing, so that it is left out. A key is a heading,
        or a file's name and a heading with a colon between them.
    rows : mapping
        By heading: the one value of which rows are read.
    suppressed : float or None
        What stands for a count of pupils that the publisher hides.
    leave_incomplete : bool
        Whether schools of which something necessary is nowhere given are left out.
    """

    year: int | None = None
    years: Mapping[str, int] = field(default_factory=dict)
    decimal: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    suppressed: float | None = None
    leave_incomplete: bool = False
    used: set[tuple[str, str]] = field(default_factory=set, init=False, repr=False, compare=False)
    """Answers that a file had a use for: which setting, and the key it was given under."""

    def __post_init__(self) -> None:
        if self.decimal is not None and self.decimal not in DECIMAL_SIGNS:
            raise InputError(f"decimal '{self.decimal}': expected comma or point", field="decimal")
        for one in (self.year, *self.years.values()):
            if one is not None and not EARLIEST <= one <= LATEST:
                raise InputError(f"year {one}: expected {EARLIEST} to {LATEST}", field="year")
        if self.suppressed is not None and not 1 <= self.suppressed <= 100:  # noqa: PLR2004 - hidden counts are small
            raise InputError(f"suppressed {self.suppressed:g}: expected 1 to 100", field="suppressed")

    @property
    def sign(self) -> str | None:
        """The sign before decimals itself."""
        return DECIMAL_SIGNS[self.decimal] if self.decimal else None

    def year_of(self, file: str) -> int | None:
        """The year whose numbers are wanted of a file."""
        self.used.add(("year", _name(file)))
        return self.years.get(_name(file), self.year)

    def unused(self) -> Iterator[InputError]:
        """A fault for each answer that none of the files read had a use for: most likely its key is misspelt."""
        for setting, given, expected in (
            ("year", self.years, "the name of a file that is read"),
            ("column", self.columns, "a heading of a file that is read, alone or as FILE:HEADING"),
            ("rows", self.rows, "a heading of a file that is read"),
        ):
            for key in given:
                if (setting, key) not in self.used:
                    yield InputError(f"{setting} '{key}={given[key]}': expected {expected}", field=setting)

    def heading(self, file: str, text: str) -> Heading:
        """What a heading of a file means."""
        said = self._said(file, text)
        if said is None:
            return meaning(text)
        found, own = meaning(said), meaning(text)
        year = (found.year or own.year) if said else None
        return Heading(text, found.field, year, found.percent, found.each, found.factor, found.grade)

    def leaves_out(self, file: str, text: str) -> bool:
        """Whether a column is to be left out."""
        return self._said(file, text) == ""

    def _said(self, file: str, text: str) -> str | None:
        for key in (f"{_name(file)}:{text}", text):
            for heading, said in self.columns.items():
                if heading.casefold() == key.casefold():
                    self.used.add(("column", heading))
                    return said
        return None


def _name(file: str) -> str:
    return Path(file.partition("[")[0]).name


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """What was given as KEY=VALUE, several times; the last sign of equality counts."""
    found = {}
    for one in given:
        key, sign, value = one.rpartition("=")
        if not sign or not key.strip():
            raise InputError(f"{option} '{one}': expected KEY=VALUE", field=option)
        found[key.strip()] = value.strip()
    return found
