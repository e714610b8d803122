"""Which condition holds a design back, and for whom.

What one would like to know is the condition whose granting would raise the results most. As an approximation that needs no
further runs it is taken to be the condition that holds for the fewest, among those that are to lead to a result that does
not yet hold for as many as the theory wants. (`sim.theory.test(each=True)` grants them one at a time and so measures it.)
"""

from __future__ import annotations

import pandas as pd

from sim.theory.link import Link, Stage, Theory
from sim.theory.reading import theories

KEYS = ["design", "scheme", "group"]

COLUMNS = {
    "design": ("name", "design"),
    "scheme": ("name", "scheme whose programme theory it is"),
    "group": ("name", "group of municipalities"),
    "condition": ("name", "the condition that holds for the fewest, of those that matter for what is short"),
    "reached": ("share", "municipalities for whom it holds, mean over worlds and years"),
    "next": ("name", "the condition that holds for the second fewest"),
    "next_reached": ("share", "municipalities for whom that one holds"),
    "worlds_agreeing": ("share", "worlds in which the same condition comes out"),
    "n_worlds": ("worlds", "worlds played"),
}
"""Columns of the table of bottlenecks, with unit and meaning."""


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
    rows = followed[followed["year"].between(first, last)]
    shares = rows.groupby([*KEYS, "world", "link"], observed=True, sort=False)["reached"].mean().reset_index()
    found = []
    for (design, scheme, group), part in shares.groupby(KEYS, observed=True, sort=False):
        theory = next(each for each in theories() if each.scheme == scheme)
        by_world = part.pivot_table(index="world", columns="link", values="reached", observed=True)
        ranked = _ranked(theory, by_world.mean())
        if not ranked:
            continue
        own = [_ranked(theory, of_world.dropna())[:1] for _, of_world in by_world.iterrows()]
        second = ranked[1] if len(ranked) > 1 else None
        found.append({
            "design": design,
            "scheme": scheme,
            "group": group,
            "condition": ranked[0],
            "reached": by_world[ranked[0]].mean(),
            "next": second or "",
            "next_reached": by_world[second].mean() if second else float("nan"),
            "worlds_agreeing": sum(each == ranked[:1] for each in own) / len(own),
            "n_worlds": len(own),
        })  # fmt: skip
    return pd.DataFrame(found, columns=list(COLUMNS))


def _ranked(theory: Theory, reached: pd.Series) -> list[str]:
    """The conditions that matter for what is short, from that which holds for the fewest; equals in the theory's order."""
    known = [link for link in theory.of_stage(Stage.CONDITION) if link.key in reached]
    short = {link.key for link in theory.of_stage(Stage.RESULT) if _is_short(link, reached)}
    matter = [link.key for link in known if short & set(link.leads_to)]
    return sorted(matter, key=lambda key: float(reached[key]))


def _is_short(link: Link, reached: pd.Series) -> bool:
    return link.aim is not None and link.key in reached and float(reached[link.key]) < link.aim.share
