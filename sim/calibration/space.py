"""The uncertain parameters as coordinates: from the unit cube or a standard normal to values, whatever their priors.

Under its prior each parameter has a *score* that is standard normal, independent of the others'. Sampling is done in scores,
so that the prior is the same for all; the emulator sees the values themselves, standardised, because the model is smoother
in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from sim.arrays import Floats, Ints
from sim.experiments.parameter_draws import share_of, uncertain
from sim.parameters.declaration import Declaration
from sim.parameters.priors import LogNormal
from sim.parameters.registry import Registry

FARTHEST_SCORE = 4.0
"""Scores are cut off here: 1 in 16,000 lies beyond."""
_STEPS = 512


@dataclass(frozen=True)
class Space:
    """The uncertain parameters in order of declaration."""

    declarations: tuple[Declaration, ...]

    @classmethod
    def of(cls, registry: Registry) -> Space:
        """The space of a model's parameters."""
        return cls(tuple(uncertain(registry)))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parameters."""
        return tuple(d.name for d in self.declarations)

    @property
    def n(self) -> int:
        """Number of parameters."""
        return len(self.declarations)

    def values(self, scores: Floats) -> Floats:
        """Values of points given in scores; both of shape (points, parameters)."""
        shares = ndtr(np.clip(scores, -FARTHEST_SCORE, FARTHEST_SCORE))
        columns = [quantiles(d, shares[:, j]) for j, d in enumerate(self.declarations)]
        return np.stack(columns, axis=1) if columns else np.empty((len(scores), 0))

    def value(self, which: int | np.int64, scores: Floats) -> Floats:
        """Values of one parameter at its scores; same shape."""
        return quantiles(self.declarations[which], ndtr(np.clip(scores, -FARTHEST_SCORE, FARTHEST_SCORE)))

    def prior_design(self, n: int, seed: int) -> Floats:
        """A Latin hypercube of `n` points under the prior, in scores; shape (n, parameters)."""
        return _scores(qmc.LatinHypercube(self.n, rng=seed).random(n))

    def prior_scores(self, seed: int, numbers: range) -> Floats:
        """Scores of numbered draws from the prior, as `FromPriors` has them; shape (draws, parameters)."""
        shares = [[share_of(name, seed, number) for name in self.names] for number in numbers]
        return _scores(np.array(shares).reshape(len(numbers), self.n))

    @cached_property
    def _grid(self) -> tuple[Floats, Floats]:
        """Scores, shape (steps + 1,), and each parameter's standardised value there, shape (steps + 1, parameters)."""
        scores = np.linspace(-FARTHEST_SCORE, FARTHEST_SCORE, _STEPS + 1)
        columns = []
        for d in self.declarations:
            values = quantiles(d, ndtr(scores))
            if isinstance(d.prior, LogNormal):
                values = np.log(values)
            evenly = np.interp(ndtri((np.arange(_STEPS) + 0.5) / _STEPS), scores, values)
            spread = evenly.std()
            columns.append((values - evenly.mean()) / (spread if spread > 0 else 1.0))
        return scores, np.stack(columns, axis=1)

    def standardised(self, scores: Floats, of: Ints | slice = slice(None)) -> Floats:
        """Values as the emulator sees them, with mean 0 and SD 1 under the prior.

        Parameters
        ----------
        scores : array, shape (points, parameters asked for)
        of : array of int or slice
            Which parameters the columns are.
        """
        return self.standardised_with_slope(scores, of)[0]

    def standardised_with_slope(
        self, scores: Floats, of: Ints | slice = slice(None)
    ) -> tuple[Floats, Floats]:
        """The same, and its slope on the scores, of the same shape."""
        table = self._grid[1][:, of]
        within, each = np.clip(scores, -FARTHEST_SCORE, FARTHEST_SCORE), _STEPS / (2 * FARTHEST_SCORE)
        place = (within + FARTHEST_SCORE) * each
        below = np.minimum(place.astype(np.int64), _STEPS - 1)
        column = np.arange(table.shape[1])
        lower, upper, part = table[below, column], table[below + 1, column], place - below
        return lower * (1 - part) + upper * part, (upper - lower) * each * (within == scores)


def quantiles(declaration: Declaration, shares: Floats) -> Floats:
    """Values at shares of a parameter's prior cut off at its bounds; same shape."""
    assert declaration.prior is not None
    assert declaration.bounds is not None
    return np.asarray(declaration.prior.quantile(shares, declaration.bounds), dtype=float)


def _scores(shares: Floats) -> Floats:
    return np.asarray(np.clip(ndtri(shares), -FARTHEST_SCORE, FARTHEST_SCORE))
