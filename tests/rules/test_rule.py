"""Rules and formulas: one text, compiled or played by Python, that says itself what it reads, writes and draws."""

from __future__ import annotations

from enum import StrEnum
from math import exp
from typing import Annotated

import numpy as np
import pytest
from numba.core.errors import TypingError

from sim.arrays import Codes, Floats, Grid, Ints
from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Group, fixed
from sim.parameters.registry import Parameters, Registry
from sim.randomness import Draws, Streams
from sim.rules import Luck, formula, rule
from sim.state import State
from sim.state.table import Table, column

HALF = 0.5


class Way(StrEnum):
    """How herrings swim."""

    NORTH = "north"
    SOUTH = "south"


class Herrings(Table, entity="herrings"):
    """Something that is nowhere in the model."""

    id: Ints = column(np.int64, unit="id", meaning="identity")
    weight: Floats = column(unit="kg", meaning="weight")
    shoal: Ints = column(np.int64, unit="row", meaning="shoal")
    asleep: Codes = column(np.int8, unit="code", meaning="whether it sleeps")


class Shoals(Table, entity="shoals"):
    """Where herrings swim."""

    id: Ints = column(np.int64, unit="id", meaning="identity")
    food: Floats = column(unit="kg", meaning="food")
    eaten: Floats = column(unit="kg", meaning="what was eaten")


class Feeding(Group, key="feeding", title="Feeding"):
    """Parameters of feeding."""

    part: float = fixed(0.5, unit="share", source="assumption", meaning="part of the food that is eaten")
    hunger: float = fixed(2.0, unit="factor", source="assumption", meaning="hunger in the south")
    way: Way = fixed(Way.SOUTH, unit="word", source="assumption", meaning="where they swim")
    steps: tuple[float, ...] = fixed((1.0, 3.0), unit="factor", source="assumption", meaning="steps")


@formula
def eaten(food: float, f: Feeding) -> float:
    """What one herring eats."""
    return food * f.part * hungry(f)


@formula
def hungry(f: Feeding) -> float:
    """How much more the south makes them eat."""
    return f.hunger if f.way == Way.SOUTH else 1.0


@formula
def emptied(food: Floats, s: int) -> None:
    """A shoal's food is gone."""
    food[s] = 0.0


@rule
def feed(herrings: Herrings, shoals: Shoals, f: Feeding) -> int:
    """Every herring that is awake eats, the first first; then nothing is left."""
    n = 0
    for i in range(len(herrings)):
        if not herrings.asleep[i]:
            share = eaten(shoals.food[herrings.shoal[i]], f) * f.steps[1]
            herrings.weight[i] += share
            n += 1
            shoals.eaten[herrings.shoal[i]] += share
    for s in range(len(shoals)):
        emptied(shoals.food, s)
    return n


@rule
def doze(
    herrings: Herrings,
    dozes: Annotated[Luck, "herring dozes", 2],
    dreams: Annotated[Luck, "herring dreams"],
    fill: float,
) -> None:
    """Those whose number is below a half fall asleep; the others' weight is chance."""
    numbers = np.empty(len(herrings))
    dreams.normals(herrings.id, numbers)
    for i in range(len(herrings)):
        herrings.asleep[i] = dozes.uniform(herrings.id[i], 1) < HALF
        herrings.weight[i] = numbers[i] + exp(-fill) + dreams.uniform(herrings.id[i])


@rule
def last_of(herrings: Herrings, portions: Floats, table: Grid, part: float, more: int, all_of: bool) -> float:
    """The last of each, at a place of its own."""
    herrings.weight[0] = 0.0
    last = table[table.shape[0] - 1, table.shape[1] - 1]
    found: float = portions[len(portions) - 1] + 10 * last + 100 * part + 1000 * more * all_of
    return found


@pytest.fixture
def state() -> State:
    herrings = Herrings(
        id=np.arange(4), weight=np.ones(4), shoal=np.array([0, 0, 1, 1]), asleep=np.array([0, 1, 0, 0])
    )
    shoals = Shoals(id=np.arange(2), food=np.array([2.0, 4.0]), eaten=np.zeros(2))
    return State(HalfYear.of(2020, Season.SPRING), [herrings, shoals])


@pytest.fixture
def p() -> Parameters:
    return Parameters(Registry([Feeding]), {})


@pytest.fixture
def draw() -> Draws:
    return Streams(7).at(3)


@pytest.mark.parametrize("plain", [False, True])
def test_a_rule_goes_through_agents_one_by_one(state: State, p: Parameters, plain: bool) -> None:
    state.plain = plain
    assert feed(state, p) == 3
    # food x part x hunger x step: 2 x 0.5 x 2 x 3 = 6, and 12 in the other shoal
    assert state[Herrings].weight.tolist() == [7, 1, 13, 13]
    assert state[Shoals].food.tolist() == [0, 0]
    assert state[Shoals].eaten.tolist() == [6, 24]


@pytest.mark.parametrize("plain", [False, True])
def test_luck_is_that_of_the_draws(state: State, p: Parameters, draw: Draws, plain: bool) -> None:
    state.plain = plain
    doze(state, p, draw, fill=2.0)
    ids = state[Herrings].id
    assert np.array_equal(state[Herrings].asleep, draw.uniform("herring dozes", ids, per=2)[:, 1] < HALF)
    expected = draw.normal("herring dreams", ids) + exp(-2.0) + draw.uniform("herring dreams", ids)
    assert state[Herrings].weight.tolist() == expected.tolist()
    assert doze.luck == ("herring dozes", "herring dreams")


def test_parameters_are_those_that_are_handed_in(state: State) -> None:
    north = Parameters(Registry([Feeding]), {"feeding.way": Way.NORTH, "feeding.steps": (1.0, 1.0)})
    feed(state, north)
    assert state[Herrings].weight.tolist() == [2, 1, 3, 3]  # 2 x 0.5 and 4 x 0.5


def test_parameters_of_another_year_count_and_those_of_the_first_count_again(state: State) -> None:
    registry = Registry([Feeding])
    food = state[Shoals].food.copy()
    gained = []
    for step in (1.0, 3.0, 1.0, 1.0):
        state[Shoals].food[:], state[Herrings].weight[:] = food, 1.0
        feed(state, Parameters(registry, {"feeding.way": Way.NORTH, "feeding.steps": (step, step)}))
        gained.append(state[Herrings].weight[0] - 1)
    assert gained == [1, 3, 1, 1]  # 2 x 0.5 x step


def test_a_replaced_column_counts(state: State, p: Parameters) -> None:
    feed(state, p)
    state[Shoals].food = np.array([1.0, 0.0])
    feed(state, p)
    assert state[Herrings].weight.tolist() == [10, 1, 13, 13]


def test_a_column_of_another_kind_becomes_one_of_its_own(state: State, p: Parameters) -> None:
    feed(state, p)
    read_only = np.broadcast_to([1, 0], (2, 2))[0]
    for whole_numbers in (np.array([1, 0]), read_only):
        state[Shoals].food = whole_numbers
        feed(state, p)
    assert state[Herrings].weight.tolist() == [13, 1, 13, 13]
    with pytest.raises(ValueError, match=r"Shoals.food: shape \(2, 1\), expected \(2,\)"):
        state[Shoals].food = np.ones((2, 1))


def test_a_column_changed_in_place_is_not_taken_for_another(state: State, p: Parameters) -> None:
    feed(state, p)
    known = dict(state.bound)
    state[Shoals].food += 1
    assert state.bound == known
    state[Shoals].food = state[Shoals].food + 1
    assert state.bound == {}


def test_a_replaced_table_counts(state: State, p: Parameters) -> None:
    feed(state, p)
    state[Shoals] = Shoals(id=np.arange(2), food=np.array([0.0, 1.0]), eaten=np.zeros(2))
    feed(state, p)
    assert state[Herrings].weight.tolist() == [7, 1, 16, 16]


def test_a_copied_state_is_a_world_of_its_own(state: State, p: Parameters) -> None:
    feed(state, p)
    twin = state.copy()
    twin[Shoals].food[:] = 1.0
    feed(twin, p)
    assert state[Herrings].weight.tolist() == [7, 1, 13, 13]
    assert twin[Herrings].weight.tolist() == [10, 1, 16, 16]


def test_a_formula_called_from_python_is_the_function() -> None:
    f = Parameters(Registry([Feeding]), {"feeding.part": 0.25})[Feeding]
    assert eaten(4.0, f) == 2.0


def test_what_a_rule_reads_and_writes_is_known_from_its_text() -> None:
    written = feed.written
    assert written.writes == {("herrings", "weight"), ("shoals", "eaten"), ("shoals", "food")}
    assert written.reads == {
        ("herrings", "asleep"), ("herrings", "shoal"), ("herrings", "weight"), ("shoals", "food"), ("shoals", "eaten"),
    }  # fmt: skip
    assert set(written.used["f"]) == {"part", "hunger", "way", "steps"}
    assert doze.written.writes == {("herrings", "asleep"), ("herrings", "weight")}
    assert doze.written.reads == {("herrings", "id"), ("fill", "")}


@rule
def feed_otherwise(herrings: Herrings, shoals: Shoals, f: Feeding) -> None:
    """As `feed`, but through a view of the column."""
    for s in range(len(shoals)):
        these = herrings.weight[2 * s : 2 * s + 2]
        for i in range(len(these)):
            these[i] += eaten(shoals.food[s], f)


def test_writing_through_a_view_is_writing() -> None:
    assert feed_otherwise.written.writes == {("herrings", "weight")}
    assert feed_otherwise.written.reads == {("herrings", "weight"), ("shoals", "food")}


@formula
def halved(x: float) -> float:
    """Half."""
    return x / 2


@formula
def thirded(x: float) -> float:
    """A third, and a comment."""
    # words don't count
    return x / 3


@rule
def eat_half(herrings: Herrings) -> None:
    """Halves."""
    for i in range(len(herrings)):
        herrings.weight[i] = halved(herrings.weight[i])


def test_the_name_changes_with_the_text_of_what_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.rules.text import read

    first = read(eat_half.function).digest
    assert read(eat_half.function).digest == first
    monkeypatch.setitem(eat_half.function.__globals__, "halved", thirded)
    assert read(eat_half.function).digest != first


def whole(herrings: Herrings) -> None:
    herrings.weight = np.zeros(2)


def unknown(herrings: Herrings) -> None:
    herrings.length[0] = 1.0  # type: ignore[attr-defined]  # that is the point


def stranger(herrings: Herrings) -> None:
    herrings.weight[0] = np.sin(undeclared(herrings))


def undeclared(herrings: Herrings) -> float:
    return float(herrings.weight[0])


def wrong_kind(shoals: Shoals) -> None:
    shoals.food[0] = eaten(shoals.food[0], shoals)  # type: ignore[arg-type]  # that is the point


def beyond(herrings: Herrings, dreams: Annotated[Luck, "herring dreams", 2]) -> None:
    herrings.weight[0] = dreams.uniform(herrings.id[0], 1) + dreams.uniform(herrings.id[0], 2)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (beyond, "'dreams' has no number 2"),
        (whole, "changed as a whole"),
        (unknown, "no 'length'"),
        (stranger, "neither a number nor a formula"),
        (wrong_kind, "is a Feeding, 'shoals' is not"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_place(function: object, words: str) -> None:
    with pytest.raises(TypeError, match=words) as refused:
        _ = rule(function).written  # type: ignore[arg-type]  # any function
    assert "test_rule.py:" in str(refused.value)


@formula
def doubled(n: int) -> int:
    """Twice as many."""
    return 2 * n


def cut(herrings: Herrings) -> None:
    herrings.weight[0] = doubled(herrings.weight[0])  # an element of an array is anything to mypy


def counted(herrings: Herrings) -> None:
    herrings.weight[0] = halved(herrings.shoal[1])


def test_a_number_is_never_cut_to_a_whole_one_and_a_whole_one_may_stand_for_a_number(state: State) -> None:
    with pytest.raises(TypingError, match="doubled"):
        rule(cut)(state, None)
    rule(counted)(state, None)
    assert state[Herrings].weight[0] == state[Herrings].shoal[1] / 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"portions": np.float64(1)},
        {"portions": np.ones((1, 2))},
        {"portions": np.ones(4)[::2]},
        {"portions": np.ones(2, dtype=np.int64)},
        {"table": np.ones(2)},
        {"table": np.ones((3, 2)).T},
        {"part": None},
        {"more": None},
    ],
)
def test_what_is_of_another_kind_is_refused_before_anything_is_changed(
    state: State, wrong: dict[str, object]
) -> None:
    right = {"portions": np.array([5.0, 3.0]), "table": np.arange(6.0).reshape(2, 3), "part": 0.5, "more": 2}
    with pytest.raises(TypeError):
        last_of(state, None, **right | wrong, all_of=True)
    assert state[Herrings].weight[0] == 1
    assert last_of(state, None, **right, all_of=True) == 3 + 10 * 5 + 100 * 0.5 + 1000 * 2
