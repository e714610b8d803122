"""Leaders and representatives: who leads in the school, how far away leaders stand, and what being asked takes and gives."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Voices(Group, key="decentralised.voices", title="Decentralised: school leaders and representatives"):
    """D8, D15, D16: leaders who lead, representatives who decide along, and both of them further from the partnership."""

    leader_weight: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6),
        source=_A + ", 2.3.1.2: leaders must lead the process, make time and keep up the pressure",
        meaning="part of a measure's process leadership that rests on the school's leader",
    )
    usual_leadership: float = fixed(
        0.5, unit="0-1", bounds=(0.1, 1.0), source="definition",
        meaning="a leader's competence at which that part is as the owner and UH leave it",
    )
    nearness: float = uncertain(
        0.3, unit="share per unit of distance", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6), source="assumption",
        meaning="what standing nearer to the partnership than is usual adds to a leader's part",
    )
    leader_hours: float = fixed(
        150.0, unit="hours a year", bounds=(20.0, 1700.0), source="assumption",
        meaning="time that a school leader has for leading development work",
    )
    table_hours: float = fixed(
        30.0, unit="hours a year", bounds=(0.0, 500.0), source="assumption",
        meaning="what sitting in the partnership's meetings takes of it",
    )
    direct_leader_hours: float = fixed(
        12.0, unit="hours a year", bounds=(0.0, 500.0),
        source=_A + ", 2.3.2.2: indirect involvement relieves leaders",
        meaning="what a wholly direct needs analysis takes of it",
    )
    codetermined_leader_hours: float = fixed(
        12.0, unit="hours a year", bounds=(0.0, 500.0), source="assumption",
        meaning="what wholly planning with the representatives takes of it",
    )
    resource_relief_hours: float = fixed(
        15.0, unit="hours a year", bounds=(0.0, 500.0),
        source=_A + ", 2.3.2.3: resource teachers relieve leaders [D10]; the figure is an assumption",
        meaning="what a resource teacher takes off a leader's hands of that",
    )
    codetermined_hours: float = fixed(
        3.0, unit="hours per teacher and year", bounds=(0.0, 40.0),
        source=_A + ", 2.3.2: time on planning days; the figure is an assumption",
        meaning="teachers' time where representatives and leader plan everything together",
    )
    fatigue_per_hour: float = uncertain(
        0.003, unit="0-1 per hour per teacher and year", bounds=(0.0, 0.05), prior=Uniform(0.0, 0.006),
        source=_A + ", 2.3.2.2: direct involvement costs time",
        meaning="tiredness that an hour spent on being asked adds",
    )
    asked_fte_per_school: float = fixed(
        0.005, unit="man-years per school", bounds=(0.0, 0.1), source="assumption",
        meaning="an owner's work for each school on a wholly direct analysis, and as much again on having all leaders at the table",
    )
    usual_distance: float = fixed(
        0.85, unit="0-1", bounds=(0.05, 1.0), source="definition: about where today's rules leave leaders",
        meaning="a leader's distance from the partnership at which involvement falls as it usually does",
    )
    table_brings: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8),
        source=_A + ", 2.3.1.1: leaders are less content the further they stand from the partnership",
        meaning="how much nearer a place at the table brings a school leader",
    )
    direct_brings: float = uncertain(
        0.2, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4), source="assumption",
        meaning="how much nearer a wholly direct needs analysis brings a school leader",
    )
    leading_brings: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2),
        source=_A + ", 2.3.1.1-2.3.1.2: leaders who lead the process have a part in it; no source says how much nearer that brings them",
        meaning="how much nearer to the partnership leading a measure twice as much as is usual brings a school leader",
    )
    distance_falls: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 1.0),
        source=_A + ", 2.3.1.1: the distance can have consequences for the profession's ownership over time",
        meaning="how far the fall of involvement over the years goes with the leader's distance",
    )
    pace: float = fixed(
        0.5, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how fast distance and co-determination move to what rules and leaders call for",
    )
    rest: float = fixed(
        0.3, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how much of the weariness of being involved goes in a year without a measure",
    )
    involvement_codetermined: float = uncertain(
        0.2, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source=_A + ", 2.3.2: co-determination has unused potential",
        meaning="what full co-determination adds to teachers' involvement",
    )
