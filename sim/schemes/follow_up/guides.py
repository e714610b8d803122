"""Guides (veiledere): the pool of each governor office, and who is sent where [F4]."""

from __future__ import annotations

from math import exp, log
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
    """All who may be recruited: those of each office, whose identities are given, shape (offices,), sorted by office, then those
    of the nation; nobody of an office is at work yet.
    """
    office = np.repeat(np.arange(len(offices)), pre.guides_most)
    of_nation = np.zeros(pre.guides_national, dtype=np.int64)
    ids = numbered_within(np.concatenate([offices[office], of_nation]))
    kind = draw.uniform("where a guide comes from", ids, per=2)
    from_uh = kind[:, 0] < pre.guides_from_uh
    luck = draw.normal("guide's skill and knowledge of owners' work", ids, per=2)
    insight = np.where(from_uh, pre.uh_insight, pre.practitioner_insight)
    local = np.arange(len(ids)) < len(office)
    return Guides(
        id=ids,
        office=np.concatenate([office, of_nation]),
        in_pool=~local,
        from_uh=from_uh,
        private=~from_uh & (kind[:, 1] < pre.guides_private),
        quality=np.clip(pre.guide_quality_mean + pre.guide_quality_sd * luck[:, 0], 0, 1),
        owner_insight=np.clip(insight + pre.insight_sd * luck[:, 1], 0, 1),
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
    ties: Annotated[Luck, "guide knows the municipality"],
    recruiting: Annotated[Luck, "guides recruited"],
    to: Bools,
) -> None:
    """Recruit guides where the marked owners are, shape (owners,), and send each of them a team: its fit, what it takes over,
    when it starts. Guides learn by every team they are in.
    """
    marked, in_all = np.zeros(len(offices)), 0.0
    for o in range(len(f)):
        marked[counties.office[owners.county[o]]] += to[o]
        in_all += to[o]
    pool = np.empty(len(offices), dtype=np.int64)
    for k in range(len(offices)):
        pool[k] = pool_size(marked[k], recruiting.normal(offices.id[k]), pre)
        for place in range(pre.guides_most):
            guides.in_pool[k * pre.guides_most + place] = marked[k] > 0 and place < pool[k]
    team = np.empty(pre.team, dtype=np.int64)
    for o in range(len(f)):
        if not to[o]:
            continue
        who, office = owners.id[o], counties.office[owners.county[o]]
        choose(team, sent, who, office * pre.guides_most, pool[office], guides, levers, pre)
        known = team[0] < len(offices) * pre.guides_most and ties.uniform(who) < pre.known_chance
        f.guide_match[o] = share_of(match(team, guides, levers, pre) + pre.known_gain * known)
        f.uh_guide[o], f.private_guide[o] = False, False
        for guide in team:
            f.uh_guide[o] = f.uh_guide[o] or guides.from_uh[guide]
            f.private_guide[o] = f.private_guide[o] or guides.private[guide]
            guides.quality[guide] += pre.guides_learn * (1 - guides.quality[guide])
        leaning = levers.takes_over + pre.takes_over_weak * (pre.usual_competence - owners.competence[o])
        f.takes_over[o] = share_of(leaning + pre.takes_over_sd * way.normal(who))
        pressure = pool_pressure(
            pre.team * marked[office] / pool[office],
            pre.team * in_all / max(pre.guides_national, 1),
            levers,
            pre,
        )
        late = sent.uniform(who, RAW - 1) < share_of(pre.late_chance * pressure)
        f.start_delay[o] = min(-pre.late_years * log(sent.uniform(who, RAW * pre.team)), 1.0) if late else 0.0
        f.guide_hours[o] = 0.0


@formula
def pool_size(marked: float, own: float, pre: Prephase) -> int:
    """Guides that an office recruits for so many municipalities, by what is its `own`, standard normal: a team at least, and no
    more than there are.
    """
    eager = exp(pre.guides_spread * own - pre.guides_spread**2 / 2)
    wanted = int(np.floor(pre.guides_per_owner * marked * eager + 0.5))
    return min(max(wanted, pre.team), pre.guides_most)


@formula
def choose(
    team: Ints, sent: Luck, who: int, first: int, pool: int, guides: Guides, levers: FollowUp, pre: Prephase
) -> None:
    """Rows of the guides sent to a municipality into `team`: different persons, from its office's pool of so many, which begins
    at the row `first`, or from the national one at the end.
    """
    for member in range(len(team)):
        national = sent.uniform(who, RAW * member) < national_share(levers, pre)
        start = len(guides) - pre.guides_national if national else first
        size = pre.guides_national if national else pool
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
    """Share of guides who are taken from the national pool."""
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
def pool_pressure(local: float, national: float, levers: FollowUp, pre: Prephase) -> float:
    """How hard the pools are pressed that a municipality draws on, by guides wanted for each there is, `local` of its office and
    `national`: 1 while every guide has room.
    """
    share = national_share(levers, pre)
    at_home = max((1 - share) * local / pre.pool_load, 1.0)
    abroad = max(share * national / pre.pool_load, 1.0)
    return (1 - share) * at_home + share * abroad
