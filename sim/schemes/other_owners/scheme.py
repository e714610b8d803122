"""Owners beside municipalities as a table of processes; their seat in the forum and the split stand in the scheme for schools."""

from __future__ import annotations

from sim.schemes.other_owners import carrying_out, grants
from sim.schemes.other_owners.assumptions import OtherSchooling
from sim.schemes.other_owners.levers import OtherOwnership
from sim.schemes.other_owners.outcomes import OUTCOMES
from sim.schemes.other_owners.world import set_up
from sim.schemes.scheme import Scheme
from sim.year_parts import Part

SCHEME = Scheme(
    key="other_owners",
    title="Counties and private owners",
    groups=(OtherOwnership, OtherSchooling),
    set_up=set_up,
    processes={Part.PLANNING: (grants.PROCESS,), Part.MEASURES: (carrying_out.PROCESS,)},
    outcomes=OUTCOMES,
)
