"""Upper secondary schools, as far as two schemes must know the same school alike."""

from __future__ import annotations

from sim.arrays import Floats, Ints
from sim.randomness import Draws


def school_luck(draw: Draws, ids: Ints) -> Floats:
    """The numbers by which a school is a county's, and by which it has vocational programmes; shape (schools, 2)."""
    return draw.uniform("upper secondary school", ids, per=2)
