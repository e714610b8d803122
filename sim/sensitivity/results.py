"""The results that an analysis is about: a figure under one design, or its paired difference between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats
from sim.sweeps.kept import Figure


@dataclass(frozen=True)
class Result:
    """What is explained.

    Attributes
    ----------
    figure : Figure
        An outcome, when, and for which group of municipalities.
    design : str
    versus : str
        Key of the design that is subtracted, world by world; empty for the level itself.
    """

    figure: Figure
    design: str
    versus: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """The columns by which tables know the result."""
        return {
            "outcome": self.figure.outcome,
            "when": self.figure.when,
            "group": self.figure.group,
            "design": self.design,
            "versus": self.versus,
        }


LABELS: Mapping[str, tuple[str, str]] = {
    "outcome": ("name", "what is measured"),
    "when": ("years", "year, window of years, `mean` (from the parting of the designs on) or `end`"),
    "group": ("name", "group of municipalities; `all` is every one, or the nation as a whole"),
    "design": ("name", "design under which it is measured"),
    "versus": ("name", "design subtracted in the same world; empty for the level itself"),
}
"""What `Result.labels` mean."""


def results_of(
    figures: Sequence[Figure], designs: Sequence[str], values: Floats
) -> Iterator[tuple[Result, Floats]]:
    """Each figure under each design, then each design less the first, with the values behind it.

    Parameters
    ----------
    values : array of float, shape (points, worlds, designs, figures)

    Yields
    ------
    Result and array of float, shape (points, worlds)
    """
    for k, figure in enumerate(figures):
        for d, design in enumerate(designs):
            yield Result(figure, design), values[:, :, d, k]
        for d, design in enumerate(designs[1:], start=1):
            yield Result(figure, design, designs[0]), difference(values[:, :, d, k], values[:, :, 0, k])


def difference(b: Floats, a: Floats) -> Floats:
    """What b has more than a, where the computer's rounding counts as none."""
    plain = b - a
    size = np.maximum(np.abs(a), np.abs(b))
    return np.where(np.abs(plain) <= ROUNDING * size, 0.0, plain)


ROUNDING = 1e-12
"""As in the comparisons: share of the values below which a difference counts as none."""
