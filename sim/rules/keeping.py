"""Where compiled rules are kept, so that each machine compiles them once, and then never again.

They lie in `.cache` of the checkout, else in the user's own cache folder (or where `NUMBA_CACHE_DIR` says), in a folder named by
the versions of Python, numba and numpy. In it each rule has a file with its text taken apart, named by the rule and by a digest
of that text and of all that it calls: an edited rule is another file. numba keeps machine code beside it, and tells processors
apart. The package's own folder is not written to. Where no folder can be written, every process compiles for itself.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim.cached import cache_home
from sim.rules.text import Written


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


def is_kept(written: Written) -> bool:
    """Whether a function has been compiled and kept."""
    place = folder()
    return place is not None and any((place / "__pycache__").glob(f"{_stem(written)}.*.nbi"))


def _stem(written: Written) -> str:
    return f"{written.name}-{written.digest}"


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
    file = None if place is None else place / f"{_stem(written)}.py"
    if file is not None:
        try:
            _write_once(file, named(written))
        except OSError:  # the disk is full: a run can do without
            file = None
    if file is None:
        return numba.njit(signature, error_model="numpy")(_function(written, f"<{written.name}>"))
    function = _function(written, str(file))
    with _beside_the_text():
        for _ in range(2):
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
    known: dict[str, Any] = {
        "__name__": __name__,
        **written.given,
    }  # numba asks for a module that can be imported
    known |= {name: one.inlined for name, one in written.calls.items()}
    exec(compile(named(written), file, "exec"), known)
    return known[_own_name(written)]


def _own_name(written: Written) -> str:
    """A name that no other function has: the compiler tells functions of a module apart by it."""
    return f"{written.name}_{written.digest}"


def named(written: Written) -> str:
    """The text under that name."""
    return written.text.replace(f"def {written.name}(", f"def {_own_name(written)}(", 1)


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
