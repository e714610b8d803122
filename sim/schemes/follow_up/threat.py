"""Owners near the limit that were not drawn may act so as not to be: by themselves, without money, guides or provider.

Schools near a threshold have changed what they do under the threat of sanctions (Chiang 2009; Rouse et al. 2013); whether owners
here do so nobody knows. What they do costs their staff and teachers hours, and takes time from other measures.
"""

from __future__ import annotations

from sim.parameters.classroom import Classroom
from sim.parameters.load import Load
from sim.processes.process import Process
from sim.processes.shares import joined, share_of
from sim.rules import formula, rule
from sim.schemes.follow_up.assumptions import Acceptance, Implementation, Will
from sim.schemes.follow_up.control import felt_control, stigma
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state.places import Municipalities
from sim.state.schools import Schools


@rule
def ask(f: FollowUpOwners, owners: Municipalities, levers: FollowUp, a: Acceptance, w: Will) -> None:
    """What owners near the limit ask of themselves."""
    full = threat_of_the_draw(levers, a, w)
    if full == 0:
        return
    for o in range(len(f)):
        if f.near_limit[o] > 0:
            owners.load[o] += w.threat_fte * full * f.near_limit[o] / owners.capacity_fte[o]


@rule
def act(
    schools: Schools,
    f: FollowUpOwners,
    owners: Municipalities,
    levers: FollowUp,
    a: Acceptance,
    w: Will,
    imp: Implementation,
    c: Classroom,
    work: Load,
) -> None:
    """What schools get of it, led by their principals, and the hours of staff and teachers; nobody is driven away by it."""
    full = threat_of_the_draw(levers, a, w)
    if full == 0:
        return
    for s in range(len(schools)):
        o = schools.municipality[s]
        if f.near_limit[o] > 0:
            done = full * f.near_limit[o] / max(owners.load[o], 1.0)
            led = schools.leadership[s] / imp.usual_leadership
            schools.learning[s] += c.cycle_effect / 2 * done * led
            schools.occupied[s] = joined(schools.occupied[s], done)
            schools.involvement[s] = max(schools.involvement[s], c.ownership_start)
            f.spent_hours[o] += schools.n_teachers[s] * done * imp.teacher_hours / 2
    for o in range(len(f)):
        f.spent_hours[o] += w.threat_fte * full * f.near_limit[o] * work.hours_per_man_year / 2


@formula
def threat_of_the_draw(levers: FollowUp, a: Acceptance, w: Will) -> float:
    """Part of a full measure that owners at the limit carry out: the more, the more control and stigma go with being drawn."""
    if not levers.active:
        return 0.0
    return share_of(w.threat * (felt_control(levers, a, w) + stigma(levers, a)))


ASK = Process(
    "follow_up.threat.ask",
    ask,
    "Those who fear the next draw take work upon themselves.",
    "assumption after Chiang 2009; Rouse et al. 2013 [F11]",
)
ACT = Process(
    "follow_up.threat.act",
    act,
    "What they do reaches their schools before other schemes' measures count what time is left.",
    "assumption after Chiang 2009; Rouse et al. 2013 [F11]",
)
