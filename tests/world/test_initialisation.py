"""A country that has been built is the one that the equations of initialisation in docs/model.md describe.

Each test is an equation, written out again from its text and reckoned from the same luck, for every municipality, school or post.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtri

from sim.arrays import Floats, Ints
from sim.declared import REGISTRY
from sim.model import SchemeModel
from sim.parameters.classroom import Classroom
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.processes.grouping import mean_by
from sim.randomness import Draws, Streams
from sim.schemes.decentralised.assumptions import (
    Forum,
    Hands,
    Logics,
    Measure,
    Money,
    Partners,
    Themes,
    Voices,
)
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import mix_of
from sim.schemes.decentralised.partners import done_together, equality_called_for, tailoring_called_for
from sim.schemes.decentralised.state import (
    THEMES,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Ties,
)
from sim.schemes.decentralised.uh import leaving
from sim.state.identity import invented_number
from sim.state.places import Centrality, Counties, Municipalities, Offices, UHUnits
from sim.state.schools import GRADES, Schools, Teachers, pupils_at
from sim.world.ground import Ground, lay_out
from sim.world.registers import Registers

P = Parameters(REGISTRY, {})
S, T, R, C = P[Society], P[Turnover], P[Results], P[Classroom]
GAPS = {50: S.north_gap_trondelag, 18: S.north_gap_nordland, 55: S.north_gap_troms, 56: S.north_gap_finnmark}


@pytest.fixture(scope="module")
def model() -> SchemeModel:
    return SchemeModel("voluntary", rng=11, world=3)


@pytest.fixture(scope="module")
def draw() -> Draws:
    return Streams(11, 3).at(0)


@pytest.fixture(scope="module")
def owners(model: SchemeModel) -> Municipalities:
    return model.state[Municipalities]


@pytest.fixture(scope="module")
def schools(model: SchemeModel) -> Schools:
    return model.state[Schools]


@pytest.fixture(scope="module")
def staff(model: SchemeModel) -> Teachers:
    return model.state[Teachers]


def pulled(one: Floats, other: Floats, z: Floats, r1: float, r2: float, r12: float) -> Floats:
    """Equation I6."""
    a1, a2 = (r1 - r2 * r12) / (1 - r12**2), (r2 - r1 * r12) / (1 - r12**2)
    return np.asarray(a1 * one + a2 * other + np.sqrt(max(1 - a1 * r1 - a2 * r2, 0)) * z)


def size(owners: Municipalities) -> Floats:
    """Equation I2."""
    return np.asarray((np.log(owners.population) - S.population_log_mean) / S.population_log_sd)


def luck(draw: Draws, owners: Municipalities) -> Floats:
    return draw.normal("standing of a municipality", owners.id, per=4)


def education(draw: Draws, owners: Municipalities) -> Floats:
    """Equation I7."""
    x = size(owners)
    left = np.sqrt(1 - S.education_size**2 - 2 * S.education_cities**2)
    return np.asarray(
        S.education_size * x + S.education_cities * (x**2 - 1) + left * luck(draw, owners)[:, 0]
    )


def hardship(draw: Draws, owners: Municipalities) -> Floats:
    """Equation I8."""
    left = np.sqrt(1 - S.hardship_education**2)
    return np.asarray(-S.hardship_education * education(draw, owners) + left * luck(draw, owners)[:, 3])


def standing(model: SchemeModel, draw: Draws) -> tuple[Floats, Floats]:
    """Equations I9 and I10: results and climate of municipalities."""
    owners, counties = model.state[Municipalities], Registers.published()["counties"]
    z = luck(draw, owners)
    mean = S.education_size * S.population_log_sd + S.education_cities * S.population_log_sd**2
    gap = np.array([GAPS.get(int(number), 0) for number in counties.key])
    people, places = (counties[name] / counties[name].sum() for name in ("population", "municipalities"))
    left = np.sqrt(1 - (places @ gap**2 - (places @ gap) ** 2))
    mine = np.searchsorted(counties.key, model.state[Counties].id[owners.county])
    behind = gap[mine] - people @ gap
    spared = -(hardship(draw, owners) + S.hardship_education * mean)
    own = np.exp(-S.intake_luck_size * size(owners) - S.intake_luck_size**2) * z[:, 1]
    results = pulled(
        education(draw, owners) - mean, spared, own, S.intake_education, S.intake_hardship,
        S.hardship_education,
    )  # fmt: skip
    climate = pulled(results, spared, z[:, 2], S.climate_intake, S.climate_hardship, S.intake_hardship)
    return left * results - behind, left * climate - behind


def centred(schools: Schools, values: Floats) -> Floats:
    """From the nation's mean pupil."""
    return np.asarray(values - np.average(values, axis=0, weights=pupils_at(schools)))


def test_posts_follow_pupils_their_needs_and_the_economy(
    schools: Schools, owners: Municipalities, draw: Draws
) -> None:
    # I5; pupils as they were when posts were counted, before the first half-year
    means = np.exp(-S.teachers_size * size(owners))[schools.municipality]
    usual = S.teachers_scale * means * pupils_at(schools) ** S.teachers_power
    swing = S.economy_sd * np.exp(-S.economy_size * size(owners))
    economy = swing * draw.normal("economy of a municipality at the start", owners.id)
    needs = S.needs_sd * np.sqrt(usual) * draw.normal("needs of a school at the start", schools.id)
    called_for = usual * np.exp(economy)[schools.municipality] + needs
    assert schools.n_teachers.tolist() == np.maximum(np.rint(called_for), 1).astype(int).tolist()


def test_people_of_municipalities(owners: Municipalities, draw: Draws) -> None:
    z = draw.normal("people of a municipality", owners.id, per=2)
    high = S.education_high_mean + S.education_high_sd * education(draw, owners)
    little = pulled(
        -education(draw, owners), hardship(draw, owners), z[:, 0],
        S.education_levels, S.education_low_hardship, S.hardship_education,
    )  # fmt: skip
    assert owners.education_high == pytest.approx(np.clip(high, 0, 1))  # I11
    assert owners.education_low == pytest.approx(
        np.clip(S.education_low_mean + S.education_low_sd * little, 0, 1)
    )
    disability = S.disability_mean + S.disability_sd * hardship(draw, owners)
    assert owners.disability == pytest.approx(np.clip(disability, 0, 1))  # I12
    r = S.child_welfare_hardship
    welfare = r * hardship(draw, owners) + np.sqrt(1 - r**2) * z[:, 1]
    assert owners.child_welfare == pytest.approx(
        np.maximum(S.child_welfare_mean + S.child_welfare_sd * welfare, 0)
    )


def test_free_income_falls_with_inhabitants_and_levels_out(owners: Municipalities, draw: Draws) -> None:
    z = draw.normal("free income", owners.id)  # I13
    usual = S.free_income_large * np.sqrt(1 + S.free_income_small / owners.population)
    expected = usual * np.exp(S.free_income_sd * z - S.free_income_sd**2 / 2)
    assert owners.free_income == pytest.approx(expected)


def test_centrality_goes_with_size_and_lies_lower_in_the_north(
    model: SchemeModel, owners: Municipalities, draw: Draws
) -> None:
    north = model.state[Offices].north[model.state[Counties].office[owners.county]]
    z = draw.normal("centrality of a municipality", owners.id)
    score = S.centrality_size * size(owners) + S.centrality_luck * z  # I14
    score -= S.north_remoteness * (north - S.north_municipalities)
    assert np.array_equal(owners.centrality == Centrality.REMOTE, score <= ndtri(S.remote_share))
    assert np.array_equal(owners.centrality == Centrality.CENTRAL, score > ndtri(1 - S.central_share))


def test_owners_have_staff_by_schools_and_competence_by_staff_size_and_what_they_have_learned(
    model: SchemeModel, owners: Municipalities, schools: Schools, draw: Draws
) -> None:
    z = draw.normal("office of an owner", owners.id, per=2)
    n = np.bincount(schools.municipality, minlength=len(owners))
    staffed = S.owner_fte_base + S.owner_fte_per_school * n**S.owner_fte_power
    assert owners.capacity_fte == pytest.approx(staffed * np.exp(S.owner_fte_sd * z[:, 0]))  # I15
    k, r = owners.capacity_fte / (owners.capacity_fte + T.head_memory_fte), S.competence_size
    own = r * size(owners) + np.sqrt(1 - r**2) * np.sqrt((1 - k) / (1 + k)) * z[:, 1]
    came = np.clip(S.competence_mean + S.competence_sd * own, 0, 1)  # I16
    a, logics, ties = P[Measure], P[Logics], model.state[Ties]
    network = 1 - logics.start_market - logics.start_hierarchy
    near = network + P[Partners].other_contact * (1 - network)
    asked = P[Load].ordinary_fte + P[Load].ordinary_fte_per_school * n
    done = 1 / np.maximum(asked / owners.capacity_fte, 1)
    effort, together = (logics.legitimacy_base + logics.legitimacy_fit) * done, ties.together.mean(axis=1)
    competence = came
    for _ in range(int(2 * P[Hands].earlier_years)):  # I32
        met = mean_by(owners.network, competence, owners.network.max() + 1)[owners.network]
        competence = competence + a.peer_learning / 2 * near * effort * np.maximum(met - competence, 0)
        competence += a.owner_learns / 2 * effort * together * (1 - competence)
        competence -= T.head_exit / 2 * (1 - k) * (competence - came)
    assert owners.competence == pytest.approx(competence)
    assert model.state[DecentralisedOwners].strengthened == pytest.approx(np.sqrt(effort * together))


def own_luck(model: SchemeModel, draw: Draws) -> Floats:
    """What of the results of municipalities is luck of their own: equation I9 with all causes at rest."""
    owners, counties = model.state[Municipalities], Registers.published()["counties"]
    gap = np.array([GAPS.get(int(number), 0) for number in counties.key])
    places = counties["municipalities"] / counties["municipalities"].sum()
    left = np.sqrt(1 - (places @ gap**2 - (places @ gap) ** 2))
    none, z = np.zeros(len(owners)), luck(draw, owners)[:, 1]
    own = np.exp(-S.intake_luck_size * size(owners) - S.intake_luck_size**2) * z
    return np.asarray(
        left * pulled(none, none, own, S.intake_education, S.intake_hardship, S.hardship_education)
    )


def their_districts(schools: Schools, draw: Draws) -> Ints:
    """I33, pair by pair."""
    luck, found = draw.luck("district of a school"), np.arange(len(schools))
    takes = (schools.first_grade > 1) & (schools.last_grade == GRADES)
    for school in np.flatnonzero(schools.last_grade < GRADES):
        there = np.flatnonzero(takes & (schools.municipality == schools.municipality[school]))
        if len(there):
            u = [luck.uniform(int(schools.id[school]), int(schools.id[one])) for one in there]
            found[school] = there[np.argmin(-np.log(u) / schools.cohort_size[there])]
    return found


def test_results_of_schools_begin_around_their_homes(
    model: SchemeModel, schools: Schools, draw: Draws
) -> None:
    place = size(model.state[Municipalities])[schools.municipality]
    total, share = S.school_permanent_sd**2, S.within_municipality_share
    inside = total * share
    shared = inside * np.exp(2 * S.segregation * (place - S.segregated_size))  # I17
    s, drifted = S.practice_school_share, R.drift_sd / np.sqrt(1 - R.drift_persistence**2)
    taught = (R.national_sd * R.practice_to_pupils) ** 2 * (s + (1 - s) / schools.n_teachers)
    own = np.maximum(inside - shared - taught - R.value_added_sd**2 - drifted**2, inside / 10)
    z = draw.normal("lasting level of a school", schools.id, per=5)
    district = their_districts(schools, draw)
    neighbourhood = np.sqrt(shared) * draw.normal("level of a district", schools.id)[district]
    mean, variance = np.sqrt(own) * z[:, 0], own.copy()
    for taker in set(district.tolist()):
        feeds = np.flatnonzero((district == taker) & (np.arange(len(schools)) != taker))
        if len(feeds):
            weight = schools.cohort_size[feeds] / schools.cohort_size[feeds].sum()
            mean[taker] = weight @ (np.sqrt(own[feeds]) * z[feeds, 0])
            variance[taker] = weight**2 @ own[feeds]
    results, _ = standing(model, draw)
    between = np.sqrt(total * (1 - share))
    common = 1 - S.tests_own_share - S.subject_share
    # Of luck, the municipality's and the school's, a part is common to all results.
    m, lucky = np.sqrt(common), own_luck(model, draw)
    background = between * (results - lucky)[schools.municipality] + m * neighbourhood
    home = background + m * (between * lucky[schools.municipality] + mean)  # I18
    intake = home + drifted * draw.normal("drift of a school until the start", schools.id)  # I19
    assert schools.home == pytest.approx(centred(schools, home), abs=1e-4)
    assert schools.intake == pytest.approx(centred(schools, intake), abs=1e-4)
    assert schools.value_added == pytest.approx(R.value_added_sd * z[:, 1])
    of_leaving = S.leaving_points_own_share / (1 - S.leaving_points_own_share) * common
    shares = np.sqrt([S.tests_own_share, S.tests_own_share, of_leaving, S.subject_share])
    there = draw.normal("lasting level of a grade in a municipality", model.state[Municipalities].id, per=4)
    here = draw.normal("lasting level of a grade in a school", schools.id, per=4)
    spread = (own_luck(model, draw) / luck(draw, model.state[Municipalities])[:, 1])[
        schools.municipality, None
    ]
    level = shares * (
        between * spread * there[schools.municipality] + np.sqrt(shared + variance)[:, None] * here
    )
    level[:, 0] -= S.background_growth * background
    level[:, 1] += S.background_growth * background - S.own_fades * m * mean
    level[:, 2] += S.leaving_points_background * background - S.own_fades * m * mean
    level[:, 2] -= S.leaving_points_size * place
    # I27
    assert schools.grade_level == pytest.approx(centred(schools, level), abs=1e-4)


@pytest.fixture(scope="module")
def ground(draw: Draws) -> Ground:
    return lay_out(draw, S, Registers.published(), 1.0)


def test_the_country_is_built_on_that_ground(ground: Ground, owners: Municipalities) -> None:
    numbers, of_piece = np.unique(ground.borders.until_2019, return_inverse=True)
    assert numbers.tolist() == np.sort(owners.id).tolist()
    order = np.argsort(owners.id)
    assert owners.population[order] == pytest.approx(np.bincount(of_piece, ground.population))


def test_inhabitants_of_municipalities(ground: Ground, draw: Draws) -> None:
    # I1, county by county; pieces of a merger stand one behind the other.
    counties = Registers.published()["counties"]
    unit = np.cumsum(np.r_[False, ground.borders.from_2020[1:] != ground.borders.from_2020[:-1]])
    people = np.bincount(unit, ground.population)
    k, b = float(ndtri(0.75)), S.population_skew * float(ndtri(0.75)) ** 2
    apart, at = S.population_log_sd, 0
    for row, key in enumerate(counties.key.tolist()):
        n, middle, whole = (
            counties[name][row] for name in ("municipalities", "median_population", "population")
        )
        luck = draw.uniform(
            "size of a municipality", invented_number(np.full(n, key), np.arange(1, n + 1)), per=2
        )
        q = ndtri((np.argsort(np.argsort(luck[:, 0])) + luck[:, 1]) / n)
        score = q + S.population_skew * q**2
        score -= np.median(score)
        log = np.log(middle)
        lower, upper = (
            np.log(
                counties.fill(
                    f"{which}_quartile_population", counties.key, np.full(len(counties.key), np.nan)
                )[row]
            )
            for which in ("lower", "upper")
        )
        lower = log - apart * (k - b) if np.isnan(lower) else lower
        upper = log + apart * (k + b) if np.isnan(upper) else upper
        below, above = (log - lower) * score / (k - b), (upper - log) * np.minimum(score, k + b) / (k + b)
        e = np.maximum(score - k - b, 0)
        outer, inner = e + S.population_top * e**2, np.where(score < 0, below, above)

        def missing(spread: float, inner: Floats = inner, outer: Floats = outer) -> float:
            return float((middle * np.exp(inner + spread * outer)).sum() - whole)  # noqa: B023 - of this county

        spread = brentq(missing, 0, 8) if missing(0) * missing(8) < 0 else (0.0 if missing(0) > 0 else 8.0)
        part = np.maximum(middle * np.exp(inner + spread * outer), S.smallest_municipality)
        found = people[at : at + n]
        # Whole persons: a county's largest takes what rounding loses.
        assert found == pytest.approx(whole * part / part.sum(), rel=2e-3, abs=10)
        at += n


def test_pupils_and_schools_of_municipalities(ground: Ground, draw: Draws) -> None:
    place = ground.borders.until_2019
    x = (np.log(ground.population) - S.population_log_mean) / S.population_log_sd
    s, a, b, m = (
        S.cohort_spread * np.exp(-S.cohort_even * x),
        S.cohort_size_slope,
        S.cohort_size_bend,
        S.population_log_sd,
    )
    c = (a * m + a**2 / 2 - b * m**2) / (1 + 2 * b) - np.log(1 + 2 * b) / 2
    z = draw.normal("children among a municipality's people", place)
    share = S.cohort_per_1000 * GRADES / 1000
    pupils = ground.population * share * np.exp(a * x - b * x**2 + s * z - s**2 / 2 - c)  # I3
    # In the synthetic country all of them are then brought to the nation's number.
    assert ground.pupils == pytest.approx(pupils * ground.population.sum() * share / pupils.sum())
    z = draw.normal("schools of a municipality", place)
    spread = S.school_count_sd * np.exp(-S.school_count_even * np.maximum(x, 0))
    law = S.school_count_intercept + S.school_count_slope * np.log(ground.population) + spread * z
    fewest = ground.pupils / S.largest_mean_school
    most = np.maximum(ground.pupils / S.smallest_mean_school, fewest)

    def counted(shift: float) -> Ints:
        whole = np.rint(np.clip(np.exp(law + shift), fewest, most))
        return np.asarray(np.maximum(whole, 1).astype(np.int64))

    # I4: of all shifts those that give the nation's mean school, to one school
    wanted = ground.pupils.sum() / S.mean_school
    shift = next(c for c in np.linspace(-1, 1, 20001) if counted(c).sum() >= wanted)
    assert abs(ground.n_schools.sum() - wanted) < 1.5
    assert (ground.n_schools != counted(shift)).mean() < 0.01


def test_partnerships_begin_as_earlier_ways_of_funding_have_left_them(
    model: SchemeModel, owners: Municipalities, schools: Schools
) -> None:
    a, logics, levers, ties = P[Partners], P[Logics], model.p[Decentralised], model.state[Ties]
    network = 1 - logics.start_market - logics.start_hierarchy
    near = network + a.other_contact * (1 - network)
    found_right = logics.legitimacy_base + logics.legitimacy_fit
    n = np.bincount(schools.municipality, minlength=len(owners))
    asked = P[Load].ordinary_fte + P[Load].ordinary_fte_per_school * n
    done = 1 / np.maximum(asked / owners.capacity_fte, 1)
    memory = owners.capacity_fte / (owners.capacity_fte + T.head_memory_fte)
    kept = 1 - T.head_exit / 2 * np.minimum(2 * a.trust_loss * (1 - memory), 1)
    kept *= 1 - a.uh_exit / 2 * leaving(levers.multi_year, P[Hands]) * a.trust_loss
    met, s = near * found_right * (1 + done) / 2, a.start

    def lasting(top: Floats | float, gain: float) -> Floats:
        g = gain / 2 * met
        return np.asarray(s + kept * g * (top - s) / (1 - kept * (1 - g)))

    assert ties.trust == pytest.approx(lasting(1.0, a.trust_gain))  # I29
    top = a.shared_top * (1 - a.differences * ties.together.mean(axis=1))
    assert ties.shared == pytest.approx(lasting(top, a.shared_gain), abs=1e-4)
    process = model.state[DecentralisedUH].process_competence[ties.uh_unit]
    before = mix_of(logics.start_market, logics.start_hierarchy)
    for o in range(0, len(owners), 10):  # I30
        assert ties.tailored[o] == pytest.approx(
            tailoring_called_for(ties.shared[o], before, P[Money]), abs=1e-4
        )
        competence = first_competence(owners, o)
        equal = equality_called_for(competence, process[o], ties.tailored[o], P[Forum].clarity_before, a)
        assert ties.equality[o] == pytest.approx(equal, abs=1e-4)
        for phase in range(ties.together.shape[1]):
            together = done_together(phase, ties.trust[o], ties.equality[o], near, a)
            assert ties.together[o, phase] == pytest.approx(together, abs=1e-4)
    voices = P[Voices]
    away = (
        1 - voices.table_brings * levers.leaders_at_table - voices.direct_brings * levers.direct_involvement
    )
    of_schools = model.state[DecentralisedSchools]
    assert of_schools.distance == pytest.approx(min(max(away, 0), 1))  # I31
    heard = levers.codetermination * schools.leadership / voices.usual_leadership
    assert of_schools.codetermination == pytest.approx(np.clip(heard, 0, 1))
    assert model.state[DecentralisedOwners].versed == pytest.approx(levers.direct_involvement * done)


def first_competence(owners: Municipalities, o: int) -> float:
    """Equation I16: an owner's competence before what earlier ways of funding taught it."""
    z = Streams(11, 3).at(0).normal("office of an owner", owners.id, per=2)[o, 1]
    k, r = owners.capacity_fte[o] / (owners.capacity_fte[o] + T.head_memory_fte), S.competence_size
    own = r * size(owners)[o] + np.sqrt(1 - r**2) * np.sqrt((1 - k) / (1 + k)) * z
    return float(np.clip(S.competence_mean + S.competence_sd * own, 0, 1))


def test_uh_units_have_people_for_themes_by_their_tradition(model: SchemeModel, draw: Draws) -> None:
    units, least = model.state[UHUnits], P[Themes].offered_least
    u = draw.uniform("themes of a UH unit", units.id, per=THEMES)
    chance = least + (1 - least) * units.tradition
    assert (model.state[DecentralisedUH].offers == (u < chance[:, None])).all()  # I31


def test_cohorts_are_in_school_already(schools: Schools, draw: Draws) -> None:
    begun = R.cohort_lasting_sd * draw.normal(
        "cohort of a school at the start", schools.id, per=GRADES
    )  # I28
    from_first = (schools.first_grade == 1)[:, None] & (schools.pupils > 0)
    assert schools.cohort[from_first] == pytest.approx(begun[from_first])
    luck = draw.normal("pupils of a cohort at the start", schools.id, per=GRADES)
    assert schools.pupils_luck[schools.pupils > 0] == pytest.approx(luck[schools.pupils > 0])


def test_climate_of_schools(model: SchemeModel, schools: Schools, draw: Draws) -> None:
    _, of_place = standing(model, draw)
    c, r = S.climate_within_share, S.climate_correlation
    common = draw.normal("climate of a school", schools.id)[:, None]
    each = draw.normal("lasting level of a school", schools.id, per=5)[:, 2:]
    own = np.sqrt(r) * common + np.sqrt(1 - r) * each
    climate = np.sqrt(1 - c) * of_place[schools.municipality][:, None] + np.sqrt(c) * own  # I20
    assert schools.climate == pytest.approx(centred(schools, climate))


def test_norms_and_teachers_around_them(
    schools: Schools, staff: Teachers, owners: Municipalities, draw: Draws
) -> None:
    s, r = S.practice_school_share, S.practice_climate
    inside = S.climate_within_share * (S.climate_correlation + (1 - S.climate_correlation) / 3)
    climate = schools.climate.mean(axis=1) / np.sqrt(1 - S.climate_within_share + inside)
    z = draw.normal("practice of a school", schools.id)
    norm = np.sqrt(s) * (r * climate + np.sqrt(1 - r**2) * z)  # I22
    # climate has been reckoned from the nation's mean pupil before
    assert schools.norm == pytest.approx(norm)
    m, gap = S.unqualified_mean, S.unqualified_gap
    u = draw.uniform("career of a teacher", staff.id, per=3)
    assert np.array_equal(staff.qualified, u[:, 2] >= owners.unqualified[schools.municipality][staff.school])
    own = np.sqrt(1 - s - gap**2 * m * (1 - m)) * draw.normal("practice of a teacher", staff.id)
    expected = schools.norm[staff.school] + gap * (m - ~staff.qualified) + own  # I23
    assert staff.baseline == pytest.approx(expected)
    new = staff.experience == staff.tenure
    lacks = C.novice_gap * 2 ** (-(staff.tenure + 0.5) / C.half_life) * new
    assert staff.practice == pytest.approx(staff.baseline - lacks)  # I24


def test_posts_are_held_as_turnover_leaves_them(
    staff: Teachers, schools: Schools, owners: Municipalities
) -> None:
    # I21: summed over holders, those who have come this summer are as many as leave with the chance of their kind.
    of_post = owners.centrality[schools.municipality][staff.school]
    exits = np.array([T.teacher_exit_central, T.teacher_exit_middle, T.teacher_exit_remote])
    base = exits[of_post] * (1 + T.fatigue_factor * P[Load].fatigue_base)
    factor = np.where(staff.experience <= T.early_years, T.early_factor, 1)
    factor = np.where(
        (T.settled_from <= staff.experience) & (staff.experience <= T.settled_to), T.settled_factor, factor
    )
    retires = np.where(staff.age >= T.retirement_from, T.retirement_chance, 0)
    retires = np.where(staff.age >= T.retirement_latest - 1, 1, retires)
    leaves = np.maximum(base * factor, retires)
    error = np.sqrt(leaves.mean() / len(staff))
    assert np.mean(staff.tenure == 0) == pytest.approx(leaves.mean(), abs=4 * error)
    assert np.average(schools.teacher_turnover, weights=schools.n_teachers) == pytest.approx(
        leaves.mean(), abs=4 * error
    )


def test_principals_and_their_communities(schools: Schools, owners: Municipalities, draw: Draws) -> None:
    z = draw.normal("leadership of a school", schools.id, per=2)
    leadership = np.clip(S.leadership_mean + S.leadership_sd * z[:, 0], 0, 1)
    assert schools.leadership == pytest.approx(leadership)  # I25
    remote = owners.centrality[schools.municipality] == Centrality.REMOTE
    exits = T.principal_exit * np.where(remote, T.principal_remote_factor, 1)
    u = draw.uniform("tenure of a principal", schools.id)
    tenure = np.minimum(np.floor(np.log(u) / np.log(1 - exits)), S.longest_tenure)
    assert schools.principal_tenure == pytest.approx(tenure)
    # I26: where the principal has sat for long, the community is what is called for, but for chance.
    called_for = (
        C.community_base
        + C.community_leadership * leadership
        - C.community_turnover * schools.teacher_turnover
    )
    long: Ints = np.flatnonzero(tenure >= 15)
    assert (schools.community - called_for)[long].mean() == pytest.approx(0, abs=0.01)
    assert np.corrcoef(schools.community[long], called_for[long])[0, 1] > 0.9
