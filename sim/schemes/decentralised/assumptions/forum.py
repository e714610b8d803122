"""Forums: how governors learn to lead them, how roles become clear, what trust rests on, who gets more through."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Forum(Group, key="decentralised.forum", title="Decentralised: forums"):
    """D1 to D3: leadership, roles, criteria, trust, power."""

    leadership_start: float = uncertain(
        0.3, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.3, 0.1), source=_A + ", 2.2 [D1]",
        meaning="governors' facilitating leadership when forums begin",
    )
    leadership_learned: float = uncertain(
        0.25, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.4), source=_A + ", 2.2 [D1]",
        meaning="how fast governors learn to lead a network in close contact with the directorate",
    )
    gatherings_fte: float = fixed(
        0.15, unit="man-years", bounds=(0.0, 2.0),
        source="assumption: two persons at four gatherings of three days a year, prepared and followed up at home",
        meaning="what the closest contact with the directorate on leading networks takes of an office's staff",
    )
    secretariat_fte: float = fixed(
        0.1, unit="man-years", bounds=(0.0, 2.0),
        source=_A + ", 2.2.1: it makes governors the forums' secretariat, with working groups, and was criticised as bureaucratic;"
        " the figure, a day every other week, is an assumption",
        meaning="what secretariat and working groups by a regulation in force take of an office's staff",
    )
    leader_exit: float = uncertain(
        0.12, unit="share per year", bounds=(0.0, 0.6), prior=Beta(0.12, 0.04), source="assumption",
        meaning="chance that the governor's key person leaves within a year",
    )
    leader_loss: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6), source=_A + ", 1.4.2 [D3]",
        meaning="part of the leadership that leaves with that person",
    )
    clarity_before: float = uncertain(
        0.35, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.35, 0.08),
        source=_A + ", 2.1-2.2: open development phase with unclear roles [D1]",
        meaning="role clarity without a regulation",
    )
    clarity_after: float = uncertain(
        0.75, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.75, 0.08), source=_A + ", 2.2 [D1]",
        meaning="role clarity that a regulation leads to",
    )
    clarity_pace: float = uncertain(
        0.5, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.5, 0.15), source=_A + ", 2.2",
        meaning="how fast roles become clear after a change of rules",
    )
    trust_start: float = uncertain(
        0.4, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.4, 0.1), source="assumption",
        meaning="trust in a forum that begins",
    )
    trust_gain: float = uncertain(
        0.115, unit="share of the gap per year", bounds=(0.0, 0.5), prior=Uniform(0.08, 0.15),
        source="assumption, from studies of collaborative governance",
        meaning="trust gained in a year under full leadership",
    )
    member_exit: float = uncertain(
        0.13, unit="share per year", bounds=(0.0, 0.6), prior=Beta(0.13, 0.04), source="assumption",
        meaning="members replaced in a year",
    )
    trust_loss: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.4), source="assumption [D3]",
        meaning="part of a replaced person's trust, and of the role clarity made together, that is lost",
    )
    reform_loss: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.3, 0.7),
        source="OECD 2020; AFI-rapport 2026:02, 4.4: forums had to start over",
        meaning="part of trust and leadership lost when counties are merged or split",
    )
    peak_years: float = uncertain(
        5.0, unit="years", bounds=(2.0, 12.0), prior=Uniform(4.0, 6.0), source="Ulibarri et al. 2020",
        meaning="years of meeting after which a forum is most productive",
    )
    decline: float = fixed(
        0.03, unit="share per year", bounds=(0.0, 0.2), source="Ulibarri et al. 2020",
        meaning="what a forum loses a year after its peak",
    )
    power: float = uncertain(
        0.3, unit="exponent", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6), source=_A + ", 1.4.2 [D2]",
        meaning="how much an owner's resources count in bargaining where nobody leads against it",
    )
    criticism: float = uncertain(
        0.1, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2),
        source=_A + ", 2.2: the regulation was first met with criticism, then accepted [D1]",
        meaning="satisfaction lost while roles have not come to terms with new rules",
    )
    weight_leadership: float = fixed(
        0.35, unit="weight", bounds=(0.0, 1.0), source=_A + ", 2.2 [D1]",
        meaning="leadership's weight in members' satisfaction",
    )
    weight_clarity: float = fixed(
        0.25, unit="weight", bounds=(0.0, 1.0), source=_A + ", 2.2 [D1]",
        meaning="role clarity's weight in members' satisfaction",
    )
    weight_trust: float = fixed(
        0.25, unit="weight", bounds=(0.0, 1.0), source=_A + ", 1.4.2 [D3]",
        meaning="trust's weight in members' satisfaction",
    )
    weight_fit: float = fixed(
        0.15, unit="weight", bounds=(0.0, 1.0), source=_A + ", 5.4",
        meaning="weight of the fit between members' logics and the scheme's in their satisfaction",
    )
    anchored_start: float = fixed(
        0.7, unit="0-1", bounds=(0.0, 1.0),
        source="assumption: what the open phase from 2017 to 2020 comes to at the declared pace",
        meaning="how far criteria are the members' own in a world that begins under a regulation",
    )
    anchor_pace: float = uncertain(
        1.0, unit="share of the gap per year", bounds=(0.0, 2.0), prior=Uniform(0.5, 1.5),
        source=_A + ", 2.2.1, 5.3: criteria grew in a long open development phase",
        meaning="how fast open criteria become the members' own where they meet fully and in full trust",
    )
    anchor_later: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source=_A + ", 2.2.1: first met with criticism, then accepted",
        meaning="pace at which criteria of a regulation become the members' own by use, against that of open criteria",
    )
    imposed_unclear: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8), source=_A + ", 2.2.1",
        meaning="part of the role clarity a regulation brings that stays away where nothing of it is the members' own",
    )
    resentment: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2), source=_A + ", 2.2.1, 5.3",
        meaning="satisfaction lost where nothing of a regulation in force is the members' own",
    )
