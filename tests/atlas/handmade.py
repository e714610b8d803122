"""A kept atlas made by hand: three designs, four worlds, a few outcomes whose differences are worked out on paper."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from sim.atlas.kept import KeptAtlas, write_figures
from sim.atlas.playing import GROUPS, Means, places
from sim.declared import OUTCOMES

KEYS = ("practice", "owner_load", "money_nok", "grant_nok", "own_nok", "hours", "pupils_reached", "hit_rate")
LUCK = (0.0, 0.1, -0.1, 0.05)
PUPILS = 1000.0
OWN_EFFECT = 0.1  # of follow-up on practice


def means(
    world: int, gains: dict[str, dict[str, float]], of_smallest: dict[str, float], shift: float
) -> Means:
    """A world's means: what no design changes, and what each adds to it for everybody, and to the smallest besides.

    The first design is played without follow-up too, which brings it a tenth of practice. It lasts two years, the second after
    the parting, and autumns are 0.2 above springs.
    """
    outcomes = {outcome.key: outcome for outcome in OUTCOMES}
    usual = {"practice": 1.0, "owner_load": 0.5, "money_nok": 10e6, "grant_nok": 5e6, "own_nok": 2e6, "hours": 17_000.0,
             "pupils_reached": 500.0, "hit_rate": 0.5}  # fmt: skip
    values = np.full((len(gains), len(KEYS), len(places())), np.nan)
    for d, (design, gain) in enumerate(gains.items()):
        for m, key in enumerate(KEYS):
            wiggle = (
                0.001 * usual[key] * d * LUCK[world]
            )  # so that differences are not the same in all worlds
            values[d, m] = usual[key] * (1 + LUCK[world]) + gain.get(key, 0.0) + wiggle
            if key == "practice":
                values[d, m, GROUPS.index("smallest")] += of_smallest.get(design, 0.0)
            if outcomes[key].gather.name == "NATION":
                values[d, m, 1:] = np.nan
    everyone, without = values[:, :, GROUPS.index("all")], np.full_like(values, np.nan)
    without[0] = values[0]
    without[0, KEYS.index("practice")] -= OWN_EFFECT
    picked = np.array([[everyone[0] - shift, own, without[0, :, 0] - shift] for own in everyone[1:]])
    picked[:, :, [outcomes[key].gather.name == "NATION" for key in KEYS]] = np.nan
    since = everyone[:, None] + np.array([-0.1, 0.1])[:, None]
    sizes = np.full(len(places()), PUPILS), np.full(len(places()), 20.0)
    return Means(values, picked, without, since[0], since, *sizes)


def handmade(
    folder: Path,
    gains: dict[str, dict[str, float]],
    of_smallest: dict[str, float] | None = None,
    shift: float = 0.0,
) -> KeptAtlas:
    """The atlas of designs that add so much to some outcomes; the first is the baseline.

    Parameters
    ----------
    shift : float
        How much lower the first design's figures are among those picked by either of two.
    """
    outcomes = {outcome.key: outcome for outcome in OUTCOMES}
    folder.mkdir(exist_ok=True)
    write_figures(folder, [means(world, gains, of_smallest or {}, shift) for world in range(len(LUCK))])
    measures = [
        {
            "key": key, "unit": outcomes[key].unit, "better": outcomes[key].better,
            "smallest": asdict(smallest) if (smallest := outcomes[key].smallest) else None,
        }
        for key in KEYS
    ]  # fmt: skip
    levers = {"follow_up.active": [[2005, True]]}
    designs = [
        {
            "key": key, "title": {"nb": key.upper(), "en": key.upper()}, "digest": key,
            "levers": levers if place == 0 else {"follow_up.draw.years": [[2005, place]]},
        }
        for place, key in enumerate(gains)
    ]  # fmt: skip
    manifest = {
        "designs": designs, "outcomes": measures, "worlds": len(LUCK), "scale": 1.0, "seed": 1, "code": {"version": "1"},
        "pairs": [(next(iter(gains)), key) for key in [*gains][1:]],
        "years": {"start": 2025, "parting": 2026, "end": 2026}, "parameters": {"drawn_from": "priors"}, "model_sha256": "",
        "run": {"started": "2026-11-30T02:00:00+00:00"},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return KeptAtlas(folder)
