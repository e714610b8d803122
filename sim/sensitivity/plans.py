"""Where to look: the points of the unit cube at which a method wants the model played.

The samples are SALib's. A point is a share for each parameter, from which `at_share` finds the value in the parameter's
prior; the parameters that are in no factor keep their declared values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sim.arrays import Floats
from sim.errors import InputError
from sim.experiments.parameter_draws import at_share
from sim.randomness import Streams
from sim.sensitivity.factors import DUMMY, Factor, dummy

LEVELS = 4  # of a Morris plan: places that a factor can take
EDGE = (
    0.05  # of a distribution on either side, left out by Morris: its ends are as far out as the bounds allow
)
LEAST_TRAJECTORIES = 2
LEAST_POINTS = 20  # of a plan without structure
DUMMIES = 50  # dummy columns beside given data: enough for a 95th percentile
HALVINGS = 4  # parts of the runs from which a course of the indices is reckoned: an eighth up to all
SLIP = 1e-12  # keeps shares off 0 and 1, where quantiles may be infinite


class Method(StrEnum):
    """How influence is measured."""

    MORRIS = "morris"  # screening: what a step of one factor changes, at many places
    SOBOL = "sobol"  # shares of the variance, alone and with interactions
    PAWN = "pawn"  # how far knowing a factor shifts the distribution; takes any sample, also one with holes


@dataclass(frozen=True)
class Plan:
    """Points to be played, and how they belong together.

    Attributes
    ----------
    factors : tuple of Factor
        The dummy is the last one.
    n : int
        Trajectories (Morris), base points (Sobol) or points (PAWN).
    cube : array of float, shape (points, columns)
        What SALib sees, in [0, 1]: one column for each parameter, in the order of the factors' members, and the dummy's.
    """

    method: Method
    factors: tuple[Factor, ...]
    n: int
    seed: int
    cube: Floats

    @property
    def block(self) -> int:
        """Points that stand or fall together: a trajectory, a base point with its neighbours, or a single point."""
        return {Method.MORRIS: len(self.factors) + 1, Method.SOBOL: len(self.factors) + 2, Method.PAWN: 1}[
            self.method
        ]

    @property
    def shares(self) -> Floats:
        """Where in its prior each parameter lies; shape (points, columns)."""
        inside = EDGE + (1 - 2 * EDGE) * self.cube if self.method is Method.MORRIS else self.cube
        return np.clip(inside, SLIP, 1 - SLIP)

    def values(self) -> list[dict[str, float]]:
        """The parameters' values at each point."""
        declarations = [one for factor in self.factors for one in factor.members]
        return [
            {one.name: at_share(one, float(share)) for one, share in zip(declarations, row, strict=False)}
            for row in self.shares
        ]

    def problem(self) -> dict[str, object]:
        """The factors as SALib wants them told."""
        return problem(self.factors)


def problem(factors: Sequence[Factor]) -> dict[str, object]:
    """SALib's problem on the unit cube; with groups if any factor has several parameters."""
    columns = [(name, factor) for factor in factors for name in _columns(factor)]
    said: dict[str, object] = {
        "num_vars": len(columns),
        "names": [name for name, _ in columns],
        "bounds": [[0.0, 1.0]] * len(columns),
    }
    if any(len(factor.members) > 1 for factor in factors):
        said["groups"] = [factor.name for _, factor in columns]
    return said


def _columns(factor: Factor) -> list[str]:
    return [one.name for one in factor.members] or [factor.name]


def plan(method: Method, factors: Sequence[Factor], n: int, seed: int) -> Plan:
    """The points of an analysis.

    Parameters
    ----------
    method : Method
    factors : sequence of Factor
        Without the dummy, which is added.
    n : int
        Trajectories (Morris), base points, a power of 2 (Sobol), or points (PAWN, a Latin hypercube).
    seed : int
        The same seed gives the same points.

    Raises
    ------
    InputError
        If there is nothing to move, or `n` does not fit the method.
    """
    if not factors:
        raise InputError("sensitivity: there is no factor to move", field="factors")
    if any(factor.name == DUMMY for factor in factors):
        raise ValueError(f"'{DUMMY}' is added by the plan")
    everything = (*factors, dummy())
    _check(method, everything, n)
    return Plan(method, everything, n, seed, _CUBES[method](everything, n, seed))


def _check(method: Method, factors: Sequence[Factor], n: int) -> None:
    if method is Method.MORRIS and n < LEAST_TRAJECTORIES:
        raise InputError(f"n: expected at least {LEAST_TRAJECTORIES} trajectories, got {n}", field="n")
    if method is Method.SOBOL and (n < LEAST_TRAJECTORIES or n & (n - 1)):
        raise InputError(
            f"n: expected a power of 2 (Sobol's sequence is balanced only there), got {n}", field="n"
        )
    if method is Method.PAWN:
        if n < LEAST_POINTS:
            raise InputError(f"n: expected at least {LEAST_POINTS} points, got {n}", field="n")
        if any(len(factor.members) > 1 for factor in factors):
            raise InputError(
                "pawn judges single parameters; move themes as one with morris or sobol", field="method"
            )


def _morris(factors: Sequence[Factor], n: int, seed: int) -> Floats:
    from SALib.sample import morris

    return np.asarray(morris.sample(problem(factors), n, num_levels=LEVELS, seed=seed), dtype=float)


def _sobol(factors: Sequence[Factor], n: int, seed: int) -> Floats:
    from SALib.sample import sobol

    # Like pawn's, the first n points of a longer plan are those of a shorter one.
    return np.asarray(sobol.sample(problem(factors), n, calc_second_order=False, seed=seed), dtype=float)


def _latin(factors: Sequence[Factor], n: int, seed: int) -> Floats:
    columns = [name for factor in factors for name in _columns(factor)]
    return np.column_stack([latin_column(name, n, seed) for name in columns])


def latin_column(name: str, n: int, seed: int) -> Floats:
    """One column of a Latin hypercube: a point in each n-th part of [0, 1], in an order of its own; shape (n,).

    Keyed by the column's name, so that another parameter more or less moves nobody.
    """
    streams, ids = Streams(seed), np.arange(n, dtype=np.int64)
    cell = np.argsort(
        np.argsort(streams.uniform(f"latin order {name}", 0, ids), kind="stable"), kind="stable"
    )
    return (cell + streams.uniform(f"latin place {name}", 0, ids)) / n


_CUBES = {Method.MORRIS: _morris, Method.SOBOL: _sobol, Method.PAWN: _latin}
