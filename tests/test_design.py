"""A design's levers by year: what is in force, where two designs part ways, what identifies one."""

from __future__ import annotations

import pickle
from enum import StrEnum

import pytest

from sim.design import FIRST_YEAR, Design, override
from sim.errors import InputError
from sim.parameters.declaration import Group, fixed, lever
from sim.parameters.registry import Registry


class Tune(StrEnum):
    LOW = "low"
    HIGH = "high"


class Organ(Group, key="organ", title="A church organ"):
    pipes: int = lever(10, unit="pipes", bounds=(0, 100), source="assumption", meaning="pipes it has")
    tune: Tune = lever(Tune.LOW, unit="choice", source="assumption", meaning="how it is tuned")
    stops: tuple[int, ...] = lever((1, 2), unit="stops", source="assumption", meaning="stops pulled")
    height: float = fixed(3.0, unit="m", bounds=(1.0, 9.0), source="assumption", meaning="height of the case")


REGISTRY = Registry([Organ])


def test_before_the_first_step_a_design_says_nothing_and_the_default_holds() -> None:
    design = Design("d", levers={"organ.pipes": ((2020, 30),)})
    assert design.values_in(2019) == {}
    assert design.value("organ.pipes", 2019, REGISTRY) == 10


def test_the_latest_step_that_has_begun_is_in_force() -> None:
    design = Design("d", levers={"organ.pipes": ((2020, 30), (2026, 40))})
    assert [design.values_in(year)["organ.pipes"] for year in (2020, 2025, 2026, 2060)] == [30, 30, 40, 40]


def test_assumptions_hold_in_every_year() -> None:
    design = Design("d", assumptions={"organ.height": 4.0})
    assert design.values_in(FIRST_YEAR) == design.values_in(2050) == {"organ.height": 4.0}


def test_changes_replace_everything_from_their_first_year_on() -> None:
    base = ((2017, 1), (2020, 2), (2026, 3), (2030, 4))
    assert override(base, ((2026, 9),)) == ((2017, 1), (2020, 2), (2026, 9))
    assert override(base, ((2022, 7), (2028, 8))) == ((2017, 1), (2020, 2), (2022, 7), (2028, 8))
    assert override(base, ()) == base


def test_a_step_that_changes_nothing_is_left_out() -> None:
    assert override(((2017, 1), (2030, 4)), ((2026, 1), (2028, 1), (2029, 2))) == ((2017, 1), (2029, 2))


def test_a_lever_set_from_a_year_on_drops_later_steps_and_leaves_the_original_alone() -> None:
    design = Design("d", levers={"organ.pipes": ((2017, 20), (2030, 50))})
    changed = design.with_levers({"organ.pipes": 33, "organ.tune": Tune.HIGH}, 2026)
    assert changed.levers == {"organ.pipes": ((2017, 20), (2026, 33)), "organ.tune": ((2026, Tune.HIGH),)}
    assert design.levers == {"organ.pipes": ((2017, 20), (2030, 50))}


def test_designs_part_ways_in_the_first_year_in_which_values_differ() -> None:
    base = Design("a", levers={"organ.pipes": ((2017, 20),)})
    assert base.parts_from(base.with_levers({"organ.pipes": 30}, 2026), REGISTRY) == 2026
    assert base.with_levers({"organ.stops": (1,)}, 2024).parts_from(base, REGISTRY) == 2024


def test_naming_a_lever_at_its_default_is_no_difference() -> None:
    base = Design("a")
    assert base.parts_from(base.with_levers({"organ.pipes": 10}, 2026), REGISTRY) is None
    assert (
        base.parts_from(
            base.with_levers({"organ.pipes": 10}, 2020).with_levers({"organ.pipes": 11}, 2030), REGISTRY
        )
        == 2030
    )


def test_designs_that_differ_for_a_time_part_ways_when_that_time_begins() -> None:
    detour = Design("b", levers={"organ.pipes": ((2020, 11), (2022, 10))})
    assert detour.parts_from(Design("a"), REGISTRY) == 2020


def test_designs_that_disagree_on_an_assumption_part_ways_from_the_start() -> None:
    base = Design("a")
    assert base.parts_from(base.with_assumptions({"organ.height": 3.5}), REGISTRY) == FIRST_YEAR
    assert base.parts_from(base.with_assumptions({"organ.height": 3.0}), REGISTRY) is None


def test_a_design_with_an_unknown_lever_cannot_be_compared() -> None:
    with pytest.raises(InputError, match=r"unknown parameter 'organ\.pipe'; nearest known: organ\.pipes"):
        Design("a", levers={"organ.pipe": ((2020, 1),)}).parts_from(Design("b"), REGISTRY)


def test_the_digest_tells_levers_and_key_but_not_texts_or_files() -> None:
    design = Design("d", levers={"organ.tune": ((2020, Tune.HIGH),), "organ.stops": ((2020, (1,)),)})
    same = Design(
        "d",
        title={"en": "D"},
        file="x",
        levers=dict(reversed(list(design.levers.items()))),
        description={"en": "?"},
    )
    assert len(design.digest()) == 64
    assert design.digest() == same.digest()
    others = [
        Design("e", levers=design.levers),
        design.with_levers({"organ.tune": Tune.LOW}, 2026),
        design.with_assumptions({"organ.height": 4.0}),
    ]
    assert len({design.digest(), *(other.digest() for other in others)}) == 4


def test_a_design_survives_the_way_to_a_worker() -> None:
    design = Design("d", title={"en": "D"}, levers={"organ.tune": ((2020, Tune.HIGH),)})
    arrived = pickle.loads(pickle.dumps(design))
    assert arrived == design
    assert arrived.digest() == design.digest()
    assert {design: 1}[arrived] == 1
