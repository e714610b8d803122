"""Every parameter of counties and private owners moves something in the course of the years."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.parameters.declaration import Declaration, Value
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.levers import OtherOwnership
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs
from sim.state import State
from sim.state.places import Municipalities
from tests.schemes.decentralised.whole_country import variant, world
from tests.schemes.played_twice import Country


def half_years(number: int, **values: Value) -> Iterator[State]:
    model = world(variant("system_2026", **values), number, 0.05, start=2019)
    for _ in range(8):
        model.step()
        yield model.state


COUNTRY = Country(half_years, (OtherOwners, OtherStaffs, Municipalities))
SEATED = {"decentralised_other_owners__private_weight": 1.0}
ALONE = {"decentralised_other_owners__own_scheme": True}


@pytest.mark.parametrize(
    "declaration",
    [d for group in (OtherOwnership, OtherSchooling) for d in group.declarations()],
    ids=lambda d: d.name,
)
def test_every_parameter_moves_something(declaration: Declaration) -> None:
    assert any(COUNTRY.moves(0, setting, declaration) for setting in (SEATED, ALONE))
