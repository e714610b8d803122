"""What the estimates of many worlds add up to: bias, false alarms, power, coverage, and how much data would be needed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from sim.arrays import Floats, Ints
from sim.evaluation.estimators import CONFIDENCE as STATED
from sim.evaluation.scenarios import NONE
from sim.evaluation.tables import EVALUATION, POWER, SCHEMAS
from sim.experiments.comparison import CONFIDENCE, LEAST_FOR_SPREAD, LEVEL
from sim.experiments.comparison import POWER as WANTED_POWER
from sim.randomness import Streams

KEYS = ["scenario", "estimator", "outcome", "years_after"]
EFFECTS_SD = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)  # assumed effects, in SD between municipalities
POOLED = (1, 2, 4, 8, 16)  # draws put together
GROUPS = 2_000  # of worlds put together, for the chance itself
TEN = 10.0
RESAMPLES, GROUPS_IN_EACH = 100, 200  # for its interval
STATED_QUANTILE = float(ndtri((1 + STATED) / 2))
DETECTABLE = float(ndtri(1 - LEVEL / 2) + ndtri(WANTED_POWER))  # standard errors


def evaluation(estimates: pd.DataFrame) -> pd.DataFrame:
    """One row for each scenario, estimator, outcome and number of years, with the columns of the table `evaluation`.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of the table `estimates`.
    """
    known = estimates[estimates["estimate"].notna() & estimates["own_effect"].notna()]
    rows = []
    for keys, group in known.groupby(KEYS, sort=False, observed=True):
        rows.append({**dict(zip(KEYS, keys, strict=True)), **_row(group)})
    found = pd.DataFrame(
        rows, columns=[n for n in SCHEMAS[EVALUATION].names if n != "regression_to_the_mean"]
    )
    nothing = found[found["scenario"] == NONE].set_index(KEYS[1:])["estimate"].to_dict()
    places = zip(*(found[key].tolist() for key in KEYS[1:]), strict=True)
    found["regression_to_the_mean"] = [nothing.get(place, np.nan) for place in places]
    table: pd.DataFrame = found[SCHEMAS[EVALUATION].names]
    return table


def _row(group: pd.DataFrame) -> dict[str, float]:
    estimate, low, high, true, own, between, n_drawn = (
        group[name].to_numpy(dtype=np.float64)
        for name in ("estimate", "low", "high", "true_effect", "own_effect", "sd_between", "n_drawn")
    )
    n = len(group)
    bias = estimate - true
    half = _spread(bias) * (stdtrit(n - 1, (1 + CONFIDENCE) / 2) / np.sqrt(n) if n > 1 else 1.0)
    error = _spread((low + high) / 2 - own)
    found, covered = ((low > 0) | (high < 0)).sum(), ((low <= own) & (own <= high)).sum()
    needed = draws_needed(error, float(own.mean()))
    found_low, found_high = wilson(int(found), n)
    coverage_low, coverage_high = wilson(int(covered), n)
    ends = np.quantile(estimate, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return {
        "n_worlds": n, "n_drawn": float(n_drawn.mean()), "true_effect": float(true.mean()),
        "own_effect": float(own.mean()), "estimate": float(estimate.mean()), "estimate_low": float(ends[0]),
        "estimate_high": float(ends[1]), "bias": float(bias.mean()), "bias_low": float(bias.mean() - half),
        "bias_high": float(bias.mean() + half), "sd_error": error,
        "stated_error": float((high - low).mean() / 2 / STATED_QUANTILE), "found": found / n,
        "found_low": found_low, "found_high": found_high, "coverage": covered / n,
        "coverage_low": coverage_low, "coverage_high": coverage_high,
        "minimum_detectable_effect": DETECTABLE * error, "sd_between": float(between.mean()),
        "draws_needed": rounded(needed), "municipalities_needed": rounded(needed * float(n_drawn.mean())),
    }  # fmt: skip


def _spread(values: Floats) -> float:
    return float(values.std(ddof=1)) if len(values) >= LEAST_FOR_SPREAD else float("nan")


def draws_needed(error: float, effect: float) -> float:
    """Draws like the one evaluated that show an effect with 80 % chance at 5 %, if errors of different draws are unrelated.

    (2.80 error / effect)^2, rounded up: the error of a mean falls with the root of the number of draws.

    >>> draws_needed(0.1, 0.28)
    2.0
    """
    if effect == 0 or not np.isfinite(error):
        return float("nan")
    return float(max(np.ceil((DETECTABLE * error / effect) ** 2), 1.0))


def rounded(value: float) -> float:
    """A number to two significant digits, whole: what is extrapolated so far is not known better.

    >>> rounded(565_582.0), rounded(7.0), rounded(126.0)
    (570000.0, 7.0, 130.0)
    """
    if not np.isfinite(value) or value < TEN:
        return value
    step = 10.0 ** (np.floor(np.log10(value)) - 1)
    return float(np.round(value / step) * step)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's interval of a share; both ends NaN without trials.

    >>> [round(end, 3) for end in wilson(5, 10)]
    [0.269, 0.731]
    """
    if n == 0:
        return float("nan"), float("nan")
    z2 = float(ndtri((1 + CONFIDENCE) / 2)) ** 2
    share = successes / n
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * (share * (1 - share) / n + z2 / (2 * n) ** 2)) / (1 + z2 / n)
    return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))


def power(estimates: pd.DataFrame, seed: int) -> pd.DataFrame:
    """How often an effect of a given size would be found, by number of draws put together; the table `power`.

    The worlds without an effect are taken, and the effect is added to the figures of the drawn. All estimators are
    linear in the figures and choose nothing by them, so that adding it to the estimate is the same. Estimates are put together
    by their plain mean. A bias that is there without an effect is there with it too.
    """
    chosen = estimates[(estimates["scenario"] == NONE) & estimates["estimate"].notna()]
    rows = []
    for (estimator, outcome, years), group in chosen.groupby(KEYS[1:], sort=False, observed=True):
        low, high = (group[name].to_numpy(dtype=np.float64) for name in ("low", "high"))
        between, n_drawn = float(group["sd_between"].mean()), float(group["n_drawn"].mean())
        for pooled in POOLED:
            middle, half = grouped((low + high) / 2, (high - low) / 2, pooled, seed)
            for effect_sd in EFFECTS_SD:
                effect = 0.0 - effect_sd * between
                found = (np.abs(middle + effect) > half).mean(axis=1)
                ends = np.quantile(found[1:], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
                rows.append({
                    "estimator": estimator, "outcome": outcome, "years_after": years, "effect_sd": effect_sd,
                    "effect": effect, "n_draws": pooled, "n_drawn": pooled * n_drawn, "found": found[0],
                    "found_low": min(ends[0], found[0]), "found_high": max(ends[1], found[0]),
                })  # fmt: skip
    return pd.DataFrame(rows, columns=SCHEMAS[POWER].names)


def grouped(middle: Floats, half: Floats, pooled: int, seed: int) -> tuple[Floats, Floats]:
    """Means of estimates put together, and the half widths of their intervals, in many groups of worlds.

    Parameters
    ----------
    middle, half : array of float, shape (worlds,)
    pooled : int
        Worlds in a group, taken with replacement; with one, each world is a group.

    Returns
    -------
    two arrays of float, shape (1 + RESAMPLES, groups)
        The first row from the worlds as they are, the others from resamples of them.
    """
    n = len(middle)
    streams = Streams(seed)
    outer = np.floor(streams.uniform("world taken in a resample", 0, np.arange(RESAMPLES), per=n) * n)
    kept = np.vstack([np.arange(n), outer.astype(np.int64)])
    if pooled == 1:
        return middle[kept], half[kept]
    inner = streams.uniform("world put together with others", pooled, np.arange(GROUPS), per=pooled) * n
    chosen = np.floor(inner).astype(np.int64)
    # Resamples get fewer groups; all rows are brought to one length by repeating.
    places = np.stack([_within(row, chosen, first=k == 0) for k, row in enumerate(kept)])
    return middle[places].mean(axis=2), np.sqrt((half[places] ** 2).sum(axis=2)) / pooled


def _within(row: Ints, chosen: Ints, *, first: bool) -> Ints:
    """The worlds of each group, shape (GROUPS, pooled)."""
    used = chosen if first else np.tile(chosen[:GROUPS_IN_EACH], (GROUPS // GROUPS_IN_EACH, 1))
    return row[used]
