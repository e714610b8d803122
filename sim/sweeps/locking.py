"""One writer at a time: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.errors import InputError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock while the block lasts.

    Raises
    ------
    InputError
        If another process holds it. Where the system or the file system knows no such locks, nobody is kept out.
    """
    try:
        import fcntl
    except ImportError:
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
        except OSError:
            pass  # a file system without locks, as some networks have
        yield
    finally:
        os.close(handle)
