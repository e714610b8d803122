"""The order of the school year is what is printed, and every process has its one place in it."""

from __future__ import annotations

import pytest

from sim.half_year import Season
from sim.model import SchemeModel
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes import SCHEMES
from sim.school_year import AUTUMN, SPRING, describe, order
from sim.year_parts import Part

EVERY_SEASON = list(Season)


def names(season: Season) -> list[str]:
    return [process.name for _, process in order(season)]


class Diary(SchemeModel):
    """Writes down what is played."""

    written: list[str]

    def play(self, process: Process, p: Parameters, draw: Draws) -> None:
        super().play(process, p, draw)
        self.written.append(process.name)


def test_what_is_played_is_what_is_ordered() -> None:
    model = Diary("voluntary", rng=1, scale=0.02)
    for season in Season:
        model.written = []
        model.step()
        assert model.now is not None
        assert model.now.season is season
        assert model.written == names(season)


@pytest.mark.parametrize("season", EVERY_SEASON)
def test_each_process_stands_once_in_a_half_year(season: Season) -> None:
    assert len(set(names(season))) == len(names(season))
    rules = [process.rule for _, process in order(season)]
    assert len(set(rules)) == len(rules)


@pytest.mark.parametrize("season", EVERY_SEASON)
def test_parts_follow_each_other_as_they_are_lived_through(season: Season) -> None:
    places = [list(Part).index(part) for part, _ in order(season)]
    assert places == sorted(places)


def test_every_part_is_filled_in_some_half_year() -> None:
    assert {part for season in Season for part, _ in order(season)} == set(Part)
    assert list(SPRING) == [part for part in Part if part in SPRING]
    assert list(AUTUMN) == [part for part in Part if part in AUTUMN]


def test_parts_stand_in_the_seasons_they_belong_to() -> None:
    spring_only, autumn_only = {Part.NEW_YEAR, Part.BORDERS, Part.DRAW}, {Part.COHORTS, Part.STAFFING}
    assert not spring_only & set(AUTUMN)
    assert not autumn_only & set(SPRING)


def test_every_process_of_every_scheme_is_played() -> None:
    played = {process.name for season in Season for _, process in order(season)}
    for scheme in SCHEMES:
        for part, processes in scheme.processes.items():
            for process in processes:
                assert process.name in played, f"{scheme.key}: {process.name} in {part}"


def test_schemes_act_in_the_order_in_which_they_are_listed() -> None:
    keys = [scheme.key for scheme in SCHEMES]
    for season in Season:
        for part in Part:
            of_schemes = [
                next(i for i, scheme in enumerate(SCHEMES) if process in scheme.processes.get(part, ()))
                for where, process in order(season)
                if where is part and process.name.split(".")[0] in keys
            ]
            assert of_schemes == sorted(of_schemes)


def test_figures_are_closed_before_borders_change_and_borders_before_the_draw() -> None:
    spring = names(Season.SPRING)
    score, pick = spring.index("follow_up.draw.score"), spring.index("follow_up.draw.pick")
    merge = next(i for i, name in enumerate(spring) if name.startswith("mergers"))
    assert score < merge < pick < spring.index("follow_up.dialogue")


def test_all_has_been_asked_before_anybody_gives() -> None:
    for season in Season:
        played = names(season)
        asks = [i for i, name in enumerate(played) if name.endswith(".ask")]
        assert played[asks[0]] == "load.ask"  # which begins with nothing
        assert max(asks) < played.index("load.tire")
        assert max(asks) < played.index("decentralised.logics") < played.index("follow_up.give")


def test_pupils_are_taught_by_those_who_came_in_summer_and_measured_last() -> None:
    autumn = names(Season.AUTUMN)
    in_order = [
        "pupils.begin", "turnover.teachers", "practice.work", "schooling.teach", "measurement.figures",
    ]  # fmt: skip
    assert [name for name in autumn if name in in_order] == in_order
    assert names(Season.SPRING)[-1] == autumn[-1] == "measurement.figures"


def test_the_order_is_printed_with_a_reason_and_a_source_for_each() -> None:
    text = describe()
    assert text.index("## Spring") < text.index("## Autumn")
    printed = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
    expected = [(part, process) for season in Season for part, process in order(season)]
    assert len(printed) == len(expected)
    for line, (part, process) in zip(printed, expected, strict=True):
        assert line == f"| {part.value} | `{process.name}` | {process.why} | {process.source} |"


@pytest.mark.parametrize("season", EVERY_SEASON)
def test_every_process_says_why_it_stands_where_it_stands(season: Season) -> None:
    for _, process in order(season):
        assert process.why.endswith("."), process.name
        assert process.source, process.name
        assert "|" not in process.why + process.source, process.name
