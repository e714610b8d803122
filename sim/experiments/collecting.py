"""Python's search for circles of objects that nobody holds any more: seldom made, and not at all at the end of a process.

What is imported and played leaves few. At its end a process would look several times over through all that it holds, compiled
rules and libraries too, before the system takes all memory back at once: half a second of a short command that nobody gains by.
"""

from __future__ import annotations

import atexit
import gc

LITTLE_TO_COLLECT = 50_000
"""New objects before Python looks."""


def look_seldom() -> None:
    """Have this process look seldom, and leave it at its end."""
    gc.set_threshold(LITTLE_TO_COLLECT)
    atexit.register(gc.freeze)
