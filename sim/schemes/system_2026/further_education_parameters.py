"""Further education (videreutdanning): how much of it, who decides, what it is worth."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, lever, uncertain
from sim.parameters.priors import Beta, Uniform

_S1 = "AFI-rapport 2026:02, 5.2.2"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class FurtherEducation(
    Group, key="system_2026.further_education", title="System from 2026: further education"
):
    """Kompetanse for kvalitet before 2026, money straight to owners from then on."""

    grant_nok: float = lever(
        700e6, unit="NOK a year", bounds=(0.0, 5e9),
        source="recalled and rounded (Kompetanse for kvalitet, primary and lower secondary); not found in a source",
        meaning="state money for teachers' further education",
    )
    straight_to_owners: bool = lever(
        False, unit="yes/no", source=_S1,
        meaning="whether the money goes to owners, who choose; otherwise teachers apply and the state decides",
    )
    uh_earmarked: float = lever(
        0.0, unit="share of the grant", bounds=(0.0, 1.0),
        source=_S1 + ": earmarked further-education money for UH; the figure is an assumption",
        meaning="part of the money that universities and colleges get for places of their own choice; others choose the fewer",
    )
    owner_share: float = lever(
        0.25, unit="share of a place's price", bounds=(0.0, 0.9),
        source=_S1 + ": with the owner's share; the figure is recalled",
        meaning="owner's part of what a place costs",
    )
    place_nok: float = fixed(
        175_000.0, unit="NOK", bounds=(10_000.0, 1e6),
        source="recalled and rounded: a substitute for part of a year, and study",
        meaning="price of a place",
    )
    gain: float = uncertain(
        0.1, unit="SD of practice", bounds=(0.0, 1.0), prior=Uniform(0.02, 0.18), source="assumption",
        meaning="gain in the practice of a teacher who takes a place that fits the school's needs as usual",
    )
    individual_fit: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.5, 0.1),
        source="assumption, about what an owner of middling competence would choose: which is better is not known",
        meaning="how well what teachers apply for fits their school's needs",
    )
    usual_fit: float = fixed(
        0.5, unit="0-1", bounds=(0.05, 1.0), source="assumption: the yardstick of the gain above",
        meaning="how well a place usually fits",
    )
    strain: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6),
        source="assumption after OECD 2020: co-funding weighs on small owners",
        meaning="part of its places that the smallest owner can't take up at the usual owner's share",
    )
    strain_size: float = fixed(
        3000.0, unit="inhabitants", bounds=(100.0, 50_000.0), source="assumption",
        meaning="inhabitants at which an owner is half as strained as the smallest",
    )
    usual_share: float = fixed(
        0.25, unit="share", bounds=(0.01, 1.0), source="assumption: the yardstick of the strain above",
        meaning="owner's part of a place's price that the strain is given for",
    )
    held_back: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 1.0),
        source="assumption after OECD 2020: co-funding weighs on owners; how much is not known",
        meaning="part of the places that an owner's money at the usual share no longer pays for that it gives up",
    )
    central_fte: float = fixed(
        0.01, unit="man-years", bounds=(0.0, 1.0), source="assumption",
        meaning="what handling its teachers' applications asks of an owner, whatever its size",
    )
    own_fte: float = uncertain(
        0.03, unit="man-years", bounds=(0.0, 1.0), prior=Uniform(0.01, 0.06), source="assumption after " + _S1,
        meaning="what planning, choosing, hiring and reporting by itself asks of an owner, whatever its size",
    )
