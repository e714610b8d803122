"""From a figure (`draw_rules`) to the order of the average draw.

Whatever the figure, size can be given weight, municipalities below a size left out, and weakness asked for in several years.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.rules import formula
from sim.schemes.follow_up.risk_score import NEAR, Scores


def by_size(figure: Floats, pupils: Floats, size_weight: float) -> Floats:
    """A figure times the number of pupils, against the mean municipality's, to the power of `size_weight`; shape (n,)."""
    mean = pupils.mean() if size_weight and len(pupils) else 0
    if mean == 0:
        return figure
    weighted: Floats = figure * (pupils / mean) ** size_weight
    return weighted


def weak_years(scores: Scores) -> Ints:
    """In how many of the years that count each unit's risk share of that year is above the mean over units; shape (units,).

    A year without figures is none of them.
    """
    points, possible = scores.points.sum(axis=2), scores.possible.sum(axis=2)
    known = possible > 0
    share = np.divide(points, possible, out=np.zeros(points.shape), where=known)
    mean = np.divide(
        share.sum(axis=0), known.sum(axis=0), out=np.zeros(share.shape[1]), where=known.any(axis=0)
    )
    weak: Ints = (known & (share > mean + NEAR)).sum(axis=1)
    return weak


@formula
def first_on_the_list(figure: Floats, order: Ints, n_places: int, listed: Bools) -> None:
    """Marks who stands among the first by the figure, exclusions left aside; a figure of 0 never does. `order` is from the
    highest to the lowest, `listed` of shape (n,) is filled in.
    """
    listed[:] = False
    for r in order[:n_places]:
        listed[r] = figure[r] > 0
