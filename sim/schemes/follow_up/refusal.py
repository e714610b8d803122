"""What follows when an owner declines: supervision or nothing, and what becomes of its place and money.

Nobody has declined so far (AFI-rapport 2026:02, 3.1), so there is no rule to copy; that supervision would follow stands in
AFI-rapport 2021:09, 3.1.
"""

from __future__ import annotations

import numpy as np

from sim.randomness import Draws
from sim.schemes.follow_up.draw import enter, lots_of
from sim.schemes.follow_up.draw_choice import first_of_each, in_order
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, Thresholds
from sim.schemes.follow_up.phases import in_scheme
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Phase
from sim.state import State


def draw_next(state: State, draw: Draws, places: int) -> int:
    """Draw the next on the list of the average draw for places left empty; how many there were."""
    register, f = state[DrawRegister], state[FollowUpOwners]
    order = in_order(register.figure, lots_of(register, draw))
    there = in_scheme(f) | (f.phase == Phase.DIALOGUE) | (f.last_draw_year == state.now.year)
    free = (
        (register.excluded == Excluded.NOT) & (register.drawn == DrawKind.NONE) & ~there[register.successor]
    )
    order = order[free[order]]
    chosen = order[first_of_each(register.successor[order])][:places]
    enter(state, chosen, DrawKind.AVERAGE, int(state[Thresholds].draws_held[0]))
    return len(np.unique(chosen))
