"""Does the method find the truth where the truth is known? Simulation-based calibration, and a test with a wrong model.

Parameters are drawn from the priors, the model itself is played with them, and what its respondents answer is handed to the
method in place of the evaluations' figures. If all is right, the truth is as often in any part of the posterior as that part
is wide (Talts et al. 2018). Then the data come from a model that is wrong beyond its priors, and the check of the fit must
say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit
from scipy.stats import beta, chi2

from sim.arrays import Floats, Ints
from sim.calibration.answers import Answers, gathered
from sim.calibration.fit import Fit, Trained, fitted, train
from sim.calibration.likelihood import TOGETHER, discrepancy, share_of_logit
from sim.calibration.plan import Plan
from sim.calibration.points import play_points
from sim.calibration.sampling import Settings
from sim.calibration.storage import put_frame, put_json
from sim.calibration.study import Say, note_plan, silence
from sim.calibration.targets import COUNT, Likelihood, Target, for_fitting
from sim.experiments.posterior import calibration_folder
from sim.experiments.workers import run_jobs
from sim.randomness import Streams
from sim.surveys.items import REGISTRY

RANKS, COVERAGE, RESULT = "ranks.parquet", "coverage.parquet", "check.json"
DRAWS = 99
"""Draws of a posterior that the truth is ranked among: 100 places."""
BINS = 10
LEVELS = (0.5, 0.9)
ALARM = 0.05
"""Chance below which the check of a fit says that the model is wrong."""
LEAST_COVERED, LEARNED = 0.84, 0.1
"""Share of truths that the 90 % interval of a parameter must hold, if at least so much of its prior's spread is gone."""
DISCREPANCY_NAME = "discrepancy"
WRONG: Mapping[str, float] = {"survey.perception_owner": -0.5, "survey.perception_leader": 1.5}
"""A model that is wrong: owners see things worse than teachers do, leaders much better, both beyond what the priors allow."""
_ONCE = 0
_TAIL = 0.05
_REPLICATES = 1000


@dataclass(frozen=True)
class CheckPlan:
    """How much is tried.

    Attributes
    ----------
    training : int
        Points that the emulator learns from.
    repetitions : int
        Truths to be found, each a point of its own.
    wrong : int
        Truths of the wrong model.
    """

    training: int = 600
    repetitions: int = 120
    wrong: int = 30
    scale: float = 0.1
    seed: int = 3
    sampling: Settings = field(default_factory=lambda: Settings(steps=360, burned=180, keep=6, ensembles=2))
    held: Mapping[str, float] = field(default_factory=lambda: dict(WRONG))

    def plan(self) -> Plan:
        """The settings of playing."""
        return Plan(points=self.training, worlds=1, waves=1, scale=self.scale, seed=self.seed)

    def described(self) -> dict[str, object]:
        """What the played points depend on beside those settings."""
        return {"repetitions": self.repetitions, "wrong": self.wrong, "held": dict(self.held)}


@dataclass(frozen=True)
class Repetition:
    """One truth, and what the method makes of it; goes to a worker as it stands."""

    number: int
    trained: Trained
    targets: tuple[Target, ...]
    truth: Floats
    settings: Settings


def check(
    plan: CheckPlan,
    folder: Path,
    *,
    data: Path | None = None,
    workers: int | None = None,
    progress: bool = True,
    say: Say = silence,
) -> dict[str, object]:
    """Try the method on known truths; leaves `ranks.parquet`, `coverage.parquet` and `check.json`.

    Returns
    -------
    dict
        What `check.json` holds.
    """
    playing = plan.plan()
    note_plan({**playing.described(), **plan.described()}, folder)
    targets = for_fitting(data or calibration_folder())
    space = playing.space
    total = plan.training + plan.repetitions
    scores = space.prior_design(total, plan.seed)
    say(f"playing {total} points of {plan.scale:g} of the country")
    setting = replace(playing.setting(), without={})
    played = play_points(
        setting, space.names, space.values(scores), folder / "points", workers=workers, progress=progress
    )
    answers = gathered(played, targets, plan.scale)
    answers = answers.only(answers.answered)  # soft figures are left out: no pairs of worlds are played here
    trained = train(answers.take(np.flatnonzero(answers.point < plan.training)), scores, space, plan.seed)
    truths = answers.take(np.flatnonzero(answers.point >= plan.training))
    right = _repetitions(plan, trained, truths, scores[plan.training :], plan.seed)
    wrong: list[Repetition] = []
    if plan.wrong:
        say(f"{plan.wrong} points of a wrong model")
        astray = play_points(
            replace(setting, held=plan.held), space.names, space.values(scores[plan.training :][: plan.wrong]),
            folder / "wrong", first=total, workers=workers, progress=progress,
        )  # fmt: skip
        asked = gathered(astray, answers.targets, plan.scale)
        wrong = _repetitions(plan, trained, asked, scores[plan.training :], plan.seed + 1)
    say(f"{len(right)} fits to a right model and {len(wrong)} to a wrong one")
    with closing(run_jobs(tried, [*right, *wrong], workers=workers, progress=progress, unit="fit")) as found:
        outcomes = list(found)
    ranks = pd.concat([frame for frame, _ in outcomes[: len(right)]], ignore_index=True)
    chances = np.array([chance for _, chance in outcomes])
    covered = coverage(ranks)
    put_frame(folder / RANKS, ranks)
    put_frame(folder / COVERAGE, covered)
    result = _result(plan, covered, chances[: len(right)], chances[len(right) :])
    put_json(folder / RESULT, result)
    return result


def _repetitions(
    plan: CheckPlan, trained: Trained, truths: Answers, scores: Floats, seed: int
) -> list[Repetition]:
    """What respondents answered in each world, as if an evaluation had reported it."""
    used = trained.emulator.parameters
    own = Streams(seed).normal("discrepancy of a truth", _ONCE, np.arange(len(truths.point)))
    return [
        Repetition(
            i, trained,
            tuple(
                reported(t, truths.value[i, j], truths.n[i, j], float(discrepancy(own[i : i + 1])[0]), seed, i)
                for j, t in enumerate(trained.targets)
            ),
            np.append(scores[i, used], own[i]), plan.sampling,
        )
        for i in range(len(truths.point))
        if np.isfinite(truths.linked[i]).all()
    ]  # fmt: skip


def reported(target: Target, value: float, n: float, error: float, seed: int, number: int) -> Target:
    """What an evaluation would report of a world's answers: moved by the model's error, and as precise as the real report."""
    luck = Streams(seed, number)
    nobody = np.zeros(1, np.int64)
    own = float(luck.normal(f"error: {target.id}", _ONCE, nobody)[0])
    if target.likelihood is Likelihood.BINOMIAL and target.respondents != REGISTRY:
        common = float(luck.normal(f"error: {target.wave}, {target.respondents}", _ONCE, nobody)[0])
        own = np.sqrt(TOGETHER) * common + np.sqrt(1 - TOGETHER) * own
    shift = error * share_of_logit(target) * own
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


def tried(one: Repetition) -> tuple[pd.DataFrame, float]:
    """Fit to one truth: where it lies among the draws, and the chance of so bad a fit if the model were right."""
    fit = fitted(one.trained, one.targets, 1000 + 10 * one.number, one.settings)
    draws = fit.sample.thinned(DRAWS)
    frame = pd.DataFrame(
        {
            "repetition": one.number,
            "parameter": [*one.trained.names, DISCREPANCY_NAME],
            "rank": (draws < one.truth).sum(axis=0),
            "truth": one.truth,
            "posterior_mean": draws.mean(axis=0),
            "posterior_sd": draws.std(axis=0),
        }
    )
    return frame, misfit_chance(fit, one.number)


def misfit_chance(fit: Fit, number: int) -> float:
    """Chance of as bad a fit as this one if the model were right but for the discrepancy that its prior allows."""
    draws = fit.sample.thinned(_REPLICATES)
    rows, luck = np.arange(len(draws)), Streams(number)
    size = discrepancy(luck.normal("discrepancy of a replicate", _ONCE, rows))
    noise = luck.normal("noise of a replicate", _ONCE, rows, per=len(fit.trained.targets))
    return fit.likelihood.misfit_chance(fit.trained.expected(draws[:, :-1]), size, noise)


def coverage(ranks: pd.DataFrame) -> pd.DataFrame:
    """How often intervals hold the truth, for each parameter and for all (a truth's parameters are not independent).

    Returns
    -------
    DataFrame
        parameter, repetitions, learned (mean share of the prior SD gone), chi2_p (of even ranks), and for each level the
        share covered with its 90 % interval.
    """
    rows = []
    for name, part in ranks.groupby("parameter", sort=False):
        rows.append(_covered(str(name), part))
    table = pd.DataFrame(rows)
    every = {
        "parameter": "all",
        "repetitions": ranks["repetition"].nunique(),
        "learned": table["learned"].mean(),
    }
    every["chi2_p"] = np.nan
    for level in LEVELS:
        inside = (
            ranks.assign(inside=_inside(ranks["rank"].to_numpy(), level))
            .groupby("repetition")["inside"]
            .mean()
        )
        half = 1.6449 * inside.std(ddof=1) / np.sqrt(len(inside))
        every |= _named(level, inside.mean(), inside.mean() - half, inside.mean() + half)
    return pd.concat([pd.DataFrame([every]), table], ignore_index=True)


def _covered(name: str, part: pd.DataFrame) -> dict[str, object]:
    rank = part["rank"].to_numpy()
    n = len(rank)
    observed = np.bincount(rank * BINS // (DRAWS + 1), minlength=BINS)
    statistic = float(((observed - n / BINS) ** 2 / (n / BINS)).sum())
    row: dict[str, object] = {
        "parameter": name,
        "repetitions": n,
        "learned": float(1 - part["posterior_sd"].mean()),
        "chi2_p": float(chi2.sf(statistic, BINS - 1)),
    }
    for level in LEVELS:
        k = int(_inside(rank, level).sum())
        low = float(beta.ppf(_TAIL, k, n - k + 1)) if k else 0.0
        high = float(beta.ppf(1 - _TAIL, k + 1, n - k)) if k < n else 1.0
        row |= _named(level, k / n, low, high)
    return row


def _named(level: float, share: float, low: float, high: float) -> dict[str, object]:
    key = f"covered_{round(100 * level)}"
    return {key: float(share), f"{key}_low": float(low), f"{key}_high": float(high)}


def _inside(rank: Ints, level: float) -> Ints:
    """Whether the truth lies in the middle part of the draws; 1 or 0, shape (ranks,)."""
    tail = (1 - level) / 2 * (DRAWS + 1)
    return ((rank >= tail) & (rank < DRAWS + 1 - tail)).astype(np.int64)


def covers_too_little(covered: pd.DataFrame) -> list[str]:
    """Parameters learned of whose 90 % interval holds the truth too seldom, with the share, the least first.

    Parameters
    ----------
    covered : DataFrame
        As `coverage` gives it.
    """
    own = covered[covered["parameter"] != "all"]
    found = own[(own["learned"] >= LEARNED) & (own["covered_90"] < LEAST_COVERED)]
    found = found.sort_values("covered_90", kind="stable")
    return [f"{row['parameter']} ({row['covered_90']:.0%})" for row in found.to_dict("records")]


def _result(plan: CheckPlan, covered: pd.DataFrame, right: Floats, wrong: Floats) -> dict[str, object]:
    every = covered.iloc[0]
    uneven = covered["chi2_p"].dropna()
    return {
        "repetitions": int(every["repetitions"]),
        "training_points": plan.training,
        "scale": plan.scale,
        "seed": plan.seed,
        "parameters": len(uneven),
        **{name: round(float(every[name]), 4) for name in covered.columns if name.startswith("covered_")},
        "covers_too_little": covers_too_little(covered),
        "uneven_ranks": int((uneven < ALARM).sum()),
        "uneven_ranks_expected": round(ALARM * len(uneven), 2),
        "alarms_when_right": round(float((right < ALARM).mean()), 4),
        "wrong_model": dict(plan.held),
        "wrong_repetitions": len(wrong),
        "alarms_when_wrong": round(float((wrong < ALARM).mean()), 4) if len(wrong) else None,
    }


def histogram(ranks: Ints) -> Sequence[int]:
    """Ranks in `BINS` bins."""
    return [int(k) for k in np.bincount(ranks * BINS // (DRAWS + 1), minlength=BINS)]
