"""The schemes the model knows, in the order in which they act within a part of the half-year."""

from sim.schemes.decentralised.scheme import SCHEME as DECENTRALISED
from sim.schemes.follow_up.scheme import SCHEME as FOLLOW_UP
from sim.schemes.scheme import Scheme
from sim.schemes.vocational.scheme import SCHEME as VOCATIONAL

SCHEMES: tuple[Scheme, ...] = (FOLLOW_UP, DECENTRALISED, VOCATIONAL)

__all__ = ["SCHEMES", "Scheme"]
