"""Contrasts of the product played with the values declared, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sim.arrays import Floats
from sim.claims_check.contrast import Contrast
from sim.claims_check.declared import contrasts
from sim.claims_check.playing import Job, by_frame, play
from sim.model import SchemeModel


def named(*says: str) -> list[Contrast]:
    """Contrasts by their words."""
    known = {contrast.says: contrast for contrast in contrasts()}
    return [known[one] for one in says]


def differences(wanted: Sequence[Contrast], worlds: Iterable[int], scale: float = 1.0) -> dict[str, Floats]:
    """By the words of each contrast how far the side on which it should be more lies above the other, shape (worlds,)."""
    found: dict[str, list[float]] = {contrast.says: [] for contrast in wanted}
    for world in worlds:
        for mine in by_frame(wanted):
            pairs = play(Job(world, 11, {}, mine, SchemeModel, scale))
            for contrast, (less, more) in zip(mine, pairs, strict=True):
                found[contrast.says].append(more - less)
    return {says: np.array(values) for says, values in found.items()}
