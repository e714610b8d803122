"""What the state pays to run the schemes."""

from __future__ import annotations

import pytest

from sim.declared import REGISTRY
from sim.half_year import HalfYear, Season
from sim.outcomes.running import running_nok
from sim.parameters.declaration import Role, Value
from sim.parameters.registry import Parameters
from sim.state import State

NOTHING: dict[str, Value] = {
    "follow_up.active": False, "decentralised.active": False, "innovation.active": False, "guide_corps.active": False,
}  # fmt: skip


def paid(**values: Value) -> float:
    given = {**NOTHING, **{key.replace("__", "."): value for key, value in values.items()}}
    return float(running_nok(State(HalfYear.of(2026, Season.SPRING), ()), Parameters(REGISTRY, given))[0])


def test_schemes_that_do_not_run_cost_nothing() -> None:
    assert paid() == 0


def test_a_lever_costs_its_price_times_its_value() -> None:
    # 3 million for working closely with governors, a quarter of the way.
    assert paid(decentralised__active=True, decentralised__governor_training=0.25) == pytest.approx(0.75e6)


def test_projects_cost_by_schools_and_by_how_often_there_is_a_call() -> None:
    # 300,000 kroner x 20 schools x 3 projects, every third year.
    told = paid(
        innovation__active=True, innovation__schools=20, innovation__projects=3, innovation__call_every=3
    )
    assert told == pytest.approx(6e6)


def test_a_part_of_the_country_pays_its_part() -> None:
    # 200,000 kroner x 10 places x 1.5 years, of a tenth of the country.
    told = paid(guide_corps__active=True, guide_corps__places=10, guide_corps__years=1.5, scope__scale=0.1)
    assert told == pytest.approx(3e5)


def test_every_price_has_a_source_and_names_levers_of_its_own_group() -> None:
    for lever in REGISTRY.of_role(Role.LEVER):
        if lever.price:
            assert "assumption" in lever.price.source
            fields = {declaration.field for declaration in lever.group.declarations()}
            assert fields.issuperset({*lever.price.times, *filter(None, [lever.price.every])})
