"""Drawing parameters from the posterior: several independent ensembles of walkers that must agree in the end.

Under the prior all scores are standard normal. A normal approximation at the posterior's mode shows the walkers where to
start and how wide to step; a step follows the slope of the posterior for a while as a ball would roll (Hamiltonian Monte Carlo:
Duane et al. 1987, Neal 2011), so that a hundred and more dimensions are crossed in some steps, where steps without a slope take
hundreds. It is exact whatever the approximation, and however roughly the slope is known. Acceptance and luck are emcee's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.optimize import minimize

from sim.arrays import Floats

ENSEMBLES = 4
WALKERS = 48
SPREAD = 1.2  # of the walkers at the start, in SD of the approximation
FEWEST, MOST = 3, 8  # pushes of a step
_SIZE = 0.3  # of a push at the start, in SD of the approximation
_WANTED = 0.8  # share of steps accepted
_SMALLEST, _LARGEST = 0.3, 1.2  # parts of that size: small pushes for narrow places
_LEARNT = 6  # times that middle, root and size are learnt anew while burning in
_WIDE = 0.05
_JUDGED = 40  # walkers of an ensemble whose autocorrelation stands for all


class Density(Protocol):
    """A likelihood of scores."""

    @property
    def log(self) -> Callable[[Floats], Floats]:
        """Logarithm at scores of shape (points, dimensions), shape (points,)."""

    @property
    def slope(self) -> Callable[[Floats], Floats]:
        """Of the logarithm, shape (points, dimensions); may be rough."""


@dataclass(frozen=True)
class Settings:
    """How long the walkers walk.

    Attributes
    ----------
    steps : int
        Of each ensemble, of which the first `burned` are thrown away.
    keep : int
        Every so many steps the walkers' places are kept.
    """

    steps: int = 320
    burned: int = 120
    keep: int = 2
    ensembles: int = ENSEMBLES


@dataclass(frozen=True)
class Sample:
    """Draws from the posterior.

    Attributes
    ----------
    chains : array, shape (ensembles, kept steps, walkers, dimensions)
    log_likelihood : array, shape (ensembles, kept steps, walkers)
    accepted : float
        Share of steps accepted.
    r_hat, effective : array, shape (dimensions,)
        Agreement of the ensembles (1 is perfect), and the number of independent draws that these are worth.
    """

    chains: Floats
    log_likelihood: Floats
    accepted: float
    r_hat: Floats
    effective: Floats

    @property
    def draws(self) -> Floats:
        """All draws below each other, shape (draws, dimensions)."""
        return self.chains.reshape(-1, self.chains.shape[-1])

    def thinned(self, n: int) -> Floats:
        """`n` draws, spread evenly over ensembles and steps; shape (n, dimensions)."""
        draws = self.draws
        return np.asarray(draws[np.linspace(0, len(draws) - 1, n).round().astype(np.int64)])


def sample(
    likelihood: Density, dimensions: int, seed: int, settings: Settings, root: Floats | None = None
) -> Sample:
    """Sample scores whose prior is standard normal.

    Parameters
    ----------
    root : array, shape (dimensions, dimensions), optional
        Of the covariance, as far as it is known from a posterior that is like this one; steps are exact whatever it is.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # sums of several threads may come in another order, and the walkers elsewhere
        mode, root = approximation(likelihood, dimensions, root)
        runs = [_run(likelihood, mode, root, seed + k, settings) for k in range(settings.ensembles)]
    chains = np.stack([chain for chain, _, _ in runs])
    logs = np.stack([log for _, log, _ in runs]) + (chains**2).sum(axis=3) / 2
    accepted = float(np.mean([share for _, _, share in runs]))
    return Sample(chains, logs, accepted, r_hat(chains), effective(chains))


def approximation(likelihood: Density, dimensions: int, root: Floats | None = None) -> tuple[Floats, Floats]:
    """The posterior's mode, shape (dimensions,), and a root of its covariance there, shape (dimensions, dimensions), unless one
    is handed in.
    """

    def objective(z: Floats) -> tuple[float, Floats]:
        return float(z @ z / 2 - likelihood.log(z[None, :])[0]), z - likelihood.slope(z[None, :])[0]

    found = minimize(
        objective, np.zeros(dimensions), jac=True, method="L-BFGS-B", bounds=[(-3.5, 3.5)] * dimensions,
        options={"maxiter": 300},
    )  # fmt: skip
    mode: Floats = np.asarray(found.x, dtype=float)
    if root is not None:
        return mode, root
    wide = _WIDE * np.eye(dimensions)
    bent = (likelihood.slope(mode - wide) - likelihood.slope(mode + wide)) / (2 * _WIDE) + np.eye(dimensions)
    values, vectors = np.linalg.eigh((bent + bent.T) / 2)
    return mode, vectors / np.sqrt(np.maximum(values, 0.5))


def _run(
    likelihood: Density, mode: Floats, root: Floats, seed: int, settings: Settings
) -> tuple[Floats, Floats, float]:
    """One ensemble: its kept places, their log posterior, the share of accepted steps."""
    import emcee
    from sklearn.utils import check_random_state

    dimensions, size, random = len(mode), _SIZE, check_random_state(seed % 2**32)

    def log_posterior(z: Floats) -> Floats:
        return np.asarray(likelihood.log(z) - (z**2).sum(axis=1) / 2)

    def rolled(z: Floats, draws: np.random.RandomState) -> tuple[Floats, Floats]:  # noqa: TID251 - only its name
        """Where walkers come to, and what their speed has lost."""
        pushes = draws.randint(FEWEST, MOST + 1)
        push = size * draws.uniform(_SMALLEST, _LARGEST, (len(z), 1))
        speed = draws.standard_normal(z.shape)
        before, z = (speed**2).sum(axis=1), z.copy()
        speed += push / 2 * ((likelihood.slope(z) - z) @ root)
        for k in range(pushes):
            z += push * speed @ root.T
            speed += (push if k < pushes - 1 else push / 2) * ((likelihood.slope(z) - z) @ root)
        return z, (before - (speed**2).sum(axis=1)) / 2

    sampler = emcee.EnsembleSampler(
        WALKERS, dimensions, log_posterior, moves=emcee.moves.MHMove(rolled), vectorize=True
    )
    start = mode + SPREAD * random.standard_normal((WALKERS, dimensions)) @ root.T
    state = emcee.State(start, random_state=random.get_state())
    for _ in range(_LEARNT):
        # Where spreads are unknown the mode lies far from the middle: while burning in, steps learn from where walkers are.
        sampler.reset()
        state = sampler.run_mcmc(state, settings.burned // (_LEARNT + 1), skip_initial_state_check=True)
        share = sampler.acceptance_fraction
        size *= float(np.clip(share.mean() / _WANTED, 0.5, 1.2))
        moving = np.flatnonzero(share > 0)
        if not len(moving):
            continue
        places = sampler.get_chain()[settings.burned // (2 * _LEARNT + 2) :, moving]
        root = learnt(places.reshape(-1, dimensions), root)
        # One that came to a place too narrow to leave begins again where another is.
        at = np.where(share > 0, np.arange(WALKERS), np.resize(moving, WALKERS))
        state = emcee.State(state.coords[at], state.log_prob[at], random_state=state.random_state)
    state = sampler.run_mcmc(
        state, settings.burned // (_LEARNT + 1), store=False, skip_initial_state_check=True
    )
    kept = (settings.steps - settings.burned) // settings.keep
    sampler.reset()
    sampler.run_mcmc(state, kept, thin_by=settings.keep, skip_initial_state_check=True)
    accepted = float(np.mean(sampler.acceptance_fraction))
    return sampler.get_chain(), sampler.get_log_prob(), accepted


def learnt(places: Floats, root: Floats) -> Floats:
    """A root of the covariance of where walkers are, shape (places, dimensions), drawn towards that of `root` as far as few
    places ask for (Ledoit and Wolf 2004).
    """
    from sklearn.covariance import ledoit_wolf

    white = (places - places.mean(axis=0)) @ np.linalg.inv(root).T
    return np.asarray(root @ np.linalg.cholesky(ledoit_wolf(white, assume_centered=True)[0]))


def r_hat(chains: Floats) -> Floats:
    """How far the halves of all ensembles agree, shape (dimensions,): Gelman and Rubin's figure with ensembles as chains.

    Within is the variance of all draws of a half, between that of the halves' means; 1 when they can't be told apart.
    """
    middle = chains.shape[1] // 2
    halves = np.concatenate([chains[:, :middle], chains[:, middle : 2 * middle]])
    within = halves.var(axis=(1, 2)).mean(axis=0)
    between = halves.mean(axis=(1, 2)).var(axis=0, ddof=1)
    return np.asarray(np.sqrt(1 + between / np.maximum(within, 1e-300)))


def effective(chains: Floats) -> Floats:
    """Independent draws that the chains are worth, shape (dimensions,): by the walkers' autocorrelation."""
    from emcee.autocorr import integrated_time

    n = chains.shape[0] * chains.shape[1] * chains.shape[2]
    times = np.stack([integrated_time(chain[:, :_JUDGED], quiet=True, tol=0) for chain in chains])
    return np.asarray(n / np.maximum(times.mean(axis=0), 1.0))
