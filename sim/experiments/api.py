"""Running and comparing designs from Python, in one line each. The command line does the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sim.design import Design
from sim.errors import InputError
from sim.experiments.conduct import conduct
from sim.experiments.instruments import Instruments, national_model, with_plugins
from sim.experiments.posterior import source_of
from sim.experiments.results import Results
from sim.experiments.shortfall import shortfall
from sim.experiments.structures import STRUCTURES, Structure
from sim.experiments.study import DETAILED_WORLDS, Study, usual_worlds_per_draw

if TYPE_CHECKING:
    from sim.plugins import Named

Levers: TypeAlias = Mapping[str, object]
LEAST_TO_COMPARE = 2


def compare(  # noqa: PLR0913 - each is a setting of its own; all but the first have a default
    designs: Sequence[str | Path | Design],
    *,
    worlds: int = 40,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
    workers: int | None = None,
    out: Path | str | None = None,
    levers: Levers | None = None,
    assumptions: Mapping[str, object] | None = None,
    registers: Path | str | None = None,
    lang: str = "nb",
    detail: int | None = None,
    parameters: str | Path | None = None,
    progress: bool = True,
    worlds_per_draw: int | None = None,
    structures: bool = False,
    plugins: Iterable[Named] = (),
) -> Results:
    """Play designs in the same worlds and compare them.

    Parameters
    ----------
    designs : sequence of str, Path or Design
        At least two, by name, by file or as objects. The first is what the others are compared with.
    worlds : int
        Worlds to play, each with its own luck.
    seed : int
        The same seed gives the same numbers, however many workers there are.
    start, end : int
        First and last calendar year.
    scale : float
        Share of the country that is modelled, for quick tries.
    workers : int, optional
        Processes to work with; by default one for each core.
    out : Path or str, optional
        Folder for the results; by default a folder in `results/` named after the designs. Results of an
        earlier study in that place are replaced; anything else there is refused.
    levers : mapping, optional
        Levers set in all designs: from name (or `name@year`) to value, or to values by year. Without a
        year a value holds from 2026 on.
    assumptions : mapping, optional
        Uncertain or fixed parameters held at a value in all worlds.
    registers : Path or str, optional
        Folder of register files to use in place of the synthetic country's tables.
    lang : str
        Language of the report, "nb" or "en".
    detail : int, optional
        Worlds, the first ones, of which every municipality's and school's state is kept.
    parameters : str or Path, optional
        Where worlds draw their uncertain parameters from: "prior", "posterior" (the accepted one), or a file of
        posterior draws. By default the accepted posterior where there is one that fits the model, else the priors.
    progress : bool
        Whether to draw a bar on standard error, if that is a terminal.
    worlds_per_draw : int, optional
        Worlds that share one draw of the uncertain parameters; by default two, so that luck and ignorance of the
        parameters can be told apart, or one where fewer than 20 worlds are played.
    structures : bool
        Whether to play everything under alternative structures of the model too (`sim.experiments.structures`), to see
        whether the answer hangs on them; that takes several times as long.
    plugins : iterable
        What modules of one's own add (docs/how-to/plug-ins.md): files, modules, or names under which packages offer them.

    Returns
    -------
    Results
        The tables, read when asked for, and the folder they lie in.

    Raises
    ------
    InputError
        If a design, a setting or the folder can't be used; then nothing is written.

    Examples
    --------
    >>> results = sim.compare(["voluntary", "obligatory"], worlds=10, scale=0.1)  # doctest: +SKIP
    >>> results.comparison.query("group == 'all' and horizon == 'end'")  # doctest: +SKIP
    """
    if isinstance(designs, (str, Path, Design)) or len(designs) < LEAST_TO_COMPARE:
        raise InputError("compare: expected at least two designs", field="designs")
    study = planned(
        designs, worlds=worlds, seed=seed, start=start, end=end, scale=scale, levers=levers,
        assumptions=assumptions, registers=registers, lang=lang, detail=detail, parameters=parameters,
        worlds_per_draw=usual_worlds_per_draw(worlds) if worlds_per_draw is None else worlds_per_draw,
        structures=STRUCTURES if structures else (), instruments=with_plugins(plugins),
    )  # fmt: skip
    further = shortfall(study, workers=workers, progress=progress)
    return carried_out(study, out, workers, progress, further=further)


def run(  # noqa: PLR0913 - as for `compare`
    design: str | Path | Design,
    *,
    worlds: int = 40,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
    workers: int | None = None,
    out: Path | str | None = None,
    levers: Levers | None = None,
    assumptions: Mapping[str, object] | None = None,
    registers: Path | str | None = None,
    lang: str = "nb",
    detail: int | None = None,
    parameters: str | Path | None = None,
    progress: bool = True,
    worlds_per_draw: int | None = None,
    plugins: Iterable[Named] = (),
) -> Results:
    """Play one design. Everything is as for `compare`, but there is no table of comparison."""
    study = planned(
        [design], worlds=worlds, seed=seed, start=start, end=end, scale=scale, levers=levers,
        assumptions=assumptions, registers=registers, lang=lang, detail=detail, parameters=parameters,
        worlds_per_draw=usual_worlds_per_draw(worlds) if worlds_per_draw is None else worlds_per_draw,
        instruments=with_plugins(plugins),
    )  # fmt: skip
    return carried_out(study, out, workers, progress)


def planned(  # noqa: PLR0913 - as for `compare`
    designs: Sequence[str | Path | Design],
    *,
    worlds: int,
    seed: int,
    start: int,
    end: int,
    scale: float,
    levers: Levers | None = None,
    assumptions: Mapping[str, object] | None = None,
    registers: Path | str | None = None,
    lang: str = "nb",
    detail: int | None = None,
    worlds_per_draw: int = 1,
    structures: tuple[Structure, ...] = (),
    parameters: str | Path | None = None,
    instruments: Callable[[], Instruments] = national_model,
) -> Study:
    """The study that `compare` and `run` carry out: designs loaded, levers set, everything checked."""
    from sim.scenario_files import apply, load_design

    registry = instruments().registry
    dated = by_target(levers)
    loaded = [one if isinstance(one, Design) else load_design(one, registry) for one in designs]
    return Study(
        designs=tuple(apply(design, dated, assumptions, registry) for design in loaded),
        worlds=worlds,
        seed=seed,
        start=start,
        end=end,
        scale=scale,
        detail=DETAILED_WORLDS if detail is None else detail,
        levers=dated,
        assumptions=dict(assumptions or {}),
        named=tuple(None if isinstance(one, Design) else str(one) for one in designs),
        registers=None if registers is None else Path(registers),
        lang=lang,
        worlds_per_draw=worlds_per_draw,
        structures=structures,
        instruments=instruments,
        source=source_of(registry, seed, parameters),
        drawn=None if parameters is None else str(parameters),
    )


def by_target(levers: Levers | None) -> dict[str, object]:
    """Levers given by name or by name and year, as `name` or `name@year`.

    >>> by_target({"a.b": 1, "a.c": {2026: 2, 2030: 3}})
    {'a.b': 1, 'a.c@2026': 2, 'a.c@2030': 3}
    """
    targets: dict[str, object] = {}
    for name, value in (levers or {}).items():
        if isinstance(value, Mapping):
            targets |= {f"{name}@{year}": dated for year, dated in value.items()}
        else:
            targets[name] = value
    return targets


def carried_out(
    study: Study,
    out: Path | str | None,
    workers: int | None,
    progress: bool,
    further: Callable[[Path], object] | None = None,
) -> Results:
    """Carry a study out and report on it; `further` adds tables of its own."""
    from sim.report import write_report

    folder = study.folder() if out is None else Path(out)
    conduct(study, folder, workers=workers, progress=progress, further=further, report=write_report)
    return Results(folder)
