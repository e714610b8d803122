"""What is claimed of the system from 2026 and the schemes around it comes out in whole worlds.

Each claim is played in ten worlds, twice in each in the same luck. It holds if the difference points the right way in all of
them: were the mechanism idle and the difference a coin's, that would happen once in 1,024 (sign test, one-sided error 0.1 %).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import pytest

from sim.arrays import Bools, Floats
from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.schemes.decentralised.state import DecentralisedOwners, Forums
from sim.schemes.follow_up.owner_shortfall import shortfall
from sim.schemes.follow_up.true_need import governors_judgement, true_need
from sim.schemes.guide_corps.state import GuidedOwners
from sim.schemes.innovation.state import Projects
from sim.schemes.system_2026.governor import insight
from sim.schemes.system_2026.parameters import GovernorRoles
from sim.schemes.system_2026.state import OfficeTraits, SystemOwners
from sim.state import State
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools, Teachers
from tests.schemes.decentralised.whole_country import variant, world

pytestmark = pytest.mark.slow

WORLDS = 10
SCALE = 0.15
START, FIRST, LAST = 2024, 2027, 2030

Setting: TypeAlias = dict[str, Value]
Reading: TypeAlias = Callable[[State], float]


def third(values: Floats, *, largest: bool) -> Bools:
    order = np.argsort(np.argsort(values if not largest else -values, kind="stable"), kind="stable")
    return np.asarray(order < len(values) / 3)


def gap(values: Floats, by: Floats) -> float:
    """Mean of values in the third of owners with most of something, less that in the third with least."""
    return float(values[third(by, largest=True)].mean() - values[third(by, largest=False)].mean())


def useless(state: State) -> float:
    """Methods held to work that do nothing, of all that were tried."""
    projects = state[Projects]
    return float((projects.believed & (projects.effect == 0)).sum())


READINGS: Mapping[str, Reading] = {
    "fit where owners analyse well": lambda s: gap(s[SystemOwners].fit, s[Municipalities].competence),
    "owners' competence": lambda s: float(s[Municipalities].competence.mean()),
    "load of the smallest": lambda s: float(
        s[Municipalities].load[third(s[Municipalities].population, largest=False)].mean()
    ),
    "guided where owners have staff": lambda s: gap(
        s[SystemOwners].guided, s[Municipalities].capacity_fte * s[Municipalities].competence
    ),
    "further education of large owners": lambda s: gap(
        s[SystemOwners].places / np.maximum(np.bincount(s[Schools].municipality, s[Schools].n_teachers), 1),
        s[Municipalities].population,
    ),
    "beginners' gap": lambda s: float(
        np.maximum(s[Teachers].baseline - s[Teachers].practice, 0)[s[Teachers].experience < 2].mean()
    ),
    "practice": lambda s: float(s[Teachers].practice.mean()),
    "hit": lambda s: float(s[DecentralisedOwners].hit.mean()),
    "leadership of forums": lambda s: float(s[Forums].leadership.mean()),
    "satisfaction with forums": lambda s: float(s[Forums].satisfaction.mean()),
    "insight": lambda s: float(s[Offices].insight.mean()),
    "closeness": lambda s: float(s[Offices].closeness.mean()),
    "upkeep": lambda s: float(s[Schools].upkeep.mean()),
    "leadership": lambda s: float(s[Schools].leadership.mean()),
    "useless methods held to work": useless,
}


@lru_cache
def played(number: int, start: int = START, **values: Value) -> Mapping[str, float]:
    """Every reading, as a mean over the autumns of the last years."""
    model = world(variant("voluntary", **values), number, SCALE, start)
    seen: dict[str, list[float]] = {name: [] for name in READINGS}
    while model.coming.year <= start + LAST - START:
        model.step()
        if model.state.now.season is Season.AUTUMN and model.state.now.year >= start + FIRST - START:
            for name, reading in READINGS.items():
                seen[name].append(reading(model.state))
    return {name: float(np.mean(values)) for name, values in seen.items()}


ON: Setting = {"follow_up__active": False}
"""Without the draw, which would only add noise."""
STRAIGHT: Setting = {**ON, "system_2026_further_education__straight_to_owners": True}
GUIDED: Setting = {**ON, "system_2026_new_teachers__grant_nok": 60e6}
EVALUATED: Setting = {
    **ON,
    "innovation__projects": 6,
    "innovation__call_every": 1,
    "innovation__schools": 100,
    "innovation__works_share": 0.1,
    "innovation__own_judgement": 0.95,
}
"""Many projects, most of whose methods do nothing and are liked all the same."""

CLAIMS: list[tuple[str, str, Setting, Setting, str]] = [
    # claim, reading, where it is less, where it is more, source
    ("money straight to owners rests on their analyses", "fit where owners analyse well", ON, STRAIGHT, "5.2.2"),
    ("strengthened analyses even that out", "fit where owners analyse well",
     {**STRAIGHT, "system_2026_owner_analysis__help": 1.0}, STRAIGHT, "5.2.2"),
    ("help raises owners' competence", "owners' competence",
     ON, {**ON, "system_2026_owner_analysis__help": 1.0}, "5.2.2"),
    ("choosing and hiring loads the smallest", "load of the smallest", ON, STRAIGHT, "5.2.2; 3.6 [D12]"),
    ("one scheme for kindergarten and school eases the smallest", "load of the smallest",
     {**ON, "neighbours__run_together": 1.0}, ON, "5.2.2; 3.6 [D12]"),
    ("Kompetanseløftet loads the smallest", "load of the smallest",
     {**ON, "neighbours__inclusion": False}, ON, "3.6 [D12]"),
    ("one scheme keeps up what schools changed", "upkeep", ON, {**ON, "neighbours__run_together": 1.0}, "OECD 2020; ch. 3 [F8]"),
    ("the owner's share weighs on the smallest", "further education of large owners",
     {**ON, "system_2026_further_education__owner_share": 0.0},
     {**ON, "system_2026_further_education__owner_share": 0.5, "system_2026_further_education__grant_nok": 467e6},
     "OECD 2020"),
    ("guidance on application goes to those who can apply", "guided where owners have staff",
     {**GUIDED, "system_2026_new_teachers__on_application": False}, GUIDED, "5.2.2; 1.1"),
    ("guidance shortens beginners' way", "beginners' gap", GUIDED, ON, "5.2.2; Ingersoll & Strong 2011"),
    ("supervision gives the governor insight", "insight", ON, {**ON, "system_2026_governor__linked": 1.0}, "5.2.2 [F2]"),
    ("the inspector is a less close helper", "closeness",
     {**ON, "system_2026_governor__linked": 1.0}, ON, "AFI-rapport 2021:09, 3.6 [F5]"),
    ("what supervision finds helps owners' analyses", "hit", ON, {**ON, "system_2026_governor__linked": 1.0}, "5.2.2"),
    ("linking supervision and support takes time from forums", "leadership of forums",
     {**ON, "system_2026_governor__linked": 1.0}, ON, "5.2.2"),
    ("a larger draw takes time from forums", "leadership of forums",
     {"follow_up_draw__average_places": 90}, {"follow_up_draw__average_places": 10}, "3.4"),
    ("members notice that", "satisfaction with forums",
     {"follow_up_draw__average_places": 90}, {"follow_up_draw__average_places": 10}, "3.4"),
    ("further education raises practice", "practice",
     {**ON, "system_2026_further_education__grant_nok": 0.0}, ON, "5.2.2"),
    ("where most methods do nothing evaluation keeps them from spreading", "useless methods held to work",
     {**EVALUATED, "innovation__evaluated": True}, {**EVALUATED, "innovation__evaluated": False}, "1.3; OECD 2020"),
    ("the guide corps strengthens principals", "leadership", ON, {**ON, "guide_corps__active": True}, "Dyrkorn et al. 2013"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "reading", "less", "more", "source"),
    CLAIMS,
    ids=[claim.replace(" ", "-") for claim, *_ in CLAIMS],
)
def test_a_claim_of_the_sources_comes_out(
    claim: str, reading: str, less: Setting, more: Setting, source: str
) -> None:
    difference = [
        played(number, **more)[reading] - played(number, **less)[reading] for number in range(WORLDS)
    ]
    assert min(difference) > 0, f"{claim} ({source}): {difference}"


def test_history_can_be_played_from_2005_with_the_guide_corps_in_its_years() -> None:
    model = world(variant("history"), 0, 0.1, 2005)
    guided = {}
    while model.coming.year <= 2021:
        model.step()
        guided[model.state.now.year] = int((model.state[GuidedOwners].years_left > 0).sum())
    assert not any(guided[year] for year in range(2005, 2010))
    assert all(guided[year] for year in range(2011, 2017))
    assert all(guided[year] for year in range(2017, 2020))  # half of those drawn in 2017 and 2018
    assert not guided[2021]
    assert model.state.breaches() == []


def test_an_office_that_also_supervises_judges_need_better() -> None:
    """Correlation of the governors' judgement with true need, with the roles apart and linked [F2]."""
    for number in range(WORLDS):
        model = world(variant("voluntary"), number, SCALE, START)
        follows = []
        for linked in (0.0, 1.0):
            p = model.parameters(START)
            roles = replace(p[GovernorRoles], linked=linked, insight_gain=0.5)
            offices, own = model.state[Offices], model.state[OfficeTraits]
            offices.insight[:] = insight.of_columns(own.insight, roles)
            offices.owner_insight[:] = insight.of_columns(own.owner_insight, roles)
            true, lacking = true_need(model.state, p), shortfall(model.state, p)
            luck = model.streams.at(model.coming.index)
            judged = governors_judgement(model.state, p, luck, true, lacking)
            follows.append(np.corrcoef(judged, true / true.std() + lacking / lacking.std())[0, 1])
        assert follows[0] < follows[1]
