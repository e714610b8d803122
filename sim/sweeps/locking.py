"""One writer at a time: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sim.errors import InputError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock while the block lasts.

    Raises
    ------
    InputError
        If another process holds it. Where the system or the file system knows no such locks, nobody is kept out, and a line on
        standard error says so.
    """
    try:
        import fcntl
    except ImportError:
        _say_without(path, "this system has no locks")
        yield
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                "another process is writing here; wait for it to end", file=str(path.parent), field="out"
            ) from None
        except OSError as error:  # a file system without locks, as some networks have
            _say_without(path, f"its file system has no locks ({error.strerror})")
        yield
    finally:
        os.close(handle)


@cache
def _say_without(path: Path, why: str) -> None:
    """Once for each place."""
    sys.stderr.write(
        f"Nobody is kept from writing to {path.parent} at the same time, as {why}; see to it that no other process does.\n"
    )
