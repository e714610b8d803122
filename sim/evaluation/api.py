"""A virtual evaluation in one line, as `sim.evaluate`; the command line does the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sim.design import DECISION_YEAR, LAST_YEAR, Design
from sim.errors import InputError
from sim.evaluation.observed import TABLE, Evaluator
from sim.evaluation.panel import estimates, panel
from sim.evaluation.returning import changes, summed
from sim.evaluation.scenarios import LEAST_MULTIPLE, MOST_MULTIPLE, MULTIPLE, WITH, WITHOUT, designs
from sim.evaluation.summing_up import evaluation, power
from sim.evaluation.tables import ESTIMATES, EVALUATION, POWER, RETURNING, ROWS_ARE, arrow
from sim.experiments.folder import unused
from sim.experiments.instruments import with_plugins
from sim.experiments.manifest import command
from sim.experiments.planning import Levers, planned
from sim.experiments.study import LONGEST_NAME, RESULTS, Study
from sim.experiments.writing import write_table
from sim.settings import check_number
from sim.studies.api import carried_out
from sim.studies.results import Results

if TYPE_CHECKING:
    from sim.plugins import Named

FOLLOW_UP = "follow-up"
WHAT = (FOLLOW_UP,)
YEARS_AFTER = (1, 3, 6)
FIRST_YEAR = 2017


def evaluate(  # noqa: PLR0913 - each is a setting of its own; all have a default
    what: str = FOLLOW_UP,
    *,
    design: str | Path | Design = "voluntary",
    draw_year: int = DECISION_YEAR,
    years_after: Sequence[int] = YEARS_AFTER,
    multiple: float = MULTIPLE,
    worlds: int = 100,
    seed: int = 2026,
    scale: float = 1.0,
    workers: int | None = None,
    out: Path | str | None = None,
    levers: Levers | None = None,
    assumptions: Mapping[str, object] | None = None,
    registers: Path | str | None = None,
    single_places: bool = False,
    lang: str = "nb",
    progress: bool = True,
    parameters: str | Path | None = None,
    overwrite: bool = False,
    tables_only: bool = False,
    plugins: Iterable[Named] = (),
) -> Results:
    """Evaluate a draw of the follow-up scheme as an evaluator could, in many worlds in which the truth is known.

    Each world is played with the draw and without it, and both again where measures do more good. Before-after, comparison
    with look-alikes (plain and corrected) and regression discontinuity are applied to what an evaluator could have, and held
    against the truth.

    Parameters
    ----------
    what : str
        What is evaluated: "follow-up".
    design : str, Path or Design
        What is played up to the draw.
    draw_year : int
        Year of the draw; none is held after it.
    years_after : sequence of int
        After how many years the evaluator looks.
    multiple : float
        How many times as much measures give in the scenario of a stronger effect, from 1 to 4.
    worlds, seed, scale, workers, out, levers, assumptions, registers, single_places, lang, progress, parameters, overwrite, \
    tables_only, plugins
        As for `sim.compare`; every world has its own draw of the parameters.

    Returns
    -------
    Results
        With the tables `estimates`, `evaluation` and `power`.

    Raises
    ------
    InputError
        If a setting or the folder can't be used; then nothing is written.

    Examples
    --------
    >>> results = sim.evaluate("follow-up", worlds=20)  # doctest: +SKIP
    >>> results.table("evaluation").query("scenario == 'none'")  # doctest: +SKIP
    """
    if what not in WHAT:
        raise InputError(f"there is no evaluation of '{what}'; there are: {', '.join(WHAT)}", field="what")
    _check(draw_year, years_after, multiple)
    start, last = min(FIRST_YEAR, draw_year - 1), draw_year + max(years_after)
    base = planned(
        [design], worlds=worlds, seed=seed, start=start, end=last, scale=scale, levers=levers,
        assumptions=assumptions, registers=registers, single_places=single_places, lang=lang, detail=0, parameters=parameters,
        instruments=Evaluator(draw_year - 1, with_plugins(plugins)),
    )  # fmt: skip
    played = designs(base.designs[0], draw_year, base.instruments().registry, multiple)
    asked = _command(base, draw_year, years_after, multiple)
    study = replace(base, designs=played, named=(), asked=asked, passing=("draws", TABLE))

    def further(folder: Path) -> Mapping[str, str]:
        write_evaluation(folder, draw_year, tuple(years_after), seed)
        return ROWS_ARE

    usual = RESULTS / f"evaluate-{what}-{base.designs[0].key}"[:LONGEST_NAME]
    place = unused(usual) if out is None else out
    return carried_out(
        study, place, workers, progress, further=further, overwrite=overwrite, tables_only=tables_only
    )


def write_evaluation(folder: Path, draw_year: int, years_after: Sequence[int], seed: int) -> None:
    """Write the tables of an evaluation from what was noted down in the worlds."""
    draws = pd.read_parquet(
        folder / "draws.parquet", filters=[("year", "==", draw_year), ("design", "==", WITH)]
    )
    figures = pd.read_parquet(folder / f"{TABLE}.parquet")
    worlds = dict(tuple(figures.groupby("world", sort=True)))
    rows, met_again = [], []
    for world, draw in draws.groupby("world", sort=True):
        seen = {str(key): table for key, table in worlds[world].groupby("design", observed=True)}
        found = estimates(panel(draw, seen, draw_year, years_after), years_after)
        met_again.append(changes(draw, seen[WITHOUT], draw_year))
        rows += [{"world": world, **row} for row in found]
    made = pd.DataFrame(rows)
    parts = (
        (ESTIMATES, made),
        (EVALUATION, evaluation(made)),
        (POWER, power(made, seed)),
        (RETURNING, summed(met_again)),
    )
    for name, frame in parts:
        write_table(arrow(frame, name), folder / f"{name}.parquet")


def _check(draw_year: int, years_after: Sequence[int], multiple: float) -> None:
    check_number("draw_year", draw_year, Integral, FIRST_YEAR, LAST_YEAR - 1)
    if isinstance(multiple, bool) or not LEAST_MULTIPLE <= multiple <= MOST_MULTIPLE:
        limits = f"from {LEAST_MULTIPLE:g} to {MOST_MULTIPLE:g}"
        raise InputError(f"multiple: expected a number {limits}, got {multiple!r}", field="multiple")
    if not years_after:
        raise InputError("years_after: expected at least one number of years", field="years_after")
    for years in years_after:
        check_number("years_after", years, Integral, 1, LAST_YEAR - draw_year)


def _command(study: Study, draw_year: int, years_after: Sequence[int], multiple: float) -> str | None:
    """The command that makes the same results again; None if the design was handed over as an object."""
    same = command(study)
    if same is None:
        return None
    program, _, design, *rest = shlex.split(same)
    words = [
        program,
        "evaluate",
        FOLLOW_UP,
        "--design",
        design,
        *_without(rest, "--start", "--end", "--detail"),
    ]
    words += ["--draw-year", str(draw_year), "--multiple", f"{multiple:g}"]
    for years in years_after:
        words += ["--years-after", str(years)]
    return shlex.join(words)


def _without(words: Sequence[str], *options: str) -> list[str]:
    """The words of a command without some options and their values."""
    left = [*words]
    for option in options:
        place = left.index(option)
        del left[place : place + 2]
    return left
