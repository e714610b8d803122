"""Obligation can come out either way: each channel by itself moves those drawn in its own direction, and none does it unseen.

Worlds are played by today's rules to 2025 and go on twice in the same luck, voluntary and obligatory, from the same state: so the
first draw picks the same owners in both, and these are the group that is measured, at the end of 2029. A claim that holds in nine
worlds of nine would do so by a coin's luck once in 512 (sign test, one-sided error 0.2 %).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pytest

from sim.arrays import Bools
from sim.declared import REGISTRY
from sim.experiments.parameter_draws import prior_draw
from sim.model import SchemeModel
from sim.outcomes.measures import practice, pupil_results, pupils
from sim.parameters.declaration import Value
from sim.scenario_files import load_design
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state import State
from sim.state.places import Municipalities

pytestmark = pytest.mark.slow

WORLDS, PARTING, LAST = 9, 2026, 2029

A, W = "follow_up.acceptance", "follow_up.will"
NEUTRAL: dict[str, Value] = {
    f"{A}.autonomy_cost": 0.0,
    f"{A}.obligation_floor": 0.0,
    f"{A}.decline_if_free": 0.0,
    f"{W}.voluntary_pressure": 0.5,
    f"{W}.by_pressure": 0.0,
    f"{W}.order_wakes": 0.0,
    f"{W}.refuse_load": 0.0,
    f"{W}.refuse_bad_round": 0.0,
    f"{W}.threat": 0.0,
}
"""Nothing is left by which an obligation could do anything."""
A_FIFTH_REFUSE: dict[str, Value] = {f"{A}.decline_if_free": 0.25, f"{W}.pressure_holds": 0.0}


def pairs(
    assumptions: Mapping[str, Value], world: int, *names: str, scale: float = 0.3
) -> tuple[dict[str, State], dict[str, SchemeModel], set[int]]:
    """The same world at the end under several designs, and who is drawn first; in the first design, and so in all of them."""
    base = load_design(names[0], REGISTRY)
    model = SchemeModel(base, rng=11, world=world, scale=scale, start=2017, assumptions=assumptions)
    model.run_to(PARTING - 1)
    futures, drawn = {}, set()
    for name in names:
        future = model.branch(load_design(name, REGISTRY))
        future.step()
        f, ids = future.state[FollowUpOwners], future.state[Municipalities].id
        drawn |= set(ids[f.last_draw_year == PARTING].tolist())
        future.run_to(LAST)
        futures[name] = future
    return {name: future.state for name, future in futures.items()}, futures, drawn


def of_the_drawn(model: SchemeModel, drawn: set[int]) -> float:
    """Practice where the first draw picked, mean over pupils."""
    who = np.isin(model.state[Municipalities].id, list(drawn))
    return float(np.average(practice(model.state, model.p)[who], weights=pupils(model.state).total[who]))


def difference(assumptions: Mapping[str, Value], world: int, *names: str) -> float:
    """The second design less the first, on those drawn."""
    first, second = names or ("voluntary", "obligatory")
    _, futures, drawn = pairs(assumptions, world, first, second)
    return of_the_drawn(futures[second], drawn) - of_the_drawn(futures[first], drawn)


def test_where_no_channel_is_open_an_obligation_changes_nothing_at_all() -> None:
    assert [difference(NEUTRAL, world) for world in range(3)] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("channel", "sign"),
    [
        ({f"{A}.autonomy_cost": 0.4}, -1),
        ({f"{A}.autonomy_cost": -0.2}, 1),
        ({f"{W}.by_pressure": 0.3}, 1),
        ({f"{W}.by_pressure": -0.3}, -1),
        ({f"{A}.obligation_floor": 0.7}, 1),
        ({f"{W}.order_wakes": 0.4}, 1),
        ({f"{W}.order_wakes": 0.3, f"{W}.order_moves": 0.0, f"{W}.order_fte": 1.0}, -1),
    ],
    ids=[
        "trust lost",
        "met as fair",
        "pressure helps",
        "pressure paralyses",
        "least effort",
        "council woken",
        "council's work",
    ],
)
def test_each_channel_alone_moves_those_drawn_in_its_own_direction(
    channel: dict[str, Value], sign: int
) -> None:
    found = [sign * difference({**NEUTRAL, **channel}, world) for world in range(WORLDS)]
    assert min(found) > 0


def test_an_obligation_wins_back_what_refusals_lose() -> None:
    """Where a fifth refuse, at least four fifths of the loss are won back, over nine worlds."""
    nobody_refuses = {**NEUTRAL, f"{A}.decline_if_free": 0.0}
    refusing = {**NEUTRAL, **A_FIFTH_REFUSE}
    lost = won = refused = 0.0
    for world in range(WORLDS):
        _, willing, drawn = pairs(nobody_refuses, world, "voluntary")
        _, free, same = pairs(refusing, world, "voluntary", "obligatory")
        assert drawn & same
        full, voluntary, obliged = (
            of_the_drawn(model, drawn & same)
            for model in (willing["voluntary"], free["voluntary"], free["obligatory"])
        )
        lost += full - voluntary
        won += obliged - voluntary
        f = free["voluntary"].state[FollowUpOwners]
        refused += f.declined[f.last_draw_year >= PARTING].mean() / WORLDS
    assert 0.1 < refused < 0.3
    assert lost > 0
    assert won > 0.8 * lost


def near(state: State) -> Bools:
    """Owners near the limit that are not in the scheme."""
    return state[FollowUpOwners].near_limit > 0.2


def test_a_threat_moves_those_who_were_not_drawn_and_costs_them_hours() -> None:
    for world in range(WORLDS):
        _, idle, _ = pairs(NEUTRAL, world, "obligatory_robek")
        _, feared, _ = pairs({**NEUTRAL, f"{W}.threat": 0.2}, world, "obligatory_robek")
        before, after = idle["obligatory_robek"], feared["obligatory_robek"]
        who = near(before.state) & np.isin(before.state[Municipalities].id, after.state[Municipalities].id)
        gain = practice(after.state, after.p) - practice(before.state, before.p)
        hours = after.state[FollowUpOwners].spent_hours - before.state[FollowUpOwners].spent_hours
        assert gain[who].mean() > 0
        assert hours[near(after.state)].mean() > 0


@lru_cache
def under_the_priors() -> tuple[tuple[float, float, float], ...]:
    """Results of those drawn without follow-up, with it voluntary and obligatory, in 80 worlds with parameters of their own."""
    found = []
    for world in range(80):
        _, futures, drawn = pairs(
            prior_draw(REGISTRY, 11, world), world, "no_follow_up", "voluntary", "obligatory", scale=0.2
        )
        without, voluntary, obliged = (
            float(np.average(pupil_results(m.state, m.p)[who], weights=pupils(m.state).total[who]))
            for m in futures.values()
            for who in [np.isin(m.state[Municipalities].id, list(drawn))]
        )
        found.append((without, voluntary, obliged))
    return tuple(found)


def test_under_the_priors_an_obligation_may_be_better_or_worse_for_those_drawn() -> None:
    """P(better) between 0.2 and 0.8: were it 0.2, eight or fewer of 80 worlds would show it once in 76 (binomial)."""
    better = sum(obliged > voluntary for _, voluntary, obliged in under_the_priors())
    assert 9 <= better <= 71


def test_under_the_priors_the_scheme_seldom_gives_those_drawn_next_to_nothing() -> None:
    """P(less than 0.005 SD) at most 0.3: were it 0.3, more than 33 of 80 worlds would show it once in 84 (binomial)."""
    next_to_nothing = sum(voluntary - without < 0.5 for without, voluntary, _ in under_the_priors())
    assert next_to_nothing <= 33
