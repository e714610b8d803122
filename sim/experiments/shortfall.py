"""Splits what a comparison's designs fall short of: in the first worlds, twins with their theory's conditions granted play along.

`sim.theory.test` does the same in all worlds, for all theories, and for single conditions. A comparison makes do with its first
few worlds, since each design asks for two or three more to be played, and with the theories of the schemes in which its designs
differ.
"""

from __future__ import annotations

from dataclasses import replace

from sim.experiments.instruments import FOLLOWED
from sim.experiments.keeping import Kept
from sim.experiments.study import Study
from sim.experiments.theory_split import Twins, twins_of
from sim.experiments.theory_tables import write_split
from sim.theory.link import Theory
from sim.theory.reading import theories

MOST_WORLDS = 4  # with twins


def with_twins(study: Study) -> Study:
    """The study with the twins by which what its designs fall short of is split: none if no theory is at stake."""
    instruments = study.instruments()
    tested = at_stake(study) if FOLLOWED in instruments.events else ()
    designs, pairs = twins_of(study.designs, tested, instruments.registry, study.parting)
    return replace(study, twins=Twins(designs, pairs, MOST_WORLDS) if pairs else None)


def write(kept: Kept) -> None:
    """Write the table of the split, if twins were played."""
    study, twins = kept.study, kept.study.twins
    if twins is not None:
        write_split(kept.folder, twins.pairs, study.parting, study.end, twins.worlds, kept.twins)


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
