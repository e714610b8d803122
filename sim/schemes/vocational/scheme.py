"""The vocational scheme (desentralisert ordning yrkesfag) as a table of processes."""

from __future__ import annotations

from sim.schemes.scheme import Scheme
from sim.schemes.vocational import county, grants, learn, staff, take_up, training_side
from sim.schemes.vocational.assumptions import CountyWork, Groups, Learning, People, TakeUp, TrainingSide
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.outcomes import OUTCOMES
from sim.schemes.vocational.world import set_up
from sim.year_parts import Part

SCHEME = Scheme(
    key="vocational",
    title="The vocational scheme",
    groups=(Vocational, People, CountyWork, TakeUp, Groups, Learning, TrainingSide),
    set_up=set_up,
    processes={
        Part.BORDERS: (county.REDRAW,),
        Part.STAFFING: (staff.PROCESS,),
        Part.PLANNING: (county.SPREAD, county.MEET, grants.HAND_OUT),
        Part.MEASURES: (take_up.PROCESS, learn.PROCESS, training_side.PROCESS, grants.SETTLE),
    },
    outcomes=OUTCOMES,
)
