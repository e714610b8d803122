"""Keeping worlds as they come: their tables go to the folder, their outcomes stay at hand for what is summed up over all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyarrow as pa

from sim.experiments import tables
from sim.experiments.play import Played
from sim.experiments.study import Study
from sim.experiments.trajectories import Trajectories, outcomes_table
from sim.experiments.writing import TableFile


@dataclass(frozen=True)
class Kept:
    """A study whose worlds lie in a folder.

    Attributes
    ----------
    outcomes : Trajectories
        What every outcome did in every world.
    elsewhere : mapping from structure to Trajectories
        The same under alternative structures of the model, as far as the study has any.
    without : Trajectories, optional
        What every outcome did under the yardstick, if one was played along.
    twins : tuple of Arrow tables
        How far along the programme theories the twins are, if any were played.
    """

    study: Study
    folder: Path
    outcomes: Trajectories
    elsewhere: Mapping[str, Trajectories]
    without: Trajectories | None = None
    twins: tuple[pa.Table, ...] = ()


def keep(
    study: Study, worlds: Iterator[Played], folder: Path, told: Callable[[Played], object] | None = None
) -> Kept:
    """Write the tables that each world brings, and keep the outcomes of all at hand.

    Parameters
    ----------
    worlds : iterator of Played
        In the order of `Study.all_jobs`.
    told : callable, optional
        Given each world of the study itself as it comes.
    """
    outcomes = study.instruments().outcomes
    played: list[Played] = []
    twins: list[pa.Table] = []
    with ExitStack() as stack:
        files: dict[str, TableFile] = {}
        for world in _in_their_order(islice(worlds, study.worlds), told):
            own = {
                "outcomes": (
                    outcomes_table(world.world, world.outcomes, study.keys, world.half_years, outcomes),
                ),
                "parameters": (_parameters(world, int(study.draws[world.world])),),
                **world.tables,
            }
            for name, pieces in own.items():
                if pieces and name not in files:
                    files[name] = stack.enter_context(TableFile(folder / f"{name}.parquet"))
                for piece in pieces:
                    files[name].append(piece)
            twins += world.twins
            played.append(replace(world, tables={}, twins=()))
    elsewhere = {
        structure.key: Trajectories.of(islice(worlds, study.worlds), study.keys, outcomes)
        for structure in study.structures
    }
    standard = Trajectories.of(played, study.keys, outcomes)
    return Kept(study, folder, standard, elsewhere, of_yardstick(study, played), tuple(twins))


def _in_their_order(worlds: Iterator[Played], told: Callable[[Played], object] | None) -> Iterator[Played]:
    """Worlds by their number, those that come too early being held until it is their turn; told of as they come."""
    early: dict[int, Played] = {}
    due = 0
    for world in worlds:
        if told is not None:
            told(world)
        early[world.world] = world
        while due in early:
            yield early.pop(due)
            due += 1


def of_yardstick(study: Study, played: Sequence[Played]) -> Trajectories | None:
    """The outcomes of worlds under the yardstick; None if the study has none."""
    if study.without is None:
        return None
    alone = [replace(world, outcomes=world.without[None]) for world in played if world.without is not None]
    return Trajectories.of(alone, (study.without.key,), study.instruments().outcomes)


def _parameters(world: Played, draw: int) -> pa.Table:
    """A world's values of the uncertain parameters, and which draw they come from."""
    n = len(world.values)
    columns = {
        "world": pa.array([world.world] * n),
        "draw": pa.array([draw] * n),
        "name": pa.array(list(world.values)),
        "value": pa.array(list(world.values.values())),
    }
    return tables.table(columns, tables.PARAMETERS)
