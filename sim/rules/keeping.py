"""Where compiled rules are kept, so that each machine compiles them once, and then never again.

They lie in the user's own cache folder (or where `NUMBA_CACHE_DIR` says; `make` and the activated command have the same), in a
folder named by the versions of Python, numba and numpy. In it each rule has a file with its text taken apart, named by the rule
and by a digest of that text and of all that it calls: an edited rule is another file. numba keeps machine code beside it, and
tells processors apart. The package's own folder is not written to. Where no folder can be written, every process compiles for
itself.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.rules.text import Written

SETTING = "NUMBA_CACHE_DIR"
OLD_SECONDS = 30 * 24 * 3600.0  # after which what no rule has the name of any more is thrown away


def cache_home() -> Path:
    """The folder where programs of this user keep what they can make anew."""
    if setting := os.environ.get(SETTING):
        return Path(setting)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "kompetansesim"


@lru_cache(maxsize=1)
def folder() -> Path | None:
    """The folder of compiled rules, made if need be; None where none can be written."""
    versions = f"{platform.python_version()}-numba-{version('numba')}-numpy-{version('numpy')}"
    try:
        place = cache_home() / f"rules-{versions}"
        place.mkdir(parents=True, exist_ok=True)
        usable = os.access(place, os.W_OK)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    return place if usable else None


def to_be_compiled(written: Written) -> Any:
    """A function for compiled callers: compiled with them, for whatever types they hand it."""
    import numba

    return numba.njit(error_model="numpy")(_function(written, f"<{written.name}>"))


def kept(written: Written, types: list[str]) -> Any:
    """A function compiled for arguments of the given types, or taken from where it is kept.

    Sums keep their order and nothing is fused or skipped (no fast-math), so that the same numbers come out wherever and
    whenever it is compiled. Division by zero gives infinity, as in numpy.
    """
    import numba

    signature = f"({', '.join(types)}{',' if len(types) == 1 else ''})"
    place = folder()
    file = None if place is None else place / f"{written.name}-{written.digest}.py"
    if file is not None:
        try:
            _write_once(file, written.text)
        except OSError:  # the disk is full: a run can do without
            file = None
    if file is None:
        return numba.njit(signature, error_model="numpy")(_function(written, f"<{written.name}>"))
    function = _function(written, str(file))
    with _beside_the_text():
        try:
            return numba.njit(signature, cache=True, error_model="numpy")(function)
        except Exception:  # noqa: BLE001 - whatever a torn or foreign file makes of itself: away with it, and once more
            for torn in (file.parent / "__pycache__").glob(f"{file.stem}.*.nb?"):
                with suppress(OSError):
                    torn.unlink()
            return numba.njit(signature, error_model="numpy")(function)


def _write_once(file: Path, text: str) -> None:
    """Write a rule's text in one step, unless it is there: numba knows the file by its time too."""
    if not file.exists():
        partial = file.with_suffix(f".{os.getpid()}")
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)


def _function(written: Written, file: str) -> Any:
    """The function that the text makes, with all that it calls at hand."""
    known: dict[str, Any] = {"__name__": "sim.rules.compiled", "np": None, **written.given}
    known |= {name: one.inlined for name, one in written.calls.items()}
    exec(compile(written.text, file, "exec"), known)  # noqa: S102 - the text of a rule of ours, taken apart
    return known[written.name]


@contextmanager
def _beside_the_text() -> Iterator[None]:
    """Have numba keep what it compiles beside the function's own file; only here, because a user may compile things too."""
    from numba.core import config

    settings: Any = config  # its attributes are made when numba is imported
    before, settings.CACHE_DIR = settings.CACHE_DIR, ""
    try:
        yield
    finally:
        settings.CACHE_DIR = before


# --- all at once ---


def warm() -> None:
    """Compile the rules unless they have been kept, on all cores; before several processes start that would all compile them.

    It says so on standard error, because it takes half a minute on two cores, once for every version of them. What a process
    of its own could not compile is compiled where it is first used.
    """
    place = folder()
    if place is not None and not (done := place / f"all-{_texts()}").exists():
        _compile_all(done)


@lru_cache
def _texts() -> str:
    """A digest of the files in which rules and what they call are declared."""
    from sim.rules.rule import RULES

    modules = {rule.function.__module__ for rule in RULES if rule.function.__module__.startswith("sim.")}
    home = Path(__file__).parents[1]
    files = {Path(file) for name in modules if (file := getattr(sys.modules.get(name), "__file__", None))}
    text = b"".join(file.read_bytes() for file in sorted(files | set((home / "rules").glob("*.py"))))
    return hashlib.blake2b(text, digest_size=8).hexdigest()


@lru_cache
def _compile_all(done: Path) -> None:
    """Compile and keep all rules; tried but once in a process, lest every world tries anew what does not go."""
    from tqdm import tqdm

    from sim.rules.rule import RULES

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
    code = f"from sim.rules.keeping import compile_part; compile_part({part}, {parts})"
    paths = [str(Path(__file__).parents[2]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    try:
        return subprocess.Popen([sys.executable, "-c", code], env=found, stdin=subprocess.DEVNULL, stdout=telling)
    except OSError:
        return None


def compile_part(part: int, parts: int) -> None:
    """Compile every `parts`-th rule of the shipped model, beginning with number `part`, the longest first."""
    import sim.model  # noqa: F401 - declares them all
    from sim.rules.rule import RULES

    for one in sorted(RULES, key=lambda rule: (-len(rule.written.text), rule.name))[part::parts]:
        one.compile()
        sys.stdout.write(f"{one.name}\n")
        sys.stdout.flush()


def available_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    import sim.model  # noqa: F401 - declares the rules

    warm()
