"""Where a world's uncertain parameters come from.

A source gives the values of one numbered draw. Here it is the prior; a posterior's rows, a Latin hypercube or a Sobol
sequence are sources too: anything with `values` and `describe` can be handed to a study.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from sim.arrays import Ints
from sim.parameters.declaration import Declaration, Role
from sim.parameters.registry import Registry
from sim.randomness import Streams

WORLDS_PER_DRAW = 2  # worlds that share a draw of the parameters unless asked for otherwise
DRAWS_IN_A_ROUND = 10  # the fewest to learn from; only then do worlds begin to share them

Number = TypeVar("Number", int, Ints)

_ONE = np.zeros(1, dtype=np.int64)  # the world itself decides, so there is one identity
_ONCE = 0  # and it decides once for all


class ParameterSource(Protocol):
    """Values of the uncertain parameters, draw by draw."""

    def values(self, number: int) -> dict[str, float]:
        """The values of draw `number` (for a comparison: of that world) by parameter; the same at every call."""

    def describe(self) -> dict[str, object]:
        """What the manifest says about the source."""


def draw_of(world: Number, per_draw: int = WORLDS_PER_DRAW) -> Number:
    """Number of a world's draw of the uncertain parameters; the same however many worlds are played.

    Worlds come in rounds: ten take a draw each, the next ten share those, and so on until each has been taken `per_draw`
    times; then a new round of ten draws begins. So few worlds see as many draws as there are worlds, and many worlds tell
    luck from ignorance.

    Parameters
    ----------
    world : int, or array of int
        Number of the world, from 0.
    """
    in_a_round = DRAWS_IN_A_ROUND * per_draw
    return DRAWS_IN_A_ROUND * (world // in_a_round) + world % in_a_round % DRAWS_IN_A_ROUND


def draws_behind(worlds: int, per_draw: int = WORLDS_PER_DRAW) -> int:
    """How many draws the first `worlds` worlds take."""
    rounds, rest = divmod(worlds, DRAWS_IN_A_ROUND * per_draw)
    return DRAWS_IN_A_ROUND * rounds + min(rest, DRAWS_IN_A_ROUND)


def worlds_behind(draws: int, per_draw: int = WORLDS_PER_DRAW) -> int:
    """How many worlds can be played before more than the first `draws` draws are needed."""
    rounds, rest = divmod(draws, DRAWS_IN_A_ROUND)
    return DRAWS_IN_A_ROUND * per_draw * rounds + rest


def uncertain(registry: Registry) -> list[Declaration]:
    """The parameters that have a prior, in order of declaration."""
    return registry.of_role(Role.UNCERTAIN)


def share_of(name: str, seed: int, number: int) -> float:
    """Where in its distribution a parameter lies in one draw, in (0, 1).

    It depends on the parameter's name, the seed and the draw alone, so that adding a parameter moves no other one.
    """
    return float(Streams(seed, number).uniform(f"parameter {name}", _ONCE, _ONE)[0])


def at_share(declaration: Declaration, share: float) -> float:
    """The value at a share of the parameter's prior cut off at its bounds: the way from the unit cube to the model."""
    if declaration.prior is None or declaration.bounds is None:
        raise ValueError(f"{declaration.name} has no prior with bounds")
    return float(declaration.prior.quantile(share, declaration.bounds))


def prior_draw(registry: Registry, seed: int, number: int) -> dict[str, float]:
    """Every uncertain parameter drawn from its prior for draw `number`."""
    return {d.name: at_share(d, share_of(d.name, seed, number)) for d in uncertain(registry)}


def described(declarations: Iterable[Declaration]) -> list[dict[str, object]]:
    """Parameters and their priors as the manifest lists them."""
    return [
        {
            "name": d.name,
            "unit": d.unit,
            "default": d.default,
            "bounds": list(d.bounds) if d.bounds else None,
            "prior": d.prior.words() if d.prior else None,
            "source": d.source,
        }
        for d in declarations
    ]


@dataclass(frozen=True)
class FromPriors:
    """Each draw takes every uncertain parameter from its prior, independently of the others."""

    registry: Registry
    seed: int

    def values(self, number: int) -> dict[str, float]:
        """See `ParameterSource`."""
        return prior_draw(self.registry, self.seed, number)

    def describe(self) -> dict[str, object]:
        """See `ParameterSource`."""
        return {"drawn_from": "priors", "priors": described(uncertain(self.registry))}
