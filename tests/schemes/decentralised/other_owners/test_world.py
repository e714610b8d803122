"""Upper secondary beside the vocational scheme, and private schools, as a world begins."""

from __future__ import annotations

import numpy as np

from sim.declared import REGISTRY
from sim.model import SchemeModel
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs, Ownership
from sim.schemes.decentralised.other_owners.world import in_all, spread
from sim.schemes.vocational.state import UpperSchools


def test_schools_are_spread_by_inhabitants() -> None:
    assert spread(np.array([3.0, 1.0]), 4, least=0).tolist() == [0, 0, 0, 1]
    assert spread(np.array([9.0, 0.1]), 2, least=1).tolist() == [0, 0, 1]
    assert in_all(10, np.array([3.0, 1.0, 1.0])).tolist() == [6, 2, 2]


def test_it_is_the_vocational_scheme_s_upper_secondary() -> None:
    ours, theirs = "decentralised.other_owners.schools.", "vocational.people."
    pairs = [
        ("county_owned_share", "county_owned_share"),
        ("upper_schools", "n_schools"),
        ("vocational_teachers", "n_teachers"),
    ]
    for mine, its in pairs:
        assert REGISTRY.find(ours + mine).default == REGISTRY.find(theirs + its).default
    state = SchemeModel("voluntary", rng=1, scale=0.2).state
    staffs, upper = state[OtherStaffs], state[UpperSchools]
    n = len(upper)
    assert staffs.id[:n].tolist() == upper.id.tolist()
    county = state[OtherOwners].ownership[staffs.owner[:n]] == Ownership.COUNTY
    assert county.tolist() == upper.county_owned.tolist()


def test_teachers_add_up() -> None:
    state = SchemeModel("voluntary", rng=1, scale=0.2).state
    # 23,500 / 0.88 - 9,300 of upper secondary and 3,700 of private grunnskoler, a fifth of each
    assert state[OtherStaffs].n_teachers.sum() == round((23_500 / 0.88 - 9300) / 5) + 740
    assert state[OtherOwners].teachers.sum() == state[OtherStaffs].n_teachers.sum()
