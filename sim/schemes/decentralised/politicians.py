"""The municipal council gets a yearly report, adopts the plan, and stands behind its money [D13].

Today politicians are almost absent: what is agreed rests on the head of schools. A council that stands behind it holds it when
heads change and secures the owner's own contribution; it also has a mind of its own, is elected anew every four years, and
takes hours of the same few people.
"""

from __future__ import annotations

from sim.half_year import HalfYear, Season
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.processes.shares import joined
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import Politicians
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.state import State
from sim.state.places import Municipalities


@rule
def ask(owners: Municipalities, levers: Decentralised, a: Politicians, load: Load) -> None:
    """Papers and meetings are work; what the council stands behind outlives a head of schools."""
    fte = sought(levers) * a.hours / load.hours_per_man_year
    for o in range(len(owners)):
        owners.load[o] += fte / owners.capacity_fte[o]
        owners.continuity[o] = joined(owners.continuity[o], a.holds * owners.backing[o])


def involve(state: State, p: Parameters, draw: Draws) -> None:
    """Councils come to stand behind the plan as far as owners get round to it; some of it goes with each election."""
    win_backing(state, p, lost=p[Politicians].election_loss * election(state.now, p[Politicians]))


@rule
def win_backing(
    owners: Municipalities, dec: DecentralisedOwners, levers: Decentralised, a: Politicians, lost: float
) -> None:
    """Part of the backing is `lost`; what is sought of the rest comes, and takes hours, as far as owners get round to it."""
    wanted = sought(levers)
    for o in range(len(owners)):
        done = done_share(owners.load[o])
        owners.backing[o] = backing_after((1 - lost) * owners.backing[o], wanted * done, a)
        dec.hours[o] += a.hours / 2 * wanted * done


@formula
def sought(levers: Decentralised) -> float:
    """How far the council's part is sought, in [0, 1]: not at all while the scheme does not run."""
    return levers.politicians_involved * levers.active


@formula
def backing_after(backing: float, wanted: float, a: Politicians) -> float:
    """Backing after half a year on the way to what is sought, in [0, 1]."""
    return backing + a.pace / 2 * (wanted - backing)


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
