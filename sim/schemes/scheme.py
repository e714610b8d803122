"""A scheme is a table of processes with the levers, state and outcomes that belong to them.

Adding a scheme to the model means adding a folder with one `Scheme` in it and a line in `sim/schemes/__init__.py`; a plug-in
brings one from outside (docs/how-to/plug-ins.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sim.outcomes.outcome import Outcome
from sim.parameters.declaration import Group
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.year_parts import Part


@dataclass(frozen=True, eq=False)
class Scheme:
    """One way of developing competence, as the model knows it.

    Attributes
    ----------
    groups : tuple of Group classes
        Its levers and assumptions.
    set_up : callable
        Adds its tables to a new world's state.
    processes : mapping from part of the half-year to processes, in order
    outcomes : tuple of Outcome
        What it adds to the outcomes observed.
    """

    key: str
    title: str
    groups: tuple[type[Group], ...]
    set_up: Callable[[State, Parameters, Draws], None]
    processes: Mapping[Part, tuple[Process, ...]]
    outcomes: tuple[Outcome, ...] = field(default=())
