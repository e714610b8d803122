"""Quantities of the follow-up scheme's programme theory [AFI-rapport 2026:02, 3.1].

Its challenge and means concern the municipalities under the limit; its conditions those in the scheme; its results and goals
those whom measures have reached or who are through.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Bools, Floats
from sim.outcomes.look import once
from sim.outcomes.measures import environment, owner_competence, owner_load, under_limit
from sim.parameters.implementing import Implementing
from sim.parameters.registry import Parameters
from sim.schemes.follow_up.assumptions import Implementation
from sim.schemes.follow_up.implementation import money_share
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.outcomes import inside, school_acceptance
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.schemes.follow_up.true_need import true_need
from sim.state import State
from sim.state.schools import Schools
from sim.surveys import latents
from sim.theory.quantities.pupils import above_limit, practice_gained
from sim.theory.quantities.quantity import Quantity, among


@once
def under(state: State, p: Parameters) -> Bools:
    """Municipalities under the limit: those whom the theory is about."""
    return under_limit(state, p) > 0


def in_it(state: State, p: Parameters) -> Bools:
    """Municipalities in pre-phase or implementation."""
    return inside(state)


def implementing(state: State, p: Parameters) -> Bools:
    """Municipalities in implementation."""
    carrying_out: Bools = state[FollowUpOwners].phase == Phase.IMPLEMENTATION
    return carrying_out


def through(state: State, p: Parameters) -> Bools:
    """Municipalities whose measures are over, for the years in which they are kept up."""
    past: Bools = state[FollowUpOwners].phase == Phase.AFTERWARDS
    return past


@once
def reached(state: State, p: Parameters) -> Bools:
    """Municipalities in implementation or through with it."""
    return implementing(state, p) | through(state, p)


def supported(state: State, p: Parameters) -> Floats:
    """1 for each municipality that is in the scheme or lately was."""
    known: Bools = state[FollowUpOwners].phase != Phase.NONE
    return known.astype(float)


def money(state: State, p: Parameters) -> Floats:
    """How far the scheme's money reaches among the municipality's teachers."""
    f, schools = state[FollowUpOwners], state[Schools]
    meant = np.bincount(schools.municipality, schools.n_teachers * state[FollowUpSchools].help, len(f))
    reached: Floats = money_share.of_columns(f.spent_nok, meant, p[Implementation])
    return reached


def governor_closeness(state: State, p: Parameters) -> Floats:
    """How close the governor's office is to the owner, by its habit, the rules and the hours it has."""
    return state[FollowUpOwners].closeness


def guide_hours(state: State, p: Parameters) -> Floats:
    """Guide hours received in the pre-phase; none without one."""
    return state[FollowUpOwners].guide_hours * (p[FollowUp].prephase_years > 0)


def guide_match(state: State, p: Parameters) -> Floats:
    """How well the guides fit; not at all without a pre-phase."""
    return state[FollowUpOwners].guide_match * (p[FollowUp].prephase_years > 0)


def among_neediest(state: State, p: Parameters) -> Floats:
    """1 for each municipality that is among the neediest, of whom as many are counted as there are in the scheme."""
    need = true_need(state, p)
    n = int(inside(state).sum())
    found = np.zeros(len(need))
    found[np.argsort(-need, kind="stable")[:n]] = 1
    return found


def provider_quality(state: State, p: Parameters) -> Floats:
    """The provider's quality relative to that at which measures give what the literature finds."""
    return np.asarray(state[FollowUpOwners].provider_quality / p[Implementing].usual_quality)


def plan_fit(state: State, p: Parameters) -> Floats:
    """How well the planned measures match the challenges."""
    return state[FollowUpOwners].plan_fit


def analysis_learned(state: State, p: Parameters) -> Floats:
    """Part of the way to full competence in analysis that the pre-phase took the owner; none without one."""
    learned = latents.analysis_learned(state, p)
    return np.asarray(learned * (p[FollowUp].prephase_years > 0))


def anchoring(state: State, p: Parameters) -> Floats:
    """How far the work is anchored among politicians, leaders and teachers."""
    return state[FollowUpOwners].anchoring.copy()


FOLLOW_UP: Mapping[str, Quantity] = {
    "competence_under_limit": among(under, owner_competence),
    "load_under_limit": among(under, owner_load),
    "supported_under_limit": among(under, supported),
    "follow_up_money": among(in_it, money),
    "follow_up_guide_hours": among(implementing, guide_hours),
    "governor_closeness": among(in_it, governor_closeness),
    "among_neediest": among(in_it, among_neediest),
    "guide_match": among(in_it, guide_match),
    "provider_quality": among(implementing, provider_quality),
    "plan_fit": among(implementing, plan_fit),
    "welcome": among(in_it, latents.welcome),
    "follow_up_acceptance": school_acceptance,
    "time_short": among(in_it, latents.time_short),
    "analysis_learned": among(reached, analysis_learned),
    "competence_followed_up": among(reached, owner_competence),
    "load_followed_up": among(reached, owner_load),
    "anchoring": among(reached, anchoring),
    "above_limit_afterwards": among(through, above_limit),
    "practice_followed_up": among(reached, practice_gained),
    "environment_followed_up": among(reached, environment),
    "above_limit_followed_up": among(reached, above_limit),
}
