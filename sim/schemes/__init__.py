"""The schemes the model knows, in the order in which they act within a part of the half-year."""

from sim.schemes.decentralised.scheme import SCHEME as DECENTRALISED
from sim.schemes.follow_up.scheme import SCHEME as FOLLOW_UP
from sim.schemes.scheme import Scheme

SCHEMES: tuple[Scheme, ...] = (FOLLOW_UP, DECENTRALISED)

__all__ = ["SCHEMES", "Scheme"]
