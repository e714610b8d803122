"""The county's forum: meetings, roles, trust, contact with the other scheme, visibility, and reforms that set all of it back."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Ints
from sim.half_year import Season
from sim.parameters.load import Load, Pandemic
from sim.parameters.registry import Parameters
from sim.processes.grouping import shared_out
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.vocational.assumptions import CountyWork
from sim.schemes.vocational.levers import ForumRole, RunBy, Vocational
from sim.schemes.vocational.state import CountyOwners, UpperSchools
from sim.state import State
from sim.state.borders import added_up
from sim.state.places import Counties
from sim.world.county_reform import REFORMS, begun_anew, county_of_the_time


def redraw(state: State, p: Parameters, draw: Draws) -> None:
    """County reform: where counties are merged (2020) or split (2024), forum and routines begin anew [V6].

    Contact with the other scheme rests on persons, and outlives the reform where they do. Money carried follows the teachers.
    """
    if state.now.year not in REFORMS or state.now.season is not Season.SPRING:
        return
    owners, schools = state[CountyOwners], state[UpperSchools]
    before, after = owners.owner.copy(), county_of_the_time(state[Counties], state.now.year)
    anew, heir_of = begun_anew(before, after)
    for column in (owners.trust, owners.models, owners.experience):
        column[anew] = column[heir_of] * (1 - p[CountyWork].reform_loss)
    for kept in (owners.role_clarity, owners.visibility, owners.done):
        kept[anew] = kept[heir_of]
    luck = draw.uniform("contact outlives a county reform", state[Counties].id)[anew]
    owners.contact[anew] = owners.contact[heir_of] & (luck >= p[CountyWork].reform_loss)
    owners.joined[anew] = owners.joined[heir_of]
    teachers = added_up(schools.county, schools.n_teachers.astype(float), len(owners)) + 1
    owners.carried_nok[:] = moved_along(owners.carried_nok, before, after, teachers)
    owners.owner[:] = after


def moved_along(nok: Ints, before: Ints, after: Ints, weight: Floats) -> Ints:
    """Money of the owners before, kroner, shape (counties,), shared out by weight and gathered by the owners after."""
    each = shared_out(nok, weight, before)
    return np.asarray(np.bincount(after, each, len(nok)), dtype=np.int64)


def meet(state: State, p: Parameters, draw: Draws) -> None:
    """Meetings of the half-year; hours are counted from spring on."""
    hold_meetings(state, p, draw, spring=state.now.season is Season.SPRING)


@rule
def hold_meetings(
    owners: CountyOwners,
    counties: Counties,
    levers: Vocational,
    a: CountyWork,
    pandemic: Pandemic,
    work: Load,
    contacts: Annotated[Luck, "contact between the schemes is made or lost"],
    spring: bool,
) -> None:
    """Half a year of meetings: experience, trust, roles, contact, visibility; and how well needs are found [V4, V6, V7].

    Where one scheme for upper secondary begins (or ends), what continuity does not carry over is lost in part [V7]. All that
    is the office's work is done as far as its man-years go.
    """
    deciding = levers.forum_role == ForumRole.DECIDING
    met = 1 - pandemic.share_lost
    for k in range(len(owners)):
        owners.hours[k] = 0.0 if spring else owners.hours[k]
        if not levers.active:
            continue
        begins = owners.joined[k] != levers.joint
        rolling = (
            levers.direct_share <= owners.direct_habit[k] and owners.rolling_habit[k] < levers.rolling_share
        )
        asked = asked_of_office(rolling, begins, levers, a)
        there = hours_of_office(owners.rolling_habit[k] < a.usual_rolling, levers, a, work)
        owners.done[k] = (owners.done[k] + done_share(asked / there)) / 2
        done = owners.done[k]
        left = carried_over(levers, done, a) if begins else 1.0
        owners.joined[k] = levers.joint
        owners.models[k] *= left
        owners.experience[k] = owners.experience[k] * left + met / 2 * done * (
            1 + a.post_pace * levers.own_post
        )
        owners.trust[k] = trust_after(owners.trust[k] * left, met * (1 + a.trust_deciding * deciding), a)
        clear = role_clarity_called_for(owners.clarity_luck[k], levers, a)
        owners.role_clarity[k] += a.clarity_pace / 2 * met * (clear - owners.role_clarity[k])
        owners.contact[k] = contact_after(
            owners.contact[k], contacts.uniform(counties.id[k]), done, levers, a
        )
        owners.visibility[k] += (
            a.visibility_pace / 2 * (visibility_called_for(levers, a) - owners.visibility[k])
        )
        owners.hit[k] = expected_hit(
            owners.trust[k],
            owners.visibility[k],
            owners.role_clarity[k],
            owners.models[k],
            levers.board_active * done,
            a,
        )
        worked = hours_of_half_year(rolling, begins, levers, a)
        owners.hours[k] += worked * (owners.owner[k] == k)


@formula
def hours_of_half_year(rolling: bool, begins: bool, levers: Vocational, a: CountyWork) -> float:
    """Hours that forum, board and county work in a half-year, beside running the scheme."""
    return hours_of_meetings(levers, a) + hours_beside(rolling, begins, levers, a)


@formula
def hours_of_meetings(levers: Vocational, a: CountyWork) -> float:
    """Hours of forum and board in a half-year, their members' and the office's."""
    meetings = 1 + a.deciding_hours * (levers.forum_role == ForumRole.DECIDING) + a.plan_hours * levers.plan
    return a.meeting_hours * meetings + a.board_hours * levers.board_active


@formula
def hours_beside(rolling: bool, begins: bool, levers: Vocational, a: CountyWork) -> float:
    """Hours of the office alone in a half-year on what rules ask of it beside running the scheme.

    Parameters
    ----------
    rolling, begins : bool
        Whether applications come in at any time; whether a joint scheme begins or ends.
    """
    asked = a.network_hours * levers.national_network
    asked += a.coordination_hours * levers.coordination + a.regulation_hours * levers.regulation
    asked += a.rolling_hours * rolling + a.rules_hours * levers.visibility_rules * levers.joint
    return asked + a.continuity_hours * levers.continuity * begins


@formula
def asked_of_office(rolling: bool, begins: bool, levers: Vocational, a: CountyWork) -> float:
    """Hours that are asked of a county's office in a half-year."""
    of_meetings = a.office_part * hours_of_meetings(levers, a)
    return a.ordinary_hours + of_meetings + hours_beside(rolling, begins, levers, a)


@formula
def hours_of_office(for_rolling: bool, levers: Vocational, a: CountyWork, work: Load) -> float:
    """Hours that a county's office has in a half-year: its own, its post's, and more where applications come at any time."""
    return (a.office_fte + levers.own_post) * work.hours_per_man_year / 2 + a.rolling_hours * for_rolling


@formula
def carried_over(levers: Vocational, done: float, a: CountyWork) -> float:
    """Part of trust, models and experience that is left when one scheme begins or ends, in [0, 1]."""
    return 1 - a.reform_loss * (1 - levers.continuity * done) * worry(levers, a)


@formula
def worry(levers: Vocational, a: CountyWork) -> float:
    """How far counties' worries about a joint scheme come true, in [0, 1]: less where the county runs it itself [V7]."""
    return 1 - a.county_eases * (levers.run_by == RunBy.COUNTY)


@formula
def trust_after(trust: float, met: float, a: CountyWork) -> float:
    """Trust after half a year of meetings, in [0, 1]; members who are replaced take theirs along."""
    return (trust + a.trust_gain / 2 * met * (1 - trust)) * (1 - a.member_exit / 2)


@formula
def role_clarity_called_for(luck: float, levers: Vocational, a: CountyWork) -> float:
    """How clear the roles of vocational board and forum come to be, in [0, 1].

    By the rules, by how active the board is, and by a county's own luck.
    """
    rules = a.clarity_after if levers.regulation else a.clarity_before
    usual = (
        rules
        + a.board_clarity * levers.board_active
        - a.clarity_overlap * (levers.forum_role == ForumRole.DECIDING)
    )
    return share_of(usual + luck)


@formula
def visibility_called_for(levers: Vocational, a: CountyWork) -> float:
    """How far vocational needs come to be in sight, in [0, 1].

    In a joint scheme as far as rules, their own weight and a county that runs it keep them there.
    """
    out_of_sight = (1 - levers.visibility_rules) * (1 - a.vocational_weight) * worry(levers, a)
    return 1 - out_of_sight if levers.joint else 1.0


@formula
def contact_after(contact: bool, u: float, done: float, levers: Vocational, a: CountyWork) -> bool:
    """Whether a county has contact between the schemes after half a year [V4].

    A joint scheme is contact in itself; elsewhere rules call for it, and a post gives somebody time to find it, as far as the
    office gets its work `done`. `u`, in (0, 1), decides who finds contact and who loses it.
    """
    sought = min(levers.coordination + a.post_contact * levers.own_post, 1.0) * done
    made, lost = a.contact_made / 2 * sought, a.contact_lost / 2
    return levers.joint or (u >= lost if contact else u < made)


@formula
def expected_hit(
    trust: float, visibility: float, role_clarity: float, models: float, board_active: float, a: CountyWork
) -> float:
    """How well measures hit the trades' needs, in [0, 1]: working life heard in trust, an active board, good models.

    Working life is heard through trust, not by votes: whether the forum advises or decides makes no difference here. What
    nobody sees is not hit, and where board and forum don't know who is to say what, part of it is said by nobody.
    """
    clear = 1 - a.clarity_counts * (1 - role_clarity)
    said = a.hit_working_life * trust * clear + a.hit_board * board_active
    return share_of(a.hit_base + said * visibility + a.hit_models * models)


@rule
def spread(
    owners: CountyOwners,
    counties: Counties,
    levers: Vocational,
    a: CountyWork,
    leaves: Annotated[Luck, "county's key person leaves"],
) -> None:
    """Good models: found by the county itself, taken over from the best in the national network, lost with persons [V3]."""
    if not levers.active:
        return
    best = 0.0
    for k in range(len(owners)):
        best = max(best, owners.models[owners.owner[k]])
    for k in range(len(owners)):
        gone = leaves.uniform(counties.id[k]) < a.person_exit / 2
        owners.models[k] = models_after(
            owners.models[k], best, owners.trust[k], gone, levers.national_network, owners.done[k], a
        )


@formula
def models_after(
    models: float, best: float, trust: float, gone: bool, network: float, done: float, a: CountyWork
) -> float:
    """Good models in use after half a year, in [0, 1]; the best county's are there to be taken over. It is work, `done` as far as
    the office gets.
    """
    own = a.models_own / 2 * trust * (1 - models)
    taken_over = a.models_spread / 2 * network * max(best - models, 0.0)
    return share_of((models + (own + taken_over) * done) * (1 - a.person_loss if gone else 1.0))


REDRAW = Process(
    "vocational.county.redraw",
    redraw,
    "When county borders move, forums and routines begin anew.",
    "OECD 2020; AFI-rapport 2026:02, 4.4 [V6]",
)
MEET = Process(
    "vocational.county.meet",
    meet,
    "The forum meets before money is shared out.",
    "AFI-rapport 2026:02, 4.2-4.4 [V4, V6, V7]",
)
SPREAD = Process(
    "vocational.county.spread",
    spread,
    "Counties meet in the national network between their own forums' meetings.",
    "AFI-rapport 2026:02, 4 [V3]",
)
