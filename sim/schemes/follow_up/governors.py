"""The governor's office in the triangle: its man-years are shared by what it has to do, and closeness is what is left [F5].

Leading forums and supervision come first, the work of linking the two roles, gatherings of the directorate, and answers to
those just drawn; what remains goes to the owners in follow-up. A larger draw, an empty post or closer following up of each one
leaves less for the others, and something for the forums too.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up.assumptions import Governors, Prephase
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, Phase, Track
from sim.state import State
from sim.state.places import Counties, Municipalities, Offices


def follow(state: State, p: Parameters, draw: Draws) -> None:
    """How close each office is this half-year to each owner in the scheme, and how clear its roles have become."""
    share_out(state, p, draw, autumn=state.now.season is Season.AUTUMN)


@rule
def share_out(
    f: FollowUpOwners,
    own: FollowUpOffices,
    owners: Municipalities,
    counties: Counties,
    offices: Offices,
    levers: FollowUp,
    pre: Prephase,
    g: Governors,
    vacancies: Annotated[Luck, "post in a governor's office empty"],
    autumn: bool,
) -> None:
    """An office's man-years go to forums and supervision first, then to the owners it follows, most to those that can least."""
    n = len(offices)
    municipalities, followed, need, tied = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    for k in range(n):
        own.asked_fte[k] = 0.0
    for o in range(len(f)):
        k = counties.office[owners.county[o]]
        municipalities[k] += 1
        tied[k] += answers_fte(f.phase[o], f.half_years[o], levers, g)
        wanted = wanted_fte(f.phase[o], f.track[o], levers, g)
        if wanted > 0:
            own.asked_fte[k] += wanted
            followed[k] += 1
            need[k] += 1 - owners.competence[o]
    for k in range(n):
        if autumn:
            own.vacant[k] = vacancies.uniform(offices.id[k]) < g.vacancy_chance
        tied[k] += offices.tied_fte[k] + offices.forums_fte[k]
        spare = spare_fte(municipalities[k], own.vacant[k], tied[k], g)
        least = free_fte(municipalities[k], own.vacant[k], tied[k], g)
        yielded = min(g.forum_yields * max(own.asked_fte[k] - least, 0.0), g.forum_fte)
        own.free_fte[k] = least + yielded
        offices.forum_room[k] = forum_room(least - spare + yielded, g)
        own.room[k] = min(own.free_fte[k] / own.asked_fte[k], 1.0) if own.asked_fte[k] > 0 else 1.0
    for o in range(len(f)):
        f.closeness[o] = 0.0
        if wanted_fte(f.phase[o], f.track[o], levers, g) > 0:
            k = counties.office[owners.county[o]]
            directed = g.directed * (1 + offices.synergy[k])
            weight = 1 + directed * (1 - owners.competence[o] - need[k] / followed[k])
            meant = closeness(offices.closeness[k], f.sanctioned[o], levers, pre)
            f.closeness[o] = share_of(meant * own.room[k] * weight)
            if f.phase[o] == Phase.PREPHASE and f.half_years[o] == 0:
                own.role_clarity[k] += (
                    g.clarity_learned * f.closeness[o] / followed[k] * (1 - own.role_clarity[k])
                )


@formula
def wanted_fte(phase: int, track: int, levers: FollowUp, g: Governors) -> float:
    """Man-years that an office would need to follow an owner as closely as the rules say; half the scale is what is usual."""
    usual = 0.0
    if phase == Phase.PREPHASE:
        usual = g.prephase_fte * guided_part(track, levers)
    elif phase == Phase.IMPLEMENTATION:
        usual = g.implementation_fte
    return 2 * levers.governor_closeness * usual


@formula
def guided_part(track: int, levers: FollowUp) -> float:
    """Part of a whole pre-phase that an owner on a track gets, in [0, 1]."""
    return levers.light_share if track == Track.LIGHT else 1.0


@formula
def prephase_length(track: int, levers: FollowUp) -> float:
    """Years of pre-phase on a track."""
    if track in (Track.STRAIGHT, Track.ENVIRONMENT):
        return 0.0
    return levers.prephase_years + levers.long_adds_years * (track == Track.LONG)


@formula
def answers_fte(phase: int, half_years: int, levers: FollowUp, g: Governors) -> float:
    """Man-years that an owner who has just been told takes of its office: openly answered, and heard on its guides, who may be
    told of the grounds themselves; and told early what is due when [F3, F4].
    """
    new = phase == Phase.DIALOGUE or (phase == Phase.PREPHASE and half_years == 0)
    told = levers.guides_told * g.telling_fte + levers.early_information * g.early_fte
    return new * (levers.openness * g.answers_fte + levers.say_in_guides * g.matching_fte + told)


@formula
def judged_competence(competence: float, insight: float, own: float, pre: Prephase, g: Governors) -> float:
    """What an office takes an owner's competence to be: right as far as it knows owners, else the usual, give or take its
    `own` opinion, standard normal.
    """
    unknown = float(np.sqrt(1 - insight * insight)) * g.misjudged_sd * own
    return pre.usual_competence + insight * (competence - pre.usual_competence) + unknown


@formula
def track_by_need(judged: float, levers: FollowUp) -> int:
    """The track of an owner that is judged so competent, as a code of `Track`: the less it needs, the shorter."""
    if levers.long_below > 0 and judged < levers.long_below:
        return int(Track.LONG)
    if levers.straight_from < 1 and judged >= levers.straight_from:
        return int(Track.STRAIGHT)
    return int(Track.LIGHT) if levers.light_from < 1 and judged >= levers.light_from else int(Track.FULL)


@formula
def staff_fte(municipalities: float, vacant: bool, g: Governors) -> float:
    """Man-years of an office, less where a post stands empty."""
    staff = g.fte_base + g.fte_per_municipality * municipalities
    return staff * (1 - g.vacancy_share) if vacant else staff


@formula
def spare_fte(municipalities: float, vacant: bool, tied: float, g: Governors) -> float:
    """Man-years of an office that forums, supervision, linking the two and empty posts leave; below 0 where they are too few."""
    return staff_fte(municipalities, vacant, g) - g.forum_fte - g.supervision_fte * municipalities - tied


@formula
def free_fte(municipalities: float, vacant: bool, tied: float, g: Governors) -> float:
    """Man-years of an office that are there for follow-up: what is left, or the least that it keeps for it."""
    left, least = (
        spare_fte(municipalities, vacant, tied, g),
        g.least_share * staff_fte(municipalities, vacant, g),
    )
    return left if left > least else least  # noqa: FURB136 - numba makes a branch of max


@formula
def forum_room(taken_fte: float, g: Governors) -> float:
    """Part of the usual time for forums that is left, in [0, 1], when follow-up has taken some man-years of it."""
    return share_of(1 - taken_fte / g.forum_fte) if g.forum_fte > 0 else 1.0


@formula
def closeness(office: float, sanctioned: bool, levers: FollowUp, pre: Prephase) -> float:
    """How close the governor's office means to be, in [0, 1], by its own habit and the rules; its help counts less when it also
    holds a sanction [F5].
    """
    close = np.minimum(np.maximum((office + levers.governor_closeness) / 2, 0.0), 1.0)
    helping: float = close * (1 - (1 - pre.closeness_under_sanction) * sanctioned)
    return helping


@formula
def by_closeness(gain: float, close: float, g: Governors) -> float:
    """A factor of 1 at the usual closeness, more where the governor is closer and less where it is not; never below 0."""
    factor = 1 + gain * (close - g.usual_closeness)
    return factor if factor > 0 else 0.0


PROCESS = Process(
    "follow_up.governors",
    follow,
    "Who is in the scheme is settled; now it is known how much of its governor each owner gets.",
    "AFI-rapport 2021:09, 3.2, 3.4 and 3.6 [F5]",
)
