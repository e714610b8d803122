"""A calibration from beginning to end: points, fit, posterior, the model played at its draws, and only then what was held back.

Every stage leaves its files in the work folder, each whole or not at all. Begun again after whatever end, it plays what is
missing, and comes to the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.arrays import Floats
from sim.calibration import learning, observation
from sim.calibration.answers import Answers, gathered
from sim.calibration.fit import Fit, fitted, train
from sim.calibration.left_out import left_out, misfit
from sim.calibration.observation import NoTest, is_wide
from sim.calibration.plan import Plan
from sim.calibration.points import play_points
from sim.calibration.storage import matrix, put_frame, put_json, put_table
from sim.calibration.targets import FIT_FILE, Target, for_fitting
from sim.errors import InputError
from sim.experiments import provenance
from sim.experiments.posterior import FILE as POSTERIOR
from sim.experiments.posterior import calibration_folder, posterior_table
from sim.experiments.provenance import file_digest
from sim.in_place import is_left_over, sweep
from sim.surveys.questionnaire import ECHOES

if TYPE_CHECKING:
    from sim.calibration.space import Space

PLAN, DIAGNOSTICS, PROVENANCE, FIT = "plan.json", "diagnostics.json", "provenance.json", "fit.parquet"
_DIGITS = 12  # of a posterior's hash, in the name of the folder of what the model answers at its draws
CHECK = "check"
TOLD = 3  # strange files that are named
"""Folder of a trial of the method, which may lie in the work folder before anything else does."""
BROADER = 1.25
"""Spread of a later wave's points around the posterior they are drawn from: the stand-in must be right at its edges too."""
Say = Callable[[str], object]


@dataclass(frozen=True)
class Fitted:
    """What the fitting has come to: the fit, the answers at its points and at the posterior's draws.

    Attributes
    ----------
    played, played_points : DataFrame
        What was answered at the posterior's draws, and at all points.
    scores : array, shape (points, parameters)
    no_test : mapping from target to NoTest
        Fitted figures that are no test of the model.
    """

    fit: Fit
    targets: tuple[Target, ...]
    at_draws: Answers
    played: pd.DataFrame
    played_points: pd.DataFrame
    scores: Floats
    no_test: Mapping[str, NoTest]


def silence(line: str) -> None:
    """Say nothing."""


def fit_to_survey(
    plan: Plan,
    folder: Path,
    *,
    data: Path | None = None,
    workers: int | None = None,
    progress: bool = True,
    say: Say = silence,
) -> Fitted:
    """Play, fit, and leave the posterior with all that belongs to it; nothing held back is read.

    Parameters
    ----------
    folder : Path
        Work folder; what is finished there is not done again.
    data : Path, optional
        Folder of the targets to fit to.

    Raises
    ------
    InputError
        If the targets can't be used, or another calibration lies in the folder.
    """
    data = data or calibration_folder()
    targets = for_fitting(data)
    note_plan(plan.described(), folder)
    space, starts = plan.space, plan.wave_starts()
    scores, played, fit, diagnostics = np.empty((0, space.n)), pd.DataFrame(), None, []
    for wave in range(plan.waves):
        place = folder / f"wave-{wave + 1}"
        size = starts[wave + 1] - starts[wave]
        if not (place / "scores.parquet").exists():
            _write_points(place / "scores.parquet", space, _next_points(plan, fit, size, wave))
        new = matrix(pq.read_table(place / "scores.parquet", page_checksum_verification=True))
        scores = np.concatenate([scores, new])
        say(f"wave {wave + 1} of {plan.waves}: {size} points, worlds of each: {plan.worlds}")
        answered = play_points(
            plan.setting(), space.names, space.values(new), place, first=starts[wave], workers=workers,
            progress=progress,
        )  # fmt: skip
        played = pd.concat([played, answered], ignore_index=True)
        at_points = gathered(played, targets, plan.scale)
        at_points = at_points.only(at_points.answered)
        say(f"wave {wave + 1}: screening, emulator, sampling")
        trained = train(at_points, scores, space, plan.seed, starts[wave])
        fit = fitted(trained, at_points.targets, plan.seed, plan.sampling)
        diagnostics.append({"wave": wave + 1, "points": starts[wave + 1], **fit.diagnostics()})
    assert fit is not None
    table = posterior_table(list(space.declarations), _posterior(plan, fit, space))
    put_table(folder / POSTERIOR, table, draws=True)
    draws = matrix(table).astype(np.float64)
    say(f"playing the model at {plan.draws} draws of the posterior")
    played_draws = play_points(
        plan.setting(worlds=1, paired_every=1),
        space.names,
        draws,
        folder / f"posterior-{file_digest(folder / POSTERIOR)[:_DIGITS]}",
        first=starts[-1],
        workers=workers,
        progress=progress,
    )
    at_draws = gathered(played_draws, targets, plan.scale)
    others = left_out(fit, plan.seed)
    marks = no_tests(fit, others)
    done = Fitted(fit, targets, at_draws, played_draws, played, scores, marks)
    _leave(
        plan,
        folder,
        done,
        others,
        draws,
        gathered(played[played["point"] < starts[1]], targets, plan.scale),
        diagnostics,
    )
    return done


def note_plan(described: Mapping[str, object], folder: Path) -> None:
    """Note the plan in the work folder.

    Raises
    ------
    InputError
        If anything else has been begun there, or lies there; it says what.
    """
    file = folder / PLAN
    wanted = json.loads(json.dumps(described))
    if file.exists():
        _refuse_other(file, wanted)
    elif folder.exists():
        found = sorted(
            path.name for path in folder.iterdir() if path.name != CHECK and not is_left_over(path)
        )
        if found:
            more = ", ..." if len(found) > TOLD else ""
            raise InputError(
                f"holds no calibration, but something else ({', '.join(found[:TOLD])}{more}); name a new or an empty folder with "
                "--out",
                file=str(folder),
                field="out",
            )
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    put_json(file, wanted)


def _refuse_other(file: Path, wanted: Mapping[str, object]) -> None:
    """Refuse a work folder in which another calibration, or another trial of one, has been begun; what differs is named."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not found.keys() & wanted.keys():
        raise InputError(
            "is not the plan of such a calibration; name another folder with --out",
            file=str(file),
            field="out",
        )
    moved = [name.removesuffix("_sha256") for name in wanted if found.get(name) != wanted[name]]
    if moved:
        raise InputError(
            f"holds a calibration with other settings (other: {', '.join(moved)}); name another folder with --out, or take "
            "this one away",
            file=str(file.parent),
            field="out",
        )


def _write_points(file: Path, space: Space, scores: Floats) -> None:
    put_table(file, pa.table({name: scores[:, j] for j, name in enumerate(space.names)}))


def points_played(plan: Plan, folder: Path) -> tuple[Floats, pd.DataFrame]:
    """Scores of all points of a finished calibration, shape (points, parameters), and what was answered at them.

    Raises
    ------
    InputError
        If they are missing or are of other parameters.
    """
    scores, played = [], []
    for wave in range(plan.waves):
        place = folder / f"wave-{wave + 1}"
        parts = sorted(place.glob("part-*.parquet"))
        if not parts:
            raise InputError("its points are not there: the calibration is not finished", file=str(place))
        table = pq.read_table(place / "scores.parquet", page_checksum_verification=True)
        if tuple(table.schema.names) != plan.space.names:
            raise InputError(
                "was played with other uncertain parameters than the model has now", file=str(place)
            )
        scores.append(matrix(table))
        played += [pq.read_table(part, page_checksum_verification=True) for part in parts]
    every: pd.DataFrame = pa.concat_tables(played).unify_dictionaries().to_pandas()
    return np.concatenate(scores), every


def _next_points(plan: Plan, fit: Fit | None, n: int, wave: int) -> Floats:
    """Points of a wave in scores: from the priors, or around the posterior so far."""
    points = plan.space.prior_design(n, plan.seed + wave)
    if fit is not None:
        used = fit.trained.emulator.parameters
        draws = fit.sample.thinned(n)[:, :-1]
        points[:, used] = draws.mean(axis=0) + BROADER * (draws - draws.mean(axis=0))
    return points


def _posterior(plan: Plan, fit: Fit, space: Space) -> Floats:
    """The draws that are handed on, shape (draws, parameters): what moves nothing keeps its prior."""
    scores = space.prior_scores(plan.seed, range(plan.draws))
    scores[:, fit.trained.emulator.parameters] = fit.sample.thinned(plan.draws)[:, :-1]
    return space.values(scores)


def no_tests(fit: Fit, others: pd.DataFrame) -> dict[str, NoTest]:
    """Fitted figures that are no test: those that repeat an input, that nothing moves, that nothing else tells of, or that the
    others foretell too widely.
    """
    found: dict[str, NoTest] = {}
    moved = dict(zip(fit.trained.screened.targets, fit.trained.screened.chosen, strict=True))
    for target, row in zip(fit.likelihood.targets, others.to_dict("records"), strict=True):
        if target.id in ECHOES:
            found[target.id] = NoTest.ECHO
        elif not moved[target.id]:
            found[target.id] = NoTest.UNMOVED
        elif not row["told"]:
            found[target.id] = NoTest.ALONE
        elif is_wide(target, row["low"], row["high"]):
            found[target.id] = NoTest.WIDE
    return found


def _leave(
    plan: Plan,
    folder: Path,
    done: Fitted,
    others: pd.DataFrame,
    draws: Floats,
    before: Answers,
    waves: list[dict[str, object]],
) -> None:
    """The tables that tell how it went."""
    fit = done.fit
    put_table(folder / FIT, observation.fit_rows(done.at_draws, done.no_test))
    put_frame(folder / "screening.parquet", fit.trained.screened.table)
    put_frame(folder / "emulator.parquet", fit.trained.emulator.quality)
    put_frame(folder / "learned.parquet", learning.learned(fit, plan.space, draws, plan.seed))
    put_frame(folder / "pairs.parquet", learning.pairs(fit))
    pulls, conflicts = learning.pulls(fit)
    put_frame(folder / "pulls.parquet", pulls)
    put_frame(folder / "conflicts.parquet", conflicts)
    put_frame(folder / "tensions.parquet", others)
    put_frame(
        folder / "intervals.parquet", observation.quality_of_targets(done.targets, before, done.at_draws)
    )
    put_json(
        folder / DIAGNOSTICS,
        {
            "waves": waves,
            "targets": len(done.targets),
            "targets_fitted": len(fit.trained.targets),
            **misfit(fit, others, plan.seed),
        },
    )


def where_from(plan: Plan, folder: Path, data: Path, command: str | None) -> Mapping[str, object]:
    """Code, data and seeds behind a posterior, as hashes."""
    files = [*sorted(folder.glob("*.parquet")), folder / DIAGNOSTICS]
    return {
        "made_by": "kompetansesim calibrate",
        "command": command,
        "code": provenance.code(),
        "software": provenance.software(),
        "plan": plan.described(),
        "data_sha256": {file.name: file_digest(file) for file in sorted(data.glob("*.csv"))},
        "fitted_to": FIT_FILE,
        "files_sha256": {file.name: file_digest(file) for file in files},
    }
