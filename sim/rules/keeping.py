"""Where compiled rules are kept, so that each machine compiles them once, and then never again.

They lie in `.cache` of the checkout, else in the user's own cache folder (or where `NUMBA_CACHE_DIR` says), in a folder named
by the versions of Python, numba and numpy, and by a digest of how rules are compiled. In it each rule has a file with its text
taken apart, named by the rule and by a digest of that text and of all that it calls: an edited rule is another file. numba
keeps machine code beside it, and tells processors apart. The package's own folder is not written to. Where no folder can be
written, every process compiles for itself.

What calls need to know of the texts lies there in one file, named by a digest of all of the package's sources: a process that
finds it takes no text apart.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from sim.cached import HOME, cache_home
from sim.in_place import put_in_place
from sim.rules.text import Written


@lru_cache(maxsize=1)
def folder() -> Path | None:
    """The folder of compiled rules, made if need be; None where none can be written."""
    versions = f"{platform.python_version()}-numba-{version('numba')}-numpy-{version('numpy')}"
    try:
        how = hashlib.blake2b((HOME / "rules/compiling.py").read_bytes(), digest_size=4).hexdigest()
        place = cache_home() / f"code-{versions}-{how}"
        place.mkdir(parents=True, exist_ok=True)
        usable = os.access(place, os.W_OK)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    return place if usable else None


_DIGEST = 16  # bytes


class Reading(NamedTuple):
    """What calls need to know of a rule's text.

    Attributes
    ----------
    flat : tuple of (argument, what of it)
        The flat arguments in order.
    luck : tuple of str
        The decisions whose luck it draws.
    signature : str
        The compiler's names of the arguments' types.
    code : code
        Of the text taken apart.
    """

    flat: tuple[tuple[str, str], ...]
    luck: tuple[str, ...]
    signature: str
    code: CodeType


def readings_file(place: Path) -> Path:
    """Where what was read in all rules of these sources is kept."""
    return place / f"all-{_sources()}"


def _texts() -> bytes:
    """A digest of the package's modules: numbers in a rule's text come from many of them."""
    digest = hashlib.blake2b()
    for file in sorted(HOME.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()


_TEXTS = _texts()  # as they are loaded: an edit that comes later counts for processes that start later


@lru_cache(maxsize=1)
def _sources() -> str:
    """The same, with the folder: code knows the file that it is from."""
    return hashlib.blake2b(str(folder()).encode() + _TEXTS, digest_size=8).hexdigest()


def keep(readings: dict[str, Reading], file: Path) -> None:
    """Keep what was read, by names of rules."""
    kept = marshal.dumps({name: tuple(one) for name, one in readings.items()})
    put_in_place(file, _digest(kept) + kept)


def _digest(kept: bytes) -> bytes:
    """What stands before what is kept: damaged code must not be called."""
    return hashlib.blake2b(kept, digest_size=_DIGEST).digest()


@lru_cache(maxsize=1)
def _readings(place: Path | None) -> dict[str, Reading]:
    try:
        whole = b"" if place is None else readings_file(place).read_bytes()
    except OSError:  # not there
        return {}
    digest, kept = whole[:_DIGEST], whole[_DIGEST:]
    if digest != _digest(kept):
        return {}
    return {name: Reading(*one) for name, one in marshal.loads(kept).items()}


def known(name: str) -> Reading | None:
    """What was read in a rule of the package's, if it was kept and nothing has been loaded anew since."""
    return None if _LOADED_ANEW else _readings(folder()).get(name)


_FUNCTIONS: dict[str, Any] = {}  # of all rules and formulas, by name
_LOADED_ANEW: set[str] = set()


def declared(name: str, function: Any) -> bool:
    """Note a rule or a formula; whether its module has been loaded anew.

    Then nothing that was kept is trusted any more: who calls it, or has numbers from its module, has another text now.
    """
    anew = _FUNCTIONS.setdefault(name, function) is not function
    if anew:
        _FUNCTIONS[name] = function
        if name.startswith("sim."):
            _LOADED_ANEW.add(name)
    return anew


def taken(name: str) -> Any:
    """A rule's compiled form from where it is kept; None if it has to be read."""
    found = known(name)
    return None if found is None else _as_kept(found.code, found.signature)


def _as_kept(code: CodeType, signature: str) -> Any:
    """What was compiled of a text before; None if that is not there or torn."""
    import numba

    function = FunctionType(code, {"__name__": __name__})
    with _beside_the_text(), suppress(Exception):  # nothing that it calls is at hand: it cannot be compiled
        return numba.njit(signature, cache=True, error_model="numpy")(function)
    return None


def code_of(written: Written) -> CodeType:
    """The code of a text, as it is kept."""
    file = str((folder() or Path()) / f"{_stem(written)}.py")
    made = compile(named(written), file, "exec").co_consts
    return next(one for one in made if isinstance(one, CodeType))


def signature(types: list[str]) -> str:
    """The compiler's way of writing arguments of these types."""
    return f"({', '.join(types)}{',' if len(types) == 1 else ''})"


def is_kept(written: Written) -> bool:
    """Whether a function has been compiled and kept."""
    place = folder()
    return place is not None and any((place / "__pycache__").glob(f"{_stem(written)}.*.nbi"))


def _stem(written: Written) -> str:
    return f"{written.name}-{written.digest}"


def to_be_compiled(written: Written, signature: str | None) -> Any:
    """A function for compiled callers: compiled with them, without a signature for whatever types they hand it."""
    from sim.rules.compiling import lowered

    return lowered(_function(written, f"<{written.name}>"), signature)


def kept(written: Written, signature: str) -> Any:
    """A function compiled for arguments of the given types, or taken from where it is kept."""
    if is_kept(written) and (found := _as_kept(code_of(written), signature)) is not None:
        return found  # without lowering all that it calls
    from sim.rules.compiling import compiled

    place = folder()
    file = None if place is None else place / f"{_stem(written)}.py"
    if file is not None:
        try:
            _write_once(file, named(written))
        except OSError:  # the disk is full: a run can do without
            file = None
    if file is None:
        return compiled(_function(written, f"<{written.name}>"), signature)
    function = _function(written, str(file))
    with _beside_the_text():
        for _ in range(2):
            try:
                return compiled(function, signature, cache=True)
            except Exception:  # noqa: BLE001 - whatever a torn or foreign file makes of itself: away with it, and once more
                for torn in (file.parent / "__pycache__").glob(f"{file.stem}.*.nb?"):
                    with suppress(OSError):
                        torn.unlink()
    return compiled(function, signature)


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
