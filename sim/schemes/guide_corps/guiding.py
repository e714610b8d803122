"""The guide corps at work: owners seek it of their own will, guides come to some schools, principals learn most.

No draw and no stigma: that is what sets it apart from follow-up. It reaches those who ask.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import weighted_mean_by
from sim.processes.load import add_load, done_share
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.guide_corps.parameters import GuideCorps
from sim.schemes.guide_corps.state import GuidedOwners, GuidedSchools
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def invite(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: owners who seek guidance get it as far as places go, those of weakest results first; and it asks its time."""
    a, g, owners, schools = p[GuideCorps], state[GuidedOwners], state[Municipalities], state[Schools]
    if not (a.active or g.years_left.any()):
        return
    if a.active and state.now.season is Season.AUTUMN:
        size = schools.cohort_size
        level = weighted_mean_by(schools.municipality, schools.intake, size, len(owners))
        seeks = draw.happens("owner seeks guides of the corps", owners.id, chance_to_seek(level, a))
        waiting = np.flatnonzero(seeks & (g.years_left == 0))
        chosen = waiting[np.argsort(level[waiting], kind="stable")[: round(a.places * p[Scope].scale)]]
        g.years_left[chosen] = a.years
        g.had_guides[chosen] = True
        new = np.isin(schools.municipality, chosen)
        picked = draw.uniform("school guided by the corps", schools.id) < a.schools_share
        state[GuidedSchools].guided[new] = picked[new]
    add_load(owners, np.where(g.years_left > 0, a.asked_fte, 0.0))


def chance_to_seek(level: Floats, a: GuideCorps) -> Floats:
    """Chance that an owner seeks guidance in a year, in [0, 1], shape (owners,); `level` in scale points from the nation's."""
    return np.clip(a.seeks_chance * (1 - a.weak_seeks * level), 0, 1)


def guide(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of guidance: principals learn to lead development, the owner a little, as far as the load lets them."""
    a, g, owners, schools = p[GuideCorps], state[GuidedOwners], state[Municipalities], state[Schools]
    here = g.years_left > 0
    if not here.any():
        return
    works = here * done_share(owners.load) * (1 - p[Pandemic].share_lost)
    owners.competence += a.owner_learns / 2 * works * (1 - owners.competence)
    led = works[schools.municipality] * state[GuidedSchools].guided
    schools.leadership += a.leader_learns / 2 * led * (1 - schools.leadership)
    g.years_left[:] = np.maximum(g.years_left - 1 / 2, 0)
    state[GuidedSchools].guided &= (g.years_left > 0)[schools.municipality]


INVITE = Process(
    "guide_corps.ask",
    invite,
    "Who has guides must be clear before anything is planned.",
    "Dyrkorn et al. 2013",
)
GUIDE = Process(
    "guide_corps.guide",
    guide,
    "Guides come to those who asked for them.",
    "Dyrkorn et al. 2013",
)
