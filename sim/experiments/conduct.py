"""Carrying a study out: play its worlds, write its tables, make its report."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from numbers import Integral
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments import tables, theory_tables, variance_tables
from sim.experiments.comparison import comparison
from sim.experiments.folder import MANIFEST, check_place, results_folder
from sim.experiments.manifest import manifest, plugins_documentation, run_section, text
from sim.experiments.play import Played, play_world
from sim.experiments.structures import under
from sim.experiments.study import Study, check_number
from sim.experiments.summary import summary
from sim.experiments.trajectories import Trajectories, outcomes_table
from sim.experiments.variance_tables import under_structures, variance_budget
from sim.experiments.workers import run_jobs
from sim.experiments.writing import CSV_LIMIT_BYTES, TableFile, write_csv, write_table
from sim.kernels.keeping import available_cores

AS_CSV = (
    "comparison", "summary", "draws", "outcomes", "parameters", "surveys", *theory_tables.ROWS_ARE,
    *variance_tables.ROWS_ARE,
)  # fmt: skip

ROWS_ARE = {
    "comparison": "one outcome in one group, for one pair of designs over one horizon",
    "summary": "one outcome in one group at the end of one half-year under one design, over all worlds",
    "outcomes": "one outcome in one group at the end of one half-year, in one world under one design",
    "parameters": "one uncertain parameter in one world",
    "municipalities": "one municipality at the end of one half-year, in one world under one design",
    "schools": "one school at the end of one half-year, in one world under one design",
    **theory_tables.ROWS_ARE,
    **variance_tables.ROWS_ARE,
}


def conduct(
    study: Study,
    folder: Path,
    *,
    workers: int | None = None,
    progress: bool = True,
    further: Callable[[Path], object] | None = None,
    report: Callable[[Path, str], object] | None = None,
    told: Callable[[int], object] | None = None,
) -> None:
    """Play a study and leave its results in a folder, whole or not at all.

    Parameters
    ----------
    workers : int, optional
        Processes to work with; by default one for each core.
    progress : bool
        Whether to draw a bar on standard error, if that is a terminal.
    further : callable, optional
        Given the folder, still hidden, adds tables of its own to those over all worlds. If it hands back a mapping from
        their names to what a row is, they are written as CSV and documented too.
    report : callable, optional
        Given the folder, still hidden, and the language, adds a report to it.
    told : callable, optional
        Given the number of worlds played, whenever one more is.

    Raises
    ------
    InputError
        If something in the study or the place for results can't be used; nothing is written then.
    """
    if workers is not None:
        check_number("workers", workers, Integral, 1)
    check_place(folder)
    started, clock = datetime.now(UTC), time.monotonic()
    jobs = study.jobs()
    with results_folder(folder) as partial:
        with closing(run_jobs(play_world, jobs, workers=workers, progress=progress)) as played:
            trajectories = write_worlds(study, _counted(played, told), partial)
        others = play_structures(study, workers=workers, progress=progress)
        write_statistics(study, trajectories, partial, others)
        added = further(partial) if further is not None else None
        own = dict(added) if isinstance(added, Mapping) else {}
        files = write_csvs(partial, (*AS_CSV, *own))
        write_documentation(study, partial, own)
        run = run_section(started, time.monotonic() - clock, min(workers or available_cores(), len(jobs)))
        (partial / MANIFEST).write_text(text({**manifest(study, files), "run": run}), encoding="utf-8")
        if report is not None:
            report(partial, study.lang)


def _counted(played: Iterator[Played], told: Callable[[int], object] | None) -> Iterator[Played]:
    for n, world in enumerate(played, start=1):
        if told is not None:
            told(n)
        yield world


def write_worlds(study: Study, played: Iterator[Played], folder: Path) -> Trajectories:
    """Write what each world brings as it comes, and hand back the outcomes of all."""
    outcomes = study.instruments().outcomes
    worlds = []
    with ExitStack() as stack:
        files: dict[str, TableFile] = {}

        def append(name: str, piece: pa.Table) -> None:
            if name not in files:
                files[name] = stack.enter_context(TableFile(folder / f"{name}.parquet"))
            files[name].append(piece)

        for world in played:
            append(
                "outcomes",
                outcomes_table(world.world, world.outcomes, study.keys, world.half_years, outcomes),
            )
            append("parameters", parameters_table(world, int(study.draws[world.world])))
            for name, pieces in world.tables.items():
                for piece in pieces:
                    append(name, piece)
            worlds.append(replace(world, tables={}))
    return Trajectories.of(worlds, study.keys, outcomes)


def parameters_table(world: Played, draw: int) -> pa.Table:
    """A world's values of the uncertain parameters, and which draw they come from."""
    n = len(world.values)
    columns = {
        "world": pa.array([world.world] * n),
        "draw": pa.array([draw] * n),
        "name": pa.array(list(world.values)),
        "value": pa.array(list(world.values.values())),
    }
    return tables.table(columns, tables.PARAMETERS)


def play_structures(
    study: Study, *, workers: int | None = None, progress: bool = True
) -> dict[str, Trajectories]:
    """The outcomes of the study's designs in the same worlds under each alternative structure of the model."""
    instruments, found = study.instruments(), {}
    for structure in study.structures:
        designs = under(study.designs, structure, instruments.registry)
        jobs = replace(study, designs=designs, detail=0, structures=()).jobs()
        with closing(run_jobs(play_world, jobs, workers=workers, progress=progress)) as played:
            worlds = (replace(world, tables={}) for world in played)
            found[structure.key] = Trajectories.of(worlds, study.keys, instruments.outcomes)
    return found


def write_statistics(
    study: Study,
    trajectories: Trajectories,
    folder: Path,
    others: Mapping[str, Trajectories] = MappingProxyType({}),
) -> None:
    """Write the tables made over all worlds; `others` are the outcomes under alternative structures of the model."""
    _write_frame(summary(trajectories), tables.SUMMARY, folder / "summary.parquet")
    if len(study.designs) > 1:
        _write_frame(
            comparison(trajectories, study.parting, study.draws),
            tables.COMPARISON,
            folder / "comparison.parquet",
        )
        budget = variance_budget(trajectories, others, study.parting, study.draws, study.seed)
        _write_frame(budget, variance_tables.VARIANCE, folder / "variance.parquet")
    if len(study.designs) > 1 and others:
        found = under_structures(trajectories, others, study.parting, study.draws)
        _write_frame(found, variance_tables.STRUCTURES, folder / "structures.parquet")
    theory_tables.write_bottlenecks(folder, study.parting, study.end)


def _write_frame(frame: pd.DataFrame, schema: pa.Schema, path: Path) -> None:
    columns = {
        name: pa.array(frame[name].to_numpy(), schema.field(name).type, from_pandas=True)
        for name in schema.names
    }
    write_table(tables.table(columns, schema), path)


def write_csvs(folder: Path, as_csv: Collection[str] = AS_CSV) -> dict[str, object]:
    """Write the tables that people open as CSV too, and list all tables for the manifest."""
    listed: dict[str, object] = {}
    for path in sorted(folder.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            rows = file.metadata.num_rows
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        listed[path.stem] = {"rows": rows, "parquet_sha256": digest, "csv": _csv(path, as_csv)}
    return listed


def _csv(parquet: Path, as_csv: Collection[str]) -> str:
    if parquet.stem not in as_csv:
        return "not written"
    return "written" if write_csv(parquet) else f"not written: larger than {CSV_LIMIT_BYTES // 1_000_000} MB"


def write_documentation(study: Study, folder: Path, own: Mapping[str, str]) -> None:
    """Write `tables.md`, which says what stands in every column of every table; `own` are the tables that were added."""
    events = {name: event.rows_are for name, event in study.instruments().events.items()}
    rows_are = {
        **ROWS_ARE,
        **{name: f"{words}, in one world under one design" for name, words in events.items()},
        **own,
    }
    found = {
        name: (words, pq.read_schema(folder / f"{name}.parquet"))
        for name, words in rows_are.items()
        if (folder / f"{name}.parquet").exists()
    }
    described = tables.documentation(found) + plugins_documentation(study.instruments())
    (folder / "tables.md").write_text(described, encoding="utf-8")
