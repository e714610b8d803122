"""The regional scheme for kindergartens and Kompetanseløftet: which of them run, how far together, and what that spares."""

from __future__ import annotations

from sim.parameters.declaration import Group, lever, uncertain
from sim.parameters.priors import Beta, Uniform

_D12 = "AFI-rapport 2026:02, 3.6-3.7 [D12]"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Neighbours(Group, key="neighbours", title="The schemes next door: kindergartens and Kompetanseløftet"):
    """Load and synergy of the schemes that meet the same owners and forums."""

    kindergarten: bool = lever(
        True, unit="yes/no", source="AFI-rapport 2026:02, 1.3",
        free="what children in kindergarten lose without it has no place in the model; schools only see the work that is spared",
        meaning="whether the regional scheme for kindergartens runs",
    )
    inclusion: bool = lever(
        True, unit="yes/no", source="OECD 2020: from 2020",
        free="what special needs education loses without it has no place in the model; schools only see the work that is spared",
        meaning="whether Kompetanseløftet for special needs and inclusive practice runs",
    )
    run_together: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0),
        source="AFI-rapport 2026:02, 5.2.2: one scheme for kindergarten and school from 2026; the figure is an assumption",
        meaning="how far these schemes and that for schools are run as one: one forum, one plan, one report",
    )
    kindergarten_part: float = uncertain(
        0.6, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.4, 0.8), source="assumption",
        meaning="the kindergarten scheme's part of what both ask of owners (`load.other_schemes_fte`)",
    )
    saved: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6), source="assumption after " + _D12,
        meaning="part of what they ask that owners are spared where all is run as one",
    )
    agenda: float = uncertain(
        0.15, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.3),
        source="assumption: three schemes on the agenda of a forum that meets as often as before",
        meaning="part of a forum's time that matters of kindergartens and inclusion take from schools' where all is run as one",
    )
    synergy: float = uncertain(
        0.1, unit="share of fading held off", bounds=(0.0, 1.0), prior=Beta(0.1, 0.05),
        source="assumption after OECD 2020; AFI-rapport 2026:02, ch. 3 [F8]",
        meaning="upkeep of what schools changed, where kindergarten, school and PPT have one plan and a fully competent owner",
    )
