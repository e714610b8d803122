"""The state of the world, in columns."""

from sim.state.state import State
from sim.state.table import Column, Merger, Table, column

__all__ = ["Column", "Merger", "State", "Table", "column"]
