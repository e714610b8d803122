"""Facts of the draw of 2020 that no parameter is fitted to: who was drawn, and who would be were lots drawn instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from sim.arrays import Bools, Codes, Floats
from sim.randomness import Streams
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import DrawKind
from sim.state import State
from sim.state.measurements import Indicator
from sim.state.places import Offices
from sim.surveys.draw_figures import ENVIRONMENT, LEAVING_POINTS, TESTS

YEAR = 2020
NONE: Mapping[str, float] = MappingProxyType({})
_GROUPS: Mapping[str, tuple[Indicator, ...]] = MappingProxyType(
    {"tests": TESTS, "leaving_points": LEAVING_POINTS, "environment": ENVIRONMENT}
)
_ONCE = 0


@dataclass(frozen=True)
class OfDraw:
    """The facts as the draw went, and as they would be by lot among the same municipalities."""

    found: Mapping[str, float]
    by_lot: Mapping[str, float]


def of_draw(state: State, seed: int, world: int) -> OfDraw | None:
    """The facts of the year's draw; None where none has been held."""
    kinds = state[DrawRegister].drawn if DrawRegister in state else np.empty(0, dtype=np.int8)
    if not (kinds != DrawKind.NONE).any():
        return None
    lots = np.argsort(Streams(seed, world).uniform("a draw by lot instead", _ONCE, np.arange(len(kinds))))
    shuffled = np.empty_like(kinds)
    shuffled[lots] = np.sort(kinds)
    return OfDraw(_facts(state, kinds), _facts(state, shuffled))


def _facts(state: State, kinds: Codes) -> dict[str, float]:
    """The facts if these municipalities of the register had been drawn."""
    register = state[DrawRegister]
    spread, average, drawn = kinds == DrawKind.SPREAD, kinds == DrawKind.AVERAGE, kinds != DrawKind.NONE
    found = {
        "spread_disability": _mean(register.disability, spread),
        "spread_education_high": _mean(register.education_high, spread),
        "spread_merged": _mean(
            (np.bincount(register.successor)[register.successor] > 1).astype(float), spread
        ),
        "most_drawn_elsewhere": _most_elsewhere(state, drawn),
    }
    for name, indicators in _GROUPS.items():
        columns = list(indicators)
        points, possible = (x[:, :, columns].sum(axis=(1, 2)) for x in (register.points, register.possible))
        share = np.divide(points, possible, out=np.full(len(points), np.nan), where=possible > 0)
        mine, others = share[average & (possible > 0)], share[~drawn & (possible > 0)]
        if len(mine) and len(others):
            ratio = mine / others.mean()
            found |= {f"least_ratio_{name}": float(ratio.min()), f"greatest_ratio_{name}": float(ratio.max())}
    return found


def _mean(values: Floats, some: Bools) -> float:
    return float(values[some].mean()) if some.any() else float("nan")


def _most_elsewhere(state: State, drawn: Bools) -> float:
    """Most municipalities drawn under one governor's office outside the three northern ones."""
    offices = state[Offices]
    counted = np.bincount(state[DrawRegister].office[drawn], minlength=len(offices))
    return float(counted[~offices.north].max())
