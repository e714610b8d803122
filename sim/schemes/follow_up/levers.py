"""Levers of the follow-up scheme (oppfølgingsordningen) beside those of the draw."""

from __future__ import annotations

from enum import StrEnum

from sim.parameters.declaration import Group, lever

_S1 = "AFI-rapport 2026:02, ch. 3"
_S2 = "AFI-rapport 2021:09"


class Obligation(StrEnum):
    """How binding taking part is."""

    VOLUNTARY = "voluntary"
    COMPULSORY = "compulsory"


class Sanction(StrEnum):
    """What meets an owner that is obliged and does not deliver."""

    NONE = "none"
    MILD = "mild"  # reporting to the governor, plans to be handed in
    ROBEK = "robek"  # on the model of ROBEK: the state approves plans until the results are above the limit


class AfterRefusal(StrEnum):
    """What meets an owner that declines while taking part is voluntary."""

    NOTHING = "nothing"
    SUPERVISION = "supervision"  # tilsyn by the governor


class RefusedPlace(StrEnum):
    """What becomes of a place that an owner leaves empty, and of its money."""

    KEPT = "kept"  # nobody else is drawn; the money is shared by those who take part
    NEXT = "next"  # the next on the list is drawn
    RETURNED = "returned"  # nobody else is drawn; the money goes back to the treasury


class GuideMix(StrEnum):
    """Where guides are recruited."""

    LOCAL = "local"  # each governor's own pool
    NATIONAL = "national"  # one pool for the country
    MIXED = "mixed"  # the local pool topped up nationally


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class FollowUp(Group, key="follow_up", title="The follow-up scheme"):
    """Levers of the scheme."""

    active: bool = lever(
        True, unit="yes/no", source="definition",
        meaning="whether new municipalities are drawn; those in the scheme finish",
    )
    obligation: Obligation = lever(
        Obligation.VOLUNTARY, unit="choice",
        source=_S2 + ", 3.1: voluntary on paper; AFI-rapport 2026:02, 3.4: the directorate asks whether it should be obligatory, some governors want stronger means",
        meaning="how binding taking part is",
    )
    sanction: Sanction = lever(
        Sanction.NONE, unit="choice",
        source="robek: " + _S2 + ", 1.1, note 3 (proposal of Ekspertutvalget for skolebidrag); mild: the project's own idea",
        meaning="what meets an obliged owner whose own effort falls short of what the rules ask: mild, as long as its measures last; robek, until its results are above the limit",
    )
    corps_share: float = lever(
        0.0, unit="share", bounds=(0.0, 1.0),
        source="AFI-rapport 2021:09, 1.2 and note 5: about half of those drawn in 2017 and 2018; none from 2020, and the corps "
        "ended in autumn 2021",
        meaning="owners in the scheme that choose the guide corps as the provider of their measures, where there is one (guide_corps.active)",
    )
    felt_pressure: float = lever(
        1.0, unit="share", bounds=(0.0, 1.0),
        source="definition: today's is follow_up.will.voluntary_pressure; less is the project's own idea",
        free="nobody's time or money goes into pressure; what it holds back is the owners who then decline, and these are played",
        meaning="how much of today's pressure to take part in the voluntary scheme the governors let owners feel",
    )
    after_refusal: AfterRefusal = lever(
        AfterRefusal.SUPERVISION, unit="choice", source=_S2 + ", 3.1: who declined would be followed by supervision",
        meaning="what meets an owner that declines",
    )
    refused_place: RefusedPlace = lever(
        RefusedPlace.KEPT, unit="choice", source="assumption: nobody has declined, so no rule has been needed",
        meaning="what becomes of the place of an owner that declines, and of its money",
    )
    openness: float = lever(
        0.8, unit="0-1", bounds=(0.0, 1.0),
        source="assumption: most of the way to full openness; what those drawn say of it is held back (`informed_why`, "
        "`informed_possibilities`) and repeats this figure, so it is no test",
        meaning="how openly and well the governor explains the grounds in the dialogue",
    )
    say_in_guides: float = lever(
        0.5, unit="0-1", bounds=(0.0, 1.0), source=_S2 + ", 3.3; the figure is an assumption",
        meaning="how much say the owner has in the choice of guides",
    )
    ambassadors: float = lever(
        0.0, unit="share", bounds=(0.0, 1.0),
        source="the project's own idea (OECD 2020 has ambassadors for the model as such, not for those drawn); today's practice has none",
        meaning="part of the leaders who have been through follow-up who go out and tell those just drawn about it",
    )
    prephase_years: float = lever(
        1.0, unit="years", bounds=(0.0, 3.0), source=_S2 + ": one year from 2020, none before",
        meaning="length of the pre-phase (forfase)",
    )
    implementation_years: float = lever(
        2.0, unit="years", bounds=(0.5, 6.0), source=_S1 + " (three years in all)",
        meaning="length of the implementation phase",
    )
    guide_hours: float = lever(
        250.0, unit="hours per municipality and year of pre-phase", bounds=(0.0, 2000.0), source=_S2 + ", 2.5",
        meaning="guide hours given to a municipality",
    )
    light_from: float = lever(
        1.0, unit="0-1", bounds=(0.0, 1.0),
        source="the project's own idea after " + _S1 + ", 3.4 and 3.7: some offices want to set measures going at once, owners differ in need; today all have the same",
        meaning="competence, as the office judges it, from which an owner gets a light track through the pre-phase; 1 nobody",
    )
    straight_from: float = lever(
        1.0, unit="0-1", bounds=(0.0, 1.0),
        source="the project's own idea after " + _S1 + ", 3.4: some offices want to set measures going at once",
        meaning="competence, as the office judges it, from which an owner goes straight to measures; 1 nobody",
    )
    environment_share: float = lever(
        0.0, unit="share", bounds=(0.0, 1.0),
        source=_S2 + ", 3.1: some went straight to Læringsmiljøprosjektet, three and three; that they are those whose points are most of the pupil survey is an assumption",
        meaning="part of the owners drawn who go straight to measures on the learning environment, as far as their weakness lies there rather than in tests and leaving points",
    )
    light_share: float = lever(
        0.4, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="part of the guide hours, and of what a pre-phase asks of owner and office, in the light track",
    )
    long_below: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0),
        source=_S2 + ", 3.2: some need a longer pre-phase; that offices choose by what they know of owners' competence is an assumption",
        meaning="competence, as the office judges it, below which an owner gets a longer pre-phase; 0 nobody",
    )
    long_adds_years: float = lever(
        1.0, unit="years", bounds=(0.0, 2.0), source="assumption: a school year, so that measures begin in autumn",
        meaning="how much longer that pre-phase is; guides, owner and office work for as long, and measures wait",
    )
    at_school_below_fte: float = lever(
        0.0, unit="man-years", bounds=(0.0, 10.0),
        source=_S1 + ", 3.8: where the owner is a small post or two it may be best to build at the school",
        meaning="owner's staff below which all of the guides' time and of the measures is for the schools, whatever part is for owners elsewhere; 0 nobody",
    )
    guides_told: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0),
        source=_S2 + ", 4.1: a proposal; the scale is an assumption",
        meaning="how fully the governor tells guides, before they begin, on what grounds the owner was drawn",
    )
    guide_mix: GuideMix = lever(
        GuideMix.MIXED, unit="choice", source=_S2 + ", 3.3",
        meaning="where guides are recruited",
    )
    takes_over: float = lever(
        0.5, unit="share", bounds=(0.0, 1.0),
        source=_S2 + ", 3.5: from critical friend (0) to taking over (1); the figure is an assumption",
        meaning="how far guides are told to do the analysis for the owner",
    )
    owner_focus: float = lever(
        0.0, unit="share of guide hours", bounds=(0.0, 1.0),
        source=_S2 + ", 3.6; " + _S1 + ": most measures work at schools although the aim is the owner",
        meaning="part of the guides' time in the pre-phase for the owner's own quality work (a year wheel) in place of what is wrong in schools",
    )
    owner_measures: float = lever(
        0.0, unit="share", bounds=(0.0, 1.0),
        source=_S2 + ", 3.6: most measures are at schools, although the aim is the owner; that all are is an assumption",
        meaning="part of the work in the implementation phase that is for the owner's own quality work in place of schools",
    )
    deadline_share: float = lever(
        0.5, unit="share of the pre-phase", bounds=(0.1, 1.0), source=_S2 + ", 3.2: 26 February comes half-way",
        meaning="how far into the pre-phase the application for measures is due",
    )
    early_information: float = lever(
        0.0, unit="0-1", bounds=(0.0, 1.0),
        source="the project's own idea after " + _S2 + ", 3.2: the deadline came as a surprise to some; the scale is an assumption",
        meaning="how far owners and guides know from the first day when measures must be applied for, and what for",
    )
    help_targeted: float = lever(
        0.0, unit="share", bounds=(0.0, 1.0),
        source="OECD 2020: identify schools, not only municipalities; today help is for all schools of the municipality",
        meaning="part of the help for the other schools of a drawn municipality that goes to those named as weak instead",
    )
    keep_guide_chance: float = lever(
        0.55, unit="share", bounds=(0.0, 1.0), source="AFI-rapport 2026:02, 3.3.3: more than half",
        meaning="how often a pre-phase guide is kept in implementation",
    )
    grant_nok: float = lever(
        65e6, unit="NOK a year", bounds=(0.0, 1e9),
        source="about 5 % of local competence money (AFI-rapport 2026:02, 3.1.2); the figure is an assumption",
        meaning="the scheme's yearly money, shared by the municipalities in it",
    )
    uses_networks: float = lever(
        0.3, unit="0-1", bounds=(0.0, 1.0),
        source="OECD 2020: let follow-up use the networks of the decentralised scheme; the figure is an assumption",
        meaning="how far follow-up draws on the decentralised scheme's networks to carry the work on",
    )
    governor_closeness: float = lever(
        0.5, unit="0-1", bounds=(0.0, 1.0), source=_S2 + ", 3.2; the figure is an assumption",
        meaning="how closely the governor follows the work (the triangle); adds to each office's own habit",
    )
