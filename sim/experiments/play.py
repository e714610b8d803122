"""Playing one world under several designs: the history they share once, then each design's own future.

All designs meet the same luck (`sim.randomness`) and the same draw of the uncertain parameters, so what differs between
them is the design. Up to the year in which the first of them parts from the others there is nothing that could differ.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from sim.arrays import AnyArray, Floats, Ints
from sim.design import Design
from sim.experiments import tables
from sim.experiments.instruments import EventTable, Instruments, Playable, national_model
from sim.experiments.recording import Recorder, gathered
from sim.experiments.workers import run_jobs
from sim.half_year import HalfYear, Season
from sim.outcomes.groups import NEED, PICKED, neediest
from sim.state.places import Municipalities

DRAWS = "draws"
NOBODY: Ints = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Job:
    """One world to be played; goes to a worker as it stands.

    Attributes
    ----------
    designs : tuple of Design
        The first is the baseline. Their keys, all different, name them in the tables.
    parting : int
        First year that is played under each design apart.
    values : mapping from parameter to value
        The world's draw of the uncertain parameters.
    registers : Registers or None
        What the model is handed in place of the synthetic country's tables.
    detail : bool
        Whether every municipality's and school's state is kept.
    instruments : callable
        Gives the model and its observers; a function of a module, so that a worker can find it.
    """

    world: int
    seed: int
    designs: tuple[Design, ...]
    start: int
    parting: int
    end: int
    scale: float = 1.0
    values: Mapping[str, float] = field(default_factory=dict)
    registers: object = None
    detail: bool = False
    instruments: Callable[[], Instruments] = national_model


@dataclass(frozen=True)
class Played:
    """What came of one world.

    Attributes
    ----------
    outcomes : array of float, shape (designs, half-years, outcomes, groups)
        Groups in the order of `sim.outcomes.groups.KEYS`.
    tables : mapping from name to Arrow tables
        Events, and the state in detail if it was kept; each with `world` and `design` in front. In pieces, which may
        have different columns.
    """

    world: int
    values: Mapping[str, float]
    half_years: tuple[HalfYear, ...]
    outcomes: Floats
    tables: Mapping[str, tuple[pa.Table, ...]]


def play(
    jobs: Sequence[Job], *, workers: int | None = None, progress: bool = True
) -> Generator[Played, None, None]:
    """Play worlds, handing each out as it comes, in the order of the jobs; `workers` and `progress` as for `run_jobs`."""
    return run_jobs(play_world, jobs, workers=workers, progress=progress)


def play_world(job: Job) -> Played:
    """Play one world under all its designs.

    Any error that comes up gets a note that says in which world.
    """
    try:
        return _play(job, job.instruments())
    except Exception as error:
        error.add_note(f"while playing world {job.world} of seed {job.seed}, years {job.start}-{job.end}")
        raise


def _play(job: Job, instruments: Instruments) -> Played:
    model = _new_world(job, job.designs[0], instruments)
    history = Recorder(instruments, detail=job.detail)
    _follow(model, history, job.start, job.parting - 1)
    need = neediest(instruments.true_need(model.state, model.p), model.state[Municipalities].id)
    futures = []
    for design in job.designs:
        # Designs that part at once may disagree on what the world is made from, so each gets its own.
        branch = model.branch(design) if history.pages else _new_world(job, design, instruments)
        future = Recorder(instruments, detail=job.detail)
        _follow(branch, future, job.parting, job.end)
        let_go(branch)
        futures.append(future)
    let_go(model)
    handed_in = {PICKED: picked(futures), NEED: need}
    pages = history.pages + futures[0].pages
    return Played(
        world=job.world,
        values=dict(job.values),
        half_years=tuple(page.half_year for page in pages),
        outcomes=_outcomes(history, futures, handed_in),
        tables={
            **{
                name: _events(job, name, table, history, futures)
                for name, table in instruments.events.items()
            },
            **{name: _details(job, name, history, futures) for name in futures[0].readers},
        },
    )


def _new_world(job: Job, design: Design, instruments: Instruments) -> Playable:
    return instruments.model(
        design,
        rng=job.seed,
        world=job.world,
        start=job.start,
        scale=job.scale,
        assumptions=job.values,
        registers=job.registers,
    )


def _follow(model: Playable, recorder: Recorder, first: int, last: int) -> None:
    """Play the given years, both halves of each, and note every half-year."""
    for _ in range((last - first + 1) * len(Season)):
        model.step()
        recorder.observe(model)


def let_go(model: Playable) -> None:
    """Empty a model that is done with.

    A Mesa model and its agents refer to each other, so its memory would come free only when Python happens to look
    for such circles: over many worlds that would add up.
    """
    vars(model).clear()


def picked(futures: Iterable[Recorder]) -> Ints:
    """Kommunenummer of those picked in the first draw after the parting, under the first design that holds one."""
    for future in futures:
        for rows in future.events.get(DRAWS, []):
            chosen: Ints = np.unique(rows["successor"][rows["drawn"] != "none"])
            return chosen
    return NOBODY


def _outcomes(history: Recorder, futures: Sequence[Recorder], handed_in: Mapping[str, Ints]) -> Floats:
    outcomes = history.instruments.outcomes
    shared = gathered(history.pages, outcomes, handed_in)
    own = [gathered(future.pages, outcomes, handed_in) for future in futures]
    return np.stack([np.concatenate([shared, values]) for values in own])


def _events(
    job: Job, name: str, declared: EventTable, history: Recorder, futures: Sequence[Recorder]
) -> tuple[pa.Table, ...]:
    """One kind of event in all designs, half-year by half-year."""
    return tuple(
        _labelled(job.world, design.key, len(next(iter(rows.values()))), _event_columns(rows, declared))
        for design, future in zip(job.designs, futures, strict=True)
        for rows in history.events[name] + future.events[name]
    )


def _event_columns(rows: Mapping[str, AnyArray], declared: EventTable) -> dict[pa.Field, pa.Array]:
    columns = {}
    for name, values in rows.items():
        arrow = tables.array(values)
        columns[tables.field(name, arrow.type, *declared.sentence(name))] = arrow
    return columns


def _details(job: Job, name: str, history: Recorder, futures: Sequence[Recorder]) -> tuple[pa.Table, ...]:
    """The state of one kind of unit in all designs, half-year by half-year."""
    parts = []
    for design, future in zip(job.designs, futures, strict=True):
        details = history.details.get(name, []) + future.details[name]
        half_years = [page.half_year for page in history.pages + future.pages]
        table = future.readers[name].table(details, half_years)
        columns = dict(zip(table.schema, table.columns, strict=True))
        parts.append(_labelled(job.world, design.key, len(table), columns))
    return tuple(parts)


def _labelled(world: int, label: str, n: int, columns: Mapping[pa.Field, pa.Array]) -> pa.Table:
    """Columns with world and design in front."""
    arrays = [pa.array(np.full(n, world, dtype=np.int32)), tables.one_word(label, n), *columns.values()]
    return pa.table(arrays, schema=pa.schema([tables.WORLD, tables.DESIGN, *columns]))
