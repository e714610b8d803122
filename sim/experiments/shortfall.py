"""Splits what a comparison's designs fall short of, by playing the first worlds again with their theory's conditions granted.

`sim.theory.test` does the same in all worlds, for all theories, and for single conditions. A comparison makes do with a few
worlds, since each design asks for two or three more to be played, and with the theories of the schemes in which its designs
differ.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from sim.experiments.instruments import Instruments, national_model
from sim.experiments.play import play
from sim.experiments.study import Study
from sim.experiments.theory_split import Pair
from sim.experiments.theory_tables import FOLLOWED, write_split_of
from sim.theory.granted import conditions_granted, grantings
from sim.theory.link import Theory
from sim.theory.reading import theories

MOST_WORLDS = 4  # played again


def theory_alone(instruments: Callable[[], Instruments] = national_model) -> Instruments:
    """The model with nothing noted down but how far along the programme theories it is."""
    whole = instruments()
    return replace(whole, outcomes=whole.outcomes[:1], events={FOLLOWED: whole.events[FOLLOWED]})


def shortfall(
    study: Study, *, workers: int | None = None, progress: bool = True
) -> Callable[[Path], None] | None:
    """What adds the table of the split to a comparison's folder; None if no theory is at stake.

    Parameters
    ----------
    workers, progress
        As for `sim.experiments.conduct.conduct`.
    """
    chosen = at_stake(study)
    if FOLLOWED not in study.instruments().events or not chosen:
        return None

    def add(folder: Path) -> None:
        again, pairs = _twins(study, chosen)
        with closing(play(again.jobs(), workers=workers, progress=progress)) as played:
            twins = [piece.to_pandas() for world in played for piece in world.tables[FOLLOWED]]
        own = pd.read_parquet(folder / f"{FOLLOWED}.parquet", filters=[("world", "<", again.worlds)])
        write_split_of(pd.concat([own, *twins]), folder, pairs, study.parting, study.end)

    return add


def at_stake(study: Study) -> tuple[Theory, ...]:
    """The theories of the schemes in whose levers the designs differ."""
    first = study.designs[0].levers
    differ = {
        name
        for design in study.designs[1:]
        for name in {*first, *design.levers}
        if first.get(name) != design.levers.get(name)
    }
    return tuple(
        theory for theory in theories() if any(name.startswith(f"{theory.scheme}.") for name in differ)
    )


def _twins(study: Study, chosen: tuple[Theory, ...]) -> tuple[Study, tuple[Pair, ...]]:
    """The first worlds of the study under every design's twins, and which twin belongs to which design."""
    registry = study.instruments().registry
    found = [
        (
            design,
            theory,
            only,
            conditions_granted(design, theory, registry, only=only, from_year=study.parting),
        )
        for design in study.designs
        for theory in chosen
        for only in grantings(theory)
    ]
    again = replace(
        study,
        designs=tuple(twin for *_, twin in found),
        worlds=min(study.worlds, MOST_WORLDS),
        detail=0,
        structures=(),
        without=None,
        instruments=partial(theory_alone, study.instruments),
    )
    return again, tuple(Pair(design.key, twin.key, theory, only) for design, theory, only, twin in found)
