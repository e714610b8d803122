"""Nothing is free: each lever of every scheme is moved alone, both ways, and what gets better has a price somewhere.

Four worlds are played by the rules of 2025; each then goes on twice in the same luck, with a lever moved and without it. What
counts is measured by the smallest effect of interest that each outcome declares with its reason (`sim.outcomes.smallest`):

- a gain is a mean over the years after that is better in all worlds, lies at least `CLEAR` standard errors from nothing, and
  comes to `GAIN` of the smallest effect; what is spared (money, hours, load, what is scarce) is none, for who does less spares
  what it costs;
- a price is worse in all worlds and comes to `PRICE` of it, somewhere: an outcome, or what is scarce and no outcome
  (`SCARCE`). It may be smaller than a gain, since it is mostly spread over more. Hours that are only counted, and no rule
  reads, are none; a grant is one either way, as the state's money or as the owners'.

What the state pays to run a scheme (`running_nok`) is told, and counts as neither. A lever whose declaration says why it is free
(`free=`) is let off. Gifts, by assumptions that nobody pays for, show that the test can fail.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import pytest

from sim.arrays import Floats
from sim.declared import OUTCOMES, REGISTRY
from sim.design import Design
from sim.half_year import Season
from sim.model import SchemeModel
from sim.outcomes import smallest
from sim.outcomes.outcome import Gather, Outcome
from sim.outcomes.smallest import Smallest
from sim.parameters.declaration import Declaration, Role, Value
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.assumptions import Coordinators
from sim.schemes.decentralised.grants import pupils
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.schemes.follow_up.phases import in_scheme
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, Phase
from sim.schemes.vocational.state import CountyOwners
from sim.state import State
from sim.state.places import Municipalities, Networks, Offices
from sim.state.schools import Schools
from tests.schemes.decentralised.whole_country import base, world

WORLDS = 4
SCALE = 0.1
PARTING, LAST = 2026, 2031
CLEAR = 4.0  # standard errors
GAIN, PRICE = 0.5, 0.1  # parts of the smallest effect of interest from which on a gain, and a price, counts

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
    """The other values of a lever, within its bounds: those given above, all other words, both ends of a share, and half as much
    and half as much again.
    """
    now = context(d.name).get(d.name, d.default)
    values = MOVED.get(d.name, ())
    if d.kind is bool:
        values = (*values, not now)
    elif isinstance(now, (int, float)) and d.bounds is not None:
        low, high = d.bounds
        far = d.bounds if high <= 1.0 else (max(float(now) / 2, low), min(1.5 * float(now), high))
        values = (*values, *(d.kind(end) for end in far))
    elif not values:
        values = d.words
    return tuple(value for value in dict.fromkeys(values) if value != now)


SPENT = ("grant_nok", "upper_grant_nok", "private_grant_nok")
"""Outcomes that are the state's money, and the owners' to work with."""


SCARCE: Mapping[str, Smallest] = {
    "closeness": smallest.POINT, "office": smallest.POINT, "room": smallest.MONEY, "forums": smallest.POINT,
    "coordinators": smallest.MONEY, "money for measures": smallest.MONEY, "fit of measures": smallest.POINT,
    "paid time": smallest.MONEY, "UH in schools": smallest.HOURS, "counties' offices": smallest.POINT,
}  # fmt: skip
"""What is scarce, is spent by rules on what outcomes tell of, and is no outcome itself; and what of it counts."""


def left(state: State, p: Parameters) -> Mapping[str, float]:
    """What is left of it: how close offices stay to those they follow, and to everybody; their room for follow-up; part of the
    usual time for forums that is there for schools; coordinators' time that their own networks have; follow-up's money for each
    owner with measures, and how well these fit; money for teachers' time; UH's hours with owners; part of what counties'
    offices are asked that they do.
    """
    followed, offices, dec = state[FollowUpOwners], state[Offices], state[DecentralisedOwners]
    here, measures = in_scheme(followed), followed.phase == Phase.IMPLEMENTATION
    coordinators_nok = p[Decentralised].coordinator_fte * p[Coordinators].nok * len(state[Networks])
    return {
        "closeness": float(followed.closeness[here].mean()) if here.any() else np.nan,
        "office": float(offices.closeness.mean()),
        "room": float(state[FollowUpOffices].free_fte.mean()),
        "forums": float((offices.forum_room * (1 - offices.shared_agenda)).mean()),
        "coordinators": -float(state[Networks].lent_fte.mean()),
        "money for measures": float(followed.spent_nok[measures].mean()) if measures.any() else np.nan,
        "fit of measures": float(followed.plan_fit[measures].mean()) if measures.any() else np.nan,
        "paid time": float((dec.grant_nok - dec.uh_nok + dec.own_nok).sum() - coordinators_nok),
        "UH in schools": float(dec.uh_hours.mean()),
        "counties' offices": float(state[CountyOwners].done.mean()),
    }


def figure(outcome: Outcome, state: State, p: Parameters) -> float:
    """The nation's figure of an outcome, with more always better; NaN where it applies to nobody."""
    values = outcome.measure(state, p)
    sign = outcome.better or 1
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


SIZES = (*(outcome.smallest for outcome in TOLD), *SCARCE.values())
KEYS = (*(outcome.key for outcome in TOLD), *SCARCE)
SPARED = (smallest.HOURS, smallest.MONEY, smallest.CAPACITY)
"""Sizes of what schemes take."""


def years(model: SchemeModel) -> Iterator[list[float]]:
    """All that is told, and what is scarce, each autumn up to the last year."""
    while model.coming.year <= LAST:
        model.step()
        if model.state.now.season is Season.AUTUMN:
            yield [
                *(figure(outcome, model.state, model.p) for outcome in TOLD),
                *left(model.state, model.p).values(),
            ]


@lru_cache
def past(number: int) -> SchemeModel:
    model = world(base("voluntary"), number, SCALE)
    model.run_to(PARTING - 1)
    return model


def course(number: int, design: Design) -> Floats:
    """Means over the years after the parting, shape (told and scarce,)."""
    model = past(number).branch(design)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(np.nanmean(list(years(model)), axis=0))


Items: TypeAlias = tuple[tuple[str, Value], ...]


@lru_cache
def courses(setting: Items, assumed: Items = ()) -> Floats:
    """Of all worlds with levers set at the parting, and assumptions made; shape (worlds, told and scarce)."""
    design = base("voluntary").with_assumptions(dict(assumed)).with_levers(dict(setting), PARTING)
    return np.array([course(number, design) for number in range(WORLDS)])


def weighed(with_it: Floats, without: Floats) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Gains and prices by key, in smallest effects of interest."""
    gains, prices = {}, {}
    for key, size, a, b in zip(KEYS, SIZES, with_it.T, without.T, strict=True):
        apart, level = a - b, max(abs(a.mean()), abs(b.mean()))
        error = apart.std(ddof=1) / np.sqrt(WORLDS)
        assert size is not None, key
        effects = apart.mean() / size.at(level) if level else 0.0
        told = key not in SCARCE and size not in SPARED
        if told and effects >= GAIN and min(apart) > 0 and apart.mean() > CLEAR * error:
            gains[key] = float(effects)
        alike = max(apart) < 0 or (key in SPENT and min(apart) > 0)
        if abs(effects) >= PRICE and alike and not (size is smallest.HOURS and key not in SCARCE):
            prices[key] = abs(float(effects))
    return gains, prices


def moved(name: str, value: Value, **assumed: Value) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """What clearly gets better, and what is paid for it somewhere, when a lever is moved to a value."""
    given, world = context(name), tuple(assumed.items())
    return weighed(
        courses(tuple({**given, name: value}.items()), world), courses(tuple(given.items()), world)
    )


CASES = [(d.name, value) for d in REGISTRY.of_role(Role.LEVER) for value in moves(d)]


@pytest.mark.parametrize(
    ("lever", "value"), [pytest.param(*case, id=f"{case[0]}-{i}") for i, case in enumerate(CASES)]
)
def test_no_lever_gives_something_for_nothing(lever: str, value: Value) -> None:
    gains, prices = moved(lever, value)
    assert not gains or prices or REGISTRY.find(lever).free, (lever, value, gains)


GIFTS: tuple[Setting, ...] = (
    {"turnover.head_exit": 0.02},
    {"decentralised.needs.teachers_gain": 0.25},
    {"vocational.counties.hit_base": 0.5},
)
"""Assumptions by which things go better, and nobody pays."""


@pytest.mark.parametrize("gift", GIFTS, ids=lambda gift: next(iter(gift)))
def test_a_gift_would_be_found_out(gift: Setting) -> None:
    gains, prices = weighed(courses((), tuple(gift.items())), courses(()))
    assert gains
    assert not prices


@pytest.mark.parametrize(
    ("lever", "price"),
    [
        ("vocational.board_active", "vocational.counties.board_hours"),
        ("neighbours.run_together", "neighbours.agenda"),
        ("follow_up.openness", "follow_up.governors.answers_fte"),
    ],
)
def test_a_lever_that_takes_nothing_from_anybody_would_be_found_out(lever: str, price: str) -> None:
    gains, prices = moved(lever, 1.0, **{price: 0.0})
    assert gains
    assert not prices


def test_every_lever_is_moved_and_within_its_bounds() -> None:
    assert {name for name, _ in CASES} == {d.name for d in REGISTRY.of_role(Role.LEVER)}
    for name, value in CASES:
        bounds = REGISTRY.find(name).bounds
        assert bounds is None or not isinstance(value, (int, float)) or bounds[0] <= value <= bounds[1], (
            name,
            value,
        )
