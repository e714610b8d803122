from __future__ import annotations

import numpy as np

from sim.report.draw_facts import hit_rate


def test_the_hit_rate_counts_the_drawn_among_the_equally_many_neediest() -> None:
    # Draw 0 picks two of four, of whom one is among the two neediest; draw 1 picks one of two, the neediest.
    draw = np.array([0, 0, 0, 0, 1, 1])
    need = np.array([3.0, 2.0, 1.0, 0.0, 0.5, 0.1])
    is_drawn = np.array([True, False, True, False, True, False])
    assert hit_rate(draw, need, is_drawn) == 2 / 3
