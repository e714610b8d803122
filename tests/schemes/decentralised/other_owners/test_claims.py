"""What is claimed of counties, private owners and money handed over comes out in whole worlds.

Each claim is played in ten worlds, twice in each in the same luck. It holds if the difference points the right way in all of
them: were the mechanism idle and the difference a coin's, that would happen once in 1,024 (sign test, one-sided error 0.1 %).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

import numpy as np
import pytest

from sim.parameters.declaration import Value
from sim.schemes.decentralised.other_owners.outcomes import over_owners, over_teachers
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs, Ownership
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.state import State
from sim.state.schools import Teachers
from tests.schemes.decentralised.whole_country import variant, world

pytestmark = pytest.mark.slow

WORLDS, SCALE, START, FIRST, LAST = 10, 0.15, 2019, 2022, 2028

Setting: TypeAlias = dict[str, Value]

READINGS: Mapping[str, Callable[[State], float]] = {
    "practice in municipal schools": lambda s: float(s[Teachers].practice.mean()),
    "practice in upper secondary": lambda s: float(
        over_teachers(s, s[OtherStaffs].practice, Ownership.COUNTY)[0]
    ),
    "practice in private schools": lambda s: float(
        over_teachers(s, s[OtherStaffs].practice, Ownership.PRIVATE)[0]
    ),
    "counties' hours": lambda s: float(over_owners(s, s[OtherOwners].hours, Ownership.COUNTY)[0]),
    "municipal grant": lambda s: float(s[DecentralisedOwners].grant_nok.sum()),
    "owners' hours": lambda s: float(s[DecentralisedOwners].hours.sum()),
    "ownership": lambda s: float(s[Teachers].ownership.mean()),
}

OUT: Setting = {"decentralised_other_owners__county_weight": 0.0}
IN: Setting = {"decentralised_other_owners__county_weight": 1.0}
OWN: Setting = {
    **IN,
    "decentralised_other_owners__own_scheme": True,
    "decentralised__grant_nok": 196e6,
}
HANDED: Setting = {**IN, "decentralised_handing_over__active": True}
FREE_HELP: Setting = {**IN, "decentralised__analysis_support": 1.0, "decentralised_needs__support_hours": 0.0}
HELP: Setting = {**FREE_HELP, "decentralised_needs__support_hours": 60.0}

CLAIMS: list[tuple[str, str, Setting, Setting, str]] = [
    # what, reading that is greater, with less, with more, section
    ("the county has a share", "practice in upper secondary", OUT, IN, "1.2"),
    ("which municipal schools lack", "practice in municipal schools", IN, OUT, "1.2"),
    ("private owners get theirs", "practice in private schools", IN,
     {**IN, "decentralised_other_owners__private_weight": 1.0}, "5.2.2"),
    ("a scheme of its own is work", "counties' hours", IN, OWN, "5.2.2"),
    ("and without the forum less comes of it", "practice in upper secondary", OWN, IN, "5.2.2"),
    ("who has the money meets less", "owners' hours", HANDED, IN, "1.2"),
    ("and draws teachers in less", "ownership", HANDED, IN, "1.2"),
    ("help with analyses takes money", "municipal grant", HELP, FREE_HELP, "5.2.2"),
    ("and what schools would have got of it", "practice in municipal schools", HELP, FREE_HELP, "5.2.2"),
]  # fmt: skip


@cache
def played(number: int, setting: tuple[tuple[str, Value], ...]) -> dict[str, float]:
    """Means of the readings over the half-years."""
    model = world(variant("voluntary", **dict(setting)), number, SCALE, start=START)
    found: dict[str, list[float]] = {name: [] for name in READINGS}
    while model.coming.year <= LAST:
        model.step()
        if model.state.now.year >= FIRST:
            for name, read in READINGS.items():
                found[name].append(read(model.state))
    return {name: float(np.mean(values)) for name, values in found.items()}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim[0])
def test_what_is_claimed_comes_out_in_ten_worlds(claim: tuple[str, str, Setting, Setting, str]) -> None:
    _, reading, less, more, _ = claim
    differences = [
        played(number, tuple(more.items()))[reading] - played(number, tuple(less.items()))[reading]
        for number in range(WORLDS)
    ]
    assert min(differences) > 0, differences
