"""A process of one's own: over a long summer, teachers lose a part of what they have learned beyond their habits."""

from sim.arrays import Floats
from sim.parameters.declaration import Group, lever, uncertain
from sim.parameters.priors import Uniform
from sim.parameters.registry import Parameters
from sim.plugins import Plugin
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.schools import Schools, Teachers, staff_mean
from sim.year_parts import Part


class Summer(Group, key="summer", title="Forgetting over the summer"):
    """What the summer does, and what policy could do about it."""

    courses: bool = lever(
        False,
        unit="yes/no",
        source="assumption",
        meaning="whether all teachers meet in August to take it up again",
    )
    forgotten_share: float = uncertain(
        0.1, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2), source="assumption",
        meaning="part of changed practice that a summer takes away",
    )  # fmt: skip


def forget(state: State, p: Parameters, draw: Draws) -> None:
    """Every teacher is exposed, unless there are courses."""
    if p[Summer].courses:
        return
    schools, staff = state[Schools], state[Teachers]
    staff.practice -= forgotten(staff.practice, staff.baseline, p[Summer].forgotten_share)
    schools.practice[:] = staff_mean(schools, staff, staff.practice)


def forgotten(practice: Floats, baseline: Floats, share: float) -> Floats:
    """What is lost of practice, in SD; a formula that one can check on paper."""
    return share * (practice - baseline)


FORGET = Process("summer.forget", forget, "In August, before anything new is learned.", "assumption")

PLUGIN = Plugin(
    groups=(Summer,),
    processes={Part.COHORTS: (FORGET,)},
    texts={
        "nb": {"lever.summer.courses.what": "Om alle lærere møtes i august for å ta det opp igjen."},
        "en": {"lever.summer.courses.what": "Whether all teachers meet in August to take it up again."},
    },
)
