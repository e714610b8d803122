"""Drawing the atlas, from Python in one line; the command line does the same."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.atlas import tables
from sim.atlas.criteria import CRITERIA, Criterion, Of, sheets_of
from sim.atlas.judging import dominated_by, judge
from sim.atlas.sheet import write_sheet
from sim.design import DECISION_YEAR, FIRST_YEAR, Design
from sim.errors import InputError, RunsFailedError
from sim.experiments import provenance
from sim.experiments.folder import MADE_BY, MANIFEST, Replaces, check_place, results_folder
from sim.experiments.instruments import with_plugins
from sim.experiments.manifest import FORMAT, described, plugins_section, run_section, text
from sim.experiments.posterior import source_of
from sim.experiments.study import RESULTS
from sim.outcomes.outcome import Outcome
from sim.parameters.registry import Registry
from sim.rules.warming import available_cores
from sim.scenario_files import library, load_design
from sim.settings import MOST_WORLDS, check_lang, check_number, check_world
from sim.studies.telling import tell
from sim.sweeps.kept import Kept
from sim.sweeps.point import Point
from sim.sweeps.running import play_points
from sim.sweeps.table import RunTable

if TYPE_CHECKING:
    from sim.plugins import Named

BASELINE = "voluntary"
EARLIER = Replaces(lambda there: str(there.get("command")).startswith("kompetansesim atlas "))
AS_IT_WAS = {"history", "rules_of_2025"}  # what all designs begin with, and the baseline by another name


@dataclass(frozen=True)
class Atlas:
    """A finished atlas.

    Attributes
    ----------
    folder : Path
        With `atlas.html`, `atlas.png`, the two tables and the manifest.
    cells : DataFrame
        One design's difference from the baseline by one criterion; columns see `sim.atlas.tables.CELLS`.
    designs : DataFrame
        One design and those that dominate it; columns see `sim.atlas.tables.DESIGNS`.
    """

    folder: Path
    cells: pd.DataFrame
    designs: pd.DataFrame


def shipped() -> list[str]:
    """All designs that come with the model, the baseline first, those left out that are the same as it."""
    return [BASELINE, *(name for name in library.names() if name not in {BASELINE, *AS_IT_WAS})]


def atlas(  # noqa: PLR0913 - each is a setting of its own, and all have a default
    designs: Sequence[str | Path] | None = None,
    *,
    worlds: int = 20,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
    workers: int | None = None,
    out: Path | str = RESULTS / "atlas",
    lang: str = "nb",
    parameters: str | Path | None = None,
    progress: bool = True,
    plugins: Iterable[Named] = (),
) -> Atlas:
    """Play all designs in the same worlds and put them on one sheet.

    Parameters
    ----------
    designs : sequence of str or Path, optional
        The first is the baseline; by default all that come with the model, `voluntary` first.
    parameters : str or Path, optional
        "prior", "posterior" or a file of posterior draws; by default the accepted posterior. The rest as for `sim.compare`.

    Raises
    ------
    InputError
        If a design, a setting or the folder can't be used; then nothing is written.
    RunsFailedError
        If a run failed.
    """
    check_number("worlds", worlds, Integral, 2, MOST_WORLDS)
    check_world(seed, start, end, scale)
    check_lang(lang)
    if workers is not None:
        check_number("workers", workers, Integral, 1)
    instruments = with_plugins(plugins)
    model = instruments()
    chosen = [load_design(each, model.registry) for each in (shipped() if designs is None else designs)]
    _check(chosen)
    folder = Path(out)
    check_place(folder, EARLIER)
    source = source_of(model.registry, seed, parameters)
    parting = _parting(chosen, model.registry, start, end)
    started, clock = datetime.now(UTC), time.monotonic()
    points = [
        Point(design, source.values(world), world, seed, start, end, scale, world, design.key)
        for world in range(worlds)
        for design in chosen
    ]
    figures = [criterion.figure for criteria in CRITERIA.values() for criterion in criteria]
    kept = Kept.of(figures, model.outcomes, parting=parting)
    played = play_points(points, kept, workers=workers, progress=progress, instruments=instruments)
    _check_runs(played)
    on = _sheets(chosen, model.registry, end)
    frames = [
        _frames(of, _values(played, worlds, chosen, criteria)[:, on[of]], keys, criteria, model.outcomes)
        for of, criteria in CRITERIA.items()
        if len(keys := [chosen[i].key for i in on[of]]) > 1
    ]
    cells, judged = (pd.concat(each, ignore_index=True) for each in zip(*frames, strict=True))
    run = run_section(started, time.monotonic() - clock, min(workers or available_cores(), worlds))
    with results_folder(folder, EARLIER) as partial:
        tables.write(cells, tables.CELLS, partial)
        tables.write(judged, tables.DESIGNS, partial)
        manifest = {
            "made_by": MADE_BY, "format": FORMAT, "code": provenance.code(), "software": provenance.software(),
            "command": f"kompetansesim atlas --worlds {worlds} --seed {seed} --from {start} --to {end} --scale {scale}",
            "designs": [described(design, model.registry) for design in chosen], "seed": seed, "worlds": worlds,
            "years": {"start": start, "parting": parting, "end": end}, "scale": scale, "lang": lang,
            "parameters": source.describe(), **plugins_section(model), "run": run,
        }  # fmt: skip
        (partial / MANIFEST).write_text(text(manifest), encoding="utf-8")
    tell(folder, lang, write_sheet)
    return Atlas(folder, cells, judged)


def _check(designs: Sequence[Design]) -> None:
    keys = [design.key for design in designs]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise InputError(f"atlas: '{twice[0]}' is asked for twice", field="designs")
    if len(designs) < 2:  # noqa: PLR2004 - nothing to compare with
        raise InputError("atlas: expected at least two designs", field="designs")


def _parting(designs: Sequence[Design], registry: Registry, start: int, end: int) -> int:
    """First year in which any design differs from the first."""
    found = [designs[0].parts_from(other, registry) for other in designs[1:]]
    return min(
        (max(year, start) for year in found if year is not None and year <= end), default=DECISION_YEAR
    )


def _sheets(designs: Sequence[Design], registry: Registry, end: int) -> dict[Of, list[int]]:
    """Rows of the designs on each sheet; the first, which all are compared with, is on all of them."""
    first = designs[0]
    found: dict[Of, list[int]] = {of: [0] for of in CRITERIA}
    for row, other in enumerate(designs[1:], 1):
        years = sorted({FIRST_YEAR} | first.years_of_change() | other.years_of_change())
        names = {
            name for year in years if year <= end for name in first.differences_in(other, year, registry)
        }
        for of in sheets_of(names):
            found[of].append(row)
    return found


def _check_runs(played: RunTable) -> None:
    failed = played.failures
    if len(failed):
        first = failed.iloc[0]
        raise RunsFailedError(
            f"{len(failed)} runs failed, first {first['design']} in world {first['world']}: {first['error']}"
        )


def _values(
    played: RunTable, worlds: int, designs: Sequence[Design], criteria: Sequence[Criterion]
) -> Floats:
    """The figures, shape (worlds, designs, criteria)."""
    figures = played.outcomes[[criterion.figure for criterion in criteria]].to_numpy(dtype=np.float64)
    return figures.reshape(worlds, len(designs), len(criteria))


def _frames(
    on: Of, values: Floats, keys: Sequence[str], criteria: Sequence[Criterion], outcomes: Sequence[Outcome]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The two tables of the atlas, of one sheet."""
    of = {outcome.key: outcome for outcome in outcomes}
    better = np.array([of[criterion.outcome].better for criterion in criteria])
    units = [of[criterion.outcome].unit for criterion in criteria]
    level = np.nanmean(values[:, 0], axis=0)
    declared = [of[criterion.outcome].smallest for criterion in criteria]
    matters = np.array(
        [one.at(usual) if one else 0.0 for one, usual in zip(declared, level.tolist(), strict=True)]
    )
    judged = judge(values, better, matters, np.array([criterion.decides for criterion in criteria]))
    cells = [
        {
            "design": key, "sheet": str(on), "criterion": criterion.key, "outcome": criterion.outcome,
            "group": criterion.group, "side": str(criterion.side), "unit": units[c], "better": int(better[c]),
            "matters": matters[c], "n_worlds": int(found.n_worlds[c]), "baseline": found.mean_a[c],
            "mean": found.mean_b[c], "difference": found.difference[c], "low": found.low[c], "high": found.high[c],
            "probability_better": found.probability_better[c],
            "minimum_detectable_effect": found.minimum_detectable_effect[c],
        }
        for key, found in zip(keys, judged.against, strict=True)
        for c, criterion in enumerate(criteria)
    ]  # fmt: skip
    by = dominated_by(judged.dominates, keys)
    designs = [
        {"design": key, "sheet": str(on), "dominated_by": " ".join(others)}
        for key, others in zip(keys, by, strict=True)
    ]
    return pd.DataFrame(cells), pd.DataFrame(designs)
