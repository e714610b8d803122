"""Kernels over owners in the decentralised scheme: `sim.schemes.decentralised.logics`, `.needs` and `.owners`."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled


@compiled("void(float64[:, ::1], float64[::1], float64, float64)")
def move_mixes(mix: Floats, regime: Floats, pace: float, floor: float) -> None:
    """Mixes of logics move towards a regime, where no part is below the floor."""
    for i in range(len(mix)):
        for logic in range(len(regime)):
            target = floor + (1 - len(regime) * floor) * regime[logic]
            mix[i, logic] += pace * (target - mix[i, logic])


@compiled("void(float64[:, ::1], float64[::1], float64, float64, float64[::1])")
def find_legitimate(mix: Floats, regime: Floats, base: float, by_fit: float, legitimacy: Floats) -> None:
    """How right actors find the way money comes: by half the distance between their mix and it."""
    for i in range(len(mix)):
        apart = 0.0
        for logic in range(len(regime)):
            apart += abs(mix[i, logic] - regime[logic])
        fit = min(max(1 - apart / 2, 0.0), 1.0)
        legitimacy[i] = min(max(base + by_fit * fit, 0.0), 1.0)


@compiled(
    "void(float64[:, ::1], float64[:, ::1], float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1])"
)
def settle_in(
    mix: Floats,
    mix_of_forums: Floats,
    mix_of_uh: Floats,
    regime: Floats,
    load: Floats,
    about: Floats,
    legitimacy: Floats,
    effort: Floats,
    hours: Floats,
    uh_hours: Floats,
    uh_effort: Floats,
) -> None:
    """Mixes move; owners and units put in what they find right and get round to; hours are counted anew."""
    runs, pace, floor, base, by_fit, asked = about
    if runs > 0:
        move_mixes(mix, regime, pace, floor)
        move_mixes(mix_of_forums, regime, pace, floor)
        move_mixes(mix_of_uh, regime, pace, floor)
    find_legitimate(mix, regime, base, by_fit, legitimacy)
    find_legitimate(mix_of_uh, regime, base, by_fit, uh_effort)
    for i in range(len(load)):
        effort[i] = runs * legitimacy[i] * (1 / max(load[i], 1.0))
        hours[i], uh_hours[i] = asked, 0.0
    for unit in range(len(uh_effort)):
        uh_effort[unit] *= runs


@compiled("void(int64[::1], float64[::1], float64[::1])")
def network_means(network: Ints, values: Floats, means: Floats) -> None:
    """The mean over each network's owners, which is 0 where there are none."""
    members = np.zeros_like(means)
    means[:] = 0
    for i in range(len(network)):
        members[network[i]] += 1
        means[network[i]] += values[i]
    for n in range(len(means)):
        means[n] /= max(members[n], 1.0)


@compiled(
    "void(int64[::1], int64, int64[::1], float64[::1], float64[:, ::1], int64, float64[::1], float64[::1], float64[::1],"
    " int64[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def analyse_needs(
    network: Ints,
    n_networks: int,
    uh_unit: Ints,
    process: Floats,
    together: Floats,
    on_needs: int,
    competence: Floats,
    load: Floats,
    evaluation: Floats,
    municipality: Ints,
    n_teachers: Ints,
    z: Floats,
    about: Floats,
    direct: Floats,
    hit: Floats,
    hours: Floats,
) -> None:
    """Who takes part in the analysis, how well it hits, what it costs; `process` is units' competence, `z` luck."""
    involves, own, by_network, by_uh, directly, indirectly, by_evaluation, helped, sd = about[:9]
    owner_hours, direct_hours = about[9:]
    means, teachers = np.empty(n_networks), np.zeros_like(load)
    network_means(network, competence, means)
    for school in range(len(municipality)):
        teachers[municipality[school]] += n_teachers[school]
    for i in range(len(network)):
        direct[i] = involves * (1 / max(load[i], 1.0))
        with_uh = together[i, on_needs] * process[uh_unit[i]]
        base = own * competence[i] + by_network * means[network[i]] + by_uh * with_uh
        told = directly * direct[i] + indirectly * (1 - direct[i])
        found = min(max(base + told + by_evaluation * evaluation[i], 0.0), 1.0)
        found += helped * (1 - found)
        hit[i] = min(max(found + sd * z[i], 0.0), 1.0)
        hours[i] += owner_hours + direct_hours * direct[i] * teachers[i]


@compiled(
    "void(int64[::1], int64, float64[::1], float64[:, ::1], int64[::1], float64[::1], float64[::1], float64[::1])"
)
def learn_from_each_other(
    network: Ints,
    n_networks: int,
    effort: Floats,
    together: Floats,
    grant: Ints,
    about: Floats,
    competence: Floats,
    strengthened: Floats,
) -> None:
    """Owners learn from those in their network who know more, and by working with UH."""
    near, from_peers, from_uh, pace = about
    means = np.empty(n_networks)
    network_means(network, competence, means)
    for i in range(len(network)):
        met = near * effort[i]
        can = competence[i] + from_peers * met * max(means[network[i]] - competence[i], 0.0)
        done = 0.0
        for phase in range(together.shape[1]):
            done += together[i, phase]
        part = effort[i] * (done / together.shape[1]) * (grant[i] > 0)
        competence[i] = can + from_uh * part * (1 - can)
        strengthened[i] += pace * (sqrt(part) - strengthened[i])
