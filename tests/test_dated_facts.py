"""Facts that change over the years stand apart from levers in files, and are dated like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.declared import REGISTRY
from sim.design import Design
from sim.errors import InputError
from sim.parameters.declaration import Role
from sim.scenario_files import load_design
from sim.scenario_files.schema import schema
from sim.scenario_files.values import apply, split_settings


def load(tmp_path: Path, text: str) -> Design:
    path = tmp_path / "storm.yaml"
    path.write_text("title: Storm\nextends: history\n" + text, encoding="utf-8")
    return load_design(path, REGISTRY)


def test_the_curriculum_the_pandemic_and_the_mean_of_leaving_points_are_nobody_s_choice() -> None:
    assert [d.name for d in REGISTRY.of_role(Role.DATED)] == [
        "state_control.robek_rise",
        "curriculum.asked_fte_per_school",
        "pandemic.share_lost",
        "measurement.leaving_points_mean",
    ]
    history = load_design("history", REGISTRY)
    lost = [history.value("pandemic.share_lost", year, REGISTRY) for year in (2019, 2020, 2021, 2022)]
    assert lost == [0, 0.4, 0.4, 0]
    asked = [
        history.value("curriculum.asked_fte_per_school", year, REGISTRY) for year in (2019, 2020, 2022, 2023)
    ]
    assert asked == [0, 0.01, 0.01, 0]


def test_a_design_can_date_a_fact_anew(tmp_path: Path) -> None:
    design = load(tmp_path, "facts: {pandemic.share_lost: {2030: 0.2, 2031: 0}}\n")
    assert [design.value("pandemic.share_lost", year, REGISTRY) for year in (2020, 2030, 2031)] == [
        0.4,
        0.2,
        0,
    ]
    assert design.parts_from(load_design("history", REGISTRY), REGISTRY) == 2030


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "from: 2026\nlevers: {pandemic.share_lost: 0.2}\n",
            "storm.yaml:4:10: 'pandemic.share_lost' is no lever (dated); set it by year, under 'facts'",
        ),
        (
            "from: 2026\nfacts: {follow_up.openness: 0.2}\n",
            "storm.yaml:4:9: 'follow_up.openness' is no dated fact (lever); set it under 'levers'",
        ),
        (
            "from: 2026\nfacts: {turnover.head_exit: 0.2}\n",
            "storm.yaml:4:9: 'turnover.head_exit' is no dated fact (uncertain); set it undated, under 'assumptions'",
        ),
        (
            "assumptions: {pandemic.share_lost: 0.2}\n",
            "storm.yaml:3:15: 'pandemic.share_lost' is a fact that is dated; set it under 'facts'",
        ),
        (
            "from: 2026\nfacts: {pandemic.share_lost: 2}\n",
            "storm.yaml:4:30: pandemic.share_lost: expected a number from 0 to 1 (unit: share), got 2",
        ),
    ],
)
def test_a_name_in_the_wrong_section_is_sent_to_the_right_one(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    assert str(caught.value).removeprefix(f"{tmp_path}/") == fault


def test_on_the_command_line_a_fact_is_dated_like_a_lever() -> None:
    levers, assumptions = split_settings(["pandemic.share_lost@2027=0.3"], REGISTRY, "--assumption")
    assert (levers, assumptions) == ({"pandemic.share_lost@2027": 0.3}, {})
    design = apply(load_design("voluntary", REGISTRY), levers, assumptions, REGISTRY)
    assert [design.value("pandemic.share_lost", year, REGISTRY) for year in (2026, 2027)] == [0, 0.3]


def test_editors_are_told_where_facts_go() -> None:
    sections = schema(REGISTRY)["properties"]
    facts = {d.name for d in REGISTRY.of_role(Role.DATED)}
    assert set(sections["facts"]["properties"]) == facts
    assert not facts & (set(sections["levers"]["properties"]) | set(sections["assumptions"]["properties"]))
