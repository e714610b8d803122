"""The one error that a user's input can cause, and many of them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from sim.legible import LONGEST_TOLD, legible

TOLD = 3  # breaches of a world that are named
MOST_FAULTS = 50  # that are told at once: whoever has more has another kind of file


class InputError(ValueError):
    """Input from outside (scenario, parameter, register file, command line) that can't be used.

    The message says what was wrong and what was expected; `file`, `line`, `field` say where. The command line prints
    it as `file:line: message` and ends with exit status 2. What a message quotes from outside is cut, and made legible.
    """

    longest = LONGEST_TOLD
    """Letters of a message."""

    def __init__(
        self, message: str, *, file: str | None = None, line: int | None = None, field: str | None = None
    ) -> None:
        message = legible(message, self.longest)
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.field = field

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        return f"{place}: {self.message}" if place else self.message

    def at(self, file: str, line: int | None = None) -> InputError:
        """The same error with its place, where that was not known yet."""
        return InputError(self.message, file=self.file or file, line=self.line or line, field=self.field)


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
        told = "\n".join(str(error) for error in self.errors)
        super().__init__(told, file=first.file, line=first.line, field=first.field)
        self.args = (self.errors,)  # so that it can be handed from a worker to its parent

    def __str__(self) -> str:
        return self.message


class TooManyFaultsError(InputError):
    """So much is wrong that no more of it is looked for."""

    def __init__(self, most: int = MOST_FAULTS) -> None:
        super().__init__(f"more is wrong; the first {most} faults are told")


def raise_all(errors: Iterable[InputError], most: int = MOST_FAULTS) -> None:
    """Raise the faults, if there are any: one as itself, several together, no more than `most` of them."""
    found = list(islice(errors, most + 1))
    if len(found) > most:
        found[most] = TooManyFaultsError(most)
    if len(found) == 1:
        raise found[0]
    if found:
        raise FaultListError(found)


class NotToldError(RuntimeError):
    """Results lie whole in their folder, but the page on them could not be made; its cause is what went wrong."""


class NotPlacedError(RuntimeError):
    """Results are finished and whole, but could not be moved to their place; the message says where they lie."""


class UnsoundWorldError(RuntimeError):
    """A world came out with values that cannot be; it is a failed run, and never written as a result."""


def raise_unsound(found: Sequence[str], what: str) -> None:
    """Raise `UnsoundWorldError` if anything was found that cannot be: the first of it is told, the rest counted."""
    if found:
        more = f", and {len(found) - TOLD} more" if len(found) > TOLD else ""
        raise UnsoundWorldError(f"{what}: {', '.join(found[:TOLD])}{more}")


class WorkerLostError(RuntimeError):
    """Worker processes were killed twice over the same jobs, or ended by them."""


class RunsFailedError(RuntimeError):
    """Runs that an analysis cannot do without have failed."""
