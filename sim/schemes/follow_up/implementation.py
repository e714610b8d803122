"""Implementation (tiltaksfase): a provider works with the schools, and what is learned has to survive changes of staff."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints, clipped
from sim.parameters.classroom import Classroom
from sim.parameters.implementing import Implementing
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.grouping import joined
from sim.processes.implementing import implemented, s_curve
from sim.processes.process import Process
from sim.processes.turnover import owner_memory
from sim.randomness import Draws
from sim.schemes.follow_up.afterwards import keep_up
from sim.schemes.follow_up.assumptions import Acceptance, Implementation, Prephase
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase, Provider
from sim.state import State
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Schools


def carry_out(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of implementation in every municipality that is in it."""
    f, owners, schools, imp = state[FollowUpOwners], state[Municipalities], state[Schools], p[Implementation]
    here = f.phase == Phase.IMPLEMENTATION
    if not here.any():
        return
    begin(state, here & (f.half_years == 0), p, draw)
    move_on(state, here, p, draw)
    rows = np.flatnonzero(here[schools.municipality])
    owner, effort = schools.municipality[rows], f.effort[schools.municipality[rows]]
    usual, fs = p[Implementing], state[FollowUpSchools]
    help_here = fs.help[rows]
    degree = implemented(fs.stage[rows], usual.midpoint_years, usual.width_years)
    fidelity = school_fidelity(state, rows, degree, p)
    money = money_share(f, schools, imp, fs.help)
    schools.learning[rows] += p[Classroom].cycle_effect / 2 * fidelity * money[owner] * help_here
    involved = imp.involvement * fs.acceptance[rows] * ~fs.trauma[rows] * help_here
    schools.involvement[rows] = joined(schools.involvement[rows], involved)
    keep_up(schools, rows, imp.upkeep_during * effort * help_here)
    owners.competence[here] += (imp.owner_learns / 2 * f.effort * (1 - owners.competence))[here]
    schools.community[rows] += imp.catalyst / 2 * effort * (1 - schools.community[rows]) * help_here
    worked = schools.n_teachers[rows] * degree * help_here
    teacher_hours = np.bincount(owner, worked, len(owners)) * imp.teacher_hours
    f.spent_hours[here] += (imp.owner_hours / 2 * f.effort + teacher_hours / 2)[here]


def carry_out_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`carry_out`, compiled."""
    from sim.kernels import follow_up_measures as kernels

    f, fs, schools, owners = (
        state[FollowUpOwners],
        state[FollowUpSchools],
        state[Schools],
        state[Municipalities],
    )
    here = f.phase == Phase.IMPLEMENTATION
    if not here.any():
        return
    imp, usual = p[Implementation], p[Implementing]
    starts = np.flatnonzero(here & (f.half_years == 0))
    if len(starts):
        begin_compiled(state, starts, p, draw)
    chances = stall_and_restart(imp, usual)
    paces = imp.start_years, *chances, imp.usual_effort, 1 - p[Pandemic].share_lost
    setbacks = usual.principal_setback_years, imp.head_setback_years, p[Turnover].head_memory_fte
    slope, nothing = s_curve(usual.midpoint_years, usual.width_years)
    rows, powers = np.empty(len(fs), dtype=np.int64), np.empty(len(f) + len(fs))
    n = kernels.move_measures_on(
        schools.municipality,
        here,
        f.half_years,
        f.anchoring,
        f.effort,
        f.spent_nok,
        owners.new_head,
        owners.capacity_fte,
        owners.continuity,
        stall_luck(schools.id, draw),
        schools.n_teachers,
        schools.new_principal,
        fs.help,
        np.array([*paces, *setbacks, slope, usual.midpoint_years, imp.nok_per_teacher]),
        fs.stalled,
        fs.stage,
        rows,
        powers,
    )
    accepted = imp.usual_acceptance, p[Acceptance].trauma_gain
    led = imp.leadership_weight, imp.usual_leadership
    offered = usual.usual_fit, usual.usual_quality, imp.structural_drag, usual.best_fidelity
    gained = p[Classroom].cycle_effect / 2, imp.involvement, imp.upkeep_during, imp.owner_learns / 2
    worked = imp.catalyst / 2, imp.teacher_hours, imp.owner_hours / 2
    kernels.carry_out_measures(
        schools.municipality,
        here,
        rows[:n],
        np.exp(powers[: len(f) + n]),
        f.effort,
        f.plan_fit,
        f.provider_quality,
        owners.unqualified,
        schools.n_teachers,
        fs.stalled,
        fs.acceptance,
        fs.trauma,
        fs.help,
        schools.leadership,
        np.array([*accepted, *led, *offered, *gained, *worked, nothing]),
        schools.learning,
        schools.involvement,
        schools.upkeep,
        schools.community,
        owners.competence,
        f.spent_hours,
    )


def begin(state: State, starts: Bools, p: Parameters, draw: Draws) -> None:
    """The application is decided: measures, provider, and whether a guide stays on [F4]."""
    rows = np.flatnonzero(starts)
    if not len(rows):
        return
    f, owners, fs, imp, levers = (
        state[FollowUpOwners],
        state[Municipalities],
        state[FollowUpSchools],
        p[Implementation],
        p[FollowUp],
    )
    u = provider_luck(owners.id[rows], draw)
    uh = u[:, 0] < imp.provider_uh
    private = ~uh & (u[:, 0] < imp.provider_uh + imp.provider_private)
    f.provider[rows] = np.where(uh, Provider.UH, np.where(private, Provider.PRIVATE, Provider.OTHER))
    f.provider_quality[rows] = np.where(uh, state[UHUnits].quality[owners.uh_unit[rows]], imp.other_quality)
    alone = rows[~f.guided[rows]]
    f.analysis[alone] = p[Prephase].own_analysis * owners.competence[alone]
    f.anchoring[alone] = 0
    f.guide_kept[rows] = f.guided[rows] & (u[:, 1] < levers.keep_guide_chance)
    by_deadline = np.where(f.guided, usable_share(levers, p[Prephase]), 1)
    fit = plan_fit(f.analysis, by_deadline, f.guide_kept, own_house(f), imp)
    f.plan_fit[rows] = fit[rows]
    new = np.flatnonzero(starts[state[Schools].municipality])
    fs.stage[new] = imp.start_years * f.anchoring[state[Schools].municipality[new]] * fs.help[new]
    fs.stalled[new] = False


def begin_compiled(state: State, rows: Ints, p: Parameters, draw: Draws) -> None:
    """What owners do in `begin`, compiled; their schools begin when schools are moved on."""
    from sim.kernels import follow_up_measures as kernels

    f, owners, imp, levers = state[FollowUpOwners], state[Municipalities], p[Implementation], p[FollowUp]
    guided = f.guided[rows]
    found = np.where(guided, f.analysis[rows], p[Prephase].own_analysis * owners.competence[rows])
    providers = imp.provider_uh, imp.provider_uh + imp.provider_private, imp.other_quality
    guides = levers.keep_guide_chance, imp.continuity_gain, imp.own_house_bias
    kernels.choose_measures(
        rows,
        np.ascontiguousarray(provider_luck(owners.id[rows], draw).T),
        found,
        (1 - found) ** np.where(guided, usable_share(levers, p[Prephase]), 1),
        f.guided,
        f.uh_guide,
        f.private_guide,
        owners.uh_unit,
        state[UHUnits].quality,
        np.array([*providers, *guides]),
        f.provider,
        f.provider_quality,
        f.guide_kept,
        f.plan_fit,
        f.analysis,
        f.anchoring,
    )


def own_house(f: FollowUpOwners) -> Bools:
    """Where a guide comes from the house that sells the measures: UH or a private firm; shape (owners,) [F4]."""
    by_uh = f.uh_guide & (f.provider == Provider.UH)
    by_firm = f.private_guide & (f.provider == Provider.PRIVATE)
    return np.asarray(f.guided & (by_uh | by_firm))


def plan_fit(
    analysis: Floats, deadline_share: Floats | float, guide_kept: Bools, own_house: Bools, imp: Implementation
) -> Floats:
    """How well measures match the challenges, in [0, 1], shape (owners,).

    The application is due part of the way through the pre-phase and rests on the analysis reached by then; a guide who
    stays on mends some of it, one whose own institution sells the measures bends it [F4].
    """
    by_deadline = 1 - (1 - analysis) ** deadline_share
    fit = by_deadline * (1 + imp.continuity_gain * guide_kept) * (1 - imp.own_house_bias * own_house)
    return clipped(fit, 0, 1)


def move_on(state: State, here: Bools, p: Parameters, draw: Draws) -> None:
    """Schools come further, stall, start again, or are set back by a change of principal or head [F6, F10]."""
    f, fs, schools, owners = (
        state[FollowUpOwners],
        state[FollowUpSchools],
        state[Schools],
        state[Municipalities],
    )
    imp, usual = p[Implementation], p[Implementing]
    rows = np.flatnonzero(here[schools.municipality])
    owner = schools.municipality[rows]
    u = stall_luck(schools.id[rows], draw)
    stall, restart = stall_and_restart(imp, usual)
    stalled = np.where(fs.stalled[rows], u >= restart, u < stall)
    fs.stalled[:] = False
    fs.stalled[rows] = stalled
    pace = f.effort[owner] / imp.usual_effort * (1 - p[Pandemic].share_lost)
    forgotten = 1 - owner_memory(owners, p[Turnover].head_memory_fte)
    setback = (
        usual.principal_setback_years * schools.new_principal[rows]
        + (imp.head_setback_years * forgotten * owners.new_head)[owner]
    )
    fs.stage[rows] = np.maximum(fs.stage[rows] + np.where(stalled, 0, pace / 2) * fs.help[rows] - setback, 0)


def provider_luck(ids: Ints, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide who carries measures out and whether a guide stays on, shape (owners, 2)."""
    return draw.uniform("provider and guide kept", ids, per=2)


def stall_luck(ids: Ints, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide whether schools stall or start again, shape (schools,)."""
    return draw.uniform("implementation stalls or starts again", ids)


def stall_and_restart(imp: Implementation, usual: Implementing) -> tuple[float, float]:
    """Chances within half a year that a school stalls, and that one that has stalled starts again."""
    restart = usual.restart_chance + imp.kept_going * (1 - usual.restart_chance)
    return usual.stall_chance / 2 * (1 - imp.kept_going), restart


def school_fidelity(state: State, rows: Ints, degree: Floats, p: Parameters) -> Floats:
    """What each school in `rows` gets of a measure, shape (len(rows),), as a factor on what the literature finds under usual
    conditions.

    The factors are the degree of implementation and, each relative to the usual: how well the measure fits, the provider, the
    school's acceptance (next to nothing where the draw is a trauma [F3]), the principal's leading it, and what structural
    limits leave.
    """
    f, fs, schools = state[FollowUpOwners], state[FollowUpSchools], state[Schools]
    imp, usual = p[Implementation], p[Implementing]
    accepted = (
        fs.acceptance[rows] / imp.usual_acceptance * np.where(fs.trauma[rows], p[Acceptance].trauma_gain, 1)
    )
    led = 1 - imp.leadership_weight + imp.leadership_weight * schools.leadership[rows] / imp.usual_leadership
    eased = structural_ease(state[Municipalities].unqualified, imp)
    offered = f.plan_fit / usual.usual_fit * f.provider_quality / usual.usual_quality * eased
    conditions = np.minimum(accepted * led * offered[schools.municipality[rows]], usual.best_fidelity)
    return np.asarray(degree * ~fs.stalled[rows] * conditions)


def structural_ease(unqualified: Floats, imp: Implementation) -> Floats:
    """Part of the gain that structural limits leave, in [0, 1], shape (owners,): the scheme eases, it does not solve [F7]."""
    return clipped(1 - imp.structural_drag * unqualified, 0, 1)


def usable_share(levers: FollowUp, pre: Prephase) -> float:
    """Part of the pre-phase that the application can rest on, in [0, 1]: until it is due, and what planning for it wins back."""
    return levers.deadline_share + levers.early_information * pre.planned_for * (1 - levers.deadline_share)


def money_share(f: FollowUpOwners, schools: Schools, imp: Implementation, here_for: Floats) -> Floats:
    """How far the money reaches, in [0, 1], shape (owners,): a large municipality's share per teacher is small [F12].

    `here_for`, shape (schools,), is the part of the help that is for each school; money goes the same way.
    """
    meant = np.bincount(schools.municipality, schools.n_teachers * here_for, len(f))
    teachers = np.maximum(meant, 1)
    return 1 - np.exp(-2 * f.spent_nok / teachers / imp.nok_per_teacher)


PROCESS = Process(
    "follow_up.implementation",
    carry_out,
    "The provider works with the schools; what they get of it is learned below.",
    "AFI-rapport 2026:02, ch. 3; Fixsen et al. 2005 [F4, F6-F8, F10, F12]",
    compiled=carry_out_compiled,
)
