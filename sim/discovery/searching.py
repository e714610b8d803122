"""Searching for designs from Python. The command line does the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Bools, Floats
from sim.design import DECISION_YEAR, Design, plain
from sim.discovery import tables
from sim.discovery.evolution import Arena, Candidate, evolve, interval, spread_out, undominated
from sim.discovery.levers import LEVERS, choices
from sim.discovery.scenario_text import write_scenario
from sim.errors import InputError, RunsFailedError
from sim.experiments.analysis_folder import AnalysisTable, check_analysis_place
from sim.experiments.folder import unused
from sim.experiments.instruments import Instruments, national_model, with_plugins
from sim.experiments.manifest import plugins_section
from sim.experiments.posterior import source_of
from sim.experiments.study import RESULTS
from sim.sensitivity.api import figure_names, load_designs
from sim.settings import MOST_RUNS, MOST_WORLDS, check_lang, check_number, check_runs, check_world
from sim.studies.analyses import Analysis, finished
from sim.sweeps import Kept, play_points

if TYPE_CHECKING:
    from sim.plugins import Named

KIND = "search"
OBJECTIVES = ("pupil_results@mean", "inequality@mean", "hours@mean", "legitimacy@mean")
MOST_ON_FRONT = 20  # candidates that are played again
FOLDER = "designs"
LEAST_POPULATION = 4


def search(  # noqa: PLR0913 - each is a setting of its own; all have a default
    versus: str | Path | Design = "voluntary",
    *,
    levers: Sequence[str] = LEVERS,
    objectives: Sequence[str] = OBJECTIVES,
    population: int = 24,
    generations: int = 10,
    worlds: int = 8,
    fresh: int = 24,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
    parameters: str | Path | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    store: Path | str | None = None,
    out: Path | str | None = None,
    lang: str = "nb",
    progress: bool = True,
    instruments: Callable[[], Instruments] = national_model,
    plugins: Iterable[Named] = (),
) -> Analysis:
    """Look for designs that no other one beats in everything.

    Parameters
    ----------
    versus : str, Path or Design
        What candidates extend, by levers from 2026 on, and are compared with in the same worlds.
    levers : sequence of str
        `name`, `name=low:high` or `name=a,b,c`.
    objectives : sequence of str
        Figures, each better one way.
    population, generations : int
        Candidates proposed at a time, and how often.
    worlds : int
        Worlds that every candidate is tried in, each with its own draw of the parameters, as in a comparison.
    fresh : int
        Further worlds that the front is judged in.
    parameters : str or Path, optional
        As for `sim.compare`: by default the accepted posterior where there is one that fits the model, else the priors.
    store : Path, optional
        Where runs are kept: a search that was broken off goes on from there.

    Returns
    -------
    Analysis
        Tables `front` and `candidates`; the front's designs lie as scenario files in `designs/`.
    plugins : iterable
        As for `sim.compare`.

    Raises
    ------
    InputError
        If something asked for can't be used; nothing is written then.
    """
    instruments = with_plugins(plugins, instruments)
    check_number("population", population, Integral, LEAST_POPULATION, MOST_RUNS)
    check_number("generations", generations, Integral, 1, MOST_RUNS)
    check_number("worlds", worlds, Integral, 1, MOST_WORLDS)
    check_number("fresh", fresh, Integral, 2, MOST_WORLDS)
    check_world(seed, start, end, scale)
    check_lang(lang)
    check_runs(
        population * generations * worlds,
        f"{generations} generations of {population} candidates in {worlds} worlds",
    )
    measured = instruments()
    design = load_designs([versus], measured.registry)[0]
    folder = unused(RESULTS / f"search-{design.key}") if out is None else Path(out)
    check_analysis_place(folder, KIND)
    if isinstance(versus, (str, Path)) and str(versus).endswith((".yaml", ".yml")):
        # A scenario file can extend a design by name only; so what is found extends the file beside it.
        design = replace(design, key=Path(versus).stem)
    kept = Kept.of(figure_names(objectives), measured.outcomes, max(DECISION_YEAR, start))
    kept.check_years(start, end)
    better = _directions(kept, measured)
    source = source_of(measured.registry, seed, parameters)
    play = partial(
        play_points, workers=workers, cluster=cluster, store=store, progress=progress, instruments=instruments
    )
    space = choices(measured.registry, levers)
    arena = Arena(design, space, kept, better, source, seed, start, end, scale, play)
    tried = evolve(arena, population, generations, range(worlds))
    front, means, on_front = _front(tried, arena, range(worlds, worlds + fresh))
    about: dict[str, object] = {
        **plugins_section(measured),
        "designs": [{"key": design.key, "title": dict(design.title)}],
        "objectives": list(kept.columns),
        "parameters": source.describe()["drawn_from"],
        "levers": {one.name: [plain(value) for value in one.values] for one in arena.space},
        "population": population,
        "generations": generations,
        "tried": len(tried),
        "worlds": worlds,
        "fresh": fresh,
        "seed": seed,
        "years": {"start": start, "end": end},
        "scale": scale,
    }
    found = {
        "front": tables.made(means, tables.FRONT, "one objective of one candidate on the front"),
        "candidates": tables.made(_candidate_rows(front), tables.CANDIDATES, "one lever of one candidate"),
        "tried": _tried(tried, arena),
    }

    def further(folder: Path) -> None:
        for candidate, stays in zip(front, on_front, strict=True):
            if stays:
                write_scenario(folder / FOLDER, candidate.design.key, design.key, candidate.levers)

    return finished(folder, KIND, found, about, lang, further)


def _directions(kept: Kept, measured: Instruments) -> Floats:
    better = {outcome.key: outcome.better for outcome in measured.outcomes}
    for figure in kept.figures:
        if better[figure.outcome] == 0:
            raise InputError(f"'{figure.name}' is better neither higher nor lower", field="objectives")
    return np.array([float(better[figure.outcome]) for figure in kept.figures])


def _front(
    tried: Sequence[Candidate], arena: Arena, fresh: Sequence[int]
) -> tuple[list[Candidate], list[dict[str, object]], Bools]:
    """The front in the worlds of the search, judged in fresh ones."""
    means = np.array([one.means for one in tried])
    best = [tried[i] for i in np.flatnonzero(undominated(means, arena.better)).tolist()]
    best = [best[i] for i in spread_out(np.array([one.means for one in best]), MOST_ON_FRONT)] if best else []
    if not best:
        raise RunsFailedError("every candidate of the search failed; the store of runs has the errors")
    again = arena.differences([one.design for one in best], fresh)
    stays = undominated(again.mean(axis=1), arena.better)
    rows: list[dict[str, object]] = []
    for candidate, differences, kept_on in zip(best, again, stays, strict=True):
        mean, low, high = interval(differences)
        for k, figure in enumerate(arena.kept.figures):
            rows.append(
                {
                    "variant": candidate.design.key,
                    "objective": figure.name,
                    "better": int(arena.better[k]),
                    "selected": float(candidate.means[k]),
                    "fresh": float(mean[k]),
                    "fresh_low": float(low[k]),
                    "fresh_high": float(high[k]),
                    "on_front": bool(kept_on),
                }
            )
    return best, rows, stays


def _candidate_rows(front: Sequence[Candidate]) -> list[dict[str, object]]:
    return [
        {"variant": one.design.key, "lever": name, "value": str(plain(value)), "found_in": one.found_in}
        for one in front
        for name, value in one.levers.items()
    ]


def _tried(tried: Sequence[Candidate], arena: Arena) -> AnalysisTable:
    rows = [
        {
            "variant": one.design.key,
            "found_in": one.found_in,
            "objective": figure.name,
            "selected": float(mean),
        }
        for one in tried
        for figure, mean in zip(arena.kept.figures, one.means, strict=True)
    ]
    columns = {name: {**tables.FRONT, **tables.CANDIDATES}[name] for name in rows[0]}
    return tables.made(rows, columns, "one objective of one candidate that was tried")
