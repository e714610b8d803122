"""Lower secondary schools and the primary schools whose pupils they take."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.half_year import HalfYear, Season
from sim.parameters.registry import Parameters
from sim.randomness import Streams
from sim.state.schools import GRADES, Schools
from sim.world.districts import come_together, districts
from sim.world.synthetic import build
from tests.small_world import filled

DRAW = Streams(4).at(0)
Z = 4.89  # standard errors that pure luck exceeds once in a million


def a_town(**columns: object) -> Schools:
    """Two lower secondary schools of 60 and 40, primary ones of 20, 40, 20 and 20, a combined one; beside it a village school."""
    return filled(
        Schools, 8, id=np.arange(8), municipality=np.array([0, 0, 0, 0, 0, 0, 0, 1]),
        first_grade=np.array([1, 8, 8, 1, 1, 1, 1, 1]), last_grade=np.array([10, 10, 10, 7, 7, 7, 7, 7]),
        cohort_size=np.array([30, 60, 40, 20, 40, 20, 20, 5]), **columns,
    )  # fmt: skip


def a_city(n_takes: int = 8, n_feeds: int = 24) -> Schools:
    """Lower secondary schools of 40, 50, 60, ... and primary ones of 30."""
    n = n_takes + n_feeds
    takes = np.arange(n) < n_takes
    return filled(
        Schools, n, id=900_000_000 + 7919 * np.arange(n), municipality=np.zeros(n, dtype=np.int64),
        first_grade=np.where(takes, 8, 1), last_grade=np.where(takes, 10, 7),
        cohort_size=np.where(takes, 40.0 + 10 * np.arange(n), 30.0),
    )  # fmt: skip


def by_identity(schools: Schools) -> dict[int, int]:
    """Identity of the school whose district each one lies in."""
    return dict(zip(schools.id.tolist(), schools.id[districts(DRAW, schools)].tolist(), strict=True))


def test_primary_schools_lie_in_a_district_of_their_municipality_and_the_others_in_their_own() -> None:
    found = districts(DRAW, a_town())
    assert found[[0, 1, 2, 7]].tolist() == [0, 1, 2, 7]
    assert set(found[3:7].tolist()) <= {1, 2}


def test_a_school_joins_the_one_that_comes_first_in_a_race_at_the_pace_of_sizes() -> None:
    luck, town = DRAW.luck("district of a school"), a_town()
    for school in range(3, 7):
        first = -np.log(luck.uniform(school, 1)) / 60 < -np.log(luck.uniform(school, 2)) / 40
        assert districts(DRAW, town)[school] == (1 if first else 2)


def test_schools_are_taken_over_from_in_proportion_to_size() -> None:
    n = 20_000
    city = a_city(n_takes=4, n_feeds=n)  # of 40, 50, 60 and 70 in a grade
    share = np.bincount(districts(DRAW, city)[4:]) / n
    expected = np.array([40, 50, 60, 70]) / 220
    assert share == pytest.approx(expected, abs=Z * np.sqrt(0.25 / n))


def test_what_closes_moves_only_those_that_it_took_and_what_opens_only_those_that_it_takes() -> None:
    city = a_city()
    there = by_identity(city)
    takers = set(there.values())
    for row, gone in enumerate(city.id.tolist()):
        left = by_identity(city.take(np.delete(np.arange(len(city)), row)))
        moved = {identity for identity in left if left[identity] != there[identity]}
        assert moved == {identity for identity, taker in there.items() if taker == gone} - {gone}
        assert {left[identity] for identity in moved} <= takers


def test_a_school_that_grows_wins_some_and_loses_none() -> None:
    city = a_city(n_feeds=400)
    before = districts(DRAW, city)
    city.cohort_size[3] *= 2
    after = districts(DRAW, city)
    moved = before != after
    assert moved.any()
    assert set(after[moved].tolist()) == {3}


def test_rows_in_another_order_are_the_same_districts() -> None:
    order = np.array([7, 3, 6, 2, 0, 5, 1, 4])
    town = a_town()
    assert by_identity(town.take(order)) == by_identity(town)


def test_a_school_for_the_middle_grades_goes_on_too_and_takes_nobody_over() -> None:
    town = a_town()
    town.first_grade[4] = 5
    found = districts(DRAW, town)
    assert 4 not in found.tolist()


def test_how_well_districts_fit_sizes_is_what_the_docs_say() -> None:
    """Over 4 countries of some 370 schools that take over beside others; docs/model.md, initialisation."""
    nobody, takers, elsewhere, pupils = 0, 0, 0.0, 0.0
    for world in range(4):
        streams = Streams(5, world)
        schools = build(streams, Parameters(REGISTRY, {}), HalfYear.of(2021, Season.SPRING))[Schools]
        district, size, n = districts(streams.at(0), schools), schools.cohort_size, len(schools)
        owner, n_owners = schools.municipality, int(schools.municipality.max()) + 1
        takes, feeds = schools.first_grade > 1, schools.last_grade < GRADES
        several = np.bincount(owner, takes, n_owners)[owner] > 1
        load = np.bincount(district[feeds], size[feeds], n)
        room, all_there = (np.bincount(owner, size * of, n_owners)[owner] for of in (takes, feeds))
        here = takes & several
        fitting = (size * all_there)[here] / room[here]
        nobody, takers = nobody + int((load[here] == 0).sum()), takers + int(here.sum())
        elsewhere, pupils = elsewhere + np.abs(load[here] - fitting).sum() / 2, pupils + fitting.sum()
    assert elsewhere / pupils == pytest.approx(1 / 4, abs=0.03)
    assert nobody / takers == pytest.approx(1 / 8, abs=0.03)


def test_a_school_that_takes_pupils_from_several_has_the_mean_of_theirs_and_less_luck() -> None:
    district = np.array([0, 1, 2, 1, 1, 2, 2, 7])
    mean, sd = come_together(a_town(), district, np.full(8, 2.0), np.arange(8.0))
    # (20 x 3 + 40 x 4) / 60 x 2 and (5 + 6) / 2 x 2; two thirds and a third, squared, are 5/9, two halves 1/2
    assert mean == pytest.approx([0, 22 / 3, 11, 6, 8, 10, 12, 14])
    assert sd**2 == pytest.approx([4, 20 / 9, 2, 4, 4, 4, 4, 4])
