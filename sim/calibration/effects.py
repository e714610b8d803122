"""Effects that emerge: what a scheme does to pupils' results, from the same world played with and without it.

The literature's sizes of them are soft figures: they enter the likelihood with their own wide errors. A point's world has the
same luck under both designs, so the difference is the scheme's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats
from sim.design import Design
from sim.experiments.instruments import Playable
from sim.half_year import Season
from sim.parameters.registry import Registry
from sim.parameters.results import Results
from sim.processes.indicators import true_level
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state.schools import Schools, pupils_at

AWAY: Mapping[str, Mapping[str, object]] = {
    "follow_up": {"follow_up.active@2005": False},
    "decentralised": {"decentralised.active@2005": False},
}
"""Levers that take a scheme away."""


@dataclass(frozen=True)
class Effect:
    """An effect of a scheme on pupils' results.

    Attributes
    ----------
    target : str
        The figure that it answers.
    year : int
        At whose end results are compared.
    drawn : int or None
        Only where municipalities were drawn in that year; None is the nation.
    """

    target: str
    scheme: str
    year: int
    drawn: int | None = None


EFFECTS = (
    Effect("effect_follow_up_on_drawn", "follow_up", 2023, drawn=2020),
    Effect("effect_decentralised_national", "decentralised", 2022),
)
"""Three years after the draw of 2020; five years after the school year in which the decentralised scheme began, 2017."""


@dataclass(frozen=True)
class _Seen:
    """Results at the end of a year: true levels of schools, pupils, and which schools count."""

    level: Floats
    pupils: Floats
    counts: Bools


class Pairing:
    """Notes results of a world while it is played, and then plays the same world without each scheme."""

    def __init__(self, without: Mapping[str, Design]) -> None:
        self._without = without
        self._seen: dict[str, _Seen] = {}

    def note(self, model: Playable, year: int) -> None:
        """Note what is compared at the end of the year."""
        for one in EFFECTS:
            if one.year == year and one.scheme in self._without:
                self._seen[one.target] = _seen(model, one)

    def effects(self, twin: Callable[[Design], Playable], start: int) -> dict[str, float]:
        """The effects in pupil SD, from twins that `twin` makes; none where the two worlds' schools are not the same."""
        found = {}
        for one in EFFECTS:
            if one.target not in self._seen:
                continue
            other = twin(self._without[one.scheme])
            for _ in range((one.year - start + 1) * len(Season)):
                other.step()
            with_it, level = self._seen[one.target], true_level(other.state[Schools])
            if len(level) == len(with_it.level) and with_it.counts.any():
                gain = (with_it.level - level)[with_it.counts]
                mean = float(np.average(gain, weights=with_it.pupils[with_it.counts]))
                found[one.target] = mean / other.p[Results].national_sd
            vars(other).clear()
        return found


def without_schemes(happened: Design, registry: Registry) -> dict[str, Design]:
    """What happened, less each scheme; nothing for a model that has no such schemes."""
    from sim.scenario_files import apply

    there = {s: levers for s, levers in AWAY.items() if f"{s}.active" in registry.by_name}
    return {scheme: apply(happened, levers, None, registry) for scheme, levers in there.items()}


def _seen(model: Playable, one: Effect) -> _Seen:
    schools = model.state[Schools]
    counts = np.ones(len(schools), dtype=bool)
    if one.drawn is not None:
        counts = (model.state[FollowUpOwners].last_draw_year == one.drawn)[schools.municipality]
    return _Seen(true_level(schools).copy(), pupils_at(schools).astype(float), counts)
