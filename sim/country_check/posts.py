"""Figures of municipalities' teaching posts: how they swing, and how many pupils there are for each."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.country_check.results import classes

SIZES = {"0": 0, "2000": 2_000, "5000": 5_000, "15000": 15_000}
"""Classes of municipalities: inhabitants from which each begins."""

SWINGS = {"": 1, "_over_2": 2, "_over_4": 4}
LAGS = (1, 2, 3, 4)


def posts_figures(posts: Floats, pupils: Floats, n_schools: Ints, population: Floats) -> dict[str, float]:
    """Figures of teaching posts.

    Parameters
    ----------
    posts, pupils : array, shape (years, municipalities)
        One of each, or more.
    n_schools, population : array, shape (municipalities,)
    """
    found: dict[str, float] = {}
    for ending, years in SWINGS.items():
        change = np.log(posts[years:] / posts[:-years])
        for name, inside in classes(SIZES, population):
            found[f"posts_change_{name}{ending}"] = float(change[:, inside].std()) if inside.any() else np.nan
    per_post, size = np.log(pupils / posts), np.log(population)
    slope, intercept = np.polyfit(size, per_post[-1], 1)
    freed = np.stack([year - np.polyval(np.polyfit(size, year, 1), size) for year in per_post])
    found |= {
        "pupils_per_post_slope": float(slope),
        "pupils_per_post_sd": float((per_post[-1] - slope * size - intercept).std(ddof=2)),
        "pupils_per_post_population": float(np.corrcoef(size, per_post[-1])[0, 1]),
    }
    for lag in LAGS:
        found[f"pupils_per_post_lag_{lag}"] = float(
            np.corrcoef(freed[lag:].ravel(), freed[:-lag].ravel())[0, 1]
        )
    weight = 1 / np.sqrt(pupils[-1])  # least squares with weight 1/pupils, as published
    own, each = np.linalg.lstsq(
        np.column_stack([n_schools, pupils[-1]]) * weight[:, None], posts[-1] * weight
    )[0]
    return {**found, "posts_of_a_school_in_pupils": float(own / each)}
