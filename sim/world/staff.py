"""Who works in the schools at the start, how schools are led, and where their results and climate stand."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Ints, WholeGrid
from sim.parameters.classroom import Classroom
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.processes.practice import fading_share
from sim.processes.schooling import standing_drift_sd
from sim.processes.shares import share_of
from sim.processes.turnover import age_on_coming, practice_spread, settles_at
from sim.randomness import Draws
from sim.rules import Luck, rule
from sim.state import State
from sim.state.identity import MOST_WITHIN
from sim.state.places import Centrality, Municipalities
from sim.state.schools import EIGHTH_OWN, FIFTH_OWN, LEAVING_OWN, Schools, Teachers, pupils_at
from sim.world.backgrounds import Standing, mixed
from sim.world.careers import Careers, experience_on_coming, holder_of, tenures
from sim.world.districts import come_together, districts

_LEAST_OWN_SHARE = 0.1  # of the variance inside municipalities: what a place gives at least, if practice is thought to do much


def lead(draw: Draws, p: Parameters, schools: Schools, owners: Municipalities, careers: Careers) -> None:
    """Principals and the community of the staff room, as changes of principal and of teachers leave them in the long run."""
    s, t, c = p[Society], p[Turnover], p[Classroom]
    centrality = owners.centrality[schools.municipality]
    schools.fatigue = np.full(len(schools), p[Load].fatigue_base)
    schools.teacher_turnover = careers.turnover[centrality]
    luck = draw.normal("leadership of a school", schools.id, per=2)
    schools.leadership = np.clip(s.leadership_mean + s.leadership_sd * luck[:, 0], 0, 1)
    leaves = t.principal_exit * np.where(centrality == Centrality.REMOTE, t.principal_remote_factor, 1)
    u = draw.uniform("tenure of a principal", schools.id)
    schools.principal_tenure = tenures(u, leaves, s.longest_tenure)
    schools.community = np.clip(_community(c, s, schools, leaves, luck[:, 1]), 0, 1)


def _community(c: Classroom, s: Society, schools: Schools, leaves: Floats, luck: Floats) -> Floats:
    """What the present principal's time in post has made of the community, and what the former ones' has left."""
    by_principal = c.community_base + c.community_leadership * s.leadership_mean
    usual = by_principal - c.community_turnover * schools.teacher_turnover
    led = c.community_leadership * (schools.leadership - s.leadership_mean)
    stays, shaken = (
        (1 - c.community_follows / 2) ** 2,
        1 - c.new_principal_shakes,
    )  # over a year, and a change
    former = usual * (1 - stays) / (1 - stays * (1 - leaves * c.new_principal_shakes))
    # Of what the present principal found, one half-year short of whole years: a world begins when an autumn has passed.
    left = stays ** (schools.principal_tenure + 1 / 2)
    mean_left = leaves * stays / (1 - stays * (1 - leaves))
    square_left = leaves * stays**2 / (1 - stays**2 * (1 - leaves))
    by_leadership = (c.community_leadership * s.leadership_sd) ** 2 * (1 - 2 * mean_left + square_left)
    by_change = (usual - shaken * former) ** 2 * (square_left - mean_left**2)
    new = schools.teacher_turnover * (1 - schools.teacher_turnover) / schools.n_teachers
    by_turnover = c.community_turnover**2 * new * (1 - stays) / (1 + stays)
    variance = (by_leadership + by_change + by_turnover) / (1 - shaken**2 * square_left)
    around = np.sqrt((left * shaken) ** 2 * variance + by_turnover)
    return np.asarray((1 - left) * (usual + led) + left * shaken * former + around * luck)


def settle(draw: Draws, p: Parameters, schools: Schools, place: Standing, owners: Municipalities) -> None:
    """Results and climate: a part common to the municipality, one to the school's district, a part of the school's own.

    Of the lasting variance a part is common to all results; tests of 5th grade, tests of 8th, leaving points and numeracy against
    reading each have a part of their own beside it, in the municipality and in the school. Leaving points go less with size.
    """
    s, r = p[Society], p[Results]
    luck = draw.normal("lasting level of a school", schools.id, per=5)
    row = schools.municipality
    district = districts(draw, schools)
    between, shared, own_sd = intake_sds(s, r, schools.n_teachers, place.size[row])
    own, own_sd = come_together(schools, district, own_sd, luck[:, 0])
    common = np.sqrt(1 - s.tests_own_share - s.subject_share)
    neighbourhood = shared * draw.normal("level of a district", schools.id)[district]
    background = between * (place.intake - place.luck)[row] + common * neighbourhood
    schools.home = background + common * (between * place.luck[row] + own)
    drifted = draw.normal("drift of a school until the start", schools.id)
    schools.intake = schools.home + standing_drift_sd(r) * drifted
    there = draw.normal("lasting level of a grade in a municipality", owners.id, per=4)[row]
    here = draw.normal("lasting level of a grade in a school", schools.id, per=4)
    within = np.sqrt(shared**2 + own_sd**2)
    schools.grade_level[:] = own_sds(s) * (
        between * place.luck_sd[row, None] * there + within[:, None] * here
    )
    schools.grade_level[:, FIFTH_OWN] -= s.background_growth * background
    schools.grade_level[:, EIGHTH_OWN] += s.background_growth * background
    schools.grade_level[:, LEAVING_OWN] += s.leaving_points_background * background
    schools.grade_level[:, EIGHTH_OWN : LEAVING_OWN + 1] -= s.own_fades * common * own[:, None]
    schools.grade_level[:, LEAVING_OWN] -= s.leaving_points_size * place.size[row]
    schools.value_added = r.value_added_sd * luck[:, 1]
    own = mixed(
        draw.normal("climate of a school", schools.id)[:, None], luck[:, 2:], np.sqrt(s.climate_correlation)
    )
    schools.climate[:] = mixed(place.climate[row][:, None], own, np.sqrt(1 - s.climate_within_share))


def own_sds(s: Society) -> Floats:
    """What tests of 5th grade, tests of 8th, leaving points and numeracy have of their own; shape (4,), SD of a test's level.

    Grade and subject have their shares of the variance of a test, and the common part the rest; leaving points have their share
    beside that common part.
    """
    common = 1 - s.tests_own_share - s.subject_share
    of_leaving = s.leaving_points_own_share / (1 - s.leaving_points_own_share) * common
    return np.sqrt([s.tests_own_share, s.tests_own_share, of_leaving, s.subject_share])


def centre(schools: Schools) -> None:
    """The nation's mean pupil is where results and climate are reckoned from."""
    pupils = pupils_at(schools).astype(np.float64)
    for level in (schools.home, schools.grade_level, schools.intake, schools.climate):
        weight = pupils if level.ndim == 1 else pupils[:, None]
        level[:] -= (level * weight).sum(axis=0) / pupils.sum()


def intake_sds(s: Society, r: Results, n_teachers: Ints, size: Floats) -> tuple[float, Floats, Floats]:
    """SD over schools of what places call for (`home`): between municipalities, between districts inside them, inside districts.

    What Udir's figures show as lasting over four years contains what drifts, what comes and goes slowly and what teaching gives;
    all of it lies inside districts, and `home` has what they leave: where a staff room is small, luck of who works there
    weighs more, and the place less. Schools of a small municipality differ as much as those of a large one, but there neighbours
    do so, whose pupils meet in one lower secondary school, and here whole districts.

    Parameters
    ----------
    n_teachers : array of int, shape (schools,)
        Teaching posts.
    size : array of float, shape (schools,)
        The municipality's relative size.

    Returns
    -------
    float and two arrays of float, shape (schools,)
    """
    lasting = s.school_permanent_sd**2
    inside = lasting * s.within_municipality_share
    shared = inside * np.exp(2 * s.segregation * (size - s.segregated_size))
    staff_rooms = s.practice_school_share + (1 - s.practice_school_share) / n_teachers
    taught = (r.national_sd * r.practice_to_pupils) ** 2 * staff_rooms
    moving = r.value_added_sd**2 + standing_drift_sd(r) ** 2
    own = np.maximum(inside - shared - taught - moving, inside * _LEAST_OWN_SHARE)
    return float(np.sqrt(lasting - inside)), np.sqrt(shared), np.sqrt(own)


def teachers(state: State, p: Parameters, draw: Draws, careers: Careers) -> None:
    """Fill the table of teachers, sorted by school, as turnover leaves them, and the schools' norms and mean practice."""
    s, c, schools = p[Society], p[Classroom], state[Schools]
    schools.norm = norms(draw, s, schools)
    lacking = c.novice_gap * (1 - fading_share(c.half_life)) ** (2 * np.arange(careers.years) + 1)
    fill_posts(state, p, draw, holders=careers.holders, years=careers.years, lacking=lacking)


@rule
def fill_posts(  # noqa: PLR0913, PLR0917 - a rule names each table and each group of parameters that it takes
    schools: Schools,
    staff: Teachers,
    owners: Municipalities,
    s: Society,
    t: Turnover,
    c: Classroom,
    career: Annotated[Luck, "career of a teacher", 3],
    teaches: Annotated[Luck, "practice of a teacher"],
    owns: Annotated[Luck, "ownership of a teacher"],
    holders: WholeGrid,
    years: int,
    lacking: Floats,
) -> None:
    """Each school's posts one after the other, the empty ones last; `holders` and `years` are those of `Careers`, `lacking`,
    shape (years,), is what somebody new lacks yet after so many years in post.
    """
    n, i = len(staff), 0
    u, within, education, own, ownership = np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    for k in range(len(schools)):
        for number in range(1, schools.n_teachers[k] + schools.spare[k] + 1):
            staff.id[i], staff.school[i] = schools.id[k] * MOST_WITHIN + number, k
            staff.held[i] = number <= schools.n_teachers[k]
            i += 1
    career.uniforms(staff.id, u)
    career.uniforms(staff.id, within, 1)
    career.uniforms(staff.id, education, 2)
    teaches.normals(staff.id, own)
    owns.normals(staff.id, ownership)
    spread, i = practice_spread(s), 0
    for k in range(len(schools)):
        o, together = schools.municipality[k], 0.0
        usual = holders[owners.centrality[o]]
        for _ in range(schools.n_teachers[k] + schools.spare[k]):
            moved, place, tenure = holder_of(usual, u[i], within[i], years)
            came = moved * experience_on_coming(s, place)
            staff.age[i] = min(age_on_coming(came, place, s, t) + tenure, s.oldest)
            staff.experience[i], staff.tenure[i] = came + tenure, tenure
            staff.qualified[i] = education[i] >= owners.unqualified[o]
            staff.baseline[i] = settles_at(schools.norm[k], staff.qualified[i], spread * own[i], s)
            staff.practice[i] = staff.baseline[i] - (0.0 if moved else lacking[tenure])
            together += staff.practice[i] if staff.held[i] else 0.0
            staff.ownership[i] = share_of(c.ownership_start + s.ownership_sd * ownership[i])
            i += 1
        schools.practice[k] = together / schools.n_teachers[k]


def norms(draw: Draws, s: Society, schools: Schools) -> Floats:
    """The staff rooms' lasting norms, shape (schools,): what makes schools differ in practice whoever teaches there."""
    climate = schools.climate.mean(axis=1) / climate_mean_sd(s)
    common = mixed(climate, draw.normal("practice of a school", schools.id), s.practice_climate)
    return np.asarray(s.teacher_sd * np.sqrt(s.practice_school_share) * common)


def climate_mean_sd(s: Society) -> float:
    """SD over schools of the mean of the three sides of climate."""
    sides = 3
    own = s.climate_correlation + (1 - s.climate_correlation) / sides
    return float(np.sqrt(1 - s.climate_within_share + s.climate_within_share * own))
