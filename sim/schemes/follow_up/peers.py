"""Leaders who have been through follow-up tell those just drawn what it was like; the project's own idea [F3].

They exist where the head of schools who was there is still in post, so none before the first round is over, and fewest where
heads come and go. They are heard in their own network first, elsewhere under the same governor less. Their word is worth as much
as they themselves found follow-up right. It costs their hours, those of the owners they visit, and money of the scheme.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up.assumptions import Peers
from sim.schemes.follow_up.levers import FollowUp, Obligation
from sim.schemes.follow_up.phases import just_drawn
from sim.schemes.follow_up.state import NEVER, FollowUpOwners, Phase
from sim.state import State
from sim.state.places import Counties, Municipalities, Networks, Offices


def tell(state: State, p: Parameters, draw: Draws) -> None:
    """Ambassadors visit those just drawn, before these make up their minds."""
    hear(state, p, draw, year=state.now.year)


@rule
def hear(
    f: FollowUpOwners,
    owners: Municipalities,
    counties: Counties,
    networks: Networks,
    offices: Offices,
    levers: FollowUp,
    a: Peers,
    goes_out: Annotated[Luck, "leader goes out as an ambassador"],
    year: int,
) -> None:
    """What those just drawn hear from ambassadors of their network, else from those under the same governor."""
    told = 0
    for o in range(len(f)):
        if just_drawn(f.phase[o], f.half_years[o], f.last_draw_year[o], year):
            told += 1
            f.heard[o] = 0.0
    if told == 0 or levers.ambassadors == 0:
        return
    # ambassadors and their words added up, by network and by governor
    near, near_word = np.zeros(len(networks)), np.zeros(len(networks))
    region, region_word = np.zeros(len(offices)), np.zeros(len(offices))
    goes = np.zeros(len(f), dtype=np.bool_)
    for o in range(len(f)):
        through = been_there(f.phase[o], f.last_draw_year[o], f.declined[o], owners.head_tenure[o], year)
        if through and goes_out.uniform(owners.id[o]) < levers.ambassadors:
            goes[o] = True
            network, office = owners.network[o], counties.office[owners.county[o]]
            near[network] += 1
            near_word[network] += f.legitimacy[o]
            region[office] += 1
            region_word[office] += f.legitimacy[o]
    wanted = np.zeros(len(offices))
    for o in range(len(f)):
        if just_drawn(f.phase[o], f.half_years[o], f.last_draw_year[o], year):
            network, office = owners.network[o], counties.office[owners.county[o]]
            f.heard[o] = nearness(
                near[network], near_word[network], region[office], region_word[office], a.beyond_network
            )
            wanted[office] += f.heard[o] > 0
    for o in range(len(f)):
        office = counties.office[owners.county[o]]
        most = min(wanted[office], region[office] * a.most_visits)
        if just_drawn(f.phase[o], f.half_years[o], f.last_draw_year[o], year):
            f.heard[o] *= most / max(wanted[office], 1.0)
        f.visits[o] = most / max(region[office], 1.0) if goes[o] else 0.0


@formula
def been_there(phase: int, last_draw_year: int, declined: bool, head_tenure: float, year: int) -> bool:
    """Whether a head of schools has been through follow-up in this post: took part, is through, and stayed."""
    through = phase in (Phase.AFTERWARDS, Phase.NONE)
    took_part = last_draw_year != NEVER and not declined
    return through and took_part and head_tenure >= year - last_draw_year


@formula
def nearness(near: float, near_words: float, region: float, region_words: float, beyond: float) -> float:
    """What peers' word can be worth to an owner, in [0, 1]: from its own network, else from its region.

    There are so many ambassadors, `near` and in the `region`; the words are how right they found follow-up, added up.
    """
    return near_words / near if near > 0 else beyond * region_words / max(region, 1.0)


@rule
def ask(f: FollowUpOwners, owners: Municipalities, a: Peers, work: Load) -> None:
    """Ambassadors' visits fall on the same few people at home."""
    for o in range(len(f)):
        if f.visits[o] > 0:
            asked = 2 * f.visits[o] * a.visit_hours / work.hours_per_man_year
            owners.load[o] += asked / owners.capacity_fte[o]


def settle(state: State, p: Parameters, draw: Draws) -> None:
    """Visits are paid from the scheme's money, so that those in it get less, and the hours are put down."""
    pay(state, p, year=state.now.year)


@rule
def pay(f: FollowUpOwners, a: Peers, year: int) -> None:
    """Hours of ambassadors and of those visited; money of all in the scheme."""
    visits, spent = 0.0, 0.0
    for o in range(len(f)):
        visits += f.visits[o]
        spent += f.spent_nok[o]
    if visits == 0:
        return
    left = max(1 - a.visit_nok * visits / max(spent, 1.0), 0.0)
    for o in range(len(f)):
        visited = f.last_draw_year[o] == year and f.heard[o] > 0  # also who has declined since
        f.spent_hours[o] += a.visit_hours * (f.visits[o] + visited)
        f.spent_nok[o] = f.spent_nok[o] * left + a.visit_nok * f.visits[o]
        f.visits[o] = 0.0


@formula
def freed(heard: float, levers: FollowUp, a: Peers) -> float:
    """Part of the felt pressure that is left, in [0, 1]; an obligation stays one whatever peers say."""
    return 1 - a.freedom * heard if levers.obligation == Obligation.VOLUNTARY else 1.0


TELL = Process(
    "follow_up.peers.tell",
    tell,
    "Peers are heard before the governor's explanation is taken well or badly.",
    "the project's own idea; OECD 2020 has ambassadors for the competence model as such [F3]",
)
ASK = Process(
    "follow_up.peers.ask",
    ask,
    "Visits are work for those who go.",
    "assumption [D12]",
)
SETTLE = Process(
    "follow_up.peers.settle",
    settle,
    "Once the scheme's money is shared out, the visits are paid from it.",
    "assumption",
)
