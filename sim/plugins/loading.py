"""Running a plug-in's text: once in each process, in a module that belongs to this text alone."""

from __future__ import annotations

import linecache
import reprlib
import sys
import traceback
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from sim.errors import InputError
from sim.plugins.plugin import Plugin
from sim.plugins.source import SOURCE, Named, Source, found, listing
from sim.rules.touching import PLUGGED_IN

NAME = "PLUGIN"
_SHOWN = 12  # digits of the hash in a module's name


def load(source: Source) -> Plugin:
    """What a plug-in adds.

    Raises
    ------
    InputError
        If it can't be run, or gives something else.
    """
    module = module_of(source)
    plugin = getattr(module, NAME, None)
    if not isinstance(plugin, Plugin):
        got = "nothing of that name" if plugin is None else reprlib.repr(plugin)
        raise InputError(f"expected {NAME} = Plugin(...), found {got}", file=source.named, field="plugins")
    try:
        plugin.check()
    except InputError as error:
        raise error.at(source.named) from None
    return plugin


def opened(plugin: Named) -> ModuleType:
    """The module that is played, by which to look into tables and parameters of its own."""
    (source,) = found([plugin])
    return module_of(source)


@cache
def module_of(source: Source) -> ModuleType:
    """The module that a plug-in's text makes; the same for the same text."""
    return _imported(source) if source.module else _made(source)


def _imported(source: Source) -> ModuleType:
    """A module of an installed package, which must be the one that was asked for."""
    if listing(source.module) != source.text:
        raise InputError(
            f"the installed plug-in '{source.name}' is not the one that the process has that asks for it; install the same "
            "version everywhere",
            field="plugins",
        )
    try:
        return import_module(source.module)
    except Exception as error:
        raise InputError(f"can't be imported: {error}", file=source.module, field="plugins") from error


def _made(source: Source) -> ModuleType:
    file = _file_name(source)
    module = ModuleType(f"{PLUGGED_IN}{source.name}_{source.sha256[:_SHOWN]}")
    module.__file__ = file
    module.__dict__[SOURCE] = source
    sys.modules[module.__name__] = module  # where dataclasses and type hints look names up
    try:
        exec(compile(source.text, file, "exec"), module.__dict__)
    except (Exception, SystemExit) as error:
        del sys.modules[module.__name__]
        if fault := fault_of(error, "loaded"):
            raise fault from error
        raise InputError(
            f"fails when it is loaded: {_said(error)}", file=source.named, field="plugins"
        ) from error
    for thing in vars(module).values():
        if isinstance(thing, type) and issubclass(thing, StrEnum) and thing.__module__ == module.__name__:
            # A parameter's value travels as its word: the process that gets it may not have loaded this module yet.
            setattr(thing, "__reduce_ex__", _as_word)  # noqa: B010 - a type checker takes it for one of all enums
    return module


def fault_of(error: BaseException, done: str) -> InputError | None:
    """An error that came out of a plug-in's own code, in a line with its place; None if it came from elsewhere.

    Parameters
    ----------
    done : str
        What was done with the plug-in when it failed: it is "loaded", or "played".
    """
    own = [
        (frame.f_globals[SOURCE], line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if SOURCE in frame.f_globals
    ]
    if not own or isinstance(error, InputError):
        return None
    source, line = own[-1]
    told = "; ".join([_said(error), *getattr(error, "__notes__", ())])
    return InputError(f"fails when it is {done}: {told}", file=source.named, line=line, field="plugins")


def _said(error: BaseException) -> str:
    """An error in words, even one that can't say what it is."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # noqa: BLE001 - whatever a plug-in's own class of errors does
        return type(error).__name__


def _as_word(value: StrEnum, _protocol: object) -> tuple[type[str], tuple[str]]:
    return str, (value.value,)


def _file_name(source: Source) -> str:
    """The file, where it still holds this text (so that debuggers find it); else a name under which the text is kept."""
    path = Path(source.named)
    try:
        if path.read_text(encoding="utf-8") == source.text:
            return str(path.resolve())
    except OSError:
        pass
    name = f"<plug-in {source.name} {source.sha256[:_SHOWN]}>"
    linecache.cache[name] = (len(source.text), None, source.text.splitlines(keepends=True), name)
    return name
