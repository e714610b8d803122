"""Pupils move up a grade, change school where theirs ends, and nobody gets lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Ints
from sim.processes.grouping import shared_out
from sim.processes.pupils import begin, rise
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools
from tests.small_world import Dice, filled, luck, parameters, small_world


def test_everybody_moves_up_and_the_last_grade_of_primary_goes_on_to_lower_secondary() -> None:
    state = small_world()
    schools = state[Schools]
    schools.pupils[0, :7] = [11, 12, 13, 14, 15, 16, 17]  # grades 1-7
    schools.pupils[1, 7:] = [21, 22, 23]  # grades 8-10
    schools.pupils[2] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    begin(state, parameters(), Dice())
    # First grade: the middle of a Poisson of mean 20 and of mean 10 is 20 and 10.
    assert schools.pupils.tolist() == [
        [20, 11, 12, 13, 14, 15, 16, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 17, 21, 22],
        [10, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ]


def test_the_first_grade_is_drawn_around_the_school_s_usual_size() -> None:
    state = small_world()
    # Mean 20, z = 1.6449 at u = 0.95: 20 + sqrt(20) x 1.6449 + (1.6449^2 - 1) / 6 = 27.64, rounded 28
    begin(state, parameters(), Dice({"pupils begin school": {100: 0.95, 101: 0.95}}))
    assert state[Schools].pupils[:, 0].tolist() == [28, 0, 10]


def promoted(
    pupils: Ints, begins: int, first: Ints, last: Ints, cohort: list[float], owner: Ints, n_owners: int
) -> Ints:
    """Pupils a year later, when so many begin in each school that has a first grade."""
    state = small_world()
    columns = {"first_grade": first, "last_grade": last, "cohort_size": cohort, "municipality": owner}
    state[Schools] = filled(Schools, len(first), id=np.arange(len(first)), pupils=pupils, **columns)
    state[Municipalities] = Municipalities.blank(n_owners)
    nothing = np.zeros(len(first))
    parting = Dice().luck("pupils go on to another school")
    rise(state[Schools], state[Municipalities], np.where(first == 1, begins, 0), nothing, nothing, parting)
    return state[Schools].pupils


def test_two_lower_secondary_schools_share_by_their_usual_size() -> None:
    # 23 and 17 pupils finish two primary schools; the two that take 8th grade usually have 29 and 9 in a grade, so they
    # share as 30 to 10.
    pupils = np.zeros((4, GRADES), dtype=np.int64)
    pupils[0, 6], pupils[1, 6] = 23, 17
    first, last = np.array([1, 1, 8, 8]), np.array([7, 7, 10, 10])
    after = promoted(pupils, 0, first, last, [20, 20, 29, 9], np.zeros(4, int), 1)
    assert after[:, 7].tolist() == [0, 0, 30, 10]
    assert after.sum() == 40


def test_where_no_school_begins_at_the_grade_those_that_teach_it_take_the_pupils() -> None:
    # School 0 ends with 4th grade; nobody begins with 5th, but school 1 teaches it.
    pupils = np.zeros((3, GRADES), dtype=np.int64)
    pupils[0, 3] = 12
    first, last = np.array([1, 1, 8]), np.array([4, 7, 10])
    after = promoted(pupils, 0, first, last, [10, 10, 10], np.zeros(3, int), 1)
    assert after[:, 4].tolist() == [0, 12, 0]


def test_pupils_stay_in_their_municipality() -> None:
    pupils = np.zeros((4, GRADES), dtype=np.int64)
    pupils[0, 6], pupils[2, 6] = 10, 20
    first, last = np.array([1, 8, 1, 8]), np.array([7, 10, 7, 10])
    owner = np.array([0, 0, 1, 1])
    after = promoted(pupils, 0, first, last, [10] * 4, owner, 2)
    assert after[:, 7].tolist() == [0, 10, 0, 20]


def gathered(last: list[int], dice: Dice, cohort_size: list[float]) -> Schools:
    """The lower-secondary schools' columns after 16 pupils of one primary school and 9 of another have come to them.

    What the first have in common is 1, the second -1; their luck is 1 and 2.
    """
    n = 2 + len(last)
    state = small_world()
    state[Municipalities] = Municipalities.blank(1)
    state[Schools] = filled(
        Schools, n, id=np.arange(n), first_grade=[1, 1, *[8] * len(last)], last_grade=[7, 7, *last],
        cohort_size=[20, 20, *cohort_size], pupils=0,
    )  # fmt: skip
    schools = state[Schools]
    schools.pupils[:2, 6], schools.cohort[:2, 6], schools.pupils_luck[:2, 6] = [16, 9], [1, -1], [1, 2]
    begin(state, parameters(), dice)
    assert not schools.cohort[:2, 6:].any()
    return schools


def test_cohorts_that_come_together_are_averaged_and_their_luck_adds_up() -> None:
    dice = Dice(
        {"pupils go on to another school": {2: [0.9] * GRADES}}
    )  # one school takes all: there is nothing to part
    schools = gathered([10], dice, [20])
    assert schools.pupils[2, 7] == 25
    assert schools.cohort[2, 7] == pytest.approx((16 - 9) / 25)
    # Sixteen pupils' luck of 1 and nine pupils' luck of 2: (4 x 1 + 3 x 2) / 5 = 2
    assert schools.pupils_luck[2, 7] == pytest.approx(2)


def test_schools_that_share_a_pool_part_its_luck() -> None:
    # They share as 16 to 9. Who comes to the first is one SD of luck: of the pool's 10 four are taken off and shared, so
    # 4 x 6 / 25 + 1 = 1.96 and 3 x 6 / 25 = 0.72; together 4 x 1.96 + 3 x 0.72 is 10 again.
    dice = Dice({"pupils go on to another school": {2: [0.8413447] * GRADES}})
    schools = gathered([10, 10], dice, [15, 8])
    assert schools.pupils[2:, 7].tolist() == [16, 9]
    assert schools.pupils_luck[2:, 7] == pytest.approx([1.96, 0.72], abs=1e-5)
    assert schools.cohort[2:, 7] == pytest.approx([7 / 25, 7 / 25])


def test_a_cohort_takes_its_luck_up_with_it_and_a_new_one_gets_its_own() -> None:
    state = small_world()
    schools = state[Schools]
    schools.cohort[2], schools.pupils_luck[2] = np.arange(10), -np.arange(10)
    begin(state, parameters(), Dice({"cohort of a school": {102: [0.8413447, 0.0227501]}}))
    assert schools.cohort[2] == pytest.approx([0.75, *range(9)], abs=1e-5)
    assert schools.pupils_luck[2] == pytest.approx([-2, *(-k for k in range(9))], abs=1e-5)
    assert not schools.cohort[1].any()  # nobody begins in a lower secondary school


def test_whole_numbers_are_shared_out_by_weight() -> None:
    # 7 in thirds: up to 2.33, 4.67, 7, rounded 2, 5, 7; 10 as 3 to 1: up to 7.5, rounded 8, then 10
    group = np.array([0, 1, 0, 0, 1])
    weight = np.array([1.0, 3.0, 1.0, 1.0, 1.0])
    assert shared_out(np.array([7, 10]), weight, group).tolist() == [2, 8, 3, 2, 2]


def test_nothing_is_shared_among_nobody() -> None:
    assert shared_out(np.array([0, 0]), np.array([]), np.array([], dtype=np.int64)).tolist() == []


def test_a_group_with_tiny_weights_shares_as_exactly_as_others() -> None:
    # Forty schools of which none begins at the grade, after a country of large ones: 4000 pupils, a hundred each.
    weight = np.r_[np.full(5000, 60.0), np.full(40, 2e-8)]
    group = np.r_[np.repeat(np.arange(250), 20), np.full(40, 250)]
    whole = np.r_[np.zeros(250, dtype=np.int64), 4000]
    assert shared_out(whole, weight, group)[-40:].tolist() == [100] * 40


@given(st.data())
def test_sharing_out_loses_nobody_and_gives_nobody_less_than_nothing(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 15))
    group = np.array(data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    scale = st.sampled_from([0.0, 1e-9, 1.0, 1e3])
    weight = np.array(data.draw(st.lists(st.tuples(scale, st.floats(1, 60)), min_size=n, max_size=n))).prod(1)
    total = np.bincount(group, weight, 4)
    wanted = np.array(data.draw(st.lists(st.integers(0, 5000), min_size=4, max_size=4)))
    whole = np.where(total > 0, wanted, 0)
    share = shared_out(whole, weight, group)
    assert np.array_equal(np.bincount(group, share, 4), whole)
    assert share.min() >= 0
    fair = whole[group] * weight / np.where(total > 0, total, 1)[group]
    assert np.abs(share - fair).max() <= 1 + 1e-6
    assert not share[weight == 0].any()


@st.composite
def school_maps(draw: st.DrawFn) -> tuple[Ints, Ints, Ints, Ints]:
    """Schools of random grade spans in three municipalities: first grade, last grade, municipality, pupils."""
    n = draw(st.integers(1, 9))
    spans = draw(
        st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)).map(sorted), min_size=n, max_size=n)
    )
    first, last = np.array(spans).T
    owner = np.array(draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)))
    pupils = np.array(
        draw(st.lists(st.lists(st.integers(0, 90), min_size=10, max_size=10), min_size=n, max_size=n))
    )
    grade = np.arange(1, GRADES + 1)
    taught = (grade >= first[:, None]) & (grade <= last[:, None])
    return first, last, owner, np.where(taught, pupils, 0)


@given(school_maps())
def test_pupils_are_conserved_by_municipality_whatever_the_schools_grades(
    given_map: tuple[Ints, Ints, Ints, Ints],
) -> None:
    first, last, owner, pupils = given_map
    after = promoted(pupils, 7, first, last, [5] * len(first), owner, 3)
    assert after.min() >= 0
    for row in range(3):
        mine = owner == row
        before_by_grade, after_by_grade = pupils[mine].sum(axis=0), after[mine].sum(axis=0)
        assert after_by_grade[1:].tolist() == before_by_grade[:-1].tolist()
        assert after_by_grade[0] == 7 * (first[mine] == 1).sum()


@given(school_maps())
def test_nobody_sits_in_a_school_that_does_not_teach_the_grade_if_another_one_does(
    given_map: tuple[Ints, Ints, Ints, Ints],
) -> None:
    first, last, owner, pupils = given_map
    after = promoted(pupils, 7, first, last, [5] * len(first), owner, 3)
    for grade in range(1, GRADES + 1):
        teaches = (first <= grade) & (grade <= last)
        for row in range(3):
            if teaches[owner == row].any():
                assert not after[(owner == row) & ~teaches, grade - 1].any()


def test_a_country_keeps_its_size_in_the_long_run() -> None:
    state = small_world()
    sizes = []
    for _ in range(120):
        begin(state, parameters(), luck(state))
        sizes.append(state[Schools].pupils.sum())
        state.now = state.now.next().next()
    # In a steady year 20 x 10 + 10 x 10 = 300 pupils; ten cohorts of Poisson 30 each have SD sqrt(300) = 17.3, and over
    # 120 years about twelve independent tens of cohorts stand behind the mean: 5 standard errors are 5 x 17.3 / sqrt(12).
    assert np.mean(sizes) == pytest.approx(300, abs=25)
    assert state.breaches() == []


@given(
    whole=st.integers(0, 10**9),
    weight=st.lists(st.floats(0, 1e6), min_size=1, max_size=30).filter(lambda w: sum(w) > 1e-3),
)
def test_one_group_alone_is_shared_out_as_one_among_several(whole: int, weight: list[float]) -> None:
    own, everyone = np.array(weight), np.zeros(len(weight), dtype=np.int64)
    alone = shared_out(np.array([whole]), own, everyone)
    among = shared_out(np.array([whole, 0]), own, everyone)
    assert alone.tolist() == among.tolist()
    assert alone.sum() == whole
