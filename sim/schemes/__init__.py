"""The schemes the model knows, in the order in which they act within a part of the half-year."""

from sim.schemes.decentralised.scheme import SCHEME as DECENTRALISED
from sim.schemes.follow_up.scheme import SCHEME as FOLLOW_UP
from sim.schemes.guide_corps.scheme import SCHEME as GUIDE_CORPS
from sim.schemes.innovation.scheme import SCHEME as INNOVATION
from sim.schemes.neighbours.scheme import SCHEME as NEIGHBOURS
from sim.schemes.scheme import Scheme
from sim.schemes.system_2026.scheme import SCHEME as SYSTEM_2026
from sim.schemes.vocational.scheme import SCHEME as VOCATIONAL

SCHEMES: tuple[Scheme, ...] = (
    FOLLOW_UP,
    DECENTRALISED,
    VOCATIONAL,
    SYSTEM_2026,
    NEIGHBOURS,
    INNOVATION,
    GUIDE_CORPS,
)

__all__ = ["SCHEMES", "Scheme"]
