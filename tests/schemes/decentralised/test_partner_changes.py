"""Networks do change UH partner in the national model as it is declared: those whose partner lacks process competence [D7]."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from sim.arrays import Ints
from sim.half_year import Season
from sim.processes.grouping import mean_by
from sim.schemes.decentralised.assumptions import Partners
from sim.schemes.decentralised.state import DecentralisedUH, Ties
from sim.state.places import Municipalities, Networks
from tests.schemes.decentralised.whole_country import variant, world

pytestmark = pytest.mark.slow

WORLDS, LAST = 8, 2030
LOW, HIGH = 0.5, 0.65
ERROR = 0.001


def autumns_and_changes(number: int) -> tuple[Ints, Ints]:
    """Autumns of networks that may change partner, and in how many they did: where its competence was low, and where high."""
    model = world(variant("voluntary"), number, scale=1.0)
    after = model.p[Partners].change_after
    autumns, changes = np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64)
    while model.coming.year <= LAST:
        state, network = model.state, model.state[Municipalities].network
        n, is_autumn = len(state[Networks]), model.coming.season is Season.AUTUMN
        competence = mean_by(network, state[DecentralisedUH].process_competence[state[Ties].uh_unit], n)
        settled = mean_by(network, state[Ties].age, n) + 1 / 2 >= after
        model.step()
        network = model.state[Municipalities].network
        changed = mean_by(network, model.state[Ties].changed.astype(float), n) > 0
        for group, here in enumerate((competence < LOW, competence >= HIGH)):
            autumns[group] += is_autumn * (here & settled).sum()
            changes[group] += is_autumn * (here & changed).sum()
    return autumns, changes


def test_some_networks_change_partner_where_competence_is_low_and_few_where_it_is_high() -> None:
    """If competence did not matter, the changes would fall on low and high by their numbers of autumns; that so few fall
    on the high ones would then happen with a chance below `ERROR`.
    """
    found = [autumns_and_changes(number) for number in range(WORLDS)]
    autumns, changes = (sum(part) for part in zip(*found, strict=True))
    low, high = changes / autumns
    assert 0.01 < low < 0.15, "a network in a hundred to one in seven a year"
    assert high < 0.005
    assert binom.cdf(changes[1], changes.sum(), autumns[1] / autumns.sum()) < ERROR
