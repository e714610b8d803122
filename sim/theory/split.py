"""The shortfall split in two: what would have come had the theory's conditions been there, and what would not even then.

    implementation failure = result with the conditions granted - result
    theory failure         = aim - result with the conditions granted

Results are shares of municipalities for whom a link holds, world by world, so both parts have intervals over worlds. The
first is negative where the granting does harm; the second is never more than the aim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.arrays import Floats
from sim.theory.granted import ALL_CONDITIONS
from sim.theory.link import Aim, Link, Stage, Theory

CONFIDENCE = 0.90
LEAST_FOR_INTERVAL = 2  # worlds

COLUMNS = {
    "design": ("name", "design"),
    "scheme": ("name", "scheme whose programme theory is tested"),
    "granted": ("name", "what the twin was granted: `all` conditions of the theory, or the one named"),
    "stage": ("name", "result or goal"),
    "link": ("name", "link of the chain"),
    "group": ("name", "group of municipalities"),
    "horizon": ("mean or end", "`mean`: mean over the years of the window; `end`: its last year"),
    "year_from": ("calendar year", "first year of the window: that in which conditions are granted"),
    "year_to": ("calendar year", "last year of the window"),
    "n_worlds": ("worlds", "worlds in which the link concerns anybody under both"),
    "aim": ("share", "municipalities for whom the theory wants the link to hold"),
    "result": ("share", "municipalities for whom it holds under the design, mean over worlds"),
    "result_granted": ("share", "the same under the twin"),
    "implementation_failure": ("share", "result of the twin less result of the design"),
    "implementation_low": ("share", "lower end of its 90 % confidence interval over worlds (Student's t)"),
    "implementation_high": ("share", "its upper end"),
    "theory_failure": ("share", "aim less result of the twin"),
    "theory_low": ("share", "lower end of its 90 % confidence interval over worlds (Student's t)"),
    "theory_high": ("share", "its upper end"),
    "value": ("the link's", "mean over municipalities and worlds of the quantity under the design"),
    "value_granted": ("the link's", "the same under the twin"),
}
"""Columns of the table of the split, with unit and meaning."""


@dataclass(frozen=True)
class Pair:
    """A design and its twin with conditions of a theory granted, by their names in the tables."""

    design: str
    twin: str
    theory: Theory
    granted: str = ALL_CONDITIONS


def split(followed: pd.DataFrame, pairs: Iterable[Pair], first: int, last: int) -> pd.DataFrame:
    """The shortfall of each design, split by its twins.

    Parameters
    ----------
    followed : DataFrame
        With the columns of `sim.theory.observer.COLUMNS`, and world and design in front.
    first, last : int
        The window of years: `mean` is over all of them, `end` is the last.

    Returns
    -------
    DataFrame with the columns of `COLUMNS`
    """
    parts = []
    for horizon, start in (("mean", first), ("end", last)):
        rows = followed[followed["year"].between(start, last)]
        keys = ["design", "scheme", "link", "group", "world"]
        means = rows.groupby(keys, observed=True)[["reached", "value"]].mean()
        where = {"horizon": horizon, "year_from": start, "year_to": last}
        parts += [{**where, **row} for pair in pairs for row in _of_pair(means, pair)]
    return pd.DataFrame(parts, columns=list(COLUMNS))


def _of_pair(means: pd.DataFrame, pair: Pair) -> Iterator[dict[str, object]]:
    for link in pair.theory.of_stage(Stage.RESULT, Stage.GOAL):
        assert link.aim is not None
        own, twin = (_by_group(means, design, pair.theory, link) for design in (pair.design, pair.twin))
        for group in own:
            both = own[group].index.intersection(twin[group].index) if group in twin else own[group].index[:0]
            if len(both):
                yield {
                    "design": pair.design,
                    "scheme": pair.theory.scheme,
                    "granted": pair.granted,
                    "stage": link.stage.value,
                    "link": link.key,
                    "group": group,
                    **failures(_numbers(own[group], both), _numbers(twin[group], both), link.aim),
                }


def _by_group(means: pd.DataFrame, design: str, theory: Theory, link: Link) -> dict[str, pd.DataFrame]:
    """Each group's values by world; none where the table has none."""
    place = (design, theory.scheme, link.key)
    if place not in means.index.droplevel(["group", "world"]):
        return {}
    here = means.loc[place]
    return {str(group): here.loc[group] for group in dict.fromkeys(here.index.get_level_values("group"))}


def _numbers(frame: pd.DataFrame, worlds: pd.Index) -> Floats:
    """Shape (worlds, 2): share reached, and value."""
    return np.asarray(frame.loc[worlds, ["reached", "value"]], dtype=np.float64)


def failures(own: Floats, twin: Floats, aim: Aim) -> dict[str, object]:
    """Both parts of the shortfall with their intervals.

    Parameters
    ----------
    own, twin : array of float, shape (worlds, 2)
        Share reached and value of the quantity, under the design and with the conditions granted.
    """
    by_implementation, by_theory = twin[:, 0] - own[:, 0], aim.share - twin[:, 0]
    return {
        "n_worlds": len(own),
        "aim": aim.share,
        "result": own[:, 0].mean(),
        "result_granted": twin[:, 0].mean(),
        **_with_interval("implementation", by_implementation),
        **_with_interval("theory", by_theory),
        "value": own[:, 1].mean(),
        "value_granted": twin[:, 1].mean(),
    }


def _with_interval(name: str, over_worlds: Floats) -> dict[str, object]:
    n, mean = len(over_worlds), over_worlds.mean()
    half = float("nan")
    if n >= LEAST_FOR_INTERVAL:
        half = stdtrit(n - 1, (1 + CONFIDENCE) / 2) * over_worlds.std(ddof=1) / np.sqrt(n)
    return {f"{name}_failure": mean, f"{name}_low": mean - half, f"{name}_high": mean + half}
