"""The governor's two roles: more insight, less closeness, and back to what the office is like by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry
from sim.schemes.follow_up.owner_shortfall import shortfall
from sim.schemes.follow_up.true_need import governors_judgement, true_need
from sim.schemes.system_2026.governor import closeness, insight, link
from sim.schemes.system_2026.owner_analysis import ask, hours_of_help, lifted, strengthen
from sim.schemes.system_2026.parameters import GovernorRoles, OwnerAnalysis
from sim.schemes.system_2026.state import OfficeTraits
from sim.state.places import Municipalities, Offices
from tests.schemes.decentralised.whole_country import base, world
from tests.small_world import Dice, small_world


def parameters(**values: Value) -> Parameters:
    assumed: dict[str, Value] = {
        "governor.linked": 0.5, "governor.link_fte": 0.2, "governor.insight_gain": 0.4, "governor.role_conflict": 0.2,
        "owner_analysis.help": 0.5, "owner_analysis.pace": 0.4, "owner_analysis.level": 0.5,
        "owner_analysis.hours": 60.0,
    }  # fmt: skip
    changed = {key.replace("__", "."): value for key, value in values.items()}
    both = {f"system_2026.{field}": value for field, value in (assumed | changed).items()}
    return Parameters(Registry([GovernorRoles, OwnerAnalysis]), both)


def test_linked_roles_give_insight_and_cost_closeness() -> None:
    a = parameters()[GovernorRoles]
    assert [insight(0.5, a), insight(1.0, a)] == pytest.approx([0.6, 1.0])
    assert [closeness(0.5, a), closeness(1.0, a)] == pytest.approx([0.45, 0.9])


def test_an_office_becomes_again_what_it_was_when_the_roles_are_parted() -> None:
    state = small_world()
    offices = state[Offices]
    offices.insight[:], offices.owner_insight[:] = [0.3, 0.6], [0.5, 0.5]
    state[OfficeTraits] = OfficeTraits(
        insight=offices.insight.copy(),
        owner_insight=offices.owner_insight.copy(),
        closeness=offices.closeness.copy(),
    )
    link(state, parameters(), Dice())
    link(state, parameters(), Dice())  # it doesn't add up over the years
    assert offices.insight == pytest.approx([0.3 + 0.2 * 0.7, 0.6 + 0.2 * 0.4])
    assert offices.owner_insight == pytest.approx([0.5 + 0.2 * 0.5] * 2)
    assert offices.synergy.tolist() == [0.5, 0.5]
    assert offices.tied_fte == pytest.approx([0.1, 0.1])  # half of 0.2 man-years
    link(state, parameters(governor__linked=0.0), Dice())
    assert offices.synergy.tolist() == offices.tied_fte.tolist() == [0, 0]
    assert offices.insight.tolist() == [0.3, 0.6]
    assert offices.owner_insight.tolist() == [0.5, 0.5]
    assert offices.closeness.tolist() == [0.7, 0.3]


def test_help_lifts_weak_owners_and_no_others() -> None:
    assert lifted(np.array([0.3, 0.5, 0.8]), parameters()[OwnerAnalysis]) == pytest.approx([0.02, 0, 0])
    state = small_world()
    strengthen(state, parameters(), Dice())
    assert state[Municipalities].competence == pytest.approx([0.6, 0.41])
    strengthen(state, parameters(owner_analysis__help=0.0), Dice())
    assert state[Municipalities].competence == pytest.approx([0.6, 0.41])


def test_help_with_analyses_takes_hours_of_uh() -> None:
    # half of 60 hours for those below the level of 0.5
    assert [hours_of_help(c, parameters()[OwnerAnalysis]) for c in (0.4, 0.6)] == [30, 0]
    state = small_world()  # competence 0.6 and 0.4
    state[Municipalities].analysis_hours[:] = 20
    ask(state, parameters(), Dice())
    assert state[Municipalities].analysis_hours.tolist() == [20, 50]


@pytest.mark.slow
def test_an_office_that_also_supervises_judges_need_better() -> None:
    """Correlation of the governors' judgement with true need, with the roles apart and linked [F2]."""
    for number in range(10):
        model = world(base("voluntary"), number, 0.15, 2024)
        follows = []
        for linked in (0.0, 1.0):
            p = model.parameters(2024)
            roles = replace(p[GovernorRoles], linked=linked, insight_gain=0.5)
            offices, own = model.state[Offices], model.state[OfficeTraits]
            offices.insight[:] = insight.of_columns(own.insight, roles)
            offices.owner_insight[:] = insight.of_columns(own.owner_insight, roles)
            true, lacking = true_need(model.state, p), shortfall(model.state, p)
            luck = model.streams.at(model.coming.index)
            judged = governors_judgement(model.state, p, luck, true, lacking)
            follows.append(np.corrcoef(judged, true / true.std() + lacking / lacking.std())[0, 1])
        assert follows[0] < follows[1]
