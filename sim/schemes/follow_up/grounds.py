"""The grounds on which an owner was drawn, as it sees them: what the register says for and against, and how the last round was.

Grounds that swing between years and indicators, a small margin above the limit, having come above the limit again since, the
spread between schools in place of the level, and small cohorts all leave doubt; so does a bad earlier round, in another way.
Where the governors' judgement decides, there is less that can be pointed at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.parameters.registry import Parameters
from sim.schemes.follow_up.assumptions import Grounds, Will
from sim.schemes.follow_up.draw_levers import Discretion, Draw
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, Thresholds
from sim.schemes.follow_up.phases import in_scheme
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Phase
from sim.state import State

GRADES = 10  # of the grunnskole
MIDDLING = 0.5  # margin, where nothing is known of it
_NEVER_DRAWN = (Excluded.SPECIAL_CASE, Excluded.NO_FIGURES, Excluded.TOO_SMALL, Excluded.NOT_CONSISTENT)


@dataclass(frozen=True)
class SeenGrounds:
    """What can be seen of the grounds; all arrays of shape (municipalities,), middling where an owner was not drawn.

    Attributes
    ----------
    doubt : array of float, 0-1
        How far they can be doubted.
    small_margin : array of float, 0-1
        How small the distance to the limit is: 1 at the limit.
    judged : array of float, share
        Part of the decision that rests on the governors' judgement, in the average draw.
    bad_round : array of float, 0-1
        How bad the earlier round was: how wrong the owner found it in the end, times how little came of it; 0 for newcomers.
    risk : array of float, share
        Risk share by which it was drawn; 0 where none is known.
    """

    doubt: Floats
    small_margin: Floats
    judged: Floats
    bad_round: Floats
    risk: Floats


def seen_grounds(state: State, p: Parameters) -> SeenGrounds:
    """What those drawn this year can see of the grounds, read from the year's register."""
    f, register, g = state[FollowUpOwners], state[DrawRegister], p[Grounds]
    n = len(f)
    seen = SeenGrounds(
        doubt=np.full(n, g.usual_doubt), small_margin=np.full(n, MIDDLING), judged=np.zeros(n),
        bad_round=np.zeros(n), risk=np.zeros(n),
    )  # fmt: skip
    drawn = np.flatnonzero(register.drawn != DrawKind.NONE)
    if not len(drawn):
        return seen
    o = register.successor[drawn]
    risk = _risk(register, drawn)
    by_spread = register.drawn[drawn] == DrawKind.SPREAD
    beyond = risk - state[Thresholds].limit_share[0]
    seen.risk[o] = risk
    seen.small_margin[o] = np.where(by_spread, MIDDLING, np.clip(1 - beyond / g.wide_margin, 0, 1))
    seen.doubt[o] = _doubt(state, g, drawn, by_spread, seen.small_margin[o])
    if p[Draw].discretion is Discretion.BOTH:
        seen.judged[o] = np.where(by_spread, 0, p[Draw].discretion_weight)
    again = (f.times_drawn[o] > 1) & (f.risk_then[o] > 0)
    no_gain = np.clip(1 - (f.risk_then[o] - risk) / g.good_gain, 0, 1)
    seen.bad_round[o] = np.where(again, (1 - f.legitimacy[o]) * no_gain, 0)
    return seen


def _risk(register: DrawRegister, rows: Ints) -> Floats:
    """Risk share over all years and indicators; 0 without figures."""
    return _share(register.points[rows].sum(axis=(1, 2)), register.possible[rows].sum(axis=(1, 2)))


def _share(points: Floats, possible: Floats) -> Floats:
    """Points as share of the possible ones, 0 where there are none; arrays of the same shape."""
    return np.divide(points, possible, out=np.zeros(points.shape), where=possible > 0)


def _doubt(state: State, g: Grounds, rows: Ints, by_spread: Bools, small_margin: Floats) -> Floats:
    """How far the grounds of some rows of the register can be doubted, in [0, 1]."""
    register = state[DrawRegister]
    points, possible = register.points[rows], register.possible[rows]
    yearly = _share(points.sum(axis=2), possible.sum(axis=2))
    by_indicator = _share(points.sum(axis=1), possible.sum(axis=1))
    swing = (_swing(yearly, possible.sum(axis=2)) + _swing(by_indicator, possible.sum(axis=1))) / 2
    known = possible[:, 0].sum(axis=1) > 0
    better_again = known & ~by_spread & (yearly[:, 0] < state[Thresholds].limit_share[0])
    small = g.cohort_pupils / (g.cohort_pupils + register.n_pupils[rows] / GRADES)
    by_margin = np.where(by_spread, 0, g.margin * small_margin)
    doubt = (
        g.swing * swing
        + by_margin
        + g.better_again * better_again
        + g.by_spread * by_spread
        + g.small_cohort * small
    )
    found: Floats = np.clip(doubt, 0, 1)
    return found


def _swing(shares: Floats, weights: Floats) -> Floats:
    """How much shares swing around their weighted mean, in [0, 1]: their mean distance from it, against the most there can be.

    With mean m the mean distance is at most 2 m (1 - m): as many points as that are got all here and not at all there.
    """
    total = weights.sum(axis=1)
    mean = _share((shares * weights).sum(axis=1), total)
    distance = _share((np.abs(shares - mean[:, np.newaxis]) * weights).sum(axis=1), total)
    return np.clip(_share(distance, 2 * mean * (1 - mean)), 0, 1)


def watch(state: State, p: Parameters) -> None:
    """In a year with a draw: how near the limit those stand who were not drawn, and are not in the scheme."""
    f, register = state[FollowUpOwners], state[DrawRegister]
    if not len(register):
        return
    short = state[Thresholds].limit_share[0] - _risk(register, np.arange(len(register)))
    near = np.clip(1 - short / p[Will].threat_width, 0, 1)
    near[np.isin(register.excluded, _NEVER_DRAWN)] = 0
    f.near_limit[:] = 0
    np.maximum.at(f.near_limit, register.successor, near)
    f.near_limit[in_scheme(f) | (f.phase == Phase.DIALOGUE)] = 0
