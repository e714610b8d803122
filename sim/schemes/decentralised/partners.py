"""Partnerships of owners with UH units: the edges of a graph that persons carry [D3, D5, D7]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.arrays import Bools, Codes, Floats, Ints, clipped
from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.grouping import mean_by
from sim.processes.process import Process
from sim.processes.turnover import owner_memory
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Money, Partners
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import contact, parts, regime, taken_together
from sim.schemes.decentralised.state import (
    Collaboration,
    CountyForums,
    DecentralisedOwners,
    DecentralisedUH,
    Forums,
    PartnershipModel,
    Ties,
)
from sim.state import State
from sim.state.places import Counties, Municipalities, Networks, Offices

EARLY = [Collaboration.NEEDS, Collaboration.PRIORITIES, Collaboration.EVALUATION]
IS_EARLY = np.array([phase in EARLY for phase in Collaboration])


def work_together(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of partnership: trust and understanding grow with contact and go with persons who leave."""
    ties, a, owners, dec = state[Ties], p[Partners], state[Municipalities], state[DecentralisedOwners]
    near = contact(p[Decentralised], a.other_contact)
    effort = (dec.effort + state[DecentralisedUH].effort[ties.uh_unit]) / 2
    met = near * effort * (1 - p[Pandemic].share_lost)
    ties.trust += a.trust_gain / 2 * met * (1 - ties.trust)
    ties.shared += a.shared_gain / 2 * met * np.maximum(a.shared_top - ties.shared, 0)
    uh_leaves = luck_of_key_persons(owners, draw) < a.uh_exit / 2
    kept = kept_share(owners.new_head, uh_leaves, owner_memory(owners, p[Turnover].head_memory_fte), a)
    ties.trust *= kept
    ties.shared *= kept
    called_for = tailoring_called_for(ties.shared, regime(p[Decentralised]), p[Money])
    ties.tailored += a.tailoring_pace / 2 * (called_for - ties.tailored)
    clarity = state[Forums].role_clarity[state[CountyForums].forum[owners.county]]
    equal = equality_called_for(owners.competence, ties.tailored, clarity, a)
    ties.equality += a.equality_pace / 2 * (equal - ties.equality)
    move_phases(ties, near, a)
    ties.age += 1 / 2
    ties.changed[:] = False
    if state.now.season is Season.AUTUMN:
        change(state, p, draw)
    owners.network_support[:] = ties.trust + ties.shared


def work_together_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`work_together`, compiled."""
    from sim.kernels import partnerships as kernels

    ties, a, owners, dec = state[Ties], p[Partners], state[Municipalities], state[DecentralisedOwners]
    near = contact(p[Decentralised], a.other_contact), 1 - p[Pandemic].share_lost
    built = a.trust_gain / 2, a.shared_gain / 2, a.shared_top
    persons = a.uh_exit / 2, a.trust_loss, p[Turnover].head_memory_fte
    tailoring = *tailoring_by_regime(parts(p[Decentralised]), p[Money]), a.tailoring_pace / 2
    equality = a.equality_base, a.equality_competence, a.equality_tailoring, a.equality_pace / 2
    kernels.work_together(
        ties.uh_unit,
        owners.county,
        state[CountyForums].forum,
        dec.effort,
        state[DecentralisedUH].effort,
        state[Forums].role_clarity,
        owners.competence,
        owners.capacity_fte,
        owners.continuity,
        owners.new_head,
        luck_of_key_persons(owners, draw),
        np.array([*near, *built, *persons, *tailoring, *equality, a.together_pace / 2]),
        phases(a),
        ties.trust,
        ties.shared,
        ties.tailored,
        ties.equality,
        ties.together,
        ties.age,
        ties.changed,
    )
    if state.now.season is Season.AUTUMN:
        kernels.change_partners(
            owners.network,
            state[Counties].office[owners.county],
            len(state[Offices]),
            state[DecentralisedUH].process_competence,
            luck_of_change(state[Networks], draw),
            np.array([a.change_chance, a.change_after, a.change_below, a.start]),
            ties.uh_unit,
            owners.uh_unit,
            ties.trust,
            ties.shared,
            ties.together,
            ties.age,
            ties.changed,
        )
    owners.network_support[:] = ties.trust + ties.shared


def luck_of_key_persons(owners: Municipalities, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide whether UH's key person in a partnership leaves, shape (owners,)."""
    return draw.uniform("UH's key person leaves", owners.id)


def luck_of_change(networks: Networks, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide whether a network changes its UH partner, shape (networks,)."""
    return draw.uniform("network changes UH partner", networks.id)


def kept_share(new_head: Bools, uh_leaves: Bools, owner_memory: Floats, a: Partners) -> Floats:
    """Part of trust and shared understanding that stays, shape (owners,): persons carry it, more so in small offices [D3]."""
    by_owner = np.where(new_head, 1 - a.trust_loss * 2 * (1 - owner_memory), 1)
    return clipped(by_owner, 0, 1) * np.where(uh_leaves, 1 - a.trust_loss, 1)


def tailoring_called_for(shared: Floats, regime: Floats, a: Money) -> Floats:
    """How tailored measures come to be, in [0, 1], shape (owners,): by how money comes, and in networks by understanding."""
    elsewhere, in_network = tailoring_by_regime(regime.tolist(), a)
    return np.asarray(elsewhere + in_network * np.minimum(2 * shared, 1))


def tailoring_by_regime(regime: Sequence[float], a: Money) -> tuple[float, float]:
    """How tailored measures come to be whatever partners understand, and what perfect understanding in a network adds."""
    market, hierarchy, network = regime
    elsewhere = taken_together(market, hierarchy, a.market_tailoring, a.hierarchy_tailoring, 0.0)
    return elsewhere, network * a.network_tailoring


def equality_called_for(competence: Floats, tailored: Floats, clarity: Floats, a: Partners) -> Floats:
    """The equality, in [0, 1], shape (owners,), that lasting conditions would end in; clear roles make half of the base."""
    base = a.equality_base * (1 + clarity) / 2
    return clipped(base + a.equality_competence * competence + a.equality_tailoring * tailored, 0, 1)


def move_phases(ties: Ties, contact: float, a: Partners) -> None:
    """Planning and carrying out are soon done together; needs, priorities and evaluation later, and less."""
    called_for = contact * np.sqrt(ties.trust * ties.equality)[:, None]
    ties.together += a.together_pace / 2 * (phases(a) * called_for - ties.together)


def phases(a: Partners) -> Floats:
    """What each phase comes to be done together against planning and carrying out, shape (5,)."""
    return np.where(IS_EARLY, a.together_early, 1.0)


def change(state: State, p: Parameters, draw: Draws) -> None:
    """Networks that miss process competence may change to a unit within reach that has more of it [D7]."""
    ties, a, owners, networks = state[Ties], p[Partners], state[Municipalities], state[Networks]
    competence = state[DecentralisedUH].process_competence
    best = best_partner(state)[state[Counties].office[owners.county]]
    missed = missed_share(competence[ties.uh_unit], competence[best], a)
    chance = a.change_chance * mean_by(owners.network, missed, len(networks))
    settled = mean_by(owners.network, ties.age, len(networks)) >= a.change_after
    leaves = (luck_of_change(networks, draw) < chance) & settled
    take_up_with(state, np.flatnonzero(leaves[owners.network] & (best != ties.uh_unit)), best, a)


def missed_share(own: Floats, best: Floats, a: Partners) -> Floats:
    """Part of the process competence called for that the partner lacks and the best within reach has, shape (owners,)."""
    return np.maximum(np.minimum(best, a.change_below) - own, 0) / a.change_below


def take_up_with(state: State, rows: Ints, partner: Ints, a: Partners) -> None:
    """Owners in `rows`, shape (k,), begin anew with the UH units in `partner`, shape (owners,)."""
    ties = state[Ties]
    ties.uh_unit[rows] = state[Municipalities].uh_unit[rows] = partner[rows]
    ties.trust[rows] = ties.shared[rows] = a.start
    ties.together[rows] = 0
    ties.age[rows] = 0
    ties.changed[rows] = True


def best_partner(state: State) -> Ints:
    """The unit of greatest process competence among those at work under each governor office, shape (offices,)."""
    owners, ties = state[Municipalities], state[Ties]
    competence = state[DecentralisedUH].process_competence
    present = np.zeros((len(state[Offices]), len(competence)), dtype=bool)
    present[state[Counties].office[owners.county], ties.uh_unit] = True
    return np.asarray(np.where(present, competence, -1).argmax(axis=1))


def models(u: Floats, a: Partners) -> Codes:
    """Partnership models from numbers in (0, 1), same shape [D5]."""
    enthusiast = np.where(
        u < a.procedure_share + a.enthusiast_share, PartnershipModel.ENTHUSIAST, PartnershipModel.COURSE
    )
    return np.where(u < a.procedure_share, PartnershipModel.PROCEDURE, enthusiast).astype(np.int8)


PROCESS = Process(
    "decentralised.partners",
    work_together,
    "Owners and UH plan and work; what they build rests on persons.",
    "AFI-rapport 2026:02, 1.4.2, 2.3.1 [D3, D5, D7]",
    compiled=work_together_compiled,
)
