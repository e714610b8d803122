"""What is read of a world for a contrast: an outcome, an answer of the virtual survey, or a figure of its own.

A figure of its own is there where a claim is about whom something falls on, or about a quantity that is no outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.claims_check.figures import OfState
from sim.claims_check.of_decentralised import OF_DECENTRALISED
from sim.claims_check.of_follow_up import OF_FOLLOW_UP
from sim.claims_check.of_system_2026 import OF_SYSTEM
from sim.claims_check.of_vocational import OF_VOCATIONAL
from sim.declared import declared
from sim.experiments.instruments import Playable
from sim.experiments.recording import group_figures
from sim.outcomes.measures import pupils
from sim.outcomes.outcome import Gather, Outcome
from sim.outcomes.smallest import POINT, Smallest
from sim.parameters.registry import Parameters
from sim.state import State
from sim.surveys import survey
from sim.surveys.items import Agreement
from sim.surveys.questionnaire import BESIDE
from sim.surveys.waves import WAVES

OUTCOME, FIGURE, WHEN_ASKED = "outcome ", "figure ", "when asked, "
"""Beginnings of the names of readings that are an outcome, or a row of the virtual survey, by its key; and of those that are
read in the half-years of its waves alone.
"""
LESS, THEN = " less ", " then "
"""Between rows of the virtual survey: how far the first lies above the others; whichever of them is asked now."""


@dataclass(frozen=True)
class Reading:
    """A figure of a world.

    Attributes
    ----------
    read : callable
        From the world as it stands, only read, to one number; NaN where it applies to nobody now.
    smallest : Smallest
        The smallest size worth naming.
    """

    read: Callable[[Playable], float]
    unit: str
    smallest: Smallest


def reading(name: str) -> Reading:
    """The reading of a name.

    Raises
    ------
    KeyError
        If there is none.
    """
    if name.startswith(WHEN_ASKED):
        whole = reading(name.removeprefix(WHEN_ASKED))
        return replace(whole, read=lambda model: whole.read(model) if model.state.now in WAVES else np.nan)
    if name.startswith(OUTCOME):
        outcome = {one.key: one for one in declared().outcomes}[name.removeprefix(OUTCOME)]
        return Reading(
            lambda model: national(outcome, model.state, model.p), outcome.unit, outcome.smallest or POINT
        )
    if name.startswith(FIGURE):
        keys = [waves.split(THEN) for waves in name.removeprefix(FIGURE).split(LESS)]
        return Reading(lambda model: _asked(model, keys), "share", POINT)
    read, unit, smallest = OF_STATE[name]
    return Reading(lambda model: read(model.state), unit, smallest)


def national(outcome: Outcome, state: State, p: Parameters) -> float:
    """An outcome's figure for the whole country."""
    values = outcome.measure(state, p)
    if outcome.gather is Gather.NATION:
        return float(values[0])
    weights = pupils(state).total if outcome.gather is Gather.PUPILS else np.ones(len(values))
    everybody, summed = np.ones((1, len(values))), np.array([outcome.gather is Gather.SUM])
    return float(group_figures(values[None], weights[None], everybody, summed)[0, 0])


def _asked(model: Playable, keys: list[list[str]]) -> float:
    """An answer of the virtual survey, as a share, or how far one lies above others; NaN where it is not asked now.

    Each answer has a row of its own, or one in each wave.
    """
    items = [
        replace(item, counted=False) if isinstance(item, Agreement) else item
        for item in (*declared().items, *BESIDE)
        if any(item.target in waves for waves in keys)
    ]
    rows = survey.ask(model.state, model.p, model.streams, items)
    shares = dict(zip(rows["target"].tolist(), rows["share"].tolist(), strict=True))
    values = [next((shares[key] for key in waves if key in shares), np.nan) for waves in keys]
    return float(values[0] - sum(values[1:]))


OF_STATE: Mapping[str, tuple[OfState, str, Smallest]] = {
    **OF_DECENTRALISED,
    **OF_FOLLOW_UP,
    **OF_VOCATIONAL,
    **OF_SYSTEM,
}
"""Readings of their own, by name: what is read, its unit, the smallest size worth naming."""
