"""Training firms, instructors, examination boards and training offices, in aggregate for each county."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class TrainingSide(
    Group, key="vocational.training_side", title="Vocational: firms, instructors, examination boards"
):
    """Numbers in the country, and what they learn."""

    firms: float = fixed(
        20_000.0, unit="firms", bounds=(100.0, 200_000.0), source="recalled: about 20,000 with apprentices",
        meaning="training firms (lærebedrifter)",
    )
    instructors: float = fixed(
        40_000.0, unit="persons", bounds=(100.0, 500_000.0),
        source="assumption: nearly one for each of 48,300 apprentices",
        meaning="instructors in training firms",
    )
    board_members: float = fixed(
        8000.0, unit="persons", bounds=(100.0, 100_000.0), source="assumption",
        meaning="members of examination boards (prøvenemnder)",
    )
    training_offices: float = fixed(
        300.0, unit="offices", bounds=(10.0, 2000.0), source="recalled: about 300",
        meaning="training offices (opplæringskontor)",
    )
    office_reach: float = fixed(
        60.0, unit="persons a year per office", bounds=(1.0, 1000.0), source="assumption",
        meaning="instructors that a training office can bring to courses in a year",
    )
    person_nok: float = fixed(
        3000.0, unit="NOK", bounds=(100.0, 50_000.0), source="assumption",
        meaning="price of a day's course for an instructor or board member",
    )
    start: float = fixed(
        0.4, unit="0-1", bounds=(0.0, 1.0), source="assumption",
        meaning="competence in guiding and assessing when a world begins, and what it falls back to",
    )
    gain: float = uncertain(
        0.25, unit="share of the gap", bounds=(0.0, 1.0), prior=Beta(0.25, 0.08), source="assumption",
        meaning="how far a course brings an instructor or board member",
    )
    lost: float = uncertain(
        0.15, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.15, 0.05), source="assumption",
        meaning="part of gained competence that goes with those who leave in a year",
    )
