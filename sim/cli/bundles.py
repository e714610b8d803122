"""Options that several commands share, gathered into the objects that commands are handed, each declared once.

Typer knows a command's options by its parameters. A parameter whose type is one of these dataclasses is taken apart by
`spread` before typer sees it, and put together again when the command is called.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Any, get_type_hints

import typer

from sim.cli.checks import registry
from sim.cli.options import (
    Assumptions,
    Cluster,
    Detail,
    End,
    KeptRuns,
    Lang,
    Language,
    Levers,
    Out,
    Overwrite,
    ParameterDraws,
    Plain,
    Plugins,
    Quiet,
    Registers,
    Scale,
    Seed,
    SinglePlaces,
    Start,
    TablesOnly,
    Workers,
    Worlds,
    WorldsPerDraw,
)
from sim.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Playing:
    """In how many worlds, how much of the country, with what, and where to."""

    worlds: Worlds = 40
    seed: Seed = 2026
    scale: Scale = 1.0
    workers: Workers = None
    out: Out = None
    plugins: Plugins = None


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What may make way for the results, and whether a page is made of them."""

    overwrite: Overwrite = False
    tables_only: TablesOnly = False


@dataclass(frozen=True, kw_only=True)
class Window:
    """The years that are played."""

    start: Start = 2017
    end: End = 2034


@dataclass(frozen=True, kw_only=True)
class Setting(Playing):
    """What is set for all designs, and where else parameters and registers come from."""

    levers: Levers = None
    assumptions: Assumptions = None
    parameters: ParameterDraws = None
    registers: Registers = None
    single_places: SinglePlaces = False

    def split(self, given: dict[str, Any], last_year: int) -> dict[str, Any]:
        """What was given, with levers and assumptions apart; `InputError` if they can't be set in a run up to the year."""
        from sim.scenario_files import split_settings

        known = registry(self.plugins)
        levers, undated = split_settings(self.levers or [], known, "--lever", last_year)
        dated, assumptions = split_settings(self.assumptions or [], known, "--assumption", last_year)
        for name in undated:
            raise InputError(f"--lever {name}: is an assumption; say --assumption {name}=VALUE")
        for name in dated:
            raise InputError(f"--assumption {name}: is set by year; say --lever {name}=VALUE")
        return given | {"levers": levers, "assumptions": assumptions}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """In which language, and whether anything but the place of the results is said."""

    lang: Language = Lang.NB
    quiet: Quiet = False

    def given(self) -> dict[str, Any]:
        """What the function behind the command is called with: all options of the bundle but those left to its defaults."""
        by_name = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "quiet"}
        by_name |= {"lang": self.lang.value, "progress": not self.quiet}
        return {name: value for name, value in by_name.items() if value is not None}

    def tell(self, lines: Callable[[str], Iterable[str]], folder: Path) -> None:
        """Print the answer, which `lines` gives in a language, and where it lies: the page if there is one, else the folder."""
        for line in [] if self.quiet else lines(self.lang.value):
            typer.echo(line)
        page = folder / "report.html"
        typer.echo(page if page.is_file() else folder)


@dataclass(frozen=True, kw_only=True)
class Country(Telling, Setting):
    """A country that is set, and told of."""

    def given(self) -> dict[str, Any]:
        """As for `Telling`; what can hardly be so in register files is told before anything is played, as `validate` does."""
        if self.registers is not None and not self.quiet:
            from sim.world.plausibility import doubts
            from sim.world.registers import Registers as RegisterFiles

            for doubt in doubts(RegisterFiles.read(Path(self.registers))):
                typer.echo(f"doubt: {doubt}", err=True)
        return super().given()

    def tell(self, lines: Callable[[str], Iterable[str]], folder: Path) -> None:
        """As for `Telling`; where single places of a register are told of, that comes first, quiet or not."""
        if self.single_places and self.registers is not None:
            from sim.report.messages import load

            typer.echo(load(self.lang.value).text("limits.places_single"))
        super().tell(lines, folder)


@dataclass(frozen=True, kw_only=True)
class Study(Country, Window, Keeping):
    """What a study of designs needs."""

    detail: Detail = None

    def given(self) -> dict[str, Any]:
        """As for `Telling`; `InputError` if the years or what is set make no sense."""
        if self.end < self.start:
            raise InputError(f"--end: expected a year from --start ({self.start}) on, got {self.end}")
        return self.split(super().given(), self.end)


@dataclass(frozen=True, kw_only=True)
class DrawnStudy(Study):
    """A study in which luck and ignorance can be told apart."""

    worlds_per_draw: WorldsPerDraw = None


@dataclass(frozen=True, kw_only=True)
class Analysis(Telling, Window, Playing):
    """What an analysis needs that plays runs of its own."""

    cluster: Cluster = None
    store: KeptRuns = None


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer can read it: with every option of a bundle as a parameter of its own."""
    hints = get_type_hints(command, include_extras=True)
    bundles: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    parameters: list[inspect.Parameter] = []
    for one in inspect.signature(command).parameters.values():
        if one.name in bundles:
            parameters += _options(bundles[one.name])
        else:
            parameters.append(one.replace(annotation=hints[one.name]))

    @wraps(command)
    def spread_command(**given: Any) -> None:
        for name, bundle in bundles.items():
            given[name] = bundle(**{option.name: given.pop(option.name) for option in fields(bundle)})
        command(**given)

    spread_command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what `inspect` looks for
    return spread_command


def playing(command: Callable[..., None]) -> Callable[..., None]:
    """A command that plays models, with the option to have them played line by line."""
    hints = get_type_hints(command, include_extras=True)
    own = [one.replace(annotation=hints[one.name]) for one in inspect.signature(command).parameters.values()]
    option = inspect.Parameter("plain", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Plain)

    @wraps(command)
    def playing_command(*, plain: bool, **given: Any) -> None:
        from sim.rules.plainly import plainly

        with plainly(plain):
            command(**given)

    playing_command.__annotations__ = {**hints, "plain": Plain}  # for `spread`
    playing_command.__signature__ = inspect.Signature([*own, option])  # type: ignore[attr-defined]  # as for `spread`
    return playing_command


def _options(bundle: Any) -> list[inspect.Parameter]:
    """The options of a bundle as keyword parameters."""
    hints = get_type_hints(bundle, include_extras=True)
    return [
        inspect.Parameter(
            one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=hints[one.name]
        )
        for one in fields(bundle)
    ]
