from __future__ import annotations

from sim.declared import REGISTRY
from sim.evaluation.scenarios import STRONGER, STRONGER_WITHOUT, WITH, WITHOUT, designs
from sim.scenario_files import load_design

BASE = load_design("voluntary", REGISTRY)


def test_the_four_part_in_the_year_of_the_draw_and_no_sooner() -> None:
    held, without, stronger, other = designs(BASE, 2022, REGISTRY)
    assert (held.key, without.key, stronger.key, other.key) == (WITH, WITHOUT, STRONGER, STRONGER_WITHOUT)
    assert held.parts_from(without, REGISTRY) == 2022
    assert held.parts_from(stronger, REGISTRY) == 2022
    assert BASE.values_in(2021) == held.values_in(2021) == without.values_in(2021)


def test_one_draw_is_held_and_none_after_it() -> None:
    held, without, *_ = designs(BASE, 2022, REGISTRY)
    for year in (2022, 2030):
        assert held.value("follow_up.draw.years", year, REGISTRY) == (2022,)
        assert held.value("follow_up.active", year, REGISTRY) is True
        assert without.value("follow_up.active", year, REGISTRY) is False


def test_a_draw_can_be_evaluated_in_a_year_without_one() -> None:
    held = designs(BASE, 2024, REGISTRY)[0]
    assert held.value("follow_up.draw.years", 2024, REGISTRY) == (2024,)


def test_the_stronger_draw_gives_several_times_as_much_within_the_models_bounds() -> None:
    stronger, other = designs(BASE, 2026, REGISTRY, 4.0)[2:]
    usual = REGISTRY.find("implementing.usual_fit")
    value = stronger.value(usual.name, 2026, REGISTRY)
    assert value == usual.default / 4
    assert usual.bounds
    assert usual.bounds[0] <= usual.default / 4
    assert stronger.value(usual.name, 2025, REGISTRY) == usual.default
    assert stronger.value("implementing.best_fidelity", 2026, REGISTRY) == 5.0
    # what the stronger draw is held against differs from it in the draw alone
    assert stronger.differences_in(other, 2026, REGISTRY) == ["follow_up.active", "follow_up.draw.years"]
