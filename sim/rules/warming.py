"""All rules compiled at once, beforehand, on all cores."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.cached import HOME
from sim.rules import keeping
from sim.rules.rule import ALWAYS, RULES, AlwaysCompiled, Rule

FEW = 4  # rules that are compiled sooner here than in a process that has to be started
OLD_SECONDS = 30 * 24 * 3600.0  # after which what no rule has the name of any more is thrown away


def warm() -> None:
    """Compile the rules unless they have been kept, on all cores; before several processes start that would all compile them.

    It says so on standard error, because it takes a minute on two cores, once for every version of them. What a process
    of its own could not compile is compiled where it is first used.
    """
    place = keeping.folder()
    if place is not None and not (done := keeping.readings_file(place)).exists():
        _compile_all(done)


@lru_cache
def _compile_all(done: Path) -> None:
    """Compile and keep all rules; tried but once in a process, lest every world tries anew what does not go."""
    missing = [one for one in shipped() if not one.is_kept()]
    well = True
    if len(missing) <= FEW:
        for one in missing:
            one.compile()
    else:
        well = _compile_beside([one.name for one in missing])
    if well:
        with suppress(OSError):  # only saves reading
            own: list[Rule[Any] | AlwaysCompiled[Any, Any]] = [
                *shipped(),
                *(one for one in ALWAYS if one.name.startswith("sim.")),
            ]
            keeping.keep({one.name: one.reading() for one in own}, done)
        _sweep(done.parent)


def _compile_beside(names: list[str]) -> bool:
    """Compile rules in processes of their own, one for each core; whether all went well."""
    from tqdm import tqdm

    sys.stderr.write("Compiling the model's rules, once on this machine: about a minute.\n")
    told, telling = os.pipe()
    started = [_compiling(number, telling) for number in range(min(available_cores(), len(names)))]
    os.close(telling)
    waiting = iter(names)
    for process in started:
        _hand(process, waiting)
    with os.fdopen(told, encoding="utf-8") as lines, tqdm(total=len(names), unit="rule", disable=None) as bar:
        for number in lines:
            bar.update()
            _hand(started[int(number)], waiting)
    ended = [None if process is None else process.wait() for process in started]
    return all(status == 0 for status in ended) and next(waiting, None) is None


def _hand(process: subprocess.Popen[bytes] | None, waiting: Iterator[str]) -> None:
    """Give a process the next rule; none left, let it end."""
    if process is None or process.stdin is None:
        return
    with suppress(OSError):  # it has died: so its status says
        if name := next(waiting, None):
            process.stdin.write(f"{name}\n".encode())
            process.stdin.flush()
        else:
            process.stdin.close()


def _sweep(place: Path) -> None:
    """Throw away what has not been needed for long."""
    for file in (*place.glob("*-*"), *place.glob("__pycache__/*")):
        with suppress(OSError):
            if file.is_file() and time.time() - file.stat().st_atime > OLD_SECONDS:
                file.unlink()


def _compiling(number: int, telling: int) -> subprocess.Popen[bytes] | None:
    """A process of its own that compiles the rules that it is handed and keeps them; None where none can be started."""
    code = f"import sim.one_world; from sim.rules.warming import compile_what_is_handed; compile_what_is_handed({number})"
    paths = [str(HOME.parent), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    try:
        return subprocess.Popen(
            [sys.executable, "-c", code], env=found, stdin=subprocess.PIPE, stdout=telling
        )
    except OSError:
        return None


def compile_what_is_handed(number: int) -> None:
    """Compile rules of the shipped model by the names that come in, and say this process's number for each."""
    gc.set_threshold(100_000)  # a compiler makes much, and throws little away
    known = {one.name: one for one in RULES}
    for name in sys.stdin:
        known[name.strip()].compile()
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def shipped() -> list[Rule[Any]]:
    """The rules of the package, those with the longest text first, which with that of their formulas takes the longest."""
    own = [one for one in RULES if one.function.__module__.startswith("sim.")]
    return sorted(own, key=lambda one: (-_length(one), one.name))


def _length(one: Rule[Any]) -> int:
    """The length of a rule's text with all that it calls."""
    return len(one.written.text) + sum(len(other.written.text) for other in {*one.written.callables()})


def available_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
