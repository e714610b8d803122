"""The state of the world, in columns."""

from sim.state.state import State
from sim.state.table import Column, Joining, Merger, Table, column

__all__ = ["Column", "Joining", "Merger", "State", "Table", "column"]
