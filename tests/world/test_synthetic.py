"""The synthetic country looks like Norway in what is published, and the same seed makes the same country."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.declared import REGISTRY
from sim.half_year import HalfYear, Season
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.parameters.society import Society
from sim.randomness import Streams
from sim.state import State
from sim.state.measurements import Measurements
from sim.state.places import Counties, Municipalities, Networks, Offices, UHUnits
from sim.state.schools import FIFTH_OWN, NUMERACY_OWN, Schools, Teachers, staff_mean
from sim.world.backgrounds import Pulls, mixed
from sim.world.careers import tenures
from sim.world.registers import Registers
from sim.world.school_map import poisson_like
from sim.world.staff import intake_sds, own_sds
from sim.world.synthetic import build

P = Parameters(REGISTRY, {})
SMALL = 0.1


def spring(year: int) -> HalfYear:
    return HalfYear.of(year, Season.SPRING)


def world(seed: int = 1, year: int = 2017, scale: float = SMALL, number: int = 0) -> State:
    return build(Streams(seed, number), P, spring(year), None, scale)


def schools_per_municipality(state: State) -> Floats:
    return np.bincount(state[Schools].municipality, minlength=len(state[Municipalities])).astype(float)


@pytest.fixture(scope="module")
def nation() -> State:
    return world(year=2017, scale=1.0)


@pytest.fixture(scope="module")
def nation_2024() -> State:
    return world(year=2024, scale=1.0)


@pytest.fixture(scope="module")
def small() -> State:
    return world()


def test_the_same_seed_makes_the_same_country() -> None:
    for one, other in zip(world(), world(), strict=True):
        for name, values in one.arrays().items():
            assert np.array_equal(values, getattr(other, name)), name


def test_another_world_is_another_country() -> None:
    assert not np.array_equal(world(number=0)[Schools].intake[:50], world(number=1)[Schools].intake[:50])


@pytest.mark.parametrize("year", [2017, 2020, 2024])
def test_every_column_lies_in_its_declared_range(year: int) -> None:
    assert world(year=year).breaches() == []


def test_the_nation_has_the_published_totals(nation: State) -> None:
    # Udir, GSI 2023-24: 637,051 pupils, and 249.6 in a public school; SSB: 70,000 teachers, 5,550,203 inhabitants
    assert len(nation[Schools]) == pytest.approx(637_051 / 249.6, abs=5)
    assert nation[Schools].pupils.sum() == pytest.approx(637_051, rel=0.01)
    assert nation[Schools].n_teachers.sum() == pytest.approx(70_000, rel=0.01)
    assert nation[Municipalities].population.sum() == 5_550_203


def test_each_county_has_its_published_inhabitants_and_municipalities(nation_2024: State) -> None:
    counties, owners = nation_2024[Counties], nation_2024[Municipalities]
    published = Registers.published()["counties"]
    assert np.bincount(owners.county, owners.population) == pytest.approx(published["population"])
    expected = published["municipalities"] + published["splits_2024"]
    assert np.bincount(owners.county).tolist() == expected.tolist()
    assert counties.name[counties.id == 3] == ["Oslo"]


def test_small_municipalities_are_about_as_many_as_published(nation_2024: State) -> None:
    small = nation_2024[Municipalities].population < 5000
    published = Registers.published()["counties"]["under_5000"]
    assert small.sum() == pytest.approx(published.sum(), abs=25)
    by_county = np.bincount(nation_2024[Municipalities].county, small)
    assert np.abs(by_county - published).mean() < 3
    population = nation_2024[Municipalities].population
    assert population[small].sum() / population.sum() == pytest.approx(0.073, abs=0.015)


def test_municipalities_inhabitants_follow_the_published_law(nation_2024: State) -> None:
    log = np.log(nation_2024[Municipalities].population)
    assert log.mean() == pytest.approx(8.66, abs=0.15)
    assert log.std() == pytest.approx(1.29, abs=0.12)


def test_school_counts_are_spread_as_in_2019(nation: State) -> None:
    # AFI-rapport 2021:09, 2.3, 373 municipalities: 0.19, 0.49, 0.27, 0.02, 0.03
    n = schools_per_municipality(nation)
    shares = [
        np.mean((n >= low) & (n <= high)) for low, high in [(1, 1), (2, 5), (6, 15), (16, 25), (26, 999)]
    ]
    # Forty worlds have 0.21, 0.46, 0.27, 0.04, 0.02 in the mean, SD 0.02 and less.
    assert shares == pytest.approx([0.19, 0.49, 0.27, 0.02, 0.03], abs=0.1)


def test_school_sizes_are_spread_as_published(nation: State) -> None:
    pupils = nation[Schools].pupils.sum(axis=1)
    shares = [np.mean(pupils < 100), np.mean((pupils >= 100) & (pupils < 300)), np.mean(pupils >= 300)]
    # Udir, public schools with grades 1-10 in the list of January 2026: 22, 42 and 36 %
    assert shares == pytest.approx([0.22, 0.416, 0.364], abs=0.03)
    assert pupils.mean() == pytest.approx(249.6, abs=3)


def test_no_combined_school_is_larger_than_the_largest_where_others_can_take_the_rest() -> None:
    def begun(largest: float) -> Schools:
        p = Parameters(REGISTRY, {"society.largest_combined": largest})
        return build(Streams(1), p, spring(2017), None, 1.0)[Schools]

    free, cut = begun(5000), begun(600)
    combined = (free.first_grade == 1) & (free.last_grade == 10)
    primary = free.last_grade == 7
    taken_over = np.isin(free.municipality, free.municipality[primary])
    over = combined & taken_over & (free.cohort_size > 60)
    assert over.sum() > 10
    assert np.array_equal(free.id, cut.id)
    assert cut.cohort_size[over] == pytest.approx(60)
    assert cut.cohort_size[combined & taken_over].max() == pytest.approx(60)
    # Who is in first grade, and in tenth, is as many in each municipality.
    for kind in (combined | primary, combined | (free.first_grade == 8)):
        places = [np.bincount(one.municipality[kind], one.cohort_size[kind]) for one in (free, cut)]
        assert places[1] == pytest.approx(places[0])
    untouched = ~np.isin(free.municipality, free.municipality[over])
    assert np.array_equal(cut.cohort_size[untouched], free.cohort_size[untouched])
    assert np.array_equal(cut.pupils[untouched], free.pupils[untouched])


def test_kinds_of_schools_are_mixed_as_published(nation: State) -> None:
    schools = nation[Schools]
    primary, lower = np.mean(schools.last_grade == 7), np.mean(schools.first_grade == 8)
    # The same list: 1,407, 472 and 535 of 2,414
    assert [primary, lower, 1 - primary - lower] == pytest.approx([0.583, 0.196, 0.222], abs=0.03)


def test_background_has_the_published_means(nation: State) -> None:
    owners = nation[Municipalities]
    assert owners.education_high.mean() == pytest.approx(0.25, abs=0.02)
    assert owners.education_low.mean() == pytest.approx(0.29, abs=0.02)
    assert owners.disability.mean() == pytest.approx(0.12, abs=0.01)
    assert owners.child_welfare.mean() == pytest.approx(32, abs=2)
    assert owners.free_income.mean() == pytest.approx(66_168, rel=0.03)


def test_results_follow_size_and_education(nation: State) -> None:
    schools, owners = nation[Schools], nation[Municipalities]
    n = schools_per_municipality(nation)
    level = np.bincount(schools.municipality, schools.intake) / n
    assert 0.1 < np.corrcoef(level, np.log(owners.population))[0, 1] < 0.5
    assert 0.2 < np.corrcoef(level, owners.education_high)[0, 1] < 0.7


def test_levels_of_schools_have_the_measured_spread(nation: State) -> None:
    schools = nation[Schools]
    level = schools.intake + schools.taught + schools.value_added
    level = level + schools.grade_level[:, FIFTH_OWN] + schools.grade_level[:, NUMERACY_OWN]
    # Declared is 1.9; one country has one Oslo, good or bad: forty worlds have 1.68 in the mean, SD 0.10.
    assert level.std() == pytest.approx(1.68, abs=0.4)
    # Half of its variance lies between municipalities, of which a few dozen own half of the schools: over worlds 0.06.
    assert schools.climate.std(axis=0) == pytest.approx([1, 1, 1], abs=0.25)
    assert np.average(schools.intake, weights=schools.pupils.sum(axis=1)) == pytest.approx(0, abs=1e-9)


def test_practice_has_mean_0_and_spread_1_over_the_nations_teachers(nation: State) -> None:
    staff = nation[Teachers]
    # Forty worlds have -0.025 in the mean, SD 0.009; and 1.002, SD 0.003.
    assert staff.practice.mean() == pytest.approx(0, abs=0.07)
    assert staff.practice.std() == pytest.approx(1, abs=0.02)
    assert staff.practice[staff.qualified].mean() - staff.practice[~staff.qualified].mean() > 0.3
    # only the newest stand below what they will settle at
    assert (staff.baseline >= staff.practice).all()
    assert 0.05 < (staff.baseline > staff.practice).mean() < 0.4


def test_staff_are_like_norways(nation: State) -> None:
    staff = nation[Teachers]
    assert np.mean(~staff.qualified) == pytest.approx(0.165, abs=0.02)
    assert staff.age.mean() == pytest.approx(43, abs=2)
    assert staff.experience.mean() == pytest.approx(15, abs=1.5)
    assert (staff.tenure <= staff.experience).all()


def test_the_north_has_weaker_results_and_lies_more_remote(nation: State) -> None:
    owners, schools = nation[Municipalities], nation[Schools]
    north = nation[Offices].north[nation[Counties].office[owners.county]]
    level = np.bincount(schools.municipality, schools.intake) / schools_per_municipality(nation)
    assert level[north].mean() < level[~north].mean()
    assert owners.centrality[north].mean() > owners.centrality[~north].mean()


def test_networks_are_of_the_guessed_number_and_lie_in_one_county(nation_2024: State) -> None:
    owners, networks = nation_2024[Municipalities], nation_2024[Networks]
    assert 45 <= len(networks) <= 75
    per_office = np.bincount(nation_2024[Counties].office[networks.county])
    assert per_office.min() >= 4
    assert per_office.max() <= 12
    assert np.array_equal(networks.county[owners.network], owners.county)
    members = np.bincount(owners.network, minlength=len(networks))
    assert members.min() == 1  # Oslo is alone
    assert np.sort(members)[1] >= 4
    assert members.max() <= 10


def test_uh_partners_belong_to_the_county(nation: State) -> None:
    owners, counties = nation[Municipalities], nation[Counties]
    sheet = Registers.published()["uh_units"]
    for row in range(len(owners)):
        assert counties.id[owners.county[row]] in sheet["counties"][owners.uh_unit[row]]
    assert 16 <= len(nation[UHUnits]) <= 20


def test_every_municipality_teaches_all_ten_grades(nation: State) -> None:
    schools = nation[Schools]
    for grade in range(1, 11):
        teaches = (schools.first_grade <= grade) & (grade <= schools.last_grade)
        assert np.isin(np.arange(len(nation[Municipalities])), schools.municipality[teaches]).all()


def test_a_municipalitys_only_school_has_all_ten_grades(nation: State) -> None:
    schools = nation[Schools]
    alone = schools_per_municipality(nation)[schools.municipality] == 1
    assert (schools.first_grade[alone] == 1).all()
    assert (schools.last_grade[alone] == 10).all()


def test_as_many_pupils_leave_primary_schools_as_lower_secondary_ones_take_where_there_are_any(
    nation: State,
) -> None:
    schools, n = nation[Schools], len(nation[Municipalities])
    primary, lower = schools.last_grade == 7, schools.first_grade == 8
    leave = np.bincount(schools.municipality[primary], schools.cohort_size[primary], n)
    taken = np.bincount(schools.municipality[lower], schools.cohort_size[lower], n)
    some = taken > 0
    assert taken[some] == pytest.approx(leave[some])
    # Elsewhere a combined school takes them in: all grades of a municipality are about as large (Poisson, and a pupil in a school
    # that would be empty).
    nobody = (leave > 0) & ~some
    assert nobody.any()
    begin, end = (np.bincount(schools.municipality, schools.pupils[:, g], n)[nobody] for g in (0, 9))
    assert end.sum() == pytest.approx(begin.sum(), abs=5 * np.sqrt(begin.sum() + end.sum()) + len(begin))


def test_pupils_are_only_in_grades_taught_and_every_school_has_some(small: State) -> None:
    schools = small[Schools]
    grade = np.arange(1, 11)
    outside = (grade < schools.first_grade[:, None]) | (grade > schools.last_grade[:, None])
    assert (schools.pupils[outside] == 0).all()
    assert (schools.pupils.sum(axis=1) > 0).all()


def test_teachers_are_sorted_by_school_and_fill_its_posts(small: State) -> None:
    staff, schools = small[Teachers], small[Schools]
    assert (np.diff(staff.school) >= 0).all()
    assert np.array_equal(np.bincount(staff.school[staff.held]), schools.n_teachers)
    assert np.array_equal(np.bincount(staff.school), schools.n_teachers + schools.spare)
    assert staff_mean(schools, staff, staff.practice) == pytest.approx(schools.practice)


def test_measurements_are_blank(small: State) -> None:
    assert not small[Measurements].value.any()
    assert len(small[Measurements]) == len(small[Schools])


def test_a_small_country_has_the_share_asked_for_in_each_county(small: State) -> None:
    whole = Registers.published()["counties"]
    unit = np.unique(world(year=2020)[Municipalities].county, return_counts=True)[1]
    expected = [max(1, round(SMALL * n)) for n in whole["municipalities"] if n > 1]
    assert unit.tolist() == expected
    assert "Oslo" not in small[Counties].name


def test_municipalities_of_a_small_country_are_those_of_the_whole(nation: State, small: State) -> None:
    row = np.searchsorted(nation[Municipalities].id, small[Municipalities].id)
    assert np.array_equal(nation[Municipalities].id[row], small[Municipalities].id)
    assert np.array_equal(nation[Municipalities].population[row], small[Municipalities].population)
    assert np.array_equal(nation[Municipalities].disability[row], small[Municipalities].disability)


def test_identities_are_unique_and_no_real_numbers(nation: State) -> None:
    kinds = (Municipalities, Schools, Teachers, Networks, UHUnits, Offices, Counties)
    for ids in [nation[kind].arrays()["id"] for kind in kinds]:
        assert len(np.unique(ids)) == len(ids)
    assert nation[Municipalities].id.min() > 100_000  # no kommunenummer, which have four digits
    assert nation[Schools].id.min() > 999_999_999  # no orgnr, which have nine


def test_a_trait_mixes_its_cause_and_luck() -> None:
    # 0.6 of the cause and 0.8 of luck: squares add up to 1
    assert mixed(np.array([1.0, -2.0]), np.array([0.0, 1.0]), 0.6) == pytest.approx([0.6, -0.4])


def test_half_have_left_after_the_half_life_of_a_post() -> None:
    # with 0.2 leaving a year: 0.8 ** 3 = 0.512 and 0.8 ** 4 = 0.41 are still there
    assert tenures(np.array([0.5, 0.6, 1e-9]), 0.2, 30).tolist() == [3, 2, 30]


def test_whole_numbers_of_pupils_keep_their_mean_and_spread() -> None:
    z = np.linspace(-3, 3, 601)
    weight = np.exp(-(z**2) / 2) / np.exp(-(z**2) / 2).sum()
    counts = poisson_like(np.full(601, 20.0), z)
    mean = weight @ counts
    assert mean == pytest.approx(20, abs=0.1)
    assert weight @ (counts - mean) ** 2 == pytest.approx(20, rel=0.05)
    assert poisson_like(np.zeros(1), np.array([3.0])).tolist() == [0]


SPREAD = {
    "society.school_permanent_sd": 2.0, "society.within_municipality_share": 0.78, "society.practice_school_share": 0.15,
    "results.practice_to_pupils": 0.2, "results.value_added_sd": 0.8, "results.drift_sd": 0.2, "results.drift_persistence": 0.96,
}  # fmt: skip


def test_intake_has_the_spread_that_teaching_and_luck_leave() -> None:
    # 2 ** 2 = 4; inside 0.78 of it = 3.12; staff rooms of ten differ in practice by 0.15 + 0.85 / 10 = 0.235, which gives
    # (10 * 0.2) ** 2 * 0.235 = 0.94; what comes and goes 0.8 ** 2 = 0.64; what has drifted 0.1 ** 2 / (1 - 0.96 ** 2) = 0.13
    p = Parameters(
        REGISTRY,
        {**SPREAD, "results.drift_sd": 0.1, "society.segregation": 0.5, "society.segregated_size": np.log(4)},
    )
    between, shared, own = intake_sds(p[Society], p[Results], np.array([10, 1]), np.zeros(2))
    assert between == pytest.approx(np.sqrt(4 * 0.22))
    # Where size is 0, exp(2 x 0.5 x -log 4), a quarter, of the 3.12 is the districts', 2.34 are left; where one person works,
    # practice alone would give 4 points: a tenth of what lies inside the municipality is left to the place.
    assert shared == pytest.approx(np.sqrt([0.78, 0.78]))
    assert own == pytest.approx(np.sqrt([2.34 - 0.94 - 0.64 - 0.01 / 0.0784, 0.312]))


def test_districts_differ_more_where_a_municipality_is_large() -> None:
    p = Parameters(REGISTRY, {**SPREAD, "society.segregation": 0.2, "society.segregated_size": 2.0})
    _, shared, _ = intake_sds(p[Society], p[Results], np.full(3, 1_000_000), np.array([1.0, 2.0, 3.0]))
    # At that size districts differ by all of 0.78 x 4; an SD of log persons makes exp(2 x 0.2) of the variance.
    assert shared**2 == pytest.approx(3.12 * np.exp([-0.4, 0.0, 0.4]))


def test_a_trait_of_two_causes_correlates_with_both_as_told() -> None:
    # 0.6 with one, 0.5 with the other, which go together by 0.5: (0.6 - 0.25) / 0.75 and (0.5 - 0.3) / 0.75; of the variance
    # 0.4667 x 0.6 + 0.2667 x 0.5 = 0.4133 is explained.
    pulls = Pulls.of(0.6, 0.5, 0.5)
    assert (pulls.first, pulls.second) == pytest.approx((0.46667, 0.26667), abs=1e-4)
    assert pulls.luck == pytest.approx(np.sqrt(1 - 0.41333), abs=1e-4)
    # Causes that leave nothing to luck
    assert Pulls.of(0.9, 0.9, 0.0).luck == 0


def test_hardship_has_a_path_of_its_own_only_beyond_education_s_share_in_it() -> None:
    # Results go with education by 0.7, which goes with little hardship by 0.5: 0.35 of hardship is education's; 0.55 leaves
    # (0.55 - 0.35) / 0.75 = 0.267 for hardship itself.
    assert Pulls.of(0.7, 0.35, 0.5).second == pytest.approx(0)
    assert Pulls.of(0.7, 0.55, 0.5).second == pytest.approx(0.2667, abs=1e-4)


def test_a_county_that_lies_farther_behind_moves_its_schools_and_hardly_anybody_else() -> None:
    # One SD between municipalities is sqrt(3.61 x 0.23) = 0.911 points. What the gap adds to the spread between municipalities is
    # taken from the rest, and the nation's mean pupil moves by Finnmark's 1.4 % of inhabitants.
    given = {"society.school_permanent_sd": 1.9, "society.within_municipality_share": 0.77}
    homes = []
    for gap in (0.2, 1.2):
        p = Parameters(REGISTRY, {**given, "society.north_gap_finnmark": gap})
        state = build(Streams(1, 0), p, spring(2017), None, 1.0)
        homes.append(state[Schools].home)
        finnmark = (state[Counties].id[state[Municipalities].county] == 56)[state[Schools].municipality]
    moved = homes[1] - homes[0]
    assert moved[finnmark].mean() == pytest.approx(-0.911, rel=0.1)
    assert abs(moved[~finnmark]).mean() < 0.05


def test_grades_leaving_points_and_subjects_have_their_shares_of_the_lasting_level() -> None:
    p = Parameters(
        REGISTRY,
        {
            "society.tests_own_share": 0.2,
            "society.subject_share": 0.1,
            "society.leaving_points_own_share": 0.5,
        },
    )
    # The common part has 0.7 of the variance, and leaving points as much again of their own.
    assert own_sds(p[Society]) == pytest.approx(np.sqrt([0.2, 0.2, 0.7, 0.1]))


def test_leaving_points_go_less_with_size_than_tests() -> None:
    plain, lower = (
        build(
            Streams(1), Parameters(REGISTRY, {"society.leaving_points_size": by}), spring(2017), None, SMALL
        )
        for by in (0.0, 1.0)
    )
    schools, owners = plain[Schools], plain[Municipalities]
    size = np.log(owners.population[schools.municipality]) / P[Society].population_log_sd
    less = schools.grade_level - lower[Schools].grade_level
    # A scale point for each SD of log inhabitants, reckoned from the nation's mean pupil; tests are as they were.
    assert less[:, 2] - less[:, 2].mean() == pytest.approx(size - size.mean())
    assert less[:, [0, 1, 3]] == pytest.approx(0)
