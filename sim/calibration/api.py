"""Calibrating from Python in one line, as `sim.calibrate`; the command line does the same."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.calibration import check as trial
from sim.calibration import held_out, learning, patterns, replay, rolling, validation
from sim.calibration.answers import gathered
from sim.calibration.effects import without_schemes
from sim.calibration.fit import unmoved
from sim.calibration.observation import NoTest, fit_rows
from sim.calibration.plan import Plan, plan_noted
from sim.calibration.plan import quick as quick_plan
from sim.calibration.storage import put_frame, put_json, put_table
from sim.calibration.study import (
    CHECK,
    DIAGNOSTICS,
    FIT,
    PROVENANCE,
    Fitted,
    Say,
    fit_to_survey,
    silence,
    where_from,
)
from sim.calibration.targets import FIT_FILE, Role, for_fitting
from sim.errors import InputError
from sim.experiments.posterior import FILE as POSTERIOR
from sim.experiments.posterior import SAME_ANSWERS, calibration_folder, rules_changed_since
from sim.experiments.provenance import file_digest, model_digest
from sim.experiments.workers import run_jobs
from sim.surveys.questionnaire import ECHOES

OUT = Path("results") / "calibration"
QUICK = Path("results") / "calibration-quick"
PATTERNS = "patterns.parquet"
HALF_LOW, HALF_HIGH, LEAST_TESTS = 0.35, 0.65, 10
"""Share of fitted figures inside their 50 % interval that raises no alarm, and figures from which on it is told."""


def calibrate(  # noqa: PLR0913 - each is a setting of its own; all have a default
    *,
    quick: bool = False,
    points: int | None = None,
    worlds: int | None = None,
    waves: int = 2,
    scale: float | None = None,
    seed: int = 1,
    plan: Plan | None = None,
    out: Path | str | None = None,
    data: Path | str | None = None,
    workers: int | None = None,
    progress: bool = True,
    say: Say = silence,
    lang: str = "nb",
) -> Path:
    """Fit the model to the evaluations, validate it against what was held back, and report.

    Parameters
    ----------
    quick : bool
        The same way in a few minutes: a tenth of the country, few points.
    points, worlds, waves : int, optional
        Points to play, all waves together; worlds for each; waves, each drawn from the posterior before it.
    scale : float, optional
        Share of the country that is modelled.
    plan : Plan, optional
        All settings at once, in place of those above.
    out : Path or str, optional
        Work folder, by default in `results/`; a calibration that was begun there goes on where it was.
    data : Path or str, optional
        Folder of the targets.
    say : callable
        Is told, in a line each, what is being done.

    Returns
    -------
    Path
        The folder, with `posterior.parquet`, `fit.parquet`, `provenance.json`, `report.html` and the tables behind it.

    Raises
    ------
    InputError
        If the data or the folder can't be used.
    """
    from sim.report.calibration import write_calibration_report

    asked = plan is None
    plan = plan or planned(quick=quick, points=points, worlds=worlds, waves=waves, scale=scale, seed=seed)
    folder = Path(out or (QUICK if quick else OUT))
    source = Path(data) if data else calibration_folder()
    done = fit_to_survey(plan, folder, data=source, workers=workers, progress=progress, say=say)
    say("held-out figures")
    validate(folder, source, done, plan.scale, plan.seed)
    say("facts beside the fit")
    put_frame(folder / PATTERNS, _patterns(plan, folder, source, workers, progress))
    say("each wave foretold from those before it")
    rolling.forecast(plan, folder, source)
    replay.keep(plan, folder)
    put_json(
        folder / PROVENANCE, where_from(plan, folder, source, command_of(plan, quick) if asked else None)
    )
    write_calibration_report(folder, lang)
    return folder


def forecast(folder: Path | str, *, data: Path | str | None = None, lang: str = "nb") -> Path:
    """Foretell each wave from those before it with the points of a finished calibration, and write its report anew.

    Parameters
    ----------
    data : Path or str, optional
        Folder of the targets.

    Raises
    ------
    InputError
        If the folder holds no finished calibration, or one of other parameters or other targets.
    """
    from sim.report.calibration import write_calibration_report

    folder, source = Path(folder), Path(data) if data else calibration_folder()
    plan, noted = _finished(folder, source)
    rolling.forecast(plan, folder, source)
    replay.keep(plan, folder)
    added = (rolling.ROLLING, rolling.ROLLING_VERDICTS, replay.REPLAY)
    hashes = {**noted["files_sha256"], **{name: file_digest(folder / name) for name in added}}
    put_json(folder / PROVENANCE, {**noted, "files_sha256": dict(sorted(hashes.items()))})
    write_calibration_report(folder, lang)
    return folder


def check(
    folder: Path | str,
    settings: trial.CheckPlan | None = None,
    *,
    out: Path | str | None = None,
    workers: int | None = None,
    progress: bool = True,
    say: Say = silence,
) -> dict[str, object]:
    """Try the method of a finished calibration where the truth is known, with the points that it has played.

    Parameters
    ----------
    out : Path or str, optional
        Work folder, by default `check` in the calibration's; a trial that was begun there goes on where it was.

    Returns
    -------
    dict
        What `check.json` holds.

    Raises
    ------
    InputError
        If the folder holds no finished calibration, or one of other parameters or other targets.
    """
    folder, source = Path(folder), calibration_folder()
    plan, _ = _finished(folder, source)
    return trial.check(
        plan, settings or trial.CheckPlan(), folder, Path(out or folder / CHECK), data=source, workers=workers,
        progress=progress, say=say,
    )  # fmt: skip


def _finished(folder: Path, source: Path) -> tuple[Plan, dict[str, Any]]:
    """Plan and provenance of a finished calibration to the targets of `source`."""
    noted = read_provenance(folder)
    if (noted.get("data_sha256") or {}).get(FIT_FILE) != file_digest(source / FIT_FILE):
        raise InputError("was fitted to other figures", file=str(folder), field="folder")
    return plan_noted(noted["plan"]), noted


def played_again(folder: Path | str | None = None) -> list[str]:
    """Play the first rows of a posterior anew; what differs from the answers that lie beside it, none if nothing does.

    Parameters
    ----------
    folder : Path or str, optional
        Of a calibration; by default the accepted one.

    Raises
    ------
    InputError
        If no posterior with answers lies there.
    """
    folder = Path(folder) if folder else calibration_folder()
    plan = plan_noted(read_provenance(folder)["plan"])
    before = replay.first_rows(replay.kept(folder))
    return replay.differences(before, replay.played_again(plan, folder))


def fit_not_of_answers(folder: Path | str | None = None, *, data: Path | str | None = None) -> list[str]:
    """Rows of `fit.parquet` that are not what the answers kept beside it come to; none if all are.

    Parameters
    ----------
    folder : Path or str, optional
        Of a calibration; by default the accepted one.
    data : Path or str, optional
        Folder of the targets.

    Raises
    ------
    InputError
        If no answers are kept, or not at all draws of the posterior.
    """
    folder = Path(folder) if folder else calibration_folder()
    source = Path(data) if data else calibration_folder()
    answers = replay.kept(folder).to_pandas()
    draws = pq.read_metadata(folder / POSTERIOR).num_rows
    if answers["point"].nunique() != draws:
        raise InputError(f"does not hold the answers at all {draws} draws", file=str(folder / replay.REPLAY))
    scale = read_provenance(folder)["plan"]["scale"]
    parts = [
        fit_rows(gathered(answers, targets, scale), {})
        for targets in (for_fitting(source), held_out.for_validation(source), held_out.rules(source))
    ]
    again = pa.concat_tables(parts).to_pandas().drop(columns="no_test").set_index(["target", "role"])
    noted = pq.read_table(folder / FIT).to_pandas().drop(columns="no_test").set_index(["target", "role"])
    if not again.index.equals(noted.index):
        return ["other figures"]
    numbers = [name for name in again if again[name].dtype.kind == "f"]
    near = np.isclose(again[numbers], noted[numbers], rtol=0, atol=replay.SAME, equal_nan=True).all(axis=1)
    flags = ["inside", "inside_half"]
    same = (again[flags].map(str) == noted[flags].map(str)).all(axis=1).to_numpy()
    return [f"{target} ({role})" for target, role in again.index[~(near & same)]]


def note_same_answers(folder: Path | str | None = None) -> None:
    """Note the present rules beside those that a posterior was made with, for its first rows gave the same answers anew.

    Parameters
    ----------
    folder : Path or str, optional
        Of a calibration; by default the accepted one.
    """
    folder = Path(folder) if folder else calibration_folder()
    if rules_changed_since(folder / POSTERIOR):
        noted = read_provenance(folder)
        put_json(folder / PROVENANCE, {**noted, SAME_ANSWERS: [model_digest()]})


def read_provenance(folder: Path) -> dict[str, Any]:
    """What a calibration's provenance tells.

    Raises
    ------
    InputError
        If there is none: the calibration is not finished.
    """
    try:
        found = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"holds no finished calibration: there is no {PROVENANCE}", file=str(folder), field="folder"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(
            f"can't be read: {getattr(error, 'strerror', None) or error}",
            file=str(folder / PROVENANCE),
            field="folder",
        ) from None
    if not isinstance(found, dict) or not isinstance(found.get("plan"), dict):
        raise InputError("tells of no calibration's plan", file=str(folder / PROVENANCE), field="folder")
    noted: dict[str, Any] = found
    return noted


def planned(
    *, quick: bool, points: int | None, worlds: int | None, waves: int, scale: float | None, seed: int
) -> Plan:
    """The plan that settings ask for; what is not given is as usual."""
    usual = quick_plan() if quick else Plan()
    return replace(
        usual, waves=waves, seed=seed, points=points or usual.points, worlds=worlds or usual.worlds, scale=scale or usual.scale
    )  # fmt: skip


def command_of(plan: Plan, quick: bool) -> str:
    """The command that makes the same posterior again."""
    words = ["kompetansesim", "calibrate", *(["--quick"] if quick else [])]
    for name in ("points", "worlds", "waves", "scale", "seed"):
        words += [f"--{name}", f"{getattr(plan, name):.12g}"]
    return " ".join(words)


def validate(folder: Path, data: Path, done: Fitted, scale: float, seed: int) -> None:
    """Add what was held back, and the rules, to the fit, and compare forecasts with simple guesses."""
    held, rules = held_out.for_validation(data), held_out.rules(data)
    at_held = gathered(done.played, held, scale)
    at_points = gathered(done.played_points, held, scale)
    still = unmoved(at_points.only(at_points.answered), done.scores, done.fit.trained.space, seed)
    marks = {t.id: NoTest.UNMOVED for t in held if t.id in still}
    marks |= {t.id: NoTest.ECHO for t in (*held, *rules) if t.id in ECHOES}
    rows = [
        fit_rows(done.at_draws, done.no_test),
        fit_rows(at_held, marks),
        fit_rows(gathered(done.played, rules, scale), marks),
    ]
    put_table(folder / FIT, pa.concat_tables(rows))
    found = validation.scores(at_held, done.targets)
    put_frame(folder / "forecasts.parquet", found)
    put_frame(folder / "verdicts.parquet", validation.verdicts(found))
    every = (*done.targets, *held, *rules)
    words = ("id", "series", "scheme", "respondents", "quantity", "wave", "unit", "n", "role", "source", "note")  # fmt: skip
    described = {name: [getattr(t, name) for t in every] for name in words}
    put_frame(folder / "targets.parquet", pd.DataFrame({**described, "role": [str(t.role) for t in every]}))


def _patterns(plan: Plan, folder: Path, data: Path, workers: int | None, progress: bool) -> pd.DataFrame:
    instruments = plan.instruments()
    happened = plan.setting().design
    without = without_schemes(happened, instruments.registry)
    draws = (
        pq.read_table(folder / POSTERIOR, page_checksum_verification=True)
        .slice(0, plan.pattern_worlds)
        .to_pylist()
    )
    jobs = [
        patterns.PatternJob(
            plan.points + i, plan.seed, values, happened, without, instruments.model, plan.start, plan.end, plan.scale
        )
        for i, values in enumerate(draws)
    ]  # fmt: skip
    with closing(run_jobs(patterns.play_patterns, jobs, workers=workers, progress=progress)) as played:
        return patterns.compared(patterns.read_patterns(data), list(played))


def headline(folder: Path) -> list[str]:
    """How many figures that are a test the fitted model hits, in a line for each role, and those that are none; an alarm for
    intervals that hold too much or too little, for a misfit too far or too near, for figures that the priors all but ruled out,
    and for parameters at their priors' edge.
    """
    fit = pq.read_table(folder / FIT, page_checksum_verification=True).to_pandas()
    lines = []
    for role, part in fit.groupby("role", sort=False):
        answered = part["inside"].notna()
        tests = part[answered & part["no_test"].isna()]
        hits, half = (int(tests[column].astype(bool).sum()) for column in ("inside", "inside_half"))
        none = part.loc[answered, "no_test"].value_counts(sort=False).sort_index()
        why = ", ".join(f"{reason} {n}" for reason, n in none.items())
        lines.append(
            f"{role}: of {len(tests)} that are a test {hits} inside the 90 % and {half} inside the 50 % interval; "
            f"{int(none.sum())} no test{f' ({why})' if why else ''}, {int((~answered).sum())} not answered"
        )
        share = half / max(len(tests), 1)
        if role == Role.CALIBRATE and len(tests) >= LEAST_TESTS and not HALF_LOW <= share <= HALF_HIGH:
            lines.append(
                f"ALARM: the 50 % interval holds {share:.0%} of the fitted figures that are a test; "
                f"between {HALF_LOW:.0%} and {HALF_HIGH:.0%} were to be expected"
            )
    if (folder / PATTERNS).is_file():
        facts = pq.read_table(folder / PATTERNS).to_pandas()
        lines += [patterns.told(facts)] if "no_test" in facts else []
    if (folder / rolling.ROLLING_VERDICTS).is_file():
        lines += rolling.told(pq.read_table(folder / rolling.ROLLING_VERDICTS).to_pandas())
    lines += _misfit_alarms(folder)
    edge = learning.at_edge(pq.read_table(folder / "learned.parquet").to_pandas())
    if edge:
        lines.append(
            f"ALARM: at the edge of their priors (mean score beyond {learning.EDGE}): {', '.join(edge)}"
        )
    return lines


def _misfit_alarms(folder: Path) -> list[str]:
    """Figures too far from what the others foretell, or too near, and figures that the priors all but ruled out."""
    from sim.report.calibration.alarms import CONFLICT, FAR, conflicts_by_luck, misfit_alarm, prior_conflicts

    lines = []
    diagnostics = json.loads((folder / DIAGNOSTICS).read_text(encoding="utf-8"))
    tail = misfit_alarm(diagnostics)
    if tail:
        far = tail == FAR
        chance = diagnostics["misfit_chance" if far else "misfit_near_chance"]
        lines.append(
            f"ALARM: figures lie as {'far from' if far else 'near to'} what the others foretell with a chance of {chance:.1%} "
            f"if the model is right: {'it is wrong' if far else 'intervals are too wide'}"
        )
    intervals = pq.read_table(folder / "intervals.parquet").to_pandas()
    found = prior_conflicts(intervals)
    if len(found):
        named = ", ".join(f"{one['target']} ({one['prior_chance']:.2%})" for one in found.to_dict("records"))
        lines.append(
            f"ALARM: the priors gave figures so far out a chance under {CONFLICT:.1%} in {len(found)} of {len(intervals)} cases "
            f"({conflicts_by_luck(intervals):.1f} by luck): {named}"
        )
    return lines
