"""Would the model have foretold the next wave? Fitted to what was known up to a wave, it foretells the answers of the one after.

The points that a calibration has played serve once more: the stand-in is trained on the rows that are foretold too (on what the
*model* answers to them; no reported figure has a part in that), the posterior is sampled given nothing but the rows dated up to
the origin, and the reported wave is read only when the forecast is made. The forecast holds all noise: parameters, what the
stand-in misses, the model's discrepancy as fitted up to then, and the sampling of those asked. What the rows up to the origin
lie off by in the same world goes on into it by the likelihood's own correlation.

Beside the model and the last wave stands a *blend* of both, a normal forecast between their means: how much of the last wave, and
how much of the model's spread, is learnt from the waves foretold earlier, by fitted rows alone, so that no row that is held back
has a part in it. `widening` is what the model's intervals should be widened by to have held nine in ten of what came; where
survey answers of the model are told, they are.

Reached only when the posterior and the model's answers at its draws lie on the disk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit, ndtr

from sim.arrays import Bools, Floats
from sim.calibration import held_out
from sim.calibration.answers import Answers, gathered
from sim.calibration.fit import Fit, Trained, fitted, train
from sim.calibration.likelihood import noise_covariance, root_mean_square, share_of_logit
from sim.calibration.observation import TAIL, NoTest, is_wide
from sim.calibration.plan import Plan
from sim.calibration.storage import put_frame
from sim.calibration.study import points_played
from sim.calibration.targets import Likelihood, Target, for_fitting
from sim.calibration.validation import LAST_WAVE, MODEL, Z95, Forecast, last_wave, log_score
from sim.randomness import Streams
from sim.surveys.questionnaire import ECHOES

ROLLING, ROLLING_VERDICTS = "rolling.parquet", "rolling_verdicts.parquet"
SCHEME = "decentralised"
BLEND = "blend"
PARTS = np.linspace(0.0, 1.0, 11)
"""Of the last wave in a blend; those tried."""
SPREADS = np.linspace(0.3, 2.0, 18)
"""Times the model's spread that a blend may have; those tried."""
LEAST_LEARNT = 5
"""Rows foretold earlier by both that it takes to learn a blend."""
_HELD = 0.9
LEAST_COVERED, MOST_COVERED = 0.80, 0.97
"""Share of forecasts whose 90 % interval holds the reported figure that raises no alarm."""
_DRAWS = 4000
_LEAST_SD = 0.005
_ALL_WAVES = "all waves"
_ROLLING = {
    "origin": "int64", "target": "str", "forecast": "str", "observed": "float64", "foretold": "float64", "sd": "float64",
    "low": "float64", "high": "float64", "inside": "bool", "crps": "float64", "log_score": "float64", "no_test": "object",
    "fitted": "bool",
}  # fmt: skip
_VERDICTS = {
    "origin": "int64", "n": "int64", "model_crps": "float64", "last_wave_crps": "float64", "model_log_score": "float64",
    "last_wave_log_score": "float64", "worse": "bool", "covered": "float64", "last_wave_covered": "float64",
    "n_model": "int64", "covered_all": "float64", "part": "float64", "spread": "float64", "blend_crps": "float64",
    "blend_covered": "float64", "widening": "float64",
}  # fmt: skip
_YEAR = re.compile(r"\b(20\d\d)(?:[-/](\d\d)\b)?")
_CENTURY = 100
_ONCE = 0


@dataclass(frozen=True)
class Origin:
    """A wave up to which all is known, and the one that is foretold.

    Attributes
    ----------
    year : int
        Rows dated up to the end of this year are fitted to.
    wave : str
        That is foretold.
    """

    year: int
    wave: str


ORIGINS = (Origin(2021, "2023-spring"), Origin(2023, "2024-autumn"))


def known_from(target: Target) -> int:
    """Year from which a row was there to be known: the latest that its wave and those asked name; 0 for the literature, which
    belongs to no wave.
    """
    if target.wave == _ALL_WAVES:
        return max(origin.year for origin in ORIGINS) + 1
    years = [0]
    for year, until in _YEAR.findall(f"{target.wave} {target.respondents}"):
        years.append(int(year) // _CENTURY * _CENTURY + int(until) if until else int(year))
    return max(years)


def forecast(
    plan: Plan, folder: Path, data: Path, origins: Sequence[Origin] = ORIGINS, scheme: str = SCHEME
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Foretell each origin's next wave from points that have been played, and leave both tables in the folder.

    Parameters
    ----------
    folder : Path
        Of a finished calibration.
    data : Path
        Folder of the targets.
    scheme : str
        Whose survey series are foretold.

    Returns
    -------
    rolling : DataFrame
        origin, target, forecast (model, last_wave, blend), observed, foretold, sd, low, high (shares; 90 % interval), inside,
        crps (less is better), log_score (more is better), no_test, fitted (whether the posterior is fitted to the row).
    verdicts : DataFrame
        As `verdicts` has it.

    Raises
    ------
    InputError
        If the folder's points are missing or are of other parameters.
    """
    scores, played = points_played(plan, folder)
    fit_rows = for_fitting(data)
    every = (*fit_rows, *held_out.for_validation(data))
    foretold = [t for t in every if _is_foretold(t, origins, scheme)]
    known = [t for t in fit_rows if any(known_from(t) <= origin.year for origin in origins)]
    answers = gathered(played, tuple(dict.fromkeys((*known, *foretold))), plan.scale)
    answers = answers.only(answers.answered)
    rows: list[dict[str, object]] = []
    if any(t in foretold for t in answers.targets):
        trained = train(answers, scores, plan.space, plan.seed)
        for number, origin in enumerate(origins):
            rows += _from(plan, trained, answers, fit_rows, origin, number)
    rolling = with_blend(pd.DataFrame(rows, columns=list(_ROLLING)).astype(_ROLLING))
    told = verdicts(rolling)
    put_frame(folder / ROLLING, rolling)
    put_frame(folder / ROLLING_VERDICTS, told)
    return rolling, told


def verdicts(rolling: pd.DataFrame) -> pd.DataFrame:
    """The model against the last wave, origin by origin, over the rows that were asked before; coverage over all rows.

    Returns
    -------
    DataFrame
        origin, n (rows foretold by both), model_crps, last_wave_crps, model_log_score, last_wave_log_score, worse (whether the
        model's CRPS is the greater), covered and last_wave_covered (share inside the 90 % interval, of the n), n_model and
        covered_all (all rows that the model foretells); part and spread (of the blend, learnt from the origins before; empty
        where there are too few rows), blend_crps, blend_covered; widening (by fitted rows of this origin and those before it).
    """
    rows = []
    for origin, part in rolling.groupby("origin", sort=False):
        guess = part[part["forecast"] == LAST_WAVE].set_index("target")
        every = part[part["forecast"] == MODEL].set_index("target")
        blend = part[part["forecast"] == BLEND]
        model = every.loc[every.index.intersection(guess.index, sort=False)]
        rows.append(
            {
                "origin": int(str(origin)),
                "n": len(model),
                "model_crps": model["crps"].mean(),
                "last_wave_crps": guess["crps"].mean(),
                "model_log_score": model["log_score"].mean(),
                "last_wave_log_score": guess["log_score"].mean(),
                "worse": bool(model["crps"].mean() > guess["crps"].mean()),
                "covered": model["inside"].astype(float).mean(),
                "last_wave_covered": guess["inside"].astype(float).mean(),
                "n_model": len(every),
                "covered_all": every["inside"].astype(float).mean(),
                **dict(
                    zip(
                        ("part", "spread"), learnt(rolling, int(str(origin))) or (np.nan, np.nan), strict=True
                    )
                ),
                "blend_crps": blend["crps"].mean(),
                "blend_covered": blend["inside"].astype(float).mean(),
                "widening": widening(rolling[rolling["origin"] <= int(str(origin))]),
            }
        )
    return pd.DataFrame(rows, columns=list(_VERDICTS)).astype(_VERDICTS)


def learnt(rolling: pd.DataFrame, before: int) -> tuple[float, float] | None:
    """Part of the last wave, and times the model's spread, that would have foretold best (least CRPS) from earlier origins, of
    those whose 90 % intervals held nine in ten; by fitted rows alone; None where they are fewer than `LEAST_LEARNT`.

    Parameters
    ----------
    rolling : DataFrame
        As `forecast` gives it.
    before : int
        Year of the origin for which it is learnt.
    """
    past = rolling[(rolling["origin"] < before) & rolling["fitted"]]
    model, guess = _pairs(past)
    if len(model) < LEAST_LEARNT:
        return None
    ahead, behind, sd, observed = (
        table[name].to_numpy()
        for table, name in ((model, "foretold"), (guess, "foretold"), (model, "sd"), (model, "observed"))
    )
    found: dict[tuple[float, float], tuple[bool, float]] = {}
    for part, spread in product(PARTS.tolist(), SPREADS.tolist()):
        mean, width = part * behind + (1 - part) * ahead, np.maximum(spread * sd, _LEAST_SD)
        held = float((np.abs(observed - mean) <= Z95 * width).mean())
        scores = [normal_crps(*one) for one in zip(mean, width, observed, strict=True)]
        found[part, spread] = (held < _HELD, float(np.mean(scores)))
    return min(found, key=lambda pair: found[pair])


def with_blend(rolling: pd.DataFrame) -> pd.DataFrame:
    """The table with the rows of the blend, where it can be learnt from origins before."""
    rows = []
    for origin, now in rolling.groupby("origin", sort=False):
        found = learnt(rolling, int(str(origin)))
        if found is None:
            continue
        part, spread = found
        model, guess = _pairs(now)
        for (_, one), (_, last) in zip(model.iterrows(), guess.iterrows(), strict=True):
            mean = part * last["foretold"] + (1 - part) * one["foretold"]
            made = Forecast.normal(mean, max(_LEAST_SD, spread * one["sd"]))
            observed = float(one["observed"])
            rows.append(
                {
                    **one.to_dict(), "forecast": BLEND, "foretold": made.mean, "sd": made.sd, "low": made.low, "high": made.high,
                    "inside": made.low <= observed <= made.high, "crps": normal_crps(made.mean, made.sd, observed),
                    "log_score": log_score(made, observed),
                }
            )  # fmt: skip
    return pd.concat(
        [rolling, pd.DataFrame(rows, columns=list(_ROLLING)).astype(_ROLLING)], ignore_index=True
    )


def widening(rolling: pd.DataFrame) -> float:
    """Times by which the model's 90 % intervals should be wider to have held nine in ten of what came; never under 1, and by
    fitted rows alone.
    """
    rows = rolling[(rolling["forecast"] == MODEL) & rolling["fitted"]]
    if rows.empty:
        return 1.0
    above = rows["observed"] > rows["foretold"]
    half = np.where(above, rows["high"] - rows["foretold"], rows["foretold"] - rows["low"])
    away: Floats = (rows["observed"] - rows["foretold"]).abs().to_numpy() / np.maximum(half, _LEAST_SD)
    return max(1.0, float(np.quantile(away, _HELD)))


def _pairs(rolling: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The model's rows that the last wave foretells too, and the last wave's, in the same order."""
    guess = rolling[rolling["forecast"] == LAST_WAVE].set_index(["origin", "target"], drop=False)
    model = rolling[rolling["forecast"] == MODEL].set_index(["origin", "target"], drop=False)
    return model.loc[guess.index], guess


def told(table: pd.DataFrame) -> list[str]:
    """The verdicts in a line each, with an alarm where the model is worse or its intervals hold too few or too many."""
    lines = []
    for row in table.to_dict("records"):
        lines.append(
            f"rolling origin {row['origin']}: CRPS {row['model_crps']:.3f} against {row['last_wave_crps']:.3f} of the last wave, "
            f"log score {row['model_log_score']:.2f} against {row['last_wave_log_score']:.2f} ({row['n']} figures); "
            f"90 % intervals hold {row['covered_all']:.0%} of {row['n_model']}"
        )
        if np.isfinite(row["blend_crps"]):
            lines[-1] += (
                f"; {row['part']:.0%} of the last wave and {row['spread']:.1f} times the spread, as learnt before: CRPS "
                f"{row['blend_crps']:.3f}, holds {row['blend_covered']:.0%}"
            )
        if row["widening"] > 1:
            lines[-1] += f"; survey answers are told {row['widening']:.2f} times as wide"
        if row["worse"]:
            lines.append(f"ALARM: from {row['origin']} on the last wave would have been the better forecast")
        if not LEAST_COVERED <= row["covered_all"] <= MOST_COVERED:
            lines.append(
                f"ALARM: from {row['origin']} on the 90 % intervals hold {row['covered_all']:.0%} of what came; "
                f"between {LEAST_COVERED:.0%} and {MOST_COVERED:.0%} were to be expected"
            )
    return lines


def crps(values: Floats, observed: float) -> float:
    """Continuous ranked probability score of simulated values, shape (draws,): mean distance to what came, less half the mean
    distance of two of them (Gneiting & Raftery 2007).
    """
    ordered, n = np.sort(values), len(values)
    apart = float((2 * np.arange(1, n + 1) - n - 1) @ ordered) / n**2
    return float(np.abs(ordered - observed).mean()) - apart


def normal_crps(mean: float, sd: float, observed: float) -> float:
    """The same of a normal forecast, in closed form."""
    z = (observed - mean) / sd
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return float(sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def _is_foretold(target: Target, origins: Sequence[Origin], scheme: str) -> bool:
    asked = target.scheme == scheme and target.likelihood is Likelihood.BINOMIAL
    return asked and target.wave in {origin.wave for origin in origins}


def _from(
    plan: Plan, trained: Trained, answers: Answers, fit_rows: Sequence[Target], origin: Origin, number: int
) -> list[dict[str, object]]:
    """Forecasts of one origin's next wave, the model's and the last wave's."""
    before = np.array([t in fit_rows and known_from(t) <= origin.year for t in answers.targets])
    after = np.array([t.wave == origin.wave for t in answers.targets]) & ~before
    some = _restricted(trained, before)
    fit = fitted(some, some.targets, plan.seed + number, plan.sampling)
    values = _foretold(fit, trained, before, after, plan.seed)
    known = [t for t in fit_rows if known_from(t) <= origin.year]
    moved = dict(zip(trained.screened.targets, trained.screened.chosen, strict=True))
    rows: list[dict[str, object]] = []
    for column, t in enumerate(np.flatnonzero(after)):
        target, sample = answers.targets[t], values[:, column]
        observed = target.value * target.of_all
        low, high = np.quantile(sample, [TAIL, 1 - TAIL])
        model = Forecast(float(sample.mean()), max(_LEAST_SD, float(sample.std())), float(low), float(high))
        mark = (
            NoTest.ECHO if target.id in ECHOES
            else NoTest.UNMOVED if not moved[target.id]
            else NoTest.WIDE if is_wide(target, model.low / target.of_all, model.high / target.of_all)
            else None
        )  # fmt: skip
        found = [(MODEL, model, crps(sample, observed))]
        guess = last_wave(target, known)
        if guess is not None:
            found.append((LAST_WAVE, guess, normal_crps(guess.mean, guess.sd, observed)))
        rows += [
            {
                "origin": origin.year, "target": target.id, "forecast": name, "observed": observed,
                "foretold": one.mean, "sd": one.sd, "low": one.low, "high": one.high,
                "inside": one.low <= observed <= one.high, "crps": score, "log_score": log_score(one, observed),
                "no_test": str(mark) if mark else None, "fitted": target in fit_rows,
            }
            for name, one, score in found
        ]  # fmt: skip
    return rows


def _restricted(trained: Trained, columns: Bools) -> Trained:
    """The stand-in of some of the targets."""
    whole = trained.emulator
    some = replace(
        whole, weights=whole.weights[:, columns], extra_sd=whole.extra_sd[columns],
        covariance=whole.covariance[np.ix_(columns, columns)], gains=whole.gains[columns], quality=whole.quality[columns],
    )  # fmt: skip
    targets = tuple(t for t, wanted in zip(trained.targets, columns, strict=True) if wanted)
    return replace(trained, emulator=some, targets=targets)


def _foretold(fit: Fit, trained: Trained, before: Bools, after: Bools, seed: int) -> Floats:
    """Shares of the rows foretold at the posterior's draws, all noise included; shape (draws, rows foretold)."""
    draws = fit.sample.thinned(min(_DRAWS, len(fit.sample.draws)))
    expected, (sizes, waves) = trained.expected(draws[:, :-1]), trained.noise(draws)
    whole = noise_covariance(
        trained.targets, trained.emulator, root_mean_square(sizes), root_mean_square(waves)
    )
    own = np.array([share_of_logit(t) for t in trained.targets])
    sd = np.sqrt(np.diag(whole))
    correlation = whole / np.outer(sd, sd)
    across = correlation[np.ix_(before, after)]
    weights = np.linalg.solve(correlation[np.ix_(before, before)], across)
    left = np.sqrt(np.maximum(1 - (across * weights).sum(axis=0), 0.0))
    off = fit.likelihood.parts(expected[:, before], sizes, waves)[1]
    noise = Streams(seed).normal(
        "noise of a wave foretold", _ONCE, np.arange(len(draws)), per=int(after.sum())
    )
    middle = expected[:, after]
    n = np.array([t.n or 1 for t, wanted in zip(trained.targets, after, strict=True) if wanted])
    chance = expit(middle)
    spread = np.sqrt(
        trained.emulator.extra_sd[after] ** 2
        + (own[after] * sizes[:, None]) ** 2
        + (trained.emulator.gains[after] * waves[:, None]) ** 2
        + 1 / (n * chance * (1 - chance) + 1)
    )
    return np.asarray(expit(middle + spread * (off @ weights + left * noise)))
