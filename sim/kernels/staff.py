"""Kernels over staff rooms; see `sim.processes.turnover`, `sim.processes.practice` and further education in the 2026 system."""

from __future__ import annotations

from sim.arrays import Bools, Floats, Ints
from sim.kernels.keeping import compiled
from sim.kernels.random_numbers import normals


@compiled(
    "int64(float64[::1], float64[::1], float64[::1], int64[::1], float64[::1], float64[::1], float64[::1], int64[::1])"
)
def leave(
    age: Floats,
    experience: Floats,
    tenure: Floats,
    n_teachers: Ints,
    base: Floats,
    u: Floats,
    about: Floats,
    leavers: Ints,
) -> int:
    """Rows of those who leave, whose number `u` is below the chance, go to `leavers`, and their number is returned; then all
    are a year older.

    `base` is given by school, `about` as unpacked below; `u` is used up.
    """
    early_years, early, settled_from, settled_to, settled, old_from, old_chance, too_old = about
    if_early, if_settled = early - 1 + 1, settled - 1
    i, n = 0, 0
    for school in range(len(n_teachers)):
        here = slice(i, i + n_teachers[school])
        ages, years, years_here, numbers = age[here], experience[here], tenure[here], u[here]
        i, start = here.stop, base[school]
        for j in range(len(years)):
            chance = if_early if years[j] <= early_years else 1.0
            chance += if_settled if (settled_from <= years[j]) & (years[j] <= settled_to) else 0.0
            chance *= start
            retires = old_chance if ages[j] >= old_from else 0.0
            retires = 1.0 if ages[j] >= too_old else retires
            chance = chance if chance > retires else retires  # noqa: FURB136 - numba makes a branch of max
            numbers[j] -= chance  # below 0 for those who leave
            ages[j], years[j], years_here[j] = ages[j] + 1, years[j] + 1, years_here[j] + 1
    for k in range(len(u)):
        leavers[n] = k  # stays if they leave, and is written over if not
        n += u[k] < 0
    return n


@compiled(
    "void(int64[::1], int64[::1], float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def hire(
    rows: Ints,
    n_teachers: Ints,
    raw: Floats,
    unqualified: Floats,
    about: Floats,
    age: Floats,
    experience: Floats,
    tenure: Floats,
    qualified: Bools,
    baseline: Floats,
    practice: Floats,
    ownership: Floats,
    turnover: Floats,
    mean: Floats,
) -> None:
    """Successors in the posts `rows` from the numbers `raw`, shape (4, len(rows)).

    `unqualified` is given by school, `about` as unpacked below; each school's share of posts with a successor goes to
    `turnover`, its mean practice to `mean`.
    """
    newcomers, experienced, like, gap, spread, first_age, age_spread, last_age, novice_gap, begins = about
    z = raw[3:].copy()
    normals(z)
    i, k = 0, 0
    for school in range(len(n_teachers)):
        n, lacking, hired = n_teachers[school], unqualified[school], 0
        usual = 0.0
        before = baseline[i : i + n]
        for j in range(len(before)):
            usual += before[j]
        usual /= n
        while k + hired < len(rows) and rows[k + hired] < i + n:
            at, post = k + hired, rows[k + hired]
            new, qualifies = raw[0, at] < newcomers, raw[2, at] >= lacking
            years = 0.0 if new else experienced * raw[1, at]
            settles = like * usual + gap * (lacking - (0.0 if qualifies else 1.0)) + spread * z[0, at]
            starts_at = first_age + years + age_spread * raw[1, at]
            age[post] = min(starts_at, last_age)
            experience[post], tenure[post], qualified[post] = years, 0.0, qualifies
            baseline[post], practice[post] = settles, settles - (novice_gap if new else 0.0)
            ownership[post] = begins
            hired += 1
        total, now = 0.0, practice[i : i + n]
        for j in range(len(now)):
            total += now[j]
        turnover[school], mean[school] = hired / n, total / n
        i, k = i + n, k + hired


@compiled("void(float64[::1], int64[::1], float64[::1], float64[::1])")
def own(ownership: Floats, n_teachers: Ints, target: Floats, pace: Floats) -> None:
    """Ownership moves towards the school's target."""
    i = 0
    for school in range(len(n_teachers)):
        end = i + n_teachers[school]
        owned, called_for, part = ownership[i:end], target[school], pace[school]
        i = end
        for j in range(len(owned)):
            owned[j] += (called_for - owned[j]) * part


@compiled("void(float64[::1], float64[::1], int64[::1], float64[::1], float64, float64)")
def learn(
    practice: Floats, ownership: Floats, n_teachers: Ints, offered: Floats, usual: float, weight: float
) -> None:
    """Practice gains by what the school is offered and by ownership."""
    i = 0
    for school in range(len(n_teachers)):
        end = i + n_teachers[school]
        skill, owned, offer = practice[i:end], ownership[i:end], offered[school]
        i = end
        if offer == 0:
            continue
        for j in range(len(skill)):
            skill[j] += offer * (1 - weight + weight * (owned[j] / usual))


@compiled("void(float64[::1], float64[::1], int64[::1], float64[::1])")
def share(practice: Floats, baseline: Floats, n_teachers: Ints, pull: Floats) -> None:
    """Changes in practice are drawn towards the staff room's mean change."""
    i = 0
    for school in range(len(n_teachers)):
        end = i + n_teachers[school]
        skill, before, drawn = practice[i:end], baseline[i:end], pull[school]
        i = end
        mean = 0.0
        for j in range(len(skill)):
            mean += skill[j] - before[j]
        mean /= n_teachers[school]
        for j in range(len(skill)):
            skill[j] -= (skill[j] - before[j] - mean) * drawn


@compiled("void(float64[::1], float64[::1], int64[::1], float64[::1], float64, float64[::1])")
def fade(
    practice: Floats, baseline: Floats, n_teachers: Ints, unkept: Floats, fades: float, mean: Floats
) -> None:
    """Changes fade: gains by the share that is not kept up, losses by the whole share; each school's mean goes to `mean`."""
    i = 0
    for school in range(len(n_teachers)):
        end = i + n_teachers[school]
        skill, before, lost = practice[i:end], baseline[i:end], unkept[school]
        i = end
        total = 0.0
        for j in range(len(skill)):
            change = skill[j] - before[j]
            some, all_of_it = lost * change, fades * change
            kept = skill[j] - (some if some < all_of_it else all_of_it)  # noqa: FURB136 - numba makes a branch of min
            skill[j] = kept
            total += kept
        mean[school] = total / n_teachers[school]


@compiled("void(int64[::1], int64[::1], float64[::1], float64[::1], float64[::1])")
def bring_home(n_teachers: Ints, places: Ints, start: Floats, gain: Floats, practice: Floats) -> None:
    """Those who take the school's places, neighbours from a place that luck picks, gain in practice."""
    first = 0
    for school in range(len(n_teachers)):
        n = int(n_teachers[school])
        at = int(start[school] * n)
        for _ in range(places[school]):
            practice[first + at] += gain[school]
            at = at + 1 if at + 1 < n else 0
        first += n
