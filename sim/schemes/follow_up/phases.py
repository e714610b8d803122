"""The three years: who enters which phase, what the scheme asks of them, and what they put in."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Bools
from sim.half_year import Season
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.parameters.state_control import StateControl
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up.assumptions import Acceptance, Governors, Grounds, Implementation, Prephase, Will
from sim.schemes.follow_up.control import woken
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.governors import by_closeness, guided_part, prephase_length
from sim.schemes.follow_up.levers import AfterRefusal, FollowUp, Obligation, RefusedPlace, Sanction
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def advance(state: State, p: Parameters, draw: Draws) -> None:
    """Each municipality in the scheme is half a year further, enters the next phase when its time has come, and comes round."""
    go_on(state, p, draw, autumn=state.now.season is Season.AUTUMN)
    come_round(state, p)


@rule
def go_on(
    f: FollowUpOwners,
    owners: Municipalities,
    levers: FollowUp,
    imp: Implementation,
    corps: Annotated[Luck, "guide corps as provider"],
    autumn: bool,
) -> None:
    """Half a year is over; those told in spring begin in autumn. Who begins with measures may want the guide corps for them."""
    for o in range(len(f)):
        phase = f.phase[o]
        if phase == Phase.NONE:
            continue
        f.half_years[o] += 1
        enters = phase
        if phase == Phase.IMPLEMENTATION and due(f.half_years[o], levers.implementation_years):
            enters = Phase.AFTERWARDS
        elif phase == Phase.PREPHASE and due(f.half_years[o], prephase_length(f.track[o], levers)):
            enters = Phase.IMPLEMENTATION
        elif phase == Phase.DIALOGUE and autumn:
            straight = prephase_length(f.track[o], levers) == 0
            enters = Phase.IMPLEMENTATION if straight else Phase.PREPHASE
        if enters != phase:
            f.phase[o], f.half_years[o] = enters, 0
            wants_corps = enters == Phase.IMPLEMENTATION and levers.corps_share > 0
            if wants_corps and corps.uniform(owners.id[o]) < levers.corps_share:
                owners.corps_years[o] = levers.implementation_years
        if enters == Phase.AFTERWARDS:
            f.participates[o] = False
            if due(f.half_years[o], imp.afterwards_years):
                f.phase[o], f.half_years[o] = Phase.NONE, 0


NOBODY, SOMEBODY, BEGINNERS = range(3)


@rule
def found_in(f: FollowUpOwners, phase: int) -> int:
    """Whether any owner is in a phase, and whether any is so in its first half-year."""
    found = NOBODY
    for o in range(len(f)):
        if f.phase[o] == phase:
            found = max(found, BEGINNERS if f.half_years[o] == 0 else SOMEBODY)
    return found


@formula
def due(half_years: int, years: float) -> bool:
    """Whether so many half-years are the whole length of a phase."""
    return half_years >= 2 * years


@formula
def just_drawn(phase: int, half_years: int, last_draw_year: int, year: int) -> bool:
    """Whether an owner was drawn this spring and now meets the governor."""
    return phase == Phase.DIALOGUE and half_years == 0 and last_draw_year == year


@rule
def come_round(schools: Schools, fs: FollowUpSchools, f: FollowUpOwners, a: Acceptance, g: Grounds) -> None:
    """First a defeat, then a chance: in those who take part and are under no sanction the stigma passes, and what it took from
    legitimacy and acceptance comes back, and so does the will of those who would have declined. A school in which the draw is a
    trauma does not come round [F3].
    """
    passed = np.zeros(len(f))
    for o in range(len(f)):
        if is_inside(f.phase[o]) and not f.sanctioned[o]:
            f.reluctance[o] -= f.reluctance[o] * g.comes_round / 2
            passed[o] = f.stigma[o] * g.comes_round / 2
            f.stigma[o] -= passed[o]
            f.legitimacy[o] = min(f.legitimacy[o] + a.stigma_cost * passed[o], 1.0)
    for s in range(len(schools)):
        back = a.stigma_cost * passed[schools.municipality[s]]
        if back > 0 and not fs.trauma[s]:
            fs.acceptance[s] = min(fs.acceptance[s] + back, 1.0)


@rule
def ask(
    f: FollowUpOwners,
    owners: Municipalities,
    levers: FollowUp,
    a: Acceptance,
    w: Will,
    pre: Prephase,
    imp: Implementation,
    d: Draw,
    work: Load,
) -> None:
    """What the scheme asks of owners in it, held to it, or checked by a draw [D12]."""
    planning = 2 * levers.early_information * pre.planning_hours / work.hours_per_man_year
    least, stays, reporting = least_will(levers, a), outlasts_measures(levers), sanction_fte(levers, pre)
    backed = woken(levers, w)
    for o in range(len(f)):
        inside = is_inside(f.phase[o])
        if f.checked[o]:
            owners.load[o] += d.check_fte / owners.capacity_fte[o]
        if not inside and not f.sanctioned[o]:
            continue
        asked = 0.0
        if f.phase[o] == Phase.PREPHASE:
            asked = pre.asked_fte * guided_part(f.track[o], levers) + planning * (f.half_years[o] == 0)
        elif f.phase[o] == Phase.IMPLEMENTATION:
            asked = imp.asked_fte + imp.kept_guide_fte * f.guide_kept[o] + imp.sideways_fte * f.sideways[o]
        f.sanctioned[o] = (
            own_will(f.legitimacy[o], f.control[o], f.reluctance[o], backed, w) < least if inside else stays
        )
        owners.load[o] += (
            asked + w.order_fte * backed * inside + reporting * f.sanctioned[o]
        ) / owners.capacity_fte[o]


@formula
def is_inside(phase: int) -> bool:
    """Whether one in that phase is in pre-phase or implementation now."""
    return (phase == Phase.PREPHASE) | (phase == Phase.IMPLEMENTATION)


def in_scheme(f: FollowUpOwners) -> Bools:
    """Who is in pre-phase or implementation now, shape (owners,)."""
    inside: Bools = is_inside.of_columns(f.phase)
    return inside


@formula
def least_will(levers: FollowUp, a: Acceptance) -> float:
    """The own will below which an owner meets the sanction; 0, below which nobody's is, where there is none [F11]."""
    held = levers.obligation == Obligation.COMPULSORY and levers.sanction != Sanction.NONE
    return effort_floor(levers, a) if held else 0.0


@formula
def held_to_it(effort: float, phase: int) -> bool:
    """Whether an owner that is not in the scheme is made to put something in: by a sanction that goes on (see
    `sim.schemes.follow_up.release`), or by supervision because it declined.
    """
    return effort > 0 and not is_inside(phase)


@formula
def outlasts_measures(levers: FollowUp) -> bool:
    """Whether a sanction lasts until results are above the limit: on the model of ROBEK, and while that is the rule [F11]."""
    return levers.obligation == Obligation.COMPULSORY and levers.sanction == Sanction.ROBEK


@formula
def sanction_fte(levers: FollowUp, pre: Prephase) -> float:
    """Man-years a year that reporting under a sanction takes; none without an obligation [F11]."""
    if levers.obligation == Obligation.VOLUNTARY or levers.sanction == Sanction.NONE:
        return 0.0
    return pre.mild_fte if levers.sanction == Sanction.MILD else pre.robek_fte


def give(state: State, p: Parameters, draw: Draws) -> None:
    """What owners put in, and the money that they get."""
    give_owners(state, p, year=state.now.year)


@rule
def give_owners(
    f: FollowUpOwners,
    owners: Municipalities,
    levers: FollowUp,
    a: Acceptance,
    w: Will,
    pre: Prephase,
    g: Governors,
    work: Load,
    state_control: StateControl,
    scope: Scope,
    d: Draw,
    year: int,
) -> None:
    """What each owner in the scheme, or held to it, puts in, now that everything asked of it is known; and the money [F11, F12].

    The yearly sum pays the guides of the corps, then those of owners in the pre-phase; those with
    measures share what is left. A place left empty has its part all the same where that goes back to the treasury, else the
    others share it.
    """
    n, guided, corps = 0, 0.0, 0.0
    for o in range(len(f)):
        corps += owners.corps_nok[o]
        if f.phase[o] == Phase.PREPHASE:
            guided += guided_part(f.track[o], levers)
        n += f.phase[o] == Phase.IMPLEMENTATION
        if levers.refused_place == RefusedPlace.RETURNED:
            n += left_empty(f.declined[o], f.track[o], f.last_draw_year[o], year, levers)
    whole = max(levers.grant_nok * scope.scale / 2 - corps, 0.0)
    by_guides = min(levers.guide_hours / 2 * pre.guide_nok, whole / max(guided, 1.0))
    part = (whole - guided * by_guides) / max(n, 1)
    backed = woken(levers, w)
    floor, hours = effort_floor(levers, a), reporting_hours(levers, pre, work)
    follows = levers.after_refusal == AfterRefusal.SUPERVISION
    for o in range(len(f)):
        inside = is_inside(f.phase[o])
        f.effort[o] = 0.0
        if inside or f.sanctioned[o]:
            own = own_will(f.legitimacy[o], f.control[o], f.reluctance[o], backed, w)
            will = willingness(own, floor, a.enforced_worth) / max(owners.load[o], 1.0)
            f.effort[o] = share_of(will * by_closeness(g.effort_gain, f.closeness[o], g)) if inside else will
        f.spent_hours[o] = hours if f.sanctioned[o] else 0.0
        if f.declined[o] and follows and owners.supervised[o]:
            f.effort[o] = max(f.effort[o], a.enforced_worth * w.supervision_gives / max(owners.load[o], 1.0))
            f.spent_hours[o] += state_control.supervision_fte * work.hours_per_man_year / 2
        if f.checked[o]:
            f.spent_hours[o] += d.check_fte * work.hours_per_man_year / 2
            f.checked[o] = False
        f.spent_nok[o] = 0.0
        if inside:
            own = by_guides * guided_part(f.track[o], levers)
            f.spent_nok[o] = part if f.phase[o] == Phase.IMPLEMENTATION else own
            f.spent_hours[o] += corps_hours(owners.corps_nok[o], pre)


@formula
def corps_hours(nok: float, pre: Prephase) -> float:
    """Hours of guides of the corps that its pay is for, at what an hour of the scheme's own guides costs."""
    return nok / pre.guide_nok if pre.guide_nok > 0 else 0.0


@formula
def reporting_hours(levers: FollowUp, pre: Prephase, work: Load) -> float:
    """An owner's hours in half a year on reporting under the sanction."""
    return sanction_fte(levers, pre) * work.hours_per_man_year / 2


@formula
def effort_floor(levers: FollowUp, a: Acceptance) -> float:
    """The least effort that the rules bring about [F11]."""
    if levers.obligation == Obligation.VOLUNTARY:
        return 0.0
    if levers.sanction == Sanction.NONE:
        return a.obligation_floor
    return a.mild_floor if levers.sanction == Sanction.MILD else a.robek_floor


@formula
def own_will(legitimacy: float, control: float, reluctance: float, backed: float, w: Will) -> float:
    """What an owner would put in of itself, in [0, 1]: by how right it finds the scheme, by the pressure it feels, by what is
    missing where it takes part only as it must, and by what an order has woken above it.
    """
    by_legitimacy = w.by_legitimacy * (legitimacy - w.usual_legitimacy)
    own = share_of(w.usual_legitimacy + by_legitimacy + w.by_pressure * (control - w.usual_control))
    own *= 1 - reluctance
    return own + w.order_moves * backed * (1 - own)


@formula
def willingness(own: float, floor: float, enforced_worth: float) -> float:
    """Effort before the load counts, in [0, 1]: an owner's own will, topped up to the floor by effort that is worth less
    because it is enforced.
    """
    return own + enforced_worth * max(floor - own, 0.0)


@formula
def left_empty(declined: bool, track: int, last_draw_year: int, year: int, levers: FollowUp) -> bool:
    """Whether an owner would have measures now had it not declined."""
    years = year - last_draw_year - prephase_length(track, levers)
    return declined and years >= 0 and years < levers.implementation_years


ADVANCE = Process(
    "follow_up.advance",
    advance,
    "Before anything is planned it must be clear who is in which phase.",
    "AFI-rapport 2021:09; AFI-rapport 2026:02, ch. 3",
)
ASK = Process(
    "follow_up.ask",
    ask,
    "The scheme adds what it asks to the owner's load.",
    "AFI-rapport 2026:02, 3.6 [D12, F11]",
)
GIVE = Process(
    "follow_up.give",
    give,
    "All schemes have asked; now it is known what an owner can put in.",
    "AFI-rapport 2021:09, 3.1 [F3, F11, F12]",
)
