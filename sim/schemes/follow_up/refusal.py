"""What follows when an owner declines: supervision or nothing, and what becomes of its place and money.

Nobody has declined so far (AFI-rapport 2026:02, 3.1), so there is no rule to copy; that supervision would follow stands in
AFI-rapport 2021:09, 3.1.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.randomness import Draws
from sim.rules import rule
from sim.schemes.follow_up.draw import lots_of
from sim.schemes.follow_up.draw_choice import at, first_of_each, in_order
from sim.schemes.follow_up.draw_places import put_in
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, Thresholds
from sim.schemes.follow_up.phases import is_inside
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Phase
from sim.state import State


def draw_next(state: State, draw: Draws, places: int) -> int:
    """Draw the next on the list of the average draw for places left empty; how many there were."""
    lots, number = lots_of(state[DrawRegister], draw), int(state[Thresholds].draws_held[0])
    return fill(state, None, lots=lots, places=places, year=state.now.year, number=number)


@rule
def fill(register: DrawRegister, f: FollowUpOwners, lots: Floats, places: int, year: int, number: int) -> int:
    """`draw_next`, of who is neither in the scheme nor was drawn this year; `lots` decide between equals."""
    free, n = np.empty(len(register), dtype=np.int64), 0
    for r in in_order(register.figure, lots):
        o = register.successor[r]
        there = is_inside(f.phase[o]) or f.phase[o] == Phase.DIALOGUE or f.last_draw_year[o] == year
        if register.excluded[r] == Excluded.NOT and register.drawn[r] == DrawKind.NONE and not there:
            free[n] = r
            n += 1
    chosen = at(free, first_of_each(at(register.successor, free[:n]))[:places])
    put_in(register, f, chosen, DrawKind.AVERAGE, year, number)
    return len(chosen)
