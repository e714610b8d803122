"""The schemes next door as a table of processes; they add no tables, and their load is seen in the owners'."""

from __future__ import annotations

from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.neighbours import together
from sim.schemes.neighbours.parameters import Neighbours
from sim.schemes.scheme import Scheme
from sim.state import State
from sim.year_parts import Part


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """Nothing of their own is kept: what they do stands in owners' load and schools' upkeep."""


SCHEME = Scheme(
    key="neighbours",
    title="The schemes next door: kindergartens and Kompetanseløftet",
    groups=(Neighbours,),
    set_up=set_up,
    processes={Part.ASKING: (together.ASK,), Part.MEASURES: (together.KEEP_UP,)},
)
