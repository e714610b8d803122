"""Kernels over the forums of the decentralised scheme; see `sim.schemes.decentralised.forum`."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled
from sim.kernels.owners import find_legitimate


@compiled(
    "void(float64[::1], float64[::1], float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1])"
)
def meet(
    u: Floats,
    maturity: Floats,
    mix: Floats,
    regime: Floats,
    about: Floats,
    leadership: Floats,
    clarity: Floats,
    trust: Floats,
    skew: Floats,
    plan: Floats,
    satisfaction: Floats,
) -> None:
    """Leadership is learned or lost, roles grow clear, trust grows or goes; what comes of it in plan, split, satisfaction.

    `u` decides whether the governor's key person leaves.
    """
    learned, leaves, loses, clear, clarity_gain, met, trust_gain, trust_keeps, power = about[:9]
    by_leadership, by_clarity, by_trust, by_fit, weights, criticism = about[9:]
    find_legitimate(mix, regime, 0.0, 1.0, satisfaction)  # how well the mix fits the regime, to begin with
    for i in range(len(u)):
        gained = leadership[i] + learned * (1 - leadership[i])
        leadership[i] = gained * (1 - loses if u[i] < leaves else 1.0)
        unclear = clear - clarity[i]
        clarity[i] += clarity_gain * unclear
        trusted = trust[i] + trust_gain * (leadership[i] * met) * (1 - trust[i])
        trust[i] = trusted * trust_keeps
        skew[i] = power * (1 - leadership[i])
        plan[i] = maturity[i] * sqrt(trust[i] * clarity[i])
        whole = by_leadership * leadership[i] + by_clarity * clarity[i] + by_trust * trust[i]
        whole += by_fit * satisfaction[i]
        satisfaction[i] = min(max(whole / weights - criticism * abs(unclear), 0.0), 1.0)


@compiled(
    "void(int64[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def resources(
    county: Ints,
    forum: Ints,
    skew: Floats,
    capacity: Floats,
    competence: Floats,
    owned: Floats,
    exponent: Floats,
) -> None:
    """What owners bring to their forum, and how much it counts there."""
    for i in range(len(county)):
        owned[i] = capacity[i] * (1 + competence[i])
        exponent[i] = skew[forum[county[i]]]


@compiled("void(int64[::1], int64[::1], int64, float64[::1])")
def speak(county: Ints, forum: Ints, n_forums: int, voice: Floats) -> None:
    """Each owner's weight against the mean of its forum."""
    members, total = np.zeros(n_forums), np.zeros(n_forums)
    for i in range(len(county)):
        members[forum[county[i]]] += 1
        total[forum[county[i]]] += voice[i]
    for i in range(len(county)):
        voice[i] = voice[i] * members[forum[county[i]]] / total[forum[county[i]]]
