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

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit, ndtr
from scipy.stats import binom

from sim.arrays import Floats
from sim.calibration import held_out
from sim.calibration.answers import Answers, gathered
from sim.calibration.fit import Trained, fitted, train
from sim.calibration.foretelling import (
    ORIGINS,
    SCHEME,
    Origin,
    forecast_chance,
    foretold,
    is_foretold,
    known_from,
    restricted,
)
from sim.calibration.observation import TAIL, NoTest, is_wide
from sim.calibration.plan import Plan
from sim.calibration.storage import put_frame
from sim.calibration.study import points_played
from sim.calibration.targets import Target, for_fitting
from sim.calibration.validation import LAST_WAVE, MODEL, Z95, Forecast, last_wave, log_score
from sim.surveys.questionnaire import ECHOES

ROLLING, ROLLING_VERDICTS = "rolling.parquet", "rolling_verdicts.parquet"
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
LEAST_CHANCE = 0.05
"""Of so many or so few held, if intervals are right and figures independent, from which on it may be luck."""
BAD = 0.025
"""Chance of so bad a forecast of a wave as a whole below which the model is told to be wrong: with that of the misfit, 5 %."""
_LEAST_SD = 0.005
_ROLLING = {
    "origin": "int64", "target": "str", "forecast": "str", "observed": "float64", "foretold": "float64", "sd": "float64",
    "low": "float64", "high": "float64", "inside": "bool", "crps": "float64", "log_score": "float64", "no_test": "object",
    "fitted": "bool",
}  # fmt: skip
_VERDICTS = {
    "origin": "int64", "n": "int64", "model_crps": "float64", "last_wave_crps": "float64", "model_log_score": "float64",
    "last_wave_log_score": "float64", "worse": "bool", "covered": "float64", "last_wave_covered": "float64",
    "n_model": "int64", "covered_all": "float64", "part": "float64", "spread": "float64", "blend_crps": "float64",
    "blend_covered": "float64", "widening": "float64", "chance": "float64",
}  # fmt: skip


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
    ahead = [t for t in every if is_foretold(t, origins, scheme)]
    known = [t for t in fit_rows if any(known_from(t) <= origin.year for origin in origins)]
    answers = gathered(played, tuple(dict.fromkeys((*known, *ahead))), plan.scale)
    answers = answers.only(answers.answered)
    rows: list[dict[str, object]] = []
    chances: dict[int, float] = {}
    if any(t in ahead for t in answers.targets):
        trained = train(answers, scores, plan.space, plan.seed)
        for number, origin in enumerate(origins):
            found, chances[origin.year] = _from(plan, trained, answers, fit_rows, origin, number)
            rows += found
    rolling = with_blend(pd.DataFrame(rows, columns=list(_ROLLING)).astype(_ROLLING))
    told = verdicts(rolling)
    told["chance"] = told["origin"].map(chances).astype("float64")
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
        where there are too few rows), blend_crps, blend_covered; widening (by fitted rows of this origin and those before it);
        chance (of as bad a forecast of the wave as a whole, if the model is right; empty here, since it takes the draws).
    """
    rows = []
    for origin, part in rolling.groupby("origin", sort=False):
        guess = part[part["forecast"] == LAST_WAVE].set_index("target")
        every = part[part["forecast"] == MODEL].set_index("target")
        blend = part[part["forecast"] == BLEND]
        model = every.loc[every.index.intersection(guess.index, sort=False)]
        mixed, spread = learnt(rolling, int(str(origin))) or (np.nan, np.nan)
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
                "part": mixed,
                "spread": spread,
                "blend_crps": blend["crps"].mean(),
                "blend_covered": blend["inside"].astype(float).mean(),
                "widening": widening(rolling[rolling["origin"] <= int(str(origin))]),
                "chance": np.nan,
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
        if row.get("chance", np.nan) < BAD:
            lines.append(
                f"ALARM: from {row['origin']} on the wave as a whole lies so far from its forecast in {row['chance']:.1%} of "
                "cases if the model is right: the course of time is wrong"
            )
        held = round(row["covered_all"] * row["n_model"])
        if (
            luck(held, row["n_model"]) < LEAST_CHANCE
            and not LEAST_COVERED <= row["covered_all"] <= MOST_COVERED
        ):
            lines.append(
                f"ALARM: from {row['origin']} on the 90 % intervals hold {row['covered_all']:.0%} of what came; "
                f"between {LEAST_COVERED:.0%} and {MOST_COVERED:.0%} were to be expected"
            )
    if len(table):
        every, held = int(table["n_model"].sum()), round((table["covered_all"] * table["n_model"]).sum())
        lines.append(
            f"rolling forecasts as a whole: 90 % intervals hold {held} of {every}; so many or so few by luck alone, if they are "
            f"right: {luck(held, every):.0%}"
        )
    return lines


def luck(held: int, n: int) -> float:
    """Chance that of `n` independent intervals that hold nine in ten so many or more hold, or so few or less, as is rarer."""
    return float(min(binom.sf(held - 1, n, _HELD), binom.cdf(held, n, _HELD)))


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


def _from(
    plan: Plan, trained: Trained, answers: Answers, fit_rows: Sequence[Target], origin: Origin, number: int
) -> tuple[list[dict[str, object]], float]:
    """Forecasts of one origin's next wave, the model's and the last wave's; and the chance of as bad a forecast by the model."""
    before = np.array([t in fit_rows and known_from(t) <= origin.year for t in answers.targets])
    after = np.array([t.wave == origin.wave for t in answers.targets]) & ~before
    some = restricted(trained, before)
    fit = fitted(some, some.targets, plan.seed + number, plan.sampling)
    linked = foretold(fit, trained, before, after, plan.seed)
    values = expit(linked)
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
    coming = [t for t, wanted in zip(answers.targets, after, strict=True) if wanted]
    return rows, forecast_chance(linked, coming) if coming else float("nan")
