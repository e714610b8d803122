"""The county as owner: forum, roles, contact with the other scheme, models that spread, and what a reform costs."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption after AFI-rapport 2026:02, 4"


class CountyWork(
    Group, key="vocational.counties", title="Vocational: counties, forums, the national network"
):
    """V3, V4, V6 and V7."""

    trust_start: float = uncertain(
        0.4,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.4, 0.1),
        source="assumption",
        meaning="trust in a forum that begins",
    )
    trust_gain: float = uncertain(
        0.12,
        unit="share of the gap per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.08, 0.16),
        source="assumption, as in the school scheme's forums",
        meaning="trust gained in a year of meetings",
    )
    trust_deciding: float = uncertain(
        0.5,
        unit="share more",
        bounds=(0.0, 2.0),
        prior=Uniform(0.0, 1.0),
        source=_A,
        meaning="how much faster trust grows where members decide instead of being heard",
    )
    member_exit: float = uncertain(
        0.13,
        unit="share per year",
        bounds=(0.0, 0.6),
        prior=Beta(0.13, 0.04),
        source="assumption",
        meaning="members of the forum replaced in a year",
    )
    person_exit: float = uncertain(
        0.15,
        unit="share per year",
        bounds=(0.0, 0.6),
        prior=Beta(0.15, 0.05),
        source="assumption",
        meaning="chance that the county's key person leaves within a year",
    )
    person_loss: float = uncertain(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.15, 0.45),
        source="assumption",
        meaning="part of the good models in use that leaves with the county's key person",
    )
    clarity_before: float = uncertain(
        0.35,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.35, 0.1),
        source="assumption, as in the school scheme's open phase",
        meaning="role clarity of vocational board and forum without a regulation",
    )
    clarity_after: float = uncertain(
        0.6,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.6, 0.15),
        source=_A + ".4.1",
        meaning="role clarity of vocational board and forum that a regulation leads to",
    )
    clarity_overlap: float = uncertain(
        0.15,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.3),
        source=_A + ".4.1",
        meaning="role clarity lost where the forum decides: the board and the county decide on the same things",
    )
    clarity_sd: float = fixed(
        0.15,
        unit="SD on 0-1",
        bounds=(0.0, 0.5),
        source="assumption",
        meaning="how different counties' boards and forums are in it",
    )
    clarity_pace: float = uncertain(
        0.4,
        unit="share per year",
        bounds=(0.0, 1.0),
        prior=Beta(0.4, 0.12),
        source="assumption",
        meaning="how fast roles become clear after a change of rules",
    )
    contact_made: float = uncertain(
        0.4,
        unit="share per year at full coordination",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.7),
        source=_A + ".4.3 [V4]",
        meaning="chance that a county finds contact between the two schemes within a year of full coordination",
    )
    contact_lost: float = uncertain(
        0.12,
        unit="share per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.04, 0.2),
        source="assumption [V4]",
        meaning="chance that such contact is lost within a year; it rests on persons",
    )
    models_own: float = uncertain(
        0.1,
        unit="share of the gap per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.05, 0.15),
        source="assumption",
        meaning="how fast a county finds good ways of working by itself, at full trust",
    )
    models_spread: float = uncertain(
        0.4,
        unit="share of the gap per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.6),
        source=_A + " [V3]",
        meaning="how fast a county takes over the best one's ways in a full national network",
    )
    reform_loss: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.3, 0.7),
        source="OECD 2020; AFI-rapport 2026:02, 4.4 [V6]",
        meaning="part of trust, models and experience lost when counties are merged or split, or a joint scheme begins anew",
    )
    unspent_start: float = uncertain(
        0.4,
        unit="share of the grant",
        bounds=(0.0, 1.0),
        prior=Beta(0.4, 0.1),
        source="Vestfold og Telemark fylkeskommune 2023; Fafo 2024:28 [V6]",
        meaning="money that a county can't get used in its first year for want of routines",
    )
    unspent_falls: float = uncertain(
        0.1,
        unit="share of the grant per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.06, 0.14),
        source="Vestfold og Telemark fylkeskommune 2023; Fafo 2024:28 [V6]",
        meaning="how much less that is with each year of experience",
    )
    carried_share: float = fixed(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="part of unused money that is carried to the next year; the rest goes back to the state",
    )
    hit_base: float = uncertain(
        0.3,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.3, 0.08),
        source="assumption [V2]",
        meaning="how well measures hit the trades' needs where nobody from working life is heard",
    )
    hit_working_life: float = uncertain(
        0.35,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.15, 0.55),
        source=_A,
        meaning="what working life adds to that where the forum decides in full trust",
    )
    hit_models: float = uncertain(
        0.2,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.05, 0.35),
        source=_A + " [V3]",
        meaning="what good models add to how well measures hit",
    )
    advice_heard: float = uncertain(
        0.6,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Beta(0.6, 0.15),
        source="assumption",
        meaning="part of working life's view that gets through where the forum only advises",
    )
    meeting_hours: float = fixed(
        120.0,
        unit="hours per half-year",
        bounds=(0.0, 2000.0),
        source="assumption: two meetings a year with a score of members",
        meaning="hours for a county's forum where it advises",
    )
    deciding_hours: float = uncertain(
        0.8,
        unit="share more",
        bounds=(0.0, 5.0),
        prior=Uniform(0.3, 1.3),
        source="assumption",
        meaning="how much more time a forum takes that decides",
    )
    vocational_weight: float = fixed(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        source="9,300 of about 23,500 man-years (Udir)",
        meaning="weight of vocational teachers among those of upper secondary",
    )
    visibility_pace: float = uncertain(
        0.5,
        unit="share per year",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.15),
        source="assumption [V7]",
        meaning="how fast vocational needs come into sight or slip out of it",
    )
    crowding: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.8),
        source=_A + ".4 [V7]",
        meaning="part of the vocational grant that goes to general subjects in a joint scheme where nobody sees vocational needs",
    )
    joint_paperwork: float = uncertain(
        0.3,
        unit="share more",
        bounds=(0.0, 3.0),
        prior=Uniform(0.0, 0.6),
        source=_A + ".4: fear for simplicity [V7]",
        meaning="how much more paperwork a joint scheme asks where its rules are not made for vocational needs",
    )
