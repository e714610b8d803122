"""The atlas as it is kept: every design's means in the same worlds, what they are bound to, and the answer for any two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arrays import AnyArray, Floats
from sim.atlas.playing import GROUPS, Means, places
from sim.atlas.themes import Theme, theme_of
from sim.errors import InputError
from sim.experiments import outdating
from sim.experiments.comparison import paired_statistics, quantiles, smallest_effects
from sim.experiments.folder import MANIFEST
from sim.experiments.trajectories import mean_where_known
from sim.experiments.yardstick import shares
from sim.half_year import Season
from sim.outcomes.groups import ALL, PICKED_EITHER
from sim.outcomes.outcome import Outcome
from sim.outcomes.smallest import PERCENTAGE_POINT, Smallest
from sim.parameters.registry import Registry
from sim.report.manifest import Manifest, manifest_of
from sim.report.money import FELT_PER_PUPIL, PARTS
from sim.report.results import MEAN, ComparisonRow, Results
from sim.report.units import per_year
from sim.scenario_files import library
from sim.studies.finished import read_manifest

if TYPE_CHECKING:
    import pandas as pd

FIGURES = "worlds.npz"
BITS = 16  # that are kept of a figure: about five digits
TOLD = (*GROUPS, PICKED_EITHER)
"""The groups that anything is told of."""
EVERYONE = GROUPS.index(ALL)
BAND = (0.05, 0.95)  # of worlds, around a trajectory


@dataclass(frozen=True)
class Measure:
    """One thing that is told of: an outcome of the model, or what is reckoned from several."""

    key: str
    unit: str
    better: int
    smallest: Smallest | None

    @classmethod
    def of(cls, outcome: Outcome) -> Measure:
        """An outcome of the model."""
        return cls(outcome.key, outcome.unit, outcome.better, outcome.smallest)

    def written(self) -> dict[str, object]:
        """As the manifest has it."""
        return {**vars(self), "smallest": vars(self.smallest) if self.smallest else None}

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Measure:
        """From the manifest."""
        return cls(**{**raw, "smallest": Smallest(**raw["smallest"]) if raw["smallest"] else None})


PER_PUPIL = Smallest(
    FELT_PER_PUPIL, "assumption: as much for each pupil as the front verdict asks of the country"
)
STATE_NOK, MUNICIPAL_NOK, WORK_HOURS = "state_nok", "municipal_nok", "work_hours"
COSTS = (STATE_NOK, MUNICIPAL_NOK, WORK_HOURS)
STATE_PER_PUPIL, OWN_PER_PUPIL, FOLLOWED = "state_per_pupil", "own_per_pupil", "followed_share"
RECKONED = (
    Measure(STATE_NOK, "NOK per year", -1, Smallest(PARTS["state"].smallest, "assumption: a million kroner")),
    Measure(MUNICIPAL_NOK, "NOK per year", -1, Smallest(PARTS["municipal"].smallest, "assumption: a million kroner")),
    Measure(WORK_HOURS, "hours per year", -1, Smallest(PARTS["work"].smallest, "assumption: a man-year")),
    Measure(STATE_PER_PUPIL, "NOK per pupil and year", 0, PER_PUPIL),
    Measure(OWN_PER_PUPIL, "NOK per pupil and year", -1, PER_PUPIL),
    Measure(FOLLOWED, "share", 1, PERCENTAGE_POINT),
)  # fmt: skip
"""What is reckoned from outcomes: the purses of the report's line on money, those of the whole country even where less was
simulated, and what a group gets for each of its pupils."""


def rounded(values: Floats) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Figures as they are kept: in four bytes, of which `BITS` count, so that they pack well; equal ones stay equal."""
    mantissa, power = np.frexp(values)
    return np.ldexp(np.round(mantissa * 2.0**BITS) / 2.0**BITS, power).astype(np.float32)


def write_figures(folder: Path, worlds: Sequence[Means]) -> None:
    """Write the means of all worlds, and the country's way year by year; designs lie side by side, for many are alike."""
    stacked = {name: np.stack([getattr(one, name) for one in worlds]) for name in vars(worlds[0])}
    stacked["before"], stacked["since"] = _way(stacked["before"]), _way(stacked["since"])
    for name in ("values", "without", "picked", "since"):
        stacked[name] = np.ascontiguousarray(np.moveaxis(stacked[name], 1, -1))
    with (folder / FIGURES).open("wb") as file:
        np.savez_compressed(
            file, allow_pickle=False, **{name: rounded(each) for name, each in stacked.items()}
        )


def _way(values: Floats) -> Floats:
    """Mean over worlds and band by year, shape (3, ..., years, outcomes), of (worlds, ..., half-years, outcomes)."""
    found = np.concatenate([mean_where_known(values, axis=0)[None], quantiles(values, BAND)])
    *first, half_years, outcomes = found.shape
    return mean_where_known(found.reshape(*first, half_years // len(Season), len(Season), outcomes), axis=-2)


@dataclass(frozen=True)
class KeptAtlas:
    """A finished atlas in its folder."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """How it came about."""
        return read_manifest(self.folder)

    @cached_property
    def designs(self) -> tuple[str, ...]:
        """Keys of the designs; the first is the one that was played as the baseline."""
        return tuple(str(one["key"]) for one in self.manifest["designs"])

    @cached_property
    def described(self) -> dict[str, dict[str, Any]]:
        """Each design as it was played: texts, digest, levers."""
        first = self.manifest["designs"][0]["levers"]
        return {one["key"]: {**one, "levers": {**first, **one["levers"]}} for one in self.manifest["designs"]}

    def theme(self, design: str) -> Theme:
        """What a design is about."""
        own = next(one for one in self.manifest["designs"] if one["key"] == design)
        return theme_of({**own["levers"], **own.get("assumptions", {})} if design != self.designs[0] else ())

    @cached_property
    def outcomes(self) -> tuple[Measure, ...]:
        """The model's outcomes, in the order of the figures."""
        return tuple(Measure.read(one) for one in self.manifest["outcomes"])

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The model's outcomes, then what is reckoned from them."""
        return (*self.outcomes, *RECKONED)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each measure stands."""
        return {one.key: i for i, one in enumerate(self.measures)}

    @cached_property
    def _figures(self) -> dict[str, Floats]:
        with np.load(self.folder / FIGURES, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}

    @cached_property
    def sizes(self) -> dict[str, tuple[float, float]]:
        """How many municipalities and pupils each group and county has, mean over worlds."""
        found = (self._figures[name].mean(axis=0) for name in ("municipalities", "pupils"))
        return {place: (float(n), float(pupils)) for place, n, pupils in zip(places(), *found, strict=True)}

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], int]:
        """Where those picked by either of two designs are known."""
        return {(a, b): i for i, (a, b) in enumerate(self.manifest["pairs"])}

    def of(self, design: str, other: str) -> Floats:
        """A design's figures beside another's, shape (worlds, measures, places and those picked).

        Those picked are picked by either, and known only where one of the two is the first design or extended by the other.
        """
        place = self._pairs.get((design, other)), self._pairs.get((other, design))
        picked = np.full(self._figures["values"].shape[:2], np.nan)
        for side, i in enumerate(place):
            if i is not None:
                picked = self._figures["picked"][:, side, :, i]
        return self._whole(design, self._figures["values"][..., self.designs.index(design)], picked)

    def without(self, a: str, b: str) -> Floats | None:
        """The same of the first of two designs without follow-up; None where that was not played, or is no yardstick."""
        i, values = self._pairs.get((a, b)), self._figures["without"][..., self.designs.index(a)]
        if (
            i is None
            or np.isnan(values).all()
            or np.isnan(picked := self._figures["picked"][:, 2, :, i]).all()
        ):
            return None
        return self._whole(a, values, picked)

    def _whole(self, design: str, values: Floats, picked: Floats) -> Floats:
        found = np.concatenate([values, picked[:, :, None]], axis=2, dtype=np.float64)
        return np.concatenate([found, self._reckoned(design, found)], axis=1)

    def spent(self, design: str) -> float:
        """State money a year in the whole country, mean over worlds; what `STATE_NOK` measures, without all the rest."""
        values = self._figures["values"][:, :, EVERYONE, self.designs.index(design)].astype(np.float64)
        there = [self.places[key] for key in PARTS["state"].outcomes if key in self.places]
        paid = sum(per_year(self.outcomes[i].unit) * float(np.nan_to_num(values[:, i]).mean()) for i in there)
        return paid / float(self.manifest["scale"]) + self._granted(design)

    def _granted(self, design: str) -> float:
        """State money that only levers tell of."""
        return sum(self.facts(design).granted(design, name) or 0.0 for name in PARTS["state"].granted)

    def way(self, design: str) -> Floats:
        """The country's outcomes year by year: mean and band, shape (3, years, outcomes)."""
        since = self._figures["since"][..., self.designs.index(design)]
        return np.concatenate([self._figures["before"], since], axis=1, dtype=np.float64)

    def _reckoned(self, design: str, values: Floats) -> Floats:
        def summed(keys: Sequence[str]) -> Floats:
            total = np.zeros_like(values[:, 0])
            for key in keys:
                if (place := self.places.get(key)) is not None:
                    total += per_year(self.outcomes[place].unit) * np.nan_to_num(values[:, place])
            return total

        state, own, scale = (
            summed(PARTS["state"].outcomes),
            summed(PARTS["municipal"].outcomes),
            float(self.manifest["scale"]),
        )
        pupils = np.full((len(values), values.shape[2]), np.nan)  # of those picked nobody knows
        pupils[:, :-1] = np.where(self._figures["pupils"] > 0, self._figures["pupils"], np.nan)
        whole = np.where(np.arange(values.shape[2]) == EVERYONE, self._granted(design), 0.0)
        found = {
            STATE_NOK: state / scale + whole, MUNICIPAL_NOK: own / scale, WORK_HOURS: summed(PARTS["work"].outcomes) / scale,
            STATE_PER_PUPIL: state / pupils, OWN_PER_PUPIL: own / pupils, FOLLOWED: summed(("pupils_reached",)) / pupils,
        }  # fmt: skip
        return np.stack([found[one.key] for one in RECKONED], axis=1)

    def facts(self, *designs: str) -> Manifest:
        """What the report reads of a manifest, of some of the designs."""
        told = {name: self.manifest[name] for name in _FACTS if name in self.manifest}
        return manifest_of({**told, "designs": [self.described[design] for design in designs]})

    def between(self, a: str, b: str, groups: Sequence[str] = TOLD) -> Pair:
        """How the second of two designs differs from the first; `InputError` for a design that was not played."""
        for design in (a, b):
            if design not in self.designs:
                raise InputError(f"the atlas has no design '{design}'", field="design")
        return Pair(self, a, b, groups)

    def outdated(self, registry: Registry) -> list[str]:
        """What it was made with that has changed since: `designs`, `posterior`, `model`; empty if nothing has."""
        return outdating.outdated(self.manifest, registry)


_FACTS = ("seed", "worlds", "years", "scale", "parameters", "code", "software", "command", "plugins")
STATISTICS = (
    "n_worlds", "mean_versus", "mean_design", "difference", "low", "high", "spread_low", "spread_high", "probability_better",
    "minimum_detectable_effect", "variance_reduction",
)  # fmt: skip


class Pair(Results):
    """Two designs of an atlas as the report reads results; what is not kept of them is told by nobody."""

    def __init__(self, kept: KeptAtlas, a: str, b: str, groups: Sequence[str] = TOLD) -> None:
        self.folder = kept.folder
        self.manifest = kept.facts(a, b)
        self._kept, self._checked = {}, set()
        self.atlas, self.wanted = kept, groups

    @cached_property
    def designs(self) -> tuple[str, ...]:
        """Keys of the two."""
        return tuple(design.key for design in self.manifest.designs)

    def file_of(self, table: str) -> str:  # noqa: ARG002 - as above it
        """All is reckoned from the figures that are kept."""
        return FIGURES

    def table(self, name: str, columns: Sequence[str] = (), filters: Any = None) -> pd.DataFrame:  # noqa: ARG002 - as above it
        """None of the tables of a folder is there."""
        import pandas as pd

        return pd.DataFrame()

    @property
    def figures(self) -> tuple[Floats, Floats]:
        """Both designs' figures, shape (worlds, measures, places) each."""
        a, b = self.designs
        return self.atlas.of(a, b), self.atlas.of(b, a)

    @cached_property
    def _compared(self) -> Compared:
        return Compared.of(self.atlas.measures, *self.figures)

    def comparison(
        self, outcome: str, design: str, group: str = ALL, horizon: str = MEAN
    ) -> ComparisonRow | None:
        """How the second design differs from the first, or None if that is not kept."""
        if design != self.designs[1] or horizon != MEAN or group not in self._places:
            return None
        return self._row(self._compared, outcome, group, self._places[group])

    @cached_property
    def _places(self) -> dict[str, int]:
        """Columns of the figures."""
        return {place: i for i, place in enumerate((*places(), PICKED_EITHER))}

    @cached_property
    def _own_effect(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What the first design's follow-up itself brings."""
        none = self.atlas.without(*self.designs)
        if none is None:
            return {}
        a, b, none = (each.reshape(len(each), -1) for each in (*self.figures, none))
        found, measures, columns = shares(a, b, none), self.atlas.measures, [*self._places]
        rows = zip(*found.values(), strict=True)
        return {
            (one.key, place): {"unit": one.unit, **dict(zip(found, row, strict=True))}
            for (one, place), row in zip(product(measures, columns), rows, strict=True)
            if row[0]
        }

    def effects(self, design: str, horizon: str = MEAN) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        """What follow-up itself does under the two designs; empty where that is not kept."""
        return self._own_effect if (design, horizon) == (self.designs[1], MEAN) else {}

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Means and bands over worlds, year by year, of the whole country."""
        import pandas as pd

        years = range(self.atlas.manifest["years"]["start"], self.atlas.manifest["years"]["end"] + 1)
        keys, units = (
            np.array(each) for each in zip(*((one.key, one.unit) for one in self.atlas.outcomes), strict=True)
        )
        parts = []
        for design in self.designs:
            mean, low, high = self.atlas.way(design)
            year, outcome = (axis.ravel() for axis in np.indices(mean.shape))
            columns = {
                "design": design, "year": np.array(years)[year], "outcome": keys[outcome],
                "group": ALL, "mean": mean.ravel(), "p05": low.ravel(), "p95": high.ravel(),
                "unit": units[outcome],
            }  # fmt: skip
            parts.append(pd.DataFrame(columns))
        return pd.concat(parts, ignore_index=True)

    def _row(self, compared: Compared, measure: str, group: str, column: int) -> ComparisonRow | None:
        place = self.atlas.places.get(measure)
        if place is None or not compared.paired["n_worlds"][place, column]:
            return None
        one, years = self.atlas.measures[place], self.atlas.manifest["years"]
        return ComparisonRow(
            outcome=measure, group=group, versus=self.designs[0], design=self.designs[1], horizon=MEAN, unit=one.unit,
            better=one.better, start=years["parting"], end=years["end"],
            smallest=float(compared.smallest[place, column]), file=FIGURES,
            **{name: float(compared.paired[name][place, column]) for name in STATISTICS},
        )  # fmt: skip

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The model's outcomes; what is reckoned from them is told where it is asked for by name."""
        there = self._compared.paired["n_worlds"][:, EVERYONE]
        return tuple(one.key for one, n in zip(self.atlas.outcomes, there, strict=False) if n)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that are wanted and in which anything is known."""
        known = self._compared.paired["n_worlds"]
        return tuple(group for group in TOLD if group in self.wanted and known[:, self._places[group]].any())

    @cached_property
    def _beyond(self) -> Compared:
        """How much more the second design does for each place than for the country."""
        a, b = self.figures
        gain = b - a
        return Compared.of(self.atlas.measures, np.broadcast_to(gain[:, :, [EVERYONE]], gain.shape), gain)

    def beyond_country(self, group: str) -> dict[str, ComparisonRow]:
        """How much more the design does for a group of municipalities than for the country, by measure.

        Measures are left out whose smallest effect of interest is a share of the level: a difference of differences has none.
        """
        found = {
            one.key: self._row(self._beyond, one.key, group, self._places[group])
            for one in self.atlas.measures
            if one.smallest is not None and not one.smallest.of_level
        }
        return {key: row for key, row in found.items() if row is not None}


@dataclass(frozen=True)
class Compared:
    """Statistics of paired differences, by their names; arrays of shape (measures, groups)."""

    paired: Mapping[str, AnyArray]
    smallest: Floats

    @classmethod
    def of(cls, measures: Sequence[Measure], a: Floats, b: Floats) -> Compared:
        """Of figures in the same worlds, shape (worlds, measures, groups) each."""
        shape = a.shape[1:]
        which = np.indices(shape)[0].ravel()
        better = np.array([one.better for one in measures])[which]
        found = paired_statistics(a.reshape(len(a), -1), b.reshape(len(b), -1), better)
        smallest = smallest_effects([one.smallest for one in measures], which, found)
        paired = {name: getattr(found, name).reshape(shape) for name in STATISTICS}
        return cls(paired, smallest.reshape(shape))


def shipped_folder() -> Path:
    """Where the atlas that comes along lies: results/atlas of a checkout, else its copy in the package."""
    return library.shipped("results/atlas")


@cache
def shipped() -> KeptAtlas | None:
    """The atlas that comes along; None if none does."""
    folder = shipped_folder()
    return KeptAtlas(folder) if is_atlas(folder) else None


def is_atlas(folder: Path) -> bool:
    """Whether a folder holds an atlas."""
    return all((folder / name).is_file() for name in (FIGURES, MANIFEST))
