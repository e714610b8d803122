"""The record of a draw by groups of municipalities, for a real country: who is weak there is drawn, and not observed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import AnyArray
from sim.outcomes.place_groups import OTHERS, place_groups
from sim.schemes.follow_up.draw_record import county_names, draw_record
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import DrawKind
from sim.state import State
from sim.state.places import Counties
from sim.world.place_names import PlaceNames

ROWS_ARE = "one group of at least five municipalities in one draw"

COLUMNS: Mapping[str, tuple[str, str]] = {
    "year": ("calendar year", "year of the draw"),
    "county": ("name", "county by the name in force in the draw year"),
    "size": (f"small, medium, large or {OTHERS}", f"inhabitants; {OTHERS} are kinds that a county has few of"),
    "centrality": (f"central, middle, remote or {OTHERS}", "how central they lie"),
    "municipalities": ("municipalities", "how many they are"),
    "members": ("names", "who they are, by name or kommunenummer"),
    "drawn": ("municipalities", "those drawn"),
    "drawn_by_spread": ("municipalities", "those of them whom the spread draw picked"),
    "participates": ("municipalities", "those of them that take part"),
    "listed": ("municipalities", "those among the first, exclusions left aside"),
    "population": ("persons", "inhabitants, mean of the group"),
    "n_pupils": ("pupils", "pupils in grunnskole, mean of the group"),
    "risk_share": ("share", "points over possible points, mean of the group"),
    "school_risk_spread": ("share", "highest less lowest risk share of its schools, mean of the group"),
    "true_need": ("SD between municipalities", "how weak its lasting results are, mean of the group"),
}  # fmt: skip
"""Every column: unit and meaning."""

_MEANS = ("population", "n_pupils", "risk_share", "school_risk_spread", "true_need")


def draw_by_group(state: State, names: PlaceNames) -> dict[str, AnyArray]:
    """The groups in the year's draw; the columns of `COLUMNS`, without rows outside draw years."""
    register = state[DrawRegister]
    if not len(register):
        return {}
    record, year = draw_record(state), int(register.year[0])
    county = county_names(state[Counties], year)[register.county]
    groups = place_groups(county, register.population, register.centrality)
    called = np.where(names.names(register.id) != "", names.names(register.id), names.codes(register.id))
    found: dict[str, AnyArray] = {
        "year": np.full(len(groups.county), year),
        "county": groups.county,
        "size": groups.size,
        "centrality": groups.centrality,
        "municipalities": groups.n,
        "members": np.array(
            [", ".join(called[groups.of == g].tolist()) for g in range(len(groups.county))], np.str_
        ),
        "drawn": groups.sum(register.drawn != DrawKind.NONE).astype(np.int64),
        "drawn_by_spread": groups.sum(register.drawn == DrawKind.SPREAD).astype(np.int64),
        "participates": groups.sum(record["participates"]).astype(np.int64),
        "listed": groups.sum(register.listed).astype(np.int64),
    }
    return found | {name: groups.mean(record[name]) for name in _MEANS}
