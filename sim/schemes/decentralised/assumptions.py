"""What the model assumes about the decentralised scheme: strengths of the mechanisms D1 to D14, with their priors.

As in the follow-up scheme, the reports say which way a mechanism works; sizes are assumptions unless a source is named.
"""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Uniform

_A = "assumption after AFI-rapport 2026:02"


class Forum(Group, key="decentralised.forum", title="Decentralised: forums"):
    """D1 to D3: leadership, roles, trust, power."""

    leadership_start: float = uncertain(
        0.3,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.3, 0.1),
        source=_A + ", 2.2 [D1]",
        meaning="governors' facilitating leadership when forums begin",
    )
    leadership_learned: float = uncertain(
        0.25,
        unit="share of the gap per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.4),
        source=_A + ", 2.2 [D1]",
        meaning="how fast governors learn to lead a network in close contact with the directorate",
    )
    leader_exit: float = uncertain(
        0.12,
        unit="share per year",
        bounds=(0.0, 0.6),
        prior=Beta(0.12, 0.04),
        source="assumption",
        meaning="chance that the governor's key person leaves within a year",
    )
    leader_loss: float = uncertain(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.6),
        source=_A + ", 1.4.2 [D3]",
        meaning="part of the leadership that leaves with that person",
    )
    clarity_before: float = uncertain(
        0.35,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.35, 0.08),
        source=_A + ", 2.1-2.2: open development phase with unclear roles [D1]",
        meaning="role clarity without a regulation",
    )
    clarity_after: float = uncertain(
        0.75,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.75, 0.08),
        source=_A + ", 2.2 [D1]",
        meaning="role clarity that a regulation leads to",
    )
    clarity_pace: float = uncertain(
        0.5,
        unit="share per year",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.15),
        source=_A + ", 2.2",
        meaning="how fast roles become clear after a change of rules",
    )
    trust_start: float = uncertain(
        0.4,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.4, 0.1),
        source="assumption",
        meaning="trust in a forum that begins",
    )
    trust_gain: float = uncertain(
        0.115,
        unit="share of the gap per year",
        bounds=(0.0, 0.5),
        prior=Uniform(0.08, 0.15),
        source="assumption, from studies of collaborative governance",
        meaning="trust gained in a year under full leadership",
    )
    member_exit: float = uncertain(
        0.13,
        unit="share per year",
        bounds=(0.0, 0.6),
        prior=Beta(0.13, 0.04),
        source="assumption",
        meaning="members replaced in a year",
    )
    trust_loss: float = uncertain(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.4),
        source="assumption [D3]",
        meaning="part of a replaced person's trust that is lost",
    )
    reform_loss: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.3, 0.7),
        source="OECD 2020; AFI-rapport 2026:02, 4.4: forums had to start over",
        meaning="part of trust and leadership lost when counties are merged or split",
    )
    peak_years: float = uncertain(
        5.0,
        unit="years",
        bounds=(2.0, 12.0),
        prior=Uniform(4.0, 6.0),
        source="Ulibarri et al. 2020",
        meaning="years of meeting after which a forum is most productive",
    )
    decline: float = fixed(
        0.03,
        unit="share per year",
        bounds=(0.0, 0.2),
        source="Ulibarri et al. 2020",
        meaning="what a forum loses a year after its peak",
    )
    power: float = uncertain(
        0.3,
        unit="exponent",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.6),
        source=_A + ", 1.4.2 [D2]",
        meaning="how much an owner's resources count in bargaining where nobody leads against it",
    )
    criticism: float = uncertain(
        0.1,
        unit="0-1 per 0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.2),
        source=_A + ", 2.2: the regulation was first met with criticism, then accepted [D1]",
        meaning="satisfaction lost while roles have not come to terms with new rules",
    )
    weight_leadership: float = fixed(
        0.35,
        unit="weight",
        bounds=(0.0, 1.0),
        source=_A + ", 2.2 [D1]",
        meaning="leadership's weight in members' satisfaction",
    )
    weight_clarity: float = fixed(
        0.25,
        unit="weight",
        bounds=(0.0, 1.0),
        source=_A + ", 2.2 [D1]",
        meaning="role clarity's weight in members' satisfaction",
    )
    weight_trust: float = fixed(
        0.25,
        unit="weight",
        bounds=(0.0, 1.0),
        source=_A + ", 1.4.2 [D3]",
        meaning="trust's weight in members' satisfaction",
    )
    weight_fit: float = fixed(
        0.15,
        unit="weight",
        bounds=(0.0, 1.0),
        source=_A + ", 5.4",
        meaning="weight of the fit between members' logics and the scheme's in their satisfaction",
    )


class Logics(Group, key="decentralised.logics", title="Decentralised: institutional logics"):
    """Every actor holds a mix of market, hierarchy and network; it moves and never loses a layer."""

    pace: float = uncertain(
        0.12,
        unit="share per year",
        bounds=(0.0, 1.0),
        prior=Beta(0.12, 0.05),
        source=_A + ", 1.4.1",
        meaning="how fast an actor's mix moves to that of the regime it lives under",
    )
    start_market: float = fixed(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 1.4 (sedimentation)",
        meaning="market in everybody's mix when a world begins",
    )
    start_hierarchy: float = fixed(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 1.4 (sedimentation)",
        meaning="hierarchy in everybody's mix when a world begins, as far as the market leaves room; the rest is network",
    )
    floor: float = fixed(
        0.1,
        unit="share",
        bounds=(0.0, 0.3),
        source=_A + ", 1.4.1 (sedimentation)",
        meaning="least part of each logic in any actor's mix",
    )
    legitimacy_fit: float = uncertain(
        0.5,
        unit="0-1 per 0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.8),
        source=_A + ", 5.4",
        meaning="what the fit between mix and regime gives legitimacy",
    )
    legitimacy_base: float = uncertain(
        0.4,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.4, 0.1),
        source="assumption",
        meaning="legitimacy of a way of funding that fits nobody",
    )


class Needs(Group, key="decentralised.needs", title="Decentralised: needs analysis"):
    """D4: who analyses, how well it hits, what it costs."""

    own_weight: float = fixed(
        0.45,
        unit="weight",
        bounds=(0.0, 1.0),
        source=_A + ", 5.2 [D4]",
        meaning="the owner's competence in the hit of an analysis",
    )
    network_weight: float = fixed(
        0.25,
        unit="weight",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.2.2 [D4]",
        meaning="the network's competence in it",
    )
    uh_weight: float = fixed(
        0.2,
        unit="weight",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.1.1",
        meaning="UH's part in it, where needs are analysed together",
    )
    teachers_gain: float = uncertain(
        0.12,
        unit="0-1",
        bounds=(0.0, 0.5),
        prior=Uniform(0.0, 0.25),
        source=_A + ", 2.3.2.2 [D4]",
        meaning="what direct involvement of teachers adds to the hit",
    )
    indirect_gain: float = uncertain(
        0.08,
        unit="0-1",
        bounds=(0.0, 0.5),
        prior=Uniform(0.0, 0.2),
        source=_A + ", 2.3.2.2 [D4]",
        meaning="what teachers' views in the data add to it when they are not directly involved",
    )
    evaluation_gain: float = uncertain(
        0.1,
        unit="0-1",
        bounds=(0.0, 0.5),
        prior=Uniform(0.0, 0.2),
        source="AFI-rapport 2026:02, fig. 1-2",
        meaning="what a good evaluation of the last round adds to it",
    )
    support_gain: float = uncertain(
        0.3,
        unit="share of the gap",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.5),
        source=_A + ", 5.2",
        meaning="what full support closes of the gap to a perfect analysis",
    )
    hit_sd: float = fixed(
        0.08, unit="0-1", bounds=(0.0, 0.4), source="assumption", meaning="luck in the hit of an analysis"
    )
    direct_hours: float = fixed(
        4.0,
        unit="hours per teacher and year",
        bounds=(0.0, 40.0),
        source=_A + ", 2.3.2.2 [D4]: direct involvement costs time",
        meaning="teachers' time in a wholly direct analysis",
    )
    owner_hours: float = fixed(
        40.0,
        unit="hours a year",
        bounds=(0.0, 1000.0),
        source="assumption",
        meaning="an owner's time for the analysis and its report",
    )
    evaluation_pace: float = fixed(
        0.5,
        unit="share per year",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="how fast evaluation moves to what partners make of it",
    )


class Partners(Group, key="decentralised.partners", title="Decentralised: partnerships"):
    """D3, D5, D7: persons, models, change of partner."""

    trust_gain: float = uncertain(
        0.115,
        unit="share of the gap per year",
        bounds=(0.0, 0.5),
        prior=Uniform(0.08, 0.15),
        source="assumption",
        meaning="trust gained in a year of full contact and effort",
    )
    trust_loss: float = uncertain(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.4),
        source=_A + ", 1.4.2 [D3]",
        meaning="part of trust and shared understanding lost when a key person leaves",
    )
    uh_exit: float = uncertain(
        0.15,
        unit="share per year",
        bounds=(0.0, 0.6),
        prior=Beta(0.15, 0.05),
        source="assumption",
        meaning="chance that UH's key person in a partnership leaves within a year",
    )
    shared_gain: float = uncertain(
        0.2,
        unit="share of the gap per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.3),
        source=_A + ", 1.4.2 [D3]",
        meaning="shared understanding gained in a year of full contact and effort",
    )
    shared_top: float = fixed(
        0.85,
        unit="0-1",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="shared understanding that even the best partnership ends in",
    )
    other_contact: float = fixed(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 1.1",
        meaning="contact among owners and with UH in ordered courses and national programmes against that in a network",
    )
    start: float = uncertain(
        0.45,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.45, 0.1),
        source="assumption",
        meaning="trust and shared understanding in a new partnership",
    )
    equality_base: float = uncertain(
        0.35,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.35, 0.08),
        source=_A + ", 2.3.1.1",
        meaning="equality where the owner has no competence, measures are packages and roles unclear",
    )
    equality_competence: float = uncertain(
        0.35,
        unit="0-1 per 0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.5),
        source="assumption",
        meaning="what the owner's competence gives equality",
    )
    equality_tailoring: float = uncertain(
        0.3,
        unit="0-1 per 0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.15, 0.45),
        source=_A + ", 2.3.1.2 [D5]",
        meaning="what tailoring gives equality",
    )
    equality_pace: float = fixed(
        0.4,
        unit="share per year",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="how fast equality moves to what conditions call for",
    )
    together_pace: float = fixed(
        0.4,
        unit="share per year",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="how fast doing things together moves to what trust calls for",
    )
    together_early: float = uncertain(
        0.5,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.08),
        source=_A + ", 2.3.1.1: about 50 %",
        meaning="needs, priorities and evaluation done together at full trust against planning and carrying out",
    )
    change_after: float = fixed(
        3.0,
        unit="years",
        bounds=(0.0, 20.0),
        source="assumption",
        meaning="least age of a partnership that is changed",
    )
    change_chance: float = uncertain(
        0.25,
        unit="share per year",
        bounds=(0.0, 1.0),
        prior=Beta(0.25, 0.1),
        source=_A + ", 2.4 [D7]: networks have changed partner to get process competence",
        meaning="chance that a network changes a partner without any process competence",
    )
    change_below: float = fixed(
        0.6,
        unit="0-1",
        bounds=(0.05, 1.0),
        source="assumption",
        meaning="process competence below which a partner may be changed",
    )
    procedure_share: float = fixed(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.1.2 [D5]; the share is an assumption",
        meaning="partnerships by procedure",
    )
    procedure_process: float = uncertain(
        0.1,
        unit="0-1",
        bounds=(0.0, 0.5),
        prior=Uniform(0.0, 0.2),
        source=_A + ", 2.3.1.2 [D5]: UH supplies a working method that teachers go through",
        meaning="process leadership that lies in such a method",
    )
    enthusiast_share: float = fixed(
        0.2,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.1.2 [D5]; the share is an assumption",
        meaning="partnerships by enthusiasts; the rest are by course",
    )
    enthusiast_knowledge: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.3, 0.7),
        source=_A + ", 2.3.1.2 [D5]: least UH knowledge",
        meaning="UH knowledge that reaches schools through enthusiasts",
    )
    package_fit: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.3, 0.7),
        source=_A + ", 1.1, 2.3.1.2",
        meaning="part of the fit that a package keeps",
    )
    tailoring_pace: float = fixed(
        0.3,
        unit="share per year",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="how fast tailoring moves to what shared understanding and the regime allow",
    )


class Hands(Group, key="decentralised.uh", title="Decentralised: UH units"):
    """D7 and D14: capacity, process competence, double purpose."""

    hour_nok: float = fixed(
        1100.0,
        unit="NOK",
        bounds=(200.0, 5000.0),
        source="assumption",
        meaning="what an hour of UH staff costs",
    )
    hours_per_fte: float = fixed(
        850.0,
        unit="hours",
        bounds=(100.0, 1700.0),
        source="assumption: half of a man-year goes to the partnership",
        meaning="hours with owners and schools in a man-year",
    )
    recruits_one_year: float = uncertain(
        0.15,
        unit="share of the gap per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.05, 0.25),
        source=_A + ", 2.2 [D7]",
        meaning="how fast capacity follows the demand when money comes a year at a time",
    )
    recruits_multi_year: float = uncertain(
        0.5,
        unit="share of the gap per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.3, 0.7),
        source=_A + ", 2.2 [D7]",
        meaning="how fast it follows when money is promised for years",
    )
    lets_go_one_year: float = uncertain(
        0.4,
        unit="share of the excess per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.6),
        source=_A + ", 2.2 [D7]",
        meaning="how fast capacity falls to a lower demand when money comes a year at a time",
    )
    lets_go_multi_year: float = uncertain(
        0.1,
        unit="share of the excess per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.2),
        source=_A + ", 2.2 [D7]",
        meaning="how fast it falls when money is promised for years",
    )
    process_start: float = uncertain(
        0.5,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.1),
        source=_A + ", 2.3.1.2 [D6, D7]",
        meaning="process competence of a unit of middling tradition and quality",
    )
    process_pace: float = uncertain(
        0.1,
        unit="share of the gap per year",
        bounds=(0.0, 0.5),
        prior=Uniform(0.05, 0.15),
        source=_A + ", 2.4",
        meaning="how fast units that work with schools gain it",
    )
    process_lost: float = uncertain(
        0.04,
        unit="share per year",
        bounds=(0.0, 0.3),
        prior=Uniform(0.0, 0.08),
        source="assumption [D3]: competence sits in persons",
        meaning="part of it that leaves with staff in a year",
    )
    specialised_gain: float = uncertain(
        0.15,
        unit="0-1",
        bounds=(0.0, 0.5),
        prior=Uniform(0.0, 0.3),
        source=_A + ", 2.3.1.3 [D7]",
        meaning="what a specialised centre adds to the work in schools",
    )
    lifted: float = fixed(
        0.0,
        unit="share of the gap",
        bounds=(0.0, 1.0),
        source="definition: units are as good as they are; above 0 in thought experiments",
        meaning="part of what units lack to perfect work in schools that is made up for",
    )
    specialised_carry: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.8),
        source=_A + ", 2.3.1.3 [D14]",
        meaning="part of the return to teacher education that a specialised centre carries back",
    )
    contact_pace: float = fixed(
        0.4,
        unit="share per year",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.1.3 [D14]",
        meaning="how fast practice contact follows the work",
    )
    teaching_pace: float = uncertain(
        0.2,
        unit="share per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.3),
        source=_A + ", 2.3.1.3 [D14]: teaching next",
        meaning="how fast teaching follows practice contact",
    )
    research_pace: float = uncertain(
        0.08,
        unit="share per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.02, 0.14),
        source=_A + ", 2.3.1.3 [D14]: research least",
        meaning="how fast research does",
    )


class Measure(Group, key="decentralised.measures", title="Decentralised: measures in schools"):
    """D6, D8 to D12: who is reached, who leads, what lasts."""

    hours_per_teacher: float = uncertain(
        6.0,
        unit="UH hours per teacher and year",
        bounds=(0.1, 100.0),
        prior=LogNormal(6.0, 3.0, 12.0),
        source="assumption",
        meaning="UH hours a year for each teacher taking part at which a measure reaches two thirds of a full cycle",
    )
    time_weight: float = uncertain(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Beta(0.4, 0.12),
        source="assumption",
        meaning="part of what a measure needs that is teachers' own time, which the rest of the money pays; the other part is UH's",
    )
    time_per_teacher: float = fixed(
        20.0,
        unit="hours per teacher and year",
        bounds=(1.0, 200.0),
        source="assumption",
        meaning="paid time a year for each teacher taking part at which two thirds of what time can give is reached",
    )
    time_nok: float = fixed(
        500.0,
        unit="NOK per hour",
        bounds=(100.0, 2000.0),
        source="assumption",
        meaning="what an hour of a teacher's time costs",
    )
    start_share: float = uncertain(
        0.8,
        unit="share of idle schools per year",
        bounds=(0.0, 1.0),
        prior=Beta(0.8, 0.1),
        source="assumption",
        meaning="schools not in a measure that begin one within a year when the owner gives all it can",
    )
    coverage_general: float = fixed(
        0.9,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.2.3 [D9]: everyone takes part",
        meaning="teachers who take part in a measure with a general theme",
    )
    coverage_subject: float = fixed(
        0.35,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.2.3 [D9]",
        meaning="teachers who take part in a measure in a subject",
    )
    coverage_seed: float = fixed(
        0.15,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.2.3 [D9]: small teacher-driven projects",
        meaning="teachers who take part in such a project when it begins",
    )
    seed_spread: float = uncertain(
        0.3,
        unit="share of the others per year",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.5),
        source=_A + ", 2.3.2.3 [D9]: they can spread to colleagues",
        meaning="teachers who join such a project in a year in a perfect professional community",
    )
    general_share: float = fixed(
        0.7,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.2.3 [D9]",
        meaning="measures with a general theme",
    )
    general_fit: float = uncertain(
        0.8,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.6, 1.0),
        source=_A + ", 2.3.2.3 [D9]: the more teachers, the more general the theme",
        meaning="fit of a general theme to a teacher's needs against a subject's",
    )
    plan_weight: float = uncertain(
        0.3,
        unit="share",
        bounds=(0.0, 0.9),
        prior=Uniform(0.0, 0.6),
        source=_A + ", 1.3.1, 2.1: the forum agrees on priorities and a long-term plan",
        meaning="how far a perfect plan of the forum raises the fit of measures, and none at all lowers it",
    )
    head_start: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.8),
        source=_A + ", 2.3.1.2: one thematic umbrella [D6]; 3.7: some go on from the follow-up scheme",
        meaning="part of the stage reached in the last measure, of this scheme or another, that the next one builds on where the process is middling well led",
    )
    kept_going: float = fixed(
        0.0,
        unit="share",
        bounds=(0.0, 1.0),
        source="definition: measures stall as they do everywhere (implementing.stall_chance); above 0 in thought experiments",
        meaning="part of the stalls in the scheme's measures that is held off, and of those that have stalled set going at once",
    )
    process_large: float = uncertain(
        0.25,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.4),
        source=_A + ", 2.3.1.2 [D6]: large municipalities have it more often",
        meaning="process leadership that an owner with much staff has beyond a small one's",
    )
    process_large_fte: float = fixed(
        1.5,
        unit="man-years",
        bounds=(0.1, 10.0),
        source="assumption",
        meaning="owner's staff at which half of that is reached",
    )
    process_base: float = uncertain(
        0.25,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.25, 0.08),
        source=_A + ", 2.3.1.2 [D6]",
        meaning="process leadership where nobody has it as a task",
    )
    process_uh: float = uncertain(
        0.35,
        unit="0-1 per 0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.5),
        source=_A + ", 2.3.1.2 [D6]",
        meaning="process leadership that UH's process competence supplies",
    )
    resource_gain: float = uncertain(
        0.2,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.05, 0.35),
        source=_A + ", 2.3.2.3 [D10]",
        meaning="what a resource teacher adds to a measure's gain, its upkeep, and to leading it past a stall",
    )
    involvement_direct: float = fixed(
        0.7,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.2.2 [D4]",
        meaning="involvement of teachers in a wholly direct analysis and its measure",
    )
    involvement_indirect: float = fixed(
        0.35,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.2.2 [D4]",
        meaning="involvement when teachers are only represented in the data",
    )
    involvement_enthusiast: float = fixed(
        0.15,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_A + ", 2.3.1.2 [D5]: strongest ownership",
        meaning="what being driven by enthusiasts adds to involvement",
    )
    involvement_falls: float = uncertain(
        0.08,
        unit="share per year",
        bounds=(0.0, 0.5),
        prior=Uniform(0.02, 0.14),
        source=_A + ", 2.3.2 [D11]",
        meaning="how much involvement falls in a year of a measure",
    )
    upkeep: float = uncertain(
        0.6,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.4, 0.8),
        source=_A + ", 2.3.2 [D11]",
        meaning="upkeep by full process leadership of what has become routine, during and after measures",
    )
    routine_lost: float = uncertain(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.6),
        source="assumption after AFI-rapport 2026:02, 2.3.2 [D3, D11]",
        meaning="part of a school's routine that is lost with its principal, or with the whole staff in a year",
    )
    competing: float = uncertain(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.5),
        source=_A + ", 3.6-3.7 [D12]",
        meaning="part of the work that is lost in a school that is in the follow-up scheme's measures at the same time",
    )
    usual_process: float = fixed(
        0.45,
        unit="0-1",
        bounds=(0.1, 1.0),
        source="definition",
        meaning="process leadership at which it does",
    )
    asked_fte: float = uncertain(
        0.08,
        unit="man-years",
        bounds=(0.0, 0.6),
        prior=Uniform(0.03, 0.15),
        source=_A + ", 3.6 [D12]",
        meaning="what the scheme asks of an owner's staff, whatever its size",
    )
    owner_learns: float = uncertain(
        0.05,
        unit="0-1 per year",
        bounds=(0.0, 0.5),
        prior=Uniform(0.01, 0.09),
        source=_A + ", 2.3.1.1: 72 % of owners say they are strengthened",
        meaning="rise of an owner's competence in a year of full effort and full partnership",
    )
    strengthened_pace: float = fixed(
        0.5,
        unit="share per year",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="how fast owners' view of being strengthened follows what they take part in",
    )
    peer_learning: float = uncertain(
        0.05,
        unit="share of the gap per year",
        bounds=(0.0, 0.5),
        prior=Uniform(0.0, 0.1),
        source=_A + ", 2.3.2.2",
        meaning="how fast owners in a network learn from those who know more",
    )


class Money(Group, key="decentralised.money", title="Decentralised: grants and regimes"):
    """Who can order, apply and co-fund."""

    order_capacity: float = fixed(
        1.0,
        unit="man-years",
        bounds=(0.1, 10.0),
        source=_A + ", 1.1: capacity to order decides",
        meaning="owner's staff at which half of a direct grant is turned into well-chosen orders",
    )
    apply_power: float = uncertain(
        1.0,
        unit="exponent",
        bounds=(0.0, 3.0),
        prior=Uniform(0.5, 1.5),
        source=_A + ", 1.1: capacity to write applications decides",
        meaning="how much capacity and competence count when owners apply to national programmes",
    )
    apply_winners: float = fixed(
        0.5,
        unit="share of owners",
        bounds=(0.05, 1.0),
        source="assumption",
        meaning="owners whose applications to national programmes are granted in a year",
    )
    strain: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.8),
        source="OECD 2020: watch the co-funding rule for small municipalities",
        meaning="part of the grant that an owner of least means cannot take up because of the own contribution",
    )
    usual_cofunding: float = fixed(
        0.3,
        unit="share of the state grant",
        bounds=(0.05, 2.0),
        source="definition: today's rule",
        meaning="own contribution at which the strain is as given",
    )
    strain_size: float = fixed(
        3000.0,
        unit="inhabitants",
        bounds=(500.0, 30000.0),
        source="assumption",
        meaning="size at which half of that strain is felt",
    )
    need_weight: float = fixed(
        0.5,
        unit="log weight per scale point",
        bounds=(0.0, 2.0),
        source="assumption",
        meaning="how much more counts for each scale point below the nation's mean where the grant is split by need",
    )
    market_hours: float = fixed(
        20.0,
        unit="hours a year",
        bounds=(0.0, 1000.0),
        source=_A + ", 1.1",
        meaning="an owner's time to order and account for what a direct grant buys",
    )
    hierarchy_hours: float = fixed(
        60.0,
        unit="hours a year",
        bounds=(0.0, 1000.0),
        source=_A + ", 1.1: capacity to write applications",
        meaning="an owner's time for applications to national programmes and reports on them",
    )
    network_hours: float = fixed(
        40.0,
        unit="hours a year",
        bounds=(0.0, 1000.0),
        source=_A + ", 1.1: networks are costly in time",
        meaning="an owner's time for forum and network meetings",
    )
    market_tailoring: float = fixed(
        0.2,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_A + ", 1.1: packaged courses",
        meaning="tailoring that ordered courses have",
    )
    hierarchy_tailoring: float = fixed(
        0.3,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_A + ", 1.1: many links between design and classroom",
        meaning="tailoring that national programmes have",
    )
    network_tailoring: float = fixed(
        0.8,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_A + ", 1.3.1",
        meaning="tailoring that partnerships in a network can come to",
    )
    market_involvement: float = fixed(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 1.1: little ownership",
        meaning="teachers' involvement in ordered courses against that in a partnership",
    )
    hierarchy_involvement: float = fixed(
        0.6,
        unit="share",
        bounds=(0.0, 1.0),
        source=_A + ", 1.1",
        meaning="teachers' involvement in national programmes against that in a partnership",
    )
