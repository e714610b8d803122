"""How development work comes to be part of a school's everyday life, whichever scheme pays for it.

Schools do not know from which scheme a measure comes: how long it takes, how often it stalls and what conditions the
literature's effects presuppose are declared here once, and every scheme reads them.
"""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Implementing(Group, key="implementing", title="Implementation of measures in schools"):
    """The S-curve over years, stalls and set-backs, and the usual conditions that effects in the literature belong to."""

    midpoint_years: float = uncertain(
        2.2, unit="years", bounds=(0.5, 5.0), prior=Uniform(1.6, 2.8),
        source="Fixsen et al. 2005; Borman et al. 2003",
        meaning="years to half implementation",
    )
    width_years: float = fixed(
        2.5, unit="years", bounds=(0.5, 8.0), source="Fixsen et al. 2005",
        meaning="years from a tenth to nine tenths implemented",
    )
    stall_chance: float = uncertain(
        0.12, unit="share per year", bounds=(0.0, 0.6), prior=Beta(0.12, 0.04),
        source="Fixsen et al. 2005; Borman et al. 2003: 0.10-0.15",
        meaning="chance that implementation stalls in a school within a year where the process is middling well led",
    )
    restart_chance: float = fixed(
        0.3, unit="share per half-year", bounds=(0.0, 1.0), source="assumption",
        meaning="chance that a stalled school starts again",
    )
    principal_setback_years: float = uncertain(
        0.75, unit="years", bounds=(0.0, 2.0), prior=Uniform(0.5, 1.0), source="Miller 2013 (recalled) [D3, F6]",
        meaning="how far a change of principal sets implementation back",
    )
    usual_fit: float = fixed(
        0.45, unit="0-1", bounds=(0.1, 1.0),
        source="definition: effects in the literature are those of usual conditions",
        meaning="fit at which a measure gives what the literature finds",
    )
    usual_quality: float = fixed(
        0.55, unit="0-1", bounds=(0.1, 1.0), source="definition",
        meaning="quality of UH or another provider at which it does",
    )
    best_fidelity: float = fixed(
        1.6, unit="factor", bounds=(1.0, 5.0),
        source="assumption: Kraft, Blazar & Hogan 2018, 0.49 SD in small trials against 0.30",
        meaning="most that better than usual conditions can make of a measure",
    )
