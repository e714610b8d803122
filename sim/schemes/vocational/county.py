"""The county's forum: meetings, roles, trust, contact with the other scheme, visibility, and reforms that set all of it back."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.processes.grouping import shared_out
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.vocational.assumptions import CountyWork
from sim.schemes.vocational.levers import ForumRole, Vocational
from sim.schemes.vocational.state import CountyOwners, UpperSchools
from sim.state import State
from sim.state.places import Counties
from sim.world.borders import added_up
from sim.world.county_reform import REFORMS, begun_anew, county_of_the_time


def redraw(state: State, p: Parameters, draw: Draws) -> None:
    """County reform: where counties are merged (2020) or split (2024), forum and routines begin anew [V6].

    Money carried follows the teachers.
    """
    if state.now.year not in REFORMS or state.now.season is not Season.SPRING:
        return
    owners, schools = state[CountyOwners], state[UpperSchools]
    before, after = owners.owner.copy(), county_of_the_time(state[Counties], state.now.year)
    anew, heir_of = begun_anew(before, after)
    for column in (owners.trust, owners.models, owners.experience):
        column[anew] = column[heir_of] * (1 - p[CountyWork].reform_loss)
    for kept in (owners.role_clarity, owners.visibility):
        kept[anew] = kept[heir_of]
    owners.contact[anew] = False
    owners.joined[anew] = owners.joined[heir_of]
    teachers = added_up(schools.county, schools.n_teachers.astype(float), len(owners)) + 1
    owners.carried_nok[:] = moved_along(owners.carried_nok, before, after, teachers)
    owners.owner[:] = after


def moved_along(nok: Ints, before: Ints, after: Ints, weight: Floats) -> Ints:
    """Money of the owners before, kroner, shape (counties,), shared out by weight and gathered by the owners after."""
    each = shared_out(nok, weight, before)
    return np.asarray(np.bincount(after, each, len(nok)), dtype=np.int64)


def meet(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of meetings: experience, trust, roles, contact, visibility; and how well needs are found [V4, V6, V7]."""
    levers, a, owners = p[Vocational], p[CountyWork], state[CountyOwners]
    if state.now.season is Season.SPRING:
        owners.hours[:] = 0
    if not levers.active:
        return
    begin_joint(owners, levers, a)
    deciding = levers.forum_role is ForumRole.DECIDING
    met = 1 - p[Pandemic].share_lost
    owners.experience += met / 2
    owners.trust[:] = trust_after(owners.trust, met * (1 + a.trust_deciding * deciding), a)
    clear = role_clarity_called_for(owners.clarity_luck, levers, a)
    owners.role_clarity += a.clarity_pace / 2 * met * (clear - owners.role_clarity)
    owners.contact[:] = contact_after(owners.contact, contact_luck(state, draw), levers, a)
    owners.visibility += a.visibility_pace / 2 * (visibility_called_for(levers, a) - owners.visibility)
    owners.hit[:] = expected_hit(owners, deciding, a)
    at_work = owners.owner == np.arange(len(owners))
    owners.hours += a.meeting_hours * (1 + a.deciding_hours * deciding) * at_work


def meet_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`meet`, compiled."""
    levers, a, owners = p[Vocational], p[CountyWork], state[CountyOwners]
    if not levers.active:
        meet(state, p, draw)
        return
    from sim.kernels import vocational_counties as kernels

    if state.now.season is Season.SPRING:
        owners.hours[:] = 0
    deciding, met = levers.forum_role is ForumRole.DECIDING, 1 - p[Pandemic].share_lost
    trusting = a.trust_gain / 2 * (met * (1 + a.trust_deciding * deciding)), 1 - a.member_exit / 2
    clearing = usual_clarity(levers, a), a.clarity_pace / 2 * met
    seen = visibility_called_for(levers, a), a.visibility_pace / 2
    hit = a.hit_base, a.hit_working_life * heard(deciding, a), a.hit_models
    hours = a.meeting_hours * (1 + a.deciding_hours * deciding)
    begun = levers.joint, carried_over(levers, a), met / 2
    kernels.meet(
        owners.owner,
        contact_luck(state, draw),
        owners.clarity_luck,
        np.array([*begun, *trusting, *clearing, *contact_chances(levers, a), *seen, *hit, hours]),
        owners.joined,
        owners.contact,
        owners.experience,
        owners.trust,
        owners.models,
        owners.role_clarity,
        owners.visibility,
        owners.hit,
        owners.hours,
    )


def begin_joint(owners: CountyOwners, levers: Vocational, a: CountyWork) -> None:
    """Where one scheme for upper secondary begins (or ends), what continuity does not carry over is lost in part [V7]."""
    changed = owners.joined != levers.joint
    for column in (owners.trust, owners.models, owners.experience):
        column[changed] *= carried_over(levers, a)
    owners.joined[:] = levers.joint


def carried_over(levers: Vocational, a: CountyWork) -> float:
    """Part of trust, models and experience that is left when one scheme begins or ends, in [0, 1]."""
    return 1 - a.reform_loss * (1 - levers.continuity)


def trust_after(trust: Floats, met: float, a: CountyWork) -> Floats:
    """Trust after half a year of meetings, in [0, 1], same shape; members who are replaced take theirs along."""
    return np.asarray((trust + a.trust_gain / 2 * met * (1 - trust)) * (1 - a.member_exit / 2))


def role_clarity_called_for(luck: Floats, levers: Vocational, a: CountyWork) -> Floats:
    """How clear the roles of vocational board and forum come to be, in [0, 1], shape (counties,)."""
    return np.clip(usual_clarity(levers, a) + luck, 0, 1)


def usual_clarity(levers: Vocational, a: CountyWork) -> float:
    """How clear roles come to be without a county's own luck."""
    rules = a.clarity_after if levers.regulation else a.clarity_before
    return rules - a.clarity_overlap * (levers.forum_role is ForumRole.DECIDING)


def visibility_called_for(levers: Vocational, a: CountyWork) -> float:
    """How far vocational needs come to be in sight, in [0, 1]: in a joint scheme, as rules and their own weight keep them."""
    if not levers.joint:
        return 1.0
    return levers.visibility_rules + (1 - levers.visibility_rules) * a.vocational_weight


def contact_luck(state: State, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide where contact is made or lost, shape (counties,)."""
    return draw.uniform("contact between the schemes is made or lost", state[Counties].id)


def contact_chances(levers: Vocational, a: CountyWork) -> tuple[float, float]:
    """Chances within half a year that contact is made, and that it is lost."""
    return a.contact_made / 2 * levers.coordination, a.contact_lost / 2


def contact_after(contact: Bools, u: Floats, levers: Vocational, a: CountyWork) -> Bools:
    """Which counties have contact between the schemes after half a year, shape (counties,) [V4].

    A joint scheme is contact in itself. `u`, in (0, 1), decides who finds contact and who loses it.
    """
    made, lost = contact_chances(levers, a)
    return np.asarray(levers.joint | np.where(contact, u >= lost, u < made))


def expected_hit(owners: CountyOwners, deciding: bool, a: CountyWork) -> Floats:
    """How well measures hit the trades' needs, in [0, 1], shape (counties,): working life heard in trust, and good models.

    What nobody sees is not hit: visibility counts for what working life says.
    """
    working_life = a.hit_working_life * heard(deciding, a) * owners.trust * owners.visibility
    return np.clip(a.hit_base + working_life + a.hit_models * owners.models, 0, 1)


def heard(deciding: bool, a: CountyWork) -> float:
    """How far what working life says in the forum is followed, in [0, 1]."""
    return 1 if deciding else a.advice_heard


def spread(state: State, p: Parameters, draw: Draws) -> None:
    """Good models: found by the county itself, taken over from the best in the national network, lost with persons [V3]."""
    levers, a, owners = p[Vocational], p[CountyWork], state[CountyOwners]
    if not levers.active:
        return
    gone = key_person_luck(state, draw) < a.person_exit / 2
    best = float(owners.models[owners.owner].max())
    owners.models[:] = models_after(owners.models, best, owners.trust, gone, levers.national_network, a)


def spread_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`spread`, compiled."""
    levers, a, owners = p[Vocational], p[CountyWork], state[CountyOwners]
    if not levers.active:
        return
    from sim.kernels import vocational_counties as kernels

    about = (
        a.person_exit / 2,
        a.models_own / 2,
        a.models_spread / 2 * levers.national_network,
        1 - a.person_loss,
    )
    kernels.spread(owners.owner, key_person_luck(state, draw), owners.trust, np.array(about), owners.models)


def key_person_luck(state: State, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide where the key person leaves, shape (counties,)."""
    return draw.uniform("county's key person leaves", state[Counties].id)


def models_after(
    models: Floats, best: float, trust: Floats, gone: Bools, network: float, a: CountyWork
) -> Floats:
    """Good models in use after half a year, in [0, 1], shape (counties,); the best county's are there to be taken over."""
    own = a.models_own / 2 * trust * (1 - models)
    taken_over = a.models_spread / 2 * network * np.maximum(best - models, 0)
    kept: Floats = np.clip((models + own + taken_over) * np.where(gone, 1 - a.person_loss, 1), 0, 1)
    return kept


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
    meet_compiled,
)
SPREAD = Process(
    "vocational.county.spread",
    spread,
    "Counties meet in the national network between their own forums' meetings.",
    "AFI-rapport 2026:02, 4 [V3]",
    spread_compiled,
)
