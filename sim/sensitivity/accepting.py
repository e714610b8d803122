"""Accepting new influences: the reference is written anew, and the reason goes into the changelog."""

from __future__ import annotations

from pathlib import Path

from sim.errors import InputError
from sim.in_place import put_in_place
from sim.sensitivity.reference import Change

UNRELEASED = "## [Unreleased]"
HEADING = "### Accepted influences"
LEAST_REASON = 10  # letters
NAMED = 5  # changes told in the changelog


def check_reason(reason: str, changelog: Path) -> None:
    """Refuse, before minutes are spent, a reason that says nothing or a changelog without a place for it."""
    if not changelog.is_file():
        raise InputError("is not there", file=str(changelog), field="changelog")
    noted(changelog.read_text(encoding="utf-8"), entry(reason, None))


def entry(reason: str, found: list[Change] | None) -> str:
    """The changelog's line: the reason, and what moved.

    Raises
    ------
    InputError
        If the reason says nothing.
    """
    told = " ".join(reason.split())
    if len(told) < LEAST_REASON:
        raise InputError(
            f"--reason: expected a reason of at least {LEAST_REASON} letters, got '{told}'", field="reason"
        )
    if not told.endswith((".", "!", "?")):
        told += "."
    if found is None:
        return f"- {told} *Numbers: unmoved*; the first reference of influences."
    if not found:
        return f"- {told} *Numbers moved* within the tolerances of the sensitivity check."
    named = "; ".join(str(change) for change in found[:NAMED])
    more = f"; and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"- {told} *Numbers moved:* {named}{more}."


def noted(changelog: str, line: str) -> str:
    """The changelog with a line added under the heading of accepted influences in what is not released yet.

    Raises
    ------
    InputError
        If the changelog has no such part.
    """
    before, found, after = changelog.partition(UNRELEASED)
    if not found:
        raise InputError(f"expected a part '{UNRELEASED}'", file="CHANGELOG.md")
    unreleased, next_release, rest = _cut(after)
    if HEADING in unreleased:
        unreleased = unreleased.replace(f"{HEADING}\n\n", f"{HEADING}\n\n{line}\n", 1)
    else:
        unreleased = f"{unreleased.rstrip()}\n\n{HEADING}\n\n{line}\n" + ("\n" if next_release else "")
    return before + found + unreleased + next_release + rest


def _cut(after: str) -> tuple[str, str, str]:
    """The unreleased part, the heading of the next release (if any), and what follows."""
    place = after.find("\n## ")
    if place < 0:
        return after, "", ""
    return after[: place + 1], after[place + 1 :], ""


def note(changelog: Path, line: str) -> None:
    """Add a line to the changelog file."""
    put_in_place(changelog, noted(changelog.read_text(encoding="utf-8"), line).encode())
