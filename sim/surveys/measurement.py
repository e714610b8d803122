"""From what is so to what is answered: an ordered model of five-step answers, as pure functions of arrays.

A respondent sees the quantity asked about on the logit scale, higher or lower by role, with a noise of its own; where that
lies among the thresholds gives the step from 1 ("not at all") to 5 ("to a very large degree"). What is reported is the
share in the top two steps among those who have an opinion, as the evaluation does [AFI-rapport 2026:02, 2.1.1].
"""

from __future__ import annotations

import numpy as np
from scipy.special import logit

from sim.arrays import Bools, Floats, Ints

TOP_TWO_FROM, TOP = 4, 5
"""Lowest of the top two of the five steps, and the top one."""


def seen(latent: Floats, floor: float) -> Floats:
    """Quantities in [0, 1] on the logit scale, same shape; cut off at `floor` from either end so that they stay finite."""
    return np.asarray(logit(np.minimum(np.maximum(latent, floor), 1 - floor)))


def noise(leaning: Floats, own: Floats, person_sd: float, leaning_share: float) -> Floats:
    """What sets a person's answers apart, shape (persons, statements).

    Parameters
    ----------
    leaning : array, shape (persons,)
        Standard normals that are the same in all of a person's answers.
    own : array, shape (persons, statements)
        Standard normals of each answer.
    leaning_share : float
        Share of the variance that is leaning.
    """
    mixed = np.sqrt(leaning_share) * leaning[:, None] + np.sqrt(1 - leaning_share) * own
    return np.asarray(person_sd * mixed)


def steps(answer: Floats, thresholds: tuple[float, ...]) -> Ints:
    """The step, from 1 on, that each answer lies in, same shape; `thresholds` part one step from the next."""
    return np.asarray(np.searchsorted(np.array(thresholds), answer, side="right") + 1)


def agreeing(step: Ints, least: int = TOP_TWO_FROM) -> Bools:
    """Which answers count as agreeing, same shape: those on the step `least` or above."""
    return np.asarray(step >= least)
