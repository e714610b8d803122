"""Outcomes of the base model, on figures worked out by hand."""

import numpy as np

from sim.outcomes.measures import owner_inequality
from sim.state.places import Municipalities
from tests.small_world import parameters, small_world


def test_owners_who_are_equally_able_are_not_unequal_and_a_gap_of_a_half_is_a_quarter_each_way() -> None:
    state, p = small_world(), parameters()
    owners = state[Municipalities]
    owners.competence[:] = 0.6
    assert owner_inequality(state, p) == np.array([0.0])
    owners.competence[:] = np.where(np.arange(len(owners)) % 2, 0.25, 0.75)
    share = np.mean(np.arange(len(owners)) % 2)
    np.testing.assert_allclose(owner_inequality(state, p), [0.5 * np.sqrt(share * (1 - share))])
