"""Who works in the schools at the start, how schools are led, and where their results and climate stand."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.parameters.classroom import Classroom
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.randomness import Draws
from sim.state.places import Municipalities
from sim.state.schools import LEAVING_OWN, Schools, Teachers, pupils_at
from sim.world.backgrounds import Standing, mixed, tenures
from sim.world.borders import added_up

_LEAST_OWN_SHARE = (
    0.1  # of the variance inside municipalities: what intake has at least, if practice is thought to do much
)


def lead(draw: Draws, p: Parameters, schools: Schools) -> None:
    """Principals and the community of the staff room."""
    s = p[Society]
    luck = draw.normal("leadership of a school", schools.id, per=2)
    schools.leadership = np.clip(s.leadership_mean + s.leadership_sd * luck[:, 0], 0, 1)
    led = p[Classroom].community_leadership * (schools.leadership - s.leadership_mean)
    schools.community = np.clip(p[Results].community_usual + led + s.community_sd * luck[:, 1], 0, 1)
    u = draw.uniform("tenure of a principal", schools.id)
    schools.principal_tenure = tenures(u, p[Turnover].principal_exit, s.longest_tenure)


def settle(draw: Draws, p: Parameters, schools: Schools, place: Standing, owners: Municipalities) -> None:
    """Results and climate: a part common to the municipality, a part of the school's own.

    Of the lasting variance a part is common to all results; tests of 5th grade, tests of 8th, leaving points and numeracy against
    reading each have a part of their own beside it, in the municipality and in the school. Leaving points go less with size.
    """
    s, r = p[Society], p[Results]
    luck = draw.normal("lasting level of a school", schools.id, per=5)
    row = schools.municipality
    between, within = intake_sds(s, r)
    common = np.sqrt(1 - s.tests_own_share - s.subject_share)
    schools.intake = common * (between * place.intake[row] + within * luck[:, 0])
    there = draw.normal("lasting level of a grade in a municipality", owners.id, per=4)[row]
    here = draw.normal("lasting level of a grade in a school", schools.id, per=4)
    schools.grade_level[:] = own_sds(s) * (between * there + within * here)
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
    pupils = pupils_at(schools)
    schools.grade_level -= np.average(schools.grade_level, axis=0, weights=pupils)
    schools.intake -= np.average(schools.intake, weights=pupils)
    schools.climate -= np.average(schools.climate, axis=0, weights=pupils)


def intake_sds(s: Society, r: Results) -> tuple[float, float]:
    """SD of intake between and within municipalities.

    What Udir's figures show as lasting over four years contains what comes and goes slowly and what teaching gives;
    both lie inside municipalities, and intake has what they leave.
    """
    lasting = s.school_permanent_sd**2
    inside = lasting * s.within_municipality_share
    taught = (r.national_sd * r.practice_to_pupils) ** 2 * s.practice_school_share
    own = max(inside - taught - r.value_added_sd**2, inside * _LEAST_OWN_SHARE)
    return float(np.sqrt(lasting - inside)), float(np.sqrt(own))


def teachers(draw: Draws, p: Parameters, schools: Schools, owners: Municipalities) -> Teachers:
    """The teachers, sorted by school; the schools' practice, turnover, tiredness and what they have taught follow."""
    s, t = p[Society], p[Turnover]
    school = np.repeat(np.arange(len(schools)), schools.n_teachers)
    ids = np.arange(len(school))
    by_centrality = np.array([t.teacher_exit_central, t.teacher_exit_middle, t.teacher_exit_remote])
    schools.teacher_turnover = by_centrality[owners.centrality[schools.municipality]]
    schools.fatigue = np.full(len(schools), p[Load].fatigue_base)
    career, entry, post, education = draw.uniform("career of a teacher", ids, per=4).T
    qualified = education >= owners.unqualified[schools.municipality][school]
    experience = experiences(s, career) * np.where(qualified, 1, s.unqualified_experience)
    experience = np.floor(experience)
    practice = _practice(draw, p, schools, school, qualified, experience)
    ownership = p[Classroom].ownership_start + s.ownership_sd * draw.normal("ownership of a teacher", ids)
    schools.practice = added_up(school, practice, len(schools)) / schools.n_teachers
    schools.taught = p[Results].national_sd * p[Results].practice_to_pupils * schools.practice
    return Teachers(
        id=ids,
        school=school,
        age=np.minimum(np.floor(s.age_at_start + s.age_spread * entry + experience), s.oldest),
        experience=experience,
        tenure=np.minimum(tenures(post, schools.teacher_turnover[school], s.career_years), experience),
        qualified=qualified,
        baseline=practice + s.teacher_sd * p[Classroom].novice_gap * (experience < t.early_years),
        practice=practice,
        ownership=np.clip(ownership, 0, 1),
    )


def experiences(s: Society, u: Floats) -> Floats:
    """Years as a teacher, from numbers in (0, 1): many are in their first years."""
    years: Floats = s.career_years * u**s.career_power
    return years


def newcomers(s: Society, years: float) -> float:
    """Share of teachers with less experience than that, qualified and not."""
    qualified = (years / s.career_years) ** (1 / s.career_power)
    others = min(years / s.career_years / s.unqualified_experience, 1) ** (1 / s.career_power)
    return float((1 - s.unqualified_mean) * qualified + s.unqualified_mean * others)


def _practice(
    draw: Draws, p: Parameters, schools: Schools, school: Ints, qualified: Bools, experience: Floats
) -> Floats:
    """Mean 0 and SD 1 over the nation: a part common to the school, gaps of the new and the unqualified, and the rest."""
    s, t, c = p[Society], p[Turnover], p[Classroom]
    climate = schools.climate.mean(axis=1) / climate_mean_sd(s)
    common = mixed(climate, draw.normal("practice of a school", schools.id), s.practice_climate)
    new = newcomers(s, t.early_years)
    gaps = s.unqualified_gap * ~qualified + c.novice_gap * (experience < t.early_years)
    usual = s.unqualified_gap * s.unqualified_mean + c.novice_gap * new
    spread = s.unqualified_gap**2 * s.unqualified_mean * (1 - s.unqualified_mean) + c.novice_gap**2 * new * (
        1 - new
    )
    own_sd = np.sqrt(max(1 - s.practice_school_share - spread, 0))
    ids = np.arange(len(school))
    own = own_sd * draw.normal("practice of a teacher", ids)
    z: Floats = np.sqrt(s.practice_school_share) * common[school] + own + usual - gaps
    return s.teacher_sd * z


def climate_mean_sd(s: Society) -> float:
    """SD over schools of the mean of the three sides of climate."""
    sides = 3
    own = s.climate_correlation + (1 - s.climate_correlation) / sides
    return float(np.sqrt(1 - s.climate_within_share + s.climate_within_share * own))
