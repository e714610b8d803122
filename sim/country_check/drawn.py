"""Figures of the draws that no item of the virtual survey asks for, read from the register in the half-year of a draw."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Bools, Floats
from sim.calibration import draw_facts
from sim.schemes.follow_up.draw_choice import places
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.risk_score import risk_share, totals
from sim.schemes.follow_up.state import DrawKind
from sim.state import State
from sim.state.places import Offices
from sim.surveys.draw_figures import ENVIRONMENT, LEAVING_POINTS, TESTS
from sim.surveys.figures import HIGHEST_RISKS, outside

FIRST_DRAWS = (2017, 2018)
LARGE = 100_000  # inhabitants from which a municipality is left out of one mean [AFI-rapport 2021:09, 2.3]


def of_2020(state: State, seed: int, world: int, scale: float) -> Mapping[str, float]:
    """Figures of the draw of 2020 by id; none in a half-year without that draw.

    Counts and ranks are those of the whole country: what a part of it gives is divided by `scale`.
    """
    facts = draw_facts.of_draw(state, seed, world)
    if facts is None:
        return draw_facts.NONE
    register = state[DrawRegister]
    average = register.drawn == DrawKind.AVERAGE
    share = risk_share.of_columns(totals(register.points), totals(register.possible))
    by_risk = np.argsort(-share, kind="stable")
    spread_at = register.drawn[by_risk[: places(HIGHEST_RISKS, scale)]] == DrawKind.SPREAD
    smaller = outside(state) & (register.population <= LARGE)
    return {
        **facts.found,
        **_ratios(state, average),
        "high_education_average": _mean(register.education_high[average]),
        "top40_in_spread": float(spread_at.sum()) / scale,
        "last_rank_drawn": float(np.flatnonzero(average[by_risk]).max(initial=-1) + 1) / scale,
        "mean_population_other_100000": _mean(register.population[smaller]),
    }


def _ratios(state: State, average: Bools) -> dict[str, float]:
    """Lowest and highest share of the possible points in each group of indicators over the mean of those outside the draw.

    Outside are those that were not drawn and are no part of one that was [AFI-rapport 2021:09, table 2].
    """
    register, others = state[DrawRegister], outside(state)
    found: dict[str, float] = {}
    for name, indicators in (
        ("tests", TESTS),
        ("leaving_points", LEAVING_POINTS),
        ("environment", ENVIRONMENT),
    ):
        points, possible = (
            x[:, :, list(indicators)].sum(axis=(1, 2)) for x in (register.points, register.possible)
        )
        share, known = points / np.maximum(possible, 1.0), possible > 0
        ratio = share[average & known] / share[others & known].mean()
        if len(ratio):
            found |= {f"least_ratio_{name}": float(ratio.min()), f"greatest_ratio_{name}": float(ratio.max())}
    return found


def in_north(state: State) -> list[bool]:
    """For each municipality drawn in the half-year, whether it lies in the three northern counties; empty without a draw."""
    if DrawRegister not in state:
        return []
    register = state[DrawRegister]
    north: list[bool] = state[Offices].north[register.office[register.drawn != DrawKind.NONE]].tolist()
    return north


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")
