"""Leaders who have been through follow-up tell those just drawn what it was like [OECD 2020; F3].

They exist where the head of schools who was there is still in post, so none before the first round is over, and fewest where
heads come and go. They are heard in their own network first, elsewhere under the same governor less. Their word is worth as much
as they themselves found follow-up right. It costs their hours, those of the owners they visit, and money of the scheme.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.processes.grouping import mean_by
from sim.processes.load import add_load
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.assumptions import Peers
from sim.schemes.follow_up.levers import FollowUp, Obligation
from sim.schemes.follow_up.phases import just_drawn
from sim.schemes.follow_up.state import NEVER, FollowUpOwners, Phase
from sim.state import State
from sim.state.places import Counties, Municipalities, Networks, Offices


@dataclass(frozen=True)
class Pool:
    """Ambassadors by network or by governor.

    Attributes
    ----------
    n : array of float, shape (groups,)
        Ambassadors.
    word : array of float, shape (groups,), 0-1
        How right they found follow-up, on average.
    """

    n: Floats
    word: Floats


def tell(state: State, p: Parameters, draw: Draws) -> None:
    """Ambassadors visit those just drawn, before these make up their minds."""
    f, owners, share = state[FollowUpOwners], state[Municipalities], p[FollowUp].ambassadors
    told = just_drawn(f, state.now.year)
    f.heard[told] = 0
    if share == 0 or not told.any():
        return
    goes = been_there(f, owners, state.now.year) & draw.happens(
        "leader goes out as an ambassador", owners.id, share
    )
    office = state[Counties].office[owners.county]
    near = pool(goes, f.legitimacy, owners.network, len(state[Networks]))
    region = pool(goes, f.legitimacy, office, len(state[Offices]))
    reach = nearness(near, region, owners.network, office, p[Peers].beyond_network)
    wanted = np.bincount(office, told & (reach > 0), len(region.n))
    most = np.minimum(wanted, region.n * p[Peers].most_visits)
    met = most / np.maximum(wanted, 1)
    f.heard[told] = (reach * met[office])[told]
    f.visits[:] = goes * (most / np.maximum(region.n, 1))[office]


def been_there(f: FollowUpOwners, owners: Municipalities, year: int) -> Bools:
    """Whose head of schools has been through follow-up in this post, shape (owners,): took part, is through, and stayed."""
    through = (f.phase == Phase.AFTERWARDS) | (f.phase == Phase.NONE)
    took_part = (f.last_draw_year != NEVER) & ~f.declined
    return np.asarray(through & took_part & (owners.head_tenure >= year - f.last_draw_year))


def pool(goes: Bools, legitimacy: Floats, group: Ints, n_groups: int) -> Pool:
    """The ambassadors of each group; `goes`, `legitimacy`, `group` of shape (owners,)."""
    rows = np.flatnonzero(goes)
    n = np.bincount(group[rows], minlength=n_groups).astype(np.float64)
    return Pool(n, mean_by(group[rows], legitimacy[rows], n_groups))


def nearness(near: Pool, region: Pool, network: Ints, office: Ints, beyond: float) -> Floats:
    """What peers' word can be worth to each owner, in [0, 1], shape (owners,): from its own network, else from its region."""
    return np.where(near.n[network] > 0, near.word[network], beyond * region.word[office])


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """Ambassadors' visits fall on the same few people at home."""
    f = state[FollowUpOwners]
    if f.visits.any():
        add_load(state[Municipalities], 2 * f.visits * p[Peers].visit_hours / p[Load].hours_per_man_year)


def settle(state: State, p: Parameters, draw: Draws) -> None:
    """Visits are paid from the scheme's money, so that those in it get less, and the hours are put down."""
    f, a = state[FollowUpOwners], p[Peers]
    if not f.visits.any():
        return
    visited = just_drawn(f, state.now.year) & (f.heard > 0)
    f.spent_hours += a.visit_hours * (f.visits + visited)
    price = a.visit_nok * f.visits
    f.spent_nok *= max(1 - price.sum() / max(f.spent_nok.sum(), 1), 0)
    f.spent_nok += price
    f.visits[:] = 0


def freed(heard: Floats, levers: FollowUp, a: Peers) -> Floats:
    """Part of the felt pressure that is left, in [0, 1], shape (owners,); an obligation stays one whatever peers say."""
    return 1 - a.freedom * heard * (levers.obligation is Obligation.VOLUNTARY)


TELL = Process(
    "follow_up.peers.tell",
    tell,
    "Peers are heard before the governor's explanation is taken well or badly.",
    "OECD 2020: ambassadors [F3]",
)
ASK = Process(
    "follow_up.peers.ask",
    ask,
    "Visits are work for those who go.",
    "assumption after OECD 2020 [D12]",
)
SETTLE = Process(
    "follow_up.peers.settle",
    settle,
    "Once the scheme's money is shared out, the visits are paid from it.",
    "assumption after OECD 2020",
)
