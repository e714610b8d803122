"""Many draws of the uncertain parameters at once: from priors or a posterior, or spread evenly over the priors.

Random draws from the priors are those of a comparison, number by number. A Latin hypercube divides each parameter's prior
into as many equally likely strips as there are draws and takes one value from each; a Sobol sequence fills the space of all
parameters evenly. Both see more of the priors with fewer draws, and give no independent draws: intervals over them are too
wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sim.arrays import Floats
from sim.errors import InputError
from sim.experiments.parameter_draws import ParameterSource, uncertain
from sim.experiments.posterior import FromPosterior, source_of
from sim.parameters.declaration import Declaration
from sim.parameters.registry import Registry
from sim.randomness import Streams

_ONE = np.zeros(1, dtype=np.int64)
_ONCE = 0


class Method(StrEnum):
    """How the draws of a sweep are made."""

    PRIOR = "prior"
    POSTERIOR = "posterior"
    LATIN_HYPERCUBE = "latin_hypercube"
    SOBOL = "sobol"
    DECLARED = "declared"  # no draws: every parameter at its declared value


@dataclass(frozen=True, eq=False)
class ParameterBlock:
    """Numbered draws of some parameters.

    Attributes
    ----------
    matrix : array of float, shape (draws, parameters)
    """

    names: tuple[str, ...]
    matrix: Floats

    def __len__(self) -> int:
        return len(self.matrix)

    def values(self, number: int) -> dict[str, float]:
        """The values of one draw."""
        return dict(zip(self.names, self.matrix[number].tolist(), strict=True))


def at_shares(declarations: Sequence[Declaration], shares: Floats) -> ParameterBlock:
    """The draws that lie at given shares of the parameters' priors cut off at their bounds.

    Parameters
    ----------
    shares : array of float, shape (draws, parameters), in (0, 1)
    """
    matrix = np.empty(shares.shape)
    for j, d in enumerate(declarations):
        if d.prior is None or d.bounds is None:
            raise ValueError(f"{d.name} has no prior with bounds")
        matrix[:, j] = d.prior.quantile(shares[:, j], d.bounds)
    return ParameterBlock(tuple(d.name for d in declarations), matrix)


def from_priors(declarations: Sequence[Declaration], seed: int, numbers: Sequence[int]) -> ParameterBlock:
    """Independent draws; draw `n` is that of `sim.experiments.parameter_draws.prior_draw`."""
    decisions = [f"parameter {d.name}" for d in declarations]
    shares = [Streams(seed, number).at(_ONCE).uniform_each(decisions, _ONE)[:, 0] for number in numbers]
    return at_shares(declarations, np.reshape(shares, (len(numbers), len(declarations))))


def latin_hypercube(declarations: Sequence[Declaration], seed: int, n: int) -> ParameterBlock:
    """Draws that take one value from each of `n` equally likely strips of every parameter.

    A parameter's strips hang on its name and the seed alone, so one parameter more moves no other.
    """
    ids, streams = np.arange(n), Streams(seed)
    shares = np.empty((n, len(declarations)))
    for j, d in enumerate(declarations):
        strip = np.argsort(
            np.argsort(streams.uniform(f"strip of {d.name}", _ONCE, ids), kind="stable"), kind="stable"
        )
        shares[:, j] = (strip + streams.uniform(f"place in the strip of {d.name}", _ONCE, ids)) / n
    return at_shares(declarations, shares)


def sobol(declarations: Sequence[Declaration], seed: int, n: int) -> ParameterBlock:
    """The first `n` points of a scrambled Sobol sequence; more points keep those that were there.

    Raises
    ------
    InputError
        If `n` is no power of two: the sequence is even only then.
    """
    from scipy.stats import qmc

    check_sobol(n)
    half = 2.0**-53  # moves [0, 1) to (0, 1), where every quantile is finite
    shares = qmc.Sobol(len(declarations), scramble=True, rng=seed, bits=52).random(n) + half
    return at_shares(declarations, shares)


def check_sobol(n: int) -> None:
    """Refuse a number of draws that a Sobol sequence is not even with."""
    if n < 1 or n & (n - 1):
        raise InputError(
            f"parameters: a Sobol sequence has a power of two of draws, got {n}", field="parameters"
        )


def from_source(source: ParameterSource, names: Sequence[str], numbers: Sequence[int]) -> ParameterBlock:
    """Numbered draws of any source."""
    rows: list[Mapping[str, float]] = [source.values(number) for number in numbers]
    matrix = np.array([[row[name] for name in names] for row in rows], dtype=float)
    return ParameterBlock(tuple(names), matrix.reshape(len(rows), len(names)))


def drawn(
    method: Method | None,
    registry: Registry,
    seed: int,
    n: int,
    vary: Sequence[str] = (),
    file: str | None = None,
) -> ParameterBlock:
    """`n` draws of the uncertain parameters by a method.

    Parameters
    ----------
    method : Method, optional
        By default the one of a comparison: the accepted posterior where there is one that fits the model, else the priors.
    vary : sequence of str
        The parameters that are drawn, the others being left at their declared values; by default all uncertain ones.
    file : str, optional
        A file of posterior draws, for `Method.POSTERIOR`; by default the accepted one.
    """
    declarations = [registry.find(name) for name in vary] or uncertain(registry)
    if method is Method.LATIN_HYPERCUBE:
        return latin_hypercube(declarations, seed, n)
    if method is Method.SOBOL:
        return sobol(declarations, seed, n)
    if method in (None, Method.POSTERIOR):
        source = _source(method, registry, seed, file)
        return from_source(source, [d.name for d in declarations], range(n))
    if method is Method.DECLARED:
        return ParameterBlock((), np.empty((n, 0)))
    return from_priors(declarations, seed, range(n))


def most_draws(method: Method | None, registry: Registry, seed: int, file: str | None = None) -> int | None:
    """How many draws there are: as many as a posterior has rows; None where there is no end to them."""
    source = _source(method, registry, seed, file) if method in (None, Method.POSTERIOR) else None
    return len(source.table) if isinstance(source, FromPosterior) else None


def _source(method: Method | None, registry: Registry, seed: int, file: str | None) -> ParameterSource:
    return source_of(registry, seed, file or (method and method.value))
