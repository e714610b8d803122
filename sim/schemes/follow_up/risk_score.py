"""Risk scores: how many of the points for weak results a unit gets, of those it could have got.

The rule is the same for a school and for a municipality [AFI-rapport 2021:09, 2.1; OECD 2020]: an indicator
worse than the nation's mean of that year gives one point, worse than the absolute threshold three, and
grunnskolepoeng count threefold. A unit without figures for an indicator and year has fewer possible points,
so units are compared by the risk share: points over possible points. A *cell* is one indicator in one year;
all arrays here end in the axes (years, indicators), latest year first, indicators in the order of
`Indicator`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from sim.arrays import Bools, Floats, Ints
from sim.schemes.follow_up.draw_levers import Draw
from sim.state.measurements import HIGH_IS_BAD, N_INDICATORS, N_YEARS, Indicator

NEAR = 1e-9
"""Figures closer than this are equal: sums of the same numbers in another order differ by less."""

WORSE = np.where(HIGH_IS_BAD, 1.0, -1.0)


class Scores(NamedTuple):
    """What units got and could have got.

    Attributes
    ----------
    points, possible : array of float, shape (units, 3 years, 11 indicators), points
    """

    points: Floats
    possible: Floats

    @property
    def risk_points(self) -> Floats:
        """Points over all cells; shape (units,)."""
        return total(self.points)

    @property
    def possible_points(self) -> Floats:
        """Possible points over all cells; shape (units,)."""
        return total(self.possible)

    @property
    def risk_share(self) -> Floats:
        """Points over possible points; shape (units,), 0 where nothing was possible."""
        return risk_share(self.risk_points, self.possible_points)


def total(cells: Floats) -> Floats:
    """Sum over years and indicators; from shape (units, years, indicators) to (units,)."""
    summed: Floats = cells.sum(axis=(1, 2))
    return summed


def risk_share(points: Floats, possible: Floats) -> Floats:
    """Points over possible points; shape (units,), 0 where nothing was possible."""
    share: Floats = np.divide(points, possible, out=np.zeros(len(points)), where=possible > 0)
    return share


class Figures(NamedTuple):
    """Figures brought together.

    Attributes
    ----------
    units : array of float, shape (n_units, ...)
        Means weighted by pupils, NaN where they are withheld.
    nation : array of float, shape (...)
        Means over all the nation's pupils, those of small units too: the national thresholds. NaN where nobody was measured.
    """

    units: Floats
    nation: Floats


def brought_together(value: Floats, n_pupils: Ints, unit: Ints, n_units: int, limit: float = 1) -> Figures:
    """Schools' figures brought together to any partition of the schools, and to the nation.

    Parameters
    ----------
    value : array of float, shape (schools, ...)
        Each school's figures, in the indicators' own units.
    n_pupils : array of int, shape (schools, ...)
        Pupils behind each figure.
    unit : array of int, shape (schools,)
        The unit that each school belongs to.
    limit : float
        Fewest pupils for whom a unit's figure exists, at least one.
    """
    flat = (len(unit), int(np.prod(value.shape[1:])))
    summed, pupils = unit_sums(value.reshape(flat), n_pupils.reshape(flat), unit, n_units)
    units, nation = _means(summed, pupils, limit), _means(summed.sum(axis=0), pupils.sum(axis=0), 1)
    return Figures(units.reshape(n_units, *value.shape[1:]), nation.reshape(value.shape[1:]))


def _means(summed: Floats, pupils: Floats, limit: float) -> Floats:
    """Means by pupil, NaN where fewer than the limit stand behind them; all of one shape."""
    return _withhold(summed / np.maximum(pupils, 1), pupils, limit)


def unit_sums(value: Floats, n_pupils: Ints, unit: Ints, n_units: int) -> tuple[Floats, Floats]:
    """Figures times pupils, and pupils, added up by unit; from shape (schools, cells) to (n_units, cells)."""
    behind, belongs = n_pupils.astype(np.float64), membership(unit, n_units)
    return np.asarray(belongs @ (value * behind)), np.asarray(belongs @ behind)


def unit_pupils(n_pupils: Ints, unit: Ints, n_units: int) -> Floats:
    """Pupils behind units' figures; from shape (schools, ...) to (n_units, ...)."""
    flat = n_pupils.reshape(len(unit), -1).astype(np.float64)
    pupils: Floats = (membership(unit, n_units) @ flat).reshape(n_units, *n_pupils.shape[1:])
    return pupils


def membership(unit: Ints, n_units: int) -> csr_array:
    """A sparse matrix of ones, shape (n_units, schools): a row times the schools' values is the sum over the unit's."""
    by_unit = np.argsort(unit, kind="stable")
    ends = np.cumsum(np.bincount(unit, minlength=n_units))
    return csr_array((np.ones(len(unit)), by_unit, np.concatenate([[0], ends])), shape=(n_units, len(unit)))


def school_figures(value: Floats, n_pupils: Ints, limit: float) -> Floats:
    """Schools' figures where they exist: each school is a unit of its own; shapes as in `brought_together`."""
    return _withhold(value, n_pupils, limit)


def _withhold(figures: Floats, pupils: Floats | Ints, limit: float) -> Floats:
    """Figures with NaN where fewer pupils than the limit stand behind them; all of one shape."""
    published: Floats = np.where(pupils >= limit, figures, np.nan)
    return published


def sd_between(figures: Floats) -> Floats:
    """Standard deviation between the units that have figures, each counting the same.

    From shape (units, ...) to (...); NaN where no unit has any.
    """
    known = ~np.isnan(figures)
    n = known.sum(axis=0)
    filled = np.where(known, figures, 0)
    mean = np.divide(filled.sum(axis=0), n, out=np.zeros(n.shape), where=n > 0)
    squares = np.where(known, (filled - mean) ** 2, 0).sum(axis=0)
    sd: Floats = np.sqrt(np.divide(squares, n, out=np.full(n.shape, np.nan), where=n > 0))
    return sd


def mean_deviations(figures: Floats, national: Floats, weights: Floats) -> Floats:
    """How much worse than the nation's units' figures are, in SD between the units: means by weight over the indicators that a
    unit has, 0 without any; shape (units,).

    Parameters
    ----------
    figures : array of float, shape (units, 11)
    national, weights : array of float, shape (11,)
    """
    sd = sd_between(figures)
    worse = worse_by(figures, national)
    deviation = np.divide(worse, sd, out=np.zeros(worse.shape), where=(sd > 0) & ~np.isnan(worse))
    counts = np.where(np.isnan(worse), 0, weights)
    weighted, weight = np.zeros(len(figures)), np.zeros(len(figures))
    for indicator in range(
        figures.shape[1]
    ):  # one after the other, so that compiled code gives the same digits
        weighted += deviation[:, indicator] * counts[:, indicator]
        weight += counts[:, indicator]
    return np.divide(weighted, weight, out=np.zeros(len(figures)), where=weight > 0)


def absolute_distances(figures: Floats, absolute_distance: float) -> Floats:
    """How far each indicator's absolute threshold lies beyond its national one.

    Parameters
    ----------
    figures : array of float, shape (municipalities, years, 11)
        The years that count.
    absolute_distance : float
        In SD between municipalities.

    Returns
    -------
    array of float, shape (11,)
        In the indicators' own units: the mean over the years that have figures; without any figure infinite,
        so that nobody lies beyond.
    """
    sd = sd_between(figures)
    known = ~np.isnan(sd)
    n = known.sum(axis=0)
    mean_sd = np.divide(np.where(known, sd, 0).sum(axis=0), n, out=np.full(n.shape, np.inf), where=n > 0)
    distances: Floats = absolute_distance * mean_sd
    return distances


@lru_cache(maxsize=64)
def indicator_weights(rule: Draw) -> Floats:
    """How many times each indicator counts; shape (11,), 0 for one out of use. Only to be read."""
    weights = np.zeros(N_INDICATORS)
    weights[[Indicator[name.name] for name in rule.indicators]] = 1
    weights[Indicator.LEAVING_POINTS_10] *= rule.leaving_points_factor
    weights.flags.writeable = False
    return weights


@lru_cache(maxsize=64)
def cell_weights(rule: Draw) -> Floats:
    """How many times each indicator counts in each year; shape (3, 11), 0 for years too old. Only to be read."""
    weights: Floats = np.outer(np.arange(N_YEARS) < rule.years_of_data, indicator_weights(rule))
    weights.flags.writeable = False
    return weights


def full_possible_points(rule: Draw) -> float:
    """Possible points of a unit with figures in every cell: 117 by today's rule."""
    return float(cell_weights(rule).sum()) * max(rule.points_national, rule.points_absolute)


def worse_by(figures: Floats, national: Floats) -> Floats:
    """How much worse figures are than the nation's, in the indicators' own units; negative where better.

    Shapes (units, ..., 11) and (..., 11); NaN where there is no figure.
    """
    difference: Floats = figures - national
    difference *= np.broadcast_to(WORSE, national.shape).copy()
    return difference


def give_points(worse: Floats, distances: Floats, rule: Draw) -> Scores:
    """Points and possible points by the rule.

    A unit exactly at a threshold is not worse than it. Should points beyond the absolute threshold ever be
    set lower than those beyond the national one, the higher count: worse results never give fewer points.

    Parameters
    ----------
    worse : array of float, shape (units, 3, 11)
        From `worse_by`.
    distances : array of float, shape (11,)
        From `absolute_distances`.
    """
    lesser, most, limits = points_at_stake(distances, rule)
    points = _each(worse > NEAR, lesser)
    np.maximum(points, _each(worse > limits, most), out=points)
    return Scores(points, _each(~np.isnan(worse), most))


def points_at_stake(distances: Floats, rule: Draw) -> tuple[Floats, Floats, Floats]:
    """Points beyond the national threshold, most points, and the absolute limits by cell; each of shape (3, 11)."""
    weights = cell_weights(rule)
    most = weights * max(rule.points_national, rule.points_absolute)
    limits = np.broadcast_to(distances + NEAR, weights.shape).copy()
    return weights * rule.points_national, most, limits


def scores(figures: Floats, national: Floats, distances: Floats, rule: Draw) -> Scores:
    """Units' points and possible points; shapes as in `points_in_all`."""
    return give_points(worse_by(figures, national), distances, rule)


def points_in_all(
    figures: Floats, n_pupils: Ints, limit: float, national: Floats, distances: Floats, rule: Draw
) -> tuple[Floats, Floats]:
    """Each unit's points and possible points over all cells, shape (units,).

    Parameters
    ----------
    figures : array of float, shape (units, 3, 11)
    n_pupils : array of int, shape (units, 3, 11)
        Pupils behind each figure.
    limit : float
        Fewest pupils for whom a unit's figure exists, at least one.
    national : array of float, shape (3, 11)
    distances : array of float, shape (11,)
    """
    found = scores(_withhold(figures, n_pupils, limit), national, distances, rule)
    return found.risk_points, found.possible_points


def _each(which: Bools, points: Floats) -> Floats:
    """Points where `which`, else 0; shapes (units, years, indicators) and (years, indicators)."""
    given = which.astype(np.float64)
    given *= points
    return given
