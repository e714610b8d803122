"""The spring of the draw: the governor explains, and owner and schools take it as blame, as help, or as an order.

Felt voluntariness, stigma and legitimacy decide whether an owner declines and, later, what it puts in [F3, F9, F11].
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.assumptions import Acceptance, Peers, Targeting
from sim.schemes.follow_up.levers import FollowUp, Obligation, Sanction
from sim.schemes.follow_up.peers import freed
from sim.schemes.follow_up.phases import just_drawn
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.schemes.follow_up.targeting import added_stigma
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def meet(state: State, p: Parameters, draw: Draws) -> None:
    """Those just drawn are told, decide whether to take part, and their schools take it well or badly."""
    f, places = state[FollowUpOwners], state[Municipalities]
    told = just_drawn(f, state.now.year)
    if not told.any():
        return
    a, levers, peers = p[Acceptance], p[FollowUp], p[Peers]
    control = felt_control(levers, a) * freed(f.heard, levers, peers)
    f.felt_voluntariness[told] = np.maximum(1 - control, 0)[told]
    f.stigma[told] = (stigma(levers, a) * (1 - peers.stigma * f.heard))[told]
    z, u = owners_luck(places.id, draw)
    f.legitimacy[told] = legitimacy(control, f.stigma, z, levers, a, peers.legitimacy * f.heard)[told]
    chance = decline_chance(f.legitimacy, control, levers.obligation, a)
    declines = told & (u < chance)
    f.declined[told] = declines[told]
    f.participates[told] = ~declines[told]
    f.guided[told] = False
    tell_schools(state, told, p, draw)
    f.phase[declines] = Phase.NONE


def meet_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`meet`, compiled."""
    from sim.kernels import follow_up_told as kernels

    f, fs, places, schools = (
        state[FollowUpOwners],
        state[FollowUpSchools],
        state[Municipalities],
        state[Schools],
    )
    told = just_drawn(f, state.now.year)
    rows = np.flatnonzero(told)
    if not len(rows):
        return
    a, levers, peers = p[Acceptance], p[FollowUp], p[Peers]
    free = levers.obligation is Obligation.VOLUNTARY
    control = felt_control(levers, a), peers.freedom if free else 0.0, stigma(levers, a), peers.stigma
    worth = a.autonomy_cost, a.stigma_cost, a.legitimacy_sd, peers.legitimacy
    declining = 0.0 if levers.obligation is Obligation.COMPULSORY else a.decline_if_free
    kernels.tell_owners(
        rows,
        *owners_luck(places.id[rows], draw),
        np.array([*control, unburdened_legitimacy(levers, a), *worth, declining]),
        f.heard,
        f.felt_voluntariness,
        f.stigma,
        f.legitimacy,
        f.declined,
        f.participates,
        f.guided,
    )
    here = np.flatnonzero(told[schools.municipality])
    accepting = a.school_base, a.school_legitimacy, a.stigma_cost, a.school_sd, a.trauma_chance
    kernels.tell_schools(
        here,
        schools.municipality,
        *schools_luck(schools.id[here], draw),
        f.stigma,
        f.legitimacy,
        fs.named,
        np.array([p[Targeting].stigma * levers.help_targeted, *accepting]),
        fs.acceptance,
        fs.trauma,
    )
    f.phase[rows[f.declined[rows]]] = Phase.NONE


def owners_luck(ids: Ints, draw: Draws) -> tuple[Floats, Floats]:
    """Standard normal numbers for how owners see the scheme, and numbers in (0, 1) for who declines; each of shape (owners,)."""
    return draw.normal("owner's view of the scheme", ids), draw.uniform("owner declines", ids)


def schools_luck(ids: Ints, draw: Draws) -> tuple[Floats, Floats]:
    """Standard normal numbers for how schools see the draw, and numbers in (0, 1) for who never accepts it; each of shape
    (schools,).
    """
    return draw.normal("school's view of the draw", ids), draw.uniform("draw trauma", ids)


def tell_schools(state: State, told: Bools, p: Parameters, draw: Draws) -> None:
    """Each school of those told accepts or doesn't; some never will (draw trauma) [F3, F9]."""
    f, fs, schools = state[FollowUpOwners], state[FollowUpSchools], state[Schools]
    rows = np.flatnonzero(told[schools.municipality])
    owner, ids, a = schools.municipality[rows], schools.id[rows], p[Acceptance]
    named = added_stigma(fs.named[rows], p[FollowUp], p[Targeting])
    felt = np.minimum(f.stigma[owner] + named, 1)
    z, u = schools_luck(ids, draw)
    fs.acceptance[rows] = school_acceptance(f.legitimacy[owner], felt, z, a)
    fs.trauma[rows] = u < a.trauma_chance * felt


def added_control(levers: FollowUp, a: Acceptance) -> float:
    """Felt control that a sanction adds; none without an obligation."""
    if levers.obligation is not Obligation.COMPULSORY:
        return 0.0
    return {Sanction.NONE: 0.0, Sanction.MILD: a.mild_control, Sanction.ROBEK: a.robek_control}[
        levers.sanction
    ]


def felt_control(levers: FollowUp, a: Acceptance) -> float:
    """How strongly owners feel controlled: the felt pressure of a voluntary scheme, 1 under an obligation, and more under
    a sanction. Today's felt pressure is near 1, so an obligation alone changes little.
    """
    if levers.obligation is Obligation.VOLUNTARY:
        return levers.felt_pressure
    return 1 + added_control(levers, a)


def stigma(levers: FollowUp, a: Acceptance) -> float:
    """Stigma of being picked, in [0, 1]: taken down by openness, put up by sanctions."""
    open_part = a.stigma_base * (1 - a.stigma_openness * levers.openness)
    return float(np.clip(open_part + a.sanction_stigma * added_control(levers, a), 0, 1))


def legitimacy(
    control: Floats | float,
    stigma: Floats,
    z: Floats,
    levers: FollowUp,
    a: Acceptance,
    from_peers: Floats | float = 0.0,
) -> Floats:
    """Legitimacy the owners see, in [0, 1], shape (owners,); `from_peers` is what their visits add."""
    return np.clip(
        unburdened_legitimacy(levers, a)
        - a.autonomy_cost * control
        - a.stigma_cost * stigma
        + a.legitimacy_sd * z
        + from_peers,
        0,
        1,
    )


def unburdened_legitimacy(levers: FollowUp, a: Acceptance) -> float:
    """The legitimacy of the scheme before control and stigma are taken from it."""
    return (
        a.legitimacy_base + a.legitimacy_openness * levers.openness + a.legitimacy_say * levers.say_in_guides
    )


def decline_chance(
    legitimacy: Floats, control: Floats | float, obligation: Obligation, a: Acceptance
) -> Floats:
    """Chance of declining, shape (owners,): none when obliged; else less the more pressure is felt."""
    if obligation is Obligation.COMPULSORY:
        return np.zeros_like(legitimacy)
    return np.clip(a.decline_if_free * np.maximum(1 - control, 0) * 2 * (1 - legitimacy), 0, 1)


def school_acceptance(legitimacy: Floats, stigma: Floats, z: Floats, a: Acceptance) -> Floats:
    """How far schools accept having been picked, in [0, 1], shape (schools,)."""
    return np.clip(
        a.school_base + a.school_legitimacy * legitimacy - a.stigma_cost * stigma + a.school_sd * z, 0, 1
    )


PROCESS = Process(
    "follow_up.dialogue",
    meet,
    "Right after the draw those picked are told, and take it well or badly.",
    "AFI-rapport 2021:09, 3.1; AFI-rapport 2026:02, 3.1 [F3, F9, F11]",
    compiled=meet_compiled,
)
