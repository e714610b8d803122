"""Sensitivity from Python, in one line. The command line does the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

from sim.arrays import Floats
from sim.design import Design
from sim.errors import InputError
from sim.experiments.analysis_folder import AnalysisTable, check_analysis_place
from sim.experiments.folder import unused
from sim.experiments.instruments import Instruments, national_model, with_plugins
from sim.experiments.manifest import plugins_section
from sim.experiments.study import RESULTS, check_keys
from sim.outcomes.groups import ALL
from sim.parameters.registry import Registry
from sim.sensitivity import tables
from sim.sensitivity.convergence import course, indices_of
from sim.sensitivity.factors import choose
from sim.sensitivity.plans import Method, Plan, plan
from sim.sensitivity.playing import Course
from sim.sensitivity.results import Result, results_of
from sim.settings import MOST_RUNS, MOST_WORLDS, check_lang, check_number, check_runs, check_world
from sim.studies.analyses import Analysis, finished
from sim.sweeps.kept import Figure

if TYPE_CHECKING:
    from sim.plugins import Named

KIND = "sensitivity"
FIGURES = (
    "pupil_results@mean", "practice@mean", "owner_competence@mean", "legitimacy@mean", "inequality@mean",
    "hours@mean",
)  # fmt: skip
"""What is explained unless something else is asked for."""

USUAL_N = {Method.MORRIS: 10, Method.SOBOL: 128, Method.PAWN: 1000}


def analyse(  # noqa: PLR0913 - each is a setting of its own; all but the first have a default
    designs: Sequence[str | Path | Design],
    *,
    method: str = "morris",
    outcomes: Sequence[str] = FIGURES,
    groups: Sequence[str] = (ALL,),
    parameters: Sequence[str] | None = None,
    themes: bool = False,
    n: int | None = None,
    worlds: int = 4,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
    workers: int | None = None,
    cluster: str | None = None,
    store: Path | str | None = None,
    out: Path | str | None = None,
    lang: str = "nb",
    progress: bool = True,
    instruments: Callable[[], Instruments] = national_model,
    plugins: Iterable[Named] = (),
) -> Analysis:
    """Which uncertain parameters the answers hang on, for each design and for the differences between designs.

    Parameters
    ----------
    designs : sequence of str, Path or Design
        One or more; the others are compared with the first.
    method : str
        `morris` (screening), `sobol` (shares of variance) or `pawn` (any sample, missing runs included).
    outcomes : sequence of str
        Figures such as `pupil_results@mean` or `practice@2030`; a bare outcome means `@mean`.
    groups : sequence of str
        Groups of municipalities that the figures are taken for.
    parameters : sequence of str, optional
        Uncertain parameters, or themes such as `follow_up.acceptance`; by default all.
    themes : bool
        Whether a theme is moved as one factor.
    n : int, optional
        Trajectories (morris), base points, a power of 2 (sobol), or points (pawn).
    worlds : int
        Worlds that every point is played in, the same for all; with one, luck can't be told from parameters.
    store : Path, optional
        Where runs are kept: an analysis that was broken off goes on from there.
    out : Path, optional
        Folder for the tables and the report; by default one in `results/`.
    plugins : iterable
        As for `sim.compare`.

    Raises
    ------
    InputError
        If something asked for can't be used; nothing is written then.

    Examples
    --------
    >>> found = sim.sensitivity.analyse(["voluntary", "obligatory"], themes=True, scale=0.1)  # doctest: +SKIP
    >>> found.table("indices").query("index == 'mu_star' and versus == 'voluntary'")  # doctest: +SKIP
    """
    instruments = with_plugins(plugins, instruments)
    kind = _method(method)
    check_world(seed, start, end, scale)
    check_number("worlds", worlds, Integral, 1, MOST_WORLDS)
    check_number("n", n or USUAL_N[kind], Integral, 2, MOST_RUNS)
    check_lang(lang)
    measured = instruments()
    registry = measured.registry
    loaded = load_designs(designs, registry)
    folder = (
        unused(RESULTS / f"sensitivity-{kind}-{'-vs-'.join(one.key for one in loaded)}"[:120])
        if out is None
        else Path(out)
    )
    check_analysis_place(folder, KIND)
    factors = choose(registry, parameters, themes=themes)
    points = (n or USUAL_N[kind]) * (1 if kind is Method.PAWN else len(factors) + 1)
    check_runs(
        points * worlds * len(loaded), f"{points:,} points in {worlds:,} worlds under {len(loaded)} designs"
    )
    the_plan = plan(kind, factors, n or USUAL_N[kind], seed)
    run = Course(
        loaded,
        worlds,
        seed,
        start,
        end,
        scale,
        workers=workers,
        cluster=cluster,
        store=None if store is None else Path(store),
        progress=progress,
        instruments=instruments,
    )
    kept = run.kept(figure_names(outcomes, groups))
    values, table = run.play(the_plan.values(), kept)
    about: dict[str, object] = {
        **plugins_section(measured),
        "method": str(kind),
        "designs": [{"key": one.key, "title": dict(one.title)} for one in loaded],
        "n": the_plan.n,
        "points": len(the_plan.cube),
        "worlds": worlds,
        "seed": seed,
        "years": {"start": start, "parting": run.parting, "end": end},
        "scale": scale,
        "failed_runs": len(table.failures),
    }
    found = explained(the_plan, results_of(kept.figures, run.keys, values))
    found["factors"] = tables.factor_table(the_plan.factors)
    found["points"] = tables.point_table(the_plan.shares, _column_names(the_plan))
    return finished(folder, KIND, found, about, lang)


def explained(the_plan: Plan, results: Iterable[tuple[Result, Floats]]) -> dict[str, AnalysisTable]:
    """Indices, their course with more runs, and the part of luck, for each result."""
    names = [factor.name for factor in the_plan.factors]
    indices, converging, noise = [], [], []
    for result, outputs in results:
        indices.append(tables.index_rows(result, names, indices_of(the_plan, outputs)))
        converging += [
            tables.index_rows(result, names, some[:1]).assign(asked=asked)
            for asked, some in course(the_plan, outputs)
        ]
        noise.append(tables.noise_rows(result, outputs))
    return tables.of_results(indices, converging, noise)


def load_designs(designs: Sequence[str | Path | Design], registry: Registry) -> tuple[Design, ...]:
    """Designs by name, file or as they are; `InputError` if there is none or two share a key."""
    from sim.scenario_files import load_design

    if isinstance(designs, (str, Path, Design)) or not designs:
        raise InputError("expected a list of designs", field="designs")
    loaded = tuple(one if isinstance(one, Design) else load_design(one, registry) for one in designs)
    check_keys(loaded)
    return loaded


def figure_names(outcomes: Sequence[str], groups: Sequence[str] = (ALL,)) -> list[str]:
    """Names of the figures for every group; a bare outcome means its mean from the parting on.

    >>> figure_names(["practice", "hours@end"], ["all", "need"])
    ['practice@mean', 'practice@mean:need', 'hours@end', 'hours@end:need']
    """
    whole = [name if "@" in name else f"{name}@mean" for name in outcomes]
    figures = [Figure.of(name if group == ALL else f"{name}:{group}") for name in whole for group in groups]
    return [figure.name for figure in figures]


def _method(name: str) -> Method:
    try:
        return Method(name)
    except ValueError:
        raise InputError(
            f"method: expected one of {', '.join(Method)}, got '{name}'", field="method"
        ) from None


def _column_names(the_plan: Plan) -> list[str]:
    return [
        name for factor in the_plan.factors for name in ([d.name for d in factor.members] or [factor.name])
    ]
