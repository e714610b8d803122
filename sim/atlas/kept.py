"""The atlas as it is kept: every design's means in the same worlds, what they are bound to, and the answer for any two."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arrays import AnyArray, Floats
from sim.atlas.playing import GROUPS, Means
from sim.atlas.themes import Theme, theme_of
from sim.errors import InputError
from sim.experiments.comparison import paired_statistics, smallest_effects
from sim.experiments.folder import MANIFEST
from sim.experiments.posterior import FILE, calibration_folder
from sim.experiments.provenance import file_digest, model_digest
from sim.outcomes.groups import ALL, PICKED_EITHER
from sim.outcomes.outcome import Outcome
from sim.outcomes.smallest import MONEY, PERCENTAGE_POINT, Smallest
from sim.parameters.registry import Registry
from sim.report.manifest import Manifest, manifest_of
from sim.report.money import PARTS
from sim.report.results import MEAN, ComparisonRow, Results
from sim.report.units import per_year
from sim.scenario_files import library, load_design

if TYPE_CHECKING:
    import pandas as pd

FIGURES = "worlds.npz"
BITS = 16  # that are kept of a figure: about five digits
PICKED = GROUPS.index(PICKED_EITHER)
EVERYONE = GROUPS.index(ALL)


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


STATE_NOK, MUNICIPAL_NOK, WORK_HOURS = "state_nok", "municipal_nok", "work_hours"
COSTS = (STATE_NOK, MUNICIPAL_NOK, WORK_HOURS)
STATE_PER_PUPIL, OWN_PER_PUPIL, FOLLOWED = "state_per_pupil", "own_per_pupil", "followed_share"
RECKONED = (
    Measure(STATE_NOK, "NOK per year", -1, Smallest(PARTS["state"].smallest, "assumption: a million kroner")),
    Measure(MUNICIPAL_NOK, "NOK per year", -1, Smallest(PARTS["municipal"].smallest, "assumption: a million kroner")),
    Measure(WORK_HOURS, "hours per year", -1, Smallest(PARTS["work"].smallest, "assumption: a man-year")),
    Measure(STATE_PER_PUPIL, "NOK per pupil and year", 0, MONEY),
    Measure(OWN_PER_PUPIL, "NOK per pupil and year", -1, MONEY),
    Measure(FOLLOWED, "share", 1, PERCENTAGE_POINT),
)  # fmt: skip
"""What is reckoned from outcomes: the purses of the report's line on money, those of the whole country even where less was
simulated, and what a group gets for each of its pupils."""


def rounded(values: Floats) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Figures as they are kept: in four bytes, of which `BITS` count, so that they pack well; equal ones stay equal."""
    mantissa, power = np.frexp(values)
    return np.ldexp(np.round(mantissa * 2.0**BITS) / 2.0**BITS, power).astype(np.float32)


def write_figures(folder: Path, worlds: Sequence[Means]) -> None:
    """Write the means of all worlds; designs lie side by side, for many are alike in most figures."""
    stacked = {name: rounded(np.stack([getattr(one, name) for one in worlds])) for name in vars(worlds[0])}
    for name in ("values", "beside"):
        stacked[name] = np.ascontiguousarray(np.moveaxis(stacked[name], 1, -1))
    with (folder / FIGURES).open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **stacked)


@dataclass(frozen=True)
class KeptAtlas:
    """A finished atlas in its folder."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """How it came about."""
        found: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        return found

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
        return theme_of(own["levers"] if design != self.designs[0] else ())

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
        """How many municipalities and pupils each group has, mean over worlds."""
        found = (self._figures[name].mean(axis=0) for name in ("municipalities", "pupils"))
        return {group: (float(n), float(pupils)) for group, n, pupils in zip(GROUPS, *found, strict=True)}

    def of(self, design: str, other: str) -> Floats:
        """A design's figures beside another's, shape (worlds, measures, groups).

        Those picked are picked by either, and known only where one of the two is the first design; else NaN.
        """
        first = self.designs[0]
        values = self._figures["values"][..., self.designs.index(design)].astype(np.float64)
        if design == first:
            values[:, :, PICKED] = self._figures["beside"][..., self.designs.index(other)]
        elif other != first:
            values[:, :, PICKED] = np.nan
        return np.concatenate([values, self._reckoned(design, values)], axis=1)

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
        pupils = np.where(self._figures["pupils"] > 0, self._figures["pupils"], np.nan).astype(np.float64)
        granted = sum(self.facts(design).granted(design, name) or 0.0 for name in PARTS["state"].granted)
        whole = np.where(np.arange(len(GROUPS)) == EVERYONE, granted, 0.0)
        found = {
            STATE_NOK: state / scale + whole, MUNICIPAL_NOK: own / scale, WORK_HOURS: summed(PARTS["work"].outcomes) / scale,
            STATE_PER_PUPIL: state / pupils, OWN_PER_PUPIL: own / pupils, FOLLOWED: summed(("pupils_reached",)) / pupils,
        }  # fmt: skip
        return np.stack([found[one.key] for one in RECKONED], axis=1)

    def facts(self, *designs: str) -> Manifest:
        """What the report reads of a manifest, of some of the designs."""
        told = {name: self.manifest[name] for name in _FACTS if name in self.manifest}
        return manifest_of({**told, "designs": [self.described[design] for design in designs]})

    def between(self, a: str, b: str, groups: Sequence[str] = GROUPS) -> Pair:
        """How the second of two designs differs from the first; `InputError` for a design that was not played."""
        for design in (a, b):
            if design not in self.designs:
                raise InputError(f"the atlas has no design '{design}'", field="design")
        return Pair(self, a, b, groups)

    def outdated(self, registry: Registry) -> list[str]:
        """What it was made with that has changed since: `designs`, `posterior`, `model`; empty if nothing has."""
        known = set(library.names())
        others = {
            one["key"]
            for one in self.manifest["designs"]
            if one["key"] in known and load_design(one["key"], registry).digest() != one["digest"]
        }
        posterior = calibration_folder() / FILE
        used = self.manifest["parameters"].get("posterior_sha256")
        found = {
            "designs": bool(others),
            "posterior": used is not None and posterior.is_file() and file_digest(posterior) != used,
            "model": self.manifest["model_sha256"] != model_digest(),
        }
        return [key for key, is_so in found.items() if is_so]


_FACTS = ("seed", "worlds", "years", "scale", "parameters", "code", "software", "command", "plugins")
_STATISTICS = (
    "n_worlds", "mean_versus", "mean_design", "difference", "low", "high", "spread_low", "spread_high", "probability_better",
    "minimum_detectable_effect", "variance_reduction",
)  # fmt: skip


class Pair(Results):
    """Two designs of an atlas as the report reads results; what is not kept of them is told by nobody."""

    def __init__(self, kept: KeptAtlas, a: str, b: str, groups: Sequence[str] = GROUPS) -> None:
        self.folder = kept.folder
        self.manifest = kept.facts(a, b)
        self._kept, self._checked = {}, set()
        self.atlas, self.wanted = kept, groups

    @cached_property
    def designs(self) -> tuple[str, ...]:
        """Keys of the two."""
        return tuple(design.key for design in self.manifest.designs)

    def table(self, name: str, columns: Sequence[str] = (), filters: Any = None) -> pd.DataFrame:  # noqa: ARG002 - as above it
        """None of the tables of a folder is there."""
        import pandas as pd

        return pd.DataFrame()

    @property
    def figures(self) -> tuple[Floats, Floats]:
        """Both designs' figures, shape (worlds, measures, groups) each."""
        a, b = self.designs
        return self.atlas.of(a, b), self.atlas.of(b, a)

    @cached_property
    def _compared(self) -> Compared:
        return Compared.of(self.atlas.measures, *self.figures)

    def comparison(
        self, outcome: str, design: str, group: str = ALL, horizon: str = MEAN
    ) -> ComparisonRow | None:
        """How the second design differs from the first, or None if that is not kept."""
        if design != self.designs[1] or horizon != MEAN or group not in GROUPS:
            return None
        return self._row(self._compared, outcome, group, GROUPS.index(group))

    def _row(self, compared: Compared, measure: str, group: str, column: int) -> ComparisonRow | None:
        place = self.atlas.places.get(measure)
        if place is None or not compared.paired["n_worlds"][place, column]:
            return None
        one, years = self.atlas.measures[place], self.atlas.manifest["years"]
        return ComparisonRow(
            outcome=measure, group=group, versus=self.designs[0], design=self.designs[1], horizon=MEAN, unit=one.unit,
            better=one.better, start=years["parting"], end=years["end"],
            smallest=float(compared.smallest[place, column]),
            **{name: float(compared.paired[name][place, column]) for name in _STATISTICS},
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
        return tuple(group for g, group in enumerate(GROUPS) if group in self.wanted and known[:, g].any())

    def beyond_country(self, group: str) -> dict[str, ComparisonRow]:
        """How much more the design does for a group of municipalities than for the country, by measure.

        Measures are left out whose smallest effect of interest is a share of the level: a difference of differences has none.
        """
        a, b = self.figures
        gain, place = b - a, GROUPS.index(group)
        compared = Compared.of(self.atlas.measures, gain[:, :, [EVERYONE]], gain[:, :, [place]])
        found = {
            one.key: self._row(compared, one.key, group, 0)
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
        paired = {name: getattr(found, name).reshape(shape) for name in _STATISTICS}
        return cls(paired, smallest.reshape(shape))


def shipped_folder() -> Path:
    """Where the atlas that comes along lies: results/atlas of a checkout, else its copy in the package."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "results" / "atlas").is_dir():
        return checkout / "results" / "atlas"
    return package / "_atlas"


@cache
def shipped() -> KeptAtlas | None:
    """The atlas that comes along; None if none does."""
    folder = shipped_folder()
    return KeptAtlas(folder) if is_atlas(folder) else None


def is_atlas(folder: Path) -> bool:
    """Whether a folder holds an atlas."""
    return all((folder / name).is_file() for name in (FIGURES, MANIFEST))
