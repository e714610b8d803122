"""Names are found or the nearest ones suggested; values are accepted or refused in plain words."""

from __future__ import annotations

import math
from contextlib import suppress
from enum import StrEnum
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.parameters.declaration import Group, Role, fixed, lever, uncertain
from sim.parameters.priors import Uniform
from sim.parameters.registry import Parameters, Registry, accept, expected


class Wood(StrEnum):
    BIRCH = "birch"
    SPRUCE = "spruce"


class Boat(Group, key="boat", title="A boat"):
    length: float = uncertain(
        8.0, unit="m", bounds=(2.0, 20.0), prior=Uniform(5, 10), source="assumption", meaning="how long it is"
    )
    oars: int = lever(4, unit="oars", bounds=(0, 12), source="assumption", meaning="oars it has")
    wood: Wood = lever(Wood.SPRUCE, unit="choice", source="assumption", meaning="what it is built of")
    painted: bool = lever(True, unit="yes/no", source="assumption", meaning="whether it is painted")
    trips: tuple[int, ...] = lever(
        (2020,), unit="years", bounds=(2000, 2060), source="assumption", meaning="years it goes out"
    )
    decks: tuple[Wood, ...] = lever((), unit="names", source="assumption", meaning="woods of its decks")
    crew: int = fixed(3, unit="persons", source="assumption", meaning="no bounds declared")


class Sail(Group, key="boat.sail", title="Its sail"):
    area: float = fixed(12.0, unit="m2", bounds=(0.0, 50.0), source="assumption", meaning="its area")


REGISTRY = Registry([Boat, Sail])


def refusal(name: str, value: object) -> str:
    with pytest.raises(InputError) as caught:
        accept(REGISTRY.find(name), value)
    assert caught.value.field == name
    return caught.value.message


def test_parameters_are_found_by_dotted_name() -> None:
    assert REGISTRY.find("boat.oars").meaning == "oars it has"
    assert REGISTRY.find("boat.sail.area").unit == "m2"


def test_parameters_are_listed_by_role_in_order() -> None:
    assert [d.name for d in REGISTRY.of_role(Role.UNCERTAIN)] == ["boat.length"]
    assert [d.name for d in REGISTRY.of_role(Role.FIXED)] == ["boat.crew", "boat.sail.area"]
    assert [d.field for d in REGISTRY.of_role(Role.LEVER)] == ["oars", "wood", "painted", "trips", "decks"]


def test_an_unknown_name_is_refused_with_the_nearest_known() -> None:
    with pytest.raises(InputError) as caught:
        REGISTRY.find("boat.ores")
    assert caught.value.message.startswith("unknown parameter 'boat.ores'; nearest known: boat.oars")
    assert caught.value.field == "boat.ores"


def test_a_name_like_no_other_is_refused_without_a_suggestion() -> None:
    with pytest.raises(InputError, match=r"^unknown parameter 'xyzzy'$"):
        REGISTRY.find("xyzzy")


def test_a_parameter_cannot_be_declared_twice() -> None:
    with pytest.raises(ValueError, match=r"boat\.sail\.area is declared twice"):
        Registry([Boat, Sail, Sail])


@pytest.mark.parametrize(
    ("name", "given_value", "kept"),
    [
        ("boat.length", 5, 5.0),
        ("boat.length", 2.0, 2.0),
        ("boat.length", 20.0, 20.0),
        ("boat.oars", 6.0, 6),
        ("boat.wood", "birch", Wood.BIRCH),
        ("boat.wood", Wood.BIRCH, Wood.BIRCH),
        ("boat.painted", False, False),
        ("boat.trips", [2020, 2022.0], (2020, 2022)),
        ("boat.trips", [], ()),
        ("boat.decks", ("birch", "spruce"), (Wood.BIRCH, Wood.SPRUCE)),
    ],
)
def test_values_are_taken_as_the_parameter_s_own_kind(name: str, given_value: object, kept: object) -> None:
    accepted = accept(REGISTRY.find(name), given_value)
    assert accepted == kept
    assert type(accepted) is type(kept)


def test_numbers_out_of_bounds_are_refused_with_the_range() -> None:
    assert refusal("boat.length", 20.5) == "boat.length: expected a number from 2 to 20 (unit: m), got 20.5"
    assert refusal("boat.oars", -1) == (
        "boat.oars: expected a whole number from 0 to 12 (unit: oars), got -1"
    )


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_finite_number_is_refused(value: float) -> None:
    assert "expected a number from 2 to 20" in refusal("boat.length", value)
    assert "expected a whole number" in refusal("boat.oars", value)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_a_finite_number_is_refused_without_bounds_too(value: float) -> None:
    assert "expected a whole number" in refusal("boat.crew", value)


def test_a_fraction_is_no_whole_number() -> None:
    assert refusal("boat.oars", 2.5).endswith("got 2.5")


@pytest.mark.parametrize("value", ["4", True, None, [4]])
def test_other_things_are_no_numbers(value: object) -> None:
    assert refusal("boat.oars", value).endswith(f"got {value!r}")


@pytest.mark.parametrize("value", [1, 0, "true", None])
def test_only_true_and_false_are_truth_values(value: object) -> None:
    assert refusal("boat.painted", value) == (
        f"boat.painted: expected true or false (unit: yes/no), got {value!r}"
    )


def test_an_unknown_choice_is_refused_with_the_nearest() -> None:
    assert refusal("boat.wood", "sprce") == (
        "boat.wood: expected one of birch, spruce (unit: choice), got 'sprce'; did you mean 'spruce'?"
    )
    assert refusal("boat.wood", 3) == "boat.wood: expected one of birch, spruce (unit: choice), got 3"
    assert "did you mean" not in refusal("boat.wood", "steel")


def test_lists_are_checked_item_by_item() -> None:
    assert refusal("boat.trips", [2020, 1999]) == (
        "boat.trips: expected a list, each item a whole number from 2000 to 2060 (unit: years), got 1999"
    )
    assert "did you mean 'birch'" in refusal("boat.decks", ["birsh"])


@pytest.mark.parametrize("value", ["2020", 2020, b"2020"])
def test_a_single_value_is_no_list(value: object) -> None:
    assert refusal("boat.trips", value).startswith("boat.trips: expected a list")


@pytest.mark.parametrize("value", [{}, {2020: 2021}, MappingProxyType({2020: None})])
def test_a_mapping_is_no_list_though_its_keys_could_be_one(value: object) -> None:
    assert refusal("boat.trips", value) == (
        f"boat.trips: expected a list, each item a whole number from 2000 to 2060 (unit: years), got {value!r}"
    )
    assert accept(REGISTRY.find("boat.trips"), [2020]) == (2020,)


def test_what_is_expected_is_said_in_words() -> None:
    assert [expected(d) for d in REGISTRY.by_name.values()] == [
        "a number from 2 to 20",
        "a whole number from 0 to 12",
        "one of birch, spruce",
        "true or false",
        "a list, each item a whole number from 2000 to 2060",
        "a list, each item one of birch, spruce",
        "a whole number",
        "a number from 0 to 50",
    ]


def test_parameters_hold_the_values_given_and_the_defaults_of_the_rest() -> None:
    p = Parameters(REGISTRY, {"boat.oars": 8, "boat.sail.area": 20.0})
    assert (p[Boat].oars, p[Boat].length, p[Sail].area) == (8, 8.0, 20.0)


def test_a_group_that_is_given_the_same_is_not_made_anew() -> None:
    one = Parameters(REGISTRY, {"boat.oars": 6})
    other = Parameters(REGISTRY, {"boat.sail.area": 3.0, "boat.oars": 6})
    assert other[Boat] is one[Boat]
    assert (one[Sail].area, other[Sail].area) == (12.0, 3.0)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_number_is_accepted_exactly_when_it_lies_within_the_bounds(value: float) -> None:
    if 2 <= value <= 20:
        assert accept(REGISTRY.find("boat.length"), value) == value
    else:
        refusal("boat.length", value)


@given(st.one_of(st.none(), st.booleans(), st.text(), st.integers(), st.lists(st.text()), st.floats()))
def test_whatever_is_given_is_accepted_or_refused_and_nothing_else(value: object) -> None:
    for declaration in REGISTRY.by_name.values():
        with suppress(InputError):
            accept(declaration, value)
