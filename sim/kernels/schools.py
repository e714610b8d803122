"""Kernels over schools' teaching, intake, community and load; see `schooling`, `community` and `load` in `sim.processes`."""

from __future__ import annotations

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled


@compiled("void(float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])")
def teach(
    practice: Floats,
    turnover: Floats,
    principal_tenure: Floats,
    intake: Floats,
    about: Floats,
    taught: Floats,
) -> None:
    """What pupils have been taught moves towards the level that lasting conditions give."""
    cost, usual, weak_factor, change_cost, change_years, sd, to_pupils, pace = about
    for i in range(len(taught)):
        weak = weak_factor if intake[i] < 0 else 1.0
        unsettled = change_cost if principal_tenure[i] < change_years else 0.0
        loss = cost * (turnover[i] - usual) * weak + unsettled
        taught[i] += pace * (sd * (to_pupils * practice[i] - loss) - taught[i])


@compiled("void(float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1])")
def drift(luck: Floats, home: Floats, about: Floats, intake: Floats, value_added: Floats) -> None:
    """Intake drifts around where it is at home, and what comes and goes comes and goes; `luck` has shape (2, schools)."""
    pull, drift_sd, persistence, innovation = about
    for i in range(len(intake)):
        intake[i] += pull * (intake[i] - home[i]) + drift_sd * luck[0, i]
        value_added[i] = value_added[i] * persistence + innovation * luck[1, i]


@compiled("void(float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])")
def grow(leadership: Floats, turnover: Floats, involvement: Floats, about: Floats, community: Floats) -> None:
    """The community moves to what leadership, turnover and development work call for."""
    base, by_leadership, by_turnover, by_work, pace = about
    for i in range(len(community)):
        target = base + by_leadership * leadership[i] - by_turnover * turnover[i] + by_work * involvement[i]
        community[i] += pace * (min(max(target, 0.0), 1.0) - community[i])


@compiled("void(int64[::1], float64[::1], float64[::1], float64[::1])")
def tire(owner: Ints, load: Floats, about: Floats, fatigue: Floats) -> None:
    """Staff rooms tire where their owner passes on more than it can carry; `load` by owner."""
    base, per_overload, pace = about
    for i in range(len(fatigue)):
        target = base + per_overload * max(load[owner[i]] - 1, 0.0)
        fatigue[i] += pace * (min(max(target, 0.0), 1.0) - fatigue[i])
