"""Running and comparing designs from Python, in one line each. The command line does the same.

A study is planned, played, kept and summed up (`sim.experiments.conduct`); when it lies in its folder, it is told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.design import Design
from sim.errors import InputError
from sim.experiments.conduct import conduct
from sim.experiments.folder import unused
from sim.experiments.instruments import with_plugins
from sim.experiments.parameter_draws import WORLDS_PER_DRAW
from sim.experiments.planning import Levers, compared, planned
from sim.experiments.study import Study
from sim.studies.results import Results
from sim.studies.telling import tell

if TYPE_CHECKING:
    import pandas as pd

    from sim.plugins import Named

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
    single_places: bool = False,
    lang: str = "nb",
    detail: int | None = None,
    parameters: str | Path | pd.DataFrame | None = None,
    progress: bool = True,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    structures: bool | None = None,
    overwrite: bool = False,
    tables_only: bool = False,
    plugins: Iterable[Named] = (),
) -> Results:
    """Play designs in the same worlds and compare them.

    Where they differ in follow-up, the first is played without any follow-up too, as a yardstick: what differs is told as a
    share of what the scheme itself brings the same municipalities. That is one more design to play.

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
        Folder for the results; by default a folder in `results/` named after the designs. Earlier results of the same
        study in that place are replaced; anything else there is refused.
    levers : mapping, optional
        Levers set in all designs: from name (or `name@year`) to value, or to values by year. Without a
        year a value holds from 2026 on.
    assumptions : mapping, optional
        Uncertain or fixed parameters held at a value in all worlds.
    registers : Path or str, optional
        Folder of register files to use in place of the synthetic country's tables.
    single_places : bool
        Whether to tell of single municipalities and schools of those registers, though what they are like is drawn and not
        observed; everything that is written says so. By default nothing is told of fewer than five together.
    lang : str
        Language of the report, "nb" or "en".
    detail : int, optional
        Worlds, the first ones, of which every municipality's and school's state is kept.
    parameters : str, Path or DataFrame, optional
        Where worlds draw their uncertain parameters from: "prior", "posterior" (the accepted one), or posterior draws of
        one's own: a file (Parquet or CSV) or a frame, with a column for each parameter. By default the accepted
        posterior where there is one that fits the model, else the priors.
    progress : bool
        Whether to draw a bar on standard error, if that is a terminal.
    worlds_per_draw : int
        Worlds that share one draw of the uncertain parameters, from the eleventh world on: so that luck and ignorance of
        the parameters can be told apart. A world is the same however many are played.
    structures : bool, optional
        Whether to play everything under all alternative structures of the model too (`sim.experiments.structures`), to see
        whether the answer hangs on them; that takes several times as long. By default those that concern obligation where
        designs differ in it, else none.
    overwrite : bool
        Whether results of another study in that place are replaced too.
    tables_only : bool
        Whether to leave the page and its figures out.
    plugins : iterable
        What modules of one's own add (docs/how-to/plug-ins.md): files, modules, or names under which packages offer them.

    Returns
    -------
    Results
        The tables, read when asked for, and the folder they lie in.

    Raises
    ------
    InputError
        If a design, a setting or the folder can't be used, or designs are the same as long as the study goes on; then
        nothing is played or written.
    NotToldError
        If the page can't be made; the tables lie whole in the folder then.

    Examples
    --------
    >>> results = sim.compare(["voluntary", "obligatory"], worlds=10, scale=0.1)  # doctest: +SKIP
    >>> results.comparison.query("group == 'all' and horizon == 'end'")  # doctest: +SKIP
    """
    if isinstance(designs, (str, Path, Design)) or len(designs) < LEAST_TO_COMPARE:
        raise InputError("compare: expected at least two designs", field="designs")
    study = planned(
        designs, worlds=worlds, seed=seed, start=start, end=end, scale=scale, levers=levers,
        assumptions=assumptions, registers=registers, single_places=single_places, lang=lang, detail=detail,
        parameters=parameters,
        worlds_per_draw=worlds_per_draw, instruments=with_plugins(plugins),
    )  # fmt: skip
    study = compared(study, structures=structures)
    return carried_out(study, out, workers, progress, overwrite=overwrite, tables_only=tables_only)


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
    single_places: bool = False,
    lang: str = "nb",
    detail: int | None = None,
    parameters: str | Path | pd.DataFrame | None = None,
    progress: bool = True,
    worlds_per_draw: int = WORLDS_PER_DRAW,
    overwrite: bool = False,
    tables_only: bool = False,
    plugins: Iterable[Named] = (),
) -> Results:
    """Play one design. Everything is as for `compare`, but there is no table of comparison."""
    study = planned(
        [design], worlds=worlds, seed=seed, start=start, end=end, scale=scale, levers=levers,
        assumptions=assumptions, registers=registers, single_places=single_places, lang=lang, detail=detail,
        parameters=parameters,
        worlds_per_draw=worlds_per_draw,
        instruments=with_plugins(plugins),
    )  # fmt: skip
    return carried_out(study, out, workers, progress, overwrite=overwrite, tables_only=tables_only)


def carried_out(
    study: Study,
    out: Path | str | None,
    workers: int | None,
    progress: bool,
    further: Callable[[Path], object] | None = None,
    *,
    overwrite: bool = False,
    tables_only: bool = False,
) -> Results:
    """Play and keep a study, then tell of it; `further` adds tables of its own."""
    folder = unused(study.folder()) if out is None else Path(out)
    conduct(study, folder, workers=workers, progress=progress, further=further, overwrite=overwrite)
    if not tables_only:
        tell(folder)
    return Results(folder)
