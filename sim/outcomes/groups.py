"""The groups of municipalities that results are reported for: by size, region, centrality and economy.

Groups of a kind (`size.`, `region.`, ...) divide the country; the smallest and the towns lie inside the small and the large.

Most follow from facts that no design moves, so a group has the same members under every design. The others are fixed
once for a world and handed in by identity, so that they too have the same members under every design: those picked
in the first draw after the ways part (whatever becomes of them: intention-to-treat groups), and those whose true need
was greatest at the parting.

Designs may pick different municipalities. Were the picked those of one design alone, they would be those that this very
design chose, and a difference would change with the order in which designs are named. So there are four such groups:
picked by the first design (`picked.one`), by any of the others (`picked.other`), by all of them (`picked.both`), and by at
least one (`picked.either`). The last two don't hang on the order; with two designs they are what their names say.

A group's texts for readers stand in the message files under `group.<key>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce

import numpy as np

from sim.arrays import Bools, Floats, Grid, Ints
from sim.outcomes.look import once
from sim.rules.rule import always_compiled
from sim.state import State
from sim.state.places import Centrality, Counties, Municipalities, Offices

SMALL_BELOW = 3_000  # inhabitants; assumption, near the limit of the small-municipality grant (3,200)
LARGE_FROM = 20_000  # inhabitants; the upper limit of medium-sized in KOSTRA's former groups
SMALLEST_BELOW = 1_000  # inhabitants; assumption
TOWNS_FROM = 50_000  # inhabitants; assumption

WEST = (11, 15, 46)  # Rogaland, Møre og Romsdal, Vestland: the part of the country called Vestlandet
SOUTH = (42,)  # Agder: Sørlandet
REGIONS = ("north", "west", "east", "south")
# The north is as `Offices.north` says, Trøndelag included (AFI-rapport 2021:09, 2.3); the east is the rest.

THIRDS = ("low", "middle", "high")
NEEDIEST_SHARE = 0.1  # of municipalities; assumption: about as many as one draw picks

ALL = "all"
PICKED_EITHER, PICKED_BOTH = "picked.either", "picked.both"
PICKED_ONE, PICKED_OTHER = "picked.one", "picked.other"
PICKED = (PICKED_EITHER, PICKED_BOTH, PICKED_ONE, PICKED_OTHER)
NEED = "need"
HANDED_IN = (*PICKED, NEED)

KEYS = (
    ALL,
    "size.small",
    "size.medium",
    "size.large",
    "region.north",
    "region.west",
    "region.east",
    "region.south",
    "centrality.central",
    "centrality.middle",
    "centrality.remote",
    "economy.low",
    "economy.middle",
    "economy.high",
    "economy.robek",
    "smallest",
    "towns",
    *HANDED_IN,
)


def groups(state: State, handed_in: Mapping[str, Ints] | None = None) -> dict[str, Bools]:
    """Who belongs to each group now.

    Parameters
    ----------
    state : State
        Only read.
    handed_in : mapping from group to identities, optional
        Members of the groups in `HANDED_IN`, which the state alone doesn't tell; without it these are left out. One
        that merged into another municipality is followed under its own number only.

    Returns
    -------
    dict from group to array of bool, shape (municipalities,)
        In the order of `KEYS`.
    """
    found = dict(zip(KEYS, fixed_groups(state), strict=False))
    ids = state[Municipalities].id
    for key in HANDED_IN:
        if handed_in is not None and key in handed_in:
            found[key] = members(ids, handed_in[key])
    return found


@once
def fixed_groups(state: State) -> Bools:
    """Who belongs to each group that is not handed in; shape (groups, municipalities), not to be written to."""
    m = state[Municipalities]
    told = m.population, m.free_income, m.centrality, m.robek, regions(state)[m.county]
    return _of_places(*((column.tobytes(), column.dtype.str) for column in told))


@lru_cache(maxsize=64)
def _of_places(*columns: tuple[bytes, str]) -> Bools:
    """The groups by what municipalities are, told as bytes: it seldom changes, and is the same under every design."""
    population, free_income, centrality, robek, region = (
        np.frombuffer(content, kind) for content, kind in columns
    )
    small, large = population < SMALL_BELOW, population >= LARGE_FROM
    size = np.where(small, 0, np.where(large, 2, 1))
    third = thirds_within(free_income, size)
    found = {
        ALL: np.ones(len(size), dtype=bool),
        "size.small": small,
        "size.medium": size == 1,
        "size.large": large,
        **{f"region.{name}": region == i for i, name in enumerate(REGIONS)},
        "centrality.central": centrality == Centrality.CENTRAL,
        "centrality.middle": centrality == Centrality.MIDDLE,
        "centrality.remote": centrality == Centrality.REMOTE,
        **{f"economy.{name}": third == i for i, name in enumerate(THIRDS)},
        "economy.robek": robek,
        "smallest": population < SMALLEST_BELOW,
        "towns": population >= TOWNS_FROM,
    }
    all_of_them = np.array([found[key] for key in KEYS if key not in HANDED_IN])
    all_of_them.flags.writeable = False  # shared by all who ask
    return all_of_them


def members(ids: Ints, chosen: Ints) -> Bools:
    """Which of the municipalities are among the chosen; shape (municipalities,)."""
    return np.isin(ids, chosen)


@always_compiled
def sums(values: Grid, weights: Grid, masks: Grid, total: Grid, behind: Grid) -> None:
    """Sums of the municipalities' values over groups, all of them in one go.

    Parameters
    ----------
    values : array of float, shape (quantities, municipalities)
        NaN where a quantity does not apply.
    weights : array of float, shape (quantities, municipalities)
    masks : array of float, shape (municipalities, groups)
        1 for members, 0 for others.
    total, behind : array of float, shape (quantities, groups)
        To be filled: the sums of the values by weight, and of the weights of those whom the quantity applies to.
    """
    for q in range(len(values)):
        total[q] = 0.0
        behind[q] = 0.0
        for m in range(len(masks)):
            if not np.isnan(values[q, m]):
                value, weight = values[q, m] * weights[q, m], weights[q, m]
                for g in range(masks.shape[1]):
                    total[q, g] += value * masks[m, g]
                    behind[q, g] += weight * masks[m, g]


def picked_by(drawn: Sequence[Ints]) -> dict[str, Ints]:
    """Identities of those picked by one design, by others, by all, by any.

    Parameters
    ----------
    drawn : sequence of array of int
        Whom each design's draw picked, in the order of the designs; nobody where a design holds none.
    """
    one, *others = drawn
    other = reduce(np.union1d, others, np.empty(0, dtype=np.int64))
    return {
        PICKED_EITHER: np.union1d(one, other),
        PICKED_BOTH: reduce(np.intersect1d, others, np.unique(one)),
        PICKED_ONE: np.unique(one),
        PICKED_OTHER: other,
    }


def regions(state: State) -> Ints:
    """The region that each county lies in, by its place in `REGIONS`; shape (counties,)."""
    counties = state[Counties]
    return _regions(tuple(counties.id.tolist()), tuple(state[Offices].north[counties.office].tolist()))


@lru_cache
def _regions(counties: tuple[int, ...], north: tuple[bool, ...]) -> Ints:
    return np.array([_region(*county) for county in zip(counties, north, strict=True)], dtype=np.int64)


def _region(county: int, north: bool) -> int:
    if north:
        return REGIONS.index("north")
    if county in WEST:
        return REGIONS.index("west")
    return REGIONS.index("south" if county in SOUTH else "east")


def thirds_within(value: Floats, kind: Ints) -> Ints:
    """The third (0 lowest, 2 highest) that each unit's value falls into among the units of its kind.

    Free income per inhabitant is highest in the smallest municipalities, because the income system makes up for what
    smallness costs. Thirds of the whole country would repeat the size groups; within a size they tell rich from poor.

    Parameters
    ----------
    value : array of float, shape (units,)
    kind : array of int, shape (units,)
        0, 1, 2, ... Of equal values the one that stands first in the table counts as the lower.
    """
    order = np.lexsort((value, kind))
    n_of_kind = np.bincount(kind)
    first = np.cumsum(n_of_kind) - n_of_kind
    rank = np.empty(len(value), dtype=np.int64)
    rank[order] = np.arange(len(value)) - first[kind[order]]
    return rank * len(THIRDS) // n_of_kind[kind]


def neediest(need: Floats, ids: Ints) -> Ints:
    """Identities of the `NEEDIEST_SHARE` of municipalities with the greatest true need, at least one.

    Parameters
    ----------
    need : array of float, shape (municipalities,)
        True need; more is worse.
    ids : array of int, shape (municipalities,)
        Their identities; decide between equals.
    """
    return np.sort(ids[first_by(need, ids)])


def first_by(need: Floats, ids: Ints) -> Ints:
    """Rows of the `NEEDIEST_SHARE` of municipalities with the greatest need; arguments as for `neediest`."""
    n = max(1, round(NEEDIEST_SHARE * len(ids)))
    return np.lexsort((ids, -need))[:n]
