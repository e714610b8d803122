"""Which condition holds a design back, and for whom.

What one would like to know is the condition whose granting would raise the results most. As an approximation that needs no
further runs it is taken to be the condition that holds for the fewest, among those that are to lead to a result that does
not yet hold for as many as the theory wants. (`sim.theory.test(each=True)` grants them one at a time and so measures it.)

As that hangs on where limits lie, it is told too whether the same comes out with all limits moved to be easier, all to be
harder, and the condition's own alone to be easier.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.theory.link import Link, Stage, Theory
from sim.theory.over_years import OverYears
from sim.theory.reading import theories

COLUMNS = {
    "design": ("name", "design"),
    "scheme": ("name", "scheme whose programme theory it is"),
    "group": ("name", "group of municipalities"),
    "condition": ("name", "the condition that holds for the fewest, of those that matter for what is short"),
    "reached": ("share", "municipalities for whom it holds, mean over worlds and years"),
    "next": ("name", "the condition that holds for the second fewest"),
    "next_reached": ("share", "municipalities for whom that one holds"),
    "worlds_agreeing": ("share", "worlds in which the same condition comes out"),
    "limits_agreeing": (
        "share",
        "of three ways to move limits by 20 %, those with which the same condition comes out: all easier to reach, all "
        "harder, the condition's own alone easier",
    ),
    "n_worlds": ("worlds", "worlds played"),
}
"""Columns of the table of bottlenecks, with unit and meaning."""

REACHED = ("reached", "reached_easier", "reached_harder")
"""Columns of the table of programme theories that bottlenecks are told from: as limits are, and moved."""


def bottlenecks(followed: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """The bottleneck of each design in each group, over a window of years.

    Parameters
    ----------
    followed : DataFrame
        With the columns of `sim.theory.observer.COLUMNS`, and world and design in front.

    Returns
    -------
    DataFrame with the columns of `COLUMNS`
        No row where no result falls short.
    """
    window = followed[followed["year"].between(first, last)]
    over, *moved = OverYears.of(window, *REACHED)
    links, by_scheme = over.labels["link"], {theory.scheme: theory for theory in theories()}
    found = []
    for (design, scheme, group, reached), *others in zip(
        over.groups(), *(each.groups() for each in moved), strict=True
    ):
        theory = by_scheme[scheme]
        worlds = reached[:, ~np.isnan(reached).all(axis=0)]
        somewhere = ~np.isnan(worlds).all(axis=1)
        kept = dict(zip(np.array(links)[somewhere].tolist(), worlds[somewhere], strict=True))
        mean = _means(links, reached)
        ranked = _ranked(theory, mean)
        if not ranked:
            continue
        own = [
            _ranked(
                theory,
                {link: values[world] for link, values in kept.items() if values[world] == values[world]},
            )[:1]
            for world in range(worlds.shape[1])
        ]
        second = ranked[1] if len(ranked) > 1 else None
        easier, harder = (_means(links, values) for *_, values in others)
        alone = {**mean, ranked[0]: easier[ranked[0]]}
        stands = [_ranked(theory, each)[:1] == ranked[:1] for each in (easier, harder, alone)]
        found.append({
            "design": design,
            "scheme": scheme,
            "group": group,
            "condition": ranked[0],
            "reached": mean[ranked[0]],
            "next": second or "",
            "next_reached": mean[second] if second else float("nan"),
            "worlds_agreeing": sum(each == ranked[:1] for each in own) / len(own),
            "limits_agreeing": sum(stands) / len(stands),
            "n_worlds": len(own),
        })  # fmt: skip
    return pd.DataFrame(found, columns=list(COLUMNS))


def _means(links: tuple[str, ...], reached: Floats) -> dict[str, float]:
    """Mean over the worlds in which a link concerns anybody, from shape (links, worlds)."""
    known = ~np.isnan(reached)
    total, n = np.where(known, reached, 0).sum(axis=1), known.sum(axis=1)
    return {link: float(total[i] / n[i]) for i, link in enumerate(links) if n[i]}


def _ranked(theory: Theory, reached: Mapping[str, float]) -> list[str]:
    """The conditions that matter for what is short, from that which holds for the fewest; equals in the theory's order."""
    known = [link for link in theory.of_stage(Stage.CONDITION) if link.key in reached]
    short = {link.key for link in theory.of_stage(Stage.RESULT) if _is_short(link, reached)}
    matter = [link.key for link in known if short & set(link.leads_to)]
    return sorted(matter, key=lambda key: reached[key])


def _is_short(link: Link, reached: Mapping[str, float]) -> bool:
    return link.aim is not None and link.key in reached and reached[link.key] < link.aim.share
