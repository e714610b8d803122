"""Carrying out a sweep's points: those that the store lacks are played, in processes here or on a cluster, and stored."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sim.design import plain
from sim.experiments import provenance
from sim.experiments.instruments import Instruments, national_model
from sim.experiments.progress import bar as progress_bar
from sim.sweeps.cluster import on_cluster
from sim.sweeps.content import design_content
from sim.sweeps.identity import code_digest, code_identity
from sim.sweeps.journal import Row
from sim.sweeps.kept import Kept
from sim.sweeps.playing import Run, Unit
from sim.sweeps.point import Point
from sim.sweeps.processes import on_this_machine
from sim.sweeps.store import Store, Writer
from sim.sweeps.table import RunTable, table_of

MOST_RUNS = 16  # of one unit: more would leave some workers idle while others are at long ones

Report: TypeAlias = Callable[[int, int, int], object]
"""Told (runs done, runs to do, failures) after each unit."""


def play_points(
    points: Sequence[Point],
    kept: Kept | Sequence[str],
    *,
    workers: int | None = None,
    cluster: str | None = None,
    store: Path | str | None = None,
    progress: bool | Report = True,
    retry_failed: bool = False,
    instruments: Callable[[], Instruments] = national_model,
) -> RunTable:
    """Play the points that the store does not hold yet, and give the table of all of them.

    Parameters
    ----------
    points : sequence of Point
        One row each in the table, in this order. Points with the same values, world, seed and years share a history,
        best with their designs one after the other (see `crossed`). The sequence may make its points when asked.
    kept : Kept or sequence of str
        Which figures to keep: names such as `practice@end` or `inequality@2030:need`.
    workers : int, optional
        Processes on this machine; by default one for each core.
    cluster : str, optional
        Address of a Dask scheduler, `tcp://host:port`; then its workers play.
    store : Path, optional
        Folder of the store; without one nothing is left on the disk.
    progress : bool or callable
        Whether to draw a bar on standard error, if that is a terminal; or what to tell it instead.
    retry_failed : bool
        Whether runs that failed are tried again.

    Returns
    -------
    RunTable
        The same, to the last digit, however the runs were played and in how many sittings.

    Raises
    ------
    InputError
        If a figure, a point or the store can't be used.
    """
    if not isinstance(kept, Kept):
        kept = Kept.of(kept, instruments().outcomes)
    kept = kept.with_reference(_first_designs(points))
    plugins = tuple(instruments().plugins)
    for start, end in {(point.start, point.end) for point in points}:
        kept.check_years(start, end)
    if store is None:
        with tempfile.TemporaryDirectory(prefix="kompetansesim-") as folder:
            opened = Store.opened(folder, code_identity(plugins), kept.describe())
            table = _carried_out(points, kept, opened, workers, cluster, progress, retry_failed, instruments)
            whole = table.arrow  # read while the folder is there
            return RunTable(lambda: whole)
    opened = Store.opened(store, code_identity(plugins), kept.describe())
    return _carried_out(points, kept, opened, workers, cluster, progress, retry_failed, instruments)


def _first_designs(points: Sequence[Point]) -> list[Any]:
    """The designs of the first unit, in order."""
    first = points[0].unit if points else None
    found = []
    for point in points:
        if point.unit != first:
            break
        found.append(point.design)
    return found


def _carried_out(
    points: Sequence[Point],
    kept: Kept,
    store: Store,
    workers: int | None,
    cluster: str | None,
    progress: bool | Report,
    retry_failed: bool,
    instruments: Callable[[], Instruments],
) -> RunTable:
    code = code_digest(tuple(instruments().plugins))
    addresses = [point.address(code) for point in points]
    done = {run for run, well in store.finished().items() if well or not retry_failed}
    units = Units(points, addresses, done, kept, code, instruments)
    with store.writing() as writer, _bar(progress, units.n_runs) as told:
        failures = 0
        played = on_cluster(units, cluster) if cluster else on_this_machine(units, workers)
        with closing(played):
            for number, runs in played:
                _store(writer, units, number, runs)
                failures += sum(run.figures is None for run in runs)
                told(len(runs), failures)
    return RunTable(lambda: table_of(store, addresses, points), store)


class Units(Sequence[Unit]):
    """The points that are still to be played, as units, made when they are asked for."""

    def __init__(
        self,
        points: Sequence[Point],
        addresses: Sequence[str],
        done: set[str],
        kept: Kept,
        code: str,
        instruments: Callable[[], Instruments],
    ) -> None:
        self.points, self.addresses, self.kept, self.code = points, addresses, kept, code
        self.instruments = instruments
        together: dict[tuple[object, ...], list[int]] = {}
        planned = set(done)
        for i, (point, address) in enumerate(zip(points, addresses, strict=True)):
            if address not in planned:
                planned.add(address)
                together.setdefault(point.unit, []).append(i)
        self.members = [
            rows[first : first + MOST_RUNS]
            for rows in together.values()
            for first in range(0, len(rows), MOST_RUNS)
        ]
        self.n_runs = sum(map(len, self.members))

    def __len__(self) -> int:
        return len(self.members)

    def __getitem__(self, number: int) -> Unit:  # type: ignore[override]  # slices are not asked for
        rows = self.members[number]
        point = self.points[rows[0]]
        return Unit(
            runs={self.addresses[row]: self.points[row].design for row in rows},
            values=point.values,
            world=point.world,
            seed=point.seed,
            start=point.start,
            end=point.end,
            scale=point.scale,
            kept=self.kept,
            code=self.code,
            registers=point.registers,
            registers_digest=provenance.files_digest(point.registers) if point.registers else {},
            instruments=self.instruments,
        )


def _store(writer: Writer, units: Units, number: int, runs: Sequence[Run]) -> None:
    points = [units.points[row] for row in units.members[number]]
    columns = units.kept.columns
    writer.add(
        [run_row(point, run, columns) for point, run in zip(points, runs, strict=True)],
        [draw_row(points[0])],
        [design_row(point) for point in points],
    )


def run_row(point: Point, run: Run, columns: Sequence[str]) -> Row:
    """A run as the store keeps it."""
    return {
        "run": run.run,
        "design": point.base or point.design.key,
        "variant": point.design.key,
        "design_digest": point.design.digest(),
        "values": point.values_digest,
        "draw": point.draw,
        "world": point.world,
        "seed": point.seed,
        "start": point.start,
        "end": point.end,
        "scale": float(point.scale),
        "registers": None if point.registers is None else str(point.registers),
        "registers_digest": point.registers_digest,
        "failed": run.figures is None,
        "error": run.error,
        "trace": run.trace,
        "numbers": {} if run.figures is None else dict(zip(columns, run.figures, strict=True)),
    }


def draw_row(point: Point) -> Row:
    """A draw of the parameters as the store keeps it: numbers in columns, what is no number as JSON."""
    numbers = {name: float(value) for name, value in point.values.items() if _is_number(value)}
    others = {name: plain(value) for name, value in point.values.items() if not _is_number(value)}
    return {"values": point.values_digest, "numbers": numbers, "others": json.dumps(others)}


def design_row(point: Point) -> Row:
    """A design as the store keeps it."""
    design = point.design
    return {
        "design_digest": design.digest(),
        "design": point.base or design.key,
        "variant": design.key,
        "levers": json.dumps({name: plain(value) for name, value in point.levers.items()}),
        "content": json.dumps(design_content(design)),
    }


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@dataclass
class _Bar:
    """Tells how far a sweep has come."""

    total: int
    bar: Any = None
    report: Report | None = None
    done: int = 0

    def __call__(self, runs: int, failures: int) -> None:
        self.done += runs
        if self.report is not None:
            self.report(self.done, self.total, failures)
        if self.bar is not None:
            if failures:
                self.bar.set_postfix(failed=failures, refresh=False)
            self.bar.update(runs)

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()


def _bar(progress: bool | Report, total: int) -> _Bar:
    if callable(progress):
        return _Bar(total, report=progress)
    return _Bar(total, progress_bar(total, "run", progress=progress))
