"""What was believed about an uncertain quantity before the model met any data.

Each prior is a distribution cut off at its parameter's bounds and known by its quantile function, which is all that
sampling, sensitivity analysis and calibration need: they work on the unit cube and map through `quantile`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaincinv, ndtr, ndtri

from sim.arrays import Floats

_Z95 = float(ndtri(0.95))


class Prior(ABC):
    """A distribution of one real number."""

    @abstractmethod
    def cdf(self, x: Floats | float) -> Floats:
        """Chance of a value at or below `x`, before truncation."""

    @abstractmethod
    def inverse(self, u: Floats | float) -> Floats:
        """The value at or below which a share `u` lies, before truncation."""

    @abstractmethod
    def words(self) -> str:
        """The distribution as a reader of the parameter table sees it."""

    def quantile(self, u: Floats | float, bounds: tuple[float, float]) -> Floats:
        """The value at share `u` of the distribution cut off at `bounds`; same shape as `u`."""
        low, high = self.cdf(bounds[0]), self.cdf(bounds[1])
        return np.clip(self.inverse(low + np.asarray(u) * (high - low)), *bounds)


@dataclass(frozen=True)
class Normal(Prior):
    """Normal distribution with mean and standard deviation."""

    mean: float
    sd: float

    def cdf(self, x: Floats | float) -> Floats:
        return np.asarray(ndtr((np.asarray(x) - self.mean) / self.sd))

    def inverse(self, u: Floats | float) -> Floats:
        return np.asarray(self.mean + self.sd * ndtri(u))

    def words(self) -> str:
        return f"Normal({self.mean:g}, {self.sd:g})"


@dataclass(frozen=True)
class LogNormal(Prior):
    """Log-normal distribution given by its median and the ends of its central 90 %.

    The spread is that of the wider of the two sides, so that both ends lie inside.
    """

    median: float
    low: float
    high: float

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return float(max(np.log(self.median / self.low), np.log(self.high / self.median)) / _Z95)

    def cdf(self, x: Floats | float) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray(ndtr((np.log(np.asarray(x, dtype=float)) - np.log(self.median)) / self.sigma))

    def inverse(self, u: Floats | float) -> Floats:
        return np.asarray(self.median * np.exp(self.sigma * ndtri(u)))

    def words(self) -> str:
        return f"LogNormal(median {self.median:g}, 90 % {self.low:g}-{self.high:g})"


@dataclass(frozen=True)
class Beta(Prior):
    """Beta distribution on [0, 1] given by mean and standard deviation."""

    mean: float
    sd: float

    @property
    def shapes(self) -> tuple[float, float]:
        """The two shape parameters."""
        total = self.mean * (1 - self.mean) / self.sd**2 - 1
        return self.mean * total, (1 - self.mean) * total

    def cdf(self, x: Floats | float) -> Floats:
        return np.asarray(betainc(*self.shapes, np.clip(x, 0, 1)))

    def inverse(self, u: Floats | float) -> Floats:
        return np.asarray(betaincinv(*self.shapes, u))

    def words(self) -> str:
        return f"Beta(mean {self.mean:g}, SD {self.sd:g})"


@dataclass(frozen=True)
class Uniform(Prior):
    """Uniform distribution between two ends."""

    low: float
    high: float

    def cdf(self, x: Floats | float) -> Floats:
        return np.clip((np.asarray(x, dtype=float) - self.low) / (self.high - self.low), 0, 1)

    def inverse(self, u: Floats | float) -> Floats:
        return np.asarray(self.low + (self.high - self.low) * np.asarray(u))

    def words(self) -> str:
        return f"Uniform({self.low:g}, {self.high:g})"
