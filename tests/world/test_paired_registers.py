"""Luck follows the thing: registers that gain, lose and reorder rows leave everything else its luck."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.arrays import Bools
from sim.declared import REGISTRY
from sim.half_year import HalfYear, Season
from sim.parameters.registry import Parameters
from sim.processes.measurement import past_years
from sim.processes.schooling import settle
from sim.randomness import Streams
from sim.school_year import order
from sim.state import State
from sim.state.measurements import Measurements
from sim.state.places import Municipalities, Networks
from sim.state.schools import Schools, Teachers
from sim.state.table import Table
from sim.world.districts import districts
from sim.world.registers import Registers
from sim.world.synthetic import build

P = Parameters(REGISTRY, {})
START = 2021

OWNERS = [
    "kommunenummer,population", "1103,40000", "1106,9000", "3101,30000", "1804,5000",
]  # fmt: skip
SCHOOLS = [
    "orgnr,kommunenummer,first_grade,last_grade,pupils", "974000001,1103,1,7,210", "974000002,1103,8,10,150",
    "974000003,1106,1,10,240", "974000004,3101,1,10,403", "974000005,3101,1,7,120", "974000006,1804,1,10,25",
]  # fmt: skip
CITY = [
    "orgnr,kommunenummer,first_grade,last_grade,pupils",
    *(f"9750000{number:02},4601,1,7,{pupils}" for number, pupils in enumerate(range(140, 500, 30))),
    "975000040,4601,8,10,330",
    "975000041,4601,8,10,300",
    "975000042,4601,8,10,240",
    "975000050,4601,1,10,400",
    "974000006,1804,1,10,25",
]
"""Twelve primary schools, three lower secondary ones and a combined one; beside it a village."""

PRIMARY = range(975000000, 975000012)
CITY_OWNERS = ["kommunenummer,population", "4601,40000", "1804,5000"]
MY_SCHOOLS = ("leadership", "community", "intake", "value_added", "climate", "principal_tenure", "pupils", "practice",
              "teacher_turnover", "new_principal")  # fmt: skip
MY_POSTS = ("age", "experience", "tenure", "qualified", "baseline", "practice", "ownership")
FIGURES = ("value", "n_pupils")


def registers(tmp_path: Path, **files: list[str]) -> Registers:
    tmp_path.mkdir(exist_ok=True)
    for name, lines in files.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Registers.read(tmp_path)


def played(given: Registers | None, years: int = 0, scale: float = 1.0) -> State:
    """A world of the base model alone, in which owners don't compete, after some years."""
    streams = Streams(7)
    state = build(streams, P, HalfYear.of(START, Season.SPRING), given, scale)
    settle(state, P)
    past_years(state, P, streams.at, START)
    for _ in range(years * 2):
        for _, process in order(state.now.season, ()):
            process.rule(state, P, streams.at(state.now.index))
        state.now = state.now.next()
    return state


def of_schools(state: State, but: tuple[int, ...] = ()) -> dict[int, list[object]]:
    """What each school is, its figures and its posts, by identity."""
    schools, figures, posts = state[Schools], state[Measurements], state[Teachers]
    found = {}
    for row, identity in enumerate(schools.id.tolist()):
        if state[Municipalities].id[schools.municipality[row]] in but:
            continue
        mine = posts.school == row
        found[identity] = [
            *(getattr(schools, name)[row].tolist() for name in MY_SCHOOLS),
            *(getattr(figures, name)[row].tolist() for name in FIGURES),
            *(getattr(posts, name)[mine].tolist() for name in MY_POSTS),
        ]
    return found


def same(one: dict[int, list[object]], other: dict[int, list[object]]) -> int:
    """How many schools are in both; they must be the same."""
    both = one.keys() & other.keys()
    assert [identity for identity in both if one[identity] != other[identity]] == []
    return len(both)


def district_of(state: State) -> dict[int, int]:
    """Identity of the school whose district each one lies in."""
    schools = state[Schools]
    found = schools.id[districts(Streams(7).at(0), schools)]
    return dict(zip(schools.id.tolist(), found.tolist(), strict=True))


def all_of_schools(state: State) -> dict[int, dict[str, object]]:
    """All that each school is, with its figures and its posts, by identity and column."""
    found = {}
    for row, identity in enumerate(state[Schools].id.tolist()):
        rows: dict[type[Table], int | Bools] = {
            Schools: row,
            Measurements: row,
            Teachers: state[Teachers].school == row,
        }
        found[identity] = {
            f"{table.__name__}.{name}": values[mine].tolist()
            for table, mine in rows.items()
            for name, values in state[table].arrays().items()
            if not table.columns()[name].refers
        }
    return found


@pytest.mark.parametrize("years", [0, 4])
def test_a_school_that_closes_leaves_all_others_elsewhere_as_they_were(tmp_path: Path, years: int) -> None:
    before = played(registers(tmp_path / "a", municipalities=OWNERS, schools=SCHOOLS), years)
    closed = [line for line in SCHOOLS if not line.startswith("974000001")]
    after = played(registers(tmp_path / "b", municipalities=OWNERS, schools=closed), years)
    assert same(of_schools(before, but=(1103,)), of_schools(after, but=(1103,))) == 4


def test_the_other_schools_of_its_owner_keep_their_luck_too(tmp_path: Path) -> None:
    before = played(registers(tmp_path / "a", municipalities=OWNERS, schools=SCHOOLS))
    closed = [line for line in SCHOOLS if not line.startswith("974000005")]
    after = played(registers(tmp_path / "b", municipalities=OWNERS, schools=closed))
    assert same(of_schools(before), of_schools(after)) == 5


def test_a_new_school_with_the_lowest_number_moves_nobody(tmp_path: Path) -> None:
    more = [SCHOOLS[0], "100000000,1804,1,10,60", *SCHOOLS[1:]]
    before = played(registers(tmp_path / "a", municipalities=OWNERS, schools=SCHOOLS), 4)
    after = played(registers(tmp_path / "b", municipalities=OWNERS, schools=more), 4)
    assert same(of_schools(before, but=(1804,)), of_schools(after, but=(1804,))) == 5


def test_a_new_municipality_with_the_lowest_number_moves_no_school_drawn(tmp_path: Path) -> None:
    more = [*OWNERS, "301,100000"]
    before = played(registers(tmp_path / "a", municipalities=OWNERS), 4)
    after = played(registers(tmp_path / "b", municipalities=more), 4)
    n = len(before[Schools])
    assert same(of_schools(before), of_schools(after)) == n
    assert len(after[Schools]) > n


@pytest.mark.parametrize("file", ["municipalities", "schools"])
def test_the_order_of_rows_is_of_no_account(tmp_path: Path, file: str) -> None:
    files = {"municipalities": OWNERS, "schools": SCHOOLS}
    turned = files | {file: [files[file][0], *reversed(files[file][1:])]}
    before, after = (
        played(registers(tmp_path / name, **given), 4) for name, given in (("a", files), ("b", turned))
    )
    assert same(of_schools(before), of_schools(after)) == 6
    assert all(
        np.array_equal(values, after[Schools].arrays()[name])
        for name, values in before[Schools].arrays().items()
    )


@pytest.mark.parametrize("gone", [975000003, 975000011, 975000041, 975000050])
def test_a_school_that_closes_or_opens_in_a_city_moves_only_its_district(tmp_path: Path, gone: int) -> None:
    """Without a primary school the one that took it over has the mean of the others, and those who change school are others;
    without a lower secondary one its primary schools go elsewhere; a combined one takes nobody along.
    """
    more = played(registers(tmp_path / "a", municipalities=CITY_OWNERS, schools=CITY))
    lines = [line for line in CITY if not line.startswith(str(gone))]
    less = played(registers(tmp_path / "b", municipalities=CITY_OWNERS, schools=lines))
    taker, without = district_of(more), district_of(less)
    assert set(taker.values()) >= {975000040, 975000041, 975000042}
    lower = {975000040, 975000041, 975000042} - {gone}
    moved = {one for one in without if without[one] != taker[one]}
    assert moved == {one for one in taker if taker[one] == gone} - {gone}
    concerned = moved | {without[one] for one in moved} | ({taker[gone]} - {gone})
    by_district = {"home", "intake", "grade_level", "taught"}
    figures = {"Measurements.value", "Measurements.lasting"}
    before, after = all_of_schools(more), all_of_schools(less)
    for one in without:
        may = {f"Schools.{name}" for name in by_district} | figures if one in concerned else set()
        if gone in PRIMARY and one in lower:
            may |= {"Schools.cohort", *figures}
        changed = {name for name in before[one] if before[one][name] != after[one][name]}
        assert changed <= may, one
        assert ("Schools.intake" in changed) == (one in concerned), one


def test_the_order_of_rows_in_a_city_is_of_no_account(tmp_path: Path) -> None:
    before = played(registers(tmp_path / "a", municipalities=CITY_OWNERS, schools=CITY), 1)
    turned = [CITY[0], *reversed(CITY[1:])]
    after = played(registers(tmp_path / "b", municipalities=CITY_OWNERS, schools=turned), 1)
    for table in (Schools, Teachers, Measurements, Municipalities):
        for name, values in before[table].arrays().items():
            assert np.array_equal(values, after[table].arrays()[name]), name


def test_a_municipality_that_is_divided_leaves_the_schools_of_the_others_as_they_were(tmp_path: Path) -> None:
    """Stavanger becomes two: its lower secondary school goes to the new one."""
    owners = ["1103,25000" if line.startswith("1103") else line for line in OWNERS] + ["1199,15000"]
    schools = [line.replace("974000002,1103", "974000002,1199") for line in SCHOOLS]
    before = played(registers(tmp_path / "a", municipalities=OWNERS, schools=SCHOOLS), 4)
    after = played(registers(tmp_path / "b", municipalities=owners, schools=schools), 4)
    assert same(of_schools(before, but=(1103,)), of_schools(after, but=(1103, 1199))) == 4


def test_a_school_keeps_its_own_luck_when_it_changes_owner(tmp_path: Path) -> None:
    """The principal and her staff room are those of the school, not of the owner."""
    owners = ["1103,25000" if line.startswith("1103") else line for line in OWNERS] + ["1199,15000"]
    schools = [line.replace("974000002,1103", "974000002,1199") for line in SCHOOLS]
    before = played(registers(tmp_path / "a", municipalities=OWNERS, schools=SCHOOLS))[Schools]
    after = played(registers(tmp_path / "b", municipalities=owners, schools=schools))[Schools]
    assert before.id.tolist() == [974000001, 974000002, 974000003, 974000006, 974000004, 974000005]
    for name in ("leadership", "value_added", "principal_tenure"):
        one, other = getattr(before, name), getattr(after, name)
        assert one[np.argsort(before.id)].tolist() == other[np.argsort(after.id)].tolist()


def test_another_number_of_schools_in_a_municipality_leaves_those_elsewhere_as_they_were(
    tmp_path: Path,
) -> None:
    """Twice the inhabitants in one municipality means more schools there, and the same in the others."""
    owners = ["1103,80000" if line.startswith("1103") else line for line in OWNERS]
    before = played(registers(tmp_path / "a", municipalities=OWNERS), 4)
    after = played(registers(tmp_path / "b", municipalities=owners), 4)
    assert len(after[Schools]) > len(before[Schools])
    mine, theirs = of_schools(before, but=(1103,)), of_schools(after, but=(1103,))
    assert mine.keys() == theirs.keys()
    assert same(mine, theirs) == len(mine)


def test_networks_given_are_dealt_out_by_the_municipalitys_own_luck(tmp_path: Path) -> None:
    networks = ["network,county", "1,11", "2,11", "3,31", "4,18"]
    before = played(registers(tmp_path / "a", municipalities=OWNERS, networks=networks))
    after = played(registers(tmp_path / "b", municipalities=[*OWNERS, "1101,15000"], networks=networks))

    def network_of(state: State) -> dict[int, int]:
        owners = state[Municipalities]
        return dict(zip(owners.id.tolist(), state[Networks].id[owners.network].tolist(), strict=True))

    assert network_of(after).items() >= network_of(before).items()


def test_a_network_more_wins_some_municipalities_and_moves_no_other(tmp_path: Path) -> None:
    owners = ["kommunenummer,population", *(f"{number},9000" for number in range(4601, 4641))]
    networks = ["network,county", "2,46", "3,46", "4,46"]

    def network_of(folder: str, lines: list[str]) -> dict[int, int]:
        state = played(registers(tmp_path / folder, municipalities=owners, networks=lines))
        there = state[Municipalities]
        return dict(zip(there.id.tolist(), state[Networks].id[there.network].tolist(), strict=True))

    before, after = network_of("a", networks), network_of("b", [networks[0], "1,46", *networks[1:]])
    assert {after[one] for one in before if before[one] != after[one]} == {1}


def test_in_the_synthetic_country_a_smaller_one_has_the_same_schools() -> None:
    """What is left in a small country differs from the nation by what is reckoned from national totals alone: intake and
    climate are deviations from the nation's mean, so all move by the same.
    """
    nation, part = played(None), played(None, scale=0.1)
    place = np.searchsorted(nation[Schools].id, part[Schools].id)
    assert np.array_equal(nation[Schools].id[place], part[Schools].id)
    moved = part[Schools].intake - nation[Schools].intake[place]
    assert moved.std() < 1e-12
    assert abs(moved[0]) > 0
    for name in ("leadership", "community", "value_added", "principal_tenure", "n_teachers"):
        assert np.array_equal(getattr(part[Schools], name), getattr(nation[Schools], name)[place]), name
