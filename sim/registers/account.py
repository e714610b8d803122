"""The account of an import: what was taken from where, what was left out and why, and what was reckoned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.registers.grids import LeftOut

_LINES_TOLD = 8


@dataclass
class Account:
    """Filled while files are read; told as text and as data.

    Attributes
    ----------
    read : list
        Each table: file, how it is written, line of its heading, how many rows were taken.
    taken : list
        Each column of the register files: from which file and heading, of which year, how many values.
    notes : list of str
        What was reckoned or decided.
    """

    read: list[dict[str, object]] = field(default_factory=list)
    taken: list[dict[str, object]] = field(default_factory=list)
    left: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    written: dict[str, int] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def leave(self, file: str, what: str, why: str) -> None:
        """Something is left out."""
        self.left.setdefault((file, why), []).append(what)

    def leave_all(self, found: Iterable[LeftOut]) -> None:
        """Several things are left out."""
        for one in found:
            self.leave(one.file, one.what, one.why)

    def note(self, text: str) -> None:
        """Something was reckoned or decided; said once."""
        if text not in self.notes:
            self.notes.append(text)

    def as_data(self) -> dict[str, object]:
        """The account for a JSON file."""
        return {
            "written": self.written,
            "read": self.read,
            "taken": self.taken,
            "left_out": [
                {"file": file, "why": why, "n": len(what), "what": what}
                for (file, why), what in self.left.items()
            ],
            "notes": self.notes,
            "drawn": self.drawn,
            "doubts": self.doubts,
        }

    def lines(self) -> list[str]:
        """The account as text."""
        return [
            *_chapter("Written", (f"{file}: {rows} rows" for file, rows in self.written.items())),
            *_chapter(
                "Read",
                (
                    f"{r['file']}: {r['how']}; heading in line {r['line']}, {r['rows']} rows"
                    for r in self.read
                ),
            ),
            *_chapter("Taken", (_taken(one) for one in self.taken)),
            *_chapter("Left out", (_left(file, why, what) for (file, why), what in self.left.items())),
            *_chapter("Reckoned", self.notes),
            *_chapter("Drawn by the model, as no file tells it", self.drawn),
            *_chapter("Doubts", self.doubts),
        ]


def _chapter(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [f"{title}:", *(f"- {line}" for line in found), ""] if found else []


def _taken(one: dict[str, object]) -> str:
    when = f" of {one['year']}" if one["year"] else ""
    return f"{one['table']}.csv, {one['column']}: {one['n']} values{when} from '{one['heading']}' in {one['file']}"


def _left(file: str, why: str, what: list[str]) -> str:
    more = f" and {len(what) - _LINES_TOLD} more" if len(what) > _LINES_TOLD else ""
    return f"{file}: {', '.join(what[:_LINES_TOLD])}{more}: {why}"
