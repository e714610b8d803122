"""The search for designs: NSGA-II over levers, all candidates in the same worlds, the best looked at again in fresh ones.

pymoo proposes candidates (Deb et al. 2002); each is played in the same worlds as the design it extends and judged by its mean
differences to it. The best of many are always in part the luckiest: so the front is played again in worlds that had no say in
its choice, and what is told of it comes from there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtrit

from sim.arrays import Bools, Floats
from sim.design import DECISION_YEAR, Design, plain
from sim.discovery.levers import Choice, at_place
from sim.experiments.parameter_draws import ParameterSource, draw_of
from sim.parameters.declaration import Value
from sim.sensitivity.results import difference
from sim.sweeps import Kept, Point, RunTable

CONFIDENCE = 0.90
KEY_LETTERS = 8  # of a candidate's name, from its levers
ROUNDING = 1e-12


@dataclass(frozen=True)
class Candidate:
    """A design that was tried.

    Attributes
    ----------
    differences : array of float, shape (worlds, objectives)
        To the design they extend, in each world; NaN where a run failed.
    found_in : int
        Generation in which it first came up.
    """

    design: Design
    levers: dict[str, Value]
    differences: Floats
    found_in: int

    @property
    def means(self) -> Floats:
        """Mean differences over worlds; shape (objectives,)."""
        found: Floats = self.differences.mean(axis=0)
        return found


@dataclass(frozen=True)
class Arena:
    """Where candidates are tried.

    Attributes
    ----------
    versus : Design
        What they extend and are compared with.
    better : array of float, shape (objectives,)
        1 or -1.
    source : ParameterSource
        Where worlds take their uncertain parameters from, by the same rule as a comparison's.
    play : callable
        Plays points, keeping those figures.
    """

    versus: Design
    space: tuple[Choice, ...]
    kept: Kept
    better: Floats
    source: ParameterSource
    seed: int
    start: int
    end: int
    scale: float
    play: Callable[[Sequence[Point], Kept], RunTable]

    def design(self, levers: dict[str, Value]) -> Design:
        """That design with levers set from the year of the decision on, under a name made of them."""
        content = json.dumps({name: plain(value) for name, value in sorted(levers.items())})
        key = f"{self.versus.key}_{hashlib.sha256(content.encode()).hexdigest()[:KEY_LETTERS]}"
        year = max(DECISION_YEAR, self.start)
        return replace(self.versus.with_levers(levers, year), key=key, extends=self.versus.key, file=None)

    def differences(self, designs: Sequence[Design], worlds: Sequence[int]) -> Floats:
        """Each design less that design in each world; shape (designs, worlds, objectives)."""
        points = []
        for world in worlds:
            draw = draw_of(world)
            values = self.source.values(draw)
            points += [
                Point(one, values, world, self.seed, self.start, self.end, self.scale, draw, self.versus.key)
                for one in (self.versus, *designs)
            ]
        played = self.play(points, self.kept).outcomes[list(self.kept.columns)]
        by_world = np.asarray(played, dtype=float).reshape(
            len(worlds), len(designs) + 1, len(self.kept.columns)
        )
        return difference(by_world[:, 1:], by_world[:, :1]).transpose(1, 0, 2)


def evolve(arena: Arena, population: int, generations: int, worlds: Sequence[int]) -> list[Candidate]:
    """All candidates that came up in a search, in the order in which they did.

    Everything is decided by the seed and the candidates' own figures, so a search that was broken off is gone on with by
    running it again: with a store, what was played is not played again.
    """
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.problem import Problem
    from pymoo.core.termination import NoTermination

    n_objectives = len(arena.kept.columns)
    algorithm = NSGA2(pop_size=population)
    algorithm.setup(
        Problem(n_var=len(arena.space), n_obj=n_objectives, xl=0.0, xu=1.0),
        termination=NoTermination(),
        seed=arena.seed,
        verbose=False,
    )
    tried: dict[str, Candidate] = {}
    for generation in range(generations):
        asked = algorithm.ask()
        levers = [at_place(arena.space, place) for place in asked.get("X")]
        designs = [arena.design(one) for one in levers]
        new = {d.key: (d, v) for d, v in zip(designs, levers, strict=True) if d.key not in tried}
        if new:
            found = arena.differences([d for d, _ in new.values()], worlds)
            for (design, values), one in zip(new.values(), found, strict=True):
                tried[design.key] = Candidate(design, values, one, generation)
        asked.set("F", np.array([_to_minimise(tried[d.key], arena) for d in designs]))
        algorithm.tell(infills=asked)
    return list(tried.values())


WORST = 1e30
"""Stands for the figures of a candidate whose runs failed: never chosen."""


def _to_minimise(candidate: Candidate, arena: Arena) -> Floats:
    return np.nan_to_num(-candidate.means * arena.better, nan=WORST)


def undominated(means: Floats, better: Floats) -> Bools:
    """Which candidates no other one beats: as good in everything and better in something.

    Parameters
    ----------
    means : array of float, shape (candidates, objectives)
        Rows with NaN are never on the front.
    better : array of float, shape (objectives,)
    """
    toward = np.where(np.isfinite(means), means * better, -np.inf)
    slack = ROUNDING * np.abs(toward[np.isfinite(toward)]).max(initial=0.0)
    found: Bools = np.asarray(np.isfinite(means).all(axis=1))
    for i in np.flatnonzero(found):
        as_good = (toward >= toward[i] - slack).all(axis=1)
        better_somewhere = (toward > toward[i] + slack).any(axis=1)
        found[i] = not (as_good & better_somewhere).any()
    return found


def spread_out(means: Floats, most: int) -> list[int]:
    """At most so many of the candidates, those that lie furthest from each other, the ends of each objective first.

    Parameters
    ----------
    means : array of float, shape (candidates, objectives)
    """
    if len(means) <= most:
        return list(range(len(means)))
    width = np.ptp(means, axis=0)
    scaled = (means - means.min(axis=0)) / np.where(width > 0, width, 1.0)
    chosen = list(dict.fromkeys([*scaled.argmin(axis=0).tolist(), *scaled.argmax(axis=0).tolist()]))[:most]
    while len(chosen) < most:
        distance = np.sqrt(((scaled[:, None, :] - scaled[chosen][None, :, :]) ** 2).sum(axis=2)).min(axis=1)
        chosen.append(int(distance.argmax()))
    return sorted(chosen)


def interval(differences: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean over worlds and its 90 % interval (Student's t); each of shape (objectives,).

    Parameters
    ----------
    differences : array of float, shape (worlds, objectives)
    """
    n = len(differences)
    mean: Floats = differences.mean(axis=0)
    if n < 2:  # noqa: PLR2004 - one world has no spread
        unknown = np.full(mean.shape, np.nan)
        return mean, unknown, unknown
    margin = stdtrit(n - 1, (1 + CONFIDENCE) / 2) * differences.std(axis=0, ddof=1) / np.sqrt(n)
    return mean, mean - margin, mean + margin
