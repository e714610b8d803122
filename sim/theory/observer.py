"""How far along each programme theory the municipalities are, noted once a year. It only reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from sim.arrays import AnyArray, Floats, Ints
from sim.half_year import Season
from sim.outcomes.groups import sums
from sim.parameters.registry import Parameters
from sim.state import State
from sim.surveys.parameters import Survey
from sim.theory.asked import expected_now
from sim.theory.groups import GROUPS, counties, members
from sim.theory.link import Limits, Link, Stage, Theory, Units
from sim.theory.quantities import QUANTITIES, Quantity
from sim.theory.reading import theories

ROWS_ARE = "one link of a programme theory in one group of municipalities, in the autumn of one year"

COLUMNS: Mapping[str, tuple[str, str]] = {
    "scheme": ("name", "scheme whose programme theory it is"),
    "stage": ("name", "challenge, means, condition, result or goal"),
    "link": ("name", "link of the chain; its sentence stands in `sim/theory/data`"),
    "group": (
        "name",
        "group of municipalities (for the vocational scheme: of counties); `need` is the tenth whose schools lie in the "
        "weakest places, `partner.weak` the third whose UH partner does the poorest work",
    ),
    "year": ("calendar year", "noted at the end of its autumn"),
    "reached": (
        "share",
        "municipalities for whom the link holds, of those whom it concerns; for a challenge, those who have the problem",
    ),
    "reached_easier": (
        "share",
        "the same if every limit lay 20 % of itself lower, or higher where it is an upper one",
    ),
    "reached_harder": ("share", "the same if every limit lay 20 % of itself towards holding for fewer"),
    "value": ("the link's", "mean over those municipalities of the quantity that decides"),
    "n": ("municipalities", "those (or those counties) whom the link concerns"),
}
"""Columns of the table of programme theories."""

MOVED = 0.2  # share of itself by which limits are moved, to see what hangs on where they lie
_SHIFTS = (0.0, -MOVED, MOVED)


@dataclass(frozen=True, eq=False)
class _Chains:
    """Links of the theories of some units under each other; `places` are theirs among all links of all theories, `judged` that of
    each link's quantity among those by which they are judged.
    """

    units: Units
    places: Ints
    limits: Limits
    quantities: tuple[Quantity, ...]
    judged: Ints


@cache
def _all_links() -> tuple[tuple[Theory, Link], ...]:
    """All links of all theories, those for municipalities first."""
    return tuple((t, link) for units in Units for t in theories() if t.units is units for link in t.links)


@cache
def _chains(ends_of: frozenset[str] | None = None) -> tuple[_Chains, ...]:
    """All links by units, or only the results and goals of some schemes' theories; units without any are left out."""
    wanted = [
        (place, theory.units, link)
        for place, (theory, link) in enumerate(_all_links())
        if ends_of is None or (theory.scheme in ends_of and link.stage in (Stage.RESULT, Stage.GOAL))
    ]
    found = []
    for units in Units:
        if of_units := [(place, link) for place, its, link in wanted if its is units]:
            places, links = zip(*of_units, strict=True)
            names = list(dict.fromkeys(link.quantity for link in links))
            found.append(
                _Chains(
                    units,
                    np.array(places),
                    Limits(links),
                    tuple(QUANTITIES[name] for name in names),
                    np.array([names.index(link.quantity) for link in links]),
                )
            )
    return tuple(found)


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """The words of the columns in which `follow` gives their numbers."""
    return {
        "scheme": tuple(theory.scheme for theory, _ in _all_links()),
        "stage": tuple(link.stage.value for _, link in _all_links()),
        "link": tuple(link.key for _, link in _all_links()),
        "group": GROUPS,
    }


def follow(state: State, p: Parameters, ends_of: frozenset[str] | None = None) -> dict[str, AnyArray]:
    """Every link in every group that it concerns anybody in; no rows in spring.

    Parameters
    ----------
    ends_of : frozenset of str, optional
        Schemes of whose theories results and goals alone are followed; by default all links of all are.

    Returns
    -------
    dict of arrays, each of shape (rows,)
        The columns of `COLUMNS`, in that order; those of words by the numbers of the words in `words()`.
    """
    if state.now.season is not Season.AUTUMN:
        return {}
    parts = [_followed(chains, state, p) for chains in _chains(ends_of)]
    which, group, numbers = (np.concatenate(each, axis=-1) for each in zip(*parts, strict=True))
    n, reached, easier, harder, mean = numbers
    return {
        **dict.fromkeys(("scheme", "stage", "link"), which),
        "group": group,
        "year": np.full(len(which), state.now.year, dtype=np.int64),
        "reached": reached,
        "reached_easier": easier,
        "reached_harder": harder,
        "value": mean,
        "n": n.astype(np.int64),
    }


def _followed(chains: _Chains, state: State, p: Parameters) -> tuple[AnyArray, AnyArray, Floats]:
    """Place of the link among all, place of the group, and what `by_group` says of it, for all rows of some units."""
    groups = members(state) if chains.units is Units.MUNICIPALITIES else counties(state)
    values = np.array([quantity(state, p) for quantity in chains.quantities])[chains.judged]
    limits = chains.limits.between(p[Survey], expected_now(state, chains.limits.questions), _SHIFTS)
    numbers = by_group(values, limits, np.array(list(groups.values())))
    which, group = np.nonzero(numbers[0])
    places = np.array([GROUPS.index(key) for key in groups])
    return chains.places[which], places[group], numbers[:, which, group]


def by_group(values: Floats, limits: Floats, masks: AnyArray) -> Floats:
    """What becomes of links in groups of municipalities or counties.

    Parameters
    ----------
    values : array of float, shape (links, units)
        NaN where a link does not apply.
    limits : array of float, shape (shifts, 2, links)
        Between which a link holds: as they are, and moved.
    masks : array, shape (groups, units)
        1 for members, 0 for others.

    Returns
    -------
    array of float, shape (2 + shifts, links, groups)
        Units whom the link concerns, share for whom it holds by each of the limits, mean of the quantity; 0 where it
        concerns nobody.
    """
    of_groups = np.ascontiguousarray(masks.T, dtype=np.float64)
    total, n = np.empty((2, len(values), len(masks)))
    sums(values, np.ones_like(values), of_groups, total, n)
    between = (values >= limits[:, 0, :, None]) & (values <= limits[:, 1, :, None])
    held = between.astype(np.float32) @ of_groups.astype(np.float32)  # whole numbers, so exact
    return np.array([n, *(np.array([*held, total]) / np.maximum(n, 1))])
