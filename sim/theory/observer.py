"""How far along each programme theory the municipalities are, noted once a year. It only reads."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import AnyArray, Bools, Floats
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.state import State
from sim.theory.groups import members
from sim.theory.link import Link
from sim.theory.quantities import QUANTITIES
from sim.theory.reading import theories

ROWS_ARE = "one link of a programme theory in one group of municipalities, in the autumn of one year"

COLUMNS: Mapping[str, tuple[str, str]] = {
    "scheme": ("name", "scheme whose programme theory it is"),
    "stage": ("name", "challenge, means, condition, result or goal"),
    "link": ("name", "link of the chain; its sentence stands in `sim/theory/data`"),
    "group": (
        "name",
        "group of municipalities; `need` is the tenth whose schools lie in the weakest places, `partner.weak` the third "
        "whose UH partner does the poorest work",
    ),
    "year": ("calendar year", "noted at the end of its autumn"),
    "reached": (
        "share",
        "municipalities for whom the link holds, of those whom it concerns; for a challenge, those who have the problem",
    ),
    "value": ("the link's", "mean over those municipalities of the quantity that decides"),
    "n": ("municipalities", "those whom the link concerns"),
}
"""Columns of the table of programme theories."""


def follow(state: State, p: Parameters) -> dict[str, AnyArray]:
    """Every link in every group that it concerns anybody in; without rows in spring.

    Returns
    -------
    dict of arrays, each of shape (rows,)
        The columns of `COLUMNS`, in that order.
    """
    links = [(theory.scheme, link) for theory in theories() for link in theory.links]
    if state.now.season is not Season.AUTUMN:
        links = []
    groups = members(state)
    masks = np.array(list(groups.values())).astype(float)
    found = [by_group(link, QUANTITIES[link.quantity](state, p), masks) for _, link in links]
    n, reached, value = np.array(found).reshape(-1, 3, len(groups)).transpose(1, 0, 2)
    which, group = np.nonzero(n)
    return {
        "scheme": _words([links[i][0] for i in which]),
        "stage": _words([links[i][1].stage.value for i in which]),
        "link": _words([links[i][1].key for i in which]),
        "group": _words([tuple(groups)[g] for g in group]),
        "year": np.full(len(which), state.now.year, dtype=np.int64),
        "reached": reached[which, group],
        "value": value[which, group],
        "n": n[which, group].astype(np.int64),
    }


def by_group(link: Link, values: Floats, masks: Floats) -> Floats:
    """One link in each group.

    Parameters
    ----------
    values : array of float, shape (municipalities,)
        NaN where the link does not apply.
    masks : array of float, shape (groups, municipalities)
        1 for members, 0 for others.

    Returns
    -------
    array of float, shape (3, groups)
        Municipalities whom it concerns, share for whom it holds, mean of the quantity; 0 where it concerns nobody.
    """
    concerns: Bools = ~np.isnan(values)
    rows = np.array([concerns, concerns & link.holds(values), np.where(concerns, values, 0)], dtype=float)
    n, held, total = np.einsum("rm,gm->rg", rows, masks)
    somebody = np.maximum(n, 1)
    return np.array([n, held / somebody, total / somebody])


def _words(words: list[str]) -> AnyArray:
    return np.array(words, dtype=np.str_)
