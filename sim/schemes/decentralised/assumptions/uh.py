"""UH units: their staff and its posts, what they learn in schools, and what comes back to teaching and research."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Hands(Group, key="decentralised.uh", title="Decentralised: UH units"):
    """D7 and D14: capacity, process competence, double purpose."""

    hour_nok: float = fixed(
        1100.0, unit="NOK", bounds=(200.0, 5000.0), source="assumption",
        meaning="what an hour of UH staff hired for a year at a time costs",
    )
    hours_per_fte: float = fixed(
        850.0, unit="hours", bounds=(100.0, 1700.0), source="assumption: half of a man-year goes to the partnership",
        meaning="hours with owners and schools in a man-year",
    )
    recruits_one_year: float = uncertain(
        0.15, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.05, 0.25),
        source=_A + ", 2.2 [D7]",
        meaning="how fast capacity follows the demand when money comes a year at a time",
    )
    recruits_multi_year: float = uncertain(
        0.5, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.3, 0.7), source=_A + ", 2.2 [D7]",
        meaning="how fast it follows when money is promised for years",
    )
    lets_go_one_year: float = uncertain(
        0.4, unit="share of the excess per year", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6),
        source=_A + ", 2.2 [D7]",
        meaning="how fast capacity falls to a lower demand when money comes a year at a time",
    )
    lets_go_multi_year: float = uncertain(
        0.1, unit="share of the excess per year", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2),
        source=_A + ", 2.2 [D7]",
        meaning="how fast it falls when money is promised for years",
    )
    process_start: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.5, 0.1), source=_A + ", 2.3.1.2 [D6, D7]",
        meaning="process competence of a unit of middling tradition and quality",
    )
    process_pace: float = uncertain(
        0.1, unit="share of the gap per year", bounds=(0.0, 0.5), prior=Uniform(0.05, 0.15), source=_A + ", 2.4",
        meaning="how fast units that are in schools a lot gain it",
    )
    process_lost: float = uncertain(
        0.04, unit="share per year", bounds=(0.0, 0.3), prior=Uniform(0.0, 0.08),
        source="assumption [D3]: competence sits in persons",
        meaning="part of it that leaves in a year with staff that is hired for a year at a time",
    )
    specialised_gain: float = uncertain(
        0.15, unit="0-1", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.3), source=_A + ", 2.3.1.3 [D7]",
        meaning="what a specialised centre adds to the work in schools",
    )
    lifted: float = fixed(
        0.0, unit="share of the gap", bounds=(0.0, 1.0),
        source="definition: units are as good as they are; above 0 in thought experiments",
        meaning="part of what units lack to perfect work in schools that is made up for",
    )
    specialised_carry: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8), source=_A + ", 2.3.1.3 [D14]",
        meaning="part of the return to teacher education that a specialised centre carries back",
    )
    contact_pace: float = fixed(
        0.4, unit="share per year", bounds=(0.0, 1.0), source=_A + ", 2.3.1.3 [D14]",
        meaning="how fast practice contact follows the work",
    )
    teaching_pace: float = uncertain(
        0.2, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.3),
        source=_A + ", 2.3.1.3 [D14]: teaching next",
        meaning="how fast contact that is wholly carried home comes back to teaching",
    )
    research_pace: float = uncertain(
        0.08, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.02, 0.14),
        source=_A + ", 2.3.1.3 [D14]: research least",
        meaning="how fast it comes back to research",
    )
    back_fades: float = uncertain(
        0.11, unit="share per year", bounds=(0.01, 1.0), prior=Uniform(0.04, 0.18),
        source=_A + ", 2.3.1.3: it comes back by theses, anthologies and new arenas, which last [D14]; that it wears off in six to"
        " twenty-five years, as courses are changed and people leave, is an assumption",
        meaning="part of what has come back to teaching and research that is gone after a year",
    )
    earlier_years: float = fixed(
        12.0, unit="years", bounds=(0.0, 50.0),
        source=_A + ", 1.1: state money for competence since about 2005, a network since 2017",
        meaning="years of contact under earlier ways of funding that lie behind what UH and owners have learned when a world begins",
    )
    promise_years: float = fixed(
        3.0, unit="years", bounds=(0.5, 10.0), source="assumption: as long as a measure",
        meaning="years in which money that was promised to a unit runs out once less is asked for",
    )
    posts_pace: float = fixed(
        0.3, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how fast the part of the staff in permanent posts follows the part of the money that is promised for years",
    )
    posts_keep: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6), source=_A + ", 2.2.1, 2.4 [D3, D7]",
        meaning="part of the exits of UH's people that permanent posts prevent",
    )
    posts_dearer: float = uncertain(
        0.1, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2),
        source="assumption: with a permanent post come teaching, research and months without orders",
        meaning="how much more an hour in schools costs of people in permanent posts",
    )
    insecure: float = uncertain(
        0.15, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.3),
        source=_A + ", 2.2.1: predictable money made planning and strategy possible [D7]",
        meaning="part of its effort that a unit holds back where all its staff is hired for a year at a time",
    )
    contact_hours: float = uncertain(
        300.0, unit="hours a year", bounds=(20.0, 3000.0), prior=Uniform(150.0, 450.0), source="assumption",
        meaning="hours in schools, for each man-year of the unit's staff when a world begins, that bring two thirds of full contact",
    )
    market_learning: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.1, 1.0),
        source=_A + ", 2.3.1: orderer and supplier left little room for mutual learning",
        meaning="what UH learns in an hour of ordered work against one in a partnership",
    )
    hierarchy_learning: float = uncertain(
        0.6, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 1.0), source="assumption: between the two",
        meaning="what UH learns in an hour of work for a national programme against one in a partnership",
    )
    hired_carry: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source=_A + ", 2.2.1, 2.3.1.3, 2.4: more money alone changes little, money for several years and arenas do"
        " [D14]. The size is an assumption: the prior was moved after paired runs had shown the opposite of the claim",
        meaning="part of what hours in schools teach that the house keeps of people hired for a year, where no arenas bring its staff together",
    )
    apart: float = uncertain(
        0.15, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.3),
        source=_A + ", 2.3.1.3: staff groups and units that are apart are the main obstacle [D14]",
        meaning="part of the contact that doesn't reach those who teach at home, in units without a specialised centre",
    )
    arenas_gain: float = uncertain(
        0.4, unit="share of the gap", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.8),
        source=_A + ", 2.3.1.3: new arenas, master's theses and anthologies help [D14]",
        meaning="part of what doesn't reach them that does where the house brings its staff wholly together",
    )
    arenas_share: float = fixed(
        0.1, unit="share of hours", bounds=(0.0, 0.5), source="assumption",
        meaning="part of the hours for owners and schools that bringing the staff wholly together takes",
    )
