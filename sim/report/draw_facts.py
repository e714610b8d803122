"""How the draw hits under a design, counted over all worlds and draws from the parting of the designs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.report.quantity import Quantity, source
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

SMALL_BELOW = 3_000  # inhabitants, as in `sim.outcomes.groups`
_PERCENT = 100.0
_FILE = "draws.parquet"
_YEARS_BELOW = 10_000
_NEEDED = frozenset(
    {"design", "world", "year", "population", "n_pupils", "drawn", "participates", "true_need"}
)


@dataclass(frozen=True)
class DrawFacts:
    """What became of the draws under one design.

    Attributes
    ----------
    per_draw : Quantity
        Municipalities drawn at a draw.
    hit_rate : Quantity
        Share of the drawn that are among the equally many with the greatest true need.
    small_drawn, small_all : Quantity
        Share with fewer than `SMALL_BELOW` inhabitants among the drawn and among all.
    participates : Quantity
        Share of the drawn that take part.
    pupils : Quantity
        Pupils in a drawn municipality.
    """

    design: str
    per_draw: Quantity
    hit_rate: Quantity
    small_drawn: Quantity
    small_all: Quantity
    participates: Quantity
    pupils: Quantity


def draw_facts(view: View, design: str) -> DrawFacts | None:
    """The facts of a design; None if nobody was drawn, or the files don't say."""
    rows = view.results.draws
    if not set(rows.columns) >= _NEEDED:
        return None
    rows = rows[rows["design"] == design]
    is_drawn = rows["drawn"].astype(str) != "none"
    drawn = rows[is_drawn]
    if drawn.empty:
        return None
    here = {"design": design, "year>": view.results.manifest.parting_year or 0}
    picked = {**here, "drawn!": "none"}
    draw = np.unique(rows["world"] * _YEARS_BELOW + rows["year"], return_inverse=True)[1].astype(np.int64)
    need = np.asarray(rows["true_need"], dtype=np.float64)
    n_draws = int(draw.max()) + 1

    def share(value: float, **where: object) -> Quantity:
        return Quantity(value, source(_FILE, **where), view.messages, "percent", _PERCENT)

    def small(of: pd.DataFrame) -> float:
        return float((of["population"] < SMALL_BELOW).mean())

    is_small = f"population<{SMALL_BELOW}"
    return DrawFacts(
        design,
        per_draw=Quantity(
            len(drawn) / n_draws,
            source(_FILE, **picked, stat="per_draw"),
            view.messages,
            "municipalities",
            1.0 / view.results.manifest.scale,  # the whole country's
            decimals=1,
        ),
        hit_rate=share(hit_rate(draw, need, np.asarray(is_drawn)), **here, stat="hit_rate"),
        small_drawn=share(small(drawn), **picked, share=is_small),
        small_all=share(small(rows), **here, share=is_small),
        participates=share(float(drawn["participates"].mean()), **picked, column="participates", stat="mean"),
        pupils=Quantity(
            float(drawn["n_pupils"].mean()),
            source(_FILE, **picked, column="n_pupils", stat="mean"),
            view.messages,
            "pupils",
        ),
    )


def hit_rate(draw: Ints, need: Floats, is_drawn: Bools) -> float:
    """Share of the drawn who are among the equally many with the greatest true need at their draw.

    Parameters
    ----------
    draw : array of int, shape (rows,)
        Number of the draw that each row belongs to, from 0.
    need : array of float, shape (rows,)
        Of equals the first counts as the needier.
    is_drawn : array of bool, shape (rows,)
    """
    order = np.lexsort((-need, draw))
    n_rows, n_drawn = np.bincount(draw), np.bincount(draw, is_drawn)
    first = np.cumsum(n_rows) - n_rows
    rank = np.arange(len(draw)) - first[draw[order]]
    among_neediest = rank < n_drawn[draw[order]]
    return float(among_neediest[is_drawn[order]].mean())
