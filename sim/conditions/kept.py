"""The answer as it is kept: runs with the assumptions it hangs on, what was found in them, and what both are bound to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.atlas.front import on_the_front
from sim.atlas.kept import shipped as shipped_atlas
from sim.conditions.emulator import Emulator, Odds
from sim.design import FIRST_YEAR, Design
from sim.errors import InputError
from sim.experiments import provenance
from sim.experiments.folder import MANIFEST
from sim.experiments.parameter_draws import uncertain
from sim.experiments.posterior import declared_as
from sim.experiments.structures import Structure, usual_structures
from sim.outcomes.groups import ALL, PICKED_EITHER
from sim.parameters.registry import Registry
from sim.scenario_files import library, load_design
from sim.studies.finished import read_manifest

RUNS = "runs.csv"
NEVER = 0.005  # of the simulations: told as none of a hundred
RARE = 0.05  # of the simulations: where a difference that matters is rarer, it is told of in one sentence (assumption)
_FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Asked:
    """What is told of a pair, beside the outcomes that its front verdict stands on.

    Attributes
    ----------
    also : tuple of str
        Further outcomes.
    group : str
        Type of municipality that the question is asked of; of those that it is about if empty.
    themes : tuple of str
        Parts of the model whose parameters count too, beside those whose levers the designs differ in.
    """

    also: tuple[str, ...] = ("pupil_results",)
    group: str = ""
    themes: tuple[str, ...] = ()


_LEARNING = ("classroom", "implementing", "results")
_TRUST = ("pupil_results", "legitimacy")
ASKED = {
    ("obligatory", "voluntary"): Asked(_TRUST),
    ("obligatory_robek", "obligatory"): Asked(_TRUST),
    ("longer_implementation", "voluntary"): Asked(_TRUST, themes=_LEARNING),
    ("draw_larger", "voluntary"): Asked(("pupil_results", "owner_load", "legitimacy"), themes=_LEARNING),
    ("draw_size_floor", "voluntary"): Asked(group="smallest", themes=_LEARNING),
    ("system_2026", "voluntary"): Asked(group="smallest", themes=_LEARNING),
    ("voluntary", "no_follow_up"): Asked(themes=_LEARNING),
    ("voluntary", "no_decentralised"): Asked(themes=_LEARNING),
    ("forum_without_leader", "voluntary"): Asked(themes=_LEARNING),
}
"""The pairs that an answer comes along for, in the order of the front page: the design asked about, what it is held against."""
OF_OTHERS = Asked(("pupil_results", "owner_load"))
"""What is told of pairs that nobody asks about."""


def told_of(design: Design, versus: Design, parted: Collection[str]) -> list[tuple[str, str]]:
    """Outcomes and groups that a pair's conditions are about: those of the front verdict first, then what everybody looks for.

    Parameters
    ----------
    parted : collection of str
        The parts of the model whose levers the designs differ in.
    """
    asked = ASKED.get((design.key, versus.key), OF_OTHERS)
    found = on_the_front(shipped_atlas(), design.key, versus.key, asked.group)
    group = asked.group or (PICKED_EITHER if {*parted} == {_FOLLOW_UP} else ALL)
    there = dict(found)
    return [*found, *((outcome, group) for outcome in asked.also if outcome not in there)]


def may_matter(of: Mapping[str, Any]) -> bool:
    """Whether a difference that matters, for the better or the worse, is not rare among the simulations."""
    return max(float(of["matters"]), float(of["harms"])) >= RARE


def differing(a: Design, b: Design, registry: Registry) -> set[str]:
    """Names of the parameters that differ between two designs in any year."""
    years = {FIRST_YEAR} | a.years_of_change() | b.years_of_change()
    return {name for year in years for name in a.differences_in(b, year, registry)}


@dataclass(frozen=True)
class Assumption:
    """One of the assumptions that may be set.

    Attributes
    ----------
    low, middle, high : float
        Of the draws: fifth, fiftieth and ninety-fifth percentile. Between the ends answers are given.
    """

    name: str
    unit: str
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Conditions:
    """A kept answer."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """All that was found."""
        return read_manifest(self.folder)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row for each draw under the model as it is: assumptions, and each outcome's gain."""
        return pd.read_csv(self.folder / RUNS)

    @property
    def key(self) -> str:
        """By which the page leads to it."""
        return "-".join(self.designs)

    @property
    def designs(self) -> tuple[str, str]:
        """The design asked about, and the one it is held against."""
        design, versus = (str(one["key"]) for one in self.manifest["designs"])
        return design, versus

    @property
    def assumptions(self) -> list[Assumption]:
        """What may be set."""
        return [
            Assumption(**{name: one[name] for name in ("name", "unit", "low", "middle", "high")})
            for one in self.manifest["assumptions"]
        ]

    @property
    def outcomes(self) -> list[str]:
        """What is told of, the first being what the answer is about."""
        return [str(one["outcome"]) for one in self.manifest["outcomes"]]

    @cached_property
    def emulators(self) -> dict[str, Emulator]:
        """The surface of each outcome, through all draws."""
        x = self.runs[[one.name for one in self.assumptions]].to_numpy(dtype=float)
        return {key: Emulator.fitted(x, self.runs[key].to_numpy(dtype=float)) for key in self.outcomes}

    @property
    def mattering(self) -> list[dict[str, Any]]:
        """What was found of each outcome in which a difference that matters is not rare."""
        return [one for one in self.manifest["outcomes"] if may_matter(one)]

    def outdated(self, registry: Registry) -> list[str]:
        """What it rests on that has changed since: `designs`, `priors`, `structures`, `model`; empty if nothing has."""
        pair = [load_design(key, registry) for key in reversed(self.designs)]
        now, then = basis(pair, usual_structures(pair, registry), registry), self.manifest["basis"]
        changed = {key for key, digest in now.items() if then.get(key) != digest}
        found = {
            "designs": bool(changed & {*self.designs}),
            "priors": "priors" in changed,
            "structures": "structures" in changed,
            "model": self.manifest.get("model_sha256") != provenance.model_digest(),
        }
        return [key for key, is_so in found.items() if is_so]

    def odds(self, values: Mapping[str, float]) -> dict[str, Odds]:
        """What simulations with these assumptions come to, by outcome; those not named at their middle.

        Raises
        ------
        InputError
            For an assumption that is none of these, or beyond the values that were played.
        """
        known = {one.name: one for one in self.assumptions}
        for name, value in values.items():
            if name not in known:
                raise InputError(f"'{name}' is none of the assumptions", field=name)
            if not known[name].low <= value <= known[name].high:
                raise InputError(
                    f"{name}: expected a value from {known[name].low:g} to {known[name].high:g}, got {value:g}",
                    field=name,
                )
        row = np.array([values.get(name, one.middle) for name, one in known.items()])
        return {
            one["outcome"]: self.emulators[one["outcome"]].odds(row, one["smallest"])
            for one in self.manifest["outcomes"]
        }


def basis(designs: Sequence[Design], structures: Sequence[Structure], registry: Registry) -> dict[str, str]:
    """Hashes of what an answer rests on beside the model: designs, priors, structures."""
    priors = {d.name: declared_as(d) for d in uncertain(registry)}
    others = {one.key: dict(one.assumptions) for one in structures}
    return {
        **{design.key: design.digest() for design in designs},
        "priors": _digest(priors),
        "structures": _digest(others),
    }


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def shipped_folder() -> Path:
    """Where the answers that come along lie, a folder each: results/conditions of a checkout, else its copy in the package."""
    return library.shipped("results/conditions")


@cache
def shipped() -> tuple[Conditions, ...]:
    """The answers that are there: those that come along in the order of the front page, then those that somebody asked for."""
    folder = shipped_folder()
    usual = ["-".join(pair) for pair in ASKED]
    others = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    names = dict.fromkeys([*usual, *others])
    return tuple(Conditions(folder / name) for name in names if (folder / name / MANIFEST).is_file())
