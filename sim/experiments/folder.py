"""A folder of results, whole or not at all.

While a study runs, its files gather in a hidden folder beside the place where they will lie. Only when all of them are
safely on the disk is it moved there, in one step; older results in that place make way if they answer the same question, or
if that was asked for. Whatever goes wrong before (an error, Ctrl-C, a full disk), the hidden folder is taken away and the
older results stay as they were. If the last step itself fails, the finished results are kept and the error says where.

A process that is killed outright can't clear up. What it leaves is swept by the next study that writes to the same place.
"""

from __future__ import annotations

import glob
import json
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from sim.errors import InputError, NotPlacedError
from sim.in_place import gone, move, sync

MANIFEST = "manifest.json"
MADE_BY = "kompetansesim"
OWNER = ".written-by.json"

_writing: set[Path] = set()  # half-written folders of this very process


@dataclass(frozen=True)
class Replaces:
    """Which results others may take the place of.

    Attributes
    ----------
    those : callable
        Whether it is those whose manifest it is given.
    else_ : str
        What one can do if it is not.
    """

    those: Callable[[Mapping[str, Any]], bool]
    else_: str = "name another folder"


def unused(folder: Path) -> Path:
    """A place that is not named by the user: this one, or the same with the first number behind it where nothing lies yet."""
    others = (folder.with_name(f"{folder.name}-{n}") for n in count(2))
    return next(place for place in chain([folder], others) if not os.path.lexists(place))


def check_place(folder: Path, replaces: Replaces) -> None:
    """Refuse a place for results where something else lies.

    Raises
    ------
    InputError
        If there is anything at `folder` but an empty folder or results that may be replaced, or if it can't be made.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InputError("is no folder; results would take its place", file=str(folder), field="out")
    if folder.is_dir() and any(folder.iterdir()) and not is_results(folder):
        raise InputError(
            f"holds something else than results (there is no {MANIFEST} of {MADE_BY} in it); name another folder",
            file=str(folder),
            field="out",
        )
    if folder.exists() and folder.samefile(os.curdir):
        raise InputError(
            "is the folder that you are in, and results take the place of their folder; name one inside it",
            file=str(folder),
            field="out",
        )
    if folder.is_mount():
        raise InputError(
            "is a mount point, which no finished results can be moved onto; name a folder inside it",
            file=str(folder),
            field="out",
        )
    there = _read(folder / MANIFEST)
    if isinstance(there, dict) and not replaces.those(there):
        raise InputError(
            f"holds other results ({_named(there)}); {replaces.else_}", file=str(folder), field="out"
        )
    _try_out(folder.absolute())


def _try_out(folder: Path) -> None:
    """Make and remove a hidden folder where the first one would be made: what the system says of rights may not be so."""
    above = next(parent for parent in folder.parents if parent.exists())
    hidden = above / _beside(folder, "trial").name
    try:
        hidden.mkdir()
        hidden.rmdir()
    except OSError as error:
        raise InputError(
            f"can't be made: nothing can be written in {above} ({error.strerror})",
            file=str(folder),
            field="out",
        ) from None


def _named(there: Mapping[str, Any]) -> str:
    """Results in a few words: the command that they answer, else their kind and designs."""
    keys = " ".join(str(design["key"]) for design in there.get("designs", ()))
    return str(there.get("command") or f"{there.get('kind', 'study')} of {keys}")


def is_results(folder: Path) -> bool:
    """Whether a folder holds the results of a study."""
    manifest = _read(folder / MANIFEST)
    return isinstance(manifest, dict) and manifest.get("made_by") == MADE_BY


def _read(file: Path) -> object:
    """What a JSON file says; None if there is none that can be read. A pipe is not waited for."""
    try:
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None


@contextmanager
def results_folder(folder: Path, replaces: Replaces) -> Iterator[Path]:
    """A hidden folder to write into, which becomes `folder` when the block ends well.

    Parameters
    ----------
    replaces : Replaces
        Results that may lie in the place and make way.

    Raises
    ------
    InputError
        See `check_place`.
    """
    check_place(folder, replaces)
    folder = folder.absolute()
    sweep(folder)
    made = [parent for parent in folder.parents if not parent.exists()]
    partial = _beside(folder, "partial")
    try:
        partial.mkdir(parents=True)
        _writing.add(partial)
        (partial / OWNER).write_text(json.dumps(_owner(os.getpid())), encoding="utf-8")
        yield partial
        _make_safe(partial)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        for parent in made:  # from the innermost outwards
            with suppress(OSError):
                parent.rmdir()
        raise
    finally:
        _writing.discard(partial)
    kept = folder
    try:
        _move(partial, folder, replaces)
    except (
        OSError,
        InputError,
    ) as error:  # what is finished is not thrown away because its place could not be taken
        why = error.message if isinstance(error, InputError) else error.strerror or error
        kept = folder.with_name(f"{folder.name}.finished-{os.getpid()}")
        try:
            move(partial, kept)
        except OSError:
            kept = partial
        raise NotPlacedError(f"{folder}: {why}; the finished results lie in {kept}") from None
    finally:  # not before they are in their place: whoever is killed in between leaves nothing that no one may take away
        (kept / OWNER).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Take away what killed processes left beside a folder of results; results they had put aside come back.

    Only what this program made on this machine, and whose process is gone, is touched: half-written results say who writes
    them, and results that were put aside have their manifest.
    """
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.*-*"):
        kind, _, pid = left.name.removeprefix(f".{folder.name}.").rpartition("-")
        if left in _writing or not pid.isdecimal() or not gone(int(pid)):
            continue
        if kind == "partial" and (_read(left / OWNER) == _owner(int(pid)) or _hardly_begun(left)):
            shutil.rmtree(left, ignore_errors=True)
        elif kind == "trial":
            with suppress(OSError):  # nobody else's: it was made empty
                left.rmdir()
        elif kind == "older" and is_results(
            left
        ):  # killed between the two renamings of `_move`, or just behind them
            if folder.exists():
                shutil.rmtree(left, ignore_errors=True)
            else:
                move(left, folder)


def _hardly_begun(partial: Path) -> bool:
    """Whether whoever wrote this was killed before it had said who it is."""
    return all(file.name == OWNER and not _read(file) for file in partial.iterdir())


def _owner(pid: int) -> dict[str, object]:
    """What half-written results say of the process that writes them."""
    return {"made_by": MADE_BY, "host": platform.node(), "pid": pid}


def _beside(folder: Path, kind: str) -> Path:
    return folder.with_name(f".{folder.name}.{kind}-{os.getpid()}")


def _move(partial: Path, folder: Path, replaces: Replaces) -> None:
    """Put the finished folder in its place, the older one (if any) being taken away afterwards."""
    if not folder.exists():
        move(partial, folder)
    else:
        check_place(folder, replaces)  # it may have come there meanwhile
        older = _beside(folder, "older")
        move(folder, older)
        try:
            move(partial, folder)
        except BaseException:
            move(older, folder)
            raise
        shutil.rmtree(older, ignore_errors=True)
    sync(folder.parent)


def _make_safe(folder: Path) -> None:
    """See to it that all files are on the disk, and not only on their way."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)
