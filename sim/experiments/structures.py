"""Other ways the model could have been built, which a comparison can be played under to see whether the answer hangs on them.

Parameters are uncertain within one model; that the model has a mechanism at all, or gives it a certain form, is a choice of
another kind. The list is short and declared here: each entry takes one mechanism away or gives it another form, by setting
parameters that the model has anyway. It shows how much *these* choices matter, not all that could have been made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.design import FIRST_YEAR, Design
from sim.parameters.declaration import Value
from sim.parameters.registry import Registry, accept

STANDARD = "standard"  # the model as it is


@dataclass(frozen=True)
class Structure:
    """An alternative structure of the model.

    Attributes
    ----------
    key : str
        Its texts for readers stand in the report's messages under `structure.<key>`.
    assumptions : mapping from parameter to value
        Uncertain or fixed parameters, held at a value in all worlds and for the whole run.
    why : str
        What choice it turns round.
    """

    key: str
    assumptions: Mapping[str, Value] = field(hash=False)
    why: str = ""


OBLIGATION: tuple[Structure, ...] = (
    Structure(
        "effort_is_legitimacy",
        {
            "follow_up.will.by_legitimacy": 1.0,
            "follow_up.will.by_pressure": 0.0,
            "follow_up.will.order_wakes": 0.0,
            "follow_up.will.threat": 0.0,
        },
        "assumption: owners do what they find right, and nothing else moves them; the model lets pressure and orders count [F11]",
    ),
    Structure(
        "pressure_works",
        {"follow_up.will.by_pressure": 0.4},
        "assumption: pressure gives more than it takes, as in schools graded as failing (Chiang 2009; Rouse et al. 2013)",
    ),
    Structure(
        "threat_works",
        {"follow_up.will.threat": 0.2},
        "assumption: owners near the limit act so as not to be drawn (Chiang 2009; Deming et al. 2016); the model lets few do so",
    ),
    Structure(
        "refusal_is_common",
        {"follow_up.acceptance.decline_if_free": 0.25, "follow_up.will.pressure_holds": 0.0},
        "assumption: about a fifth refuse where they may; so far nobody has (AFI-rapport 2026:02, 3.1)",
    ),
)
"""The alternatives that a comparison of obligation is played under unless asked not to."""

STRUCTURES: tuple[Structure, ...] = (
    *OBLIGATION,
    Structure(
        "no_peer_learning",
        {"classroom.peer_pull": 0.0},
        "assumption: what one teacher learns does not spread to colleagues; the model lets it (Jackson & Bruegmann 2009)",
    ),
    Structure(
        "no_fatigue",
        {"classroom.fatigue_weight": 0.0},
        "assumption: staff rooms tired of initiatives learn as much as fresh ones; the model lets them learn less [D12]",
    ),
    Structure(
        "ownership_aside",
        {"classroom.ownership_weight": 0.0},
        "assumption: taking part is all that counts; the model lets part of the gain rest on ownership [D4]",
    ),
    Structure(
        "even_response",
        {"implementing.width_years": 8.0},
        "assumption: implementation grows evenly with time; the model lets it follow an S-curve (Fixsen et al. 2005)",
    ),
)
"""The alternatives that `--structures` plays."""


def usual_structures(designs: Sequence[Design], registry: Registry) -> tuple[Structure, ...]:
    """The alternatives that designs are compared under unless asked otherwise: those of obligation, where they differ in it."""
    told_apart = [name for name in ("follow_up.obligation", "follow_up.sanction") if name in registry.by_name]
    years = sorted({FIRST_YEAR}.union(*(design.years_of_change() for design in designs)))
    rules = {
        tuple(design.value(name, year, registry) for name in told_apart for year in years)
        for design in designs
    }
    return OBLIGATION if len(rules) > 1 else ()


def under(designs: Sequence[Design], structure: Structure, registry: Registry) -> tuple[Design, ...]:
    """The same designs under an alternative structure, by the same names.

    Raises
    ------
    InputError
        If there is no such parameter, or the value is out of its bounds.
    """
    values = {name: accept(registry.find(name), value) for name, value in structure.assumptions.items()}
    return tuple(design.with_assumptions(values) for design in designs)
