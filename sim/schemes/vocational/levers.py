"""Levers of the vocational scheme: how money reaches vocational teachers, instructors and examination boards, and who decides."""

from __future__ import annotations

from enum import StrEnum

from sim.parameters.declaration import Group, lever

_S1 = "AFI-rapport 2026:02"
_FIGURE = "; the figure is an assumption"


class ForumRole(StrEnum):
    """What the county's forum does."""

    ADVISING = "advising"  # as in practice: the county decides after having heard it
    DECIDING = "deciding"


class RunBy(StrEnum):
    """Who runs a joint scheme for upper secondary."""

    COUNTY = "county"  # as decided: the owner itself
    GOVERNOR = "governor"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Vocational(Group, key="vocational", title="The vocational scheme"):
    """Levers of the scheme."""

    active: bool = lever(
        True, unit="yes/no", source=_S1 + ", 4.1: from 2019",
        meaning="whether the scheme runs",
    )
    grant_nok: float = lever(
        51e6, unit="NOK a year", bounds=(0.0, 1e9),
        source=_S1 + ", 4.1: 51 million in 2024; that other years are alike is an assumption",
        meaning="state grant, straight to the counties",
    )
    forum_role: ForumRole = lever(
        ForumRole.ADVISING, unit="choice", source=_S1 + ", 4: in practice the forum advises",
        meaning="whether the forum advises the county or decides",
    )
    plan: bool = lever(
        False, unit="yes/no",
        source=_S1 + ", 4.4.2: the scheme did without; forums try, and it is too small to bring a plan about",
        meaning="whether measures must fit a long-term plan that forum and county agree on",
    )
    board_active: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0),
        source=_S1 + ", 4.4.1, note 18: a more active board would be good; 0 is the boards as they are" + _FIGURE,
        meaning="how much more than today the vocational board takes part in the scheme",
    )
    own_share: float = lever(
        0.1, unit="share of the state grant", bounds=(0.0, 2.0),
        source=_S1 + ", 1.3.2: the county adds money, a post, or both" + _FIGURE,
        meaning="money that the county adds to the state's",
    )
    own_post: float = lever(
        0.5, unit="man-years per county", bounds=(0.0, 5.0),
        source=_S1 + ", 1.3.2: the county adds money, a post, or both" + _FIGURE,
        meaning="post that the county pays for somebody who runs the scheme",
    )
    regulation: bool = lever(
        True, unit="yes/no", source=_S1 + ", 4.1: in regulation from 2021",
        meaning="whether a regulation says what forum and county are to do",
    )
    direct_share: float = lever(
        0.4, unit="share of counties", bounds=(0.0, 1.0),
        source=_S1 + ", 4: some hand out directly, others on application" + _FIGURE,
        meaning="counties that hand the money straight to their schools; the others take applications",
    )
    rolling_share: float = lever(
        0.5, unit="share of counties", bounds=(0.0, 1.0), source=_S1 + ", 4: fixed deadlines or rolling" + _FIGURE,
        meaning="counties whose schools can apply at any time; the others have a fixed deadline",
    )
    small_grant_nok: float = lever(
        5000.0, unit="NOK", bounds=(500.0, 100_000.0), source=_S1 + ", 4: 5,000 kroner can do a hospitering",
        meaning="size of a small grant for hospitering",
    )
    paperwork_hours: float = lever(
        3.0, unit="hours", bounds=(0.0, 80.0),
        source=_S1 + ", 4.4: simplicity is decisive because the sums are small [V1]" + _FIGURE,
        meaning="hours to apply for and report on one small grant",
    )
    least_nok: float = lever(
        0.0, unit="NOK", bounds=(0.0, 500_000.0), source=_S1 + ", 4: low threshold [V1]" + _FIGURE,
        meaning="threshold: the smallest sum that can be applied for; several needs must be bundled to reach it",
    )
    collective_share: float = lever(
        0.3, unit="share of the schools' money", bounds=(0.0, 1.0),
        source=_S1 + ", 4: many small isolated measures [V5]" + _FIGURE,
        meaning="part of the schools' money for lasting collective measures; the rest goes to small grants",
    )
    flexible_collective: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 4: more than 180 trades with tiny communities [V2]",
        meaning="how far groups across schools and counties, by trade, count as collective, not only a school's vocational staff",
    )
    hospitering_share: float = lever(
        0.4, unit="share of small grants", bounds=(0.0, 1.0), source=_S1 + ", 4: typical measures" + _FIGURE,
        meaning="part of the wishes met by a stay in a firm (hospitering)",
    )
    second_teacher_share: float = lever(
        0.2, unit="share of small grants", bounds=(0.0, 1.0), source="Udir: part of the scheme from 2023" + _FIGURE,
        meaning="part of the wishes met by a professional who teaches along (yrkesfaglærer 2); the rest are courses",
    )
    training_side_share: float = lever(
        0.25, unit="share of the grant", bounds=(0.0, 1.0),
        source=_S1 + ", 4: vocational teachers far first, instructors and board members growing" + _FIGURE,
        meaning="part of the grant for instructors in firms and for examination boards",
    )
    boards_share: float = lever(
        0.4, unit="share of the training side's money", bounds=(0.0, 1.0), source=_S1 + ", 4" + _FIGURE,
        free="what boards get, instructors do without",
        meaning="part of the training side's money for examination boards (prøvenemnder)",
    )
    national_network: float = lever(
        0.5, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 4: the national network of counties [V3]" + _FIGURE,
        meaning="how much counties meet in the national network",
    )
    coordination: float = lever(
        0.3, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 4.4.3 [V4]" + _FIGURE,
        meaning="how much rules and county work for contact between this scheme and that for school",
    )
    joint: bool = lever(
        False, unit="yes/no", source=_S1 + ", 5.2.2: from 2026 one scheme for upper secondary [V7]",
        meaning="whether vocational and general programmes share one scheme for upper secondary",
    )
    run_by: RunBy = lever(
        RunBy.COUNTY, unit="choice",
        source=_S1 + ", 4.4, 5.2.2: counties worry less than before since the county, not the governor, is to run it [V7]",
        free="the same work, done by another",
        meaning="who runs a joint scheme",
    )
    visibility_rules: float = lever(
        0.3, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 4.4: fear for visibility [V7]" + _FIGURE,
        meaning="how far a joint scheme's rules (seats, earmarking, reports) keep vocational needs in sight",
    )
    continuity: float = lever(
        0.5, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 4.4: fear for continuity [V7]" + _FIGURE,
        meaning="how much of people, routines and plans is carried into a joint scheme when it begins",
    )
