"""Plug-ins for the tests: the examples of the docs, and some written for the occasion."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "docs" / "how-to" / "examples"

OUTCOME = '''"""An outcome that is the same everywhere."""
import numpy as np
from sim.outcomes.outcome import Gather, Outcome
from sim.plugins import Plugin

PLUGIN = Plugin(
    outcomes=(Outcome("the_same", "units", 0, Gather.NATION, lambda state, p: np.array([VALUE]), "the same everywhere"),),
)
'''

RULE = '''"""A rule of one's own."""
from sim.plugins import Plugin
from sim.processes.process import Process
from sim.rules import formula, rule
from sim.state.schools import Schools
from sim.year_parts import Part


@formula
def tired(now: float) -> float:
    return 0 * now + 0.25


@rule
def tire(schools: Schools) -> None:
    for s in range(len(schools)):
        schools.fatigue[s] = tired(schools.fatigue[s])


PLUGIN = Plugin(processes={Part.RESULTS: (Process("own.tire", tire, "Tires.", "assumption"),)})
'''


def example(name: str) -> Path:
    """One of the examples in the docs."""
    return EXAMPLES / f"{name}.py"


def written(folder: Path, text: str, name: str = "own") -> Path:
    """A plug-in with a text."""
    file = folder / f"{name}.py"
    file.write_text(text, encoding="utf-8")
    return file


def summer(folder: Path, line: str) -> Path:
    """The example's process, with a line of its own first."""
    text, begun = example("summer_forgetting").read_text(encoding="utf-8"), "    if p[Summer].courses"
    return written(folder, text.replace(begun, f"    {line}\n{begun}"))


def the_same(folder: Path, value: float, name: str = "own") -> Path:
    """A plug-in whose outcome has one value."""
    return written(folder, OUTCOME.replace("VALUE", str(value)), name)
