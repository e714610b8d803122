"""Implementation (gjennomføringsfase): a provider works with the schools, and what is learned has to survive changes of staff."""

from __future__ import annotations

from functools import lru_cache
from math import exp
from typing import Annotated

import numpy as np

from sim.parameters.classroom import Classroom
from sim.parameters.implementing import Implementing
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.implementing import s_curve
from sim.processes.practice import taken_in
from sim.processes.process import Process
from sim.processes.shares import joined, share_of
from sim.processes.turnover import kept_by_office
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up.afterwards import kept_up
from sim.schemes.follow_up.assumptions import Acceptance, Governors, Implementation, Prephase, Will, YearWheel
from sim.schemes.follow_up.control import woken
from sim.schemes.follow_up.governors import prephase_length
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.phases import BEGINNERS, NOBODY, found_in
from sim.schemes.follow_up.prephase import for_owner, kept_through_changes, usable_share
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase, Provider, Track
from sim.schemes.follow_up.year_wheel import growth
from sim.state import State
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Schools

_curve = lru_cache(maxsize=16)(s_curve)  # the same from year to year


def carry_out(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of implementation in every municipality that is in it."""
    found = found_in(state, None, phase=Phase.IMPLEMENTATION)
    if found == NOBODY:
        return
    if found == BEGINNERS:
        begin(state, p, draw)
    move_on(state, p, draw)
    slope, nothing = _curve(p[Implementing].midpoint_years, p[Implementing].width_years)
    reach_schools(state, p, slope=slope, nothing=nothing)


@rule
def begin(
    f: FollowUpOwners,
    fs: FollowUpSchools,
    owners: Municipalities,
    schools: Schools,
    units: UHUnits,
    levers: FollowUp,
    pre: Prephase,
    g: Governors,
    imp: Implementation,
    turnover: Turnover,
    chosen: Annotated[Luck, "provider and guide kept", 2],
) -> None:
    """The application is decided: measures, provider, and whether a guide stays on [F4]; those who came this summer do not know
    all that was found out [F6].
    """
    n_schools, changed = np.zeros(len(f)), np.zeros(len(f))
    for s in range(len(schools)):
        n_schools[schools.municipality[s]] += 1
        changed[schools.municipality[s]] += schools.new_principal[s]
    for o in range(len(f)):
        if not begins(f.phase[o], f.half_years[o]):
            continue
        kind = chosen.uniform(owners.id[o], 0)
        f.provider[o], f.provider_quality[o] = Provider.OTHER, imp.other_quality
        if kind < imp.provider_uh:
            f.provider[o], f.provider_quality[o] = Provider.UH, units.quality[owners.uh_unit[o]]
        elif kind < imp.provider_uh + imp.provider_private:
            f.provider[o] = Provider.PRIVATE
        if owners.corps_years[o] > 0:
            f.provider[o], f.provider_quality[o] = Provider.CORPS, imp.other_quality
            owners.corps_years[o] = 0.0
        f.guide_kept[o] = f.guided[o] and chosen.uniform(owners.id[o], 1) < levers.keep_guide_chance
        by_deadline = usable_share(levers, pre)
        if not f.guided[o]:
            f.analysis[o] = pre.own_analysis * owners.competence[o]
            f.anchoring[o] = 0.0
            f.sideways[o] = 0.0
            by_deadline = 1.0
        else:
            by_office = kept_by_office(owners.capacity_fte[o], owners.continuity[o], turnover.head_memory_fte)
            new = changed[o] / max(n_schools[o], 1.0)
            f.analysis[o] *= kept_through_changes(owners.new_head[o], by_office, 0.0, pre)
            f.anchoring[o] *= kept_through_changes(owners.new_head[o], by_office, new, pre)
        own = own_house(f.guided[o], f.uh_guide[o], f.private_guide[o], f.provider[o])
        fit = plan_fit(f.analysis[o], by_deadline, f.guide_kept[o], own, imp)
        f.plan_fit[o] = fit + g.judges_gain * f.closeness[o] * (
            1 - fit
        )  # the governor judges the application
    for s in range(len(schools)):
        o = schools.municipality[s]
        if begins(f.phase[o], f.half_years[o]):
            fs.stage[s] = imp.start_years * f.anchoring[o] * fs.help[s]
            fs.stalled[s] = False


@formula
def part_in_time(guided: bool, half_years: int, track: int, levers: FollowUp, g: Governors) -> float:
    """Part of a half-year of measures that is there to work in: of the first one what is left when the governor has judged the
    application, which a late one makes wait.
    """
    waits = max(levers.deadline_share + g.judging_share - 1, 0.0) * 2 * prephase_length(track, levers)
    return 1 - min(waits, 1.0) if guided and half_years == 0 else 1.0


@formula
def begins(phase: int, half_years: int) -> bool:
    """Whether this is an owner's first half-year of implementation."""
    return phase == Phase.IMPLEMENTATION and half_years == 0


@formula
def own_house(guided: bool, uh_guide: bool, private_guide: bool, provider: int) -> bool:
    """Whether a guide comes from the house that sells the measures: UH or a private firm [F4]."""
    by_uh = uh_guide and provider == Provider.UH
    by_firm = private_guide and provider == Provider.PRIVATE
    return guided and (by_uh or by_firm)


@formula
def plan_fit(
    analysis: float, deadline_share: float, guide_kept: bool, own_house: bool, imp: Implementation
) -> float:
    """How well measures match the challenges, in [0, 1].

    The application is due part of the way through the pre-phase and rests on the analysis reached by then; a guide who
    stays on mends some of it, one whose own institution sells the measures bends it [F4].
    """
    by_deadline = 1 - (1 - analysis) ** deadline_share
    fit = by_deadline * (1 + imp.continuity_gain * guide_kept) * (1 - imp.own_house_bias * own_house)
    share: float = np.minimum(np.maximum(fit, 0.0), 1.0)
    return share


@rule
def move_on(
    schools: Schools,
    fs: FollowUpSchools,
    f: FollowUpOwners,
    owners: Municipalities,
    levers: FollowUp,
    w: Will,
    g: Governors,
    imp: Implementation,
    usual: Implementing,
    turnover: Turnover,
    pandemic: Pandemic,
    stalls: Annotated[Luck, "implementation stalls or starts again"],
) -> None:
    """Schools come further, stall, start again, or are set back by a change of principal or head, of a head less
    where an order has woken others [F6, F10].
    """
    stall = usual.stall_chance / 2 * (1 - imp.kept_going)
    backed = woken(levers, w)
    restart = usual.restart_chance + imp.kept_going * (1 - usual.restart_chance)
    for s in range(len(schools)):
        o = schools.municipality[s]
        if f.phase[o] != Phase.IMPLEMENTATION:
            fs.stalled[s] = False
            continue
        u = stalls.uniform(schools.id[s])
        fs.stalled[s] = u >= restart if fs.stalled[s] else u < stall
        pace = f.effort[o] / imp.usual_effort * (1 - pandemic.share_lost)
        pace *= part_in_time(f.guided[o], f.half_years[o], f.track[o], levers, g)
        ahead = 0.0 if fs.stalled[s] else pace / 2 * fs.help[s]
        setback = usual.principal_setback_years * schools.new_principal[s]
        if owners.new_head[o]:
            by_staff = owners.capacity_fte[o] / (owners.capacity_fte[o] + turnover.head_memory_fte)
            setback += imp.head_setback_years * (1 - joined(joined(by_staff, owners.continuity[o]), backed))
        fs.stage[s] = max(fs.stage[s] + ahead - setback, 0.0)


@rule
def reach_schools(
    schools: Schools,
    fs: FollowUpSchools,
    f: FollowUpOwners,
    owners: Municipalities,
    imp: Implementation,
    a: Acceptance,
    usual: Implementing,
    c: Classroom,
    levers: FollowUp,
    g: Governors,
    wheel: YearWheel,
    pandemic: Pandemic,
    slope: float,
    nothing: float,
) -> None:
    """What the schools get of half a year's work, what their owners learn by it, and the hours that it takes.

    Part of a measure trains teachers directly and gives from its first half-year, as far as the owner makes room for it; the rest
    changes how the school works, and follows the S-curve. Of owners in Læringsmiljøprosjektet it changes the learning environment
    in the place of teachers' practice.

    `slope` and `nothing` are those of the S-curve of implementation.
    """
    # teachers for whom the help is, and those who carry the measure out
    meant, worked = np.zeros(len(f)), np.zeros(len(f))
    for s in range(len(schools)):
        meant[schools.municipality[s]] += schools.n_teachers[s] * fs.help[s]
    money, offer, in_time = np.zeros(len(f)), np.zeros(len(f)), np.ones(len(f))
    owner_part = np.zeros(len(f))
    for o in range(len(f)):
        if f.phase[o] == Phase.IMPLEMENTATION:
            owner_part[o] = for_owner(levers.owner_measures, owners.capacity_fte[o], levers)
            in_time[o] = part_in_time(f.guided[o], f.half_years[o], f.track[o], levers, g)
            money[o] = money_share(f.spent_nok[o], meant[o], imp)
            offer[o] = offered(f.plan_fit[o], f.provider_quality[o], owners.unqualified[o], imp, usual)
    for s in range(len(schools)):
        o = schools.municipality[s]
        if f.phase[o] != Phase.IMPLEMENTATION:
            continue
        helped, effort = fs.help[s] * (1 - owner_part[o]) * in_time[o], f.effort[o]
        routine = (1 / (1 + exp(-slope * (fs.stage[s] - usual.midpoint_years))) - nothing) / (1 - nothing)
        trained = min(effort / imp.usual_effort, 1.0) * (1 - pandemic.share_lost)
        degree = imp.direct_share * trained + (1 - imp.direct_share) * routine
        worked[o] += schools.n_teachers[s] * degree * helped
        if not fs.stalled[s]:
            fidelity = school_fidelity(
                degree, offer[o], fs.acceptance[s], fs.trauma[s], schools.leadership[s], imp, a, usual
            )
            elsewhere = f.track[o] == Track.ENVIRONMENT
            schools.learning[s] += c.cycle_effect / 2 * fidelity * money[o] * helped * (not elsewhere)
            won = imp.environment_effect / 2 * fidelity * money[o] * helped * elsewhere
            schools.environment[s] += taken_in(won, schools.fatigue[s], c)
            schools.occupied[s] = joined(schools.occupied[s], degree * helped)
        if not fs.trauma[s]:
            schools.involvement[s] = joined(
                schools.involvement[s], imp.involvement * fs.acceptance[s] * helped
            )
        kept = imp.upkeep_during * effort + imp.upkeep_sideways * f.sideways[o]
        schools.upkeep[s] = kept_up(schools.upkeep[s], kept * helped)
        schools.community[s] += imp.catalyst / 2 * effort * (1 - schools.community[s]) * helped
    for o in range(len(f)):
        if f.phase[o] == Phase.IMPLEMENTATION:
            learns = owner_learns(f.effort[o], owner_part[o], imp) * in_time[o]
            owners.competence[o] += learns * (1 - owners.competence[o])
            f.year_wheel[o] += growth(
                f.year_wheel[o], imp.owner_hours / 2 * owner_part[o] * f.effort[o], wheel
            )
            f.spent_hours[o] += imp.owner_hours / 2 * f.effort[o] + worked[o] * imp.teacher_hours / 2


@formula
def owner_learns(effort: float, owner_part: float, imp: Implementation) -> float:
    """Part of the way to full competence that an owner goes in half a year of measures: by the way where they are in schools,
    more by the part of them that is for the owner itself.
    """
    return (imp.owner_learns + imp.owner_measure_learns * owner_part) / 2 * effort


@formula
def school_fidelity(
    degree: float,
    offered: float,
    acceptance: float,
    trauma: bool,
    leadership: float,
    imp: Implementation,
    a: Acceptance,
    usual: Implementing,
) -> float:
    """What a school gets of a measure that has not stalled, as a factor on what the literature finds under usual conditions.

    The factors are the degree of implementation and, each relative to the usual: what is `offered`, the school's acceptance (next
    to nothing where the draw is a trauma [F3]), and the principal's leading it.
    """
    accepted = acceptance / imp.usual_acceptance * (a.trauma_gain if trauma else 1.0)
    led = 1 - imp.leadership_weight + imp.leadership_weight * leadership / imp.usual_leadership
    return degree * min(accepted * led * offered, usual.best_fidelity)


@formula
def offered(
    plan_fit: float, provider_quality: float, unqualified: float, imp: Implementation, usual: Implementing
) -> float:
    """What is offered to an owner's schools, relative to the usual: how well the measure fits, the provider, and what
    structural limits leave.
    """
    eased = structural_ease(unqualified, imp)
    return plan_fit / usual.usual_fit * provider_quality / usual.usual_quality * eased


@formula
def structural_ease(unqualified: float, imp: Implementation) -> float:
    """Part of the gain that structural limits leave, in [0, 1]: the scheme eases, it does not solve [F7]."""
    return share_of(1 - imp.structural_drag * unqualified)


@formula
def money_share(nok: float, teachers: float, imp: Implementation) -> float:
    """How far half a year's money reaches, in [0, 1]: a large municipality's share per teacher is small [F12].

    Only the `teachers` count for whom the help is; money goes the same way.
    """
    reached: float = 1 - np.exp(-2 * nok / np.maximum(teachers, 1.0) / imp.nok_per_teacher)
    return reached


PROCESS = Process(
    "follow_up.implementation",
    carry_out,
    "The provider works with the schools; what they get of it is learned below.",
    "AFI-rapport 2026:02, ch. 3; Fixsen et al. 2005 [F4, F6-F8, F10, F12]",
)
