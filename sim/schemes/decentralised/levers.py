"""Levers of the decentralised scheme (desentralisert ordning) and of the regimes that fund competence development."""

from __future__ import annotations

from enum import StrEnum

from sim.parameters.declaration import Group, Price, lever

_S1 = "AFI-rapport 2026:02"


class Split(StrEnum):
    """How the grant is shared out within a county."""

    AGREED = "agreed"  # the forum bargains
    PUPILS = "pupils"  # in proportion to pupils
    NEED = "need"  # in proportion to pupils and to weak results


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Decentralised(
    Group, key="decentralised", title="The decentralised scheme and the funding of competence"
):
    """Levers of the scheme."""

    active: bool = lever(
        True, unit="yes/no", source="definition",
        meaning="whether state money for competence in schools runs at all",
    )
    market_share: float = lever(
        0.0, unit="share of the grant", bounds=(0.0, 1.0), source=_S1 + ", 1.1: market regime about 2005-2009",
        meaning="part of the grant that goes straight to owners, who order from UH",
    )
    hierarchy_share: float = lever(
        0.0, unit="share of the grant", bounds=(0.0, 1.0), source=_S1 + ", 1.1: national programmes about 2010-2016",
        meaning="part of the grant that national programmes hand out on application; the rest goes through the forum",
    )
    grant_nok: float = lever(
        245e6, unit="NOK a year", bounds=(0.0, 5e9),
        source="recalled: 100 million (2017), 200 (2018), about 245 since; not found in a source",
        meaning="state grant to the scheme",
    )
    cofunding: float = lever(
        0.30, unit="share of the state grant", bounds=(0.0, 2.0), source=_S1 + ", 1.3.1; OECD 2020",
        meaning="owner's own contribution",
    )
    relief_for_poor: float = lever(
        0.0, unit="share", bounds=(0.0, 1.0), source="OECD 2020: relief for poorer municipalities",
        free="the same grant, taken up by others: what some get, the rest do without",
        meaning="part of the own contribution that small and poor owners are let off",
    )
    uh_share: float = lever(
        0.5, unit="share of the grant", bounds=(0.0, 1.0), source="OECD 2020 (proposal behind the 2021 regulation)",
        meaning="least part of the grant that goes to UH",
    )
    split: Split = lever(
        Split.AGREED, unit="choice", source=_S1 + ", 2.2; OECD 2020",
        free="the same grant, taken up by others: what some get, the rest do without",
        meaning="how the grant is shared out within a county",
    )
    conditional_share: float = lever(
        0.0, unit="share of the grant", bounds=(0.0, 1.0), source="OECD 2020: grants that reward strong partnerships",
        meaning="part of the grant that is shared out by the strength of partnerships",
    )
    regulation: bool = lever(
        True, unit="yes/no", source=_S1 + ", 2.2: regulation of 26 January 2021",
        meaning="whether a regulation sets criteria and roles",
    )
    open_years: float = lever(
        0.0, unit="years", bounds=(0.0, 30.0),
        source=_S1 + ", 2.2.1: an open development phase came before the regulation",
        meaning="for how many years criteria stay open to the forums before a regulation sets them, counted from when they are replaced",
    )
    criteria_replaced: float = lever(
        0.0, unit="share", bounds=(0.0, 1.0), source=_S1 + ", 2.2.1; the figure is an assumption",
        meaning="part of the criteria in hand that the year's rules set aside for new ones",
    )
    direct_involvement: float = lever(
        0.3, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 2.3.2.2; the figure is an assumption",
        meaning="how directly teachers are asked to take part in the needs analysis",
    )
    leaders_at_table: float = lever(
        0.2, unit="share of schools", bounds=(0.0, 1.0),
        source=_S1 + ", 2.3.1.1: leaders stand further from the partnership; the figure is an assumption",
        meaning="schools whose leader sits in the partnership's meetings",
    )
    codetermination: float = lever(
        0.2, unit="0-1", bounds=(0.0, 1.0),
        source=_S1 + ", 2.3.2: co-determination has unused potential; the figure is an assumption",
        meaning="how far time on planning days and in meetings is set off for representatives and leaders to decide together",
    )
    coordinator_fte: float = lever(
        0.3, unit="man-years", bounds=(0.0, 3.0),
        source=_S1 + ", 2.1: regional networks are central actors; the figure is an assumption",
        meaning="a coordinator in each regional network, whom its members pay for",
    )
    resource_teachers: float = lever(
        0.2, unit="share of schools", bounds=(0.0, 1.0), source=_S1 + ", 2.3.2.3; the figure is an assumption",
        meaning="schools in measures that have a resource teacher",
    )
    seed_grant_share: float = lever(
        0.0, unit="share of measures", bounds=(0.0, 1.0), source=_S1 + ", 2.3.2.3 [D9]",
        meaning="measures that begin as small projects driven by teachers (seed grants)",
    )
    flexible_collective: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0),
        source=_S1 + ", 2.3.2.3 [D9]: everyone takes part is the usual reading of collective",
        meaning="how far groups of teachers across schools, by subject, count as collective, not only a school's whole staff",
    )
    multi_year: float = lever(
        0.5, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 2.2 [D7]; the figure is an assumption",
        meaning="how far UH can count on the money for several years",
    )
    uh_arenas: float = lever(
        0.2, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 2.3.1.3, 2.4; the figure is an assumption",
        meaning="how far UH brings those who work in schools and those who teach at home together: arenas, master's theses, anthologies",
    )
    analysis_support: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 5.2: owners' competence in analysis differs a lot",
        meaning="help with the needs analysis for owners who are weak in it",
    )
    measure_years: float = lever(
        3.0, unit="years", bounds=(0.5, 10.0),
        source=_S1 + ", 1.3.1: long-term measures; the figure is an assumption",
        free="as many hours: with longer measures more take part at a time, each in fewer of them",
        meaning="length of a measure",
    )
    politicians_involved: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 5.3: politicians are almost absent [D13]",
        meaning="how far the municipal council takes part: gets a yearly report, adopts the plan, stands behind its money",
    )
    governor_training: float = lever(
        0.5, unit="0-1", bounds=(0.0, 1.0), source=_S1 + ", 2.2; the figure is an assumption",
        meaning="how closely the directorate works with the governors on leading networks [D1]",
        price=Price(3e6, "assumption: three man-years in the directorate"),
    )
