"""422 municipalities become 356 in 2020 and 357 in 2024, and nobody is lost on the way."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Bools, Floats, Ints
from sim.declared import REGISTRY
from sim.half_year import HalfYear, Season
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.mergers import rule, shares
from sim.randomness import Streams
from sim.state import Merger, State, Table, column
from sim.state.borders import (
    Borders,
    SchoolOrigins,
    distinct,
    in_force,
    merging_within_a_year,
    present,
)
from sim.state.places import Counties, Municipalities, Networks
from sim.state.schools import Schools, Teachers
from sim.world.synthetic import build

P = Parameters(REGISTRY, {})


class Ledger(Table, per="municipalities"):
    """Columns of every kind, as a scheme may hang them on municipalities."""

    money: Floats = column(unit="NOK", meaning="spent", merger=Merger.SUM)
    cases: Ints = column(np.int64, unit="cases", meaning="counted", merger=Merger.SUM)
    rate: Floats = column(unit="share", meaning="a rate")
    flag: Bools = column(np.bool_, unit="yes/no", meaning="a mark", merger=Merger.ANY)


class Letters(Table, entity="letters"):
    """Rows of their own that point to municipalities."""

    receiver: Ints = column(np.int64, unit="row", meaning="receiver", refers="municipalities")


def nation(year: int) -> State:
    return build(Streams(1), P, HalfYear.of(year, Season.SPRING))


def at(state: State, year: int, season: Season = Season.SPRING) -> State:
    state.now = HalfYear.of(year, season)
    rule(state, P, Streams(1).at(state.now.index))
    return state


def with_ledger(state: State) -> State:
    n = len(state[Municipalities])
    state[Ledger] = Ledger(
        money=np.arange(n) * np.float64(1000.5),
        cases=np.arange(n),
        rate=np.linspace(0, 1, n),
        flag=np.arange(n) % 7 == 0,
    )
    state[Letters] = Letters(receiver=np.r_[np.arange(n), -1])
    return state


def owner_ids(state: State) -> Ints:
    return state[Municipalities].id[state[Schools].municipality]


def totals(state: State) -> list[float]:
    return [
        state[Municipalities].population.sum(),
        state[Schools].pupils.sum(),
        len(state[Teachers]),
        state[Schools].n_teachers.sum(),
    ]


def split_state() -> tuple[State, State, int, int]:
    """Just before and after 2024, the divided municipality and the new one."""
    before = with_ledger(nation(2020))
    after = at(before.copy(), 2024)
    new = int(np.setdiff1d(after[Municipalities].id, before[Municipalities].id)[0])
    borders = after[Borders]
    return before, after, int(borders.from_2020[borders.from_2024 == new][0]), new


@pytest.mark.parametrize("numbers", [[], [301], [5, 3, 5, 5, 1, 3], [2, 2]])
def test_numbers_are_told_once_and_in_order(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))


@pytest.mark.parametrize(
    ("year", "n"), [(2017, 422), (2019, 422), (2020, 356), (2023, 356), (2024, 357), (2030, 357)]
)
def test_a_world_starts_with_the_municipalities_of_its_year(year: int, n: int) -> None:
    state = nation(year)
    assert len(state[Municipalities]) == n
    assert np.array_equal(present(state), in_force(state[Borders], year))


def test_109_municipalities_become_43_in_2020() -> None:
    borders = nation(2017)[Borders]
    changed = borders.until_2019 != borders.from_2020
    assert changed.sum() == 109
    assert len(np.unique(borders.from_2020[changed])) == 43


def test_one_leaves_another_in_more_og_romsdal_in_2024() -> None:
    borders = nation(2017)[Borders]
    (piece,) = np.flatnonzero(borders.from_2024 != borders.from_2020)
    assert borders.from_2024[piece] // 1000 == 115  # 100,000 and the county's number
    assert np.count_nonzero(borders.from_2020 == borders.from_2020[piece]) == 5  # as Ålesund was made of five


def test_a_number_is_never_used_again_for_another() -> None:
    borders = nation(2017)[Borders]
    old, middle, new = (
        set(ids.tolist()) for ids in (borders.until_2019, borders.from_2020, borders.from_2024)
    )
    made_2020, made_2024 = middle - old, new - middle
    assert len(made_2020) == 43
    assert len(made_2024) == 1
    assert not made_2024 & old
    for number in middle & old:
        assert borders.from_2020[borders.until_2019 == number].tolist() == [number]


def test_mergers_happen_in_spring_2020_only() -> None:
    state = nation(2017)
    for year, season in [(2018, Season.SPRING), (2019, Season.AUTUMN)]:
        assert len(at(state, year, season)[Municipalities]) == 422
    assert len(at(state, 2020)[Municipalities]) == 356
    assert len(at(state, 2021)[Municipalities]) == 356
    assert len(at(state, 2024)[Municipalities]) == 357


def test_people_pupils_and_posts_are_conserved() -> None:
    state = nation(2017)
    before = totals(state)
    assert totals(at(state, 2020)) == pytest.approx(before)
    assert totals(at(state, 2024)) == pytest.approx(before)
    assert state.breaches() == []


def test_schools_follow_their_piece_of_the_country() -> None:
    state = nation(2017)
    for year in (2020, 2024):
        at(state, year)
        assert np.array_equal(owner_ids(state), in_force(state[Borders], year)[state[SchoolOrigins].piece])


def test_a_county_and_its_network_keep_their_municipalities() -> None:
    state = at(nation(2017), 2020)
    owners = state[Municipalities]
    assert np.array_equal(state[Counties].id[owners.county], (owners.id - 100_000) // 1000)
    assert np.array_equal(state[Networks].county[owners.network], owners.county)
    assert np.bincount(owners.network, minlength=len(state[Networks])).min() >= 1


def test_sums_are_added_rates_averaged_and_marks_kept_in_a_merger() -> None:
    before = with_ledger(nation(2017))
    after = at(before.copy(), 2020)
    made = int(np.setdiff1d(after[Municipalities].id, before[Municipalities].id)[0])
    parts = np.flatnonzero(in_force(before[Borders], 2020) == made)  # pieces are the rows of 2019
    (row,) = np.flatnonzero(after[Municipalities].id == made)
    pupils = np.bincount(before[Schools].municipality, before[Schools].pupils.sum(axis=1))[parts]
    assert after[Ledger].money[row] == pytest.approx(before[Ledger].money[parts].sum())
    assert after[Ledger].cases[row] == before[Ledger].cases[parts].sum()
    assert after[Ledger].rate[row] == pytest.approx(np.average(before[Ledger].rate[parts], weights=pupils))
    assert after[Ledger].flag[row] == before[Ledger].flag[parts].any()


def test_references_follow_into_the_new_municipality() -> None:
    before = with_ledger(nation(2017))
    after = at(before.copy(), 2020)
    heirs = dict(zip(before[Borders].until_2019.tolist(), before[Borders].from_2020.tolist(), strict=True))
    expected = [heirs[int(number)] for number in before[Municipalities].id]
    assert after[Municipalities].id[after[Letters].receiver[:-1]].tolist() == expected
    assert after[Letters].receiver[-1] == -1


def test_a_split_shares_out_sums_by_pupils_and_copies_the_rest() -> None:
    before, after, parent, new = split_state()
    (old_row,) = np.flatnonzero(before[Municipalities].id == parent)
    rows = np.searchsorted(after[Municipalities].id, [parent, new])
    pupils = np.bincount(after[Schools].municipality, after[Schools].pupils.sum(axis=1))[rows]
    assert after[Ledger].money[rows] == pytest.approx(before[Ledger].money[old_row] * pupils / pupils.sum())
    assert after[Ledger].cases[rows].sum() == before[Ledger].cases[old_row]
    assert (after[Ledger].rate[rows] == before[Ledger].rate[old_row]).all()
    assert (pupils > 0).all()


def test_a_part_without_pupils_is_lived_in_all_the_same() -> None:
    before, _, parent, new = split_state()
    leaving = in_force(before[Borders], 2024)[before[SchoolOrigins].piece] == new
    before[Schools].pupils[leaving] = 0
    owners = at(before.copy(), 2024)[Municipalities]
    old = before[Municipalities].population[before[Municipalities].id == parent][0]
    others = (
        before[Schools].pupils[in_force(before[Borders], 2024)[before[SchoolOrigins].piece] == parent].sum()
    )
    (row,) = np.flatnonzero(owners.id == new)
    assert owners.population[row] == pytest.approx(old / (others + 1))  # as many as one pupil stands for
    assert owners.capacity_fte[row] > 0


def test_the_larger_part_keeps_number_and_references_after_a_split() -> None:
    before, after, parent, _ = split_state()
    (row,) = np.flatnonzero(before[Municipalities].id == parent)
    assert after[Municipalities].id[after[Letters].receiver[row]] == parent


def test_shares_of_what_is_divided_are_by_pupils() -> None:
    # two parts of a whole with 100 pupils, one that stands alone, one of two parts without any pupils
    found = shares(
        np.array([75.0, 25.0, 0.0, 0.0]),
        np.array([100.0, 100.0, 0.0, 0.0]),
        np.array([False, False, True, False]),
    )
    assert found.tolist() == [0.75, 0.25, 1.0, 0.0]


def test_borders_change_in_a_small_country_too() -> None:
    state = build(Streams(2), P, HalfYear.of(2019, Season.AUTUMN), None, 0.3)
    before, n = totals(state), len(state[Municipalities])
    assert len(at(state, 2020)[Municipalities]) < n
    assert totals(at(state, 2024)) == pytest.approx(before)


def test_municipalities_that_become_one_need_a_new_head_and_lose_what_was_each_one_s_own() -> None:
    before = nation(2019)
    before[Municipalities].competence[:], before[Municipalities].head_tenure[:] = 0.5, 6
    after = at(before.copy(), 2020)
    owners, borders = after[Municipalities], after[Borders]
    made = np.array([(borders.from_2020 == number).sum() > 1 for number in owners.id])
    assert made.sum() == 43
    assert owners.competence[made] == pytest.approx(0.5 * (1 - P[Turnover].merger_shakes))
    assert owners.head_tenure[made].tolist() == [0] * 43
    assert owners.competence[~made] == pytest.approx(0.5)
    divided = after.copy()
    divided[Municipalities].head_tenure[:] = 6
    assert (
        at(divided, 2024)[Municipalities].head_tenure == 6
    ).all()  # who leaves takes nothing from the other


def test_the_year_before_it_is_known_who_will_merge() -> None:
    state = nation(2019)
    assert merging_within_a_year(state).sum() == 109
    state.now = HalfYear.of(2018, Season.SPRING)
    assert not merging_within_a_year(state).any()
    state = at(state, 2020)
    assert not merging_within_a_year(state).any()
    state.now = HalfYear.of(2023, Season.SPRING)
    assert merging_within_a_year(state).sum() == 1  # the one that will be divided
