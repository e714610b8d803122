"""Themes: what a school's measure is about, and whether its UH unit has people for it.

Schools whose reading lies behind need reading; while a new curriculum is taken into use, the others need that; else it is chance.
"""

from __future__ import annotations

from typing import Annotated

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import Themes
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import THEMES, DecentralisedUH, Theme
from sim.state import State
from sim.state.places import UHUnits


def staff(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: units find people for themes, and lose some."""
    if state.now.season is Season.AUTUMN:
        find_people(state, p, draw)


@rule
def find_people(
    units: UHUnits,
    uh: DecentralisedUH,
    levers: Decentralised,
    a: Themes,
    luck: Annotated[Luck, "a UH unit finds or loses people for a theme", 5],
) -> None:
    """Who can count on money for several years hires for what is missing."""
    finds = levers.active * levers.multi_year * a.found
    for unit in range(len(units)):
        for theme in range(THEMES):
            u = luck.uniform(units.id[unit], theme)
            uh.offers[unit, theme] = u >= a.lost if uh.offers[unit, theme] else u < finds


@formula
def needed(reading_behind: float, new_curriculum: bool, u: float, a: Themes) -> int:
    """What a school's measure is about, as a code of `Theme`; `u` in (0, 1) is luck."""
    if reading_behind > a.reading_behind:
        return int(Theme.READING)
    if new_curriculum:
        return int(Theme.CURRICULUM)
    return int(u * THEMES)


@formula
def kept_fit(offered: bool, a: Themes) -> float:
    """Part of a measure's fit that is kept where the UH unit has people for its theme, or has not."""
    return 1.0 if offered else a.missed


PROCESS = Process(
    "decentralised.themes",
    staff,
    "What UH has people for is known before schools begin measures.",
    "AFI-rapport 2026:02, 2.3.1, 2.3.2.3 [D7]",
)
