"""What the files tell of programme theories: how far along, the bottlenecks, and the shortfall where it was split."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.report.messages import Messages
from sim.report.part_messages import load_part
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, MEAN
from sim.report.theory_texts import Link, Theory, theories
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

FOLLOWED, SPLIT, BOTTLENECKS = "theory", "theory_split", "theory_bottlenecks"
NAMED, PRESUMED, ALL, AS_WRITTEN = "named", "presumed", "all", "as_written"
_KEYS = ["design", "scheme", "link", "group"]
_MOST = 0.5  # of worlds
_PERCENT = 100.0


@dataclass(frozen=True)
class Bottleneck:
    """The condition that holds for the fewest of those that matter.

    Attributes
    ----------
    firm : bool
        Whether it is the same in most worlds and with all limits moved.
    """

    link: Link
    firm: bool


@dataclass(frozen=True)
class TheoryFacts:
    """The programme theories in one study, for a reader of one language. Averages are over the years from the parting on.

    Where the shortfall was split, everything is told of the worlds it was split in, so that what stands side by side comes
    from the same worlds; only which condition is the bottleneck is told by all worlds.
    """

    view: View

    @cached_property
    def texts(self) -> Messages:
        """The language's texts."""
        return load_part("theory", self.view.lang)

    @property
    def first(self) -> int:
        """First year that is averaged over."""
        return self.view.results.manifest.parting_year or 0

    @cached_property
    def followed(self) -> pd.DataFrame:
        """`theory.parquet` from that year on, in the worlds that are told of; empty if there is none."""
        worlds = [] if self.split.empty else [("world", "<", self.split_worlds)]
        filters = [("year", ">=", self.first), *worlds]
        columns = ("world", *_KEYS, "reached")
        return self.view.results.once(FOLLOWED, lambda: self.view.results.table(FOLLOWED, columns, filters))

    @cached_property
    def split(self) -> pd.DataFrame:
        """`theory_split.parquet`, means over the years; empty if nothing was granted."""
        results = self.view.results
        return results.once(SPLIT, lambda: results.table(SPLIT, filters=[("horizon", "=", MEAN)]))

    @cached_property
    def split_worlds(self) -> int:
        """Worlds that the split was made in."""
        return int(self.split["n_worlds"].max())

    @property
    def worlds(self) -> Quantity:
        """Worlds that are told of."""
        if self.split.empty:
            return self.view.fact("n_worlds")
        place = source(f"{SPLIT}.parquet", column="n_worlds", stat="max")
        return Quantity(self.split_worlds, place, self.view.messages, "worlds")

    @cached_property
    def designs(self) -> tuple[str, ...]:
        """The designs, without the twins in which conditions are granted."""
        tested = (
            set(map(str, self.split["design"].unique()))
            if len(self.split)
            else set(self.view.results.designs)
        )
        return tuple(design for design in self.view.results.designs if design in tested)

    @cached_property
    def theories(self) -> tuple[Theory, ...]:
        """The theories that the files tell of."""
        there = set(map(str, self.followed["scheme"].unique())) if len(self.followed) else set()
        return tuple(theory for theory in theories(self.view.lang) if theory.scheme in there)

    @cached_property
    def _means(self) -> dict[tuple[str, ...], float]:
        """Means over the years of each world, then over worlds, as in the split; by design, scheme, link and group."""
        return self.view.results.once((FOLLOWED, MEAN), lambda: _means(self.followed))

    def reached(self, design: str, theory: Theory, link: Link, group: str = EVERYONE) -> Quantity | None:
        """Share of a group for whom a link holds; None if it concerns nobody there."""
        split = self.shortfall(design, theory, link, "result") if group == EVERYONE else None
        if split is not None:
            return split
        value = self._means.get((design, theory.scheme, link.key, group))
        where = {"design": design, "scheme": theory.scheme, "link": link.key}
        return None if value is None else self._share(value, self.place(where, group))

    def place(self, where: Mapping[str, str], group: str = EVERYONE) -> str:
        """Where the mean of what is followed stands: in the years and the worlds that are told of."""
        worlds = {} if self.split.empty else {"world<": str(self.split_worlds - 1)}
        told = {**where, "group": group, "year>": self.first, **worlds}
        return source(f"{FOLLOWED}.parquet", **told, column="reached", stat="mean")

    def mean_reached(self, design: str, theory: Theory, links: Iterable[Link]) -> float | None:
        """Mean over some links; None if they concern nobody."""
        found = [self.reached(design, theory, link) for link in links]
        values = [each.value for each in found if each]
        return sum(values) / len(values) if values else None

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Groups of municipalities, in the files' order."""
        return tuple(map(str, self.followed["group"].unique()))

    @cached_property
    def _bottlenecks(self) -> dict[tuple[str, str, str], dict[Hashable, Any]]:
        rows = self.view.results.table(BOTTLENECKS).to_dict("records")
        return {(str(r["design"]), str(r["scheme"]), str(r["group"])): r for r in rows}

    def bottleneck(self, design: str, theory: Theory, group: str = EVERYONE) -> Bottleneck | None:
        """The condition that holds a design back in a group; None if nothing is short there."""
        row = self._bottlenecks.get((design, theory.scheme, group))
        if row is None:
            return None
        firm = row["worlds_agreeing"] > _MOST and row["limits_agreeing"] == 1
        return Bottleneck(theory.link(str(row["condition"])), bool(firm))

    @cached_property
    def _rows_of_split(self) -> dict[tuple[str, str, str, str], dict[Hashable, Any]]:
        """Rows of the split for everybody, by design, scheme, link and what was granted."""
        rows = self.split[self.split["group"] == EVERYONE].to_dict("records") if len(self.split) else []
        return {(str(r["design"]), str(r["scheme"]), str(r["link"]), str(r["granted"])): r for r in rows}

    def shortfall(
        self, design: str, theory: Theory, link: Link, column: str, granted: str = NAMED
    ) -> Quantity | None:
        """A column of the split; None if the shortfall was not split, or the link concerns nobody."""
        row = self._rows_of_split.get((design, theory.scheme, link.key, granted))
        if row is None:
            return None
        where = {"design": design, "scheme": theory.scheme, "link": link.key, "group": EVERYONE}
        place = source(f"{SPLIT}.parquet", **where, horizon=MEAN, granted=granted, column=column)
        return self._share(float(row[column]), place)

    def failure(
        self, design: str, theory: Theory, part: str, stage: str = "goal", granted: str = NAMED
    ) -> Quantity | None:
        """A part of the shortfall, mean over the links of a stage; None if it was not split so."""
        values = [self.shortfall(design, theory, link, part, granted) for link in theory.of_stage(stage)]
        known = [each.value for each in values if each is not None]
        if not known:
            return None
        where = {"design": design, "scheme": theory.scheme, "stage": stage, "group": EVERYONE}
        place = source(f"{SPLIT}.parquet", **where, horizon=MEAN, granted=granted, column=part, stat="mean")
        return Quantity(sum(known) / len(known), place, self.view.messages, "points", _PERCENT)

    def _share(self, value: float, place: str) -> Quantity:
        return Quantity(value, place, self.view.messages, "percent", _PERCENT)


def _means(followed: pd.DataFrame) -> dict[tuple[str, ...], float]:
    by_world = followed.groupby([*_KEYS, "world"], observed=True)["reached"].mean()
    means = by_world.groupby(level=_KEYS, observed=True).mean().reset_index()
    places = zip(*(means[name].astype(str).tolist() for name in _KEYS), strict=True)
    return dict(zip(places, means["reached"].tolist(), strict=True))
