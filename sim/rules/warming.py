"""All rules compiled at once, beforehand, on all cores."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from sim.rules import keeping
from sim.rules.rule import DECLARED_IN, RULES

OLD_SECONDS = 30 * 24 * 3600.0  # after which what no rule has the name of any more is thrown away


def warm() -> None:
    """Compile the rules unless they have been kept, on all cores; before several processes start that would all compile them.

    It says so on standard error, because it takes half a minute on two cores, once for every version of them. What a process
    of its own could not compile is compiled where it is first used.
    """
    place = keeping.folder()
    if place is not None and not (done := place / f"all-{_texts()}").exists():
        _compile_all(done)


@lru_cache
def _texts() -> str:
    """A digest of the files in which rules and what they call are declared."""
    own = (sys.modules[name].__file__ for name in DECLARED_IN if name.startswith("sim."))
    files = {Path(file) for file in own if file} | set((keeping.HOME / "rules").glob("*.py"))
    text = b"".join(file.read_bytes() for file in sorted(files))
    return hashlib.blake2b(text, digest_size=8).hexdigest()


@lru_cache
def _compile_all(done: Path) -> None:
    """Compile and keep all rules; tried but once in a process, lest every world tries anew what does not go."""
    from tqdm import tqdm

    sys.stderr.write("Compiling the model's rules, once on this machine: about half a minute.\n")
    told, telling = os.pipe()
    n = available_cores()
    started = [_compiling(part, n, telling) for part in range(n)]
    os.close(telling)
    with os.fdopen(told, encoding="utf-8") as lines, tqdm(total=len(RULES), unit="rule", disable=None) as bar:
        for _ in lines:
            bar.update()
    if all(process is not None and process.wait() == 0 for process in started):
        with suppress(OSError):  # only a hint
            done.touch()
        _sweep(done.parent)


def _sweep(place: Path) -> None:
    """Throw away what has not been needed for long."""
    for file in (*place.glob("*-*"), *place.glob("__pycache__/*")):
        with suppress(OSError):
            if file.is_file() and time.time() - file.stat().st_atime > OLD_SECONDS:
                file.unlink()


def _compiling(part: int, parts: int, telling: int) -> subprocess.Popen[bytes] | None:
    """A process of its own that compiles and keeps every so-manieth rule, a line each; None where none can be started."""
    code = f"import sim.model; from sim.rules.warming import compile_part; compile_part({part}, {parts})"
    paths = [str(keeping.HOME.parent), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    try:
        return subprocess.Popen(
            [sys.executable, "-c", code], env=found, stdin=subprocess.DEVNULL, stdout=telling
        )
    except OSError:
        return None


def compile_part(part: int, parts: int) -> None:
    """Compile every `parts`-th rule of the shipped model, beginning with number `part`, the longest first."""
    for one in sorted(RULES, key=lambda rule: (-len(rule.written.text), rule.name))[part::parts]:
        one.compile()
        sys.stdout.write(f"{one.name}\n")
        sys.stdout.flush()


def available_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
