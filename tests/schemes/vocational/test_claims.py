"""What the sources claim of the vocational scheme comes out in whole worlds.

Each claim is played in ten worlds, twice in each in the same luck. It holds if the difference points the right way in all of
them: were the mechanism idle and the difference a coin's, that would happen once in 1,024 (sign test, one-sided error 0.1 %).
Upper secondary stands apart from the rest of the model, so only this scheme's processes are played.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import pytest

from sim.half_year import HalfYear, Season
from sim.model import SchemeModel
from sim.parameters.declaration import Value
from sim.schemes.vocational.levers import ForumRole
from sim.schemes.vocational.outcomes import OUTCOMES
from sim.schemes.vocational.scheme import SCHEME
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, Trades, UpperSchools, VocationalTeachers
from sim.school_year import AUTUMN, SPRING
from sim.state import State
from tests.schemes.decentralised.whole_country import variant

pytestmark = pytest.mark.slow

WORLDS = 10
BEGINS, FIRST, LAST = 2019, 2026, 2031  # played from the first to the last year, averaged from the second
SCALE = 0.5
OLD = 3  # years from which a collective measure is no longer new

Setting: TypeAlias = dict[str, Value]
Reading: TypeAlias = Callable[[State], float]


def reached_where_small(state: State) -> float:
    """Share with a course among teachers of the smaller half of the trades, less that among the others."""
    teachers = state[VocationalTeachers]
    small = state[Trades].size[teachers.trade] < np.median(state[Trades].size)
    course = teachers.measure == SmallMeasure.COURSE
    return float(course[small].mean() - course[~small].mean())


def models_apart(state: State) -> float:
    models = state[CountyOwners].models
    return float(models.std() / models.mean())


def collective_at_home(state: State) -> float:
    """Collective learning in staffs whose measure is no longer new."""
    schools = state[UpperSchools]
    old = schools.stage >= OLD
    return float(schools.collective[old].mean()) if old.any() else 0.0


READINGS: Mapping[str, Reading] = {
    "teachers with small measures": lambda s: float((s[VocationalTeachers].measure > 0).mean()),
    "subject": lambda s: float(s[VocationalTeachers].subject.mean()),
    "teaching": lambda s: float(s[VocationalTeachers].teaching.mean()),
    "collective": lambda s: float(np.average(s[UpperSchools].collective, weights=s[UpperSchools].n_teachers)),
    "collective measures": lambda s: float(s[UpperSchools].in_collective.sum()),
    "collective where there is a measure": collective_at_home,
    "unmet": lambda s: float(s[VocationalTeachers].unmet.mean()),
    "models": lambda s: float(s[CountyOwners].models.mean()),
    "models apart": models_apart,
    "hit": lambda s: float(s[CountyOwners].hit.mean()),
    "hours": lambda s: float(s[CountyOwners].hours.sum()),
    "hours for each teacher reached": lambda s: float(
        s[CountyOwners].hours.sum() / max((s[VocationalTeachers].measure > 0).sum(), 1)
    ),
    "role clarity": lambda s: float(s[CountyOwners].role_clarity.mean()),
    "contact": lambda s: float(s[CountyOwners].contact.mean()),
    "visibility": lambda s: float(s[CountyOwners].visibility.mean()),
    "trust": lambda s: float(s[CountyOwners].trust.mean()),
    "vocational money": lambda s: float(s[CountyOwners].pot_nok.sum()),
    "courses in small trades": reached_where_small,
    "training side": lambda s: float(
        (s[CountyOwners].instructors_reached + s[CountyOwners].boards_reached).sum()
    ),
    "schools": lambda s: float(s[UpperSchools].takes_part.sum()),
}


@lru_cache
def beginning(number: int) -> SchemeModel:
    return SchemeModel("voluntary", rng=11, world=number, scale=SCALE, start=BEGINS)


def processes(season: Season) -> list[Callable[..., None]]:
    half = SPRING if season is Season.SPRING else AUTUMN
    return [process.rule for part in half for process in SCHEME.processes.get(part, ())]


@lru_cache
def course(number: int, from_year: int = BEGINS, **values: Value) -> Mapping[str, tuple[float, ...]]:
    """Every reading after each autumn; before `from_year` all is as in history."""
    model = beginning(number)
    history, design = variant(), variant(**values)
    state = model.state.copy()
    seen: dict[str, list[float]] = {name: [] for name in READINGS}
    now = HalfYear.of(BEGINS, Season.SPRING)
    while now.year <= LAST:
        state.now = now
        p = SchemeModel.parameters(_under(model, design if now.year >= from_year else history), now.year)
        for rule in processes(now.season):
            rule(state, p, model.streams.at(now.index))
        if now.season is Season.AUTUMN:
            for name, reading in READINGS.items():
                seen[name].append(reading(state))
        now = now.next()
    assert state.breaches() == []
    return {name: tuple(values) for name, values in seen.items()}


def _under(model: SchemeModel, design: object) -> SchemeModel:
    """The model's parameters under another design."""
    model.design = design  # type: ignore[assignment]  # a design, kept untyped for the cache
    model._parameters = {}
    return model


def late(reading: str, number: int, **values: Value) -> float:
    return float(np.mean(course(number, **values)[reading][FIRST - BEGINS :]))


ON: Setting = {"vocational__active": True}
APPLIED: Setting = {**ON, "vocational__direct_share": 0.0}
SMALL: Setting = {**APPLIED, "vocational__collective_share": 0.0}
JOINT: Setting = {**ON, "vocational__joint": True, "vocational__visibility_rules": 0.0}

CLAIMS: list[tuple[str, str, Setting, Setting, str]] = [
    # claim, reading, where it is less, where it is more, source
    ("bureaucracy kills small grants", "teachers with small measures",
     {**SMALL, "vocational__paperwork_hours": 20.0}, {**SMALL, "vocational__paperwork_hours": 1.0}, "4 [V1]"),
    ("a threshold keeps small grants out", "teachers with small measures",
     {**SMALL, "vocational__least_nok": 500_000.0}, SMALL, "4 [V1]"),
    ("bureaucracy takes schools out", "schools",
     {**APPLIED, "vocational__paperwork_hours": 20.0}, {**APPLIED, "vocational__paperwork_hours": 1.0}, "4 [V1]"),
    ("rolling deadlines meet more wishes", "teachers with small measures",
     {**SMALL, "vocational__rolling_share": 0.0, "vocational__grant_nok": 2e8},
     {**SMALL, "vocational__rolling_share": 1.0, "vocational__grant_nok": 2e8}, "4"),
    ("tiny communities get fewer courses", "courses in small trades",
     {**SMALL, "vocational_take_up__course_community": 8.0, "vocational__hospitering_share": 0.0},
     {**SMALL, "vocational_take_up__course_community": 0.5, "vocational__hospitering_share": 0.0}, "4 [V2]"),
    ("small grants update subjects", "subject",
     {**ON, "vocational__collective_share": 1.0}, {**ON, "vocational__collective_share": 0.0}, "4 [V2, V5]"),
    ("many isolated measures leave little collective learning", "collective",
     {**ON, "vocational__collective_share": 0.0}, {**ON, "vocational__collective_share": 0.8}, "4 [V5]"),
    ("the national network spreads good models", "models",
     {**ON, "vocational__national_network": 0.0}, {**ON, "vocational__national_network": 1.0}, "4 [V3]"),
    ("the national network brings counties together", "models apart",
     {**ON, "vocational__national_network": 1.0}, {**ON, "vocational__national_network": 0.0}, "4 [V3]"),
    ("coordination brings contact", "contact",
     {**ON, "vocational__coordination": 0.0}, {**ON, "vocational__coordination": 1.0}, "4.4.3 [V4]"),
    ("weak coordination doubles work", "hours for each teacher reached",
     {**APPLIED, "vocational__coordination": 1.0}, {**APPLIED, "vocational__coordination": 0.0}, "4.4.3 [V4]"),
    ("strong coordination lets vocational teachers join general measures", "teaching",
     {**ON, "vocational__coordination": 0.0}, {**ON, "vocational__coordination": 1.0}, "4.4.3 [V4]"),
    ("a regulation makes roles clearer", "role clarity",
     {**ON, "vocational__regulation": False}, {**ON, "vocational__regulation": True}, "4.4.1"),
    ("a deciding forum blurs the vocational board's role", "role clarity",
     {**ON, "vocational__forum_role": ForumRole.DECIDING}, ON, "4.4.1; assumption"),
    ("a deciding forum hits trades' needs better", "hit",
     ON, {**ON, "vocational__forum_role": ForumRole.DECIDING}, "4; assumption"),
    ("a deciding forum costs hours", "hours",
     {**ON, "vocational__direct_share": 1.0},
     {**ON, "vocational__direct_share": 1.0, "vocational__forum_role": ForumRole.DECIDING}, "assumption"),
    ("a joint scheme loses sight of vocational needs", "visibility", JOINT, ON, "4.4 [V7]"),
    ("what nobody sees is not funded", "vocational money", JOINT, ON, "4.4 [V7]"),
    ("a joint scheme asks more paperwork of each", "hours for each teacher reached",
     {**APPLIED, "vocational__coordination": 1.0}, {**JOINT, **APPLIED, "vocational_counties__joint_paperwork": 0.6},
     "4.4 [V7]"),
    ("rules keep vocational needs in sight", "visibility",
     JOINT, {**JOINT, "vocational__visibility_rules": 0.8}, "4.4 [V7]"),
    ("a joint scheme is contact in itself", "contact", ON, JOINT, "4.4.3"),
    ("groups across schools reach more schools for the same money", "collective measures",
     ON, {**ON, "vocational__flexible_collective": 1.0}, "4 [V2]"),
    ("groups across counties leave fewer wishes unmet", "unmet",
     {**ON, "vocational__flexible_collective": 1.0}, ON, "4 [V2]"),
    ("each of them leaves less in its own staff", "collective where there is a measure",
     {**ON, "vocational__flexible_collective": 1.0}, ON, "4 [V5]; assumption"),
    ("money for the training side reaches it", "training side",
     {**ON, "vocational__training_side_share": 0.1}, {**ON, "vocational__training_side_share": 0.4}, "4"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "reading", "less", "more", "source"),
    CLAIMS,
    ids=[claim.replace(" ", "-") for claim, *_ in CLAIMS],
)
def test_a_claim_of_the_sources_comes_out(
    claim: str, reading: str, less: Setting, more: Setting, source: str
) -> None:
    difference = [late(reading, number, **more) - late(reading, number, **less) for number in range(WORLDS)]
    assert min(difference) > 0, f"{claim} ({source}): {difference}"


def test_early_years_leave_more_unused_than_later_ones() -> None:
    """AFI-rapport 2026:02, 4.4 [V6]."""
    model_unspent = next(o for o in OUTCOMES if o.key == "voc_unspent")
    for number in range(WORLDS):
        unspent = {}
        state, model = beginning(number).state.copy(), beginning(number)
        now = HalfYear.of(BEGINS, Season.SPRING)
        while now.year <= LAST:
            state.now = now
            p = _under(model, variant()).parameters(now.year)
            for rule in processes(now.season):
                rule(state, p, model.streams.at(now.index))
            unspent[now.year] = float(model_unspent.measure(state, p)[0])
            now = now.next()
        assert min(unspent[year] for year in (2019, 2020, 2021)) > max(unspent[year] for year in (2028, 2031))


def test_what_is_not_carried_over_is_missed_at_first() -> None:
    """Trust in the year after a joint scheme began, with and without continuity [V7]."""
    for number in range(WORLDS):
        trust = [
            course(number, 2026, **{**JOINT, "vocational__continuity": carried})["trust"][2026 - BEGINS]
            for carried in (0.0, 1.0)
        ]
        assert trust[0] < trust[1]
