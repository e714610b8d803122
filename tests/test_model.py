"""A whole world under a design, at a twentieth of the country: same luck, same world; and a true Mesa model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from sim.agents.census import RowAgent
from sim.agents.views import (
    KINDS,
    GovernorAgent,
    GuideAgent,
    MunicipalityAgent,
    NetworkAgent,
    SchoolAgent,
    TeacherAgent,
    UHUnitAgent,
)
from sim.declared import OUTCOMES, REGISTRY
from sim.design import Design
from sim.errors import InputError
from sim.half_year import HalfYear, Season
from sim.model import SchemeModel
from sim.outcomes.outcome import Gather
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.process import Process
from sim.randomness import Draws
from sim.scenario_files import load_design
from sim.schemes.follow_up.state import FollowUpOwners, Guides
from sim.school_year import order
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers
from tests.small_world import with_one_more_teacher

SCALE = 0.05


@pytest.fixture(autouse=True)
def _no_set_is_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """From Mesa 3.5 on that is deprecated; `next(iter(agents))` and `list(agents)` do in all versions."""

    def indexed(*_: object) -> None:
        raise AssertionError("an agent set is indexed")

    monkeypatch.setattr(AgentSet, "__getitem__", indexed)


def voluntary() -> Design:
    return load_design("voluntary", REGISTRY)


def obligatory() -> Design:
    return load_design("obligatory_robek", REGISTRY)


def model(design: Design | str = "voluntary", world: int = 0, start: int = 2017) -> SchemeModel:
    return SchemeModel(design, rng=7, world=world, start=start, scale=SCALE)


def played(design: Design | str, year: int, world: int = 0) -> SchemeModel:
    one = model(design, world)
    one.run_to(year)
    return one


def school_of(one: SchemeModel, row: int) -> RowAgent:
    agent = list(one.schools)[row]
    assert isinstance(agent, SchoolAgent)
    return agent


def by_number(one: SchemeModel) -> dict[int, RowAgent]:
    """Municipalities' agents by kommunenummer."""
    return {agent.id: agent for agent in one.municipalities if isinstance(agent, RowAgent)}


def differences(one: State, other: State) -> list[str]:
    """Columns in which two states differ."""
    found = [] if one.now == other.now else ["now"]
    for mine, theirs in zip(one, other, strict=True):
        assert type(mine) is type(theirs)
        for name, values in mine.arrays().items():
            if not np.array_equal(values, theirs.arrays()[name]):
                found.append(f"{type(mine).__name__}.{name}")
    return found


# --- the same luck -----------------------------------------------------------------------------------------------


def test_identical_designs_give_identical_runs() -> None:
    one, other = model(), model(replace(voluntary(), key="the same by another name"))
    for _ in range(20):
        one.step()
        other.step()
        assert differences(one.state, other.state) == []


def test_other_worlds_and_other_seeds_are_other_countries() -> None:
    one = model(world=0)
    assert differences(one.state, model(world=1).state)
    assert differences(one.state, SchemeModel("voluntary", rng=8, world=0, scale=SCALE).state)


def test_a_design_that_differs_from_2026_is_identical_until_2026() -> None:
    assert voluntary().parts_from(obligatory(), REGISTRY) == 2026
    one, other = model(), model(obligatory())
    while one.coming.year < 2026:
        one.step()
        other.step()
        assert differences(one.state, other.state) == []
    one.run_to(2028)
    other.run_to(2028)
    assert "FollowUpOwners.effort" in differences(one.state, other.state)


def test_where_the_design_does_not_reach_nothing_differs_ever() -> None:
    one, other = played("voluntary", 2031), played(obligatory(), 2031)
    untouched = ["Schools.pupils", "Schools.leadership", "Municipalities.population", "Guides.from_uh"]
    assert not set(untouched) & set(differences(one.state, other.state))


def test_a_branch_equals_a_world_played_from_the_start() -> None:
    trunk = played("voluntary", 2025)
    branch, whole = trunk.branch(obligatory()), played(obligatory(), 2029)
    branch.run_to(2029)
    assert differences(branch.state, whole.state) == []
    assert (branch.steps, str(branch.now)) == (whole.steps, str(whole.now))


def test_a_branch_takes_a_design_by_its_name_as_a_new_world_does() -> None:
    trunk = model()
    assert trunk.branch("obligatory").design == SchemeModel("obligatory", rng=7, scale=SCALE).design
    with pytest.raises(InputError) as at_once:
        trunk.branch("obligatry")
    with pytest.raises(InputError) as new:
        SchemeModel("obligatry", rng=7, scale=SCALE)
    assert str(at_once.value) == str(new.value)


def test_a_branch_leaves_its_trunk_as_it_was() -> None:
    trunk = played("voluntary", 2025)
    before = trunk.state.copy()
    branch = trunk.branch(obligatory())
    branch.run_to(2028)
    assert differences(trunk.state, before) == []
    assert (str(trunk.now), str(branch.now)) == ("2025-autumn", "2028-autumn")
    trunk.run_to(2028)
    assert differences(trunk.state, played("voluntary", 2028).state) == []


def test_a_branch_without_any_change_goes_on_as_its_trunk() -> None:
    trunk = played("voluntary", 2025)
    branch = trunk.branch(voluntary())
    trunk.run_to(2027)
    branch.run_to(2027)
    assert differences(branch.state, trunk.state) == []


def test_reading_outcomes_and_agents_changes_nothing() -> None:
    unseen, observed = model(), model()
    for _ in range(20):
        unseen.step()
        observed.step()
        for outcome in OUTCOMES:
            outcome.measure(observed.state, observed.p)
        observed.schools.get("fatigue")
        observed.municipalities.shuffle_do("related", "uh_unit")  # uses up Mesa's own random numbers
    assert differences(unseen.state, observed.state) == []


def test_every_outcome_is_measured_for_each_municipality_or_for_the_nation() -> None:
    one = played("voluntary", 2026)
    before = one.state.copy()
    for outcome in OUTCOMES:
        value = outcome.measure(one.state, one.p)
        expected = 1 if outcome.gather is Gather.NATION else len(one.state[Municipalities])
        assert value.shape == (expected,), outcome.key
        value[:] = -1  # what was measured is a copy
    assert differences(one.state, before) == []


def test_one_more_teacher_changes_nobody_under_another_owner() -> None:
    # An owner's money and UH hours are for all its teachers, so that its own schools share one more.
    nobody_drawn = voluntary().with_levers({"follow_up.active": False}, 2005)
    one, other = model(nobody_drawn), model(nobody_drawn)
    other.state = with_one_more_teacher(other.state, school=3)
    one.run_to(2021)
    other.run_to(2021)
    owner = one.state[Schools].municipality[3]
    unrelated = one.state[Schools].municipality != owner
    others = np.arange(len(one.state[Municipalities])) != owner
    for name, values in one.state[Schools].arrays().items():
        assert np.array_equal(values[unrelated], other.state[Schools].arrays()[name][unrelated]), name
    for name, values in one.state[Municipalities].arrays().items():
        assert np.array_equal(values[others], other.state[Municipalities].arrays()[name][others]), name
    mine, theirs = one.state[Teachers], other.state[Teachers]
    known = np.isin(theirs.id, mine.id)
    elsewhere = unrelated[mine.school]
    for name, values in mine.arrays().items():
        assert np.array_equal(values[elsewhere], theirs.arrays()[name][known][elsewhere]), name
    assert known.sum() == len(mine) == len(theirs) - 1


@pytest.mark.parametrize("world", range(3))
@pytest.mark.parametrize("design", ["voluntary", "obligatory_robek"])
def test_all_stays_within_its_declared_range(design: str, world: int) -> None:
    one = model(design, world)
    assert one.state.breaches() == []
    while one.coming.year <= 2028:
        one.step()
        assert one.state.breaches() == [], str(one.now)


@pytest.mark.parametrize("world", range(2))
def test_people_are_conserved_and_references_point_to_somebody(world: int) -> None:
    one = model(world=world)
    posts = len(one.state[Teachers])
    while one.coming.year <= 2025:
        one.step()
        state = one.state
        assert len(state[Teachers]) == posts
        assert np.array_equal(
            np.bincount(state[Teachers].school[state[Teachers].held]), state[Schools].n_teachers
        )
        assert (np.diff(state[Teachers].school) >= 0).all()
        for table in state:
            for name, declared in table.columns().items():
                if declared.refers is not None and len(table):
                    assert getattr(table, name).max() < len(state.entity(declared.refers)), name
            if table.aligned:
                assert len(table) == len(state.entity(table.entity)), type(table).__name__


def test_a_design_s_assumptions_take_the_place_of_the_world_s() -> None:
    assumed = voluntary().with_assumptions({"turnover.head_exit": 0.3})
    one = SchemeModel(
        assumed, rng=7, scale=SCALE, assumptions={"turnover.head_exit": 0.1, "turnover.principal_exit": 0.2}
    )
    assert (one.p[Turnover].head_exit, one.p[Turnover].principal_exit) == (0.3, 0.2)


# --- a Mesa model ------------------------------------------------------------------------------------------------


def test_a_step_is_a_half_year() -> None:
    one = model()
    assert isinstance(one, mesa.Model)
    assert (one.now, one.steps) == (None, 0)
    one.step()
    assert (str(one.now), one.steps) == ("2017-spring", 1)
    one.step()
    assert (one.now, one.steps) == (HalfYear.of(2017, Season.AUTUMN), 2)
    one.run_to(2018)
    assert (str(one.now), one.steps) == ("2018-autumn", 4)
    one.run_to(2018)  # already there
    assert one.steps == 4


def test_a_model_can_begin_in_another_year() -> None:
    one = model(start=2020)
    one.step()
    assert str(one.now) == "2020-spring"


def test_a_model_can_time_its_processes() -> None:
    one = model()
    one.timing = {}
    one.run_to(2017)
    played_names = {process.name for season in Season for _, process in order(season)}
    assert set(one.timing) == played_names
    assert min(one.timing.values()) >= 0


def test_everybody_can_be_reached_as_an_agent() -> None:
    one = model()
    reached: list[tuple[AgentSet, type[mesa.Agent], int]] = [
        (one.municipalities, MunicipalityAgent, len(one.state[Municipalities])),
        (one.schools, SchoolAgent, len(one.state[Schools])),
        (one.teachers, TeacherAgent, len(one.state[Teachers])),
        (one.governors, GovernorAgent, 10),
        (one.uh_units, UHUnitAgent, len(one.state.entity("uh_units"))),
        (one.guides, GuideAgent, len(one.state[Guides])),
    ]
    for agents, kind, n in reached:
        assert isinstance(agents, AgentSet)
        assert len(agents) == n
        assert all(isinstance(agent, kind) for agent in agents)
    assert one.agent_types == list(KINDS)
    assert len(one.agents) == sum(n for *_, n in reached) + len(one.agents_by_type[NetworkAgent])
    assert len({agent.unique_id for agent in one.agents}) == len(one.agents)


def test_an_agent_is_a_view_of_its_row_and_its_scheme_s() -> None:
    one = played("voluntary", 2018)
    school = school_of(one, 4)
    assert school.row == 4
    assert school.id == one.state[Schools].id[4]
    assert school.fatigue == one.state[Schools].fatigue[4]
    assert school.acceptance == 0
    assert school.pupils.tolist() == one.state[Schools].pupils[4].tolist()
    owner = school.related("municipality")
    assert isinstance(owner, MunicipalityAgent)
    assert owner.row == one.state[Schools].municipality[4]
    assert owner.phase == one.state[FollowUpOwners].phase[owner.row]
    assert owner in one.municipalities


def test_writing_to_an_agent_writes_to_its_column_and_reading_sees_it() -> None:
    one = model()
    school, teacher = school_of(one, 4), next(iter(one.teachers))
    assert isinstance(teacher, TeacherAgent)
    school.fatigue = 0.75
    assert one.state[Schools].fatigue[4] == 0.75
    one.state[Schools].fatigue[4] = 0.25
    assert school.fatigue == 0.25
    teacher.ownership = 0.9
    assert one.state[Teachers].ownership[0] == 0.9
    one.schools.set("community", 0.5)
    assert (one.state[Schools].community == 0.5).all()


def test_what_an_agent_has_not_cannot_be_read_or_written() -> None:
    school = school_of(model(), 0)
    with pytest.raises(AttributeError, match="SchoolAgent has no column 'colour'"):
        _ = school.colour
    with pytest.raises(AttributeError, match="no column 'colour'"):
        school.colour = "red"
    with pytest.raises(AttributeError, match="can't be changed"):
        school.id = 3
    with pytest.raises(AttributeError, match="no reference"):
        school.related("fatigue")


def test_what_is_ones_own_is_kept_beside_the_view_and_a_slip_of_the_pen_is_told() -> None:
    one = model()
    school, other = school_of(one, 0), school_of(one, 1)
    school.own.visited = True
    one.step()
    assert school_of(one, 0).own.visited
    assert not hasattr(other.own, "visited")
    with pytest.raises(AttributeError, match=r"agent\.own\.fatige"):
        school.fatige = 0.2


def test_a_world_that_would_end_before_it_begins_is_refused() -> None:
    with pytest.raises(InputError, match="end: expected a whole number from 2025"):
        SchemeModel("voluntary", start=2025, end=2024, scale=SCALE)


def test_every_reference_can_be_followed_or_is_refused_in_words() -> None:
    one = played("voluntary", 2017)
    for kind in KINDS:
        agent = next(iter(one.agents_by_type[kind]))
        assert isinstance(agent, RowAgent)
        for table in one.state:
            for name, declared in table.columns().items():
                if table.entity != kind.entity or declared.refers is None:
                    continue
                if declared.refers in {k.entity for k in KINDS}:
                    related = agent.related(name)
                    assert related is None or related.entity == declared.refers
                else:
                    with pytest.raises(AttributeError, match=name):
                        agent.related(name)


def test_a_reference_to_what_is_no_agent_is_refused_by_its_name() -> None:
    one = model()
    municipality = next(iter(one.agents_by_type[MunicipalityAgent]))
    assert isinstance(municipality, MunicipalityAgent)
    with pytest.raises(AttributeError, match=r"^'county' points to counties, which are no agents$"):
        municipality.related("county")
    assert municipality.county >= 0  # it can still be read


def test_agents_can_be_selected_and_aggregated_as_in_any_mesa_model() -> None:
    one = played("voluntary", 2017)
    tired = one.schools.select(lambda school: isinstance(school, RowAgent) and school.fatigue > 0.1)
    assert len(tired) == (one.state[Schools].fatigue > 0.1).sum()
    assert one.schools.agg("fatigue", max) == one.state[Schools].fatigue.max()
    by_owner = one.schools.groupby("municipality")
    assert len(by_owner.groups) == len(one.state[Municipalities])


def test_an_agent_whose_column_is_replaced_still_sees_the_present() -> None:
    one = model()
    school = school_of(one, 0)
    before = school.fatigue
    one.state = one.state.copy()
    one.state[Schools].fatigue[0] = before + 0.125
    assert school.fatigue == before + 0.125


def test_agents_follow_the_mergers_of_2020() -> None:
    one = played("voluntary", 2019)
    before = by_number(one)
    schools = [school_of(one, row) for row in range(len(one.schools))]
    one.step()
    now = by_number(one)
    gone, come = before.keys() - now.keys(), now.keys() - before.keys()
    assert gone
    assert come
    assert len(now) == len(one.state[Municipalities]) < len(before)
    assert all(now[number] is before[number] for number in now.keys() & before.keys())
    assert all(now[number].row == row for row, number in enumerate(one.state[Municipalities].id.tolist()))
    assert list(one.schools) == schools
    owners = {school.related("municipality") for school in schools}
    assert owners <= set(now.values())
    remaining = set(one.agents)
    assert not remaining & {before[number] for number in gone}
    assert set(now.values()) <= remaining


def test_the_data_collector_works_with_models_and_agents() -> None:
    one = model()
    collector = mesa.DataCollector(
        model_reporters={
            "practice": lambda m: m.schools.agg("practice", np.mean),
            "half_year": lambda m: str(m.now),
        },
        agenttype_reporters={
            SchoolAgent: {"fatigue": "fatigue"},
            MunicipalityAgent: {"competence": lambda a: a.competence},
        },
    )
    plain = model()
    for _ in range(3):
        one.step()
        plain.step()
        collector.collect(one)
    table = collector.get_model_vars_dataframe()
    assert table["half_year"].tolist() == ["2017-spring", "2017-autumn", "2018-spring"]
    assert table["practice"].iloc[-1] == pytest.approx(one.state[Schools].practice.mean())
    schools = collector.get_agenttype_vars_dataframe(SchoolAgent)
    assert len(schools) == 3 * len(one.state[Schools])
    assert schools.loc[3, "fatigue"].tolist() == one.state[Schools].fatigue.tolist()
    assert differences(one.state, plain.state) == []


def test_the_data_collector_reads_all_agents_at_once() -> None:
    one = SchemeModel("voluntary", rng=7, scale=0.02)
    collector = mesa.DataCollector(agent_reporters={"identity": "identity"})
    one.step()
    collector.collect(one)
    assert len(collector.get_agent_vars_dataframe()) == len(one.agents)


class Diary(SchemeModel):
    """A Mesa user's own model: counts days, tires everybody, keeps a diary of processes."""

    def step(self) -> None:
        super().step()
        self.state[Schools].fatigue[:] = 0.625
        self.entries = [*getattr(self, "entries", []), str(self.now)]

    def play(self, process: Process, p: Parameters, draw: Draws) -> None:
        super().play(process, p, draw)
        self.last = process.name


def test_a_mesa_user_can_subclass_the_model_and_step_it() -> None:
    diary = Diary("voluntary", rng=7, scale=SCALE)
    diary.run_to(2017)
    assert diary.entries == ["2017-spring", "2017-autumn"]
    assert diary.steps == 2
    assert diary.last == order(Season.AUTUMN)[-1][1].name
    assert diary.schools.agg("fatigue", min) == 0.625
    branch = diary.branch(voluntary())
    branch.step()
    assert isinstance(branch, Diary)
    assert (len(branch.entries), len(diary.entries)) == (3, 2)


def test_agents_of_a_branch_are_its_own() -> None:
    trunk = played("voluntary", 2017)
    school = school_of(trunk, 0)
    branch = trunk.branch(voluntary())
    school_of(branch, 0).fatigue = 0.875
    assert branch.state[Schools].fatigue[0] == 0.875
    assert school.fatigue != 0.875
    assert school_of(branch, 0) is not school


def half_years(one: SchemeModel, year: int) -> Iterator[HalfYear]:
    while one.coming.year <= year:
        one.step()
        assert one.now is not None
        yield one.now


def test_somebody_is_drawn_followed_and_through_in_the_history() -> None:
    one = model(world=1)
    inside = {str(now): int(one.state[FollowUpOwners].participates.sum()) for now in half_years(one, 2025)}
    assert inside["2017-autumn"] > 0
    assert inside["2021-autumn"] > 0
    assert one.state[FollowUpOwners].times_drawn.max() >= 1


def test_the_seed_is_taken_as_mesa_models_take_it() -> None:
    def luck(**given: object) -> tuple[int, float]:
        model = SchemeModel("voluntary", scale=0.02, **given)  # type: ignore[arg-type]  # what is tested
        return model.streams.seed, float(model.state[Municipalities].competence.sum())

    assert luck(rng=7) == luck(seed=7) == luck(rng=np.int64(7))
    assert luck(rng=np.random.default_rng(3)) == luck(rng=np.random.default_rng(3))
    assert luck(rng=[1, 2]) == luck(rng=np.random.SeedSequence([1, 2]))
    assert luck() != luck()
    with pytest.raises(InputError, match="not both"):
        luck(rng=1, seed=1)


def test_iterations_of_a_batch_are_different_worlds_and_end_in_the_last_year() -> None:
    from mesa.batchrunner import batch_run

    class Measured(SchemeModel):
        def __init__(self, **given: object) -> None:
            super().__init__(**given)  # type: ignore[arg-type]  # as batch_run hands it on
            self.datacollector = mesa.DataCollector(
                {"practice": lambda m: float(m.state[Schools].practice.mean())}
            )
            self.datacollector.collect(self)

        def step(self) -> None:
            super().step()
            self.datacollector.collect(self)

    rows = batch_run(
        Measured, {"design": "voluntary", "scale": 0.02, "end": 2018}, iterations=3, display_progress=False
    )
    assert [row["Step"] for row in rows] == [3, 3, 3]  # the last of four, counted from 0
    assert len({row["practice"] for row in rows}) == 3


def test_run_model_ends_in_the_last_year_and_a_branch_goes_on_from_there() -> None:
    model = SchemeModel("voluntary", rng=1, scale=0.02, end=2018)
    model.run_model()
    assert str(model.now) == "2018-autumn"
    assert not model.running
    assert not model.branch(model.design).running


def test_an_agent_says_why_it_can_t_be_removed_and_stays() -> None:
    model = SchemeModel("voluntary", rng=1, scale=0.02)
    school: Any = next(iter(model.schools))
    with pytest.raises(TypeError, match="it is a view of a row"):
        school.remove()
    assert school in model.schools


def test_the_graph_has_every_owner_tied_to_its_network_and_its_uh_unit() -> None:
    model = SchemeModel("voluntary", rng=1, scale=0.05)
    graph = model.graph()
    owners = [node for node in graph if node[0] == "owner"]
    assert len(owners) == len(model.municipalities)
    assert all(graph.degree[owner] == 2 for owner in owners)


def test_what_is_written_to_an_agent_is_held_to_the_columns_declaration() -> None:
    model = SchemeModel("voluntary", rng=1, scale=0.02)
    school: Any = next(iter(model.schools))
    school.fatigue = 0.5
    assert school.fatigue == 0.5
    for wrong in (1.5, -0.1, float("nan"), "much"):
        with pytest.raises(ValueError, match=r"fatigue: expected a number from 0 to 1 \(0-1: tiredness"):
            school.fatigue = wrong
    assert school.fatigue == 0.5
    assert "fatigue" in dir(school)
    assert repr(school).startswith(f"<SchoolAgent {school.identity}: ")
