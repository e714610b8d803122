"""Worlds that the model can't be: what its respondents and registers answer, changed as another model would have it.

Each is wrong in a way that priors do not allow for, and the check of the fit must say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.special import expit, logit

from sim.calibration.targets import COUNT, Likelihood, Target
from sim.surveys.items import REGISTRY

SWING = 1.5
"""Logits by which what is asked twice falls from one wave to the next, where time runs otherwise than in the model."""
_NOBODY = 1e-3
_OWN_RATE: Mapping[str, str] = {
    "risk_share_highest_drawn": "national_risk_share",
    "risk_share_lowest_drawn": "national_risk_share",
    "disability_average": "disability_other",
    "low_education_average": "education_low_other",
}
"""Figures of the drawn, and those of the whole country that they would have if lots were drawn."""
_EVEN = ("ratio_tests_average", "ratio_leaving_points_average", "ratio_environment_average")
_LOTS = ("top40_drawn", "fewer_points_among_drawn")

Wrong = Callable[[Sequence[Target]], tuple[Target, ...]]


def swapped_groups(reported: Sequence[Target]) -> tuple[Target, ...]:
    """Of the groups that were asked alike in the same wave the one that agrees most answers as the one that agrees least, and so
    on; gaps between groups turn round.
    """
    found = {t.id: _at(t, -t.value) if t.likelihood is Likelihood.NORMAL else t for t in reported}
    asked: dict[tuple[str, str], list[Target]] = {}
    for t in reported:
        if t.likelihood is Likelihood.BINOMIAL and t.respondents != REGISTRY:
            asked.setdefault((_item(t), t.wave), []).append(t)
    for some in asked.values():
        ordered = sorted(some, key=_share)
        for one, other in zip(ordered, reversed(ordered), strict=True):
            found[one.id] = _moved(one, _share(other))
    return tuple(found[t.id] for t in reported)


def draw_by_lot(reported: Sequence[Target]) -> tuple[Target, ...]:
    """A mechanism is missing: figures play no part in who is drawn, who then are like all others."""
    value = {t.id: t.value for t in reported}
    drawn = 0.1  # about 40 of 422 municipalities
    found = []
    for t in reported:
        if t.id in _OWN_RATE and _OWN_RATE[t.id] in value:
            found.append(_at(t, value[_OWN_RATE[t.id]]))
        elif t.id in _EVEN:
            found.append(_at(t, 1.0))
        else:
            found.append(_moved(t, drawn) if t.id in _LOTS else t)
    return tuple(found)


def wrong_course(reported: Sequence[Target]) -> tuple[Target, ...]:
    """Time runs otherwise: whatever is asked in two waves is answered worse in the later one, by `SWING`, and alike in none."""
    series: dict[str, list[Target]] = {}
    for t in reported:
        if t.likelihood is Likelihood.BINOMIAL:
            series.setdefault(t.series, []).append(t)
    late = {max(some, key=lambda t: t.wave).id for some in series.values() if len({t.wave for t in some}) > 1}
    return tuple(_moved(t, float(expit(_logit(t) - SWING))) if t.id in late else t for t in reported)


WRONG: Mapping[str, Wrong] = {
    "swapped_groups": swapped_groups,
    "missing_mechanism": draw_by_lot,
    "wrong_time_course": wrong_course,
}


def _item(t: Target) -> str:
    """What was asked, whoever answers: the series without its last word."""
    return t.series.rpartition("_")[0]


def _share(t: Target) -> float:
    return t.value * t.of_all


def _logit(t: Target) -> float:
    return float(logit(np.clip(_share(t), _NOBODY, 1 - _NOBODY)))


def _moved(t: Target, share: float) -> Target:
    """A figure of persons at another share, with the width of its own wording."""
    value = round(share * (t.n or 1)) if t.unit == COUNT else share
    return replace(t, value=value, low=value - (t.value - t.low), high=value + (t.high - t.value))


def _at(t: Target, value: float) -> Target:
    """An amount at another value, with the width of its wording in proportion."""
    if t.likelihood is Likelihood.BINOMIAL:
        return _moved(t, value)
    low, high = sorted((t.low * value / t.value, t.high * value / t.value))
    return replace(t, value=value, low=low, high=high)
