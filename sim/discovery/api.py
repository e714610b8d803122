"""Discovery from Python: when does one design beat another? The command line does the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from numbers import Integral
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.arrays import Bools, Floats
from sim.discovery import tables
from sim.discovery.boxes import quality
from sim.discovery.prim import LEAST_POINTS
from sim.discovery.regret import regret_table, satisfied
from sim.discovery.stability import Judged, judge
from sim.discovery.tree import Grown, grow
from sim.errors import InputError
from sim.experiments.analysis_folder import AnalysisTable, check_analysis_place
from sim.experiments.instruments import with_plugins
from sim.experiments.manifest import plugins_section
from sim.outcomes.outcome import Outcome
from sim.sensitivity.given_runs import GivenRuns, read_runs
from sim.sensitivity.results import Result, difference
from sim.settings import check_lang, check_number
from sim.studies.analyses import Analysis, finished
from sim.sweeps.kept import Figure

if TYPE_CHECKING:
    from sim.plugins import Named

KIND = "discovery"
LEAST_DRAWS = 40  # points from which boxes and trees are looked for
MOST_ASKED = 10  # boxes in each direction
MOST_BOXES = 2  # for each direction of each contrast


def discover(
    store: PathLike[str] | str,
    *,
    designs: Sequence[str] | None = None,
    outcomes: Sequence[str] | None = None,
    margin: float = 0.0,
    boxes: int = MOST_BOXES,
    seed: int = 2026,
    out: Path | str | None = None,
    lang: str = "nb",
    plugins: Iterable[Named] = (),
) -> Analysis:
    """When one design beats another, over the parameters and worlds of a sweep's store.

    For each figure and each design against the first: boxes by PRIM in which the one or the other does better by more than
    `margin`, and a tree (CART) on the size of the gain, both judged on draws that they were not found on; over all designs,
    regret and satisficing.

    Parameters
    ----------
    store : path or Sweep
        Of a sweep with at least two designs and some dozens of draws of the parameters.
    designs : sequence of str, optional
        Keys of the designs, the first to compare with; by default all in the store.
    outcomes : sequence of str, optional
        Figures of the store, such as `pupil_results@mean`; by default all that are better one way.
    margin : float
        What a design must be better by, in the figure's unit, to count as beating the other.
    boxes : int
        Boxes looked for in each direction.
    plugins : iterable
        Whose outcomes are known too; as for `sim.compare`.

    Raises
    ------
    InputError
        If the store lacks what is asked for, or holds too few draws.
    """
    store = Path(store)
    folder = store.with_name(f"{store.name}-discovery") if out is None else Path(out)
    check_analysis_place(folder, KIND)
    check_lang(lang)
    check_number("boxes", boxes, Integral, 1, MOST_ASKED)
    if not np.isfinite(margin) or margin < 0:
        raise InputError(f"margin: expected a number from 0 on, got {margin!r}", field="margin")
    given = read_runs(store, designs)
    if len(given.designs) < 2:  # noqa: PLR2004 - one to beat and one to be beaten
        raise InputError("expected runs of at least two designs", file=str(store))
    given.check_enough(LEAST_DRAWS, store)
    measured = with_plugins(plugins)()
    wanted = _wanted(given, outcomes, store, measured.outcomes)
    x = given.parameters[given.names].to_numpy(dtype=float)
    box_rows, quality_rows, leaf_rows, tree_rows = [], [], [], []
    for contrast, gain in contrasts(given, wanted):
        for better, won in ((contrast.design, gain), (contrast.versus, -gain)):
            for number, judged in enumerate(beating(x, won, margin, boxes, seed)):
                labels = {**contrast.labels, "better": better, "box": number}
                quality_rows.append({**labels, **tables.quality_row(judged)})
                box_rows += [{**labels, **row} for row in tables.limit_rows(judged, given.names, x)]
        grown = sized(x, gain, seed)
        tree_rows.append({**contrast.labels, **tables.tree_row(grown, gain)})
        if grown is not None:
            leaf_rows += [{**contrast.labels, **row} for row in tables.leaf_rows(grown, given.names)]
    found = {
        "boxes": tables.made(quality_rows, tables.BOXES, "one box for one contrast, in one direction"),
        "limits": tables.made(box_rows, tables.LIMITS, "one limited parameter of one box"),
        "trees": tables.made(tree_rows, tables.TREES, "one tree, for one contrast"),
        "leaves": tables.made(leaf_rows, tables.LEAVES, "one answer on the way to one leaf of a tree"),
        "regret": _regret(given, wanted),
        "satisficing": _satisficing(given, wanted),
    }
    about: dict[str, object] = {
        **plugins_section(measured), **given.described(), "store": str(store), "margin": margin, "seed": seed,
        "parameters": len(given.names),
    }  # fmt: skip
    return finished(folder, KIND, found, about, lang)


def _wanted(
    given: GivenRuns, outcomes: Sequence[str] | None, store: Path | str, known: Sequence[Outcome]
) -> list[tuple[int, Figure, int]]:
    """Number, figure and direction (1 or -1) of what is to be explained."""
    direction = {outcome.key: outcome.better for outcome in known}
    asked = [given.figures[given.place(name, store)].name for name in outcomes or ()]
    for name in asked:
        if direction.get(Figure.of(name).outcome, 0) == 0:
            raise InputError(f"'{name}' is better neither higher nor lower", field="outcomes")
    found = [
        (k, figure, direction.get(figure.outcome, 0))
        for k, figure in enumerate(given.figures)
        if (not asked or figure.name in asked) and direction.get(figure.outcome, 0)
    ]
    if not found:
        raise InputError("keeps no figure that is better one way", file=str(store))
    return found


def contrasts(given: GivenRuns, wanted: Sequence[tuple[int, Figure, int]]) -> Iterator[tuple[Result, Floats]]:
    """Each design against the first, figure by figure, and its gain.

    Yields
    ------
    Result
    array of float, shape (draws, worlds)
        Positive where the design does better than the first; NaN where a run is missing.
    """
    for k, figure, better in wanted:
        for d, design in enumerate(given.designs[1:], start=1):
            gain = better * difference(given.values[:, :, d, k], given.values[:, :, 0, k])
            yield Result(figure, design, given.designs[0]), gain


def beating(x: Floats, gain: Floats, margin: float, boxes: int, seed: int) -> Iterator[Judged]:
    """Boxes in which the gain is above the margin, one after the other, each among the points that the others leave.

    None where it always is, or never.

    Parameters
    ----------
    gain : array of float, shape (points, worlds)
    """
    known = np.isfinite(gain)
    there = known.any(axis=1)
    x, gain, known = x[there], gain[there], known[there]
    weight = known.sum(axis=1).astype(float)
    interest = ((gain > margin) & known).sum(axis=1) / np.maximum(weight, 1)
    left = np.ones(len(x), dtype=bool)
    for number in range(boxes):
        base = quality(np.ones(left.sum(), dtype=bool), interest[left], weight[left]).base
        if left.sum() < LEAST_DRAWS or not 0 < base < 1:
            return
        judged = judge(x[left], interest[left], weight[left], seed + number)
        yield judged
        inside = judged.box.holds(x)
        if not judged.believable or (left & inside).sum() < LEAST_POINTS:
            return
        left &= ~inside


def sized(x: Floats, gain: Floats, seed: int) -> Grown | None:
    """A tree on the size of the gain, in the mean over worlds; None if it never varies."""
    there = np.isfinite(gain).all(axis=1)
    mean = gain[there].mean(axis=1)
    if len(mean) < LEAST_DRAWS or np.ptp(mean) == 0:
        return None
    return grow(x[there], mean, seed)


def _regret(given: GivenRuns, wanted: Sequence[tuple[int, Figure, int]]) -> AnalysisTable:
    parts = []
    for k, figure, better in wanted:
        runs = given.values[..., k].reshape(-1, len(given.designs))
        labels = {"outcome": figure.outcome, "when": figure.when, "group": figure.group}
        parts.append(regret_table(runs, better, given.designs).assign(**labels))
    frame = pd.concat(parts, ignore_index=True)
    return AnalysisTable(frame, "one design, for one figure", tables.REGRET)


def _satisficing(given: GivenRuns, wanted: Sequence[tuple[int, Figure, int]]) -> AnalysisTable:
    """How often each design is no worse than the first in all figures together, and in each by itself."""
    columns = [k for k, _, _ in wanted]
    better = np.array([float(way) for _, _, way in wanted])
    runs = given.values[..., columns].reshape(-1, len(given.designs), len(columns))
    whole = runs[np.isfinite(runs).all(axis=(1, 2))]
    first = whole[:, :1, :]
    slack = tables.ROUNDING * np.abs(first)
    reached = satisfied(whole, better, first - better * slack)
    rows = [
        {"design": design, "figures": "all", "share": _mean(reached[:, d]), "n_runs": len(whole)}
        for d, design in enumerate(given.designs)
    ]
    for j, (_, figure, _) in enumerate(wanted):
        one = satisfied(whole[..., [j]], better[[j]], (first - better * slack)[..., [j]])
        rows += [
            {"design": design, "figures": figure.name, "share": _mean(one[:, d]), "n_runs": len(whole)}
            for d, design in enumerate(given.designs)
        ]
    return tables.made(rows, tables.SATISFICING, "one design, for one figure or all together")


def _mean(yes: Bools) -> float:
    return float(yes.mean()) if len(yes) else float("nan")
