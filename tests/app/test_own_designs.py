from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.app import scenario_text
from sim.app.own_designs import OwnDesigns, titles
from sim.app.questions import policy
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.experiments.manifest import described
from sim.scenario_files import load_design

TITLE = {"nb": "Åpnere: ny", "en": "no"}


@pytest.fixture
def own(tmp_path: Path) -> OwnDesigns:
    return OwnDesigns(tmp_path / "designs", REGISTRY, most=3)


def test_a_changed_design_is_written_as_a_scenario_that_reads_back(own: OwnDesigns) -> None:
    changed = {"follow_up.openness": 0.25, "follow_up.draw.years": (2026, 2029), "follow_up.active": False}
    design = own.keep(scenario_text.changed("voluntary", TITLE, changed, 2027))
    assert {name: design.value(name, 2027, REGISTRY) for name in changed} == changed
    assert design.value("follow_up.openness", 2026, REGISTRY) == 0.8
    assert design.title == TITLE
    assert own.find(design.key) == design


def test_the_same_design_is_kept_once(own: OwnDesigns) -> None:
    text = scenario_text.changed("voluntary", TITLE, {"follow_up.openness": 0.25}, 2026)
    assert own.keep(text).key == own.keep(text).key
    assert len(list(own.folder.iterdir())) == 1


def test_a_design_of_a_visitor_s_can_be_changed_further(own: OwnDesigns) -> None:
    first = own.keep(scenario_text.changed("obligatory", TITLE, {"follow_up.openness": 0.25}, 2026))
    second = own.keep(
        scenario_text.whole(first.with_levers({"follow_up.takes_over": 1.0}, 2028), TITLE, REGISTRY)
    )
    assert first.differences_in(second, 2026, REGISTRY) == []
    assert first.differences_in(second, 2028, REGISTRY) == ["follow_up.takes_over"]


def test_a_design_from_a_manifest_is_the_same_design_again(own: OwnDesigns) -> None:
    history = described(load_design("history", REGISTRY), REGISTRY)
    original = load_design("obligatory_robek", REGISTRY)
    again = own.keep(scenario_text.described(described(original, REGISTRY), history))
    assert policy(again, REGISTRY) == policy(original, REGISTRY)
    assert again.title == original.title


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("facts", "pandemic.share_lost: {2030: 0.4}"),
        ("assumptions", "decentralised.forum.leader_exit: {2026: 0.5}"),
    ],
)
def test_what_is_dated_and_no_lever_is_written_where_it_belongs(
    own: OwnDesigns, section: str, value: str
) -> None:
    text = f"title: x\nextends: voluntary\n{section}: {{{value}}}\n"
    first = own.keep(text)
    history = described(load_design("history", REGISTRY), REGISTRY)
    for again in (
        scenario_text.whole(first, TITLE, REGISTRY),
        scenario_text.described(described(first, REGISTRY), history),
    ):
        assert f"{section}:" in again
        assert policy(own.keep(again), REGISTRY) == policy(first, REGISTRY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "title: x\nextends: voluntary\nlevers: !!python/object/apply:os.system [ls]\n",
            "tags (!) are not accepted",
        ),
        ("title: &a x\nextends: *a\n", "anchors (&) and aliases (*) are not accepted"),
        ("title: x\nextends: ../../etc/passwd\n", "expected the name of a design"),
        (
            "title: x\nextends: voluntary\nfrom: 2026\nlevers: {follow_up.openness: 7}\n",
            "expected a number from 0 to 1",
        ),
        ("[", "not valid YAML"),
        ("", "the file is empty"),
    ],
)
def test_what_can_t_be_used_is_told_without_a_path_and_not_kept(
    own: OwnDesigns, text: str, told: str
) -> None:
    with pytest.raises(InputError) as error:
        own.keep(text)
    messages = " ".join(one.message for one in getattr(error.value, "errors", (error.value,)))
    assert told in messages
    assert str(own.folder) not in str(error.value)
    assert list(own.folder.iterdir()) == []


def test_the_oldest_make_way(own: OwnDesigns) -> None:
    keys = []
    for i in range(4):
        text = scenario_text.changed("voluntary", TITLE, {"follow_up.openness": i / 10}, 2026)
        keys.append(own.keep(text).key)
        os.utime(own.folder / f"{keys[-1]}.yaml", (i, i))
    assert own.text(keys[0]) is None
    assert all(own.text(key) for key in keys[1:])


@pytest.mark.parametrize("key", ["../secret", "own_xyz", "own_0123456789/../x", "", "VOLUNTARY", "."])
def test_a_key_leads_nowhere_else(own: OwnDesigns, key: str) -> None:
    with pytest.raises(InputError):
        own.find(key)
    assert own.text(key) is None


def test_a_name_given_by_a_visitor_is_a_line_of_words() -> None:
    assert titles("  <b>Mitt\n\x00 forslag</b> ", TITLE) == dict.fromkeys(TITLE, "<b>Mitt forslag</b>")
    assert titles(" \t", TITLE) == TITLE
