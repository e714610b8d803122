"""Kernels over the forums of the decentralised scheme; see `sim.schemes.decentralised.forum`."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled
from sim.kernels.owners import find_legitimate


@compiled(
    "void(float64[::1], float64[:, ::1], float64[::1], int64[::1], int64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def meet(
    u: Floats,
    mix: Floats,
    regime: Floats,
    county: Ints,
    forum: Ints,
    capacity: Floats,
    competence: Floats,
    about: Floats,
    leadership: Floats,
    clarity: Floats,
    trust: Floats,
    age: Floats,
    skew: Floats,
    satisfaction: Floats,
    base: Floats,
    exponent: Floats,
) -> None:
    """Leadership is learned or lost, roles grow clear, trust grows or goes; what comes of it in split and satisfaction.

    `u` decides whether the governor's key person leaves. `base` and `exponent` say what owners bring to their forum and how
    much it counts there, and below them what forums lose by age.
    """
    learned, leaves, loses, clear, clarity_gain, met, trust_gain, trust_keeps, power = about[:9]
    by_leadership, by_clarity, by_trust, by_fit, weights, criticism, half_year, peak_years, decline = about[
        9:
    ]
    find_legitimate(mix, regime, 0.0, 1.0, satisfaction)  # how well the mix fits the regime, to begin with
    for i in range(len(u)):
        gained = leadership[i] + learned * (1 - leadership[i])
        leadership[i] = gained * (1 - loses if u[i] < leaves else 1.0)
        unclear = clear - clarity[i]
        clarity[i] += clarity_gain * unclear
        trusted = trust[i] + trust_gain * (leadership[i] * met) * (1 - trust[i])
        trust[i] = trusted * trust_keeps
        skew[i] = power * (1 - leadership[i])
        age[i] += half_year
        whole = by_leadership * leadership[i] + by_clarity * clarity[i] + by_trust * trust[i]
        whole += by_fit * satisfaction[i]
        satisfaction[i] = min(max(whole / weights - criticism * abs(unclear), 0.0), 1.0)
    n = len(county)
    for i in range(n):
        base[i] = capacity[i] * (1 + competence[i])
        exponent[i] = skew[forum[county[i]]]
    for k in range(len(age)):
        base[n + k] = 1 - decline
        exponent[n + k] = max(age[k] - peak_years, 0.0)


@compiled(
    "void(int64[::1], int64[::1], float64[::1], float64, float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def speak(
    county: Ints,
    forum: Ints,
    powers: Floats,
    peak_years: float,
    age: Floats,
    trust: Floats,
    clarity: Floats,
    plan: Floats,
    voice: Floats,
) -> None:
    """Each owner's weight against the mean of its forum, and how far members agree on a plan, from the `powers`."""
    n = len(county)
    members, total = np.zeros_like(age), np.zeros_like(age)
    for i in range(n):
        members[forum[county[i]]] += 1
        total[forum[county[i]]] += powers[i]
    for i in range(n):
        voice[i] = powers[i] * members[forum[county[i]]] / total[forum[county[i]]]
    for k in range(len(age)):
        maturity = (age[k] + 1) / (peak_years + 1) if age[k] < peak_years else powers[n + k]
        plan[k] = maturity * sqrt(trust[k] * clarity[k])
