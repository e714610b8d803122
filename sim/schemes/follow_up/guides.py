"""Guides (veiledere): the pool of each governor office, and who is sent where [F4]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.follow_up.assumptions import Prephase
from sim.schemes.follow_up.levers import FollowUp, GuideMix
from sim.schemes.follow_up.state import FollowUpOwners, Guides
from sim.state import State
from sim.state.places import Counties, Municipalities, Offices

RAW = 3  # random numbers for each guide sent: from where, who, and (for the first one) whether late; one more says how late


def recruit(n_offices: int, pre: Prephase, draw: Draws) -> Guides:
    """A pool of guides for each office, sorted by office."""
    ids = np.arange(n_offices * pre.guides_per_office)
    kind = draw.uniform("where a guide comes from", ids, per=2)
    from_uh = kind[:, 0] < pre.guides_from_uh
    quality = np.clip(pre.guide_quality_mean + pre.guide_quality_sd * draw.normal("guide's skill", ids), 0, 1)
    return Guides(
        id=ids,
        office=ids // pre.guides_per_office,
        from_uh=from_uh,
        private=~from_uh & (kind[:, 1] < pre.guides_private),
        quality=quality,
        owner_insight=np.where(from_uh, pre.uh_insight, pre.practitioner_insight),
    )


def send(state: State, rows: Ints, p: Parameters, draw: Draws) -> None:
    """Send a team of guides to the municipalities in `rows`, shape (k,): their fit, what they take over, when they start."""
    f, owners, guides, pre, levers = (
        state[FollowUpOwners],
        state[Municipalities],
        state[Guides],
        p[Prephase],
        p[FollowUp],
    )
    office = state[Counties].office[owners.county[rows]]
    raw = team_luck(owners.id[rows], pre, draw)
    team = chosen(raw[:, :-1], office, len(guides), levers.guide_mix, pre)
    f.guide_match[rows] = match(
        guides.quality[team], guides.owner_insight[team], guides.from_uh[team], levers.say_in_guides, pre
    )
    f.uh_guide[rows] = guides.from_uh[team].any(axis=1)
    f.private_guide[rows] = guides.private[team].any(axis=1)
    style = way_of_working(owners.id[rows], pre, draw)
    f.takes_over[rows] = np.clip(levers.takes_over + style, 0, 1)
    pressure = pool_pressure(office, len(state[Offices]), levers.guide_mix, pre)
    late = raw[:, RAW - 1] < np.clip(pre.late_chance * pressure, 0, 1)
    delay = late_start(raw[:, -1], pre)
    f.start_delay[rows] = np.where(late, np.minimum(delay, 1), 0)
    f.guide_hours[rows] = 0


def send_compiled(state: State, rows: Ints, p: Parameters, draw: Draws) -> None:
    """`send`, compiled."""
    from sim.kernels import follow_up_guides as kernels

    f, owners, guides = state[FollowUpOwners], state[Municipalities], state[Guides]
    pre, levers, ids = p[Prephase], p[FollowUp], owners.id[rows]
    raw = np.ascontiguousarray(team_luck(ids, pre, draw).T)
    local_pressure = {GuideMix.LOCAL: 1.0, GuideMix.NATIONAL: 0.0, GuideMix.MIXED: 1 / 2}[levers.guide_mix]
    share, say = national_share(levers.guide_mix, pre), pre.say_gain * levers.say_in_guides
    fit = pre.insight_weight, pre.mixed_team_bonus, say
    kernels.send(
        rows,
        state[Counties].office[owners.county[rows]],
        raw,
        late_start(raw[-1], pre),
        way_of_working(ids, pre, draw),
        guides.quality,
        guides.owner_insight,
        guides.from_uh,
        guides.private,
        np.array([pre.team, pre.guides_per_office, len(state[Offices])]),
        np.array([share, *fit, levers.takes_over, pre.pool_load, local_pressure, pre.late_chance]),
        f.guide_match,
        f.uh_guide,
        f.private_guide,
        f.takes_over,
        f.start_delay,
    )
    f.guide_hours[rows] = 0


def team_luck(ids: Ints, pre: Prephase, draw: Draws) -> Floats:
    """Numbers in (0, 1) that say who is sent and how late, shape (k, numbers of each member and one more)."""
    return draw.uniform("guides sent", ids, per=RAW * pre.team + 1)


def way_of_working(ids: Ints, pre: Prephase, draw: Draws) -> Floats:
    """What teams take over beyond what they are told, or less, shape (k,)."""
    return pre.takes_over_sd * draw.normal("guides' way of working", ids)


def late_start(u: Floats, pre: Prephase) -> Floats:
    """Years of delay of a late start, before the limit of a year, from numbers in (0, 1); same shape."""
    return np.asarray(-pre.late_years * np.log(u))


def chosen(raw: Floats, office: Ints, n_guides: int, mix: GuideMix, pre: Prephase) -> Ints:
    """Rows of the guides sent to each municipality, shape (k, team): different persons, from local or national pools."""
    k, team = len(office), pre.team
    numbers = raw.reshape(k, team, RAW)
    national = numbers[:, :, 0] < national_share(mix, pre)
    size = np.where(national, n_guides, pre.guides_per_office)
    start = np.where(national, 0, (office * pre.guides_per_office)[:, None])
    rows = start + np.minimum((numbers[:, :, 1] * size).astype(np.int64), size - 1)
    for member in range(1, team):
        taken = rows[:, :member]
        while (clash := (taken == rows[:, [member]]).any(axis=1)).any():
            offset = rows[clash, member] - start[clash, member] + 1
            rows[clash, member] = start[clash, member] + offset % size[clash, member]
    return np.asarray(rows)


def national_share(mix: GuideMix, pre: Prephase) -> float:
    """Share of guides who are taken from the whole country."""
    return {GuideMix.LOCAL: 0.0, GuideMix.NATIONAL: 1.0, GuideMix.MIXED: pre.national_share}[mix]


def match(quality: Floats, insight: Floats, from_uh: np.ndarray, say: float, pre: Prephase) -> Floats:
    """How well teams fit, in [0, 1], shape (k,), from their members' traits, shape (k, team)."""
    mixed = from_uh.any(axis=1) & ~from_uh.all(axis=1)
    skill = (1 - pre.insight_weight) * team_mean(quality) + pre.insight_weight * team_mean(insight)
    fit: Floats = np.clip(skill + pre.mixed_team_bonus * mixed + pre.say_gain * say, 0, 1)
    return fit


def team_mean(trait: Floats) -> Floats:
    """Mean over each team's members, from shape (k, team) to (k,).

    They are added up one after the other, so that compiled code gives the same digits.
    """
    return np.asarray(sum(trait.T) / trait.shape[1])


def pool_pressure(office: Ints, n_offices: int, mix: GuideMix, pre: Prephase) -> Floats:
    """How hard the pool each municipality draws on is pressed, shape (k,): 1 or less while every guide has room."""
    wanted = np.bincount(office, minlength=n_offices) * float(pre.team)
    room = pre.guides_per_office * pre.pool_load
    local = np.maximum(wanted / room, 1)[office]
    national = np.full(len(office), max(wanted.sum() / (room * n_offices), 1.0))
    by_mix = {GuideMix.LOCAL: local, GuideMix.NATIONAL: national, GuideMix.MIXED: (local + national) / 2}
    return np.asarray(by_mix[mix])
