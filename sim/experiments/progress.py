"""How far long work has come: a bar on a terminal, elsewhere (a log file, a notebook) a line now and then."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Protocol, Self

from tqdm import tqdm

EVERY_SECONDS = 60.0
MINUTE = 60.0  # seconds


class Bar(Protocol):
    """What is told of each step that is done."""

    def update(self, n: int = 1) -> object:
        """So many more are done."""

    def set_postfix(self, *, refresh: bool = True, **told: Any) -> object:
        """What is told beside the number."""

    def close(self) -> object:
        """No more is told."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> object: ...


def bar(total: int, unit: str, *, progress: bool) -> Bar:
    """A bar on standard error if that is a terminal, else lines there, one in `EVERY_SECONDS`; nothing if not `progress`.

    Parameters
    ----------
    total : int
        Steps in all.
    unit : str
        What a step is called.
    """
    stream = sys.stderr
    if progress and stream is not None and not stream.isatty():
        return Lines(total, unit)
    return tqdm(total=total, unit=unit, file=stream, disable=None if progress else True)


class Lines:
    """Lines on standard error, at most one in `EVERY_SECONDS`: what is done, of how many, and after how long."""

    def __init__(self, total: int, unit: str) -> None:
        self.total, self.unit = total, unit
        self.done = 0
        self.beside = ""
        self.began = self.told = time.monotonic()

    def update(self, n: int = 1) -> None:
        """So many more are done."""
        self.done += n
        now = time.monotonic()
        if now - self.told >= EVERY_SECONDS:
            self.told = now
            minutes = (now - self.began) / MINUTE
            sys.stderr.write(
                f"{self.unit} {self.done:,} of {self.total:,} after {minutes:.0f} min{self.beside}\n"
            )
            sys.stderr.flush()

    def set_postfix(self, *, refresh: bool = True, **told: object) -> None:  # noqa: ARG002 - as tqdm has it
        """What is told beside the number."""
        self.beside = "".join(f", {name} {value}" for name, value in told.items())

    def close(self) -> None:
        """No more is told."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
