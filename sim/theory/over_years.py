"""How far along the theories worlds were over some years, as arrays: a mean for each design, scheme, group, link and world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.arrays import Floats, Ints

AXES = ("design", "scheme", "group", "link", "world")


@dataclass(frozen=True)
class OverYears:
    """Means over years, array of shape (designs, schemes, groups, links, worlds), NaN where a link concerned nobody.

    Attributes
    ----------
    labels : mapping from axis to its labels
        In the order in which they first stand in the table; worlds in rising order.
    """

    labels: Mapping[str, tuple[str, ...]]
    values: Floats
    first: Ints

    @classmethod
    def of(cls, followed: pd.DataFrame, *columns: str) -> tuple[OverYears, ...]:
        """Means of columns of the table of programme theories (`sim.theory.observer.COLUMNS`, world and design in front)."""
        found = [pd.factorize(followed[axis], sort=axis == "world") for axis in AXES]
        shape = tuple(len(labels) for _, labels in found)
        cell = (
            np.ravel_multi_index([codes for codes, _ in found], shape) if len(followed) else np.empty(0, int)
        )
        year, years = pd.factorize(followed["year"], sort=True)
        group = np.unique(cell // max(shape[3] * shape[4], 1), return_index=True)
        first = group[0][np.argsort(group[1])]
        labels = {axis: tuple(map(str, its)) for axis, (_, its) in zip(AXES, found, strict=True)}

        def mean(column: str) -> Floats:
            by_year = np.full((len(years), int(np.prod(shape))), np.nan)
            by_year[year, cell] = followed[column]
            return _mean(by_year).reshape(shape)

        return tuple(cls(labels, mean(column), first) for column in columns)

    def groups(self) -> Iterator[tuple[str, str, str, Floats]]:
        """Design, scheme, group and the means of its links, shape (links, worlds), in the order of the table."""
        design, scheme, group = np.unravel_index(self.first, self.values.shape[:3])
        for i, j, k in zip(design, scheme, group, strict=True):
            names = (self.labels[axis][at] for axis, at in zip(AXES, (i, j, k), strict=False))
            yield *names, self.values[i, j, k]

    def at(self, design: str, scheme: str, group: str, link: str) -> Floats:
        """The means of one link, shape (worlds,); NaN where there are none."""
        wanted = dict(zip(AXES, (design, scheme, group, link), strict=False))
        if any(label not in self.labels[axis] for axis, label in wanted.items()):
            return np.full(self.values.shape[-1], np.nan)
        found: Floats = self.values[tuple(self.labels[axis].index(label) for axis, label in wanted.items())]
        return found


def _mean(by_year: Floats) -> Floats:
    """Mean over years of what is not NaN, from shape (years, cells) to (cells,); NaN where there is nothing.

    What rounding leaves is carried along (Kahan), so that shares which are equal stay equal whatever order they come in.
    """
    total, left, n = np.zeros((3, by_year.shape[1]))
    for values in by_year:
        known = ~np.isnan(values)
        added = np.where(known, values, 0) - left
        summed = total + added
        left = (summed - total) - added
        total, n = summed, n + known
    mean: Floats = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    return mean
