"""One declaration carries a parameter's whole sentence."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

import pytest

from sim.parameters.declaration import Declaration, Group, Role, Value, fixed, lever, uncertain
from sim.parameters.priors import Beta
from sim.parameters.registry import Parameters, Registry


class Tea(StrEnum):
    GREEN = "green"
    BLACK = "black"


class StaffRoom(Group, key="house.staff_room", title="The staff room"):
    """A group made for these tests."""

    leaks: float = uncertain(
        0.1, unit="share", bounds=(0.0, 0.5), prior=Beta(0.1, 0.05), source="a count",
        meaning="cups that leak",
    )  # fmt: skip
    tea: Tea = lever(Tea.GREEN, unit="choice", source="assumption", meaning="what is drunk")
    seats: int = fixed(12, unit="chairs", bounds=(0, 100), source="a count", meaning="chairs")
    years: tuple[int, ...] = lever(
        (2020, 2022), unit="years", bounds=(2000, 2060), source="definition", meaning="when it is painted"
    )
    open: bool = lever(True, unit="yes/no", source="definition", meaning="whether the door stands open")


def by_field() -> dict[str, Declaration]:
    return {d.field: d for d in StaffRoom.declarations()}


def test_a_declaration_says_everything_about_a_parameter() -> None:
    assert by_field()["leaks"] == Declaration(
        name="house.staff_room.leaks",
        kind=float,
        item=None,
        default=0.1,
        unit="share",
        role=Role.UNCERTAIN,
        bounds=(0.0, 0.5),
        prior=Beta(0.1, 0.05),
        source="a count",
        meaning="cups that leak",
        group=StaffRoom,
    )


def test_declarations_come_in_the_order_they_are_written() -> None:
    assert [d.name for d in StaffRoom.declarations()] == [
        "house.staff_room.leaks",
        "house.staff_room.tea",
        "house.staff_room.seats",
        "house.staff_room.years",
        "house.staff_room.open",
    ]


def test_the_field_is_what_stands_behind_the_last_dot() -> None:
    assert [d.field for d in StaffRoom.declarations()] == ["leaks", "tea", "seats", "years", "open"]


def test_the_way_of_declaring_gives_the_role() -> None:
    roles = {name: d.role for name, d in by_field().items()}
    assert roles == {
        "leaks": Role.UNCERTAIN,
        "tea": Role.LEVER,
        "seats": Role.FIXED,
        "years": Role.LEVER,
        "open": Role.LEVER,
    }


def test_kinds_are_read_from_the_annotations() -> None:
    kinds = {name: (d.kind, d.item) for name, d in by_field().items()}
    assert kinds == {
        "leaks": (float, None),
        "tea": (Tea, None),
        "seats": (int, None),
        "years": (tuple, int),
        "open": (bool, None),
    }


def test_only_uncertain_parameters_have_a_prior() -> None:
    assert [name for name, d in by_field().items() if d.prior is not None] == ["leaks"]


def room(**values: Value) -> StaffRoom:
    named = {f"house.staff_room.{field}": value for field, value in values.items()}
    return Parameters(Registry([StaffRoom]), named)[StaffRoom]


def test_a_group_holds_its_defaults_and_what_it_is_given() -> None:
    assert room().seats == 12
    changed = room(seats=20, tea=Tea.BLACK)
    assert (changed.seats, changed.tea, changed.leaks) == (20, Tea.BLACK, 0.1)


def test_a_group_s_values_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        room().seats = 3  # type: ignore[misc]  # that it is refused is what is tested


def test_a_group_knows_its_key_and_title() -> None:
    assert (StaffRoom.key, StaffRoom.title) == ("house.staff_room", "The staff room")
