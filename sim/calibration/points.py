"""Playing points: the model is run with given parameters and fills in the evaluations' questionnaire.

Points are played in portions. Each finished portion is a file of its own in the work folder; one that lies there is not
played again, so a calibration that was ended, even by force, goes on where it was and comes to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.arrays import Floats
from sim.calibration.effects import Pairing
from sim.calibration.storage import put_table
from sim.calibration.targets import PAIRED_EVERY
from sim.design import Design
from sim.experiments.instruments import Instruments, Playable, national_model
from sim.experiments.soundness import check_sound
from sim.experiments.workers import run_jobs
from sim.half_year import Season

PORTION = 10  # points in a file
SURVEYS = "surveys"
SCHEMA = pa.schema(
    [
        ("point", pa.int32()),
        ("world", pa.int32()),
        ("target", pa.dictionary(pa.int32(), pa.string())),
        ("value", pa.float64()),
        ("n", pa.int64()),
    ]
)

Reading = Callable[[Playable], Mapping[str, float]]


def nothing_more(model: Playable) -> Mapping[str, float]:  # noqa: ARG001 - a reading like any other
    """No further figures."""
    return {}


@dataclass(frozen=True)
class Setting:
    """How points are played.

    Attributes
    ----------
    design : Design
        What happened.
    start, end : int
        First and last calendar year.
    worlds : int
        Worlds for each point, all different.
    scale : float
        Share of the country.
    held : mapping
        Parameters held at a value whatever the point says; a check on wrong models uses it.
    reading : callable
        Figures read from the world as it stands in the end; a function of a module.
    instruments : callable
        Gives the model and its observers; a function of a module.
    without : mapping from scheme to Design
        What happened, less a scheme, for the effects that emerge.
    paired_every : int
        Every so many worlds are played under those too.
    """

    design: Design
    start: int = 2017
    end: int = 2024
    worlds: int = 1
    scale: float = 1.0
    seed: int = 1
    held: Mapping[str, float] = field(default_factory=dict)
    reading: Reading = nothing_more
    instruments: Callable[[], Instruments] = national_model
    without: Mapping[str, Design] = field(default_factory=dict)
    paired_every: int = PAIRED_EVERY


@dataclass(frozen=True)
class Portion:
    """Some points to be played by one worker.

    Attributes
    ----------
    first : int
        Number of the first point; the others follow.
    values : array, shape (points, parameters)
    """

    setting: Setting
    first: int
    names: tuple[str, ...]
    values: Floats


def play_points(
    setting: Setting,
    names: Sequence[str],
    values: Floats,
    folder: Path,
    *,
    first: int = 0,
    workers: int | None = None,
    progress: bool = True,
) -> pd.DataFrame:
    """Play all points that have not been played yet, and give what all of them answer.

    Parameters
    ----------
    values : array, shape (points, parameters)
    folder : Path
        Holds the finished portions.
    first : int
        Number of the first point.

    Returns
    -------
    DataFrame
        point, world, target, value, n, in that order.
    """
    starts = range(0, len(values), PORTION)
    files = {start: folder / f"part-{first + start:06d}.parquet" for start in starts}
    waiting = [start for start in starts if not files[start].exists()]
    jobs = [
        Portion(setting, first + start, tuple(names), values[start : start + PORTION]) for start in waiting
    ]
    with closing(run_jobs(play_portion, jobs, workers=workers, progress=progress, unit="portion")) as played:
        for start, table in zip(waiting, played, strict=True):
            put_table(files[start], table)
    tables = [pq.read_table(file, page_checksum_verification=True) for file in files.values()]
    frame: pd.DataFrame = pa.concat_tables(tables).unify_dictionaries().to_pandas()
    return frame


def play_portion(portion: Portion) -> pa.Table:
    """Play a portion, point by point and world by world."""
    instruments = portion.setting.instruments()
    given = [dict(zip(portion.names, row.tolist(), strict=True)) for row in portion.values]
    parts = [
        _play(portion.setting, instruments, values, portion.first + i, k)
        for i, values in enumerate(given)
        for k in range(portion.setting.worlds)
    ]
    columns = {
        "point": np.concatenate([np.full(len(targets), point) for point, _, targets, _, _ in parts]),
        "world": np.concatenate([np.full(len(targets), world) for _, world, targets, _, _ in parts]),
        "target": [target for _, _, targets, _, _ in parts for target in targets],
        "value": [value for *_, values_, _ in parts for value in values_],
        "n": [number for *_, numbers in parts for number in numbers],
    }
    return pa.table(
        {name: pa.array(column, _plain(SCHEMA.field(name).type)) for name, column in columns.items()}
    ).cast(SCHEMA)


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _play(
    setting: Setting, instruments: Instruments, values: Mapping[str, float], point: int, k: int
) -> tuple[int, int, list[str], list[float], list[int]]:
    """One world at one point: its answers, an item's half-years one below the other."""
    world = point * setting.worlds + k
    targets: list[str] = []
    answers: list[float] = []
    numbers: list[int] = []

    def made(design: Design) -> Playable:
        return instruments.model(
            design,
            rng=setting.seed,
            world=world,
            start=setting.start,
            scale=setting.scale,
            assumptions={**values, **setting.held},
            registers=None,
        )

    pairing = Pairing(setting.without if world % setting.paired_every == 0 else {})
    try:
        model = made(setting.design)
        for year in range(setting.start, setting.end + 1):
            for _ in Season:
                model.step()
                rows = instruments.events[SURVEYS].read(model)
                targets += [str(target) for target in rows["target"]]
                answers += [float(value) for value in rows["share"]]
                numbers += [int(n) for n in rows["n"]]
            pairing.note(model, year)
        check_sound(model.state)
        for name, value in {**setting.reading(model), **pairing.effects(made, setting.start)}.items():
            targets.append(name)
            answers.append(float(value))
            numbers.append(1)
    except Exception as error:
        error.add_note(f"while playing point {point}, world {world} of seed {setting.seed}")
        raise
    vars(model).clear()  # a Mesa model and its agents refer to each other
    return point, world, targets, answers, numbers
