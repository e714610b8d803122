"""Whom the chain is followed for: all, by size, by region, the neediest, and those with weak UH partners.

Counties, for whom the vocational chain is followed, are all and by region.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.arrays import Bools, Floats
from sim.outcomes.groups import ALL, NEED, REGIONS, first_by, groups, regions
from sim.processes.grouping import weighted_mean_by
from sim.state import State
from sim.state.places import Counties, Municipalities, UHUnits
from sim.state.schools import Schools

SIZES = ("size.small", "size.medium", "size.large")
WEAK_PARTNER = "partner.weak"
GROUPS = (ALL, *SIZES, *(f"region.{name}" for name in REGIONS), NEED, WEAK_PARTNER)

WEAK_PARTNERS_SHARE = 1 / 3  # of municipalities; assumption


def members(state: State) -> Mapping[str, Bools]:
    """Who belongs to each of `GROUPS` now, shape (municipalities,) each."""
    known = groups(state)
    own = {NEED: greatest_need(state), WEAK_PARTNER: weak_partner(state)}
    return {key: own[key] if key in own else known[key] for key in GROUPS}


def counties(state: State) -> Mapping[str, Bools]:
    """Which counties belong to those of `GROUPS` that counties have, shape (counties,) each."""
    region = regions(state)
    by_region = {f"region.{name}": region == i for i, name in enumerate(REGIONS)}
    return {ALL: np.ones(len(state[Counties]), dtype=bool), **by_region}


def greatest_need(state: State) -> Bools:
    """The tenth with the weakest results by what no design moves: what each school's place calls for.

    The group of the same name among the outcomes is fixed at the parting of the designs; this one can be told in any year.
    """
    schools, owners = state[Schools], state[Municipalities]
    home = weighted_mean_by(schools.municipality, schools.home, schools.cohort_size, len(owners))
    found = np.zeros(len(owners), dtype=np.bool_)
    found[first_by(-home, owners.id)] = True
    return found


def weak_partner(state: State) -> Bools:
    """Municipalities with the weakest UH partners, a third of them or a little more, for a unit's partners stay together."""
    quality: Floats = state[UHUnits].quality[state[Municipalities].uh_unit]
    last = max(
        math.ceil(WEAK_PARTNERS_SHARE * len(quality) - 1), 0
    )  # of those who are weak, from the weakest on
    weak: Bools = quality <= np.sort(quality)[last]
    return weak
