"""By which figure the average draw puts municipalities in order: today's risk share, and other rules that have been proposed.

Whatever the figure, size can be given weight, municipalities below a size left out, and weakness asked for in several years.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.schemes.follow_up.draw_choice import in_order
from sim.schemes.follow_up.draw_levers import RankedBy
from sim.schemes.follow_up.risk_score import NEAR, Scores


def weakest_school(risk: Floats, scored: Bools, owner: Ints, n_owners: int) -> Floats:
    """Highest risk share among each owner's schools, from shape (schools,) to (n_owners,); 0 without figures."""
    highest = np.zeros(n_owners)
    np.maximum.at(highest, owner[scored], risk[scored])
    return highest


def weak_share(worst: Bools, scored: Bools, owner: Ints, n_owners: int) -> Floats:
    """Share of each owner's schools with figures that are among the nation's weakest; shape (n_owners,), 0 without any."""
    n = np.bincount(owner[scored], minlength=n_owners)
    weak = np.bincount(owner[worst], minlength=n_owners)
    return np.divide(weak, n, out=np.zeros(n_owners), where=n > 0)


def weak_pupils(worst: Bools, pupils: Floats, owner: Ints, n_owners: int) -> Floats:
    """Pupils in each owner's schools that are among the nation's weakest; shape (n_owners,)."""
    return np.bincount(owner[worst], pupils[worst], n_owners).astype(np.float64)


def by_size(figure: Floats, pupils: Floats, size_weight: float) -> Floats:
    """A figure times the number of pupils, against the mean municipality's, to the power of `size_weight`; shape (n,)."""
    mean = pupils.mean() if len(pupils) else 0
    if size_weight == 0 or mean == 0:
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


def first_on_the_list(figure: Floats, places: int, lots: Floats) -> Bools:
    """Who stands among the first `places` by the figure, exclusions left aside; a figure of 0 never does; shape (n,)."""
    listed = np.zeros(len(figure), dtype=np.bool_)
    listed[in_order(figure, lots)[:places]] = True
    return listed & (figure > 0)


def figures(
    ranked_by: RankedBy, risk_share: Floats, successor: Ints, worst: Bools, scored: Bools, risk: Floats, pupils: Floats,
    owner: Ints, n_owners: int,
) -> Floats:  # fmt: skip
    """The figure that the draw goes by, one for each row of the register.

    Parameters
    ----------
    ranked_by : RankedBy
    risk_share : array of float, shape (rows of the register,), share
        Of the municipalities as they were at New Year.
    successor : array of int, shape (rows of the register,)
        Row of the present municipality; figures of schools are those of its schools.
    worst, scored, risk, pupils, owner : arrays of shape (schools,)
        Whether it is among the nation's weakest, whether it has figures, its risk share, its pupils, its owner's row.
    n_owners : int
        Present municipalities.
    """
    match ranked_by:
        case RankedBy.RISK_SHARE:
            return risk_share
        case RankedBy.WEAK_SCHOOLS:
            return weak_share(worst, scored, owner, n_owners)[successor]
        case RankedBy.WEAK_PUPILS:
            return weak_pupils(worst, pupils, owner, n_owners)[successor]
        case RankedBy.WEAKEST_SCHOOL:
            return weakest_school(risk, scored, owner, n_owners)[successor]
