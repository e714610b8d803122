"""Kernels over upper secondary schools and their vocational teachers; see `take_up`, `wishes`, `learn` and `staff` in
`sim.schemes.vocational`.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Codes, Floats, Ints
from sim.kernels.keeping import compiled


@compiled(
    "void(boolean[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1], boolean[::1], float64[::1],"
    " float64[::1])"
)
def apply(
    contact: Bools,
    joined: Bools,
    models: Floats,
    direct_habit: Floats,
    rolling_habit: Floats,
    about: Floats,
    direct: Bools,
    hours: Floats,
    in_time: Floats,
) -> None:
    """For each owner whether money is handed out directly, else hours of paperwork for a grant, and who is in time for it."""
    direct_share, rolling_share, usual, relief, double, by_rules, catches = about
    for k in range(len(contact)):
        doubled, joint = 1 + double * (not contact[k]), 1 + by_rules * joined[k]
        hours[k] = usual * (1 - relief * models[k]) * doubled * joint
        direct[k] = direct_habit[k] < direct_share
        in_time[k] = 1.0 if direct[k] or rolling_habit[k] < rolling_share else catches


@compiled(
    "void(int64[::1], int64[::1], boolean[::1], boolean[::1], float64[::1], boolean[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1])"
)
def weigh(
    owner: Ints,
    n_teachers: Ints,
    takes_part: Bools,
    county_owned: Bools,
    hours: Floats,
    direct: Bools,
    about: Floats,
    worth: Floats,
    away: Floats,
    ease: Floats,
) -> None:
    """For each school what applying is worth, its chance of staying away as usual, and how much easier than usual it is.

    `hours` of paperwork and `direct` are given by owner, `about` as unpacked below.
    """
    wish, price, hour, deterrent, grant, least, direct_use, stays, begins, usual_worth, private = about
    for i in range(len(owner)):
        deterred = hours[owner[i]] * hour * deterrent
        over_threshold = min(n_teachers[i] * wish * price / least, 1.0)
        applied = grant / (grant + deterred) * over_threshold
        worth[i] = direct_use if direct[owner[i]] else applied
        away[i] = 1 - (stays if takes_part[i] else begins)
        ease[i] = worth[i] / usual_worth * (1.0 if county_owned[i] else private)


@compiled("float64(float64, int64, float64, float64, float64)")
def collective_price(whole: float, n_teachers: int, flexible: float, small: float, saves: float) -> float:
    """What a collective measure costs a school's county."""
    return whole * (1 - saves * (flexible * small / (small + n_teachers)))


@compiled("void(boolean[::1], float64[::1], int64[::1], float64[::1], float64[::1], boolean[::1])")
def afford(wants: Bools, u: Floats, owner: Ints, nok: Floats, price: Floats, gets: Bools) -> None:
    """Which schools that want a collective measure get one: each owner's in order of `u`.

    As in the readable form, prices are added up over all owners, and what came before an owner's first is taken off.
    """
    here = np.zeros(
        len(nok) + 1, dtype=np.int64
    )  # where an owner's queue begins, and then where its next one goes
    for i in range(len(owner)):
        here[owner[i] + 1] += wants[i]
    for k in range(len(nok)):
        here[k + 1] += here[k]
    begins, n = here.copy(), here[len(nok)]
    queue, key = np.empty(n, dtype=np.int64), np.empty(n)
    for i in range(len(owner)):
        gets[i] = False
        if not wants[i]:
            continue
        mine, at = 2 * owner[i] + u[i], here[owner[i]]
        here[owner[i]] += 1
        while at > begins[owner[i]] and mine < key[at - 1]:
            queue[at], key[at] = queue[at - 1], key[at - 1]
            at -= 1
        queue[at], key[at] = i, mine
    running, before, last = 0.0, 0.0, np.int64(-1)
    for k in range(n):
        i = queue[k]
        before = before if owner[i] == last else running
        last = owner[i]
        running += price[i]
        gets[i] = running - before <= nok[last]


@compiled(
    "void(int64[::1], int64[::1], float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " boolean[::1], boolean[::1], float64[::1], float64[::1])"
)
def begin(
    owner: Ints,
    n_teachers: Ints,
    u: Floats,
    stays_away: Floats,
    worth: Floats,
    schools_nok: Floats,
    in_time: Floats,
    about: Floats,
    takes_part: Bools,
    in_collective: Bools,
    collective_nok: Floats,
    chance: Floats,
) -> None:
    """Schools take part or not, from `u`, shape (2, schools); collective measures as money goes; each teacher's chance to ask.

    Money for schools and how many are in time by owner; what a collective measure costs each school goes to `collective_nok`.
    """
    wish, mean_price, share, whole, flexible, small, saves = about
    for_collective, part = schools_nok * share, np.zeros(len(schools_nok))
    for i in range(len(owner)):
        takes_part[i] = u[0, i] < (1 - stays_away[i]) * (n_teachers[i] > 0)
        collective_nok[i] = collective_price(whole, n_teachers[i], flexible, small, saves)
        chance[i] = wish * worth[i] * in_time[owner[i]] * takes_part[i]
    afford(takes_part, u[1], owner, for_collective, collective_nok, in_collective)
    for i in range(len(owner)):
        part[owner[i]] += chance[i] * n_teachers[i]
    for k in range(len(part)):
        part[k] = min((schools_nok[k] - for_collective[k]) / max(part[k] * mean_price, 1.0), 1.0)
    for i in range(len(owner)):
        chance[i] *= part[owner[i]]


@compiled("int64(int64[::1], float64[::1], float64[::1], int64[::1], int64[::1])")
def asking(n_teachers: Ints, chance: Floats, u: Floats, rows: Ints, schools: Ints) -> int:
    """Teachers whose number `u` is below their school's chance go to `rows`, their schools to `schools`; how many is returned."""
    i, n = 0, 0
    for school in range(len(n_teachers)):
        these = u[i : i + n_teachers[school] * (chance[school] > 0)]
        for j in range(len(these)):
            rows[n], schools[n] = i + j, school  # stays if they ask, and is written over if not
            n += these[j] < chance[school]
        i += n_teachers[school]
    return n


@compiled(
    "void(int64[::1], int64[::1], int64[::1], int64[::1], int64[::1], float64[::1], int64[::1], float64[::1],"
    " float64[::1], float64[::1], int8[::1], float64[::1])"
)
def wish(
    owner: Ints,
    n_teachers: Ints,
    trade: Ints,
    rows: Ints,
    schools: Ints,
    u: Floats,
    united: Ints,
    firms_of: Floats,
    size: Floats,
    about: Floats,
    kind: Codes,
    exponent: Floats,
) -> None:
    """What those in `rows`, of `schools`, ask for, by `u`, and the exponent of the chance that it can't be had.

    `united` says which owner each county is part of, `firms_of` are the counties', `size` the trades', `about` as unpacked below.
    """
    stays_upto, second_upto, elsewhere, community, firms_asked = about
    n_trades, i, firms = len(size), 0, np.zeros(len(firms_of))
    for k in range(len(united)):
        firms[united[k]] += firms_of[k]
    by_owner = np.zeros((len(firms), n_trades), dtype=np.int64)
    everywhere = np.zeros(n_trades, dtype=np.int64)
    for s in range(len(n_teachers)):
        here, these = by_owner[owner[s]], trade[i : i + n_teachers[s]]
        for j in range(len(these)):
            here[these[j]] += 1
        i += n_teachers[s]
    for county in range(len(by_owner)):
        for t in range(n_trades):
            everywhere[t] += by_owner[county, t]
    amount, enough = (
        np.empty(2),
        np.array([firms_asked, community]),
    )  # in firms, in colleagues: a choice, not a branch
    for k in range(len(rows)):
        county, mine, course = owner[schools[k]], trade[rows[k]], np.int64(u[k] >= second_upto)
        kind[k] = 1 + (u[k] >= stays_upto) + course
        here = by_owner[county, mine]
        amount[0], amount[1] = firms[county] * size[mine], here + elsewhere * (everywhere[mine] - here)
        exponent[k] = -amount[course] / enough[course]


@compiled(
    "void(int64[::1], int64[::1], int8[::1], float64[::1], float64[::1], int64[::1], int64[::1], float64[::1],"
    " boolean[::1], float64[::1], boolean[::1], float64[::1], int64[::1], int8[::1], boolean[::1], float64[::1],"
    " int64[::1], float64[::1])"
)
def grant(
    rows: Ints,
    schools: Ints,
    kind: Codes,
    none: Floats,
    u: Floats,
    owner: Ints,
    n_teachers: Ints,
    prices: Floats,
    in_collective: Bools,
    collective_nok: Floats,
    direct: Bools,
    hours: Floats,
    pot_nok: Ints,
    measure: Codes,
    unmet: Bools,
    reached: Floats,
    used_nok: Ints,
    hours_spent: Floats,
) -> None:
    """Who in `rows`, of `schools`, gets what they ask for, unless `none` can be had; and the accounts of schools and owners.

    `prices` are those of each kind of measure, `collective_nok` by school, `direct` and `hours` for a grant by owner.
    """
    n, grants = len(pot_nok), np.zeros(len(owner))
    measure[:] = 0
    unmet[:] = False
    in_schools, together, asked = np.zeros(n), np.zeros(n), np.zeros(n)
    for k in range(len(rows)):
        at = schools[k]
        if u[k] < 1 - none[k]:
            measure[rows[k]] = kind[k]
            grants[at] += 1.0
            in_schools[owner[at]] += prices[kind[k]]
        else:
            unmet[rows[k]] = True
    for i in range(len(owner)):
        reached[i] = grants[i] / max(n_teachers[i], 1)
        together[owner[i]] += in_collective[i] * collective_nok[i]
        asked[owner[i]] += grants[i]
    for k in range(n):
        used_nok[k] = np.int64(min(np.rint(in_schools[k] + together[k]), np.float64(pot_nok[k])))
        hours_spent[k] += asked[k] * (not direct[k]) * hours[k]
