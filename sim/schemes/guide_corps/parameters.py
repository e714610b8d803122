"""The guide corps: how many, for how long, and what it leaves behind."""

from __future__ import annotations

from sim.parameters.declaration import Group, Price, fixed, lever, uncertain
from sim.parameters.priors import Beta, Uniform

_R = "Dyrkorn et al. 2013"
YEAR_NOK = 200_000.0  # 200 hours of guides, at 1,000 kroner


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class GuideCorps(Group, key="guide_corps", title="The guide corps"):
    """Levers and assumptions."""

    active: bool = lever(
        False, unit="yes/no",
        source=_R + ": a trial in 2009, for good from 2010; from 2017 it serves those drawn for follow-up, until autumn 2021 "
        "(AFI-rapport 2021:09, note 5)",
        meaning="whether there is a national corps of guides: for municipalities that ask, and as provider in follow-up",
    )
    places: int = lever(
        10, unit="municipalities per year", bounds=(0, 400),
        source="AFI-rapport 2021:09, note 6: about ten owners a year before 2017",
        meaning="municipalities that get guides each year because they ask",
        price=Price(YEAR_NOK, "assumption: as guide_corps.guide_nok", times=("years",)),
    )
    years: float = lever(
        1.5, unit="years", bounds=(0.5, 5.0), source="recalled: a year and a half",
        meaning="length of the guidance that an owner asks for itself; as provider in follow-up it lasts as long as the measures",
    )
    guide_nok: float = fixed(
        YEAR_NOK, unit="NOK a year", bounds=(0.0, 5e6),
        source="assumption: 200 hours of guides a year, at 1,000 kroner, from the directorate's money for follow-up",
        meaning="what guidance costs for a municipality that has it",
    )
    seeks_chance: float = uncertain(
        0.15, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.15, 0.04), source="assumption",
        meaning="chance that an owner of middling results seeks guidance in a year, of its own will",
    )
    weak_seeks: float = uncertain(
        0.3, unit="per scale point", bounds=(0.0, 2.0), prior=Uniform(0.1, 0.5), source="assumption after " + _R,
        meaning="how much more owners seek it for each scale point their schools lie below the nation",
    )
    schools_share: float = fixed(
        0.5, unit="share", bounds=(0.0, 1.0), source="assumption: some of the owner's schools",
        meaning="part of a municipality's schools that is guided",
    )
    asked_fte: float = uncertain(
        0.06, unit="man-years", bounds=(0.0, 1.0), prior=Uniform(0.03, 0.1), source="assumption",
        meaning="what the guidance asks of the owner",
    )
    leader_learns: float = uncertain(
        0.15, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Beta(0.15, 0.05),
        source=_R + ": changes above all at schools; the size is an assumption",
        meaning="how far guided principals come in leading development",
    )
    owner_learns: float = uncertain(
        0.05, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Beta(0.05, 0.02),
        source=_R + ": less at the owner; the size is an assumption",
        meaning="how far the owner comes in analysing and leading",
    )
