"""A compiled rule of one's own: teachers visit a colleague's lesson, which gives them something, and tires them."""

from __future__ import annotations

from typing import Annotated

from sim.parameters.declaration import Group, lever, uncertain
from sim.parameters.priors import Beta
from sim.plugins import Plugin
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.rules import Luck, formula, rule
from sim.state.schools import Schools, Teachers
from sim.year_parts import Part


class Visits(Group, key="visits", title="Visits to lessons"):
    """Levers and assumptions of visits."""

    active: bool = lever(
        False, unit="yes/no", source="assumption", meaning="whether teachers visit each other's lessons"
    )
    chance: float = uncertain(
        0.3, unit="share per half-year", bounds=(0.0, 1.0), prior=Beta(0.3, 0.1), source="assumption",
        meaning="chance that a teacher visits a lesson",
    )  # fmt: skip
    gain: float = uncertain(
        0.02, unit="SD of practice", bounds=(0.0, 0.2), prior=Beta(0.1, 0.05), source="assumption",
        meaning="gain in practice that a visit offers where teachers learn together in everything",
    )  # fmt: skip
    tires: float = uncertain(
        0.02, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.02, 0.01), source="assumption",
        meaning="how much a visit tires who goes",
    )  # fmt: skip


@rule
def visit(
    schools: Schools,
    staff: Teachers,
    v: Visits,
    goes: Annotated[Luck, "teacher visits a colleague's lesson"],
) -> None:
    """All who hold a post may go; what they bring home is the staff room's."""
    if not v.active:
        return
    for i in range(len(staff)):
        if staff.held[i] and goes.uniform(staff.id[i]) < v.chance:
            s = staff.school[i]
            schools.learning[s] += brought_home(schools.community[s], v) / schools.n_teachers[s]
            schools.fatigue[s] = share_of(schools.fatigue[s] + v.tires / schools.n_teachers[s])


@formula
def brought_home(community: float, v: Visits) -> float:
    """What a visit gives, in SD of practice; a formula that one can check on paper."""
    return v.gain * community


VISIT = Process("visits.visit", visit, "Beside the measures of all schemes.", "assumption")

PLUGIN = Plugin(
    groups=(Visits,),
    processes={Part.MEASURES: (VISIT,)},
    texts={
        "nb": {"lever.visits.active.what": "Om lærere besøker hverandres timer."},
        "en": {"lever.visits.active.what": "Whether teachers visit each other's lessons."},
    },
)
