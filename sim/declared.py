"""Everything that is declared, gathered: parameters, outcomes, schemes."""

from __future__ import annotations

from sim.outcomes.measures import OUTCOMES as BASE_OUTCOMES
from sim.outcomes.outcome import Outcome
from sim.parameters.classroom import Classroom
from sim.parameters.implementing import Implementing
from sim.parameters.load import Load, Pandemic
from sim.parameters.registry import Registry
from sim.parameters.results import Measurement, Results
from sim.parameters.scope import Scope
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.schemes import SCHEMES
from sim.surveys.parameters import Survey

REGISTRY = Registry(
    [
        Scope, Society, Turnover, Classroom, Implementing, Load, Pandemic, Results, Measurement,
        *(group for scheme in SCHEMES for group in scheme.groups), Survey,
    ]
)  # fmt: skip
"""Every parameter of the model."""

OUTCOMES: tuple[Outcome, ...] = (
    *BASE_OUTCOMES,
    *(outcome for scheme in SCHEMES for outcome in scheme.outcomes),
)
"""Every outcome of the model."""
