"""Where compiled kernels are kept, so that each machine compiles them once, and then never again.

They lie in the user's own cache folder (or where `NUMBA_CACHE_DIR` says), in a folder named by everything that they depend
on: the versions of Python, numba and numpy, and the text of all kernels, because a kept one would not notice an edit in another
file that it calls. numba itself tells processors apart. The package's own folder is not written to. Where no folder can be
written, every process compiles for itself.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])

SETTING = "NUMBA_CACHE_DIR"
DONE = "compiled"  # empty file that says that all kernels have been kept
KERNELS = Path(__file__).parent


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


def named_by_content() -> str:
    """A name that changes with everything that compiled kernels depend on but the processor."""
    text = b"".join(file.read_bytes() for file in sorted(KERNELS.glob("*.py")))
    for part in (platform.python_version(), version("numba"), version("numpy")):
        text += b"|" + part.encode()
    return f"kernels-{hashlib.blake2b(text, digest_size=8).hexdigest()}"


@lru_cache(maxsize=1)
def folder() -> Path | None:
    """The kernels' folder, made if need be; None where none can be written."""
    try:
        place = cache_home() / named_by_content()
        place.mkdir(parents=True, exist_ok=True)
        usable = os.access(place, os.W_OK)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    return place if usable else None


def compiled(signature: str) -> Callable[[F], F]:
    """Compile a function for arguments of the given types, or take it from the cache.

    Sums keep their order and nothing is fused or skipped (no fast-math), so that the same numbers come out wherever and
    whenever it is compiled. Division by zero gives infinity, as in numpy.
    """
    import numba
    from numba.core import config

    settings: Any = config  # its attributes are made when numba is imported

    def made(function: F) -> F:
        place, before = folder(), settings.CACHE_DIR
        settings.CACHE_DIR = str(place or "")  # for our kernels alone; a user may compile others
        try:
            return cast("F", numba.njit(signature, cache=place is not None, error_model="numpy")(function))
        except OSError:  # the disk is full: a run can do without the cache
            return cast("F", numba.njit(signature, error_model="numpy")(function))
        finally:
            settings.CACHE_DIR = before

    return made


def all_kept() -> None:
    """Note that every kernel has been compiled and kept."""
    place = folder()
    if place is not None:
        try:
            (place / DONE).touch()
        except OSError:  # only a hint
            return


def warm() -> None:
    """Compile the kernels unless they have been kept, on all cores; before several processes start that would all compile them.

    It says so on standard error, because it takes half a minute on two cores, once for every version of the kernels. What a
    process of its own could not compile is compiled where it is first used.
    """
    place = folder()
    if place is not None and not (place / DONE).exists():
        _compile_all(place)


@lru_cache
def _compile_all(_place: Path) -> None:
    """Compile and keep all kernels; tried but once in a process, lest every world tries anew what does not go."""
    sys.stderr.write("Compiling the model's kernels, once on this machine: about half a minute.\n")
    started = [_compiling(modules) for modules in shared_among(available_cores())]
    ended = [None if process is None else process.wait() for process in started]
    if all(status == 0 for status in ended):
        all_kept()


def shared_among(n: int) -> list[list[str]]:
    """The modules of kernels in at most `n` groups of about the same length of text."""
    sizes = {
        module.name: (KERNELS / f"{module.name}.py").stat().st_size for module in iter_modules([str(KERNELS)])
    }
    groups: list[list[str]] = [[] for _ in range(min(n, len(sizes)))]
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        min(groups, key=lambda group: sum(sizes[other] for other in group)).append(name)
    return groups


def _compiling(modules: list[str]) -> subprocess.Popen[bytes] | None:
    """A process of its own that imports modules of kernels, which compiles and keeps them; None where none can be started."""
    code = "import importlib, sys; [importlib.import_module('sim.kernels.' + name) for name in sys.argv[1:]]"
    paths = [str(KERNELS.parents[1]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    try:
        return subprocess.Popen([sys.executable, "-c", code, *modules], env=found, stdout=subprocess.DEVNULL)
    except OSError:
        return None


def available_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    warm()
