"""Partnerships of owners with UH units: the edges of a graph that persons carry [D3, D5, D7]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.process import Process
from sim.processes.turnover import memory_share
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Money, Partners
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import regime
from sim.schemes.decentralised.state import (
    Collaboration,
    CountyForums,
    DecentralisedOwners,
    DecentralisedUH,
    Forums,
    Logic,
    PartnershipModel,
    Ties,
)
from sim.state import State
from sim.state.places import Municipalities

EARLY = [Collaboration.NEEDS, Collaboration.PRIORITIES, Collaboration.EVALUATION]
LATE = [Collaboration.PLANNING, Collaboration.CARRYING_OUT]


def work_together(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of partnership: trust and understanding grow with contact and go with persons who leave."""
    ties, a, owners, dec = state[Ties], p[Partners], state[Municipalities], state[DecentralisedOwners]
    now = regime(p[Decentralised])
    contact = (
        dec.effort
        * (now[Logic.NETWORK] + a.other_contact * (1 - now[Logic.NETWORK]))
        * (1 - p[Pandemic].share_lost)
    )
    ties.trust += a.trust_gain * contact * (1 - ties.trust)
    ties.shared += a.shared_gain * contact * np.maximum(a.shared_top - ties.shared, 0)
    uh_leaves = draw.happens("UH's key person leaves", owners.id, a.uh_exit / 2)
    kept = kept_share(
        owners.new_head, uh_leaves, memory_share(owners.capacity_fte, p[Turnover].head_memory_fte), a
    )
    ties.trust *= kept
    ties.shared *= kept
    ties.tailored += a.tailoring_pace / 2 * (tailoring_called_for(ties.shared, now, p[Money]) - ties.tailored)
    clarity = state[Forums].role_clarity[state[CountyForums].forum[owners.county]]
    equal = equality_called_for(owners.competence, ties.tailored, clarity, a)
    ties.equality += a.equality_pace / 2 * (equal - ties.equality)
    move_phases(ties, a)
    ties.age += 1 / 2
    ties.changed[:] = False
    if state.now.season is Season.AUTUMN:
        change(state, p, draw)


def kept_share(new_head: Bools, uh_leaves: Bools, owner_memory: Floats, a: Partners) -> Floats:
    """Part of trust and shared understanding that stays, shape (owners,): persons carry it, more so in small offices [D3]."""
    by_owner = np.where(new_head, 1 - a.trust_loss * 2 * (1 - owner_memory), 1)
    return np.clip(by_owner, 0, 1) * np.where(uh_leaves, 1 - a.trust_loss, 1)


def tailoring_called_for(shared: Floats, regime: Floats, a: Money) -> Floats:
    """How tailored measures come to be, in [0, 1], shape (owners,): by how money comes, and in networks by understanding."""
    most = np.array([a.market_tailoring, a.hierarchy_tailoring, a.network_tailoring])
    return np.asarray(regime[:-1] @ most[:-1] + regime[-1] * most[-1] * np.minimum(2 * shared, 1))


def equality_called_for(competence: Floats, tailored: Floats, clarity: Floats, a: Partners) -> Floats:
    """The equality, in [0, 1], shape (owners,), that lasting conditions would end in; clear roles make half of the base."""
    base = a.equality_base * (1 + clarity) / 2
    return np.clip(base + a.equality_competence * competence + a.equality_tailoring * tailored, 0, 1)


def move_phases(ties: Ties, a: Partners) -> None:
    """Planning and carrying out are soon done together; needs, priorities and evaluation later, and less."""
    late = np.sqrt(ties.trust * ties.equality)
    ties.together[:, LATE] += a.together_pace / 2 * (late[:, None] - ties.together[:, LATE])
    ties.together[:, EARLY] += (
        a.together_pace / 2 * ((a.together_early * late)[:, None] - ties.together[:, EARLY])
    )


def change(state: State, p: Parameters, draw: Draws) -> None:
    """Owners whose UH partner lacks process competence may take another from the same county [D7]."""
    ties, a, owners, uh = state[Ties], p[Partners], state[Municipalities], state[DecentralisedUH]
    lack = np.clip(a.change_below - uh.process_competence[ties.uh_unit], 0, 1) / a.change_below
    leaves = draw.happens("owner changes UH partner", owners.id, a.change_chance * lack) & (
        ties.age >= a.change_after
    )
    rows = np.flatnonzero(leaves)
    if not len(rows):
        return
    better = best_partner(state)[owners.county[rows]]
    moves = better != ties.uh_unit[rows]
    rows = rows[moves]
    ties.uh_unit[rows] = better[moves]
    owners.uh_unit[rows] = better[moves]
    ties.age[rows] = 0
    ties.trust[rows] = a.start
    ties.shared[rows] = a.start
    ties.changed[rows] = True


def best_partner(state: State) -> np.ndarray:
    """The unit of greatest process competence among those at work in each county, shape (counties,)."""
    owners, ties = state[Municipalities], state[Ties]
    competence = state[DecentralisedUH].process_competence
    n_counties = len(state[CountyForums])
    present = np.zeros((n_counties, len(competence)), dtype=bool)
    present[owners.county, ties.uh_unit] = True
    return np.asarray(np.where(present, competence, -1).argmax(axis=1))


def models(u: Floats, a: Partners) -> np.ndarray:
    """Partnership models from numbers in (0, 1), same shape [D5]."""
    return np.where(
        u < a.procedure_share,
        PartnershipModel.PROCEDURE,
        np.where(
            u < a.procedure_share + a.enthusiast_share, PartnershipModel.ENTHUSIAST, PartnershipModel.COURSE
        ),
    )


PROCESS = Process(
    "decentralised.partners",
    work_together,
    "Owners and UH plan and work; what they build rests on persons.",
    "AFI-rapport 2026:02, 1.4.2, 2.3.1 [D3, D5, D7]",
)
