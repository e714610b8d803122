"""The examples of the docs, played: their formulas on the small world, and what they change in a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.half_year import Season
from sim.parameters.registry import Parameters, Registry
from sim.plugins import found, opened
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import DrawKind
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers
from tests.plugins.given import example
from tests.small_world import Dice, small_world

SCALE = 0.03


def module(name: str) -> Any:
    return opened(example(name))


def played(*names: str, years: tuple[int, int] = (2017, 2017), **assumptions: float) -> sim.SchemeModel:
    model = sim.SchemeModel(
        "voluntary",
        rng=2026,
        scale=SCALE,
        start=years[0],
        assumptions=assumptions,
        plugins=[example(name) for name in names],
    )
    model.run_to(years[1])
    return model


def same(a: sim.SchemeModel, b: sim.SchemeModel) -> bool:
    """Whether all columns that both have are the same to the last digit."""
    return all(
        np.array_equal(values, b.state[type(table)].arrays()[name], equal_nan=values.dtype.kind == "f")
        for table in a.state
        for name, values in table.arrays().items()
    )


def test_pupils_per_post_by_hand() -> None:
    # Municipality 0 has 7 x 20 and 3 x 20 pupils and 5 + 3 posts; municipality 1 has 10 x 10 pupils, of whom we take away
    # half, and 4 posts: 200 / 8 and 50 / 4.
    state = small_world()
    state[Schools].pupils[2] = 5
    found = module("pupils_per_post").pupils_per_post(state, Parameters(Registry([]), {}))
    assert found.tolist() == [25.0, 12.5]


def test_an_outcome_stands_in_the_tables_the_documentation_and_the_report(tmp_path: Path) -> None:
    results = sim.compare(
        ["voluntary", "obligatory"], worlds=1, scale=SCALE, start=2025, end=2026, workers=1, out=tmp_path / "out", lang="en",
        progress=False, plugins=[example("pupils_per_post")],
    )  # fmt: skip
    rows = results.outcomes.query("outcome == 'pupils_per_post' and group == 'all' and design == 'voluntary'")
    assert len(rows) == 2 * len(Season)
    model = sim.SchemeModel("voluntary", rng=2026, scale=SCALE, start=2025, assumptions=drawn(results))
    model.step()
    schools = model.state[Schools]
    by_municipality = np.bincount(schools.municipality, schools.pupils.sum(axis=1))
    ratio = by_municipality / np.bincount(schools.municipality, schools.n_teachers)
    weighted = (ratio * by_municipality).sum() / by_municipality.sum()
    assert rows["value"].iloc[0] == pytest.approx(weighted)
    compared = results.comparison.query(
        "outcome == 'pupils_per_post' and group == 'all' and horizon == 'end'"
    )
    assert compared["difference"].tolist() == [0.0]  # nobody founds or closes a post for the draw's sake
    assert (
        "outcome `pupils_per_post` (pupils): pupils for each teaching post"
        in (tmp_path / "out" / "tables.md").read_text()
    )
    (told,) = results.manifest["plugins"]
    assert told["name"] == "pupils_per_post"
    assert told["sha256"] == found([example("pupils_per_post")])[0].sha256
    assert "--plugin" in results.manifest["command"]
    page = (tmp_path / "out" / "annex.html").read_text(encoding="utf-8")
    assert "Pupils per teaching post" in page
    assert "Elever per lærerstilling" in page
    assert told["sha256"] in page


def drawn(results: sim.Results) -> dict[str, float]:
    return dict(results.parameters[["name", "value"]].itertuples(index=False))


def test_a_summer_s_forgetting_by_hand() -> None:
    forgotten = module("summer_forgetting").forgotten
    # Half of what stands above the habit is lost; what stands below comes back as much.
    assert forgotten(np.array([1.0, 0.2, -0.4]), np.array([0.5, 0.2, 0.0]), 0.5).tolist() == [0.25, 0.0, -0.2]


def test_a_summer_s_forgetting_reaches_teachers_and_their_staff_room() -> None:
    given, state = module("summer_forgetting"), small_world()
    state[Teachers].practice[:], state[Teachers].baseline[:] = 1.0, 0.0
    p = Parameters(Registry([given.Summer]), {"summer.forgotten_share": 0.25})
    given.forget(state, p, Dice())
    assert state[Teachers].practice.tolist() == [0.75] * 12
    assert state[Schools].practice.tolist() == [0.75] * 3
    given.forget(state, Parameters(Registry([given.Summer]), {"summer.courses": True}), Dice())
    assert state[Teachers].practice.tolist() == [0.75] * 12


def beyond_habit(model: sim.SchemeModel) -> float:
    """How far practice stands from what it fades to, mean over teachers."""
    staff = model.state[Teachers]
    return float(np.abs(staff.practice - staff.baseline).mean())


def test_a_process_changes_figures_and_one_that_does_nothing_changes_none() -> None:
    without = played(years=(2017, 2019))
    forgetting = played("summer_forgetting", years=(2017, 2019), **{"summer.forgotten_share": 0.5})
    nothing = played("summer_forgetting", years=(2017, 2019), **{"summer.forgotten_share": 0.0})
    assert beyond_habit(forgetting) < 0.8 * beyond_habit(without)
    assert nothing.state[Teachers].practice == pytest.approx(
        without.state[Teachers].practice, rel=1e-9, abs=1e-9
    )


def test_a_scheme_at_rest_changes_nothing_and_one_at_work_reaches_all_it_is_told_to() -> None:
    given = module("reading_groups")
    at_rest = played("reading_groups")
    assert same(played(), at_rest)
    assert not at_rest.state[given.GroupsAtSchools].has_group.any()
    design = sim.load_design("voluntary", at_rest.declared.registry).with_levers(
        {"reading_groups.active": True}, 2018
    )
    model = sim.SchemeModel(
        design,
        rng=2026,
        scale=SCALE,
        plugins=[example("reading_groups")],
        assumptions={"reading_groups.founding_chance": 1.0},
    )
    model.run_to(2017)
    assert given.schools_with_group(model.state, model.p).tolist() == [0.0] * len(model.state[Municipalities])
    model.step()
    assert given.schools_with_group(model.state, model.p).tolist() == [1.0] * len(model.state[Municipalities])
    model.run_to(2020)  # the mergers of 2020 leave a group where there was one
    assert model.state[given.GroupsAtSchools].has_group.all()


def test_a_group_founded_by_chance_needs_luck_below_the_chance() -> None:
    given, state = module("reading_groups"), small_world()
    state[given.GroupsAtSchools] = given.GroupsAtSchools.blank(3)
    p = Parameters(
        Registry([given.ReadingGroups]),
        {"reading_groups.active": True, "reading_groups.founding_chance": 0.1, "reading_groups.gain": 0.02},
    )
    given.found(state, p, Dice({"school founds a reading group": {101: 0.05}}))
    assert state[given.GroupsAtSchools].has_group.tolist() == [False, True, False]
    assert state[Schools].learning.tolist() == [0.0, 0.02, 0.0]


def test_a_compiled_rule_by_hand() -> None:
    given, state = module("lesson_visits"), small_world()
    schools, staff = state[Schools], state[Teachers]
    schools.community[:], schools.fatigue[:], schools.learning[:] = 0.5, 0.25, 0.0
    goer = int(np.flatnonzero(staff.held)[0])
    s = staff.school[goer]
    values = {"visits.active": True, "visits.chance": 0.1, "visits.gain": 0.04, "visits.tires": 0.08}
    p = Parameters(Registry([given.Visits]), values)
    given.visit(state, p, Dice({"teacher visits a colleague's lesson": {int(staff.id[goer]): 0.05}}))
    assert schools.learning[s] == pytest.approx(0.04 * 0.5 / schools.n_teachers[s])
    assert schools.fatigue[s] == pytest.approx(0.25 + 0.08 / schools.n_teachers[s])
    others = np.arange(len(schools)) != s
    assert not schools.learning[others].any()
    assert set(schools.fatigue[others]) == {0.25}


def test_a_compiled_rule_plays_as_its_text_says_line_by_line() -> None:
    def visited(plain: bool, *, active: bool) -> sim.SchemeModel:
        model = sim.SchemeModel(
            "voluntary", rng=2026, scale=0.02, start=2026, plain=plain, plugins=[example("lesson_visits")]
        )
        with_it = sim.load_design("voluntary", model.declared.registry).with_levers(
            {"visits.active": active}, 2026
        )
        model = sim.SchemeModel(
            with_it, rng=2026, scale=0.02, start=2026, plain=plain, plugins=[example("lesson_visits")]
        )
        model.run_to(2026)
        return model

    compiled, plain, at_rest = (
        visited(False, active=True),
        visited(True, active=True),
        visited(False, active=False),
    )
    with_luck = module("lesson_visits").visit
    assert with_luck.luck == ("teacher visits a colleague's lesson",)
    for column in ("learning", "fatigue", "practice"):
        found = getattr(compiled.state[Schools], column)
        assert found == pytest.approx(getattr(plain.state[Schools], column), rel=1e-9, abs=1e-12)
        assert not np.array_equal(found, getattr(at_rest.state[Schools], column))
    assert same(sim_without(), at_rest)


def sim_without() -> sim.SchemeModel:
    model = sim.SchemeModel("voluntary", rng=2026, scale=0.02, start=2026)
    model.run_to(2026)
    return model


def test_a_rule_of_the_draw_draws_by_its_own_figure() -> None:
    model = sim.SchemeModel("voluntary", rng=2026, scale=0.1, plugins=[example("least_competent")])
    by_rule = sim.load_design("voluntary", model.declared.registry).with_levers(
        {"follow_up.draw.ranked_by": "least_competent"}, 2017
    )
    model = sim.SchemeModel(by_rule, rng=2026, scale=0.1, plugins=[example("least_competent")])
    model.step()
    register, owners = model.state[DrawRegister], model.state[Municipalities]
    able = register.excluded == 0
    drawn = register.drawn == DrawKind.AVERAGE
    assert drawn.any()
    # Half a year's change lies between; one who can't be drawn has no figure.
    assert register.figure[able] == pytest.approx(1 - owners.competence[register.successor][able], abs=0.05)
    assert register.figure[drawn].min() >= register.figure[able & ~drawn].max()
    usual = sim.SchemeModel("voluntary", rng=2026, scale=0.1)
    usual.step()
    assert not np.array_equal(usual.state[DrawRegister].drawn, register.drawn)


def test_survey_items_stand_in_the_table_and_the_report_with_their_own_source(tmp_path: Path) -> None:
    results = sim.run(
        "voluntary", worlds=1, scale=SCALE, start=2024, end=2024, workers=1, out=tmp_path / "out", lang="nb", progress=False,
        plugins=[example("own_survey")],
    )  # fmt: skip
    rows = results.table("surveys").set_index("target").to_dict("index")
    asked = rows["own_learning_together"]
    assert (asked["wave"], asked["respondents"], asked["n"]) == ("2024-autumn", "school leaders", 120)
    assert 0 < asked["share"] < 1
    model = sim.SchemeModel("voluntary", rng=2026, scale=SCALE, start=2024, assumptions=drawn(results))
    model.run_to(2024)
    tired = model.state[Schools].fatigue > 0.5
    read = rows["own_tired_schools"]
    assert (read["share"], read["n"]) == (pytest.approx(tired.mean()), len(tired))
    documented = (tmp_path / "out" / "tables.md").read_text()
    assert (
        "survey item `own_learning_together` (school leaders; A survey of our own, autumn 2024)" in documented
    )
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Vi lærer av hverandre (rektorer)" in page
    assert "A survey of our own, autumn 2024" in page
    assert (
        json.loads((tmp_path / "out" / "manifest.json").read_text())["plugins"][0]["items"][1]["respondents"]
        == "registry"
    )
