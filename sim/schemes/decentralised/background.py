"""The decentralised scheme (desentralisert ordning) as a plain background: every school gets a little, some more than others.

The forum's maturity, the UH partner's quality and the owner's competence decide how much of the nation's mean dose reaches a
municipality. The scheme itself, with forums, networks, partnerships and grants, is not modelled yet.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.classroom import Classroom
from sim.parameters.declaration import Group, fixed, lever, uncertain
from sim.parameters.load import Pandemic
from sim.parameters.priors import Uniform
from sim.parameters.registry import Parameters
from sim.processes.grouping import joined
from sim.processes.load import add_load, done_share
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.scheme import Scheme
from sim.state import State
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Schools
from sim.year_parts import Part


class Background(Group, key="decentralised", title="The decentralised scheme as a background"):
    """How much the scheme gives on average, and to whom more."""

    active: bool = lever(
        True, unit="yes/no", source="definition", meaning="whether the decentralised scheme runs"
    )
    begins: int = fixed(
        2017,
        unit="calendar year",
        bounds=(2000, 2060),
        source="AFI-rapport 2026:02, 1.2",
        meaning="first year of the scheme",
    )
    mean_dose: float = uncertain(
        0.06,
        unit="share of a full development cycle",
        bounds=(0.0, 0.3),
        prior=Uniform(0.02, 0.10),
        source="derived: practice +0.06 SD (0.02-0.12) after four to six years; about one UH man-year to 17 schools",
        meaning="dose of supported development that a teacher gets in a usual year when the scheme is mature",
    )
    peak_years: float = uncertain(
        5.0,
        unit="years",
        bounds=(2.0, 10.0),
        prior=Uniform(4.0, 6.0),
        source="Ulibarri et al. 2020",
        meaning="years until forums are mature",
    )
    decline: float = fixed(
        0.03,
        unit="share per year",
        bounds=(0.0, 0.2),
        source="Ulibarri et al. 2020",
        meaning="what a forum loses a year after its peak without renewal",
    )
    usual_quality: float = fixed(
        0.55,
        unit="0-1",
        bounds=(0.1, 1.0),
        source="definition: the mean of UH units' quality",
        meaning="UH quality at which the dose is the nation's mean",
    )
    usual_competence: float = fixed(
        0.5,
        unit="0-1",
        bounds=(0.1, 1.0),
        source="definition",
        meaning="owner's competence at which the dose is the nation's mean",
    )
    involvement: float = fixed(
        0.35,
        unit="0-1",
        bounds=(0.0, 1.0),
        source="assumption after AFI-rapport 2026:02, 2.3.2",
        meaning="how far teachers are drawn in",
    )
    upkeep: float = fixed(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="fading that the scheme's long run holds off",
    )
    asked_fte: float = uncertain(
        0.08,
        unit="man-years",
        bounds=(0.0, 0.6),
        prior=Uniform(0.03, 0.15),
        source="assumption after AFI-rapport 2026:02, 3.6 [D12]",
        meaning="what the scheme asks of an owner's staff, whatever its size",
    )


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme asks its share of the owners' time."""
    b, owners = p[Background], state[Municipalities]
    if runs(b, state.now.year):
        add_load(owners, np.full(len(owners), b.asked_fte))


def support(state: State, p: Parameters, draw: Draws) -> None:
    """Schools get what the background scheme reaches them with."""
    b, owners, schools = p[Background], state[Municipalities], state[Schools]
    if not runs(b, state.now.year):
        return
    grown = maturity(state.now.year - b.begins, b) * (1 - p[Pandemic].share_lost)
    local = (
        dose(state[UHUnits].quality[owners.uh_unit], owners.competence, done_share(owners.load), b) * grown
    )
    schools.learning += (p[Classroom].cycle_effect / 2 * local)[schools.municipality]
    schools.involvement[:] = joined(schools.involvement, np.full(len(schools), b.involvement))
    schools.upkeep[:] = 1 - (1 - schools.upkeep) * (1 - b.upkeep * grown)


def runs(b: Background, year: int) -> bool:
    """Whether the scheme gives anything in this year."""
    return b.active and year >= b.begins


def maturity(age: float, b: Background) -> float:
    """The forums' maturity, in [0, 1], at `age` years: rising to the peak, then slowly falling without renewal."""
    if age < b.peak_years:
        return (age + 1) / (b.peak_years + 1)
    return float((1 - b.decline) ** (age - b.peak_years))


def dose(quality: Floats, competence: Floats, done: Floats, b: Background) -> Floats:
    """Share of a full development cycle that a year gives, shape (owners,)."""
    return np.clip(b.mean_dose * quality / b.usual_quality * competence / b.usual_competence * done, 0, 1)


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """The background keeps no state of its own."""


SCHEME = Scheme(
    key="decentralised",
    title="The decentralised scheme as a background",
    groups=(Background,),
    set_up=set_up,
    processes={
        Part.PLANNING: (
            Process(
                "decentralised.ask",
                ask,
                "The scheme asks its share of owners' time.",
                "AFI-rapport 2026:02, 3.6 [D12]",
            ),
        ),
        Part.MEASURES: (
            Process(
                "decentralised.support",
                support,
                "Every school gets a little from the background scheme.",
                "AFI-rapport 2026:02, ch. 2",
            ),
        ),
    },
)
