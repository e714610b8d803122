"""Ranking designs by weights that the reader sets. The ranking is the reader's own: the model has no weights.

Each measure's gain is told as a share of the largest gain or loss that any design has on it, so that a weight says how much the
step from nothing to that is worth. Gains that are not clear, or too small to matter, count as none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.atlas.kept import COSTS, EVERYONE
from sim.atlas.telling import Telling, pair_of
from sim.experiments.comparison import paired_statistics

WEIGHED = (
    "needs_hit", "practice", "pupil_results", "inequality", "ownership", "legitimacy", "hit_rate", "pupils_reached",
    "voc_subject", "voc_collective", *COSTS,
)  # fmt: skip
"""The measures that a reader can give weight."""
MOST = 100.0
_WHOLE = 100.0


@dataclass(frozen=True)
class Ranked:
    """A design's place by the reader's weights.

    Attributes
    ----------
    score, low, high : float
        100 for the largest gain on all that has weight, 0 for as the baseline; ends of the 90 % interval.
    up, down : tuple of str
        Measures with weight on which it gains and loses.
    """

    design: str
    score: float
    low: float
    high: float
    up: tuple[str, ...]
    down: tuple[str, ...]


def ranking(telling: Telling, weights: Mapping[str, float]) -> list[Ranked]:
    """The designs by their score, the highest first; empty without weights."""
    given = {name: weight for name, weight in weights.items() if weight > 0}
    if not given:
        return []
    gains: dict[str, dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]] = {}
    for name in given:
        place = telling.kept.places[name]
        moved = {}
        for b, view in telling.views.items():
            d = telling.difference(b, name)
            if d is not None and d.moved:
                own, other = pair_of(view).figures
                moved[b] = d.row.better * (other - own)[:, place, EVERYONE]
        most = max((abs(float(np.nanmean(gain))) for gain in moved.values()), default=1.0)
        gains[name] = {b: gain / most for b, gain in moved.items()}
    worlds = int(telling.kept.manifest["worlds"])
    return sorted(
        (_ranked(b, gains, given, worlds) for b in telling.views), key=lambda one: (-one.score, one.design)
    )


def _ranked(
    design: str,
    gains: Mapping[str, Mapping[str, np.ndarray[tuple[int], np.dtype[np.float64]]]],
    weights: Mapping[str, float],
    worlds: int,
) -> Ranked:
    own = {name: gain[design] for name, gain in gains.items() if design in gain}
    nothing = np.zeros(worlds)
    score = sum((weights[name] * np.nan_to_num(gain) for name, gain in own.items()), nothing)
    score = score * _WHOLE / sum(weights.values())
    found = paired_statistics(nothing[:, None], score[:, None], np.ones(1, dtype=np.int64))
    up = tuple(name for name, gain in own.items() if np.nanmean(gain) > 0)
    down = tuple(name for name in own if name not in up)
    return Ranked(design, float(found.difference[0]), float(found.low[0]), float(found.high[0]), up, down)
