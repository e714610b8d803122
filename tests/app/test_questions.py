from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sim.app import scenario_text
from sim.app.bounds import Bounds, Usual
from sim.app.own_designs import OwnDesigns
from sim.app.questions import Question, asked, keep_scenarios, policy, policy_text
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.experiments.manifest import command, described, manifest
from sim.experiments.parameter_draws import WORLDS_PER_DRAW
from sim.experiments.planning import planned
from sim.report.names import in_order
from sim.scenario_files import load_design
from tests.app.conftest import question


@pytest.fixture
def own(tmp_path: Path) -> OwnDesigns:
    return OwnDesigns(tmp_path / "designs", REGISTRY, most=9)


def test_a_question_is_read_as_it_was_written() -> None:
    assert Question.read(question().json) == question()


def test_the_same_question_has_the_same_name_in_either_language_and_another_has_not(own: OwnDesigns) -> None:
    name = question().identity(own)
    assert name.startswith("voluntary-vs-market-")
    assert question(lang="en").identity(own) == name
    others = [question(b="hierarchy"), question(worlds=3), question(scale=0.1), question(seed=1)]
    assert len({name, *(other.identity(own) for other in others)}) == 5


def test_a_policy_is_the_same_whatever_it_is_called() -> None:
    design = load_design("obligatory", REGISTRY)
    renamed = replace(design, key="another", title={"nb": "En annen"})
    assert policy(renamed, REGISTRY) == policy(design, REGISTRY) == policy_text(described(design, REGISTRY))
    changed = design.with_levers({"follow_up.openness": 0.1}, 2030)
    assert policy(changed, REGISTRY) != policy(design, REGISTRY)
    assumed = design.with_assumptions({"follow_up.acceptance.decline_if_free": 0.5})
    assert policy(assumed, REGISTRY) != policy(design, REGISTRY)


def test_a_study_of_a_changed_design_names_the_file_that_its_results_hold(
    own: OwnDesigns, tmp_path: Path
) -> None:
    made = own.keep(
        scenario_text.changed("voluntary", {"nb": "A", "en": "B"}, {"follow_up.openness": 0.1}, 2026)
    )
    one = question(b=made.key)
    told = command(one.study(own))
    assert told is not None
    assert f"compare voluntary {made.key}.yaml --worlds 2 --seed 2026" in told
    keep_scenarios(tmp_path, one, own)
    assert (tmp_path / f"{made.key}.yaml").read_text() == own.text(made.key)
    assert not (tmp_path / "voluntary.yaml").exists()


@pytest.mark.parametrize("worlds", [2, 30])
def test_the_page_plays_what_the_command_plays(own: OwnDesigns, worlds: int) -> None:
    study = question(worlds=worlds).study(own)
    told = command(study)
    assert told is not None
    assert told.startswith(
        f"kompetansesim compare voluntary market --worlds {worlds} --seed 2026 --start 2025 --end 2027"
    )
    same = planned(
        ["voluntary", "market"], worlds=worlds, seed=2026, start=2025, end=2027, scale=0.05, detail=1,
        worlds_per_draw=WORLDS_PER_DRAW,
    )  # fmt: skip
    assert manifest(study, {}) == manifest(same, {})


def test_a_form_without_choices_asks_the_usual() -> None:
    made = asked({"a": "voluntary", "b": "market"}, Usual(worlds=7, scale=0.2), Bounds(), "en")
    assert (made.worlds, made.scale, made.seed, made.detail, made.lang) == (7, 0.2, 2026, 1, "en")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("worlds", "0"),
        ("worlds", "101"),
        ("worlds", "1e9"),
        ("worlds", "²"),
        ("worlds", "-3"),
        ("worlds", "9" * 5000),
        ("seed", "x"),
        ("scale", "2"),
        ("scale", "nan"),
    ],
)
def test_a_choice_out_of_bounds_is_refused_by_its_field(field: str, value: str) -> None:
    with pytest.raises(InputError) as error:
        asked({"a": "voluntary", "b": "market", field: value}, Usual(), Bounds(), "nb")
    assert error.value.field == field


def test_a_question_of_several_designs_names_and_plays_them_all(own: OwnDesigns) -> None:
    one = question(more="network hierarchy")
    assert one.keys == ("voluntary", "market", "network", "hierarchy")
    assert [design.key for design in one.study(own).designs][:4] == list(one.keys)
    assert one.identity(own).startswith("voluntary-vs-market-and-more-")
    assert Question.read(one.json) == one
    earlier = {name: value for name, value in question().json.items() if name != "more"}
    assert Question.read(earlier) == question()


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_run_not_yet_played_calls_what_there_is_today_voluntary_only_where_that_is_asked(
    reader: TestClient, lang: str
) -> None:
    names = {
        "nb": ("frivillig oppfølging", "dagens ordning", "dagens ordninger"),
        "en": ("voluntary follow-up", "today’s scheme", "today’s system"),
    }[lang]
    for key, place in (("obligatory", 0), ("low_pressure", 0), ("draw_larger", 1), ("system_2026", 2)):
        page = reader.get(f"/{lang}/sporsmal?a=voluntary&b={key}&ny=1").text
        heading = page.split("<h1>")[1].partition("</header>")[0]
        assert [bool(re.search(rf"\b{name}\b", heading)) for name in names] == [i == place for i in range(3)]
        card = page.split('<div class="card">')[1].partition("</h3>")[0].lower()
        assert (names[0] in card) == (place == 0)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_designs_are_listed_in_alphabetical_order_behind_the_question_asked_most(
    reader: TestClient, lang: str
) -> None:
    page = reader.get(f"/{lang}/").text
    offered = [
        html.unescape(title)
        for title in re.findall(
            r"<option[^>]*>([^<]+)</option>", page.split('id="ask-b"')[1].partition("</select>")[0]
        )
    ]
    first, second, *rest, last = offered
    assert [first, second] == [load_design(key).title[lang] for key in ("voluntary", "obligatory")]
    assert rest == in_order(rest, lang)
    assert last == load_design("history").title[lang]
