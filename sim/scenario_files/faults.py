"""What is wrong with a scenario file: each fault with its place, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from sim.errors import InputError

MOST_FAULTS = 50  # that are told of one file: whoever has more has another kind of file


class PlacedError(InputError):
    """A fault at a line and column, both counted from 1; printed as `file:line:column: message`."""

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(message, file=file, line=line, field=field)
        self.column = column

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message


class FaultListError(InputError):
    """All faults found in one reading; printed one a line.

    Attributes
    ----------
    errors : tuple of InputError
    """

    longest = 1_000_000  # each fault has its own limit

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(errors)
        first = self.errors[0]
        super().__init__("\n".join(str(error) for error in self.errors), field=first.field)
        self.args = (self.errors,)  # so that it can be handed from a worker to its parent

    def __str__(self) -> str:
        return self.message


class TooManyFaultsError(InputError):
    """So much is wrong that no more of it is looked for."""

    def __init__(self) -> None:
        super().__init__(f"more is wrong; the first {MOST_FAULTS} faults are told")


def raise_all(errors: Iterable[InputError]) -> None:
    """Raise the faults, if there are any: one as itself, several together, `MOST_FAULTS` of them at most."""
    found = list(islice(errors, MOST_FAULTS + 1))
    if len(found) > MOST_FAULTS:
        found[MOST_FAULTS] = TooManyFaultsError()
    if len(found) == 1:
        raise found[0]
    if found:
        raise FaultListError(found)


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a sentence that names the known names nearest to a wrong one; empty if none is near."""
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"; nearest known: {', '.join(near)}" if near else ""
