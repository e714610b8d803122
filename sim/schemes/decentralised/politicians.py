"""The municipal council gets a yearly report, adopts the plan, and stands behind its money [D13].

Today politicians are almost absent: what is agreed rests on the head of schools. A council that stands behind it holds it when
heads change and secures the owner's own contribution; it also has a mind of its own, is elected anew every four years, and
takes hours of the same few people.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.half_year import HalfYear, Season
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.processes.grouping import joined
from sim.processes.load import add_load, done_share
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Politicians
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.state import State
from sim.state.places import Municipalities


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """Papers and meetings are work; what the council stands behind outlives a head of schools."""
    owners, a = state[Municipalities], p[Politicians]
    wanted = sought(p)
    if wanted > 0:
        add_load(owners, np.full(len(owners), wanted * a.hours / p[Load].hours_per_man_year))
    if owners.backing.any():
        owners.continuity[:] = joined(owners.continuity, a.holds * owners.backing)


def involve(state: State, p: Parameters, draw: Draws) -> None:
    """Councils come to stand behind the plan as far as owners get round to it; some of it goes with each election."""
    owners, dec, a = state[Municipalities], state[DecentralisedOwners], p[Politicians]
    wanted = sought(p)
    if wanted == 0 and not owners.backing.any():
        return
    done = done_share(owners.load)
    kept = 1 - a.election_loss * election(state.now, a)
    owners.backing[:] = backing_after(kept * owners.backing, wanted * done, a)
    dec.hours += a.hours / 2 * wanted * done


def sought(p: Parameters) -> float:
    """How far the council's part is sought, in [0, 1]: not at all while the scheme does not run."""
    return p[Decentralised].politicians_involved * p[Decentralised].active


def backing_after(backing: Floats, wanted: Floats, a: Politicians) -> Floats:
    """Backing after half a year on the way to what is sought, in [0, 1], shape (owners,)."""
    return np.asarray(backing + a.pace / 2 * (wanted - backing))


def election(now: HalfYear, a: Politicians) -> bool:
    """Whether a local election falls in this half-year."""
    return now.season is Season.AUTUMN and (now.year - a.election_year) % a.election_period == 0


ASK = Process(
    "decentralised.politicians.ask",
    ask,
    "Involving the council is work for the owner, and what the council stands behind is not forgotten.",
    "AFI-rapport 2026:02, 5.3 [D13]",
)
INVOLVE = Process(
    "decentralised.politicians",
    involve,
    "All has been asked; now it is known how far an owner gets round to its council.",
    "AFI-rapport 2026:02, 5.3 [D13]",
)
