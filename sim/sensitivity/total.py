"""Total influence on the headline differences, of all that could be otherwise: uncertain parameters and fixed assumptions alike.

The screening of continuous integration, with the fixed assumptions opened for the purpose and in several worlds. From each base
point everything is moved by itself while all the rest stands elsewhere than at the base before, so that the mean size of the
changes counts what a parameter does together with others (Campolongo, Saltelli & Cariboni 2011). All points are played in the
same worlds: what reaches nothing has exactly no influence, and what only shuffles luck is told by its spread over worlds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from sim.in_place import put_in_place
from sim.parameters.declaration import Declaration, Role
from sim.parameters.priors import Uniform
from sim.parameters.registry import Registry
from sim.sensitivity.api import figure_names, load_designs
from sim.sensitivity.check import DESIGNS, END, FIGURES, SEED, START, effects, factors, points
from sim.sensitivity.factors import Factor
from sim.sensitivity.morris import OF_NORMAL
from sim.sensitivity.playing import Course
from sim.sensitivity.results import results_of

TOTAL = Path("tests") / "sensitivity" / "total_influence.csv"
"""Where the table lies in a checkout."""
BASES, WORLDS, SCALE = 2, 3, 0.1
FLOOR, COMMENT = "_floor", "#"
OPENED = 0.3
"""Part of its value by which a fixed assumption is moved up and down, within its bounds (assumption)."""
_OF_NOUGHT = 0.1  # of the way between its bounds, for one that is 0
ASSUMPTION = "assumption"
DIGITS = 4


def is_assumed(d: Declaration) -> bool:
    """Whether a fixed number rests on an assumption."""
    return (
        d.role is Role.FIXED and d.kind is float and d.bounds is not None and ASSUMPTION in d.source.lower()
    )


def opened(d: Declaration) -> Declaration:
    """A fixed assumption as an uncertain parameter around its value."""
    assert d.bounds is not None
    low, high = d.bounds
    way = OPENED * abs(d.default) or _OF_NOUGHT * (high - low)
    return replace(
        d, role=Role.UNCERTAIN, prior=Uniform(max(low, d.default - way), min(high, d.default + way))
    )


def all_factors(registry: Registry) -> list[Factor]:
    """Uncertain parameters (those of the survey as one), fixed assumptions, and the dummy at the end."""
    *known, dummy = factors(registry)
    return [
        *known,
        *(Factor(d.name, (opened(d),)) for d in registry.of_role(Role.FIXED) if is_assumed(d)),
        dummy,
    ]


def total(
    registry: Registry,
    *,
    figures: Sequence[str] = FIGURES,
    bases: int = BASES,
    worlds: int = WORLDS,
    scale: float = SCALE,
    store: Path | None = None,
    workers: int | None = None,
    progress: bool = True,
) -> pd.DataFrame:
    """Mean size of the change of each difference between the two designs, for the way from the 5th to the 95th percentile.

    Parameters
    ----------
    store : Path, optional
        Where runs are kept: what was broken off goes on from there.

    Returns
    -------
    DataFrame
        factor, role, and for each outcome two columns in its unit: its influence, and the floor that luck alone would show, by
        the spread over worlds.

    Raises
    ------
    RuntimeError
        If a run failed.
    """
    course = Course(
        load_designs(list(DESIGNS), registry), worlds, SEED, START, END, scale, store=store, workers=workers,
        progress=progress,
    )  # fmt: skip
    chosen = all_factors(registry)
    kept = course.kept(figure_names(figures))
    values, table = course.play(points(chosen, bases), kept)
    if len(table.failures):
        raise RuntimeError(
            f"{len(table.failures)} runs failed, the first with: {table.failures.iloc[0]['error']}"
        )
    roles = [
        str(registry.by_name[f.name].role) if f.name in registry.by_name else str(Role.UNCERTAIN)
        for f in chosen
    ]
    found: dict[str, object] = {"factor": [f.name for f in chosen], "role": roles}
    for result, outputs in results_of(kept.figures, course.keys, values):
        if not result.versus:
            continue
        by_world = np.stack([effects(chosen, outputs[:, w], bases) for w in range(worlds)])
        found[result.figure.outcome] = np.abs(by_world.mean(axis=0)).mean(axis=0)
        spread = by_world.var(axis=0, ddof=1).mean(axis=0) if worlds > 1 else np.full(len(chosen), np.nan)
        found[result.figure.outcome + FLOOR] = OF_NORMAL * np.sqrt(spread / worlds)
    return pd.DataFrame(found)[:-1]  # without the dummy


def write_total(table: pd.DataFrame, path: Path, bases: int, worlds: int, scale: float) -> None:
    """Write the table, a few digits of each number, under a line on how it was played."""
    how = f"{COMMENT} {bases} base points, {worlds} worlds, {scale:g} of the country, from the priors\n"
    text = how + table.to_csv(index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
    put_in_place(path, text.encode("utf-8"))


def read_total(path: Path) -> tuple[pd.DataFrame, str]:
    """The table, and how it was played, in words."""
    with path.open(encoding="utf-8") as file:
        how = file.readline().removeprefix(COMMENT).strip()
    return pd.read_csv(path, comment=COMMENT), how
