"""Drawing parameters from the posterior: several independent ensembles of walkers that must agree in the end.

Under the prior all scores are standard normal. A normal approximation at the posterior's mode shows the walkers where to
start and which way to go (a preconditioned Crank-Nicolson step); steps along differences of other walkers need no such
approximation, and the mixture of both is exact whatever its quality. The ensembles are those of emcee.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from sim.arrays import Floats

ENSEMBLES = 4
STEP = 0.4  # of a Crank-Nicolson step: the part that is drawn anew, as a standard deviation
LOCAL_STEP = 0.1
SPREAD = 1.2  # of the walkers at the start, in SD of the approximation
_NUDGE = 1e-3
_WIDER = 1.1
_LEARNT = 3  # times that the steps are learnt anew while burning in
_JUDGED = 40  # walkers of an ensemble whose autocorrelation stands for all

LogDensity = Callable[[Floats], Floats]
"""Logarithm of the likelihood at scores of shape (points, dimensions), shape (points,)."""


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

    steps: int = 2000
    burned: int = 800
    keep: int = 5
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
    log_likelihood: LogDensity, dimensions: int, seed: int, settings: Settings, root: Floats | None = None
) -> Sample:
    """Sample scores whose prior is standard normal.

    Parameters
    ----------
    root : array, shape (dimensions, dimensions), optional
        Of the covariance, as far as it is known from a posterior that is like this one; steps are exact whatever it is.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # sums of several threads may come in another order, and the walkers elsewhere
        mode, root = approximation(log_likelihood, dimensions, root)
        runs = [_run(log_likelihood, mode, root, seed + k, settings) for k in range(settings.ensembles)]
    chains = np.stack([chain for chain, _, _ in runs])
    logs = np.stack([log for _, log, _ in runs]) + (chains**2).sum(axis=3) / 2
    accepted = float(np.mean([share for _, _, share in runs]))
    return Sample(chains, logs, accepted, r_hat(chains), effective(chains))


def approximation(
    log_likelihood: LogDensity, dimensions: int, root: Floats | None = None
) -> tuple[Floats, Floats]:
    """The posterior's mode, shape (dimensions,), and a root of its covariance there, shape (dimensions, dimensions), unless one
    is handed in.
    """
    eye = np.eye(dimensions) * _NUDGE

    def objective(z: Floats) -> tuple[float, Floats]:
        points = np.concatenate([z[None, :], z + eye, z - eye])
        value = log_likelihood(points)
        slope = (value[1 : dimensions + 1] - value[dimensions + 1 :]) / (2 * _NUDGE)
        return float(z @ z / 2 - value[0]), z - slope

    found = minimize(
        objective, np.zeros(dimensions), jac=True, method="L-BFGS-B", bounds=[(-3.5, 3.5)] * dimensions,
        options={"maxiter": 300},
    )  # fmt: skip
    mode: Floats = np.asarray(found.x, dtype=float)
    if root is not None:
        return mode, root
    wide = 0.05
    slopes = np.stack(
        [
            (objective(mode + wide * row)[1] - objective(mode - wide * row)[1]) / (2 * wide)
            for row in np.eye(dimensions)
        ]
    )
    values, vectors = np.linalg.eigh((slopes + slopes.T) / 2)
    return mode, vectors / np.sqrt(np.maximum(values, 0.5))


def _run(
    log_likelihood: LogDensity, mode: Floats, root: Floats, seed: int, settings: Settings
) -> tuple[Floats, Floats, float]:
    """One ensemble: its kept places, their log posterior, the share of accepted steps."""
    import emcee
    from sklearn.utils import check_random_state

    dimensions, middle, inverse = len(mode), mode, np.linalg.inv(root)
    walkers = 2 * dimensions + 2
    random = check_random_state(seed % 2**32)

    def log_posterior(z: Floats) -> Floats:
        return np.asarray(log_likelihood(z) - (z**2).sum(axis=1) / 2)

    def toward(step: float) -> emcee.moves.MHMove:
        def propose(z: Floats, draws: np.random.RandomState) -> tuple[Floats, Floats]:  # noqa: TID251 - only its name
            white = (z - middle) @ inverse.T
            new = np.sqrt(1 - step**2) * white + step * draws.standard_normal(white.shape)
            return middle + new @ root.T, ((new**2).sum(axis=1) - (white**2).sum(axis=1)) / 2

        return emcee.moves.MHMove(propose)

    # Not emcee's snooker move: as of 3.1.6 it gives too narrow draws (an SD of 0.79 for a standard normal in ten dimensions).
    moves = [(toward(STEP), 0.3), (toward(LOCAL_STEP), 0.2), (emcee.moves.DEMove(), 0.5)]
    sampler = emcee.EnsembleSampler(walkers, dimensions, log_posterior, moves=moves, vectorize=True)
    start = middle + SPREAD * random.standard_normal((walkers, dimensions)) @ root.T
    state = emcee.State(start, random_state=random.get_state())
    for _ in range(_LEARNT):
        # Where spreads are unknown the mode lies far from the middle: while burning in, steps learn from where walkers are.
        sampler.reset()
        state = sampler.run_mcmc(
            state, settings.burned // (_LEARNT + 1), thin_by=1, skip_initial_state_check=True
        )
        places = sampler.get_chain()[-max(1, settings.burned // (2 * _LEARNT + 2)) :: settings.keep]
        middle, root = learnt(places.reshape(-1, dimensions), root)
        inverse = np.linalg.inv(root)
    state = sampler.run_mcmc(
        state, settings.burned // (_LEARNT + 1), store=False, skip_initial_state_check=True
    )
    kept = (settings.steps - settings.burned) // settings.keep
    sampler.reset()
    sampler.run_mcmc(state, kept, thin_by=settings.keep, skip_initial_state_check=True)
    accepted = float(np.mean(sampler.acceptance_fraction))
    return sampler.get_chain(), sampler.get_log_prob(), accepted


def learnt(places: Floats, root: Floats) -> tuple[Floats, Floats]:
    """Middle of where walkers are, shape (places, dimensions), and a root of their covariance, drawn towards that of `root` as
    far as few places ask for (Ledoit and Wolf 2004); a little wider, because too narrow steps never find out.
    """
    from sklearn.covariance import ledoit_wolf

    middle = places.mean(axis=0)
    white = (places - middle) @ np.linalg.inv(root).T
    return middle, _WIDER * root @ np.linalg.cholesky(ledoit_wolf(white, assume_centered=True)[0])


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
