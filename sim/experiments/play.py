"""Playing one world under several designs: the history they share once, then each design's own future.

All designs meet the same luck (`sim.randomness`) and the same draw of the uncertain parameters, so what differs between
them is the design. Up to the year in which the first of them parts from the others there is nothing that could differ.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa

from sim.arrays import AnyArray, Floats, Ints
from sim.design import Design
from sim.experiments import counties, tables
from sim.experiments.instruments import DRAWS, FOLLOWED, EventTable, Instruments, Playable, national_model
from sim.experiments.recording import Recorder, gathered
from sim.experiments.soundness import check_sound
from sim.experiments.workers import run_jobs
from sim.half_year import HalfYear, Season
from sim.outcomes.groups import NEED, neediest, picked_by
from sim.outcomes.place_groups import LEAST
from sim.rules.warming import available_cores
from sim.state.identity import CODE
from sim.state.places import Municipalities
from sim.world.place_names import PlaceNames
from sim.world.registers import Registers

MUNICIPALITY = "municipality"  # column of whose it is, in events of single municipalities

# About what it takes on one core to play and observe a half-year: in any country, and more for the whole nation; and to start
# a process that can. Nothing but the number of processes hangs on them.
HALF_YEAR_SECONDS, NATIONAL_SECONDS, START_SECONDS = 0.0015, 0.0035, 2.5

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
    hidden : bool
        Whether nothing is told of fewer municipalities than `sim.outcomes.place_groups.LEAST`.
    passing : tuple of str
        Tables that are told all the same, because the study needs them and takes them away itself.
    instruments : callable
        Gives the model and its observers; a function of a module, so that a worker can find it.
    without : Design, optional
        Played along as a yardstick, its outcomes alone being noted; it picks nobody and is none of the designs.
    twins : tuple of Design
        Played along too; of them it is noted how far along the results and goals of `tested` they are, and nothing else.
    tested : frozenset of str
        Schemes whose programme theories the twins were made for.
    outcomes_only : bool
        Whether nothing but outcomes is noted, and they only from the parting on.
    """

    world: int
    seed: int
    designs: tuple[Design, ...]
    start: int
    parting: int
    end: int
    scale: float = 1.0
    values: Mapping[str, float] = field(default_factory=dict)
    registers: Registers | None = None
    detail: bool = False
    hidden: bool = False
    passing: tuple[str, ...] = ()
    instruments: Callable[[], Instruments] = national_model
    without: Design | None = None
    twins: tuple[Design, ...] = ()
    tested: frozenset[str] = frozenset()
    outcomes_only: bool = False

    @property
    def half_years(self) -> int:
        """Half-years that are played, those before the parting once."""
        apart = len(self.designs) + (self.without is not None) + len(self.twins)
        years = (self.parting - self.start) + apart * (self.end + 1 - self.parting)
        return years * len(Season)


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
    without : array of float, shape (half-years, outcomes, groups), optional
        The outcomes under the yardstick, if one was played along.
    twins : tuple of Arrow tables
        How far along the programme theories the twins are, if any were played along.
    """

    world: int
    values: Mapping[str, float]
    half_years: tuple[HalfYear, ...]
    outcomes: Floats
    tables: Mapping[str, tuple[pa.Table, ...]]
    without: Floats | None = None
    twins: tuple[pa.Table, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        """As it goes from a worker to its parent: tables packed as a whole, which is ten times as fast as column by column."""
        tables = {name: [packed(piece) for piece in pieces] for name, pieces in self.tables.items()}
        return {**vars(self), "tables": tables, "twins": [packed(piece) for piece in self.twins]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        tables = {name: tuple(map(unpacked, pieces)) for name, pieces in state["tables"].items()}
        vars(self).update(state | {"tables": tables, "twins": tuple(map(unpacked, state["twins"]))})


def packed(table: pa.Table) -> bytes:
    """A table as bytes, its schema with it."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def unpacked(content: bytes) -> pa.Table:
    """The table that was packed."""
    return pa.ipc.open_stream(content).read_all()


def play(
    jobs: Sequence[Job], *, workers: int | None = None, progress: bool = True
) -> Generator[Played, None, None]:
    """Play worlds, handing each out as it comes, in the order of the jobs.

    Parameters
    ----------
    workers : int, optional
        Processes to work with; by default as many as there are cores, or fewer where that is not worth their start.
    progress : bool
        As for `run_jobs`.
    """
    return run_jobs(play_world, jobs, workers=workers or worth_starting(jobs), progress=progress)


def worth_starting(jobs: Sequence[Job]) -> int:
    """How many processes are worth starting for some worlds; each takes a while before it plays anything."""
    seconds = sum(job.half_years * (HALF_YEAR_SECONDS + job.scale * NATIONAL_SECONDS) for job in jobs)
    return min(available_cores(), max(1, int(seconds / START_SECONDS)))


def play_world(job: Job) -> Played:
    """Play one world under all its designs."""
    with naming_the_world(job):
        return _play(job, job.instruments())


def naming_the_world(job: Job) -> AbstractContextManager[None]:
    """Errors that come up get a note that says in which world."""
    return noting(f"while playing world {job.world} of seed {job.seed}, years {job.start}-{job.end}")


@contextmanager
def noting(doing: str) -> Iterator[None]:
    """Errors that come up get a note; those of a plug-in's own code are told by file and line."""
    try:
        yield
    except (Exception, SystemExit) as error:
        from sim.plugins.loading import fault_of

        error.add_note(doing)
        if fault := fault_of(error, "played"):
            raise fault from error
        raise


def _play(job: Job, instruments: Instruments) -> Played:
    events = {
        name: table
        for name, table in instruments.events.items()
        if (name == DRAWS if job.outcomes_only else job.hidden or not table.in_place_of_single)
    }
    if job.outcomes_only:
        events = {DRAWS: events[DRAWS].bared()}
    outcomes_alone = replace(instruments, events={})
    theory_alone = replace(
        instruments,
        outcomes=(),
        events={FOLLOWED: _ends(job, instruments.events[FOLLOWED])} if job.twins else {},
    )
    instruments = replace(instruments, events=events)
    model = new_world(job, job.designs[0], instruments)
    history = Recorder(instruments, detail=job.detail, hidden=job.hidden)
    follow(model, None if job.outcomes_only else history, job.start, job.parting - 1)
    need = neediest(instruments.true_need(model.state, model.p), model.state[Municipalities].id)

    def future(design: Design, recorder: Recorder) -> Recorder:
        play_on(job, model, history, design, recorder)
        return recorder

    futures = [
        future(design, Recorder(instruments, detail=job.detail, hidden=job.hidden)) for design in job.designs
    ]
    without = [] if job.without is None else [future(job.without, Recorder(outcomes_alone))]
    twins = [future(twin, Recorder(theory_alone, groups=())) for twin in job.twins]
    let_go(model)
    handed_in = {**picked_by([first_draw(future) for future in futures]), NEED: need}
    outcomes = _outcomes(history, [*futures, *without], handed_in, LEAST if job.hidden else 0)
    return Played(
        world=job.world,
        values=dict(job.values),
        half_years=tuple(page.half_year for page in history.pages + futures[0].pages),
        outcomes=outcomes[: len(futures)],
        without=outcomes[-1] if without else None,
        tables={} if job.outcomes_only else _tables(job, history, futures),
        twins=_events(job, FOLLOWED, job.twins, twins) if twins else (),
    )


def _ends(job: Job, followed: EventTable) -> EventTable:
    """Of the theories, what the twins are judged by."""
    ends = followed.ends
    return followed if ends is None else replace(followed, read=lambda model: ends(model, job.tested))


def _tables(job: Job, history: Recorder, futures: Sequence[Recorder]) -> dict[str, tuple[pa.Table, ...]]:
    """Events, the state in detail if it was kept, and the counties' outcomes."""
    outcomes, least = history.instruments.outcomes, LEAST if job.hidden else 0
    return {
        **{
            name: _events(job, name, job.designs, futures, history.events[name])
            for name, table in history.instruments.events.items()
            if not (job.hidden and table.of_single and name not in job.passing)
        },
        **{name: _details(job, name, history, futures) for name in futures[0].readers},
        counties.TABLE: tuple(
            counties.county_table(job.world, design.key, future.pages, outcomes, least)
            for design, future in zip(job.designs, futures, strict=True)
        ),
    }


def new_world(job: Job, design: Design, instruments: Instruments) -> Playable:
    """A job's world at its start, under a design."""
    return instruments.model(
        design, rng=job.seed, world=job.world, start=job.start, scale=job.scale, assumptions=job.values,
        registers=job.registers,
    )  # fmt: skip


def play_on(job: Job, model: Playable, history: Recorder, design: Design, future: Recorder) -> None:
    """Play one design's future, noting it down."""
    # Designs that part at once may disagree on what the world is made from, so each gets its own.
    branch = model.branch(design) if job.parting > job.start else new_world(job, design, future.instruments)
    follow(branch, future, job.parting, job.end)
    check_sound(branch.state, history.pages + future.pages, future.instruments.outcomes)
    let_go(branch)


def follow(model: Playable, recorder: Recorder | None, first: int, last: int) -> None:
    """Play the given years, both halves of each, and note every half-year if there is anything to note it in."""
    for _ in range((last - first + 1) * len(Season)):
        model.step()
        if recorder is not None:
            recorder.observe(model)


def let_go(model: Playable) -> None:
    """Empty a model that is done with.

    A Mesa model and its agents refer to each other, so its memory would come free only when Python happens to look
    for such circles: over many worlds that would add up.
    """
    vars(model).clear()


def first_draw(future: Recorder) -> Ints:
    """Identities of those picked in a design's first draw after the parting; nobody if it holds none."""
    for rows in future.events.get(DRAWS, []):
        chosen: Ints = np.unique(rows["successor"][rows["drawn"] != "none"])
        return chosen
    return NOBODY


def _outcomes(
    history: Recorder, futures: Sequence[Recorder], handed_in: Mapping[str, Ints], least: int
) -> Floats:
    outcomes = history.instruments.outcomes
    shared = gathered(history.pages, outcomes, handed_in, least=least)
    own = [gathered(future.pages, outcomes, handed_in, least=least) for future in futures]
    return np.stack([np.concatenate([shared, values]) for values in own])


def _events(
    job: Job,
    name: str,
    designs: Sequence[Design],
    futures: Sequence[Recorder],
    history: Iterable[Mapping[str, AnyArray]] = (),
) -> tuple[pa.Table, ...]:
    """One kind of event under some designs; what stands in the history they share is made into columns once."""
    declared = futures[0].instruments.events[name]
    known: dict[tuple[str, ...], pa.Schema] = {}
    places = PlaceNames.of(job.registers)
    least = LEAST if job.hidden and declared.counted else 0
    shared = list(_pieces(history, declared, known, places, least))
    return tuple(
        _labelled(job.world, design.key, schema, arrays)
        for design, future in zip(designs, futures, strict=True)
        for schema, arrays in (*shared, *_pieces(future.events[name], declared, known, places, least))
    )


def _pieces(
    by_half_year: Iterable[Mapping[str, AnyArray]],
    declared: EventTable,
    known: dict[tuple[str, ...], pa.Schema],
    places: PlaceNames,
    least: int,
) -> Iterator[tuple[pa.Schema, list[pa.Array]]]:
    """Rows as columns, half-years with the same columns under each other, with the schema of those and the labels.

    Schemas are kept in `known`, by the columns' names. Rows that stand for fewer than `least` municipalities are left out.
    """
    words = declared.words()
    for names, alike in groupby(by_half_year, key=tuple):
        rows = [_enough(each, declared.counted, least) if least else each for each in alike]
        schema, arrays = known.get(names), []
        added: list[tuple[pa.Field, pa.Array]] = []
        for name in names:
            values = np.concatenate([each[name] for each in rows]) if len(rows) > 1 else rows[0][name]
            unit = (
                declared.sentence(name)[0]
                if schema is None
                else schema.field(name).metadata[b"unit"].decode()
            )
            if unit == CODE:
                array = tables.coded(values, places.codes)
            else:
                array = tables.words(words[name], values) if name in words else tables.array(values)
            arrays.append(array)
            if places.real and name == MUNICIPALITY:
                added += tables.real_place(values, places.names).items()
        if schema is None or schema.types[2 : 2 + len(arrays)] != [array.type for array in arrays]:
            kinds = zip(names, arrays, strict=True)
            fields = [tables.field(name, array.type, *declared.sentence(name)) for name, array in kinds]
            schema = _with_labels([*fields, *(field for field, _ in added)])
            known[names] = schema
        yield schema, [*arrays, *(array for _, array in added)]


def _enough(rows: Mapping[str, AnyArray], counted: str, least: int) -> Mapping[str, AnyArray]:
    """Only the rows that stand for at least so many municipalities."""
    kept = rows[counted] >= least
    return {name: values[kept] for name, values in rows.items()}


def _details(job: Job, name: str, history: Recorder, futures: Sequence[Recorder]) -> tuple[pa.Table, ...]:
    """The state of one kind of unit in all designs, half-year by half-year."""
    parts = []
    for design, future in zip(job.designs, futures, strict=True):
        details = history.details.get(name, []) + future.details[name]
        half_years = [page.half_year for page in history.pages + future.pages]
        table = future.readers[name].table(details, half_years, PlaceNames.of(job.registers))
        parts.append(_labelled(job.world, design.key, _with_labels(table.schema), table.columns))
    return tuple(parts)


def _with_labels(fields: Iterable[pa.Field]) -> pa.Schema:
    return pa.schema([tables.WORLD, tables.DESIGN, *fields])


def _labelled(world: int, label: str, schema: pa.Schema, columns: Sequence[pa.Array]) -> pa.Table:
    """Columns with world and design in front."""
    n = len(columns[0])
    arrays = [pa.array(np.full(n, world, dtype=np.int32)), tables.one_word(label, n), *columns]
    return pa.table(arrays, schema=schema)
