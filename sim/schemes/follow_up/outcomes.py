"""What people ask of the follow-up scheme; read from the state, never changing it."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.half_year import Season
from sim.outcomes import smallest
from sim.outcomes.groups import NEEDIEST_SHARE
from sim.outcomes.look import once
from sim.outcomes.measures import by_teachers, mean, pupils
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.registry import Parameters
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, Thresholds
from sim.schemes.follow_up.phases import in_scheme
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, FollowUpSchools
from sim.state import State
from sim.state.places import Municipalities, Offices


@once
def inside(state: State) -> Bools:
    """Municipalities in pre-phase or implementation."""
    return in_scheme(state[FollowUpOwners])


def _inside(state: State, values: Floats) -> Floats:
    return np.where(inside(state), values, np.nan)


def legitimacy(state: State, p: Parameters) -> Floats:
    """Legitimacy as owners in the scheme see it."""
    return _inside(state, state[FollowUpOwners].legitimacy)


def felt_voluntariness(state: State, p: Parameters) -> Floats:
    """How free owners in the scheme felt to decline."""
    return _inside(state, state[FollowUpOwners].felt_voluntariness)


def stigma(state: State, p: Parameters) -> Floats:
    """Stigma felt by owners in the scheme."""
    return _inside(state, state[FollowUpOwners].stigma)


def effort(state: State, p: Parameters) -> Floats:
    """What owners in the scheme put in."""
    return _inside(state, state[FollowUpOwners].effort)


def school_acceptance(state: State, p: Parameters) -> Floats:
    """Acceptance in the schools of owners in the scheme, by teaching posts; nothing from a school with draw trauma."""
    fs = state[FollowUpSchools]
    return _inside(state, by_teachers(state, np.where(fs.trauma, 0, fs.acceptance)))


def participates(state: State, p: Parameters) -> Floats:
    """1 for each municipality in pre-phase or implementation."""
    return inside(state).astype(float)


def declined(state: State, p: Parameters) -> Floats:
    """1 for each municipality that was drawn and declined in this spring's draw; nothing where none was held."""
    return _in_draw(state, state[FollowUpOwners].declined)


def _in_draw(state: State, happened: Bools) -> Floats:
    f = state[FollowUpOwners]
    told = f.last_draw_year == state.now.year
    if state.now.season is not Season.SPRING or not told.any():
        return np.full(len(f), np.nan)
    return np.where(told & happened, 1.0, 0.0)


def hours(state: State, p: Parameters) -> Floats:
    """Hours spent on the scheme this half-year: guides', owners' and teachers'."""
    return state[FollowUpOwners].spent_hours.copy()


def money_nok(state: State, p: Parameters) -> Floats:
    """The scheme's money this half-year, for guides of the corps too."""
    corps = np.where(inside(state), state[Municipalities].corps_nok, 0.0)
    return np.asarray(state[FollowUpOwners].spent_nok + corps)


def returns(state: State, p: Parameters) -> Floats:
    """1 for each municipality of this spring's draw that had been drawn before; nothing where none was held."""
    return _in_draw(state, state[FollowUpOwners].times_drawn > 1)


def pupils_reached(state: State, p: Parameters) -> Floats:
    """Pupils in the grunnskoler of municipalities in the scheme."""
    return np.where(inside(state), pupils(state).total, 0)


@once
def drawn(state: State) -> Bools:
    """Whom this year's draw picked, shape (register,)."""
    return np.asarray(state[DrawRegister].drawn != DrawKind.NONE)


@once
def greatest_need(state: State) -> Ints:
    """The register's rows, those with the greatest true need first."""
    return np.argsort(-state[DrawRegister].true_need, kind="stable")


def hit_rate(state: State, p: Parameters) -> Floats:
    """Share of those drawn this year who are among the equally many with the greatest true need; shape (1,)."""
    return _among_first(drawn(state), greatest_need(state))


def owner_hit_rate(state: State, p: Parameters) -> Floats:
    """Share of those drawn this year who are among the equally many whose owners lack most; shape (1,)."""
    return _among_first(drawn(state), np.argsort(-state[DrawRegister].shortfall, kind="stable"))


def _among_first(drawn: Bools, order: Ints) -> Floats:
    """Share of the drawn who are among the equally many that stand first in an order; shape (1,), NaN without any."""
    k = np.count_nonzero(drawn)
    return np.array([mean(drawn[order[:k]]) if k else np.nan])


def recall(state: State, p: Parameters) -> Floats:
    """Share of the tenth with the greatest true need that this year's draw picked or that is in the scheme; shape (1,)."""
    register = state[DrawRegister]
    if not len(register):
        return np.array([np.nan])
    first = greatest_need(state)[: max(1, round(NEEDIEST_SHARE * len(register)))]
    return np.array([mean(drawn(state)[first] | (register.excluded[first] == Excluded.IN_SCHEME))])


def draw_swing(state: State, p: Parameters) -> Floats:
    """Share of the first by this year's figures who were not among the first at the last draw; shape (1,)."""
    register = state[DrawRegister]
    if not register.listed.any() or state[Thresholds].draws_held[0] == 1:
        return np.array([np.nan])
    return np.array([register.newly_listed[register.listed].mean()])


def drawn_in_north(state: State, p: Parameters) -> Floats:
    """Share of those drawn this year that lie in the north, Trøndelag included; shape (1,)."""
    picked = drawn(state)
    if not picked.any():
        return np.array([np.nan])
    return np.array([mean(state[Offices].north[state[DrawRegister].office[picked]])])


OUTCOMES = (
    Outcome(
        "legitimacy",
        "0-1",
        1,
        Gather.MEAN,
        legitimacy,
        "legitimacy of follow-up as owners in the scheme see it",
        smallest=smallest.POINT,
    ),
    Outcome(
        "felt_voluntariness",
        "0-1",
        0,
        Gather.MEAN,
        felt_voluntariness,
        "how free owners in the scheme felt to decline",
        smallest=smallest.POINT,
    ),
    Outcome(
        "stigma",
        "0-1",
        -1,
        Gather.MEAN,
        stigma,
        "stigma of being picked, owners in the scheme",
        smallest=smallest.POINT,
    ),
    Outcome(
        "effort", "0-1", 1, Gather.MEAN, effort, "what owners in the scheme put in", smallest=smallest.POINT
    ),
    Outcome(
        "school_acceptance",
        "0-1",
        1,
        Gather.MEAN,
        school_acceptance,
        "acceptance in the schools of owners in the scheme",
        smallest=smallest.POINT,
    ),
    Outcome(
        "participates",
        "municipalities",
        0,
        Gather.SUM,
        participates,
        "municipalities in pre-phase or implementation",
        1,
        smallest=smallest.MUNICIPALITY,
    ),
    Outcome(
        "declined",
        "municipalities",
        0,
        Gather.SUM,
        declined,
        "municipalities that declined, per draw",
        2,
        smallest=smallest.MUNICIPALITY,
    ),
    Outcome(
        "hours",
        "hours per half-year",
        -1,
        Gather.SUM,
        hours,
        "hours spent on follow-up by guides, owners and teachers",
        0,
        smallest=smallest.HOURS,
    ),
    Outcome(
        "money_nok",
        "NOK per half-year",
        -1,
        Gather.SUM,
        money_nok,
        "state money spent on follow-up",
        0,
        smallest=smallest.MONEY,
    ),
    Outcome(
        "returns",
        "municipalities",
        -1,
        Gather.SUM,
        returns,
        "municipalities drawn that had been drawn before, per draw",
        1,
        smallest=smallest.MUNICIPALITY,
    ),
    Outcome(
        "pupils_reached",
        "pupils",
        1,
        Gather.SUM,
        pupils_reached,
        "pupils in municipalities in the scheme",
        0,
        smallest=smallest.REACHED,
    ),
    Outcome(
        "hit_rate",
        "share",
        1,
        Gather.NATION,
        hit_rate,
        "drawn municipalities that are among those with the greatest true need",
        smallest=smallest.ONE_DRAWN,
    ),
    Outcome(
        "owner_hit_rate",
        "share",
        1,
        Gather.NATION,
        owner_hit_rate,
        "drawn municipalities that are among those whose owners lack most to help their schools themselves",
        smallest=smallest.ONE_DRAWN,
    ),
    Outcome(
        "recall",
        "share",
        1,
        Gather.NATION,
        recall,
        "of the tenth with the greatest true need, those drawn this year or in the scheme",
        smallest=smallest.ONE_DRAWN,
    ),
    Outcome(
        "draw_swing",
        "share",
        -1,
        Gather.NATION,
        draw_swing,
        "of the first by the draw's figures, those who were not so at the last draw",
        smallest=smallest.ONE_DRAWN,
    ),
    Outcome(
        "drawn_in_north",
        "share",
        0,
        Gather.NATION,
        drawn_in_north,
        "drawn municipalities that lie in the north",
        smallest=smallest.ONE_DRAWN,
    ),
)
