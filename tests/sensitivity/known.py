"""Functions of the unit cube whose sensitivity indices are known, as parameters of a toy registry."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.declaration import Group, uncertain
from sim.parameters.priors import Uniform
from sim.parameters.registry import Registry


class Cube(Group, key="cube", title="Cube"):
    a: float = uncertain(0.5, unit="1", bounds=(0.0, 1.0), prior=Uniform(0, 1), source="toy", meaning="first")
    b: float = uncertain(
        0.5, unit="1", bounds=(0.0, 1.0), prior=Uniform(0, 1), source="toy", meaning="second"
    )
    c: float = uncertain(0.5, unit="1", bounds=(0.0, 1.0), prior=Uniform(0, 1), source="toy", meaning="third")


class Rest(Group, key="rest", title="Rest"):
    d: float = uncertain(
        0.5, unit="1", bounds=(0.0, 1.0), prior=Uniform(0, 1), source="toy", meaning="fourth"
    )
    e: float = uncertain(0.5, unit="1", bounds=(0.0, 1.0), prior=Uniform(0, 1), source="toy", meaning="fifth")


CUBE = Registry([Cube])
BOTH = Registry([Cube, Rest])


def ishigami(values: list[dict[str, float]]) -> Floats:
    """Ishigami & Homma (1990) with a = 7, b = 0.1: the third matters only together with the first; shape (points, 1)."""
    x1, x2, x3 = (np.array([v[f"cube.{k}"] for v in values]) * 2 * np.pi - np.pi for k in "abc")
    found: Floats = np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)
    return found[:, None]


# First order and total of Ishigami's function [Ishigami & Homma 1990]: V1 = 4.346, V2 = 6.125, V13 = 3.374;
# variance 13.845.
ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)


def linear(values: list[dict[str, float]]) -> Floats:
    """3 a - 2 b, and c nothing; shape (points, 1)."""
    found: Floats = np.array([3 * v["cube.a"] - 2 * v["cube.b"] for v in values])
    return found[:, None]


def g_function(values: list[dict[str, float]], weights: tuple[float, ...] = (0.0, 1.0, 9.0)) -> Floats:
    """Sobol's g: product of (|4x - 2| + w) / (1 + w); shape (points, 1)."""
    x = np.array([[v[f"cube.{k}"] for k in "abc"] for v in values])
    w = np.array(weights)
    found: Floats = np.prod((np.abs(4 * x - 2) + w) / (1 + w), axis=1)
    return found[:, None]


def g_first(weights: tuple[float, ...] = (0.0, 1.0, 9.0)) -> Floats:
    """First-order indices of the g-function: V_i = 1/3 / (1 + w_i)^2 over prod(1 + V_i) - 1."""
    v = 1 / 3 / (1 + np.array(weights)) ** 2
    found: Floats = v / (np.prod(1 + v) - 1)
    return found
