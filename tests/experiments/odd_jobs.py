"""Jobs that workers are tried with; light, so that processes start quickly."""

from __future__ import annotations

import gc
import os
import signal
import time
from pathlib import Path

SLOW = 0.3  # seconds
LONG = 60.0


def square(number: int) -> int:
    return number * number


def first_is_slowest(number: int) -> int:
    time.sleep(SLOW if number == 0 else 0)
    return number


def threads_allowed(number: int) -> str | None:
    del number
    return os.environ.get("OPENBLAS_NUM_THREADS")


def new_objects_until_a_look(number: int) -> int:
    del number
    return gc.get_threshold()[0]


def pid(number: int) -> int:
    del number
    return os.getpid()


def refuse_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is refused")
    return number


def killed_once(marker: Path) -> str:
    """Kill the worker at the first try; the marker tells the second that it is not the first."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "survived"


def killed_always(number: int) -> None:
    del number
    os.kill(os.getpid(), signal.SIGKILL)


def three_kills(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def given_up(number: int, how: str) -> int:
    assert how == "its worker process was killed by SIGKILL, time and again; perhaps memory ran out"
    return -number


def ends_itself(folder: Path) -> None:
    """Leave a note of the process, and end it."""
    (folder / str(os.getpid())).touch()
    os._exit(9)


def ends_well(number: int) -> None:
    del number
    os._exit(0)


def three_ends(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def how_it_ended(number: int, how: str) -> str:
    return f"{number}: {how}"


def note_and_sleep(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(LONG)


remembered: list[bool] = []


def remember() -> None:
    remembered.append(True)


def who_remembers(number: int) -> tuple[int, bool]:
    """Which process this is, and whether it did what comes first."""
    time.sleep(SLOW / (1 + number))
    return os.getpid(), remembered == [True]
