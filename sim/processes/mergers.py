"""On New Year's Day of some years municipalities become one, or one leaves another; everything they have goes along."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import Joining, Merger, State, Table
from sim.state.borders import (
    MOVES,
    Borders,
    SchoolOrigins,
    added_up,
    distinct,
    in_force,
    present,
    pupils_of_pieces,
)
from sim.state.places import Municipalities
from sim.state.schools import Schools


def rule(state: State, p: Parameters, draw: Draws) -> None:
    """Bring the municipalities to the borders of a year that moves them; nothing happens where they are in force already."""
    if state.now.season is not Season.SPRING or state.now.year not in MOVES:
        return
    after = in_force(state[Borders], state.now.year)
    if not np.array_equal(distinct(after), state[Municipalities].id):
        _redraw(state, present(state), after, p[Turnover].merger_shakes)


def _redraw(state: State, before: Ints, after: Ints, shakes: float) -> None:
    """First what parts company is parted, then what belongs together is joined; those joined have much to find anew."""
    above = after.max() + 1
    pairs, pair = np.unique(before * above + after, return_inverse=True)
    pupils = added_up(pair, pupils_of_pieces(state), len(pairs))
    origin = np.searchsorted(state[Municipalities].id, pairs // above)
    numbers = distinct(after)
    row = np.searchsorted(numbers, pairs % above)
    heir = _heirs(origin, pupils)
    lived_in = np.maximum(pupils, 1.0)  # where there are no pupils some people live all the same
    share = shares(lived_in, added_up(origin, lived_in, len(heir))[origin], np.bincount(origin)[origin] == 1)
    joining = Joining(row, len(numbers), pupils)
    for table in list(state):
        if table.entity == Municipalities.entity:
            state[type(table)] = _parted(table, origin, share, heir).regrouped(joining)
    state[Municipalities].id = numbers
    joined = np.bincount(row) > 1
    state[Municipalities].competence[joined] *= 1 - shakes
    state[Municipalities].head_tenure[joined] = 0
    state.repoint(Municipalities.entity, row[heir])
    state[Schools].municipality = row[pair[state[SchoolOrigins].piece]]


def _heirs(origin: Ints, pupils: Floats) -> Ints:
    """For each old municipality, the part with most pupils, to which goes what can't be divided."""
    order = np.lexsort((pupils, origin))
    last: Ints = np.searchsorted(origin[order], distinct(origin), side="right") - 1
    return order[last]


def _parted(table: Table, origin: Ints, share: Floats, heir: Ints) -> Table:
    """A row for each part: sums are shared out by pupils, the rest is copied.

    Parameters
    ----------
    origin : array of int, shape (parts,)
        Row that each part comes from.
    share : array of float, shape (parts,)
        What each part gets of that row's sums.
    heir : array of int, shape (len(table),)
        Part to which falls what is left over when whole numbers are shared out.
    """
    if len(origin) == len(table):
        return table  # nothing is divided: a part is a whole, and they come in the table's order
    parts = table.take(origin)
    for name, declared in table.columns().items():
        if declared.merger is Merger.SUM:
            old, new = getattr(table, name), getattr(parts, name)
            portion = new * share.reshape(-1, *[1] * len(declared.shape))
            new[...] = np.rint(portion) if new.dtype.kind == "i" else portion
            left = old.copy()
            np.subtract.at(left, origin, new)
            new[heir] += left
    return parts


def shares(pupils: Floats, whole: Floats, undivided: Bools) -> Floats:
    """The part of the whole's pupils in each part; 1 where nothing was divided, and 0 where there are no pupils."""
    share: Floats = np.divide(pupils, whole, out=np.zeros_like(pupils), where=whole > 0)
    return np.where(undivided, 1.0, share)


PROCESS = Process(
    "mergers",
    rule,
    "Borders change on 1 January; all that is planned in the half-year is planned by the new municipalities.",
    "kommunereformen 2020; AFI-rapport 2021:09, 2.1",
)
