"""The one error that a user's input can cause."""

from __future__ import annotations

from sim.legible import LONGEST_TOLD, legible


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


class NotToldError(RuntimeError):
    """Results lie whole in their folder, but the page on them could not be made; its cause is what went wrong."""


class NotPlacedError(RuntimeError):
    """Results are finished and whole, but could not be moved to their place; the message says where they lie."""


class UnsoundWorldError(RuntimeError):
    """A world came out with values that cannot be; it is a failed run, and never written as a result."""


class WorkerLostError(RuntimeError):
    """Worker processes were killed from outside, twice over the same jobs."""


class RunsFailedError(RuntimeError):
    """Runs that an analysis cannot do without have failed."""
