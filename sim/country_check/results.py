"""Pupils' results as they would be published of a played world, and the figures that are reckoned from them.

Reckoned as the published ones are: over what is published, unweighted over municipalities or schools unless said, each test
and year by itself and then averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.processes.grouping import weighted_mean_by

PUPIL_SD_MUNICIPALITY = 9.32
"""SD of pupils on a test inside a municipality, from the published margins of error [Udir, nasjonale prøver 2022-25]."""

PUPIL_SD_SCHOOL = 9.16
"""The same inside a school."""

SIZES = {"under_2000": 0, "2000": 2_000, "5000": 5_000, "10000": 10_000, "20000": 20_000, "50000": 50_000}
"""Classes of municipalities: inhabitants from which each begins."""

LARGE = ("20000", "50000")
"""Classes whose spread is told for each grade by itself: there the luck of schools and cohorts is small."""

TESTED = {"under_20": 0, "20": 20, "40": 40, "80": 80}
"""Classes of schools: pupils tested from which each begins."""

LEAVING = {"0": 0, "20": 20, "50": 50, "100": 100, "200": 200}
"""Classes of municipalities: pupils with leaving points from which each begins."""

RANGES = {"2": (2, 3), "4": (4, 7), "8": (8, 15)}
QUANTILES = {"05": 0.05, "25": 0.25, "5": 0.5, "75": 0.75, "95": 0.95}
GRADES = (5, 8)
_LOWEST = 0.1  # of the schools: those whose shortfall is followed
_LEAST_UNITS = 8  # behind a figure of a class


@dataclass(frozen=True)
class Panel:
    """One grade's tests at one kind of unit over some years.

    Attributes
    ----------
    value : array, shape (years, tests, units)
        Mean scale points from the nation's mean of the same test and year; NaN where not published.
    n : array, shape (years, units)
        Pupils tested.
    """

    value: Floats
    n: Floats

    def pairs(self, lag: int) -> Iterator[tuple[Floats, Floats]]:
        """The same test some years apart, for each test: two arrays, freed of each year's mean, over all pairs of years."""
        for test in range(self.value.shape[1]):
            first, second = [], []
            for year in range(len(self.value) - lag):
                a, b = self.value[year, test], self.value[year + lag, test]
                known = np.isfinite(a) & np.isfinite(b)
                first.append(a[known] - a[known].mean())
                second.append(b[known] - b[known].mean())
            yield np.concatenate(first), np.concatenate(second)

    def lag_correlation(self, lag: int) -> float:
        """Correlation of a test with itself some years later, mean over tests."""
        return float(np.mean([np.corrcoef(a, b)[0, 1] for a, b in self.pairs(lag)]))

    def true_sd(self, units: Bools, pupil_sd: float) -> float:
        """SD of units within test and year, freed of the sampling of pupils; `units` of shape (years, units)."""
        of_all, of_sampling = [], []
        for year, test in np.ndindex(self.value.shape[:2]):
            known = np.isfinite(self.value[year, test]) & units[year]
            if known.sum() >= _LEAST_UNITS:
                of_all.append(self.value[year, test, known].var(ddof=1))
                of_sampling.append((pupil_sd**2 / self.n[year, known]).mean())
        if not of_all:
            return float("nan")
        return float(np.sqrt(max(np.mean(of_all) - np.mean(of_sampling), 0.0)))

    def means(self, years: slice = slice(None)) -> Floats:
        """Mean of each unit over years and tests, NaN where one is lacking; shape (units,)."""
        return np.asarray(self.value[years].mean(axis=(0, 1)))


def classes(starts: Mapping[str, float], size: Floats) -> Iterator[tuple[str, Bools]]:
    """Which units are in each class of size, by where the classes start."""
    ends = [*starts.values(), np.inf]
    for k, name in enumerate(starts):
        yield name, (size >= ends[k]) & (size < ends[k + 1])


def schools_figures(panel: Panel, owner: Ints, grade: int) -> dict[str, float]:
    """Figures of schools in one grade; `owner` of shape (schools,) numbers the municipalities from 0."""
    found: dict[str, float] = {}
    for name, inside in classes(TESTED, panel.n):
        found[f"school_sd_{grade}_{name}"] = panel.true_sd(inside, PUPIL_SD_SCHOOL)
    found[f"school_sd_{grade}_all"] = panel.true_sd(panel.n > 0, PUPIL_SD_SCHOOL)
    for lag in (1, 2, 3):
        found[f"school_lag_{lag}_grade_{grade}"] = panel.lag_correlation(lag)
    total, within = _lasting(panel, owner)
    found[f"school_lasting_{grade}"], found[f"school_within_{grade}"] = total, within / total
    four = panel.means()
    known = np.isfinite(four)
    found[f"school_skewness_{grade}"] = skewness(four[known])
    for name, share in QUANTILES.items():
        found[f"school_quantile_{grade}_{name}"] = float(np.quantile(four[known], share))
    spans = _spans(four[known], owner[known])
    for name, (least, most) in RANGES.items():
        inside = (spans[0] >= least) & (spans[0] <= most)
        found[f"school_range_{grade}_{name}"] = float(np.median(spans[1][inside])) if inside.any() else np.nan
    found[f"reading_numeracy_schools_{grade}"] = _across_tests(panel)
    found[f"shortfall_left_{grade}"] = _shortfall_left(panel)
    return found


def municipal_figures(five: Panel, eight: Panel, population: Floats) -> dict[str, float]:
    """Figures of municipalities in both grades; the panels' units are the municipalities, `population` theirs."""
    found: dict[str, float] = {}
    both = Panel(np.concatenate([five.value, eight.value], axis=1), np.minimum(five.n, eight.n))
    by_size = dict(classes(SIZES, population))
    for name, mine in by_size.items():
        found[f"municipal_sd_{name}"] = _pooled_sd(five, eight, np.broadcast_to(mine, five.n.shape))
        found[f"municipal_mean_{name}"] = _mean(both.value[:, :, mine])
    found["municipal_sd"] = _pooled_sd(five, eight, np.ones(five.n.shape, dtype=bool))
    found["municipal_mean"] = _mean(both.value)
    for grade, panel in zip(GRADES, (five, eight), strict=True):
        for name in LARGE:
            inside = np.broadcast_to(by_size[name], panel.n.shape)
            found[f"municipal_sd_{name}_grade_{grade}"] = panel.true_sd(inside, PUPIL_SD_MUNICIPALITY)
        for lag in (1, 2, 3):
            found[f"municipal_lag_{lag}_grade_{grade}"] = panel.lag_correlation(lag)
        found[f"reading_numeracy_{grade}"] = _across_tests(panel)
    found["same_cohort"] = _between_grades(five.value[0], eight.value[-1])
    found["other_cohort"] = _between_grades(five.value[-1], eight.value[-1])
    return found


def background_figures(
    level: Floats, pupils: Floats, county: Sequence[str], traits: Mapping[str, Floats]
) -> dict[str, float]:
    """How municipalities' mean results go with what they are like.

    Parameters
    ----------
    level : array, shape (municipalities,)
        Mean over tests and years, from the nation; NaN where nothing is published.
    county : sequence of str
        Name of each one's county.
    traits : mapping from name to array of shape (municipalities,)
        population (its logarithm), education, low_education, free_income.
    """
    known = np.isfinite(level)
    level, pupils = level[known], pupils[known]
    names = np.asarray(county)[known]
    found = {}
    for name, trait in traits.items():
        found[f"results_{name}"] = float(np.corrcoef(level, trait[known])[0, 1])
        found[f"results_{name}_weighted"] = weighted_correlation(level, trait[known], pupils)
    of_county, row = np.unique(names, return_inverse=True)
    means = weighted_mean_by(row, level, pupils, len(of_county))
    for shown, name in (
        ("Trøndelag", "trondelag"), ("Nordland", "nordland"), ("Troms", "troms"), ("Finnmark", "finnmark"), ("Oslo", "oslo"),
    ):  # fmt: skip
        mine = np.char.startswith(of_county.astype(str), shown)
        found[f"county_{name}"] = float(means[mine][0]) if mine.any() else np.nan
    found["county_sd"] = float(means.std(ddof=1)) if len(means) > 1 else np.nan
    unweighted = weighted_mean_by(row, level, np.ones(len(level)), len(of_county))[row]
    found["county_share"] = float(1 - ((level - unweighted) ** 2).mean() / level.var())
    return found


def leaving_figures(value: Floats, n: Floats, education: Floats, pupils: Floats) -> dict[str, float]:
    """Figures of municipalities' leaving points; `value` and `n` of shape (years, municipalities)."""
    panel = Panel(value[:, None, :], n)
    known = np.isfinite(value)
    found = {
        "leaving_points_sd": float(np.mean([value[y, known[y]].std(ddof=1) for y in range(len(value))])),
        "leaving_points_skewness": float(np.mean([skewness(value[y, known[y]]) for y in range(len(value))])),
        "leaving_points_lag_1": panel.lag_correlation(1),
    }
    size = n.mean(axis=0)
    for name, mine in classes(LEAVING, size):
        a, b = (
            next(Panel(value[:, None, mine], n[:, mine]).pairs(1))
            if (known & mine).all(axis=0).any()
            else (np.zeros(1), np.zeros(1))
        )
        found[f"leaving_points_lasting_{name}"] = float(np.sqrt(max((a * b).mean(), 0.0)))
    mean = value.mean(axis=0)
    there = np.isfinite(mean)
    found["leaving_points_education"] = float(np.corrcoef(mean[there], education[there])[0, 1])
    found["leaving_points_size"] = float(np.corrcoef(mean[there], np.log(pupils[there]))[0, 1])
    return found


def skewness(values: Floats) -> float:
    """Third moment over the third power of the standard deviation."""
    return float(((values - values.mean()) ** 3).mean() / values.std() ** 3)


def weighted_correlation(a: Floats, b: Floats, weight: Floats) -> float:
    """Correlation in which units count by weight."""
    a, b = a - np.average(a, weights=weight), b - np.average(b, weights=weight)
    both = np.average(a * b, weights=weight)
    return float(both / np.sqrt(np.average(a**2, weights=weight) * np.average(b**2, weights=weight)))


def _mean(values: Floats) -> float:
    """Mean of what is published; NaN of nothing."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _pooled_sd(five: Panel, eight: Panel, units: Bools) -> float:
    """SD freed of sampling over the tests of both grades."""
    return float(
        np.sqrt(np.mean([panel.true_sd(units, PUPIL_SD_MUNICIPALITY) ** 2 for panel in (five, eight)]))
    )


def _across_tests(panel: Panel) -> float:
    """Correlation of the two tests in the same year, mean over years."""
    return _mean_correlation(panel.value)


def _between_grades(first: Floats, second: Floats) -> float:
    """Correlation over units of a test with the same test in another grade, mean over tests; both of shape (tests, units)."""
    return _mean_correlation(zip(first, second, strict=True))


def _mean_correlation(pairs: Iterable[Sequence[Floats]]) -> float:
    """Mean over pairs of their correlation over units that are known on both sides."""
    found = []
    for a, b in pairs:
        known = np.isfinite(a) & np.isfinite(b)
        found.append(np.corrcoef(a[known], b[known])[0, 1])
    return float(np.mean(found))


def _lasting(panel: Panel, owner: Ints) -> tuple[float, float]:
    """Covariance of two years over schools, and its part inside municipalities with two or more published schools."""
    total, within = [], []
    for test in range(panel.value.shape[1]):
        for one, other in combinations(range(len(panel.value)), 2):
            a, b = panel.value[one, test], panel.value[other, test]
            known = np.isfinite(a) & np.isfinite(b)
            a, b, group = a[known], b[known], owner[known]
            total.append(((a - a.mean()) * (b - b.mean())).mean())
            n = np.bincount(group, minlength=owner.max() + 1)
            several = n[group] > 1
            mean_a, mean_b = (np.bincount(group, x, len(n)) / np.maximum(n, 1) for x in (a, b))
            product = ((a - mean_a[group]) * (b - mean_b[group]))[several].sum()
            within.append(product / (n[n > 1] - 1).sum())
    return float(np.mean(total)), float(np.mean(within))


def _spans(value: Floats, owner: Ints) -> tuple[Ints, Floats]:
    """Number of schools and highest less lowest of each municipality that has any."""
    order = np.argsort(owner, kind="stable")
    groups = np.split(value[order], np.flatnonzero(np.diff(owner[order])) + 1)
    return np.array([len(g) for g in groups]), np.array([np.ptp(g) for g in groups])


def _shortfall_left(panel: Panel) -> float:
    """Of the lowest tenth by the first years' means: what part of the shortfall is left in the last year."""
    before, after = panel.means(slice(0, -1)), panel.means(slice(-1, None))
    known = np.isfinite(before) & np.isfinite(after)
    before, after = before[known], after[known]
    lowest = np.argsort(before, kind="stable")[: max(1, round(len(before) * _LOWEST))]
    return float(after[lowest].mean() / before[lowest].mean())
