"""What a question is about: quantities in [0, 1] of the model's units, read from the state and never changing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.processes.grouping import weighted_mean_by
from sim.schemes.decentralised.expectation_state import (
    ForumExpectations,
    SchoolExpectations,
    TieExpectations,
    UHExpectations,
)
from sim.schemes.decentralised.state import (
    Collaboration,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.schemes.follow_up.assumptions import Acceptance, Implementation, Prephase, Will
from sim.schemes.follow_up.dialogue import decline_chance
from sim.schemes.follow_up.implementation import plan_fit
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.phases import sanction_fte
from sim.schemes.follow_up.prephase import owner_learning
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, FollowUpSchools
from sim.schemes.vocational.state import CountyOwners
from sim.state import State, Table
from sim.state.places import Counties, Municipalities, UHUnits
from sim.state.schools import Schools
from sim.surveys.parameters import Survey
from sim.surveys.views import Level

LATE = [Collaboration.PLANNING, Collaboration.CARRYING_OUT]
EARLY = [Collaboration.NEEDS, Collaboration.PRIORITIES, Collaboration.EVALUATION]


@dataclass(frozen=True)
class Latent:
    """A quantity that a question measures.

    Attributes
    ----------
    measure : callable
        Its values, shape (units,) or (units, statements); NaN where the question does not apply. Its docstring says what
        the quantity is.
    reads : tuple of Table classes
        A scheme's tables that it needs; where they are not in the world, nobody is asked.
    used_to : callable or None
        The same of what those concerned have come to expect, 0 where they expect nothing yet; None where it is asked once.
    """

    level: Level
    measure: Callable[[State, Parameters], Floats]
    reads: tuple[type[Table], ...]
    used_to: Callable[[State], Floats] | None = None

    def values(self, state: State, p: Parameters) -> Floats:
        """Values of shape (units, statements), the caller's own."""
        found = self.measure(state, p)
        return found.reshape(len(found), -1).copy()

    def expected(self, state: State) -> Floats | None:
        """Levels expected, shape (units, statements), NaN where nothing is expected; None where nothing ever is."""
        if self.used_to is None:
            return None
        found = self.used_to(state)
        found = found.reshape(len(found), -1)
        return np.where(found > 0, found, np.nan)


def satisfaction(state: State, p: Parameters) -> Floats:
    """Members' satisfaction: leadership, role clarity, trust, fit of logics."""
    return state[Forums].satisfaction


def expected_satisfaction(state: State) -> Floats:
    """Satisfaction that is expected."""
    return state[ForumExpectations].expected_satisfaction


def expected_of(column: str) -> Callable[[State], Floats]:
    """What is expected of a partnership, by what it is of."""
    return lambda state: state[TieExpectations].arrays()[f"expected_{column}"]


def expected_of_measures(column: str) -> Callable[[State], Floats]:
    """What schools expect of measures, by what it is of."""
    return lambda state: state[SchoolExpectations].arrays()[f"expected_{column}"]


def expected_of_uh(column: str) -> Callable[[State], Floats]:
    """What is expected of UH, by what it is of."""
    return lambda state: state[UHExpectations].arrays()[f"expected_{column}"]


def equality(state: State, p: Parameters) -> Floats:
    """Equality of owner and UH in their partnership."""
    return state[Ties].equality


def shared(state: State, p: Parameters) -> Floats:
    """Shared understanding in the partnership."""
    return state[Ties].shared


def uh_competence(state: State, p: Parameters) -> Floats:
    """Mean of a UH unit's practice-near quality and its process competence."""
    return (state[UHUnits].quality + state[DecentralisedUH].process_competence) / 2


def fit(state: State, p: Parameters) -> Floats:
    """Fit of the measure to the school's needs, where one is under way."""
    return _in_measure(state, state[DecentralisedSchools].fit)


def strengthened(state: State, p: Parameters) -> Floats:
    """How far taking part has strengthened the owner lately."""
    return state[DecentralisedOwners].strengthened


def planned_together(state: State, p: Parameters) -> Floats:
    """How far planning and carrying out are done together: two statements."""
    return state[Ties].together[:, LATE]


def expected_plans(state: State) -> Floats:
    """How far one expects to plan and carry out together."""
    return state[TieExpectations].expected_together[:, LATE]


def decided_together(state: State, p: Parameters) -> Floats:
    """How far needs, priorities and evaluation are done together: three statements."""
    return state[Ties].together[:, EARLY]


def expected_decisions(state: State) -> Floats:
    """How far one expects to see to needs, priorities and evaluation together."""
    return state[TieExpectations].expected_together[:, EARLY]


def teaching(state: State, p: Parameters) -> Floats:
    """What comes back to a UH unit's teacher education."""
    return state[DecentralisedUH].teaching


def practice_contact(state: State, p: Parameters) -> Floats:
    """Contact of a UH unit's staff with practice."""
    return state[DecentralisedUH].practice_contact


def process_competence(state: State, p: Parameters) -> Floats:
    """A UH unit's competence in leading development work."""
    return state[DecentralisedUH].process_competence


def research(state: State, p: Parameters) -> Floats:
    """What comes back to a UH unit's research."""
    return state[DecentralisedUH].research


def involvement(state: State, p: Parameters) -> Floats:
    """How far teachers are drawn into the school's development work, where a measure is under way."""
    return _in_measure(state, state[Schools].involvement)


def codetermination(state: State, p: Parameters) -> Floats:
    """How far representatives decide with the leader, where a measure is under way."""
    return _in_measure(state, state[DecentralisedSchools].codetermination)


def collective(state: State, p: Parameters) -> Floats:
    """Geometric mean of the staff room's community and the measure's coverage, where one is under way."""
    together = np.sqrt(state[Schools].community * state[DecentralisedSchools].coverage)
    return _in_measure(state, together)


def good_way(state: State, p: Parameters) -> Floats:
    """Mean of the measure's fit to the school and of how far it is collective, where one is under way."""
    return (fit(state, p) + collective(state, p)) / 2


def better_quality(state: State, p: Parameters) -> Floats:
    """Geometric mean of the measure's fit and of the part of the staff it reaches, where one is under way."""
    return np.asarray(np.sqrt(fit(state, p) * state[DecentralisedSchools].coverage))


def better_environment(state: State, p: Parameters) -> Floats:
    """Geometric mean of the measure's fit and of the staff room's community, where one is under way."""
    return np.asarray(np.sqrt(fit(state, p) * state[Schools].community))


def better_learning(state: State, p: Parameters) -> Floats:
    """Geometric mean of the measure's fit and of what has become routine: only that reaches pupils; where one is under way."""
    return np.asarray(np.sqrt(fit(state, p) * state[DecentralisedSchools].routine))


def welcome(state: State, p: Parameters) -> Floats:
    """Mean of the legitimacy the drawn owner sees and of what stigma leaves."""
    f = state[FollowUpOwners]
    return (f.legitimacy + 1 - f.stigma) / 2


def welcome_at_school(state: State, p: Parameters) -> Floats:
    """Mean of how far the school accepts the draw and of what its owner's stigma leaves."""
    stigma = state[FollowUpOwners].stigma[state[Schools].municipality]
    return np.asarray((state[FollowUpSchools].acceptance + 1 - stigma) / 2)


def openness(state: State, p: Parameters) -> Floats:
    """How openly the governor explains the draw: the lever, the same for all."""
    return np.full(len(state[Municipalities]), p[FollowUp].openness)


def analysis_learned(state: State, p: Parameters) -> Floats:
    """Part of the way to full competence in analysis that a year of pre-phase took the owner, by the guide hours it got."""
    f = state[FollowUpOwners]
    half = owner_learning.of_columns(f.guide_hours / 2, f.guide_match, f.takes_over, f.effort, p[Prephase])
    return np.asarray(1 - (1 - half) ** 2)


def guides_fit(state: State, p: Parameters) -> Floats:
    """How well the guides' competence fits the need."""
    return state[FollowUpOwners].guide_match


def worked_closely(state: State, p: Parameters) -> Floats:
    """What the owner puts in times the part that the guides leave to it, where it had guides."""
    f = state[FollowUpOwners]
    return np.where(f.guided, f.effort * (1 - f.takes_over), np.nan)


def task_clear(state: State, p: Parameters) -> Floats:
    """How clear roles are in the governor's triangle by now [F5]."""
    return state[FollowUpOffices].role_clarity[state[Counties].office[state[Municipalities].county]]


def reporting(state: State, p: Parameters) -> Floats:
    """Part of the owner's staff that reporting on the scheme takes: nothing but under a sanction."""
    f, owners = state[FollowUpOwners], state[Municipalities]
    asked = f.sanctioned * sanction_fte(p[FollowUp], p[Prephase])
    return np.asarray(np.clip(asked / np.maximum(owners.capacity_fte, asked + 1e-9), 0, 1))


def would_decline(state: State, p: Parameters) -> Floats:
    """Chance that the owner would decline if it felt no pressure at all; what an earlier round did to it is in its legitimacy."""
    f, owners = state[FollowUpOwners], state[Municipalities]
    pairs = zip(f.legitimacy, owners.load, strict=True)
    found = [
        decline_chance(right, 0.0, load, 0.0, p[FollowUp], p[Acceptance], p[Will]) for right, load in pairs
    ]
    return np.array(found)


def shared_picture(state: State, p: Parameters) -> Floats:
    """Geometric mean of how far the analysis has come and how far it is anchored."""
    f = state[FollowUpOwners]
    return np.sqrt(f.analysis * f.anchoring)


def planned_fit(state: State, p: Parameters) -> Floats:
    """Fit to the challenges of the measures applied for, by the analysis so far and the deadline; before anybody is hired."""
    f = state[FollowUpOwners]
    drawn = f.last_draw_year == state.now.year - 1
    nobody = np.zeros(len(f), dtype=bool)
    fits = plan_fit.of_columns(f.analysis, p[FollowUp].deadline_share, nobody, nobody, p[Implementation])
    return np.where(drawn, fits, np.nan)


def time_short(state: State, p: Parameters) -> Floats:
    """Load over load and capacity: a half where what is asked just equals the capacity."""
    load = state[Municipalities].load
    return np.asarray(load / (1 + load))


def pandemic(state: State, p: Parameters) -> Floats:
    """Share of visits, meetings and momentum that the pandemic takes: the lever, the same for all."""
    return np.full(len(state[Municipalities]), p[Pandemic].share_lost)


def role_understood(state: State, p: Parameters) -> Floats:
    """Mean of the owner's competence and of how clear roles are in its governor's triangle by now [F5]."""
    owners = state[Municipalities]
    office = state[Counties].office[owners.county]
    return (owners.competence + state[FollowUpOffices].role_clarity[office]) / 2


def sideways(state: State, p: Parameters) -> Floats:
    """How far PPT, kindergartens and health services have been drawn in."""
    return state[FollowUpOwners].sideways


def recruitment(state: State, p: Parameters) -> Floats:
    """Posts with a new person this year and teaching by the unqualified, added up."""
    owners, schools = state[Municipalities], state[Schools]
    new = weighted_mean_by(
        schools.municipality, schools.teacher_turnover, schools.n_teachers.astype(float), len(owners)
    )
    return np.clip(new + owners.unqualified, 0, 1)


def alone(state: State, p: Parameters) -> Floats:
    """1 where the owner's staff for development is small."""
    return (state[Municipalities].capacity_fte < p[Survey].alone_fte).astype(float)


def started_late(state: State, p: Parameters) -> Floats:
    """1 where the pre-phase started late."""
    return (state[FollowUpOwners].start_delay > 0).astype(float)


def guide_kept(state: State, p: Parameters) -> Floats:
    """1 where a pre-phase guide stayed on."""
    return state[FollowUpOwners].guide_kept.astype(float)


def private_guide(state: State, p: Parameters) -> Floats:
    """1 where a guide of the team works in a private firm."""
    return state[FollowUpOwners].private_guide.astype(float)


def needs_hit(state: State, p: Parameters) -> Floats:
    """How well the county's measures hit the trades' needs."""
    return state[CountyOwners].hit


def roles_unclear(state: State, p: Parameters) -> Floats:
    """What the county's vocational board and forum lack in role clarity."""
    return 1 - state[CountyOwners].role_clarity


def _in_measure(state: State, values: Floats) -> Floats:
    return np.where(state[DecentralisedSchools].in_measure, values, np.nan)
