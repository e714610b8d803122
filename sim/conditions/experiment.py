"""An experiment's answer as it is kept: how its designs differ in all its figures, and what both are bound to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from sim.arrays import Floats
from sim.conditions.kept import shipped_folder
from sim.errors import InputError
from sim.experiments import provenance
from sim.experiments.comparison import paired_statistics, smallest_effects
from sim.experiments.folder import MADE_BY
from sim.experiments.instruments import national_model
from sim.experiments.manifest import FORMAT, text
from sim.experiments.posterior import FILE, calibration_folder, source_of
from sim.in_place import put_in_place
from sim.parameters.registry import Registry
from sim.scenario_files import load_design
from sim.sweeps.api import Sweep
from sim.sweeps.experiment_file import load_experiment
from sim.sweeps.kept import Figure

STATISTICS = ("n_worlds", "mean_versus", "mean_design", "difference", "low", "high", "probability_better")
DIGITS = 6


@dataclass(frozen=True)
class KeptExperiment:
    """A kept answer."""

    file: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """All of it."""
        found: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
        return found

    @property
    def designs(self) -> tuple[str, ...]:
        """Keys of the designs; the others are held against the first."""
        return tuple(str(one["key"]) for one in self.manifest["designs"])

    def rows(self, design: str, at: str, group: str) -> list[dict[str, Any]]:
        """How a design differs from the first one in every outcome, at a time and in a group."""
        wanted = {"design": design, "at": at, "group": group}
        return [one for one in self.manifest["differences"] if wanted.items() <= one.items()]

    def outdated(self, registry: Registry) -> list[str]:
        """What it was made with that has changed since: `designs`, `posterior`, `model`; empty if nothing has."""
        posterior, used = calibration_folder() / FILE, self.manifest["parameters"].get("posterior_sha256")
        found = {
            "designs": any(
                load_design(one["key"], registry).digest() != one["digest"]
                for one in self.manifest["designs"]
            ),
            "posterior": used is not None
            and posterior.is_file()
            and provenance.file_digest(posterior) != used,
            "model": self.manifest["model_sha256"] != provenance.model_digest(),
        }
        return [key for key, is_so in found.items() if is_so]


def keep(name: str, sweep: Sweep, file: Path) -> None:
    """Keep what a finished sweep of an experiment came to.

    Raises
    ------
    InputError
        If runs failed, or it is no plain comparison of designs in worlds with draws of their own.
    """
    instruments = national_model()
    experiment = load_experiment(name, instruments.registry, instruments.outcomes)
    if experiment.levers or experiment.structures or not experiment.own_draws or len(sweep.failures):
        raise InputError(
            "keep: expected an experiment of designs alone, in worlds with draws of their own, and no failed run",
            field="keep",
        )
    first, *others = (design.key for design in experiment.designs)
    figures = [Figure.of(column) for column in sweep.outcomes.columns]
    told = {outcome.key: outcome for outcome in instruments.outcomes}
    of = [told[figure.outcome] for figure in figures]
    values = {design: _of(sweep, design) for design in (first, *others)}
    rows = [
        {
            "outcome": figure.outcome, "at": figure.when, "group": figure.group, "design": design,
            "unit": outcome.unit, "better": outcome.better, **found,
        }
        for design in others
        for figure, outcome, found in zip(figures, of, _statistics(values[first], values[design], of), strict=True)
    ]  # fmt: skip
    manifest = {
        "made_by": MADE_BY, "format": FORMAT, "code": provenance.code(), "model_sha256": provenance.model_digest(),
        "command": f"kompetansesim sweep {name} --keep {file.name}", "name": name, "title": dict(experiment.title),
        "designs": [{"key": one.key, "digest": one.digest()} for one in experiment.designs],
        "parameters": source_of(instruments.registry, experiment.seed).describe(),
        "contrast": asdict(sweep.asked) if sweep.asked else None, "worlds": len(values[first]),
        "precision": experiment.precision, "settled": sweep.stop is None or sweep.stop.reached,
        "seed": experiment.seed, "years": {"start": experiment.start, "end": experiment.end}, "differences": rows,
        "first_world": {
            design: {column: round(float(value), DIGITS) for column, value in zip(sweep.outcomes.columns, found[0], strict=True)}
            for design, found in values.items()
        },
    }  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    put_in_place(file, text(manifest).encode())


def _of(sweep: Sweep, design: str) -> Floats:
    """A design's figures in all worlds, in their order; shape (worlds, figures)."""
    rows = sweep.experiments[sweep.experiments["design"] == design].sort_values("world").index
    found: Floats = sweep.outcomes.loc[rows].to_numpy(dtype=float)
    return found


def _statistics(a: Floats, b: Floats, of: Sequence[Any]) -> list[dict[str, float]]:
    """Those of each figure, and its smallest effect of interest."""
    import numpy as np

    found = paired_statistics(a, b, np.array([outcome.better for outcome in of]))
    smallest = smallest_effects([outcome.smallest for outcome in of], np.arange(len(of)), found)
    columns = {**{name: getattr(found, name) for name in STATISTICS}, "smallest": smallest}
    return [
        {name: float(f"{column[i]:.{DIGITS}g}") for name, column in columns.items()} for i in range(len(of))
    ]


@cache
def shipped_experiments() -> tuple[KeptExperiment, ...]:
    """The answers to experiments that come along."""
    return tuple(KeptExperiment(file) for file in sorted(shipped_folder().glob("*.json")))
