"""The contrasts themselves, by scheme: what the sources say, as data."""

from __future__ import annotations

from functools import cache

from sim.claims_check.contrast import Contrast
from sim.claims_check.declared import decentralised, follow_up, over_time, system_2026, vocational


@cache
def contrasts() -> tuple[Contrast, ...]:
    """All of them, in the order of the schemes."""
    return (
        *decentralised.CONTRASTS,
        *follow_up.CONTRASTS,
        *vocational.CONTRASTS,
        *system_2026.CONTRASTS,
        *over_time.CONTRASTS,
    )
