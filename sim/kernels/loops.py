"""The kernels: plain loops over identities, staff rooms and schools, compiled when this module is first imported.

Each does what a process says in whole columns of numpy, in one pass over memory; the process's module has the readable
form, and a test holds the two against each other. Sums over a staff room are taken in the order of its teachers, in both.
Columns of teachers come sorted by school, `n_teachers` of each; kernels change the columns they are handed in place.

All kernels stand in this one file, long as it is, because a kept kernel would not notice an edit in another. Four habits make
them fast: no index that might be negative (slices of a staff room), choices in place of branches, what is rare put aside
so that the rest goes several at a time, and nothing allocated inside a loop.
"""

from __future__ import annotations

from math import erfc, exp, floor, hypot, log, sqrt

import numpy as np

from sim.arrays import AnyArray, Bools, Floats, Ints
from sim.kernels.keeping import all_kept, compiled

# --- random numbers: see sim.randomness ---

_STEP, _MIX_1, _MIX_2 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
_30, _27, _31, _12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
_UNIT, _HALF_UNIT = 2.0**-52, 2.0**-53


@compiled("void(int64[::1], uint64[::1], float64[:, ::1])")
def uniforms(ids: Ints, starts: AnyArray, out: Floats) -> None:
    """Numbers `ids` of the SplitMix64 sequences that begin at `starts`, in (0, 1); shape (len(starts), len(ids))."""
    for row in range(len(starts)):
        start, values = starts[row], out[row]
        bits = values.view(
            np.uint64
        )  # bits first, then numbers: each loop alone goes through several at a time
        for i in range(len(ids)):
            x = np.uint64(ids[i]) * _STEP + start
            x = (x ^ (x >> _30)) * _MIX_1
            x = (x ^ (x >> _27)) * _MIX_2
            bits[i] = (x ^ (x >> _31)) >> _12
        for i in range(len(ids)):
            values[i] = np.float64(np.int64(bits[i])) * _UNIT + _HALF_UNIT


# Coefficients of the normal quantile: Cephes' ndtri (Moshier), which scipy uses too, so that both give the same bits.
_END = 0.13533528323661269189  # exp(-2): nearer than this to 0 or 1 it is a tail
_ROOT_2_PI = 2.50662827463100050242
_P00, _P01, _P02 = -5.99633501014107895267e1, 9.80010754185999661536e1, -5.66762857469070293439e1
_P03, _P04 = 1.39312609387279679503e1, -1.23916583867381258016e0
_Q00, _Q01, _Q02 = 1.95448858338141759834e0, 4.67627912898881538453e0, 8.63602421390890590575e1
_Q03, _Q04, _Q05 = -2.25462687854119370527e2, 2.00260212380060660359e2, -8.20372256168333339912e1
_Q06, _Q07 = 1.59056225126211695515e1, -1.18331621121330003142e0
_P10, _P11, _P12 = 4.05544892305962419923e0, 3.15251094599893866154e1, 5.71628192246421288162e1
_P13, _P14, _P15 = 4.40805073893200834700e1, 1.46849561928858024014e1, 2.18663306850790267539e0
_P16, _P17, _P18 = -1.40256079171354495875e-1, -3.50424626827848203418e-2, -8.57456785154685413611e-4
_Q10, _Q11, _Q12 = 1.57799883256466749731e1, 4.53907635128879210584e1, 4.13172038254672030440e1
_Q13, _Q14, _Q15 = 1.50425385692907503408e1, 2.50464946208309415979e0, -1.42182922854787788574e-1
_Q16, _Q17 = -3.80806407691578277194e-2, -9.33259480895457427372e-4
_P20, _P21, _P22 = 3.23774891776946035970e0, 6.91522889068984211695e0, 3.93881025292474443415e0
_P23, _P24, _P25 = 1.33303460815807542389e0, 2.01485389549179081538e-1, 1.23716634817820021358e-2
_P26, _P27, _P28 = 3.01581553508235416007e-4, 2.65806974686737550832e-6, 6.23974539184983293730e-9
_Q20, _Q21, _Q22 = 6.02427039364742014255e0, 3.67983563856160859403e0, 1.37702099489081330271e0
_Q23, _Q24, _Q25 = 2.16236993594496635890e-1, 1.34204006088543189037e-2, 3.28014464682127739104e-4
_Q26, _Q27 = 2.89247864745380683936e-6, 6.79019408009981274425e-9
_FAR = 8.0  # sqrt(-2 log y) from which the second set of a tail's coefficients holds


@compiled("float64(float64, float64, float64)")
def _tail(x: float, log_x: float, sign: float) -> float:
    """The normal quantile of a small `y`, or with the other sign of `1 - y`, from `x = sqrt(-2 log y)`."""
    z = 1 / x
    if x < _FAR:
        upper = _P10 * z + _P11
        upper = ((((((upper * z + _P12) * z + _P13) * z + _P14) * z + _P15) * z + _P16) * z + _P17) * z + _P18
        lower = ((((z + _Q10) * z + _Q11) * z + _Q12) * z + _Q13) * z + _Q14
        lower = ((lower * z + _Q15) * z + _Q16) * z + _Q17
    else:
        upper = _P20 * z + _P21
        upper = ((((((upper * z + _P22) * z + _P23) * z + _P24) * z + _P25) * z + _P26) * z + _P27) * z + _P28
        lower = ((((z + _Q20) * z + _Q21) * z + _Q22) * z + _Q23) * z + _Q24
        lower = ((lower * z + _Q25) * z + _Q26) * z + _Q27
    return sign * (x - log_x / x - z * upper / lower)


@compiled("float64(float64)")
def _middle(u: float) -> float:
    """The normal quantile of a number that is not near 0 or 1."""
    y = u - 0.5
    s = y * y
    upper = (((_P00 * s + _P01) * s + _P02) * s + _P03) * s + _P04
    lower = ((((s + _Q00) * s + _Q01) * s + _Q02) * s + _Q03) * s + _Q04
    lower = ((lower * s + _Q05) * s + _Q06) * s + _Q07
    return (y + y * (s * upper / lower)) * _ROOT_2_PI


@compiled("float64(float64)")
def _normal(u: float) -> float:
    """The normal quantile of a number in (0, 1)."""
    high = u > 1 - _END
    y = 1 - u if high else u
    if y > _END:
        return _middle(u)
    x = sqrt(-2 * log(y))
    return _tail(x, log(x), 1.0 if high else -1.0)


@compiled("void(float64[:, ::1])")
def normals(numbers: Floats) -> None:
    """Numbers in (0, 1) turned into standard normal ones; tails are put aside, so that the rest goes several at a time."""
    u = numbers.ravel()
    where, y, sign = np.empty(len(u), dtype=np.int64), np.empty(len(u)), np.empty(len(u))
    n = 0
    for i in range(len(u)):
        high = u[i] > 1 - _END
        where[n], y[n], sign[n] = i, (1 - u[i] if high else u[i]), (1.0 if high else -1.0)
        n += y[n] <= _END
    for i in range(len(u)):
        u[i] = _middle(u[i])
    for k in range(n):
        y[k] = sqrt(-2 * log(y[k]))
        sign[k] = _tail(y[k], log(y[k]), sign[k])
    for k in range(n):
        u[where[k]] = sign[k]


# --- staff rooms: see sim.processes.turnover and sim.processes.practice ---


@compiled("void(float64[::1], int64[::1], float64[::1])")
def staff_means(values: Floats, n_teachers: Ints, out: Floats) -> None:
    """The mean over each school's teachers."""
    i = 0
    for school in range(len(n_teachers)):
        end = i + n_teachers[school]
        these = values[i:end]
        i = end
        total = 0.0
        for j in range(len(these)):
            total += these[j]
        out[school] = total / n_teachers[school]


@compiled(
    "int64(float64[::1], float64[::1], int64[::1], float64[::1], float64[::1], float64[::1], int64[::1])"
)
def leave(
    age: Floats, experience: Floats, n_teachers: Ints, base: Floats, u: Floats, about: Floats, leavers: Ints
) -> int:
    """Rows of those who leave, whose number `u` is below the chance, go to `leavers`; their number is returned.

    `base` is given by school, `about` as unpacked below.
    """
    early_years, early, settled_from, settled_to, settled, old_from, old_chance, too_old = about
    i, n = 0, 0
    for school in range(len(n_teachers)):
        here = slice(i, i + n_teachers[school])
        years, ages, numbers, start = experience[here], age[here], u[here], base[school]
        for j in range(len(years)):
            chance = early - 1 + 1 if years[j] <= early_years else 1.0
            chance += settled - 1 if settled_from <= years[j] and years[j] <= settled_to else 0.0
            chance *= start
            chance = 1.0 if chance > 1 else chance
            retires = old_chance if ages[j] >= old_from else 0.0
            retires = 1.0 if ages[j] >= too_old else retires
            leavers[n] = i + j  # stays if they leave, and is written over if not
            n += numbers[j] < (max(chance, retires))
        i = here.stop
    return n


@compiled(
    "void(int64[::1], int64[::1], int64[::1], float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def hire(
    rows: Ints,
    school: Ints,
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
    mean: Floats,
) -> None:
    """Successors in the posts `rows` from the numbers `raw`, shape (4, len(rows)).

    `unqualified` is given by school, `about` as unpacked below; each school's mean practice goes to `mean`.
    """
    newcomers, experienced, like, gap, spread, first_age, age_spread, last_age, novice_gap, begins = about
    staff_means(baseline, n_teachers, mean)
    z = raw[3:].copy()
    normals(z)
    for k in range(len(rows)):
        i = rows[k]
        lacking = unqualified[school[i]]
        new, qualifies = raw[0, k] < newcomers, raw[2, k] >= lacking
        years = 0.0 if new else experienced * raw[1, k]
        settles = like * mean[school[i]] + gap * (lacking - (0.0 if qualifies else 1.0)) + spread * z[0, k]
        starts_at = first_age + years + age_spread * raw[1, k]
        age[i] = min(starts_at, last_age)
        experience[i], tenure[i], qualified[i] = years, 0.0, qualifies
        baseline[i], practice[i], ownership[i] = settles, settles - (novice_gap if new else 0.0), begins
    staff_means(practice, n_teachers, mean)


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
        for j in range(len(skill)):
            change = skill[j] - before[j]
            some, all_of_it = lost * change, fades * change
            skill[j] -= min(all_of_it, some)
        total = 0.0
        for j in range(len(skill)):
            total += skill[j]
        mean[school] = total / n_teachers[school]


# --- measures in schools: see sim.schemes.decentralised.measures ---


@compiled(
    "void(int64[::1], float64[::1], float64[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], float64[::1],"
    " float64[::1], boolean[::1], float64[::1], float64[::1])"
)
def move_measures_on(
    owner: Ints,
    u: Floats,
    led: Floats,
    in_measure: Bools,
    seed: Bools,
    resource: Bools,
    new_principal: Bools,
    community: Floats,
    about: Floats,
    stalled: Bools,
    stage: Floats,
    coverage: Floats,
) -> None:
    """Measures stall or start again, come further, and spread where they are seed projects; `led` by owner."""
    gain, stalling, least, unhelped, restart, half_year, setback, spreads = about
    for i in range(len(owner)):
        leadership = led[owner[i]] * (1 + gain * resource[i])
        chance = min(stalling / max(least, leadership), 1.0)
        stops = u[i] < chance * unhelped
        stalled[i] = in_measure[i] & (u[i] >= restart if stalled[i] else stops)
        ahead = half_year if in_measure[i] & (not stalled[i]) else 0.0
        reached = stage[i] + ahead - setback * new_principal[i]
        stage[i] = reached if reached > 0 else 0.0
        coverage[i] += spreads * community[i] * (1 - coverage[i]) * (seed[i] & in_measure[i])


@compiled(
    "void(int64[::1], float64[:, ::1], float64[:, ::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def carry_out_measures(
    owner: Ints,
    owners: Floats,
    by_school: Floats,
    in_measure: Bools,
    stalled: Bools,
    seed: Bools,
    resource: Bools,
    new_principal: Bools,
    turnover: Floats,
    coverage: Floats,
    fit: Floats,
    about: Floats,
    routine: Floats,
    learning: Floats,
    involvement: Floats,
    upkeep: Floats,
) -> None:
    """What measures give schools: learning, involvement, routine, upkeep.

    `owners` has for each owner dose, quality, leadership, direct involvement and whether enthusiasts drive the partnership;
    `by_school` the degree of implementation and what is left of the involvement begun with; `about` as unpacked below.
    """
    usual_fit, knowledge, gain, best, competing, indirect, direct, enthusiast, by_regime, lost, keeps = about
    for i in range(len(owner)):
        dose, quality, led, directly, driven = owners[owner[i]]
        degree, left = by_school[i]
        enthusiasts = seed[i] or driven > 0
        helped = 1 + gain * resource[i]
        fidelity = fit[i] / usual_fit * quality * (knowledge if enthusiasts else 1.0) * helped
        full = dose * min(fidelity, best)
        free = 1 - competing * (learning[i] > 0)
        learning[i] += coverage[i] * degree * (not stalled[i]) * full * free
        drawn_in = (indirect + (direct - indirect) * directly + enthusiast * enthusiasts) * by_regime * left
        drawn_in = in_measure[i] * min(max(drawn_in, 0.0), 1.0)
        involvement[i] = max(involvement[i], drawn_in)
        changes = 1.0 * new_principal[i] if new_principal[i] > turnover[i] / 2 else turnover[i] / 2
        routine[i] = max(routine[i] * (1 - lost * changes), degree)
        held = keeps * led * helped * routine[i]
        upkeep[i] = 1 - (1 - upkeep[i]) * (1 - min(max(held, 0.0), 1.0))


# --- counts and measurements: see sim.processes.counts and sim.processes.measurement ---

_FEW, _SKEWNESS = 3.0, 6.0  # as in sim.processes.counts
_ROOT_HALF = sqrt(0.5)


@compiled("void(float64[::1], float64[::1], int64[::1])")
def poissons(u: Floats, mean: Floats, out: Ints) -> None:
    """Poisson quantiles."""
    for i in range(len(u)):
        if mean[i] < _FEW:
            here = exp(-mean[i])
            below, k = here, 0
            while u[i] > below and here > 0:
                k += 1
                here = here * mean[i] / k
                below += here
            out[i] = k
        else:
            z = _normal(u[i])
            value = floor(mean[i] + sqrt(mean[i]) * z + (z * z - 1) / _SKEWNESS + 0.5)
            out[i] = max(value, 0.0)


@compiled("void(int64[:, ::1], int64[::1], int64[::1], int64[::1], int64[::1], int64[:, ::1])")
def promote(
    pupils: Ints, new: Ints, first_grade: Ints, last_grade: Ints, municipality: Ints, waiting: Ints
) -> None:
    """Everybody moves up; those whose school does not teach the grade go to `waiting`, shape (grades, municipalities)."""
    for i in range(len(pupils)):
        for grade in range(pupils.shape[1], 0, -1):
            coming = pupils[i, grade - 2] if grade > 1 else new[i]
            taught = first_grade[i] <= grade <= last_grade[i]
            pupils[i, grade - 1] = coming if taught else 0
            waiting[grade - 1, municipality[i]] += 0 if taught else coming


@compiled("void(int64[::1], float64[::1], int64[::1], int64[::1], int64[:, ::1], int64)")
def take_in(
    waiting: Ints, weight: Floats, municipality: Ints, by_municipality: Ints, pupils: Ints, column: int
) -> None:
    """Those `waiting` in each municipality are shared out to its schools, which stand together in `by_municipality`: see
    `sim.processes.grouping.shared_out`.
    """
    n, begins, running = len(by_municipality), 0, 0.0
    while begins < n:
        here = municipality[by_municipality[begins]]
        ends, total = begins, 0.0
        while ends < n and municipality[by_municipality[ends]] == here:
            total += weight[by_municipality[ends]]
            ends += 1
        total = total if total > 0 else 1.0
        before, given = running, 0
        for k in range(begins, ends):
            i = by_municipality[k]
            running += weight[i] / total
            upto = min(running - before, 1.0) if k < ends - 1 else 1.0
            reached = floor(upto * waiting[here] + 0.5)
            pupils[i, column] += reached - given
            given = reached
        begins = ends


@compiled("float64(float64)")
def _share_below(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * erfc(-z * _ROOT_HALF)


@compiled("float64(float64, float64, float64)")
def _binomial(z: float, n: float, chance: float) -> float:
    """The binomial quantile of a standard normal number."""
    mean = n * chance
    variance = mean * (1 - chance)
    if variance >= _FEW:
        value = floor(mean + sqrt(variance) * z + (1 - 2 * chance) * (z * z - 1) / _SKEWNESS + 0.5)
        return min(max(value, 0.0), n)
    often = chance > 1 - chance
    rare = 1 - chance if often else chance
    u = _share_below(-z if often else z)
    odds = rare / (1 - rare)
    here = (1 - rare) ** n
    below, k = here, 0.0
    while k < n and u > below:
        here = here * odds * (n - k) / (k + 1)
        below += here
        k += 1
    return n - k if often else k


@compiled("void(float64[:, :, ::1], int64[:, :, ::1])")
def new_year(value: Floats, n_pupils: Ints) -> None:
    """Figures of the last years move back by one, and this year's are empty."""
    for i in range(len(value)):
        for year in range(value.shape[1] - 1, 0, -1):
            for k in range(value.shape[2]):
                value[i, year, k], n_pupils[i, year, k] = value[i, year - 1, k], n_pupils[i, year - 1, k]
        for k in range(value.shape[2]):
            value[i, 0, k], n_pupils[i, 0, k] = 0.0, 0


@compiled(
    "void(float64[::1], float64[:, ::1], float64[:, ::1], float64[::1], int64[::1], float64[:, ::1], float64[:, ::1])"
)
def lasting_levels(
    level: Floats,
    shares: Floats,
    climate: Floats,
    points: Floats,
    places: Ints,
    about: Floats,
    lasting: Floats,
) -> None:
    """Every indicator without luck, shape (schools, 11), from the shares at the lowest level by grade and the climate.

    `places` are the columns of the tests (two a grade), of the leaving points, and of the survey (three a grade); `about`
    has for each grade of the survey its three means, and below them the three steady SDs.
    """
    mean, per_level = points
    for i in range(len(level)):
        for test in range(4):
            lasting[i, places[test]] = shares[test // 2, i]
        lasting[i, places[4]] = mean + per_level * level[i]
        for grade in range(2):
            first = 5 + 3 * grade
            for index in range(2):
                lasting[i, places[first + index]] = about[grade, index] + about[2, index] * climate[index, i]
            bullied = about[grade, 2] - about[2, 2] * climate[2, i]
            lasting[i, places[first + 2]] = min(max(bullied, 0.0), 1.0)


@compiled(
    "void(int64[::1], float64[::1], int64[::1], float64[:, ::1], float64, float64, float64, float64, float64,"
    " float64[:, :, ::1], int64[:, :, ::1], int64, int64)"
)
def tests(
    rows: Ints,
    level: Floats,
    n: Ints,
    luck: Floats,
    lowest: float,
    cohort: float,
    cohort_correlation: float,
    pupil_correlation: float,
    pupil_sd: float,
    value: Floats,
    n_pupils: Ints,
    reading: int,
    numeracy: int,
) -> None:
    """Shares at the lowest level in the two tests of a grade, from `luck`, shape (4, len(rows)), into this year's figures."""
    other_cohort, other_pupils = sqrt(1 - cohort_correlation**2), sqrt(1 - pupil_correlation**2)
    for k in range(len(rows)):
        i = rows[k]
        n_pupils[i, 0, reading], n_pupils[i, 0, numeracy] = n[i], n[i]
        shock = cohort_correlation * luck[0, k] + other_cohort * luck[1, k]
        own = pupil_correlation * luck[2, k] + other_pupils * luck[3, k]
        chance = _share_below((lowest - (level[i] + cohort * luck[0, k])) / pupil_sd)
        value[i, 0, reading] = _binomial(luck[2, k], n[i], chance) / n[i]
        chance = _share_below((lowest - (level[i] + cohort * shock)) / pupil_sd)
        value[i, 0, numeracy] = _binomial(own, n[i], chance) / n[i]


@compiled(
    "void(int64[::1], float64[:, ::1], int64[::1], float64[:, ::1], float64, float64, float64,"
    " float64[:, :, ::1], int64[:, :, ::1], int64, int64, int64)"
)
def survey(
    rows: Ints,
    lasting: Floats,
    n: Ints,
    luck: Floats,
    cohort_sd: float,
    pupil_sd: float,
    bullied_cohort_sd: float,
    value: Floats,
    n_pupils: Ints,
    support: int,
    motivation: int,
    bullying: int,
) -> None:
    """The pupil survey's figures of a grade from `luck`, shape (4, len(rows)), into this year's figures."""
    for k in range(len(rows)):
        i = rows[k]
        n_pupils[i, 0, support], n_pupils[i, 0, motivation], n_pupils[i, 0, bullying] = n[i], n[i], n[i]
        noise = hypot(cohort_sd, pupil_sd / sqrt(n[i]))
        chance = min(max(lasting[i, bullying] + bullied_cohort_sd * luck[2, k], 0.0), 1.0)
        value[i, 0, support] = lasting[i, support] + noise * luck[0, k]
        value[i, 0, motivation] = lasting[i, motivation] + noise * luck[1, k]
        value[i, 0, bullying] = _binomial(luck[3, k], n[i], chance) / n[i]


# --- further education: see sim.schemes.system_2026.further_education ---


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


# --- the draw: see sim.schemes.follow_up.risk_score ---


@compiled("void(float64[:, ::1], int64[:, ::1], int64[::1], float64[:, ::1], float64[:, ::1])")
def unit_sums(value: Floats, n_pupils: Ints, unit: Ints, summed: Floats, pupils: Floats) -> None:
    """Schools' figures times pupils, and pupils, added to those of their units."""
    for i in range(len(unit)):
        figures, behind = value[i], n_pupils[i]
        to, count = summed[unit[i]], pupils[unit[i]]
        for cell in range(len(figures)):
            n = np.float64(behind[cell])
            to[cell] += figures[cell] * n
            count[cell] += n


@compiled("void(float64[:, ::1], float64, float64[:, ::1], float64[::1], float64[::1])")
def points(figures: Floats, near: float, by_cell: Floats, given: Floats, possible: Floats) -> None:
    """Each unit's points and possible points over all cells.

    `by_cell` has the nation's figure, 1 or -1 for where worse is, points at stake, most points, and the absolute limit.
    """
    nation, worse, lesser, most, limits = by_cell
    for i in range(len(figures)):
        got, could = 0.0, 0.0
        for cell in range(figures.shape[1]):
            by = (figures[i, cell] - nation[cell]) * worse[cell]
            least, top = lesser[cell] * (by > near), most[cell] * (by > limits[cell])
            got += least if least > top else top  # noqa: FURB136 - numba makes a branch of max
            could += most[cell] * (by == by)  # noqa: PLR0124 - what is not a number differs from itself
        given[i], possible[i] = got, could


all_kept()
