"""What the model assumes about the decentralised scheme: strengths of the mechanisms D1 to D17, with their priors.

As in the follow-up scheme, the reports say which way a mechanism works; sizes are assumptions unless a source is named.
"""

from __future__ import annotations

from sim.schemes.decentralised.assumptions.collective import Collective
from sim.schemes.decentralised.assumptions.expectations import Expectations
from sim.schemes.decentralised.assumptions.forum import Forum
from sim.schemes.decentralised.assumptions.handing_over import HandingOver
from sim.schemes.decentralised.assumptions.logics import Logics
from sim.schemes.decentralised.assumptions.measures import Measure
from sim.schemes.decentralised.assumptions.money import Money
from sim.schemes.decentralised.assumptions.needs import Needs
from sim.schemes.decentralised.assumptions.networks import Coordinators
from sim.schemes.decentralised.assumptions.partners import Partners
from sim.schemes.decentralised.assumptions.politicians import Politicians
from sim.schemes.decentralised.assumptions.themes import Themes
from sim.schemes.decentralised.assumptions.uh import Hands
from sim.schemes.decentralised.assumptions.voices import Voices

__all__ = [
    "Collective",
    "Coordinators",
    "Expectations",
    "Forum",
    "HandingOver",
    "Hands",
    "Logics",
    "Measure",
    "Money",
    "Needs",
    "Partners",
    "Politicians",
    "Themes",
    "Voices",
]
