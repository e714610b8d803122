"""Does the method find the truth where the truth is known? Simulation-based calibration on the very path of the real fit.

Nothing is played anew: the points of a finished calibration serve once more. Some points of a wave are left out, screening and
stand-in are made anew without them, and what the model answered at each of them is handed to the method in place of the
evaluations' figures. A wave's points were drawn from a distribution that is known: the first wave's from the priors, a later
one's around the posterior before it. With that as the prior, the truth is as often in any part of the posterior as that
part is wide, if all is right (Talts et al. 2018; around a posterior: Säilynoja et al. 2025). Then the same answers are
changed as a model would have them that is wrong beyond its priors, and the check of the fit must say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from scipy.special import expit

from sim.arrays import Floats, Ints
from sim.calibration.answers import Answers, gathered
from sim.calibration.coverage import ALL, DRAWS, LEAST_COVERED, coverage, covers_too_little
from sim.calibration.fit import AtScores, Fit, Trained, train
from sim.calibration.foretelling import (
    ORIGINS,
    forecast_chance,
    foretold,
    is_foretold,
    known_from,
    restricted,
)
from sim.calibration.left_out import left_out, misfit
from sim.calibration.likelihood import TOGETHER, SurveyLikelihood, discrepancy, share_of_logit
from sim.calibration.plan import Plan
from sim.calibration.sampling import Sample, Settings, approximation, learnt, sample
from sim.calibration.storage import put_frame, put_json
from sim.calibration.study import Say, note_plan, points_played, silence
from sim.calibration.targets import COUNT, Likelihood, Target, for_fitting
from sim.calibration.wrong_models import WRONG
from sim.errors import InputError
from sim.experiments.posterior import FILE as POSTERIOR
from sim.experiments.posterior import calibration_folder
from sim.experiments.provenance import file_digest
from sim.experiments.workers import run_jobs
from sim.randomness import Streams
from sim.surveys.items import REGISTRY

RANKS, COVERAGE, RESULT = "ranks.parquet", "coverage.parquet", "check.json"
ALARM = 0.05
"""Chance below which the check of a fit says that the model is wrong."""
LEAST_CAUGHT = 0.8
"""Share of worlds of a wrong model that must be told."""
LEAST_HELD, MOST_HELD = 0.8, 0.97
"""Share of a wave's figures that 90 % intervals of its forecast must hold."""
DISCREPANCY_NAME = "discrepancy"
RIGHT = "right"
_RANKED = ("wave", "repetition", "parameter", "rank", "narrowed")
_ONCE = 0
_TAIL = 0.05
_LEAST_SD = 1e-6


@dataclass(frozen=True)
class CheckPlan:
    """How much is tried.

    Attributes
    ----------
    groups : int
        Groups of points of each wave that are left out in turn; the stand-in is trained anew for each.
    truths : int
        Points of a group, each a truth to be found.
    wrong : int
        Truths of each group of the last wave whose answers are also changed as each wrong model would have them.
    """

    groups: int = 5
    truths: int = 20
    wrong: int = 4
    seed: int = 3
    sampling: Settings = field(default_factory=lambda: Settings(steps=120, burned=90, keep=2, ensembles=1))

    def __post_init__(self) -> None:
        if not 0 <= self.wrong <= self.truths:
            raise InputError("can't be more than the truths of a group", field="wrong")


@dataclass(frozen=True)
class Region:
    """Where a wave's points were drawn: a normal distribution of the parameters' scores.

    Attributes
    ----------
    mean : array, shape (parameters,)
    root : array, shape (parameters, parameters)
        Of the covariance.
    """

    mean: Floats
    root: Floats

    @classmethod
    def of(cls, scores: Floats, *, prior: bool) -> Region:
        """Of points, shape (points, parameters): the priors' own, or as the points lie."""
        if prior:
            return cls(np.zeros(scores.shape[1]), np.eye(scores.shape[1]))
        from sklearn.covariance import ledoit_wolf

        sd = np.maximum(scores.std(axis=0), _LEAST_SD)
        mean = scores.mean(axis=0)
        whole = ledoit_wolf((scores - mean) / sd, assume_centered=True)[0]
        return cls(mean, np.linalg.cholesky(whole * np.outer(sd, sd)))

    @property
    def sd(self) -> Floats:
        """Standard deviations, shape (parameters,)."""
        return np.asarray(np.sqrt((self.root**2).sum(axis=1)))

    def slope(self, on_scores: Floats) -> Floats:
        """Slope on standard normal points of something with this slope on the scores; same shape."""
        return np.concatenate([on_scores[..., :-1] @ self.root, on_scores[..., -1:]], axis=-1)

    def scores(self, z: Floats) -> Floats:
        """Scores of standard normal points, the last of whose dimensions is the discrepancy's and stays; any leading shape."""
        return np.concatenate([self.mean + z[..., :-1] @ self.root.T, z[..., -1:]], axis=-1)


@dataclass(frozen=True)
class Group:
    """Points that are left out together; goes to a worker as it stands.

    Attributes
    ----------
    answers, scores : Answers and array
        Of all points up to and with the wave, the group's own included.
    first : int
        Number of the wave's first point.
    truths : array of int, shape (truths,)
        Rows of the answers that are handed to the method, one for each of the group's points.
    wrong : int
        Of how many the answers are also changed.
    """

    wave: int
    number: int
    plan: Plan
    settings: CheckPlan
    answers: Answers
    scores: Floats
    first: int
    truths: Ints
    wrong: int


def check(
    plan: Plan,
    settings: CheckPlan,
    folder: Path,
    out: Path,
    *,
    data: Path | None = None,
    workers: int | None = None,
    progress: bool = True,
    say: Say = silence,
) -> dict[str, object]:
    """Try the method on known truths; leaves `ranks.parquet`, `coverage.parquet` and `check.json`.

    Parameters
    ----------
    plan : Plan
        Of the calibration.
    folder : Path
        Of the calibration, with its points.
    out : Path
        Work folder; groups that are finished there are not tried again.

    Returns
    -------
    dict
        What `check.json` holds.

    Raises
    ------
    InputError
        If the folder's points are missing or of other parameters, or another trial lies in the work folder.
    """
    posterior = file_digest(folder / POSTERIOR)
    note_plan({**asdict(settings), "posterior_sha256": posterior}, out)
    scores, played = points_played(plan, folder)
    answers = gathered(played, for_fitting(data or calibration_folder()), plan.scale)
    answers = answers.only(answers.answered)
    groups = [one for wave in range(plan.waves) for one in _groups(plan, settings, answers, scores, wave)]
    files = [out / f"wave-{one.wave}-group-{one.number}.parquet" for one in groups]
    waiting = [k for k, file in enumerate(files) if not file.exists()]
    say(f"{len(waiting)} of {len(groups)} groups of points, each left out of a fit made anew")
    jobs = [groups[k] for k in waiting]
    with closing(run_jobs(tried, jobs, workers=workers, progress=progress, unit="group")) as found:
        for k, frame in zip(waiting, found, strict=True):
            put_frame(files[k], frame)
    every = pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
    ranks = every.loc[every["model"] == RIGHT, list(_RANKED)].reset_index(drop=True)
    learned = pq.read_table(folder / "learned.parquet").to_pandas()
    covered = coverage(ranks, set(learned.loc[learned["informed"], "parameter"]))
    put_frame(out / RANKS, ranks)
    put_frame(out / COVERAGE, covered)
    result = _result(settings, covered, every, posterior)
    put_json(out / RESULT, result)
    return result


def _groups(plan: Plan, settings: CheckPlan, answers: Answers, scores: Floats, wave: int) -> list[Group]:
    """A wave's groups: points spread over the wave, of each the first world that has every answer."""
    first, end = plan.wave_starts()[wave : wave + 2]
    whole = np.isfinite(answers.linked).all(axis=1) & (answers.point >= first) & (answers.point < end)
    rows = np.flatnonzero(whole)
    rows = rows[np.unique(answers.point[rows], return_index=True)[1]]
    wanted = min(settings.groups * settings.truths, len(rows))
    rows = rows[np.linspace(0, len(rows) - 1, wanted).round().astype(np.int64)]
    upto = answers.take(np.flatnonzero(answers.point < end))
    last = wave == plan.waves - 1
    return [
        Group(
            wave + 1, k + 1, plan, settings, upto, scores[:end], first, rows[k :: settings.groups],
            settings.wrong if last else 0,
        )
        for k in range(settings.groups)
    ]  # fmt: skip


def tried(group: Group) -> pd.DataFrame:
    """Fit to each of a group's truths by a stand-in that has not seen the group, and again to answers of wrong models.

    Returns
    -------
    DataFrame
        wave, repetition, model (right, or which wrong one), parameter, rank, narrowed (part of the spread of the wave's points
        that is gone), chance (of so bad a misfit or forecast if the model were right), and in the last wave of points figures and
        held (how many of the next wave of answers are foretold, and how many lie in their 90 % interval); wrong models have one
        row each, without a parameter.
    """
    plan, answers, seed = group.plan, group.answers, group.settings.seed
    left = answers.take(np.flatnonzero(~np.isin(answers.point, answers.point[group.truths])))
    trained = train(left, group.scores, plan.space, plan.seed, group.first)
    used = trained.emulator.parameters
    inside = np.ones(len(group.scores), dtype=bool)
    inside[: group.first] = False
    inside[answers.point[group.truths]] = False
    region = Region.of(group.scores[inside][:, used], prior=group.first == 0)
    spread = np.append(region.sd, 1.0)
    root: Floats | None = None
    ahead = _Ahead(trained, region, seed, group.settings.sampling) if group.wrong else None
    frames = []
    for k, row in enumerate(group.truths):
        point = int(answers.point[row])
        own = Streams(seed).normal("discrepancy of a truth", _ONCE, np.array([point]))
        size = float(discrepancy(own)[0])
        told = tuple(
            reported(t, answers.value[row, j], answers.n[row, j], size, seed, point)
            for j, t in enumerate(answers.targets)
        )
        fit, root = _fitted(trained, told, region, seed + point, group.settings.sampling, root)
        draws = fit.sample.thinned(DRAWS)
        truth = np.append(group.scores[point, used], own)
        ranks: dict[str, object] = {
            "parameter": [*trained.names, DISCREPANCY_NAME],
            "rank": (draws < truth).sum(axis=0),
            "narrowed": np.round(1 - draws.std(axis=0) / spread, 2),
        }
        verdict = _verdict(fit, told, ahead, root, seed + point)
        about = {"wave": group.wave, "repetition": point}
        frames.append(pd.DataFrame({**about, "model": RIGHT, **ranks, **verdict}))
        for name, change in WRONG.items() if k < group.wrong else ():
            astray, _ = _fitted(trained, change(told), region, seed + point, group.settings.sampling, root)
            ranks = {"parameter": [""], "rank": [-1], "narrowed": [np.nan]}
            verdict = _verdict(astray, change(told), ahead, root, seed + point)
            frames.append(pd.DataFrame({**about, "model": name, **ranks, **verdict}))
    return pd.concat(frames, ignore_index=True)


def _fitted(
    trained: Trained,
    targets: tuple[Target, ...],
    region: Region,
    seed: int,
    settings: Settings,
    root: Floats | None,
) -> tuple[Fit, Floats]:
    """As `sim.calibration.fit.fitted`, with the region in place of the priors; and the root that the sample has come to."""
    within = _Within(AtScores(trained, SurveyLikelihood.of(targets, trained.emulator)), region)
    dimensions = len(trained.names) + 1
    if root is None:
        root = approximation(within, dimensions)[1]
    found = sample(within, dimensions, seed, settings, root)
    moved = Sample(
        region.scores(found.chains), found.log_likelihood, found.accepted, found.r_hat, found.effective
    )
    return Fit(trained, within.at.likelihood, moved), learnt(found.draws, root)


@dataclass(frozen=True)
class _Within:
    """The likelihood at standard normal points of a region; see `sim.calibration.sampling.Density`."""

    at: AtScores
    region: Region

    def log(self, z: Floats) -> Floats:
        return self.at.log(self.region.scores(z))

    def slope(self, z: Floats) -> Floats:
        return self.region.slope(self.at.slope(self.region.scores(z)))


class _Ahead:
    """Forecasts of the next wave of answers, as the rolling forecast makes them, with the region in place of the priors."""

    def __init__(self, trained: Trained, region: Region, seed: int, settings: Settings) -> None:
        self.trained, self.region, self.seed, self.settings = trained, region, seed, settings
        self.before = np.array([known_from(t) <= ORIGINS[0].year for t in trained.targets])
        self.after = np.array([is_foretold(t, ORIGINS[:1]) for t in trained.targets]) & ~self.before
        self.known: tuple[Target, ...] = ()
        self.values: Floats = np.empty((0, 0))

    def found(self, told: tuple[Target, ...], root: Floats, seed: int) -> tuple[float, int, int]:
        """Chance of so bad a forecast, figures foretold, and how many lie in their 90 % interval."""
        known, coming = (
            tuple(t for t, is_in in zip(told, some, strict=True) if is_in)
            for some in (self.before, self.after)
        )
        if not known or not coming:
            return float("nan"), 0, 0
        if known != self.known:  # wrong models may leave them as they are
            some = restricted(self.trained, self.before)
            fit, _ = _fitted(some, known, self.region, seed, self.settings, root)
            self.known, self.values = known, foretold(fit, self.trained, self.before, self.after, seed)
        low, high = np.quantile(expit(self.values), [_TAIL, 1 - _TAIL], axis=0)
        shares = np.array([t.value * t.of_all for t in coming])
        held = int(((shares >= low) & (shares <= high)).sum())
        return forecast_chance(self.values, coming), len(coming), held


def _verdict(
    fit: Fit, told: tuple[Target, ...], ahead: _Ahead | None, root: Floats, seed: int
) -> dict[str, float]:
    """What the checks of a fit say: the chance of so bad a misfit or so bad a forecast if the model were right (NaN where neither
    can tell; the lesser of two chances is doubled), figures foretold and held.
    """
    astray = misfit(fit, left_out(fit, seed), seed)["misfit_chance"]
    badly, figures, held = (float("nan"), 0, 0) if ahead is None else ahead.found(told, root, seed)
    chances = [chance for chance in (astray, badly) if chance is not None and np.isfinite(chance)]
    chance = min(1.0, len(chances) * min(chances)) if chances else float("nan")
    return {"chance": chance, "figures": figures, "held": held}


def reported(target: Target, value: float, n: float, error: float, seed: int, number: int) -> Target:
    """What an evaluation would report of a world's answers: moved by the model's error, and as precise as the real report."""
    luck = Streams(seed, number)
    nobody = np.zeros(1, np.int64)
    own = float(luck.normal(f"error: {target.id}", _ONCE, nobody)[0])
    if target.likelihood is Likelihood.BINOMIAL and target.respondents != REGISTRY:
        common = float(luck.normal(f"error: {target.wave}, {target.respondents}", _ONCE, nobody)[0])
        own = np.sqrt(TOGETHER) * common + np.sqrt(1 - TOGETHER) * own
    shift = error * share_of_logit(target) * own
    if target.likelihood is Likelihood.SOFT:
        shift = own  # the literature's own error, in whose standard deviations it is linked
    below, above = target.value - target.low, target.high - target.value
    if target.likelihood is not Likelihood.BINOMIAL:
        found = float(target.unlinked(target.linked(np.array([value]), np.array([n])) + shift)[0])
        part = found / target.value if target.likelihood is Likelihood.LOG_NORMAL else 1.0
        return replace(target, value=found, low=found - below * part, high=found + above * part)
    persons = max(1, round(n))
    agree = round(value if target.unit == COUNT else value * persons)
    share = (agree + 0.5) / (persons + 1)
    moved = float(expit(np.log(share / (1 - share)) + shift))
    u = luck.uniform(f"moved: {target.id}", _ONCE, np.arange(persons))
    if moved > share:
        agree += int((u[agree:] < (moved - share) / (1 - share)).sum())
    else:
        agree -= int((u[:agree] < (share - moved) / share).sum())
    of_all, width = (1.0, persons / (target.n or persons)) if target.unit == COUNT else (1 / persons, 1.0)
    found = agree * of_all
    return replace(target, value=found, low=found - below * width, high=found + above * width, n=persons)


def _result(
    settings: CheckPlan, covered: pd.DataFrame, every: pd.DataFrame, posterior: str
) -> dict[str, object]:
    whole = covered.iloc[0]
    own = covered[covered["parameter"] != ALL]
    learned = own[own["learned"]]
    chances = every.drop_duplicates(["repetition", "model"])
    right = chances[chances["model"] == RIGHT]
    held = round(float(right["held"].sum() / right["figures"].sum()), 4) if right["figures"].any() else None
    alarms = {str(name): part["chance"] < ALARM for name, part in chances.groupby("model")}
    return {
        "repetitions": int(whole["repetitions"]),
        "groups": settings.groups * chances["wave"].nunique(),
        "waves": int(chances["wave"].nunique()),
        "seed": settings.seed,
        "parameters": len(own),
        "parameters_learned": len(learned),
        **{name: round(float(whole[name]), 4) for name in covered.columns if name.startswith("covered_")},
        "least_covered_90_of_learned": round(float(learned["covered_90"].min()), 4) if len(learned) else None,
        "covers_too_little": covers_too_little(covered),
        "uneven_ranks": int((own["chi2_p"] < ALARM).sum()),
        "uneven_ranks_expected": round(ALARM * len(own), 2),
        "alarms_when_right": round(float(alarms[RIGHT].mean()), 4),
        "wrong_repetitions": int((chances["model"] != RIGHT).sum()) // len(WRONG),
        "alarms_when_wrong": {name: round(float(alarms[name].mean()), 4) for name in WRONG if name in alarms},
        "next_wave_figures": int(right["figures"].sum()),
        "next_wave_covered_90": held,
        "posterior_sha256": posterior,
    }


def told(result: Mapping[str, Any]) -> list[str]:
    """What `check.json` holds in a line each, with alarms."""
    lines = [f"{name}: {value}" for name, value in result.items()]
    if result["covers_too_little"]:
        lines.append(
            f"ALARM: 90 % intervals of parameters learned of hold the truth in under {LEAST_COVERED:.0%} of cases"
        )
    lines += [
        f"ALARM: a wrong model ({name}) is told in {share:.0%} of cases; {LEAST_CAUGHT:.0%} were to be expected"
        for name, share in result["alarms_when_wrong"].items()
        if share < LEAST_CAUGHT
    ]
    held = result.get("next_wave_covered_90")
    if held is not None and not LEAST_HELD <= held <= MOST_HELD:
        lines.append(
            f"ALARM: 90 % intervals of the next wave hold {held:.0%} of what the model itself answers there"
        )
    return lines
