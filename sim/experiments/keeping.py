"""Keeping worlds as they come: their tables go to the folder, their outcomes stay at hand for what is summed up over all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
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
    """

    study: Study
    folder: Path
    outcomes: Trajectories
    elsewhere: Mapping[str, Trajectories]
    without: Trajectories | None = None


def keep(study: Study, worlds: Iterable[Played], folder: Path) -> tuple[Trajectories, Trajectories | None]:
    """Write the tables that each world brings, and hand back the outcomes of all, and those of the yardstick."""
    outcomes = study.instruments().outcomes
    played = []
    with ExitStack() as stack:
        files: dict[str, TableFile] = {}
        for world in worlds:
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
            played.append(replace(world, tables={}))
    return Trajectories.of(played, study.keys, outcomes), of_yardstick(study, played)


def of_yardstick(study: Study, played: Sequence[Played]) -> Trajectories | None:
    """The outcomes of worlds under the yardstick; None if the study has none."""
    if study.without is None:
        return None
    alone = [replace(world, outcomes=world.without[None]) for world in played if world.without is not None]
    return Trajectories.of(alone, (study.without.key,), study.instruments().outcomes)


def outcomes_alone(study: Study, worlds: Iterable[Played]) -> Trajectories:
    """The outcomes of worlds of which nothing else is kept."""
    bare = (replace(world, tables={}) for world in worlds)
    return Trajectories.of(bare, study.keys, study.instruments().outcomes)


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
