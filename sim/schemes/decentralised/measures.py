"""Measures in schools begin: who gets one, how many teachers it reaches, and how well it fits [D6, D9, D10, D12]."""

from __future__ import annotations

from typing import Annotated

from sim.half_year import Season
from sim.parameters.load import Curriculum, Load
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import (
    Collective,
    HandingOver,
    Measure,
    Needs,
    Partners,
    Politicians,
    Themes,
    Voices,
)
from sim.schemes.decentralised.collective import blended, joining
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import regime_of
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Logic,
    Ties,
)
from sim.schemes.decentralised.themes import kept_fit, needed
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import NUMERACY_OWN, Schools

KIND = 3  # place of the number that decides on the kind of project
LEAST = 1e-9  # share of a staff that is not divided by when nobody takes part


@rule
def ask(
    owners: Municipalities,
    schools: Schools,
    dec: DecentralisedOwners,
    levers: Decentralised,
    a: Measure,
    voices: Voices,
    needs: Needs,
    partners: Partners,
    h: HandingOver,
    work: Load,
) -> None:
    """The scheme asks its share of the owners' time, whatever their size [D12], and more where schools are to be heard or
    partnerships to be shown.

    Support with analyses asks for hours of UH.
    """
    per_school = voices.asked_fte_per_school * (levers.direct_involvement + levers.leaders_at_table)
    for s in range(len(schools)):
        o = schools.municipality[s]
        owners.load[o] += levers.active * per_school / owners.capacity_fte[o]
    in_forum, alone = regime_of(levers, False, h), regime_of(levers, True, h)
    to_be_shown = levers.conditional_share * partners.reward_hours / work.hours_per_man_year
    for o in range(len(owners)):
        owners.analysis_hours[o] += levers.active * levers.analysis_support * needs.support_hours
        asked = a.asked_fte * (1 - a.pause_saves * dec.paused[o])
        asked += to_be_shown * (alone if dec.handed_over[o] else in_forum)[Logic.NETWORK]
        owners.load[o] += levers.active * asked / owners.capacity_fte[o]


def plan(state: State, p: Parameters, draw: Draws) -> None:
    """Measures come to their end; in autumn idle schools begin new ones, as far as the owner's effort and money go."""
    end(state, p)
    if state.now.season is Season.AUTUMN:
        begin(state, p, draw)


@rule
def end(ds: DecentralisedSchools) -> None:
    """Half a year is over; measures that have lasted as long as they were to end."""
    for s in range(len(ds)):
        ds.years_left[s] = max(ds.years_left[s] - 1 / 2, 0.0)
        ds.in_measure[s] &= ds.years_left[s] > 0


@rule
def begin(
    ds: DecentralisedSchools,
    schools: Schools,
    owners: Municipalities,
    dec: DecentralisedOwners,
    ties: Ties,
    counties: CountyForums,
    forums: Forums,
    uh: DecentralisedUH,
    levers: Decentralised,
    a: Measure,
    groups: Collective,
    partners: Partners,
    council: Politicians,
    h: HandingOver,
    themes: Themes,
    curriculum: Curriculum,
    luck: Annotated[Luck, "a school's next measure", 4],
    about: Annotated[Luck, "what a school's next measure is about"],
) -> None:
    """Idle schools begin measures: theme and reach, fit, resource teacher, seed project or not [D9, D10].

    Owners that have too much to carry pause [D12]. A measure fits less where UH has nobody for its theme [D7].

    Of each school's four numbers the first decides whether it begins, the others on theme, resource teacher and kind of project.
    """
    in_network = a.plan_weight * regime_of(levers, False, h)[Logic.NETWORK]
    new_curriculum = curriculum.asked_fte_per_school > 0
    for o in range(len(owners)):
        dec.paused[o] = owners.load[o] >= a.pauses_at
    for s in range(len(ds)):
        o = schools.municipality[s]
        if ds.in_measure[s] or dec.grant_nok[o] == 0 or dec.paused[o]:
            continue
        if luck.uniform(schools.id[s], 0) >= a.start_share * dec.effort[o]:
            continue
        ds.in_measure[s] = True
        ds.years_left[s] = levers.measure_years
        ds.stalled[s] = False
        ds.seed[s] = luck.uniform(schools.id[s], KIND) < levers.seed_grant_share
        ds.general[s] = luck.uniform(schools.id[s], 1) < a.general_share and not ds.seed[s]
        ds.resource_teacher[s] = luck.uniform(schools.id[s], 2) < levers.resource_teachers
        coverage = covered(ds.general[s], ds.seed[s], a)
        more = joining(coverage, schools.n_teachers[s], levers.flexible_collective, groups)
        ds.coverage[s] = coverage + more
        ds.across[s] = more / max(coverage + more, LEAST)
        forum = counties.forum[owners.county[o]]
        planned = 0.0 if dec.handed_over[o] else in_network
        kept = followed(ties.tailored[o], planned, forums.plan[forum], owners.backing[o], partners, council)
        own = measure_fit(dec.hit[o], kept, ds.general[s], ds.seed[s], a)
        elsewhere = measure_fit(dec.hit[o], kept, False, False, a)
        ds.theme[s] = needed(
            schools.grade_level[s, NUMERACY_OWN], new_curriculum, about.uniform(schools.id[s]), themes
        )
        here = kept_fit(uh.offers[ties.uh_unit[o], ds.theme[s]], themes)
        ds.fit[s] = here * blended(own, elsewhere, ds.across[s]) * still_needed(ds.routine[s], a)
        ds.stage[s] = umbrella(ds.led[s], a) * max(ds.stage[s], schools.momentum[s])


@formula
def covered(general: bool, seed: bool, a: Measure) -> float:
    """Share of the staff that a measure takes along: most by a general theme, fewest by a project of their own."""
    return a.coverage_general if general else a.coverage_seed if seed else a.coverage_subject


@formula
def umbrella(led: float, a: Measure) -> float:
    """Part of the stage reached in the last measure that the next one builds on, in [0, 1].

    Keeping to one theme over years takes somebody who leads the process [D6].
    """
    return share_of(a.head_start * led / a.usual_process)


@formula
def followed(
    tailored: float, planned: float, plan: float, backing: float, partners: Partners, council: Politicians
) -> float:
    """How far the analysis is followed in what an owner gets, around one.

    Packages keep only part of it; in a network the forum's plan strengthens or weakens it by as much as is `planned`, a middling
    one neither; a council that is involved sets part of it aside.
    """
    kept = tailored + (1 - tailored) * partners.package_fit
    return kept * (1 + planned * (2 * plan - 1)) * (1 - council.sways * backing)


@formula
def measure_fit(hit: float, followed: float, general: bool, seed: bool, a: Measure) -> float:
    """How well a measure fits a school's needs, in [0, 1]: the analysis, as far as it is followed.

    A general theme fits each teacher less. Teachers who drive a project of their own need nobody to follow the analysis.
    """
    own = max(followed, 1.0) if seed else followed
    return share_of(hit * own * (a.general_fit if general else 1.0))


@formula
def still_needed(routine: float, a: Measure) -> float:
    """Part of a measure's fit, in [0, 1], that what earlier ones made routine leaves: what is left to do is more particular."""
    return 1 - a.needs_met * routine


ASK = Process(
    "decentralised.ask", ask, "The scheme asks its share of owners' time.", "AFI-rapport 2026:02, 3.6 [D12]"
)
PLAN = Process(
    "decentralised.measures.plan",
    plan,
    "With the money known, schools begin measures.",
    "AFI-rapport 2026:02, 2.3.2.3 [D9, D10]",
)
