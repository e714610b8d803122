"""The spring of the draw: the governor explains, and owner and schools take it as blame, as help, or as an order.

Felt voluntariness, stigma and legitimacy decide whether an owner declines and, later, what it puts in [F3, F9, F11].
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Bools, Floats
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up import targeting
from sim.schemes.follow_up.assumptions import (
    Acceptance,
    Governors,
    Grounds,
    Implementation,
    Peers,
    Prephase,
    Targeting,
    Will,
)
from sim.schemes.follow_up.control import felt_control, stigma
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.environment_track import environment_leans
from sim.schemes.follow_up.governors import closeness, judged_competence, track_by_need
from sim.schemes.follow_up.grounds import seen_grounds, watch
from sim.schemes.follow_up.levers import AfterRefusal, FollowUp, Obligation, RefusedPlace
from sim.schemes.follow_up.peers import freed
from sim.schemes.follow_up.phases import BEGINNERS, found_in, just_drawn
from sim.schemes.follow_up.refusal import draw_next
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase, Track
from sim.schemes.follow_up.targeting import added_stigma
from sim.state import State
from sim.state.places import Counties, Municipalities, Offices
from sim.state.schools import Schools


def meet(state: State, p: Parameters, draw: Draws) -> None:
    """Those just drawn are told, decide whether to take part, and their schools take it well or badly.

    Where the rules say so, the next on the list is drawn in the place of one that declines, and told in turn.
    """
    told, seen = np.zeros(len(state[Municipalities]), dtype=np.bool_), None
    while found_in(state, None, phase=Phase.DIALOGUE) == BEGINNERS:
        seen = seen_grounds(state, p)
        leans, least_lean = environment_leans(state, p)
        declined = tell_owners(
            state, p, draw, told=told, year=state.now.year, doubt=seen.doubt, judged=seen.judged,
            bad_round=seen.bad_round, risk=seen.risk, leans=leans, least_lean=least_lean,
        )  # fmt: skip
        another = declined and p[FollowUp].refused_place is RefusedPlace.NEXT
        if not (another and draw_next(state, draw, declined)):
            break
        targeting.name(state, p, draw)
    if len(state[DrawRegister]):
        watch(state, p)
    if seen is not None:
        tell_schools(state, p, draw, told=told, small_margin=seen.small_margin)


@rule
def tell_owners(
    f: FollowUpOwners,
    owners: Municipalities,
    counties: Counties,
    offices: Offices,
    levers: FollowUp,
    a: Acceptance,
    g: Grounds,
    w: Will,
    pre: Prephase,
    peers: Peers,
    office: Governors,
    view: Annotated[Luck, "owner's view of the scheme"],
    declines: Annotated[Luck, "owner declines"],
    judges: Annotated[Luck, "governor judges what an owner needs"],
    told: Bools,
    year: int,
    doubt: Floats,
    judged: Floats,
    bad_round: Floats,
    risk: Floats,
    leans: Floats,
    least_lean: float,
) -> int:
    """Owners just drawn are told and decide, and their governor chooses their track; marks who was `told`, and says how many
    decline.

    What can be seen of the grounds is that of `sim.schemes.follow_up.grounds.SeenGrounds`; `leans` and `least_lean` are those of
    `environment_leans`.
    """
    n = 0
    unmoved, base, blame = felt_control(levers, a, w), unburdened_legitimacy(levers, a), stigma(levers, a)
    for o in range(len(f)):
        if told[o] or not just_drawn(f.phase[o], f.half_years[o], f.last_draw_year[o], year):
            continue
        told[o] = True
        who, heard = owners.id[o], f.heard[o]
        f.doubt[o] = doubt[o]
        f.control[o] = unmoved * freed(heard, levers, peers)
        f.felt_voluntariness[o] = max(1 - f.control[o], 0.0)
        f.stigma[o] = blame * (1 - peers.stigma * heard)
        k = counties.office[owners.county[o]]
        close = closeness(offices.closeness[k], False, levers, pre)
        doubted = cost_of_grounds(doubt[o], close, judged[o], bad_round[o], g)
        by_peers = peers.legitimacy * heard
        f.legitimacy[o] = legitimacy(base - doubted, f.control[o], f.stigma[o], view.normal(who), by_peers, a)
        chance = decline_chance(f.legitimacy[o], f.control[o], owners.load[o], bad_round[o], levers, a, w)
        against = declines.uniform(who)
        f.declined[o] = against < chance
        unwilling = unwilling_chance(f.legitimacy[o], owners.load[o], bad_round[o], a, w)
        f.reluctance[o] = w.reluctance * (against < unwilling)
        f.participates[o] = not f.declined[o]
        f.guided[o] = False
        f.risk_then[o] = risk[o]
        f.track[o] = Track.FULL
        if levers.light_from < 1 or levers.straight_from < 1 or levers.long_below > 0:
            insight, own = offices.owner_insight[k], judges.normal(who)
            f.track[o] = track_by_need(
                judged_competence(owners.competence[o], insight, own, pre, office), levers
            )
        if leans[o] > 0 and leans[o] >= least_lean:
            f.track[o] = Track.ENVIRONMENT
        if f.declined[o]:
            f.phase[o] = Phase.NONE
            f.risk_then[o] = 0.0
            owners.supervised[o] = owners.supervised[o] or levers.after_refusal == AfterRefusal.SUPERVISION
            n += 1
    return n


@rule
def tell_schools(
    schools: Schools,
    fs: FollowUpSchools,
    f: FollowUpOwners,
    levers: FollowUp,
    a: Acceptance,
    g: Grounds,
    t: Targeting,
    usual: Implementation,
    view: Annotated[Luck, "school's view of the draw"],
    trauma: Annotated[Luck, "draw trauma"],
    told: Bools,
    small_margin: Floats,
) -> None:
    """Each school of those told accepts or doesn't; some never will (draw trauma) [F3, F9]."""
    for s in range(len(schools)):
        o = schools.municipality[s]
        if told[o]:
            felt = min(f.stigma[o] + added_stigma(fs.named[s], levers, t), 1.0)
            fs.acceptance[s] = school_acceptance(f.legitimacy[o], felt, view.normal(schools.id[s]), a)
            unled = 1 - schools.leadership[s] / usual.usual_leadership
            fs.trauma[s] = trauma.uniform(schools.id[s]) < trauma_chance(felt, small_margin[o], unled, a, g)


@formula
def legitimacy(
    unburdened: float, control: float, stigma: float, own: float, from_peers: float, a: Acceptance
) -> float:
    """Legitimacy an owner sees, in [0, 1]: what control and stigma leave of it, what is the owner's `own`, standard normal,
    and what a peer's visit adds.
    """
    burdened = unburdened - a.autonomy_cost * control - a.stigma_cost * stigma
    return share_of(burdened + a.legitimacy_sd * own + from_peers)


@formula
def unburdened_legitimacy(levers: FollowUp, a: Acceptance) -> float:
    """The legitimacy of the scheme before control and stigma are taken from it."""
    return (
        a.legitimacy_base + a.legitimacy_openness * levers.openness + a.legitimacy_say * levers.say_in_guides
    )


@formula
def cost_of_grounds(doubt: float, closeness: float, judged: float, bad_round: float, g: Grounds) -> float:
    """What the grounds take from legitimacy, against those of a usual draw: doubt, the more so where a distant governor leaves
    it unanswered; judgement in the place of figures that can be pointed at; and a bad earlier round.
    """
    by_doubt = g.doubt_cost * (doubt - g.usual_doubt)
    parked = g.parked_cost * (doubt * (1 - closeness) - g.usual_doubt / 2)
    return by_doubt + parked + g.judged_cost * judged + g.bad_round_cost * bad_round


@formula
def unwilling_chance(legitimacy: float, load: float, bad_round: float, a: Acceptance, w: Will) -> float:
    """Chance that an owner would decline if it were wholly free to: by what it finds right, by its load and by how the last round
    was.
    """
    by_view = a.decline_if_free * 2 * (1 - legitimacy)
    return share_of(by_view + w.refuse_load * max(load - 1, 0.0) + w.refuse_bad_round * bad_round)


@formula
def decline_chance(
    legitimacy: float, control: float, load: float, bad_round: float, levers: FollowUp, a: Acceptance, w: Will
) -> float:
    """Chance of declining: none when obliged; else that of an owner that is free to, less what felt pressure holds off."""
    if levers.obligation == Obligation.COMPULSORY:
        return 0.0
    return unwilling_chance(legitimacy, load, bad_round, a, w) * (1 - w.pressure_holds * min(control, 1.0))


@formula
def trauma_chance(stigma: float, small_margin: float, unled: float, a: Acceptance, g: Grounds) -> float:
    """Chance of draw trauma in a school: by stigma, more where the margin is small and where the principal does not lead.

    `unled` is 0 in a school whose principal leads as usual, 1 in one whose principal does not lead at all.
    """
    by_margin = 1 + g.trauma_margin * (2 * small_margin - 1)
    by_leadership = 1 + g.trauma_leadership * unled
    return share_of(a.trauma_chance * stigma * max(by_margin, 0.0) * max(by_leadership, 0.0))


@formula
def school_acceptance(legitimacy: float, stigma: float, own: float, a: Acceptance) -> float:
    """How far a school accepts having been picked, in [0, 1]; `own` is its own view, standard normal."""
    owner = a.school_base + a.school_legitimacy * legitimacy
    return share_of(owner - a.stigma_cost * stigma + a.school_sd * own)


PROCESS = Process(
    "follow_up.dialogue",
    meet,
    "Right after the draw those picked are told, and take it well or badly.",
    "AFI-rapport 2021:09, 2.5, 3.1; AFI-rapport 2026:02, 3.1, 3.3.2, 3.4 [F3, F9, F11]",
)
