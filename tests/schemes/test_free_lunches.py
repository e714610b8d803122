"""Nothing is free: each lever of every scheme is moved alone, and what gets better has a price somewhere.

Four worlds are played by the rules of 2025; each then goes on twice in the same luck, with a lever moved and without it. An
outcome is clearly better if its mean over the years after is so in all worlds and lies at least `CLEAR` standard errors from
nothing; a price need only point the same way in all worlds, and somebody has to feel it: what the state pays to run a scheme
(`running_nok`) is told, and counts as neither. A lever whose declaration says why it is free (`free=`) is let
off. One that only takes is no matter of this test: what it gives may be too small for worlds like these.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import pytest

from sim.arrays import Floats
from sim.declared import OUTCOMES, REGISTRY
from sim.half_year import Season
from sim.model import SchemeModel
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.declaration import Declaration, Role, Value
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.grants import pupils
from sim.schemes.follow_up.phases import in_scheme
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, Phase
from sim.state import State
from sim.state.places import Municipalities, Networks, Offices
from sim.state.schools import Schools
from tests.schemes.decentralised.whole_country import base, world

WORLDS = 4
SCALE = 0.1
PARTING, LAST = 2026, 2031
CLEAR = 4.0  # standard errors

Setting: TypeAlias = dict[str, Value]

WITH: Mapping[str, Setting] = {
    "guide_corps": {"guide_corps.active": True},
    "follow_up.corps_share": {"guide_corps.active": True},
    "decentralised.handing_over": {"decentralised.handing_over.active": True},
    "decentralised.other_owners.own_grant_nok": {"decentralised.other_owners.own_scheme": True},
    "vocational.visibility_rules": {"vocational.joint": True},
    "vocational.continuity": {"vocational.joint": True},
    "vocational.run_by": {"vocational.joint": True},
    "system_2026.new_teachers.on_application": {"system_2026.new_teachers.grant_nok": 60e6},
    "follow_up.light_share": {"follow_up.light_from": 0.0},
    "follow_up.long_adds_years": {"follow_up.long_below": 1.0},
    "follow_up.at_school_below_fte": {"follow_up.owner_measures": 0.5},
    "follow_up.sanction": {"follow_up.obligation": "compulsory"},
    "follow_up.after_refusal": {"follow_up.felt_pressure": 0.2},
    "follow_up.refused_place": {"follow_up.felt_pressure": 0.2},
    "system_2026.further_education.uh_earmarked": {"system_2026.further_education.straight_to_owners": True},
    "system_2026.further_education.owner_share": {"system_2026.further_education.straight_to_owners": True},
}
"""What has to be switched on for a lever, or a group of them, to mean anything."""


def context(name: str) -> Setting:
    return next((given for key, given in WITH.items() if name == key or name.startswith(key + ".")), {})


YEARLY = tuple(range(2017, 2035))
MOVED: Mapping[str, tuple[Value, ...]] = {
    "follow_up.draw.years": (YEARLY,),
    "follow_up.draw.indicators": (("reading_5", "numeracy_5", "reading_8", "numeracy_8"),),
    "follow_up.draw.least_pupils": (500.0,),
    "follow_up.draw.consistent_years": (2,),
    "decentralised.cofunding": (0.0,),
    "decentralised.open_years": (4.0,),
    "decentralised.handing_over.least_fte": (1.0,),
    "decentralised.handing_over.least_competence": (0.3,),
    "decentralised.other_owners.private_weight": (1.0,),
    "system_2026.new_teachers.grant_nok": (60e6,),
    "system_2026.leaders.grant_nok": (20e6,),
    "system_2026.roles.grant_nok": (40e6,),
    "vocational.least_nok": (30_000.0,),
    "innovation.call_every": (1,),
    "innovation.projects": (0, 6),
    "innovation.spread": (0.1,),
    "follow_up.light_from": (0.3,),
    "follow_up.at_school_below_fte": (1.5,),
    "follow_up.straight_from": (0.4,),
    "load.other_schemes_fte": (0.0,),
}
"""Values of levers for which half as much again is no sensible question."""


def moves(d: Declaration) -> tuple[Value, ...]:
    """The other values of a lever: those given above, all other words, the far end of a share, half as much again."""
    if d.name in MOVED:
        return MOVED[d.name]
    if d.kind is bool:
        return (not d.default,)
    if issubclass(d.kind, StrEnum) or d.choices:
        return tuple(word for word in d.words if word != d.default)
    assert d.bounds is not None
    if d.bounds[1] <= 1.0:
        return (1.0 if d.default <= 1 / 2 else 0.0,)
    return (int(1.5 * d.default) if d.kind is int else 1.5 * float(d.default),)


SPENT = ("grant_nok", "upper_grant_nok", "private_grant_nok")
"""Outcomes that are neither good nor bad for whom they reach, but are the state's money."""


def of_the_state(state: State) -> Mapping[str, float]:
    """What is scarce and no outcome: how close offices stay to those they follow, and to everybody; their room for follow-up;
    coordinators' time that their own networks have; money for measures.
    """
    followed, offices = state[FollowUpOwners], state[FollowUpOffices]
    here = in_scheme(followed)
    measures = followed.phase == Phase.IMPLEMENTATION
    return {
        "closeness": float(followed.closeness[here].mean()) if here.any() else np.nan,
        "office": float(state[Offices].closeness.mean()),
        "room": float(offices.free_fte.mean()),
        "coordinators": -float(state[Networks].lent_fte.mean()),
        "money for measures": float(followed.spent_nok[measures].mean()) if measures.any() else np.nan,
    }


def figure(outcome: Outcome, state: State, p: Parameters) -> float:
    """The nation's figure of an outcome, with more always better; NaN where it applies to nobody."""
    values = outcome.measure(state, p)
    sign = -1 if outcome.key in SPENT else outcome.better
    there = ~np.isnan(values)
    if not there.any():
        return np.nan
    if outcome.gather is Gather.SUM:
        return sign * float(values[there].sum())
    if outcome.gather is Gather.PUPILS:
        return sign * float(
            np.average(values[there], weights=pupils(state[Schools], len(state[Municipalities]))[there])
        )
    return sign * float(values[there].mean())


TOLD = tuple(
    outcome
    for outcome in OUTCOMES
    if (outcome.better or outcome.key in SPENT) and outcome.key != "running_nok"
)


def years(model: SchemeModel) -> Iterator[list[float]]:
    """All that is told, each autumn up to the last year."""
    while model.coming.year <= LAST:
        model.step()
        if model.state.now.season is Season.AUTUMN:
            yield [
                *(figure(outcome, model.state, model.p) for outcome in TOLD),
                *of_the_state(model.state).values(),
            ]


@lru_cache
def past(number: int) -> SchemeModel:
    model = world(base("voluntary"), number, SCALE)
    model.run_to(PARTING - 1)
    return model


@lru_cache
def course(number: int, setting: tuple[tuple[str, Value], ...]) -> Floats:
    """Means over the years after the parting, shape (told,)."""
    model = past(number).branch(base("voluntary").with_levers(dict(setting), PARTING))
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(np.nanmean(list(years(model)), axis=0))


def moved(name: str, value: Value) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """What clearly gets better, and what gets worse in all worlds, by key; more is better in both."""
    given = context(name)
    with_it, without = ({**given, name: value}, given)
    apart = np.array(
        [course(n, tuple(with_it.items())) - course(n, tuple(without.items())) for n in range(WORLDS)]
    )
    keys = [*(outcome.key for outcome in TOLD), *of_the_state(past(0).state)]
    better, worse = {}, {}
    for key, each in zip(keys, apart.T, strict=True):
        error = each.std(ddof=1) / np.sqrt(WORLDS)
        if min(each) > 0 and each.mean() > CLEAR * error:
            better[key] = float(each.mean())
        elif max(each) < 0:
            worse[key] = float(each.mean())
    return better, worse


CASES = [(d.name, value) for d in REGISTRY.of_role(Role.LEVER) for value in moves(d)]
QUICK = (
    "decentralised.governor_training", "follow_up.openness", "follow_up.uses_networks", "innovation.projects",
    "guide_corps.places", "follow_up.say_in_guides", "follow_up.deadline_share",
)  # fmt: skip
"""Levers whose price was only told, or left out, until it was taken from somebody."""


@pytest.mark.parametrize(
    ("lever", "value"),
    [
        pytest.param(name, value, marks=() if name in QUICK else pytest.mark.slow, id=f"{name}-{number}")
        for number, (name, value) in enumerate(CASES)
    ],
)
def test_no_lever_gives_something_for_nothing(lever: str, value: Value) -> None:
    better, worse = moved(lever, value)
    assert not better or worse or REGISTRY.find(lever).free, (lever, value, better)
