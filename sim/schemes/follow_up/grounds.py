"""The grounds on which an owner was drawn, as it sees them: what the register says for and against, and how the last round was.

Grounds that swing between years and indicators, a small margin above the limit, having come above the limit again since, the
spread between schools in place of the level, and small cohorts all leave doubt; so does a bad earlier round, in another way.
Where the governors' judgement decides, there is less that can be pointed at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.processes.shares import share_of
from sim.rules import formula, rule
from sim.schemes.follow_up.assumptions import Grounds, Will
from sim.schemes.follow_up.draw_levers import Discretion, Draw
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, Thresholds
from sim.schemes.follow_up.phases import is_inside
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Phase
from sim.state import State
from sim.state.measurements import N_INDICATORS, N_YEARS

GRADES = 10  # of the grunnskole
MIDDLING = 0.5  # margin, where nothing is known of it


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
    seen = SeenGrounds(*np.zeros((5, len(state[FollowUpOwners]))))
    look(state, p, **vars(seen))
    return seen


@rule
def look(
    f: FollowUpOwners,
    register: DrawRegister,
    kept: Thresholds,
    d: Draw,
    g: Grounds,
    doubt: Floats,
    small_margin: Floats,
    judged: Floats,
    bad_round: Floats,
    risk: Floats,
) -> None:
    """Fills in what `SeenGrounds` says of those drawn; what is handed in comes with zeros."""
    doubt[:], small_margin[:] = g.usual_doubt, MIDDLING
    for r in range(len(register)):
        if register.drawn[r] == DrawKind.NONE:
            continue
        o, by_spread = register.successor[r], register.drawn[r] == DrawKind.SPREAD
        risk[o] = risk_of(register, r)
        if not by_spread:
            small_margin[o] = share_of(1 - (risk[o] - kept.limit_share[0]) / g.wide_margin)
            judged[o] = d.average_discretion_weight * (d.discretion == Discretion.BOTH)
        doubt[o] = doubt_about(register, r, by_spread, small_margin[o], kept.limit_share[0], g)
        if f.times_drawn[o] > 1 and f.risk_then[o] > 0:
            bad_round[o] = (1 - f.legitimacy[o]) * share_of(1 - (f.risk_then[o] - risk[o]) / g.good_gain)


@formula
def risk_of(register: DrawRegister, row: int) -> float:
    """Risk share of a row over all years and indicators; 0 without figures."""
    points, possible = 0.0, 0.0
    for year in range(N_YEARS):
        for i in range(N_INDICATORS):
            points += register.points[row, year, i]
            possible += register.possible[row, year, i]
    return part_got(points, possible)


@formula
def part_got(points: float, possible: float) -> float:
    """Points as share of the possible ones, 0 where there are none."""
    return points / possible if possible > 0 else 0.0


@formula
def doubt_about(
    register: DrawRegister, row: int, by_spread: bool, small_margin: float, limit: float, g: Grounds
) -> float:
    """How far the grounds of a row of the register can be doubted, in [0, 1]."""
    yearly, could_yearly = np.zeros(N_YEARS), np.zeros(N_YEARS)
    of_indicator, could_of_it = np.zeros(N_INDICATORS), np.zeros(N_INDICATORS)
    for year in range(N_YEARS):
        for i in range(N_INDICATORS):
            points, possible = register.points[row, year, i], register.possible[row, year, i]
            yearly[year] += points
            could_yearly[year] += possible
            of_indicator[i] += points
            could_of_it[i] += possible
    swing = (swing_of(yearly, could_yearly) + swing_of(of_indicator, could_of_it)) / 2
    latest = part_got(yearly[0], could_yearly[0])
    better_again = could_yearly[0] > 0 and not by_spread and latest < limit
    by_margin = 0.0 if by_spread else g.margin * small_margin
    small = g.cohort_pupils / (g.cohort_pupils + register.n_pupils[row] / GRADES)
    by_figures = g.swing * swing + by_margin + g.better_again * better_again
    return share_of(by_figures + g.by_spread * by_spread + g.small_cohort * small)


@formula
def swing_of(points: Floats, possible: Floats) -> float:
    """How much shares swing around their weighted mean, in [0, 1]: their mean distance from it, against the most there can be.

    With mean m the mean distance is at most 2 m (1 - m): as many points as that are got all here and not at all there.
    """
    got, could, distance = 0.0, 0.0, 0.0
    for k in range(len(points)):
        got += points[k]
        could += possible[k]
    mean = part_got(got, could)
    for k in range(len(points)):
        distance += abs(part_got(points[k], possible[k]) - mean) * possible[k]
    return share_of(part_got(part_got(distance, could), 2 * mean * (1 - mean)))


@rule
def watch(f: FollowUpOwners, register: DrawRegister, kept: Thresholds, w: Will) -> None:
    """In a year with a draw: how near the limit those stand who were not drawn, and are not in the scheme."""
    f.near_limit[:] = 0
    for r in range(len(register)):
        why, o = register.excluded[r], register.successor[r]
        never = (Excluded.SPECIAL_CASE, Excluded.TOO_FEW_POINTS, Excluded.TOO_SMALL, Excluded.NOT_CONSISTENT)
        if why not in never:
            near = share_of(1 - (kept.limit_share[0] - risk_of(register, r)) / w.threat_width)
            f.near_limit[o] = max(f.near_limit[o], near)
    for o in range(len(f)):
        if is_inside(f.phase[o]) or f.phase[o] == Phase.DIALOGUE:
            f.near_limit[o] = 0.0
