"""The sensitivity check of continuous integration: small, fixed and fast, the same to the last digit wherever it runs.

From each of a few base points every parameter is moved by itself (a radial screening, Campolongo, Saltelli & Cariboni 2011), in
one and the same world. Where a parameter stands and which way it is moved is keyed by its own name, so that a new parameter moves
nobody else's influence. The parameters that only shape answers to surveys are moved together: no outcome may hang on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.errors import InputError
from sim.experiments.analysis_folder import AnalysisTable, write_analysis
from sim.experiments.parameter_draws import at_share, share_of
from sim.parameters.registry import Registry
from sim.sensitivity import tables
from sim.sensitivity.api import figure_names, load_designs
from sim.sensitivity.factors import Factor, choose, dummy
from sim.sensitivity.indices import Index
from sim.sensitivity.playing import Course
from sim.sensitivity.reference import Change, changes, influences, read_reference
from sim.sensitivity.results import results_of

KIND = "sensitivity check"
SEED = 2026
BASES = 3
WORLDS = 1
START, END = 2024, 2030
SCALE = 0.25
DESIGNS = ("voluntary", "obligatory")
FIGURES = ("pupil_results@mean", "practice@mean", "owner_competence@mean", "legitimacy@mean", "hours@mean")
TOGETHER = "survey"
"""The theme whose parameters are moved as one."""

LOW, HIGH = 0.05, 0.95  # shares of the prior between which effects are told
LEVELS = (0.05, 0.35, 0.65, 0.95)  # where a parameter may stand
STEP = 0.6  # and how far it is moved, as a share
MIDDLE = 0.5  # where all stand at the first base point


@dataclass(frozen=True)
class CheckSettings:
    """What the check plays; only tests have other than the usual."""

    designs: Sequence[str] = DESIGNS
    figures: Sequence[str] = FIGURES
    bases: int = BASES
    scale: float = SCALE
    start: int = START
    end: int = END
    together: str = TOGETHER
    workers: int | None = None
    progress: bool = True
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """What came of a check.

    Attributes
    ----------
    influence : DataFrame
        As kept in the reference.
    indices : DataFrame
        The columns of `tables.INDICES`.
    found : list of Change
        Against the reference; None without one.
    """

    influence: pd.DataFrame
    indices: pd.DataFrame
    found: list[Change] | None = None


def factors(registry: Registry, together: str = TOGETHER) -> list[Factor]:
    """Every uncertain parameter by itself, those of one theme together, and the dummy."""
    groups = [group.key for group in registry.groups if group.key != together]
    single = [factor for factor in choose(registry) if factor.members[0].group.key in groups]
    theme = (
        choose(registry, [together], themes=True)
        if any(group.key == together for group in registry.groups)
        else []
    )
    return [*single, *theme, dummy()]


def base_share(name: str, base: int) -> float:
    """Where a parameter stands at a base point: all in the middle at the first, at one of four places at the others."""
    if base == 0:
        return MIDDLE
    return LEVELS[int(share_of(f"check {name}", SEED, base) * len(LEVELS))]


def moved_share(name: str, base: int) -> float:
    """Where it is moved to: six tenths up or down, or, from the middle, to one of the ends."""
    stands = base_share(name, base)
    if base == 0:
        return HIGH if share_of(f"check {name}", SEED, base) > MIDDLE else LOW
    return round(stands + STEP if stands < MIDDLE else stands - STEP, 6)


def points(chosen: Sequence[Factor], bases: int) -> list[dict[str, float]]:
    """Parameter values: each base point, then each factor moved from it; in the order of the factors."""
    found = []
    for base in range(bases):
        stands = {
            one.name: at_share(one, base_share(one.name, base)) for factor in chosen for one in factor.members
        }
        found.append(stands)
        for factor in chosen:
            moved = {one.name: at_share(one, moved_share(one.name, base)) for one in factor.members}
            found.append({**stands, **moved})
    return found


def effects(chosen: Sequence[Factor], outputs: Floats, bases: int) -> Floats:
    """The change for the way from the 5th to the 95th percentile, at the pace of each move.

    Parameters
    ----------
    outputs : array of float, shape (points,)

    Returns
    -------
    array of float, shape (bases, factors)
        With the sign of a rise; for factors of several parameters, or none, without a meaning in its sign.
    """
    by_base = outputs.reshape(bases, len(chosen) + 1)
    change = by_base[:, 1:] - by_base[:, :1]
    change = np.where(np.abs(change) <= TINY * np.abs(by_base).max(initial=0.0), 0.0, change)
    way = np.array([[_way(factor, base) for factor in chosen] for base in range(bases)])
    found: Floats = change * (HIGH - LOW) / way
    return found


TINY = 1e-12
"""Share of the largest output below which a change is the computer's rounding."""


def _way(factor: Factor, base: int) -> float:
    if len(factor.members) != 1:
        return STEP if base else HIGH - MIDDLE
    name = factor.members[0].name
    return moved_share(name, base) - base_share(name, base)


def run_check(settings: CheckSettings | None = None) -> Checked:
    """Play the check.

    Raises
    ------
    RuntimeError
        If a run failed: then there is nothing to compare, and the error says what went wrong.
    """
    from sim.declared import REGISTRY

    asked = settings or CheckSettings()
    course = Course(
        load_designs(list(asked.designs), REGISTRY), WORLDS, SEED, asked.start, asked.end, asked.scale,
        workers=asked.workers, progress=asked.progress,
    )  # fmt: skip
    chosen = factors(REGISTRY, asked.together)
    kept = course.kept(figure_names(asked.figures))
    values, table = course.play(points(chosen, asked.bases), kept)
    if len(table.failures):
        first = table.failures.iloc[0]
        raise RuntimeError(
            f"{len(table.failures)} runs of the check failed, the first with: {first['error']}"
        )
    parts = []
    for result, outputs in results_of(kept.figures, course.keys, values):
        if not result.versus and result.design != course.keys[0]:
            continue  # a level of the first design and the difference to it say it all
        found = effects(chosen, outputs.mean(axis=1), asked.bases)
        parts.append(tables.index_rows(result, [factor.name for factor in chosen], _indices(chosen, found)))
    indices = pd.concat(parts, ignore_index=True)
    return Checked(influences(indices), indices)


def _indices(chosen: Sequence[Factor], found: Floats) -> list[Index]:
    single = np.array([len(factor.members) == 1 for factor in chosen])
    unknown = np.full(len(chosen), np.nan)
    size = np.abs(found).mean(axis=0)
    mu = np.where(single, found.mean(axis=0), np.nan)
    return [
        Index("mu_star", size, unknown, unknown, unknown, len(found)),
        Index("mu", mu, unknown, unknown, unknown, len(found)),
    ]


def compared(checked: Checked, reference: Path) -> Checked:
    """The check with what differs from the accepted influences; `InputError` if the file can't be read."""
    return Checked(checked.influence, checked.indices, changes(read_reference(reference), checked.influence))


def write_artefact(checked: Checked, folder: Path, reference: Path) -> None:
    """Write what the check found: the table of indices, and the differences as `changes.md`."""
    found = checked.found or []

    def further(place: Path) -> None:
        lines = ["# Sensitivity check", "", f"Reference: `{reference.as_posix()}`.", ""]
        lines += [f"- {change}" for change in found] or ["Nothing has appeared, vanished or turned round."]
        (place / "changes.md").write_text("\n".join(lines) + "\n", encoding="utf-8")

    table = AnalysisTable(checked.indices, tables.INDEX_ROW, tables.INDICES)
    about: dict[str, object] = {
        "designs": [{"key": key} for key in DESIGNS], "seed": SEED, "worlds": WORLDS, "n": BASES, "scale": SCALE,
        "years": {"start": START, "end": END}, "changes": [str(change) for change in found],
    }  # fmt: skip
    write_analysis(folder, KIND, {"indices": table}, about, further=further)


def checkout() -> Path:
    """The folder of the checkout that this package is part of; `InputError` if it is installed without one."""
    root = Path(__file__).resolve().parents[2]
    if not (root / "pyproject.toml").is_file():
        raise InputError(
            "the reference of sensitivities belongs to a checkout of the source; there is none here"
        )
    return root


REFERENCE = Path("tests") / "sensitivity" / "accepted_influences.csv"
"""Where the accepted influences lie in a checkout."""
