"""What processes read, write and draw, known from their text."""

from __future__ import annotations

import numpy as np

from sim.half_year import Season
from sim.model import SchemeModel
from sim.parameters.registry import Parameters
from sim.processes import community
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules.touching import Column, touched
from sim.school_year import order
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers


def in_numpy(state: State, _p: Parameters, draw: Draws) -> None:
    """A process in columns."""
    schools, staff = state[Schools], state[Teachers]
    rows = np.flatnonzero(draw.uniform("a test draws", staff.id) < staff.practice)
    schools.learning[schools.municipality[rows]] = 0.0
    staff.tenure += 1
    np.add.at(schools.fatigue, rows, 1.0)
    further_on(state[Municipalities])


def further_on(owners: Municipalities) -> None:
    """What it calls."""
    owners.load[:] = owners.capacity_fte


def test_a_process_in_numpy_is_read_with_what_it_calls() -> None:
    found = touched(in_numpy)
    assert found.writes == {
        (Schools, "learning"), (Teachers, "tenure"), (Schools, "fatigue"), (Municipalities, "load"),
    }  # fmt: skip
    assert found.reads == {
        (Teachers, "id"), (Teachers, "practice"), (Schools, "municipality"), (Teachers, "tenure"),
        (Schools, "fatigue"), (Municipalities, "capacity_fte"),
    }  # fmt: skip
    assert {name for name, _ in found.luck} == {"a test draws"}


def test_a_rule_says_itself_what_it_touches() -> None:
    found = touched(community.grow)
    assert found.writes == {(Schools, "community")}
    assert {name for _, name in found.reads} == {"leadership", "teacher_turnover", "involvement", "community"}


def every_process() -> dict[str, Process]:
    return {process.name: process for season in Season for _, process in order(season)}


def test_no_two_places_draw_luck_of_the_same_name() -> None:
    places: dict[str, set[str]] = {}
    for process in every_process().values():
        for name, place in touched(process.rule).luck:
            places.setdefault(name, set()).add(place)
    assert len(places) > 30
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_whatever_a_process_changes_it_is_known_to_write() -> None:
    """Played for some years with most schemes on; columns are compared before and after each process."""
    model = Watched("system_2026_strengthened", rng=3, scale=0.03)
    model.run_to(2027)
    assert sorted(model.unknown) == []
    assert len(model.changed) > 60


class Watched(SchemeModel):
    """Compares all columns before and after each process."""

    unknown: set[tuple[str, str]]
    changed: set[Column]

    def play(self, process: Process, p: Parameters, draw: Draws) -> None:
        if "unknown" not in self.__dict__:
            self.unknown, self.changed = set(), set()
        before = self.state.copy()
        super().play(process, p, draw)
        found = touched(process.rule)
        known = {(kind.__name__, name) for kind, name in found.writes}
        for table in self.state:
            kind = type(table)
            for name, values in table.arrays().items():
                old = getattr(before[kind], name)
                same = old.shape == values.shape and np.array_equal(old, values)
                if not same:
                    self.changed.add((kind, name))
                    if (kind.__name__, name) not in known and not found.rearranges:
                        self.unknown.add((process.name, f"{kind.__name__}.{name}"))
