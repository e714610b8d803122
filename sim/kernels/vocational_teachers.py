"""Kernels over what vocational teachers know and how well they teach; see `sim.schemes.vocational.learn` and `staff`."""

from __future__ import annotations

from sim.arrays import Bools, Codes, Floats, Ints
from sim.kernels.keeping import compiled
from sim.kernels.random_numbers import normals


@compiled(
    "void(int64[::1], int64[::1], float64[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " int8[::1], float64[::1], float64[::1], float64[::1])"
)
def learn(
    owner: Ints,
    n_teachers: Ints,
    hits: Floats,
    contact: Bools,
    degree: Floats,
    reached: Floats,
    about: Floats,
    gains: Floats,
    measure: Codes,
    collective: Floats,
    subject: Floats,
    teaching: Floats,
) -> None:
    """What a school year's measures leave behind in schools and teachers.

    How well measures hit and whether there is contact are given by owner, the degree of implementation by school, `gains` by
    kind of measure, `about` as unpacked below.
    """
    usual_hit, flexible, small, weaker, base, by_degree, isolated, pace = about[:8]
    by_measure, general, fading, keeping, start = about[8:]
    i = 0
    for s in range(len(owner)):
        here, hit = slice(i, i + n_teachers[s]), hits[owner[s]]
        i = here.stop
        at_home = 1 - weaker * (flexible * small / (small + n_teachers[s]))
        called_for = base + by_degree * (degree[s] * at_home) + isolated * reached[s]
        collective[s] += pace * (min(max(called_for, 0.0), 1.0) - collective[s])
        joins = contact[owner[s]] & (n_teachers[s] > 0)
        gain = min(by_measure * (degree[s] * hit / usual_hit) + general * joins, 1.0)
        fades = fading * (1 - keeping * collective[s])
        keeps, adds = (1 - fades) * (1 - gain), fades * start * (1 - gain) + gain
        had, knowledge, taught = measure[here], subject[here], teaching[here]
        for j in range(len(taught)):
            taught[j] = taught[j] * keeps + adds
        for j in range(len(had)):
            if had[j] > 0:
                share = gains[had[j]] * hit / usual_hit
                knowledge[j] += min(share, 1.0) * (1 - knowledge[j])


@compiled("int64(int64[::1], float64[::1], float64[::1], float64, float64[::1], int64[::1])")
def grow_old(
    trade: Ints, ageing: Floats, u: Floats, exit_chance: float, subject: Floats, leavers: Ints
) -> int:
    """What teachers know of their trade grows old; rows of those whose number `u` is below the chance of leaving go to
    `leavers`, and their number is returned.
    """
    n = 0
    for i in range(len(trade)):
        subject[i] *= 1 - ageing[trade[i]]
        leavers[n] = i  # stays if they leave, and is written over if not
        n += u[i] < exit_chance
    return n


@compiled("void(int64[::1], float64[:, ::1], float64, float64, float64, float64[::1], float64[::1])")
def succeed(
    rows: Ints,
    u: Floats,
    subject_fresh: float,
    teaching_fresh: float,
    spread: float,
    subject: Floats,
    teaching: Floats,
) -> None:
    """Successors in the posts `rows`, from the numbers `u`, shape (2, len(rows))."""
    z = u.copy()
    normals(z)
    for k in range(len(rows)):
        subject[rows[k]] = min(max(subject_fresh + spread * z[0, k], 0.0), 1.0)
        teaching[rows[k]] = min(max(teaching_fresh + spread * z[1, k], 0.0), 1.0)
