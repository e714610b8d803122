"""The shortfall split in two: what would have come had the theory's conditions been there, and what would not even then.

The evaluators call the first *implementeringsfeil*, the second *teorifeil* [AFI-rapport 2026:02, ch. 5].

    implementation failure = result with the conditions granted - result
    theory failure         = aim - result with the conditions granted

Results are shares of municipalities for whom a link holds, world by world, so both parts have intervals over worlds. The
first is negative where the granting does harm; the second is never more than the aim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.arrays import AnyArray, Floats
from sim.design import Design
from sim.experiments.comparison import CONFIDENCE, LEAST_FOR_SPREAD
from sim.parameters.registry import Registry
from sim.theory.granted import NAMED, conditions_granted, grantings
from sim.theory.groups import GROUPS
from sim.theory.link import Aim, Link, Stage, Theory
from sim.theory.over_years import OverYears

MEAN, END = "mean", "end"

COLUMNS = {
    "design": ("name", "design"),
    "scheme": ("name", "scheme whose programme theory is tested"),
    "granted": (
        "name",
        "what the twin was granted: the conditions that the theory's figure names (`named`); these and what it presumes "
        "(`presumed`); these and the project's own (`all`); those of one chain in it (`chain_`); one condition, by its name; "
        "or none, but what practice did without (`as_written`)",
    ),
    "stage": ("name", "result or goal"),
    "link": ("name", "link of the chain"),
    "group": ("name", "group of municipalities"),
    "horizon": ("mean or end", "`mean`: mean over the years of the window; `end`: its last year"),
    "start": ("calendar year", "first year of the window: for `mean` that in which conditions are granted"),
    "end": ("calendar year", "last year of the window"),
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

SPLIT_BY = ("reached", "value")
"""Columns of the table of programme theories that the split is told from."""


@dataclass(frozen=True)
class Pair:
    """A design and its twin with conditions of a theory granted, by their names in the tables."""

    design: str
    twin: str
    theory: Theory
    granted: str = NAMED


@dataclass(frozen=True)
class Twins:
    """What the shortfall of a study's designs is split by.

    Attributes
    ----------
    designs : tuple of Design
        The designs with conditions granted from the parting on.
    pairs : tuple of Pair
        Which of them belongs to which design.
    worlds : int
        Number of worlds, the first ones, in which they are played.
    """

    designs: tuple[Design, ...]
    pairs: tuple[Pair, ...]
    worlds: int

    @property
    def schemes(self) -> frozenset[str]:
        """Whose theories they are."""
        return frozenset(pair.theory.scheme for pair in self.pairs)


def twins_of(
    designs: Sequence[Design],
    theories: Iterable[Theory],
    registry: Registry,
    from_year: int,
    *,
    each: bool = False,
) -> tuple[tuple[Design, ...], tuple[Pair, ...]]:
    """Every design's twins with conditions granted from a year on, and which twin belongs to which design; `each` as for
    `grantings`.
    """
    found = [
        (design, theory, only, conditions_granted(design, theory, registry, only=only, from_year=from_year))
        for design in designs
        for theory in theories
        for only in grantings(theory, each=each)
    ]
    return (
        tuple(twin for *_, twin in found),
        tuple(Pair(design.key, twin.key, theory, only) for design, theory, only, twin in found),
    )


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
        One row for each pair, horizon, result or goal and group that it concerns in at least one world.
    """
    known = tuple(pairs)
    parts: list[dict[str, object]] = []
    for horizon, start in ((MEAN, first), (END, last)):
        rows = followed[followed["year"].between(start, last)]
        where = {"horizon": horizon, "start": start, "end": last}
        over = OverYears.of(rows, *SPLIT_BY)
        for pair in known:
            parts += [{**where, **row} for row in _of_pair(over, pair)]
    return pd.DataFrame(parts, columns=list(COLUMNS))


def _of_pair(over: tuple[OverYears, ...], pair: Pair) -> Iterator[dict[str, object]]:
    rows = [(link, group) for link in pair.theory.of_stage(Stage.RESULT, Stage.GOAL) for group in GROUPS]
    own, twin = (
        np.array(
            [[each.at(design, pair.theory.scheme, group, link.key) for link, group in rows] for each in over]
        )
        for design in (pair.design, pair.twin)
    )
    both = ~np.isnan(own[0]) & ~np.isnan(twin[0])
    found: dict[int, dict[str, object]] = {}
    for worlds in np.unique(both, axis=0):
        if worlds.any():
            alike = np.flatnonzero((both == worlds).all(axis=1)).tolist()
            aim = np.array([_aim(rows[row][0]).share for row in alike])
            parts = failures(own[:, alike][..., worlds], twin[:, alike][..., worlds], aim)
            numbers = zip(*(part.tolist() for part in parts.values()), strict=True)
            found |= {
                row: dict(zip(parts, each, strict=True)) for row, each in zip(alike, numbers, strict=True)
            }
    for row in sorted(found):
        link, group = rows[row]
        yield {**_place(pair, link), "group": group, **found[row]}


def _place(pair: Pair, link: Link) -> dict[str, object]:
    return {
        "design": pair.design,
        "scheme": pair.theory.scheme,
        "granted": pair.granted,
        "stage": link.stage.value,
        "link": link.key,
    }


def _aim(link: Link) -> Aim:
    if link.aim is None:
        raise ValueError(f"{link.key}: a {link.stage} needs an aim")
    return link.aim


def failures(own: Floats, twin: Floats, aim: Floats) -> dict[str, AnyArray]:
    """Both parts of the shortfall with their intervals, each of shape (rows,).

    Parameters
    ----------
    own, twin : array of float, shape (2, rows, worlds)
        Share reached and value of the quantity, under the design and with the conditions granted.
    aim : array of float, shape (rows,)
        Share wanted.
    """
    own, twin = (
        np.ascontiguousarray(own),
        np.ascontiguousarray(twin),
    )  # so that worlds are added up alike, however many rows
    result, value = own.mean(axis=-1)
    result_granted, value_granted = twin.mean(axis=-1)
    return {
        "n_worlds": np.full(len(aim), own.shape[-1]),
        "aim": aim,
        "result": result,
        "result_granted": result_granted,
        **_with_interval("implementation", twin[0] - own[0]),
        **_with_interval("theory", aim[:, None] - twin[0]),
        "value": value,
        "value_granted": value_granted,
    }


def _with_interval(name: str, over_worlds: Floats) -> dict[str, Floats]:
    n, mean = over_worlds.shape[-1], over_worlds.mean(axis=-1)
    half = np.full(len(mean), np.nan)
    if n >= LEAST_FOR_SPREAD:
        half = stdtrit(n - 1, (1 + CONFIDENCE) / 2) * over_worlds.std(axis=-1, ddof=1) / np.sqrt(n)
    return {f"{name}_failure": mean, f"{name}_low": mean - half, f"{name}_high": mean + half}
