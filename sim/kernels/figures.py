"""Kernels over what is measured in schools; see `sim.processes.measurement`."""

from __future__ import annotations

from math import floor, hypot, sqrt

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled
from sim.kernels.random_numbers import binomial, share_below


@compiled("void(float64[:, :, ::1], int64[:, :, ::1])")
def new_year(value: Floats, n_pupils: Ints) -> None:
    """Figures of the last years move back by one, and this year's are empty."""
    for i in range(len(value)):
        for year in range(value.shape[1] - 1, 0, -1):
            figures, figures_before = value[i, year], value[i, year - 1]
            pupils, pupils_before = n_pupils[i, year], n_pupils[i, year - 1]
            for k in range(len(figures)):
                figures[k] = figures_before[k]
            for k in range(len(pupils)):
                pupils[k] = pupils_before[k]
        value[i, 0], n_pupils[i, 0] = 0.0, 0


@compiled("void(int64[:, ::1], int64[::1], float64[::1], int64[:, ::1])")
def measured(pupils: Ints, grades: Ints, shares: Floats, n: Ints) -> None:
    """Pupils behind indicators, shape (indicators, schools): those of a column of `pupils` who answer."""
    for i in range(len(pupils)):
        for k in range(len(grades)):
            n[k, i] = floor(pupils[i, grades[k]] * shares[k] + 0.5)


@compiled(
    "void(int64[::1], float64[::1], int64[::1], float64[::1], float64[::1], float64[:, :, ::1], int64[:, :, ::1], int64)"
)
def leaving_points(
    rows: Ints,
    level: Floats,
    n: Ints,
    luck: Floats,
    about: Floats,
    value: Floats,
    n_pupils: Ints,
    place: int,
) -> None:
    """Leaving points from `luck`, shape (len(rows),), into this year's figures."""
    mean, per_level, cohort_sd, pupil_sd = about
    for k in range(len(rows)):
        i = rows[k]
        noise = hypot(cohort_sd, pupil_sd / sqrt(n[i]))
        value[i, 0, place] = mean + per_level * level[i] + noise * luck[k]
        n_pupils[i, 0, place] = n[i]


@compiled(
    "void(float64[::1], float64[:, ::1], float64[:, ::1], float64[::1], int64[::1], float64[:, ::1], float64[:, ::1])"
)
def lasting_levels(
    level: Floats,
    shares: Floats,
    climate: Floats,
    points: Floats,
    places: Ints,
    about: Floats,
    lasting: Floats,
) -> None:
    """Every indicator without luck, shape (schools, 11), from the shares at the lowest level by grade and the climate.

    `places` are the columns of the tests (two a grade), of the leaving points, and of the survey (three a grade); `about`
    has for each grade of the survey its three means, and below them the three steady SDs.
    """
    mean, per_level = points
    for i in range(len(level)):
        for test in range(4):
            lasting[i, places[test]] = shares[test // 2, i]
        lasting[i, places[4]] = mean + per_level * level[i]
        for grade in range(2):
            first = 5 + 3 * grade
            for index in range(2):
                lasting[i, places[first + index]] = about[grade, index] + about[2, index] * climate[index, i]
            bullied = about[grade, 2] - about[2, 2] * climate[2, i]
            lasting[i, places[first + 2]] = min(max(bullied, 0.0), 1.0)


@compiled(
    "void(int64[::1], float64[::1], int64[::1], float64[:, ::1], float64, float64, float64, float64, float64,"
    " float64[:, :, ::1], int64[:, :, ::1], int64, int64)"
)
def tests(
    rows: Ints,
    level: Floats,
    n: Ints,
    luck: Floats,
    lowest: float,
    cohort: float,
    cohort_correlation: float,
    pupil_correlation: float,
    pupil_sd: float,
    value: Floats,
    n_pupils: Ints,
    reading: int,
    numeracy: int,
) -> None:
    """Shares at the lowest level in the two tests of a grade, from `luck`, shape (4, len(rows)), into this year's figures."""
    other_cohort, other_pupils = sqrt(1 - cohort_correlation**2), sqrt(1 - pupil_correlation**2)
    for k in range(len(rows)):
        i = rows[k]
        n_pupils[i, 0, reading], n_pupils[i, 0, numeracy] = n[i], n[i]
        shock = cohort_correlation * luck[0, k] + other_cohort * luck[1, k]
        own = pupil_correlation * luck[2, k] + other_pupils * luck[3, k]
        chance = share_below((lowest - (level[i] + cohort * luck[0, k])) / pupil_sd)
        value[i, 0, reading] = binomial(luck[2, k], n[i], chance) / n[i]
        chance = share_below((lowest - (level[i] + cohort * shock)) / pupil_sd)
        value[i, 0, numeracy] = binomial(own, n[i], chance) / n[i]


@compiled(
    "void(int64[::1], float64[:, ::1], int64[::1], float64[:, ::1], float64, float64, float64,"
    " float64[:, :, ::1], int64[:, :, ::1], int64, int64, int64)"
)
def survey(
    rows: Ints,
    lasting: Floats,
    n: Ints,
    luck: Floats,
    cohort_sd: float,
    pupil_sd: float,
    bullied_cohort_sd: float,
    value: Floats,
    n_pupils: Ints,
    support: int,
    motivation: int,
    bullying: int,
) -> None:
    """The pupil survey's figures of a grade from `luck`, shape (4, len(rows)), into this year's figures."""
    for k in range(len(rows)):
        i = rows[k]
        n_pupils[i, 0, support], n_pupils[i, 0, motivation], n_pupils[i, 0, bullying] = n[i], n[i], n[i]
        noise = hypot(cohort_sd, pupil_sd / sqrt(n[i]))
        chance = min(max(lasting[i, bullying] + bullied_cohort_sd * luck[2, k], 0.0), 1.0)
        value[i, 0, support] = lasting[i, support] + noise * luck[0, k]
        value[i, 0, motivation] = lasting[i, motivation] + noise * luck[1, k]
        value[i, 0, bullying] = binomial(luck[3, k], n[i], chance) / n[i]
