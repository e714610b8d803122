"""What becomes of the country's spread where nothing is done: each SD as the world begins and seventeen years later.

Worlds start in the law of their own processes, so that without any scheme what spreads in them goes on spreading as much. What
earlier schemes have left is the exception: teachers' ownership, and what owners have learned. The state's money is part of the
world that begins (`decentralised.uh.earlier_years`), and where it ends heads who go take along what it brought. So owners'
competence is told twice: in the world as it is, and in one in which nothing was done before either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sim.arrays import Floats, Ints
from sim.country_check.playing import FIRST_YEAR, Job
from sim.country_check.table import number
from sim.design import Design
from sim.experiments.instruments import Playable
from sim.half_year import Season
from sim.parameters.registry import Registry
from sim.processes.indicators import true_level
from sim.reference.markdown import paragraphs
from sim.reference.markdown import table as markdown_table
from sim.scenario_files import load_design
from sim.state.measurements import Indicator, Measurements
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers, pupils_at, staff_mean

YEARS = 17
COMPETENCE = "owners' competence"
NEVER_TAUGHT = f"{COMPETENCE}, nothing done before either"
OWNERSHIP = "teachers' ownership"
LEFT_BEFORE = (COMPETENCE, OWNERSHIP)
"""What earlier schemes have left, and which fades where none comes."""
COLUMNS = ("what", "before", "after", "change", "error")

_NOTHING = {
    "decentralised.active": False,
    "follow_up.active": False,
    "innovation.active": False,
    "guide_corps.active": False,
    "system_2026.further_education.grant_nok": 0.0,
}
_NEVER = {"decentralised.uh.earlier_years": 0.0}
_SINCE = 2005  # before any world begins
_SIZES = {
    "up to 15 posts": (0, 15),
    "16-25 posts": (15, 25),
    "26-40 posts": (25, 40),
    "over 40 posts": (40, 1000),
}

Spreads = Mapping[str, tuple[float, float]]
"""What spreads, and its SD as a world begins and as it ends."""


def nothing(registry: Registry) -> Design:
    """A design without any scheme, in no year."""
    return load_design("no_follow_up", registry).with_levers(_NOTHING, _SINCE)


def play(job: Job) -> Spreads:
    """Play a world without schemes."""
    found = _played(job)
    never = _played(replace(job, values={**job.values, **_NEVER}))
    return {**found, NEVER_TAUGHT: never[COMPETENCE]}


def _played(job: Job) -> Spreads:
    model = job.model(
        job.design, rng=job.seed, world=job.world, start=FIRST_YEAR, scale=job.scale, assumptions=job.values,
        registers=None,
    )  # fmt: skip
    owner = model.state[Schools].municipality.copy()
    before, competence = _spreads(model, owner), _competence(model)
    for _ in range(YEARS * len(Season)):
        model.step()
    after, ended = _spreads(model, owner), _competence(model)
    through = [one for one in competence if one in ended]
    before[COMPETENCE] = _sd(np.array([competence[one] for one in through]))
    after[COMPETENCE] = _sd(np.array([ended[one] for one in through]))
    vars(model).clear()  # a Mesa model and its agents refer to each other
    return {name: (before[name], after[name]) for name in before}


def _competence(model: Playable) -> dict[int, float]:
    owners = model.state[Municipalities]
    return dict(zip(owners.id.tolist(), owners.competence.tolist(), strict=True))


def _spreads(model: Playable, owner: Ints) -> dict[str, float]:
    """SDs as the world stands; schools belong together as `owner`, of shape (schools,), says, whatever borders are now."""
    schools, staff, m = model.state[Schools], model.state[Teachers], model.state[Measurements]
    level, baseline = true_level(schools), staff_mean(schools, staff, staff.baseline)
    pupils = pupils_at(schools)
    found = {
        "schools' level": _sd(level),
        "what comes and goes in it": _sd(schools.value_added),
        "municipalities' level": _sd(
            np.bincount(owner, level * pupils) / np.maximum(np.bincount(owner, pupils), 1)
        ),
        "pupils' intake": _sd(schools.intake),
        "support, as pupils lastingly feel it": _sd(m.lasting[:, Indicator.SUPPORT_7]),
        "motivation": _sd(m.lasting[:, Indicator.MOTIVATION_7]),
        "bullying": _sd(m.lasting[:, Indicator.BULLYING_7]),
        "community": _sd(schools.community),
        "leadership": _sd(schools.leadership),
        "teachers' practice": _sd(staff.practice[staff.held]),
        OWNERSHIP: _sd(staff.ownership[staff.held]),
        "teachers' age": _sd(staff.age[staff.held]),
        "teachers' experience": _sd(staff.experience[staff.held]),
        "teachers' tenure": _sd(staff.tenure[staff.held]),
    }
    for name, (above, most) in _SIZES.items():
        here = (schools.n_teachers > above) & (schools.n_teachers <= most)
        found |= {
            f"staff's practice without support, {name}": _sd(baseline[here]),
            f"schools' practice, {name}": _sd(schools.practice[here]),
        }
    return found


def _sd(values: Floats) -> float:
    """NaN where there is nothing that could spread."""
    return float(values.std()) if len(values) > 1 else np.nan


def changed(worlds: Sequence[Spreads]) -> pd.DataFrame:
    """Means over worlds of each SD before and after, and of its relative change, whose standard error comes along.

    What some world has not got, as a small country has no large schools, is left out.
    """
    rows = []
    for name in worlds[0]:
        before, after = np.array([world[name] for world in worlds]).T
        change = after / before - 1
        rows.append(
            (name, before.mean(), after.mean(), change.mean(), change.std(ddof=1) / np.sqrt(len(worlds)))
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).dropna(ignore_index=True)


def as_markdown(found: pd.DataFrame, worlds: int) -> str:
    """A section of a page of the docs."""
    lines = paragraphs(
        "## A world that stands still",
        f"{worlds} worlds with the same parameters, without any scheme from {FIRST_YEAR} on: SD of what spreads in them as they "
        f"begin and {YEARS} years later, means over worlds, and the mean change with its standard error. What earlier schemes "
        "left fades: teachers' ownership, and what owners learned, which goes with heads of schools; where owners were never "
        "taught they have nothing of the kind to lose.",
    ) + markdown_table(
        ("what spreads", f"SD in {FIRST_YEAR}", f"SD in {FIRST_YEAR + YEARS}", "change", "standard error"),
        [
            (
                str(row["what"]), number(row["before"]), number(row["after"]), f"{row['change']:+.2%}", f"{row['error']:.2%}",
            )
            for row in found.to_dict("records")
        ],
    )  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"
