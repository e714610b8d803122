"""Which schools stand where: grades, sizes and pupils.

A municipality with one school has grades 1-10 in it. One with several has some combined schools (1-10), and its other
pupils go to primary schools (barneskoler, 1-7) and on to lower secondary schools (ungdomsskoler, 8-10), or where they are
too few for one to a combined school, so that every municipality teaches all ten grades and no pupil is without a place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gamma

from sim.arrays import Bools, Floats, Ints
from sim.errors import InputError
from sim.parameters.society import Society
from sim.processes.turnover import relative_size
from sim.randomness import Draws
from sim.state.borders import SchoolOrigins, added_up
from sim.state.identity import numbered_within
from sim.state.schools import GRADES, Schools, pupils_at
from sim.world.ground import Ground
from sim.world.register_files import Sheet

LAST_PRIMARY = 7  # barneskole, after the law on schools (opplæringslova)
_EXACT_QUARTER = 0.25  # what squaring adds to the mean of a Poisson number's normal form


@dataclass(frozen=True)
class Spans:
    """The kind of each school; every array has shape (schools,)."""

    combined: Bools
    lower_secondary: Bools


def school_map(
    draw: Draws, society: Society, ground: Ground, given: Sheet | None
) -> tuple[Schools, SchoolOrigins]:
    """The schools, sorted by piece of the country, with grades, sizes and pupils; the rest still blank."""
    return _synthetic(draw, society, ground) if given is None else _given(ground, given)


def _synthetic(draw: Draws, society: Society, ground: Ground) -> tuple[Schools, SchoolOrigins]:
    piece = np.repeat(np.arange(len(ground.n_schools)), ground.n_schools)
    ids = numbered_within(ground.borders.until_2019[piece])
    spans = _spans(draw, society, ground, piece)
    cohort = _cohort_sizes(draw, society, ground, piece, ids, spans)
    schools = Schools.blank(len(ids))
    schools.id = ids
    schools.first_grade = np.where(spans.lower_secondary, LAST_PRIMARY + 1, 1)
    schools.last_grade = np.where(spans.lower_secondary | spans.combined, GRADES, LAST_PRIMARY)
    schools.cohort_size = cohort
    z = draw.normal("pupils in a grade at the start", ids, per=GRADES)
    expected = np.where(taught(schools), cohort[:, None], 0)
    expected[:, LAST_PRIMARY:] *= _grows_after_primary(piece, cohort, spans)[:, None]
    schools.pupils = poisson_like(expected, z)
    empty = pupils_at(schools) == 0
    schools.pupils[empty, schools.first_grade[empty] - 1] = 1
    return schools, SchoolOrigins(piece=piece)


def _grows_after_primary(piece: Ints, cohort: Floats, spans: Spans) -> Floats:
    """How many times its own pupils a school has from 8th grade on: combined ones take in all where nobody else does."""
    n = int(piece.max()) + 1
    begin = added_up(piece, cohort * ~spans.lower_secondary, n)
    stay = added_up(piece, cohort * spans.combined, n)
    nobody_else = added_up(piece, spans.lower_secondary.astype(np.float64), n) == 0
    return np.where(spans.combined & nobody_else[piece], _ratio(begin, stay)[piece], 1.0)


def taught(schools: Schools) -> Bools:
    """Whether a school teaches a grade, shape (schools, 10)."""
    grade = np.arange(1, GRADES + 1)
    found: Bools = (schools.first_grade[:, None] <= grade) & (grade <= schools.last_grade[:, None])
    return found


def poisson_like(expected: Floats, z: Floats) -> Ints:
    """Whole numbers with about a Poisson number's mean and spread, made from standard normals of the same shape."""
    count = np.rint((np.sqrt(expected) + z / 2) ** 2 - _EXACT_QUARTER)
    return np.where(expected > 0, np.maximum(count, 0), 0).astype(np.int64)


def _spans(draw: Draws, society: Society, ground: Ground, piece: Ints) -> Spans:
    """First in each piece stand its combined schools, then lower secondary ones, then primary ones."""
    n = ground.n_schools
    luck = draw.uniform("combined schools of a municipality", ground.borders.until_2019, per=2)
    n_combined = np.minimum(np.floor(society.combined_schools * np.sqrt(n) + luck[:, 0]), n).astype(np.int64)
    in_others = ground.pupils / GRADES * (n - n_combined) / n
    smaller = society.lower_secondary_half / ground.population
    n_lower = np.floor(in_others / society.lower_secondary_cohort * (1 + smaller) + luck[:, 1]).astype(
        np.int64
    )
    n_lower = np.minimum(n_lower, np.maximum(n - n_combined - 1, 0))
    n_combined = np.maximum(n_combined, n_lower == 0)
    start = np.cumsum(n) - n
    place = np.arange(len(piece)) - start[piece]
    combined = place < n_combined[piece]
    return Spans(combined, ~combined & (place < (n_combined + n_lower)[piece]))


def _cohort_sizes(
    draw: Draws, society: Society, ground: Ground, piece: Ints, ids: Ints, spans: Spans
) -> Floats:
    """Pupils per grade of each school: a piece's cohort, shared out among the schools of each kind by luck.

    A combined school that would be larger than the largest is as large as that, and the piece's others share what is left.

    Towns build schools for districts of a size; where people live scattered, the valley's school is small, the village's is not.
    """
    u = draw.uniform("size of a school", ids)
    power = school_size_powers(society, ground.population[piece], spans)
    size = -np.log1p(-u)
    size = society.smallest_school + (1 - society.smallest_school) * size**power / gamma(1 + power)
    grades_up = GRADES - LAST_PRIMARY
    primary = ~spans.combined & ~spans.lower_secondary
    within = np.select([spans.combined, spans.lower_secondary], [GRADES, grades_up], LAST_PRIMARY)
    weight = size / within  # pupils of one grade in a school of this size
    n = len(ground.n_schools)
    most = society.largest_combined / within
    capped = spans.combined & (added_up(piece, primary.astype(np.float64), n) > 0)[piece]
    full = np.zeros(len(piece), dtype=bool)
    while True:
        left = ground.pupils / GRADES - added_up(piece, most * full, n)
        cohort = np.where(full, most, _shared_out(weight * ~full, left, piece, spans))
        over = capped & (cohort > most)
        if not over.any():
            return cohort
        full |= over


def _shared_out(weight: Floats, cohort: Floats, piece: Ints, spans: Spans) -> Floats:
    """Pupils per grade of each school by weights: combined schools against primary ones first, lower secondary ones as these."""
    n = len(cohort)
    primary = ~spans.combined & ~spans.lower_secondary
    in_combined = added_up(piece, weight * spans.combined, n)
    in_primary = added_up(piece, weight * primary, n)
    in_lower = added_up(piece, weight * spans.lower_secondary, n)
    combined_part = _ratio(in_combined, in_combined + in_primary)
    per_weight = np.select(
        [spans.combined, spans.lower_secondary],
        [
            _ratio(combined_part * cohort, in_combined)[piece],
            _ratio((1 - combined_part) * cohort, in_lower)[piece],
        ],
        _ratio((1 - combined_part) * cohort, in_primary)[piece],
    )
    return np.asarray(weight * per_weight)


def school_size_powers(society: Society, population: Floats, spans: Spans) -> Floats:
    """Powers of an exponential number that schools' relative sizes are (Weibull's law); mean 1, 0 is no difference."""
    scattered = np.exp(-society.school_size_even * np.maximum(relative_size(population, society), 0))
    return np.select(
        [spans.lower_secondary, spans.combined],
        [society.lower_secondary_size_power, society.combined_size_power],
        society.school_size_power * scattered,
    )


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _given(ground: Ground, given: Sheet) -> tuple[Schools, SchoolOrigins]:
    """The schools of a user's register that stand on the ground modelled, sorted by piece."""
    piece = _pieces(ground, given)
    here = np.flatnonzero(piece >= 0)
    rows = here[np.argsort(piece[here], kind="stable")]
    if not rows.size:
        raise InputError("none of these schools stands in a municipality modelled", file=given.file)
    schools = Schools.blank(len(rows))
    schools.id = given.key[rows]
    schools.first_grade, schools.last_grade = given["first_grade"][rows], given["last_grade"][rows]
    n_grades = schools.last_grade - schools.first_grade + 1
    schools.cohort_size = given["pupils"][rows] / n_grades
    place = np.arange(1, GRADES + 1) - schools.first_grade[:, None]
    whole, left = np.divmod(given["pupils"][rows], n_grades)
    schools.pupils = np.where(taught(schools), whole[:, None] + (place < left[:, None]), 0)
    return schools, SchoolOrigins(piece=piece[rows])


def _pieces(ground: Ground, given: Sheet) -> Ints:
    """Piece that each registered school stands in: its municipality of 2019 if that is named, or its owner's only one."""
    borders = ground.borders
    by_2019 = _row_of(given["kommunenummer_2019"], borders.until_2019)
    owner = given["kommunenummer"]
    by_2019 = np.where(borders.from_2020[by_2019] == owner, by_2019, -1)
    order = np.argsort(borders.from_2020, kind="stable")
    by_owner = _row_of(owner, borders.from_2020[order])
    return np.where(by_2019 >= 0, by_2019, np.where(by_owner >= 0, order[by_owner], -1))


def _row_of(values: Ints, rising: Ints) -> Ints:
    """Place of each value among the rising ones; -1 for those that aren't there."""
    place = np.minimum(np.searchsorted(rising, values), len(rising) - 1)
    return np.where(rising[place] == values, place, -1)
