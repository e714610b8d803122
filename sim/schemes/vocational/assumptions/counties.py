"""The county as owner: forum, roles, contact with the other scheme, models that spread, and what a reform costs."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption after AFI-rapport 2026:02, 4"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class CountyWork(
    Group, key="vocational.counties", title="Vocational: counties, forums, the national network"
):
    """V3, V4, V6 and V7."""

    trust_start: float = uncertain(
        0.4, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.4, 0.1), source="assumption",
        meaning="trust in a forum that begins",
    )
    trust_gain: float = uncertain(
        0.12, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.08, 0.16),
        source="assumption, as in the school scheme's forums",
        meaning="trust gained in a year of meetings",
    )
    trust_deciding: float = uncertain(
        0.0, unit="share more", bounds=(-1.0, 2.0), prior=Uniform(-0.5, 0.5),
        source="assumption: no source says whether votes build trust or wear it",
        meaning="how much faster trust grows, or slower, where members decide instead of being heard",
    )
    member_exit: float = uncertain(
        0.13, unit="share per year", bounds=(0.0, 0.6), prior=Beta(0.13, 0.04), source="assumption",
        meaning="members of the forum replaced in a year",
    )
    person_exit: float = uncertain(
        0.15, unit="share per year", bounds=(0.0, 0.6), prior=Beta(0.15, 0.05), source="assumption",
        meaning="chance that the county's key person leaves within a year",
    )
    person_loss: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.15, 0.45), source="assumption",
        meaning="part of the good models in use that leaves with the county's key person",
    )
    clarity_before: float = uncertain(
        0.35, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.35, 0.1),
        source="assumption, as in the school scheme's open phase",
        meaning="role clarity of vocational board and forum without a regulation",
    )
    clarity_after: float = uncertain(
        0.6, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.6, 0.15), source=_A + ".4.1",
        meaning="role clarity of vocational board and forum that a regulation leads to",
    )
    clarity_overlap: float = uncertain(
        0.15, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.3), source=_A + ".4.1",
        meaning="role clarity lost where the forum decides: the board and the county decide on the same things",
    )
    clarity_counts: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.8),
        source=_A + ".4.1: roles are unclear in half of the boards; what it does is not said",
        meaning="part of what working life knows that is lost where roles of board and forum are wholly unclear",
    )
    board_clarity: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2), source=_A + ".4.1, note 18",
        meaning="role clarity that a fully active vocational board adds",
    )
    hit_board: float = uncertain(
        0.05, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.1),
        source=_A + ".4.1, note 18: a more active board would be good",
        meaning="what a fully active vocational board adds to how well measures hit",
    )
    board_hours: float = fixed(
        70.0, unit="hours per half-year", bounds=(0.0, 2000.0),
        source="assumption: nine members, two more meetings a year",
        meaning="hours of a fully active vocational board beside today's",
    )
    clarity_sd: float = fixed(
        0.15, unit="SD on 0-1", bounds=(0.0, 0.5), source="assumption",
        meaning="how different counties' boards and forums are in it",
    )
    clarity_pace: float = uncertain(
        0.4, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.4, 0.12), source="assumption",
        meaning="how fast roles become clear after a change of rules",
    )
    contact_made: float = uncertain(
        0.4, unit="share per year at full coordination", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.7),
        source=_A + ".4.3 [V4]",
        meaning="chance that a county finds contact between the two schemes within a year of full coordination",
    )
    contact_lost: float = uncertain(
        0.12, unit="share per year", bounds=(0.0, 1.0), prior=Uniform(0.04, 0.2), source="assumption [V4]",
        meaning="chance that such contact is lost within a year; it rests on persons",
    )
    post_nok: float = fixed(
        900_000.0, unit="NOK per man-year", bounds=(100_000.0, 3e6),
        source="assumption: a counsellor's year with costs",
        meaning="price of a post in the county's administration",
    )
    office_fte: float = fixed(
        0.3, unit="man-years per county", bounds=(0.0, 5.0),
        source="assumption: with the usual post just enough for what the rules of 2025 ask",
        meaning="what a county's administration has for the scheme beside a post",
    )
    usual_rolling: float = fixed(
        0.5, unit="share of counties", bounds=(0.0, 1.0), source="definition: as under the rules of 2025",
        meaning="counties whose offices are staffed for applications at any time",
    )
    ordinary_hours: float = fixed(
        570.0, unit="hours per half-year", bounds=(0.0, 5000.0),
        source="assumption: announcing, reading applications, paying out and reporting, two thirds of a man-year",
        meaning="hours of a county's office on running the scheme, whatever else is asked of it",
    )
    office_part: float = fixed(
        0.5, unit="share", bounds=(0.0, 1.0), source="assumption: calling, preparing, minutes, following up",
        meaning="part of the hours of forum and board that is the county's office's, not the members'",
    )
    put_off: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8),
        source="assumption: grants go before what is asked beside them",
        meaning="small grants applied for that come too late of the work that a county's office does not get done",
    )
    post_pace: float = uncertain(
        0.3, unit="share more per man-year", bounds=(0.0, 3.0), prior=Uniform(0.0, 0.6),
        source=_A + "; 1.3.2 names the post, not what it gives",
        meaning="how much faster a county gains routine with a post for the scheme",
    )
    post_contact: float = uncertain(
        0.2, unit="coordination per man-year", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source=_A + ".4.3: contact rests on persons [V4]",
        meaning="how much such a post works for contact between the two schemes",
    )
    training_years: float = uncertain(
        3.0, unit="years", bounds=(0.1, 30.0), prior=Uniform(1.0, 6.0),
        source=_A + ": teachers far first, the training side growing",
        meaning="years of work until two thirds of the training side know that part of the money is for them",
    )
    network_hours: float = fixed(
        40.0, unit="hours per half-year", bounds=(0.0, 2000.0), source="assumption: two persons at one gathering",
        meaning="hours of a county in a full national network",
    )
    coordination_hours: float = fixed(
        30.0, unit="hours per half-year", bounds=(0.0, 2000.0), source="assumption",
        meaning="hours of a county that works fully for contact with the scheme for school",
    )
    regulation_hours: float = fixed(
        20.0, unit="hours per half-year", bounds=(0.0, 2000.0), source="assumption",
        meaning="hours of a county on what a regulation asks to have written down",
    )
    rolling_hours: float = fixed(
        40.0, unit="hours per half-year", bounds=(0.0, 2000.0), source="assumption",
        meaning="hours more for a county that takes applications at any time",
    )
    models_own: float = uncertain(
        0.1, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.05, 0.15), source="assumption",
        meaning="how fast a county finds good ways of working by itself, at full trust",
    )
    models_spread: float = uncertain(
        0.4, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6), source=_A + " [V3]",
        meaning="how fast a county takes over the best one's ways in a full national network",
    )
    reform_loss: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.3, 0.7),
        source="OECD 2020; AFI-rapport 2026:02, 4.4 [V6]",
        meaning="part of trust, models and experience lost when counties are merged or split, or a joint scheme begins anew",
    )
    unspent_start: float = uncertain(
        0.4, unit="share of the grant", bounds=(0.0, 1.0), prior=Beta(0.4, 0.1),
        source="Vestfold og Telemark fylkeskommune 2023; Fafo 2024:28 [V6]",
        meaning="money that a county can't get used in its first year for want of routines",
    )
    unspent_falls: float = uncertain(
        0.1, unit="share of the grant per year", bounds=(0.0, 1.0), prior=Uniform(0.06, 0.14),
        source="Vestfold og Telemark fylkeskommune 2023; Fafo 2024:28 [V6]",
        meaning="how much less that is with each year of experience",
    )
    carried_share: float = fixed(
        0.5, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="part of unused money that is carried to the next year; the rest goes back to the state",
    )
    hit_base: float = uncertain(
        0.3, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.3, 0.08), source="assumption [V2]",
        meaning="how well measures hit the trades' needs where nobody from working life is heard",
    )
    hit_working_life: float = uncertain(
        0.3, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5), source=_A + ".2",
        meaning="what working life adds to that where it is heard in full trust and roles are clear",
    )
    hit_models: float = uncertain(
        0.2, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.05, 0.35), source=_A + " [V3]",
        meaning="what good models add to how well measures hit",
    )
    meeting_hours: float = fixed(
        120.0, unit="hours per half-year", bounds=(0.0, 2000.0),
        source="assumption: two meetings a year with a score of members",
        meaning="hours for a county's forum where it advises",
    )
    deciding_hours: float = uncertain(
        0.8, unit="share more", bounds=(0.0, 5.0), prior=Uniform(0.3, 1.3), source="assumption",
        meaning="how much more time a forum takes that decides",
    )
    meetings: float = fixed(
        2.0, unit="meetings per year", bounds=(1.0, 50.0), source="AFI-rapport 2026:02, 4.4.1: about twice a year",
        meaning="how often a forum meets, and could decide",
    )
    deciding_blocks: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5),
        source=_A + ".4.2: a forum of parties is no place to decide on 5,000 kroner; the figure is an assumption",
        meaning="small grants that a forum without any trust can't agree on in a year where it decides",
    )
    plan_hours: float = fixed(
        0.3, unit="share more", bounds=(0.0, 5.0), source="assumption",
        meaning="how much more time a forum takes that is to agree on a long-term plan",
    )
    vocational_weight: float = fixed(
        0.4, unit="share", bounds=(0.0, 1.0), source="9,300 of about 23,500 man-years (Udir)",
        meaning="weight of vocational teachers among those of upper secondary",
    )
    visibility_pace: float = uncertain(
        0.5, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.5, 0.15), source="assumption [V7]",
        meaning="how fast vocational needs come into sight or slip out of it",
    )
    county_eases: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 1.0),
        source=_A + ".4: they worry less since the county is to run it; how much less is not said [V7]",
        meaning="part of what is feared of a joint scheme that does not come where the county runs it itself",
    )
    rules_hours: float = fixed(
        80.0, unit="hours per half-year", bounds=(0.0, 2000.0), source="assumption: seats, earmarking and reports",
        meaning="hours of a county on rules that keep vocational needs wholly in sight in a joint scheme",
    )
    continuity_hours: float = fixed(
        300.0, unit="hours", bounds=(0.0, 5000.0), source="assumption",
        meaning="hours of a county to carry people, routines and plans wholly into another scheme",
    )
    crowding: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8), source=_A + ".4 [V7]",
        meaning="part of the vocational grant that goes to general programmes in a joint scheme where nobody sees vocational needs",
    )
    joint_paperwork: float = uncertain(
        0.3, unit="share more", bounds=(0.0, 3.0), prior=Uniform(0.0, 0.6),
        source=_A + ".4: fear for simplicity [V7]",
        meaning="how much more paperwork a joint scheme asks where its rules are not made for vocational needs",
    )
