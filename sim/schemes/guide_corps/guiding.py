"""The guide corps at work: owners seek it of their own will, guides come to some schools, principals learn most.

No draw and no stigma: that is what sets it apart from follow-up. It reaches those who ask. When follow-up came,
about half of those drawn in its first two years chose the corps as the provider of their measures [AFI-rapport 2021:09, 1.2
and note 5]; these it guides for as long as the measures last. Without a corps there is no guidance.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Bools, Floats
from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import weighted_mean_by
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.guide_corps.parameters import GuideCorps
from sim.schemes.guide_corps.state import GuidedOwners, GuidedSchools
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def invite(state: State, p: Parameters, draw: Draws) -> None:
    """Who has guides from now on, and what they ask and cost.

    Owners who begin with measures for which they want the corps get it. In autumn owners who seek guidance get it as far as
    places go, those of weakest results first. Where there is no corps, guidance is over.
    """
    a, g, owners = p[GuideCorps], state[GuidedOwners], state[Municipalities]
    if not a.active:
        g.years_left[:], owners.corps_years[:], state[GuidedSchools].guided[:] = 0, 0, False
    years = owners.corps_years.copy()
    if a.active and state.now.season is Season.AUTUMN:
        schools, n = state[Schools], len(g)
        level = weighted_mean_by(schools.municipality, schools.intake, schools.cohort_size, n)
        wanting = np.empty(n, dtype=np.bool_)
        seek(state, p, draw, level=level, wanting=wanting)
        waiting = np.flatnonzero(wanting)
        places = round(a.places * p[Scope].scale)
        years[waiting[np.argsort(level[waiting], kind="stable")[:places]]] = a.years
    if np.count_nonzero(years):
        let_in(state, p, draw, years=years)
    if np.count_nonzero(g.years_left) or np.count_nonzero(owners.corps_nok):
        ask(state, p)


@rule
def seek(
    g: GuidedOwners,
    owners: Municipalities,
    a: GuideCorps,
    seeks: Annotated[Luck, "owner seeks guides of the corps"],
    level: Floats,
    wanting: Bools,
) -> None:
    """Marks which owners seek guidance, by their schools' mean level; not those who are guided or will be by way of measures."""
    for o in range(len(g)):
        free = g.years_left[o] == 0 and owners.corps_years[o] == 0
        wanting[o] = free and seeks.uniform(owners.id[o]) < chance_to_seek(level[o], a)


@formula
def chance_to_seek(level: float, a: GuideCorps) -> float:
    """Chance that an owner seeks guidance in a year, in [0, 1]; `level` in scale points from the nation's."""
    return share_of(a.seeks_chance * (1 - a.weak_seeks * level))


@rule
def let_in(
    g: GuidedOwners,
    gs: GuidedSchools,
    schools: Schools,
    a: GuideCorps,
    guided: Annotated[Luck, "school guided by the corps"],
    years: Floats,
) -> None:
    """Guides are settled for new owners, for so many `years` each, and for some of their schools."""
    for o in range(len(g)):
        if years[o] > 0:
            g.years_left[o], g.had_guides[o] = years[o], True
    for s in range(len(schools)):
        if years[schools.municipality[s]] > 0:
            gs.guided[s] = guided.uniform(schools.id[s]) < a.schools_share


@rule
def ask(g: GuidedOwners, owners: Municipalities, a: GuideCorps) -> None:
    """What guidance asks of the owners that have it, and what it costs."""
    for o in range(len(g)):
        owners.corps_nok[o] = 0.0
        if g.years_left[o] > 0:
            owners.load[o] += a.asked_fte / owners.capacity_fte[o]
            owners.corps_nok[o] = a.guide_nok / 2


def guide(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of guidance, where there is any."""
    if np.count_nonzero(state[GuidedOwners].years_left):
        learn(state, p)


@rule
def learn(
    g: GuidedOwners,
    gs: GuidedSchools,
    owners: Municipalities,
    schools: Schools,
    a: GuideCorps,
    pandemic: Pandemic,
) -> None:
    """Principals learn to lead development, the owner a little, as far as the load lets them; then half a year is over."""
    for s in range(len(schools)):
        o = schools.municipality[s]
        if gs.guided[s] and g.years_left[o] > 0:
            done = (1 - pandemic.share_lost) / max(owners.load[o], 1.0)
            schools.leadership[s] += a.leader_learns / 2 * done * (1 - schools.leadership[s])
    for o in range(len(g)):
        if g.years_left[o] > 0:
            done = (1 - pandemic.share_lost) / max(owners.load[o], 1.0)
            owners.competence[o] += a.owner_learns / 2 * done * (1 - owners.competence[o])
            g.years_left[o] = max(g.years_left[o] - 1 / 2, 0.0)
    for s in range(len(schools)):
        gs.guided[s] = gs.guided[s] and g.years_left[schools.municipality[s]] > 0
        schools.in_project[s] |= gs.guided[s]


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
