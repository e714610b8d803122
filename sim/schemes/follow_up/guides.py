"""Guides (veiledere): the pool of each governor office, and who is sent where [F4]."""

from __future__ import annotations

from math import log
from typing import Annotated

import numpy as np

from sim.arrays import Bools, Ints
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up.assumptions import Prephase
from sim.schemes.follow_up.levers import FollowUp, GuideMix
from sim.schemes.follow_up.state import FollowUpOwners, Guides
from sim.state.identity import numbered_within
from sim.state.places import Counties, Municipalities, Offices

RAW = 3  # random numbers for each guide sent: from where, who, and (for the first one) whether late; one more says how late
NUMBERS = RAW * 4 + 1  # for the largest team


def recruit(offices: Ints, pre: Prephase, draw: Draws) -> Guides:
    """A pool of guides for each of the offices, whose identities are given, shape (offices,); sorted by office."""
    office = np.repeat(np.arange(len(offices)), pre.guides_per_office)
    ids = numbered_within(offices[office])
    kind = draw.uniform("where a guide comes from", ids, per=2)
    from_uh = kind[:, 0] < pre.guides_from_uh
    quality = np.clip(pre.guide_quality_mean + pre.guide_quality_sd * draw.normal("guide's skill", ids), 0, 1)
    return Guides(
        id=ids,
        office=office,
        from_uh=from_uh,
        private=~from_uh & (kind[:, 1] < pre.guides_private),
        quality=quality,
        owner_insight=np.where(from_uh, pre.uh_insight, pre.practitioner_insight),
    )


@rule
def send(
    f: FollowUpOwners,
    owners: Municipalities,
    counties: Counties,
    offices: Offices,
    guides: Guides,
    levers: FollowUp,
    pre: Prephase,
    sent: Annotated[Luck, "guides sent", NUMBERS],
    way: Annotated[Luck, "guides' way of working"],
    to: Bools,
) -> None:
    """Send a team of guides to those who are marked, shape (owners,): their fit, what they take over, when they start."""
    wanted, in_all = np.zeros(len(offices)), 0.0
    for o in range(len(f)):
        wanted[counties.office[owners.county[o]]] += pre.team * to[o]
        in_all += pre.team * to[o]
    team = np.empty(pre.team, dtype=np.int64)
    for o in range(len(f)):
        if not to[o]:
            continue
        who, office = owners.id[o], counties.office[owners.county[o]]
        choose(team, sent, who, office, guides, levers, pre)
        f.guide_match[o] = match(team, guides, levers, pre)
        f.uh_guide[o], f.private_guide[o] = False, False
        for guide in team:
            f.uh_guide[o] = f.uh_guide[o] or guides.from_uh[guide]
            f.private_guide[o] = f.private_guide[o] or guides.private[guide]
        f.takes_over[o] = share_of(levers.takes_over + pre.takes_over_sd * way.normal(who))
        pressure = pool_pressure(wanted[office], in_all, len(offices), levers, pre)
        late = sent.uniform(who, RAW - 1) < share_of(pre.late_chance * pressure)
        f.start_delay[o] = min(-pre.late_years * log(sent.uniform(who, RAW * pre.team)), 1.0) if late else 0.0
        f.guide_hours[o] = 0.0


@formula
def choose(
    team: Ints, sent: Luck, who: int, office: int, guides: Guides, levers: FollowUp, pre: Prephase
) -> None:
    """Rows of the guides sent to a municipality into `team`: different persons, from local or national pools."""
    for member in range(len(team)):
        national = sent.uniform(who, RAW * member) < national_share(levers, pre)
        start = 0 if national else office * pre.guides_per_office
        size = len(guides) if national else pre.guides_per_office
        place = min(int(sent.uniform(who, RAW * member + 1) * size), size - 1)
        free = 0
        while free < member:  # one who is in the team already gives way to the next
            if team[free] == start + place:
                place, free = (place + 1) % size, 0
            else:
                free += 1
        team[member] = start + place


@formula
def national_share(levers: FollowUp, pre: Prephase) -> float:
    """Share of guides who are taken from the whole country."""
    if levers.guide_mix == GuideMix.MIXED:
        return pre.national_share
    return 1.0 if levers.guide_mix == GuideMix.NATIONAL else 0.0


@formula
def match(team: Ints, guides: Guides, levers: FollowUp, pre: Prephase) -> float:
    """How well a team fits, in [0, 1]: skill, knowledge of owners' work, whether it is mixed, and the owner's say."""
    quality, insight, from_uh = 0.0, 0.0, 0
    for guide in team:
        quality += guides.quality[guide]
        insight += guides.owner_insight[guide]
        from_uh += guides.from_uh[guide]
    skill = ((1 - pre.insight_weight) * quality + pre.insight_weight * insight) / len(team)
    mixed = 0 < from_uh < len(team)
    return share_of(skill + pre.mixed_team_bonus * mixed + pre.say_gain * levers.say_in_guides)


@formula
def pool_pressure(here: float, in_all: float, n_offices: int, levers: FollowUp, pre: Prephase) -> float:
    """How hard the pool is pressed that a municipality draws on, by the guides wanted of its office and in all: 1 or less while
    every guide has room.
    """
    room = pre.guides_per_office * pre.pool_load
    local, national = max(here / room, 1.0), max(in_all / (room * n_offices), 1.0)
    if levers.guide_mix == GuideMix.MIXED:
        return (local + national) / 2
    return national if levers.guide_mix == GuideMix.NATIONAL else local
