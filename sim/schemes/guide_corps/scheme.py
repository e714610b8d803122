"""The guide corps as a table of processes; what it does is seen in principals' leadership and owners' competence."""

from __future__ import annotations

from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.guide_corps import guiding
from sim.schemes.guide_corps.parameters import GuideCorps
from sim.schemes.guide_corps.state import GuidedOwners, GuidedSchools
from sim.schemes.scheme import Scheme
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from sim.year_parts import Part


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme's tables in a new world: nobody is guided."""
    state[GuidedOwners] = GuidedOwners.blank(len(state[Municipalities]))
    state[GuidedSchools] = GuidedSchools.blank(len(state[Schools]))


SCHEME = Scheme(
    key="guide_corps",
    title="The guide corps",
    groups=(GuideCorps,),
    set_up=set_up,
    processes={Part.ASKING: (guiding.INVITE,), Part.MEASURES: (guiding.GUIDE,)},
)
