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

TESTED = {"under_20": 0, "20": 20, "40": 40, "80": 80}
"""Classes of schools: pupils tested from which each begins."""

LEAVING = {"0": 0, "20": 20, "50": 50, "100": 100, "200": 200}
"""Classes of municipalities: pupils with leaving points from which each begins."""

RANGES = {"2": (2, 3), "4": (4, 7), "8": (8, 15), "16": (16, 1000)}
QUANTILES = {"01": 0.01, "05": 0.05, "25": 0.25, "5": 0.5, "75": 0.75, "95": 0.95, "99": 0.99}
LAGS = (1, 2, 3)
GRADES = (5, 8)
_LOWEST = 0.1  # of the schools: those whose shortfall is followed
MANY_TESTED = 50  # pupils of a grade
_LEAST_UNITS = 8  # behind a figure of a class
_OF_NORMAL = 3  # kurtosis


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
                if known.any():
                    first.append(a[known] - a[known].mean())
                    second.append(b[known] - b[known].mean())
            yield np.concatenate([np.empty(0), *first]), np.concatenate([np.empty(0), *second])

    def lag_correlation(self, lag: int) -> float:
        """Correlation of a test with itself some years later, mean over tests; NaN of too few units."""
        return float(np.mean([_correlation(a, b) for a, b in self.pairs(lag)]))

    def lag_correlation_of(self, least: float, most: float, lag: int) -> float:
        """The same of units in whose two years so many pupils were tested, in the mean of both."""
        found = []
        for test in range(self.value.shape[1]):
            of_test = []
            for year in range(len(self.value) - lag):
                mean = (self.n[year] + self.n[year + lag]) / 2
                mine = (mean >= least) & (mean < most)
                known = mine & np.isfinite(self.value[[year, year + lag], test]).all(axis=0)
                of_test.append(
                    _correlation(self.value[year, test, known], self.value[year + lag, test, known])
                )
            found.append(np.mean(of_test))
        return float(np.mean(found))

    def lasting(self) -> float:
        """Covariance of two years over units, mean over tests and pairs of years: the lasting variance."""
        found = []
        for one, other in combinations(range(len(self.value)), 2):
            for a, b in zip(self.value[one], self.value[other], strict=True):
                known = np.isfinite(a) & np.isfinite(b)
                if known.any():
                    found.append(np.cov(a[known], b[known], ddof=0)[0, 1])
        return float(np.mean(found)) if found else float("nan")

    def of_tests(self) -> Panel:
        """The mean of the tests as if it were one."""
        return Panel(self.value.mean(axis=1, keepdims=True), self.n)

    def always(self) -> Panel:
        """Only what is published in all years."""
        return Panel(np.where(np.isfinite(self.value).all(axis=(0, 1)), self.value, np.nan), self.n)

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
    for name, least, most in _bounds(starts):
        yield name, (size >= least) & (size < most)


def _bounds(starts: Mapping[str, float]) -> Iterator[tuple[str, float, float]]:
    """Each class with where it begins, and where the next does."""
    yield from zip(starts, starts.values(), [*list(starts.values())[1:], np.inf], strict=True)


def schools_figures(panel: Panel, owner: Ints, grade: int) -> dict[str, float]:
    """Figures of schools in one grade; `owner` of shape (schools,) numbers the municipalities from 0."""
    found: dict[str, float] = {}
    for name, inside in classes(TESTED, panel.n):
        found[f"school_sd_{grade}_{name}"] = panel.true_sd(inside, PUPIL_SD_SCHOOL)
    found[f"school_sd_{grade}_all"] = panel.true_sd(panel.n > 0, PUPIL_SD_SCHOOL)
    for lag in LAGS:
        found[f"school_lag_{lag}_grade_{grade}"] = panel.lag_correlation(lag)
        for name, least, most in _bounds(TESTED):
            found[f"school_lag_{lag}_grade_{grade}_{name}"] = panel.lag_correlation_of(least, most, lag)
    total, within = _lasting(panel, owner)
    found[f"school_lasting_{grade}"], found[f"school_within_{grade}"] = total, within / total
    four = panel.means()
    known = np.isfinite(four)
    found[f"school_means_sd_{grade}"] = float(four[known].std(ddof=1))
    found[f"school_skewness_{grade}"] = skewness(four[known])
    found[f"school_kurtosis_{grade}"] = excess_kurtosis(four[known])
    for name, share in QUANTILES.items():
        found[f"school_quantile_{grade}_{name}"] = float(np.quantile(four[known], share))
    spans = _spans(four[known], owner[known])
    for name, (least, most) in RANGES.items():
        inside = (spans[0] >= least) & (spans[0] <= most)
        found[f"school_range_{grade}_{name}"] = float(np.median(spans[1][inside])) if inside.any() else np.nan
        found[f"school_spread_{grade}_{name}"] = (
            float(np.sqrt(spans[2][inside].mean())) if inside.any() else np.nan
        )
    found[f"reading_numeracy_schools_{grade}"] = _across_tests(panel)
    found[f"shortfall_left_{grade}"] = _shortfall_left(panel)
    found |= {f"lowest_tenth_{grade}_after_{k}": mean for k, mean in enumerate(_of_lowest_tenth(panel))}
    return found


def combined_figures(five: Panel, eight: Panel) -> dict[str, float]:
    """Figures of schools that have both grades; the panels' units are the same schools."""
    return {
        "same_cohort_schools": _between_grades(five.value[0], eight.value[-1]),
        "other_cohort_schools": _between_grades(five.value[-1], eight.value[-1]),
    }


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
        for name, mine in by_size.items():
            inside = np.broadcast_to(mine, panel.n.shape)
            found[f"municipal_sd_{name}_grade_{grade}"] = panel.true_sd(inside, PUPIL_SD_MUNICIPALITY)
        found[f"municipal_sd_grade_{grade}"] = panel.true_sd(panel.n >= 0, PUPIL_SD_MUNICIPALITY)
        for lag in LAGS:
            found[f"municipal_lag_{lag}_grade_{grade}"] = panel.lag_correlation(lag)
            found[f"municipal_mean_lag_{lag}_grade_{grade}"] = panel.of_tests().always().lag_correlation(lag)
        found[f"reading_numeracy_{grade}"] = _across_tests(panel)
    found["same_cohort"] = _between_grades(five.value[0], eight.value[-1])
    found["other_cohort"] = _between_grades(five.value[-1], eight.value[-1])
    found["same_cohort_true"] = _same_cohort_true(five, eight)
    found["grades_same_test"] = float(
        np.mean([_between_grades(*both) for both in zip(five.value, eight.value, strict=True)])
    )
    found["grades_other_test"] = float(
        np.mean([_between_grades(a[::-1], b) for a, b in zip(five.value, eight.value, strict=True)])
    )
    found["municipal_lasting"] = float(np.mean([five.lasting(), eight.lasting()]))
    found["municipal_lasting_mean"] = float(np.mean([five.of_tests().lasting(), eight.of_tests().lasting()]))
    return found | _publication(five, eight, population, by_size)


def _publication(
    five: Panel, eight: Panel, population: Floats, by_size: Mapping[str, Bools]
) -> dict[str, float]:
    """How many are tested where results are published, and where they are not."""
    known = np.stack([np.isfinite(panel.value).all(axis=1) for panel in (five, eight)])
    n = np.stack([five.n, eight.n])
    found = {
        f"municipal_tested_{name}": _median(n[:, :, mine][known[:, :, mine]])
        for name, mine in by_size.items()
    }
    found["municipal_tested"] = _median(n[known])
    for grade, its in zip(GRADES, known, strict=True):
        found[f"municipal_unpublished_{grade}"] = float(1 - its.mean())
    values = known.sum(axis=(0, 1))
    full = known.shape[0] * known.shape[1]
    found["municipal_never_published"] = float((values == 0).sum())
    found["municipal_always_published"] = float((values == full).sum())
    found["unpublished_population"] = _median(population[values < full])
    return found


def north_figures(level: Floats, county: Sequence[str], log_population: Floats) -> dict[str, float]:
    """How far the northern counties' municipalities lie behind the others in the mean result, unweighted.

    Parameters
    ----------
    level : array, shape (municipalities,)
        Mean over tests and years, from the nation; NaN where a year is not published.
    """
    known = np.isfinite(level)
    level, size, names = level[known], log_population[known], np.asarray(county).astype(str)[known]
    farther = np.array([name.startswith(("Nordland", "Troms", "Finnmark")) for name in names], dtype=bool)
    north = farther | np.char.startswith(names, "Trøndelag")
    if not farther.any() or north.all():
        return {}
    columns = np.column_stack([north, size, np.ones(len(level))])
    return {
        "north_gap": float(level[~north].mean() - level[north].mean()),
        "north_gap_at_size": float(-np.linalg.lstsq(columns, level, rcond=None)[0][0]),
        "north_gap_without_trondelag": float(level[~farther].mean() - level[farther].mean()),
    }


def always_figures(level: Floats, tested: Floats, traits: Mapping[str, Floats]) -> dict[str, float]:
    """How mean results of the municipalities with all of them published go with inhabitants and education.

    Parameters
    ----------
    level : array, shape (municipalities,)
        Mean over tests and years, from the nation; NaN where a year is not published.
    tested : array, shape (municipalities,)
        Pupils tested of a grade, mean over grades and years.
    traits : mapping from name to array of shape (municipalities,)
        population (its logarithm), education, low_education.
    """
    known = np.isfinite(level)
    large = known & (tested >= MANY_TESTED)
    found = {
        f"results_{name}_always": _correlation(level[known], traits[name][known])
        for name in ("population", "education", "low_education")
    }
    return found | {"results_education_50": _correlation(level[large], traits["education"][large])}


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


def leaving_figures(
    value: Floats, n: Floats, education: Floats, low_education: Floats, pupils: Floats
) -> dict[str, float]:
    """Figures of leaving points; `value` and `n` of shape (years, municipalities), the others (municipalities,)."""
    panel = Panel(value[:, None, :], n)
    known = np.isfinite(value)
    found = {
        "leaving_points_sd": float(np.mean([value[y, known[y]].std(ddof=1) for y in range(len(value))])),
        "leaving_points_skewness": float(np.mean([skewness(value[y, known[y]]) for y in range(len(value))])),
        "leaving_points_lag_1": panel.lag_correlation(1),
    }
    size = n.mean(axis=0)
    for name, mine in classes(LEAVING, size):
        found |= {
            f"{what}_{name}": one
            for what, one in _leaving_of(Panel(value[:, None, mine], n[:, mine])).items()
        }
    mean = value.mean(axis=0)
    there = np.isfinite(mean)
    for name, trait in (("education", education), ("low_education", low_education)):
        found[f"leaving_points_{name}"] = _correlation(mean[there], trait[there])
        large = there & (size >= LEAVING["50"])
        found[f"leaving_points_{name}_50"] = _correlation(mean[large], trait[large])
    found["leaving_points_size"] = float(np.corrcoef(mean[there], np.log(pupils[there]))[0, 1])
    return found


def _leaving_of(panel: Panel) -> dict[str, float]:
    """Figures of the leaving points of a class of municipalities, NaN where it has too few.

    What all of them together move from one year to the next is nobody's luck, and is taken from each change.
    """
    value, n = panel.value[:, 0], panel.n
    a, b = next(panel.pairs(1))
    if len(a) < _LEAST_UNITS:
        return {}
    known = [year[np.isfinite(year)] for year in value]
    change, both = value[1:] - value[:-1], np.isfinite(value[1:] + value[:-1])
    own = np.concatenate([one[known] - one[known].mean() for one, known in zip(change, both, strict=True)])
    of_pupils = (1 / n[1:][both] + 1 / n[:-1][both]).mean()
    return {
        "leaving_points_lasting": float(np.sqrt(max((a * b).mean(), 0.0))),
        "leaving_points_lag_1": _correlation(a, b),
        "leaving_points_sd": float(np.sqrt(np.mean([year.var(ddof=1) for year in known if len(year) > 1]))),
        "leaving_points_pupil_sd": float(own.std() / np.sqrt(of_pupils)),
    }


def skewness(values: Floats) -> float:
    """Third moment over the third power of the standard deviation."""
    return float(((values - values.mean()) ** 3).mean() / values.std() ** 3)


def excess_kurtosis(values: Floats) -> float:
    """Fourth moment over the fourth power of the standard deviation, less the normal law's 3."""
    return float(((values - values.mean()) ** 4).mean() / values.std() ** 4 - _OF_NORMAL)


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


def _correlation(a: Floats, b: Floats) -> float:
    """Correlation over units; NaN of too few."""
    return float(np.corrcoef(a, b)[0, 1]) if len(a) >= _LEAST_UNITS else float("nan")


def _median(values: Floats) -> float:
    return float(np.median(values)) if len(values) else float("nan")


def _same_cohort_true(five: Panel, eight: Panel) -> float:
    """Correlation of the first year's tests of grade 5 with the last year's of grade 8, both freed of the sampling of pupils."""
    found = []
    for a, b in zip(five.value[0], eight.value[-1], strict=True):
        known = np.isfinite(a) & np.isfinite(b)
        if known.sum() < _LEAST_UNITS:
            return float("nan")
        spread = [
            value[known].var() - (PUPIL_SD_MUNICIPALITY**2 / n[known]).mean()
            for value, n in ((a, five.n[0]), (b, eight.n[-1]))
        ]
        together = np.cov(a[known], b[known], ddof=0)[0, 1]
        found.append(together / np.sqrt(np.prod(spread)) if min(spread) > 0 else np.nan)
    return float(np.mean(found))


def _mean_correlation(pairs: Iterable[Sequence[Floats]]) -> float:
    """Mean over pairs of their correlation over units that are known on both sides."""
    found = []
    for a, b in pairs:
        known = np.isfinite(a) & np.isfinite(b)
        found.append(_correlation(a[known], b[known]))
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


def _spans(value: Floats, owner: Ints) -> tuple[Ints, Floats, Floats]:
    """Number of schools, highest less lowest, and their variance (0 of one) in each municipality that has any."""
    order = np.argsort(owner, kind="stable")
    groups = np.split(value[order], np.flatnonzero(np.diff(owner[order])) + 1)
    variance = [g.var(ddof=1) if len(g) > 1 else 0.0 for g in groups]
    return np.array([len(g) for g in groups]), np.array([np.ptp(g) for g in groups]), np.array(variance)


def _shortfall_left(panel: Panel) -> float:
    """Of the lowest tenth by the first years' means: what part of the shortfall is left in the last year."""
    before, after = panel.means(slice(0, -1)), panel.means(slice(-1, None))
    known = np.isfinite(before) & np.isfinite(after)
    before, after = before[known], after[known]
    lowest = np.argsort(before, kind="stable")[: max(1, round(len(before) * _LOWEST))]
    return float(after[lowest].mean() / before[lowest].mean())


def _of_lowest_tenth(panel: Panel) -> Floats:
    """Of schools published in all years the lowest tenth by the first year's mean: their mean in each year."""
    mean = panel.value.mean(axis=1)
    mean = mean[:, np.isfinite(mean).all(axis=0)]
    lowest = np.argsort(mean[0], kind="stable")[: max(1, round(mean.shape[1] * _LOWEST))]
    return np.asarray(mean[:, lowest].mean(axis=1))
