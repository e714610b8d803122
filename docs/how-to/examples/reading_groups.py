"""A whole scheme of one's own: schools found reading groups, which give the staff room a little every half-year."""

import numpy as np

from sim.arrays import Bools, Floats
from sim.outcomes.measures import by_pupils
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.declaration import Group, lever, uncertain
from sim.parameters.priors import Beta
from sim.parameters.registry import Parameters
from sim.plugins import Plugin
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes import Scheme
from sim.state import Merger, State, Table, column
from sim.state.schools import Schools
from sim.year_parts import Part


class ReadingGroups(Group, key="reading_groups", title="Reading groups"):
    """Levers and assumptions of the scheme."""

    active: bool = lever(False, unit="yes/no", source="assumption", meaning="whether the scheme runs")
    founding_chance: float = uncertain(
        0.1, unit="share per half-year", bounds=(0.0, 1.0), prior=Beta(0.1, 0.03), source="assumption",
        meaning="chance that a school without a group founds one",
    )  # fmt: skip
    gain: float = uncertain(
        0.01, unit="SD of practice per half-year", bounds=(0.0, 0.2), prior=Beta(0.05, 0.02), source="assumption",
        meaning="gain in practice that a group offers",
    )  # fmt: skip


class GroupsAtSchools(Table, per="schools"):
    """Which schools have a group: a row for each school, merged with it."""

    has_group: Bools = column(np.bool_, unit="yes/no", meaning="has a reading group", merger=Merger.ANY)


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """Nobody has a group at the start."""
    state[GroupsAtSchools] = GroupsAtSchools.blank(len(state[Schools]))


def found(state: State, p: Parameters, draw: Draws) -> None:
    """Schools without a group found one by chance; all groups offer something to learn."""
    if not p[ReadingGroups].active:
        return
    schools, groups = state[Schools], state[GroupsAtSchools]
    groups.has_group |= draw.happens(
        "school founds a reading group", schools.id, p[ReadingGroups].founding_chance
    )
    schools.learning += p[ReadingGroups].gain * groups.has_group


def schools_with_group(state: State, p: Parameters) -> Floats:
    """Share of pupils whose school has a group."""
    return by_pupils(state, state[GroupsAtSchools].has_group.astype(float))


SCHEME = Scheme(
    key="reading_groups",
    title="Reading groups",
    groups=(ReadingGroups,),
    set_up=set_up,
    processes={
        Part.MEASURES: (
            Process("reading_groups.found", found, "Beside the measures of other schemes.", "assumption"),
        )
    },
    outcomes=(
        Outcome(
            "reading_group_share", "share", 1, Gather.PUPILS, schools_with_group,
            "pupils whose school has a reading group", 3,
        ),
    ),
)  # fmt: skip

PLUGIN = Plugin(
    schemes=(SCHEME,),
    texts={
        "nb": {
            "outcome.reading_group_share.name": "Elever ved skoler med lesegruppe",
            "lever.reading_groups.active.what": "Om ordningen med lesegrupper finnes.",
        },
        "en": {
            "outcome.reading_group_share.name": "Pupils at schools with a reading group",
            "lever.reading_groups.active.what": "Whether the scheme of reading groups runs.",
        },
    },
)
