"""Sensitivity from runs that were made for something else: any store of a sweep over draws of the parameters.

PAWN takes whatever sample there is, with holes and all. What it can't know is what was not varied. Parameters of the
questionnaire are read when the virtual survey is answered and reach no outcome of a run: they are its negative controls.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np

from sim.arrays import Floats
from sim.experiments.analysis_folder import check_analysis_place
from sim.experiments.progress import bar as progress_bar
from sim.sensitivity import pawn, tables
from sim.sensitivity.api import KIND
from sim.sensitivity.given_runs import GivenRuns, read_runs
from sim.sensitivity.plans import HALVINGS, LEAST_POINTS, Method
from sim.sensitivity.results import results_of
from sim.settings import check_lang
from sim.studies.analyses import Analysis, finished
from sim.surveys.parameters import Survey
from sim.sweeps.kept import Figure


def given(
    store: PathLike[str] | str,
    *,
    designs: Sequence[str] | None = None,
    outcomes: Sequence[str] | None = None,
    seed: int = 2026,
    out: Path | str | None = None,
    lang: str = "nb",
    progress: bool = True,
) -> Analysis:
    """PAWN on the runs of a store; designs and parameters are those that it has.

    Parameters
    ----------
    designs : sequence of str, optional
        Keys of the designs, the first to compare with; by default all in the store.
    outcomes : sequence of str, optional
        Figures of the store, such as `practice@mean:picked.either`; by default all.
    progress : bool
        Whether a bar tells, on a terminal, how many results have been looked at.

    Raises
    ------
    InputError
        If there are too few draws, or nothing varies.
    """
    store = Path(store)
    folder = store.with_name(f"{store.name}-sensitivity") if out is None else Path(out)
    check_analysis_place(folder, KIND)
    check_lang(lang)
    runs = read_runs(store, designs)
    runs.check_enough(LEAST_POINTS, store)
    x = runs.parameters[runs.names].to_numpy(dtype=float)
    indices, converging, noise = [], [], []
    n = len(x)
    figures, values = _chosen(runs, outcomes, store)
    controls = np.array([name.startswith(f"{Survey.key}.") for name in runs.names])
    results = list(results_of(figures, runs.designs, values))
    told = progress_bar(len(results), "result", progress=progress)
    for result, outputs in results:
        indices_of_all = pawn.analyse(x, outputs, seed, controls=controls)
        indices.append(tables.index_rows(result, runs.names, indices_of_all))
        for part in (n // 2**k for k in reversed(range(HALVINGS)) if n // 2**k >= LEAST_POINTS):
            some = (
                indices_of_all[:1]
                if part == n
                else pawn.analyse(x, outputs, seed, part, pawn.NAMES[:1], controls)
            )
            converging.append(tables.index_rows(result, runs.names, some).assign(asked=part))
        noise.append(tables.noise_rows(result, outputs))
        told.update()
    told.close()
    found = tables.of_results(indices, converging, noise)
    found["factors"] = tables.given_factors(runs.names)
    about: dict[str, object] = {
        "method": str(Method.PAWN), **runs.described(), "n": n, "points": n, "seed": seed,
        "failed_runs": int(np.isnan(runs.values).all(axis=-1).sum()),
    }  # fmt: skip
    return finished(folder, KIND, found, about, lang)


def _chosen(
    given: GivenRuns, outcomes: Sequence[str] | None, store: Path | str
) -> tuple[Sequence[Figure], Floats]:
    """The figures asked for and their values; all if none is named."""
    if not outcomes:
        return given.figures, given.values
    places = [given.place(name, store) for name in outcomes]
    return [given.figures[k] for k in places], given.values[..., places]
