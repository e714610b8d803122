"""What an evaluator could have: yearly figures of each municipality as they would be published, and nothing behind them.

The figures are measured through small cohorts and withheld below the publication limit, though the draw used them. What the
model alone knows (true levels, practice, competence, effort) is not here, and the estimators see nothing else than these figures,
the public record of the draw and the register columns in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from sim.arrays import AnyArray, Floats
from sim.experiments.instruments import EventTable, Instruments, Playable, national_model
from sim.experiments.trajectories import mean_where_known
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.results import Measurement
from sim.processes.indicators import TESTS
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_scoring import distances_now
from sim.schemes.follow_up.risk_score import as_told, municipal_figures, municipal_scores
from sim.state import State
from sim.state.identity import CODE
from sim.state.measurements import N_INDICATORS, N_YEARS, Indicator
from sim.state.places import Municipalities

TABLE = "evaluator"
OUTCOMES = ("risk_share", "lowest_level")
"""What evaluations look at; less is better for both."""

COLUMNS: Mapping[str, tuple[str, str]] = {
    "year": ("calendar year", "year of the figures, complete at its end"),
    "municipality": (CODE, "municipality as it stood at the end of the year"),
    "risk_share": ("share", "points of the draw's indicators in the year over possible points; empty without figures"),
    "lowest_level": (
        "share",
        "pupils at the lowest level on national tests less the nation's, mean over the tests with figures",
    ),
    "lowest_fifth": ("share", "pupils at the lowest level in 5th grade less the nation's, mean over the tests with figures"),
    "lowest_eighth": ("share", "the same in 8th grade"),
    "risk_share_before": ("share", "mean of `risk_share` over this year and the two before it"),
    "lowest_level_before": ("share", "mean of `lowest_level` over this year and the two before it"),
}  # fmt: skip
"""Every column: unit and meaning. There is none of the model's own state."""

ROWS_ARE = "one municipality in one year, as an evaluator sees it"
FIFTH, EIGHTH = 5, 8  # grades
_TESTS = [indicator for tests in TESTS.values() for indicator in tests]


def figures(state: State, p: Parameters) -> dict[str, AnyArray]:
    """The figures that are complete now: at the end of an autumn, nothing in spring.

    Returns
    -------
    dict of arrays, each of shape (municipalities,)
        The columns of `COLUMNS`.
    """
    if state.now.season is Season.SPRING:
        return {}
    risk, lowest = _risk_shares(state, p), _lowest_levels(state, p, _TESTS)
    return {
        "year": np.full(len(state[Municipalities]), state.now.year),
        "municipality": state[Municipalities].id.copy(),
        "risk_share": risk[:, 0],
        "lowest_level": lowest[:, 0],
        "lowest_fifth": _lowest_levels(state, p, TESTS[FIFTH])[:, 0],
        "lowest_eighth": _lowest_levels(state, p, TESTS[EIGHTH])[:, 0],
        "risk_share_before": mean_where_known(risk, axis=1),
        "lowest_level_before": mean_where_known(lowest, axis=1),
    }


def _risk_shares(state: State, p: Parameters) -> Floats:
    """Points over possible points by the draw's rule, year by year; shape (municipalities, 3), NaN without figures."""
    own, _, nation = municipal_figures(state, p[Measurement].publication_limit)
    rule = p[Draw]
    scores = municipal_scores(
        state, as_told(own, rule), as_told(nation, rule), distances_now(state, p, own), rule
    )
    points, possible = scores.points.sum(axis=2), scores.possible.sum(axis=2)
    share: Floats = points / np.where(possible > 0, possible, np.nan)
    return share


def _lowest_levels(state: State, p: Parameters, tests: Sequence[Indicator]) -> Floats:
    """Share of pupils at the lowest level less the nation's, mean over some tests; shape (municipalities, 3)."""
    own, _, nation = municipal_figures(state, p[Measurement].publication_limit)
    beyond = (own - nation).reshape(-1, N_YEARS, N_INDICATORS)
    return mean_where_known(beyond[:, :, list(tests)], axis=2)


class Evaluator:
    """The model with an evaluator beside it; to be handed to a study in place of `national_model`.

    Parameters
    ----------
    first_year : int
        First year whose figures are noted.
    model : callable
        Gives the model: the one that comes with this package, with plug-ins or without.
    """

    def __init__(self, first_year: int, model: Callable[[], Instruments] = national_model) -> None:
        self.first_year = first_year
        self.model = model

    def __call__(self) -> Instruments:
        """The instruments: the draw's public record and the figures, without surveys and what only the model knows."""
        model = self.model()
        events = {"draws": model.events["draws"], TABLE: EventTable(self._read, ROWS_ARE, COLUMNS)}
        return replace(model, events=events)

    def _read(self, model: Playable) -> Mapping[str, AnyArray]:
        return figures(model.state, model.p) if model.state.now.year >= self.first_year else {}
