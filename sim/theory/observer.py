"""How far along each programme theory the municipalities are, noted once a year. It only reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

_NOTHING: Mapping[str, AnyArray] = {
    name: np.empty(
        0, dtype=np.int64 if name in {"year", "n"} else float if name in {"reached", "value"} else np.str_
    )
    for name in COLUMNS
}


def follow(state: State, p: Parameters) -> dict[str, AnyArray]:
    """Every link in every group that it concerns anybody in; no rows in spring.

    Returns
    -------
    dict of arrays, each of shape (rows,)
        The columns of `COLUMNS`, in that order.
    """
    if state.now.season is not Season.AUTUMN:
        return dict(_NOTHING)
    links = [(theory.scheme, link) for theory in theories() for link in theory.links]
    groups = members(state)
    values = np.array([QUANTITIES[link.quantity](state, p) for _, link in links])
    masks = np.array(list(groups.values())).astype(float)
    n, reached, mean = by_group([link for _, link in links], values, masks)
    which, group = np.nonzero(n)
    return {
        "scheme": _words([links[i][0] for i in which]),
        "stage": _words([links[i][1].stage.value for i in which]),
        "link": _words([links[i][1].key for i in which]),
        "group": _words([tuple(groups)[g] for g in group]),
        "year": np.full(len(which), state.now.year, dtype=np.int64),
        "reached": reached[which, group],
        "value": mean[which, group],
        "n": n[which, group].astype(np.int64),
    }


def by_group(links: Sequence[Link], values: Floats, masks: Floats) -> Floats:
    """What becomes of links in groups of municipalities.

    Parameters
    ----------
    values : array of float, shape (links, municipalities)
        NaN where a link does not apply.
    masks : array of float, shape (groups, municipalities)
        1 for members, 0 for others.

    Returns
    -------
    array of float, shape (3, links, groups)
        Municipalities whom the link concerns, share for whom it holds, mean of the quantity; 0 where it concerns nobody.
    """
    concerns: Bools = ~np.isnan(values)
    holds = np.array([link.holds(own) for link, own in zip(links, values, strict=True)])
    each = np.array([concerns, holds & concerns, np.where(concerns, values, 0)], dtype=float)
    # By einsum and not by a matrix product, whose last digits may depend on the number of threads.
    n, held, total = np.einsum("klm,gm->klg", each, masks)
    somebody = np.maximum(n, 1)
    return np.array([n, held / somebody, total / somebody])


def _words(words: list[str]) -> AnyArray:
    return np.array(words, dtype=np.str_)
