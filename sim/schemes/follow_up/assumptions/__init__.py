"""What the model assumes about follow-up: the strengths of the mechanisms F1 to F15, with their priors.

Hardly any of these strengths has been measured. The reports say which way each works and how often owners said so; the sizes
are assumptions, which is why each has a wide prior that every comparison carries through to its intervals.
"""

from __future__ import annotations

from sim.schemes.follow_up.assumptions.acceptance import Acceptance
from sim.schemes.follow_up.assumptions.governors import Governors
from sim.schemes.follow_up.assumptions.grounds import Grounds
from sim.schemes.follow_up.assumptions.implementation import Implementation
from sim.schemes.follow_up.assumptions.peers import Peers
from sim.schemes.follow_up.assumptions.prephase import Prephase
from sim.schemes.follow_up.assumptions.targeting import Targeting
from sim.schemes.follow_up.assumptions.will import Will
from sim.schemes.follow_up.assumptions.year_wheel import YearWheel

__all__ = [
    "Acceptance",
    "Governors",
    "Grounds",
    "Implementation",
    "Peers",
    "Prephase",
    "Targeting",
    "Will",
    "YearWheel",
]
