"""What a process is: a named rule that moves the state forward by one part of a half-year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.state import State

Rule: TypeAlias = Callable[[State, Parameters, Draws], None]


@dataclass(frozen=True)
class Process:
    """One rule and its place in the world's story.

    Attributes
    ----------
    name : str
        Module and rule, as printed in the order of the school year and in the timing table.
    rule : callable
        Reads and writes the state in place; its only randomness is the draws it is handed.
    why : str
        One sentence: what it does and why it stands where it stands.
    source : str
        Where the mechanism is described, or "assumption".
    """

    name: str
    rule: Rule
    why: str
    source: str
