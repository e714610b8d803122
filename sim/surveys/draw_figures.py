"""Figures of the draw itself, read from its register: who is drawn, by what margin, for what [AFI-rapport 2021:09, 2.1-2.3]."""

from __future__ import annotations

import numpy as np

from sim.arrays import AnyArray, Bools, Floats
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.risk_score import risk_share, totals
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners
from sim.state import State
from sim.state.measurements import Indicator
from sim.surveys.figures import FULL_POINTS, Figure, Reading, counted, mean_of, outside

TESTS = (Indicator.READING_5, Indicator.NUMERACY_5, Indicator.READING_8, Indicator.NUMERACY_8)
LEAVING_POINTS = (Indicator.LEAVING_POINTS_10,)
ENVIRONMENT = (
    Indicator.SUPPORT_7, Indicator.MOTIVATION_7, Indicator.BULLYING_7,
    Indicator.SUPPORT_10, Indicator.MOTIVATION_10, Indicator.BULLYING_10,
)  # fmt: skip
"""The three groups of indicators [AFI-rapport 2021:09, table 1]."""


def highest_share(state: State, p: Parameters, draw: Draws) -> Figure:
    """Highest risk share in the average draw."""
    share = _drawn_shares(state)
    return Figure(float(share.max()) if len(share) else float("nan"), len(share))


def lowest_share(state: State, p: Parameters, draw: Draws) -> Figure:
    """Lowest risk share in the average draw."""
    share = _drawn_shares(state)
    return Figure(float(share.min()) if len(share) else float("nan"), len(share))


def under(limit: float) -> Reading:
    """Municipalities with a risk share below a limit."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        return counted(_shares(state) < limit)

    return read


def ratio(indicators: tuple[Indicator, ...]) -> Reading:
    """Mean share of the possible points in a group of indicators: the average draw over those outside the draw."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        register = state[DrawRegister]
        columns = list(indicators)
        points, possible = (x[:, :, columns].sum(axis=(1, 2)) for x in (register.points, register.possible))
        share = np.divide(points, possible, out=np.full(len(points), np.nan), where=possible > 0)
        mine, others = share[_on_average(state)], share[outside(state)]
        if not np.isfinite(mine).any() or not np.isfinite(others).any():
            return Figure(float("nan"), 0)
        return Figure(float(np.nanmean(mine) / np.nanmean(others)), int(np.isfinite(mine).sum()))

    return read


def fewer_points(state: State, p: Parameters, draw: Draws) -> Figure:
    """Of those in the average draw, those with fewer possible points than the full number."""
    return counted(totals(state[DrawRegister].possible)[_on_average(state)] < FULL_POINTS)


def different_drawn(state: State, p: Parameters, draw: Draws) -> Figure:
    """Of the municipalities drawn this year, those that were not drawn before; one that was merged since New Year is another than
    any that it was made of, and has another number.

    Added up over draws this is how many different ones their lists name.
    """
    register, owners = state[DrawRegister], state[FollowUpOwners]
    drawn = register.successor[register.drawn != DrawKind.NONE]
    merged = np.bincount(register.successor, minlength=len(owners)) > 1
    return counted(merged[drawn] | (owners.times_drawn[drawn] == 1))


def of_average_draw(column: str) -> Reading:
    """Mean of a column of the draw's register over the average draw."""

    def read(state: State, p: Parameters, draw: Draws) -> Figure:
        values: AnyArray = getattr(state[DrawRegister], column)
        return mean_of(values[_on_average(state)])

    return read


def _on_average(state: State) -> Bools:
    return np.asarray(state[DrawRegister].drawn == DrawKind.AVERAGE)


def _shares(state: State) -> Floats:
    """Risk shares of all municipalities that have possible points."""
    register = state[DrawRegister]
    possible = totals(register.possible)
    share: Floats = risk_share.of_columns(totals(register.points), possible)
    return share[possible > 0]


def _drawn_shares(state: State) -> Floats:
    """Risk shares of the average draw."""
    register = state[DrawRegister]
    share: Floats = risk_share.of_columns(totals(register.points), totals(register.possible))[
        _on_average(state)
    ]
    return share[np.isfinite(share)]
