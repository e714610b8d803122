"""What is wrong with a scenario file: each fault with its place, and the names nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from sim.errors import InputError


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


def place_of(error: InputError) -> tuple[int, int]:
    """Line and column of a fault, by which faults are put in order; 0 where it has none."""
    return error.line or 0, getattr(error, "column", None) or 0


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a sentence that names the known names nearest to a wrong one; empty if none is near."""
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"; nearest known: {', '.join(near)}" if near else ""
