"""On what conditions is one design better than another? Played, searched and kept; the command line does the same."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from numbers import Integral
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.arrays import Bools, Floats, Ints
from sim.conditions.choosing import Influence, chosen, influences
from sim.conditions.emulator import held_out_error, turns
from sim.conditions.kept import ASKED, OF_OTHERS, RUNS, Conditions, basis, differing, may_matter, told_of
from sim.design import DECISION_YEAR, Design
from sim.discovery.stability import held_out_points
from sim.errors import InputError, RunsFailedError
from sim.experiments import provenance
from sim.experiments.folder import MADE_BY, MANIFEST, Replaces, check_place, results_folder
from sim.experiments.instruments import national_model
from sim.experiments.manifest import FORMAT, run_section, text
from sim.experiments.parameter_draws import FromPriors
from sim.experiments.structures import STANDARD, usual_structures
from sim.experiments.study import RESULTS
from sim.outcomes.groups import ALL
from sim.parameters.declaration import Value
from sim.parameters.registry import Registry
from sim.rules.warming import available_cores
from sim.scenario_files import load_design
from sim.settings import check_lang, check_number, check_world
from sim.sweeps.kept import Kept
from sim.sweeps.point import Point
from sim.sweeps.running import play_points
from sim.sweeps.table import RunTable

LEAST_DRAWS = 40
MOST_DRAWS = 100_000
CONFIDENCE = 0.90
END = (0.05, 0.95)  # of the draws, between which an assumption may be set
DIGITS = 6
EARLIER = Replaces(lambda there: str(there.get("command")).startswith("kompetansesim conditions "))


def conditions(  # noqa: PLR0913 - each is a setting of its own, and all have a default
    design: str | Path = "obligatory",
    versus: str | Path = "voluntary",
    *,
    draws: int = 600,
    structure_draws: int = 60,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
    workers: int | None = None,
    out: Path | str | None = None,
    store: Path | str | None = None,
    lang: str = "nb",
    progress: bool = True,
) -> Conditions:
    """Play two designs over the priors, find what the answer hangs on, and keep what answers for any such assumptions.

    Parameters
    ----------
    design, versus : str or Path
        The design asked about, and the one it is held against.
    draws : int
        Draws of all uncertain parameters from their priors, each in a world of its own, both designs in the same.
    structure_draws : int
        Of these, the first ones that are played under each of the other structures too.
    out : Path, optional
        Folder of the answer; by default one named after the pair in `results/conditions`.
    store : Path, optional
        Where runs are kept, so that a search that was broken off goes on.

    Raises
    ------
    InputError
        If a design, a setting or the folder can't be used; then nothing is written.
    RunsFailedError
        If a run failed.
    """
    check_number("draws", draws, Integral, LEAST_DRAWS, MOST_DRAWS)
    check_number("structure_draws", structure_draws, Integral, 2, draws)
    check_world(seed, start, end, scale)
    check_lang(lang)
    if workers is not None:
        check_number("workers", workers, Integral, 1)
    instruments = national_model()
    registry = instruments.registry
    pair = (load_design(versus, registry), load_design(design, registry))
    parts = pair[0].parts_from(pair[1], registry)
    if pair[0].key == pair[1].key or parts is None or parts > end:
        raise InputError("conditions: expected two designs that differ", field="design")
    structures = usual_structures(pair, registry)
    parted = _themes(*pair, registry)
    about = ASKED.get((pair[1].key, pair[0].key), OF_OTHERS)
    wanted = told_of(pair[1], pair[0], parted)
    folder = Path(out) if out else RESULTS / "conditions" / f"{pair[1].key}-{pair[0].key}"
    check_place(folder, EARLIER)
    started, clock = datetime.now(UTC), time.monotonic()
    source = FromPriors(registry, seed)
    values = [source.values(number) for number in range(draws)]
    names = [name for name in values[0] if name.partition(".")[0] in parted | {*about.themes}]
    plan: dict[str, list[dict[str, Value]]] = {STANDARD: [{**row} for row in values]}
    for one in structures:
        plan[one.key] = [{**row, **one.assumptions} for row in values[:structure_draws]]
    kept = Kept.of(
        _figures(wanted), instruments.outcomes, parting=max(parts, start) if parts else DECISION_YEAR
    )
    points = [
        Point(played, row, number, seed, start, end, scale, number, played.key)
        for rows in plan.values()
        for number, row in enumerate(rows)
        for played in pair
    ]
    table = play_points(points, kept, workers=workers, store=store, progress=progress)
    told = {outcome.key: outcome for outcome in instruments.outcomes}
    better = np.array([told[key].better or 1 for key, _ in wanted])
    gains = dict(zip(plan, _gains(table, kept, list(map(len, plan.values())), better), strict=True))
    level = np.nanmean(np.abs(_played(table, kept)), axis=0).max(axis=0)
    x = np.array([[row[name] for name in names] for row in values])
    whole = np.isfinite(gains[STANDARD]).all(axis=1)
    if whole.sum() < LEAST_DRAWS:
        raise InputError(f"conditions: only {whole.sum()} draws in which anybody is drawn", field="scale")
    x, gain = x[whole], gains[STANDARD][whole]
    held = held_out_points(len(x), seed)
    sizes_that_matter = [
        declared.at(of) if (declared := told[key].smallest) else 0.0
        for (key, _), of in zip(wanted, level, strict=True)
    ]
    found = [_of_draws(column, size) for column, size in zip(gain.T, sizes_that_matter, strict=True)]
    by_outcome = {key: influences(x[~held], gain[~held, k], names, seed) for k, (key, _) in enumerate(wanted)}
    # What hardly ever matters hangs on nothing that anybody needs to ask; unless nothing does.
    counting = {key: by_outcome[key] for (key, _), of in zip(wanted, found, strict=True) if may_matter(of)}
    asked = chosen(counting or by_outcome)
    columns = [names.index(name) for name in asked]
    outcomes = [
        {
            "outcome": key, "group": group, "unit": told[key].unit, "smallest": size, **of_draws,
            **_told_well(x[:, columns], gain[:, k], held, asked, of_draws, size),
            "structures": {one: _of_draws(_known(gains[one][:, k]), size) for one in gains},
        }
        for k, ((key, group), size, of_draws) in enumerate(zip(wanted, sizes_that_matter, found, strict=True))
    ]  # fmt: skip
    runs = pd.DataFrame(x[:, columns], columns=asked).assign(
        **{key: column for (key, _), column in zip(wanted, gain.T, strict=True)}
    )
    manifest = {
        "made_by": MADE_BY, "format": FORMAT, "code": provenance.code(), "software": provenance.software(),
        "command": f"kompetansesim conditions {design} {versus} --draws {draws} --structure-draws {structure_draws} "
                   f"--seed {seed} --start {start} --end {end} --scale {scale}",
        "designs": [{"key": one.key, "title": dict(one.title)} for one in reversed(pair)],
        "basis": basis(pair, structures, registry), "model_sha256": provenance.model_digest(),
        "draws": int(whole.sum()), "held_out": int(held.sum()), "structure_draws": structure_draws, "seed": seed,
        "years": {"start": start, "parting": kept.parting, "end": end}, "scale": scale, "lang": lang,
        "assumptions": _assumptions(asked, x[:, columns], by_outcome, registry),
        "outcomes": outcomes,
        "run": run_section(started, time.monotonic() - clock, workers or available_cores()),
    }  # fmt: skip
    with results_folder(folder, EARLIER) as partial:
        runs.to_csv(partial / RUNS, index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
        (partial / MANIFEST).write_text(text(manifest), encoding="utf-8")
    return Conditions(folder)


def played_again(kept: Conditions, number: int = 0) -> tuple[dict[str, float], dict[str, float]]:
    """One draw of a kept answer played anew under the model as it is now.

    Parameters
    ----------
    number : int
        Of the draw.

    Returns
    -------
    tuple of dict and dict
        The values that its assumptions are drawn to, and the gain in each outcome.
    """
    instruments, about = national_model(), kept.manifest
    pair = [load_design(key, instruments.registry) for key in reversed(kept.designs)]
    values, years = FromPriors(instruments.registry, about["seed"]).values(number), about["years"]
    wanted = [(one["outcome"], one["group"]) for one in about["outcomes"]]
    figures = Kept.of(_figures(wanted), instruments.outcomes, parting=years["parting"])
    points = [
        Point(played, {**values}, number, about["seed"], years["start"], years["end"], about["scale"], number, played.key)
        for played in pair
    ]  # fmt: skip
    table = play_points(points, figures, workers=1, progress=False)
    told = {outcome.key: outcome for outcome in instruments.outcomes}
    better = np.array([told[key].better or 1 for key in kept.outcomes])
    (gains,) = _gains(table, figures, [1], better)
    drawn = {one.name: float(values[one.name]) for one in kept.assumptions}
    return drawn, dict(zip(kept.outcomes, map(float, gains[0]), strict=True))


def _themes(a: Design, b: Design, registry: Registry) -> set[str]:
    """The parts of the model whose levers the designs differ in: their parameters are the candidates."""
    return {name.partition(".")[0] for name in differing(a, b, registry)}


def _gains(played: RunTable, kept: Kept, sizes: Sequence[int], better: Ints) -> list[Floats]:
    """What the second design gains on the first, in the same world, draw by draw; of each structure, shape (draws, outcomes)."""
    if len(played.failures):
        first = played.failures.iloc[0]
        raise RunsFailedError(
            f"{len(played.failures)} runs failed, first in world {first['world']}: {first['error']}"
        )
    found = _played(played, kept)
    gains: Floats = better * (found[:, 1] - found[:, 0])
    return np.split(gains, np.cumsum(sizes)[:-1])


def _played(played: RunTable, kept: Kept) -> Floats:
    """The figures of both designs in each draw; shape (draws, 2, figures)."""
    found: Floats = (
        played.outcomes[list(kept.columns)].to_numpy(dtype=float).reshape(-1, 2, len(kept.columns))
    )
    return found


def _figures(wanted: Sequence[tuple[str, str]]) -> list[str]:
    """Outcomes and groups as figures of an experiment: means since the parting."""
    return [f"{key}@mean" + ("" if group == ALL else f":{group}") for key, group in wanted]


def _told_well(
    x: Floats, gain: Floats, held: Bools, asked: list[str], of_draws: Mapping[str, float], size: float
) -> dict[str, object]:
    """How well it is told whether a difference matters, the way it mostly goes; and where an assumption alone makes it so."""
    gain = -gain if of_draws["harms"] > of_draws["matters"] else gain
    found = turns(x, gain, held, asked, size) if may_matter(of_draws) else []
    return {"error": asdict(held_out_error(x, gain, held, size)), "turns": [asdict(one) for one in found]}


def _known(gain: Floats) -> Floats:
    return gain[np.isfinite(gain)]


def _of_draws(gain: Floats, smallest: float) -> dict[str, float | int]:
    """Mean gain with its interval (Student's t), and shares of draws."""
    n = len(gain)
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2) * gain.std(ddof=1) / np.sqrt(n))
    mean = float(gain.mean())
    return {
        "n": n, "gain": mean, "low": mean - half, "high": mean + half, "better": float((gain > 0).mean()),
        "matters": float((gain > smallest).mean()), "harms": float((gain < -smallest).mean()),
    }  # fmt: skip


def _assumptions(
    asked: Sequence[str], x: Floats, by_outcome: dict[str, list[Influence]], registry: Registry
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name, column in zip(asked, x.T, strict=True):
        low, middle, high = (float(f"{end:.2g}") for end in np.quantile(column, [END[0], 0.5, END[1]]))
        influence = {
            key: asdict(one) for key, some in by_outcome.items() for one in some if one.parameter == name
        }
        declared = registry.find(name)
        rows.append({
            "name": name, "unit": declared.unit, "meaning": declared.meaning, "source": declared.source,
            "low": low, "middle": middle, "high": high, "influence": influence,
        })  # fmt: skip
    return rows
