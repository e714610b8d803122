"""Files of users read whole, and files put in their place whole: written beside, safe on the disk, and moved in one step.

Whoever is killed in between leaves the older files as they were, and at most hidden ones beside them, which the next to
write there takes away.
"""

from __future__ import annotations

import glob
import hashlib
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sim.errors import InputError

MOST_BYTES = 200_000_000  # of a file that a user names
TRIES = 10  # times that a move is tried within a second


def put_in_place(path: Path, content: bytes) -> None:
    """Write a file so that it is there as a whole or not at all."""
    put_all_in_place({path: content})


def put_all_in_place(files: Mapping[Path, bytes]) -> None:
    """Write several files; not before all are safe on the disk does the first take its place."""
    for folder in {path.parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    beside = {path: path.with_name(f".{path.name}.partial-{os.getpid()}") for path in files}
    try:
        for path, content in files.items():
            _sweep(path)
            with beside[path].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for path, partial in beside.items():
            move(partial, path)
    except BaseException:
        for partial in beside.values():
            with suppress(OSError):
                partial.unlink()
        raise
    for folder in {path.parent for path in files}:
        sync(folder)


def move(here: Path, there: Path) -> None:
    """Move a file or folder in one step; tried again for a second where something else (a scanner, an index) holds it."""
    for _ in range(TRIES - 1):
        try:
            os.replace(here, there)  # noqa: PTH105 - the same as Path.replace, by the name that says it is one step
        except PermissionError:
            time.sleep(1 / TRIES)
        else:
            return
    os.replace(here, there)  # noqa: PTH105


def read_whole(path: Path, most: int = MOST_BYTES) -> bytes:
    """A file that a user names.

    Raises
    ------
    InputError
        If it can't be read, is larger than `most` bytes, or is a pipe or device, which would be waited for or never end.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise InputError("can't be read: it is a pipe or a device", file=str(path))
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", file=str(path)) from error
    if len(raw) > most:
        raise InputError(f"is too large; expected no more than {most:,} bytes", file=str(path))
    return raw


def check_recorded(path: Path, recorded: object) -> None:
    """Refuse a file that is not, byte for byte, what was recorded of it when it was written.

    Parameters
    ----------
    recorded : str or None
        SHA-256 in hexadecimal; nothing is checked if none was recorded.

    Raises
    ------
    InputError
        If the file is another.
    """
    if not isinstance(recorded, str):
        return
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != recorded:
        raise InputError(
            "is damaged or has been changed: it is not what the manifest recorded", file=str(path)
        )


def sync(path: Path) -> None:
    """See to it that a file or folder is on the disk, and not only on its way."""
    try:  # some systems sync nothing through a descriptor that can't write
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    except PermissionError:
        return  # folders can't be opened on every system
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def gone(pid: int) -> bool:
    """Whether no other process has this number any more; never sure where that can't be asked."""
    if pid == os.getpid():  # what it writes itself is known, so this was another of the same number
        return True
    if os.name != "posix" or pid == 0:
        return False
    try:
        os.kill(pid, 0)  # sends nothing, only asks
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False  # it lives and is somebody else's, or is no number of a process
    return False


def is_left_over(path: Path) -> bool:
    """Whether a file is what a process that was killed left of one that it was writing."""
    name, _, pid = path.name.rpartition(".partial-")
    return name.startswith(".") and pid.isdecimal() and gone(int(pid))


def is_empty(folder: Path) -> bool:
    """Whether nothing lies in a folder but what was left by a process killed in its very first writing."""
    return all(map(is_left_over, folder.iterdir()))


def sweep(folder: Path) -> None:
    """Take away what killed processes left in a folder and in those below it."""
    for left in [path for path in folder.rglob(".*.partial-*") if is_left_over(path)]:
        with suppress(OSError):
            left.unlink()


def _sweep(path: Path) -> None:
    """Take away what killed processes left beside a file."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.partial-*"):
        pid = left.name.rpartition("-")[2]
        if pid.isdecimal() and gone(int(pid)):
            with suppress(OSError):
                left.unlink()
