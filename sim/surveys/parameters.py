"""How answers follow from what is so: thresholds, persons, roles, how hard statements are to agree to, who has no opinion."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Normal, Uniform

_A = "assumption"
_NIFU = "NIFU 2018:32 (Ungdomstrinn i utvikling)"
_HARD = (
    "assumption: rounded so that the first wave is roughly met; the prior is wide because only answers tell"
)
_UNIT = "logit"
_LOW, _HIGH = -5.0, 3.0
_ANY = Normal(0.0, 1.0)


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Survey(Group, key="survey", title="The virtual survey"):
    """From latent quantity to answer."""

    thresholds: tuple[float, ...] = fixed(
        (-2.0, -1.0, 0.0, 1.2), unit=_UNIT, bounds=(-10.0, 10.0),
        source="about one SD between steps: answers on the pre-phase in three groups (AFI-rapport 2021:09, 3.3, 3.5)",
        meaning="where one step of five ends and the next begins, from the statement's difficulty; the third opens the top two",
    )
    latent_floor: float = fixed(
        0.02, unit="0-1", bounds=(0.001, 0.2), source=_A,
        meaning="nearest to 0 and 1 that a quantity is seen",
    )
    person_sd: float = uncertain(
        1.0, unit=_UNIT, bounds=(0.3, 3.0), prior=Uniform(0.6, 2.4),
        source="assumption that reaches past 1.8, the SD of the logistic law that answers of slope one have in item response theory",
        meaning="spread of answers among persons who look at the same thing",
    )
    leaning_share: float = fixed(
        0.3, unit="share of variance", bounds=(0.0, 1.0), source=_A,
        meaning="part of that spread which a person takes along from statement to statement",
    )
    perception_owner: float = uncertain(
        0.5, unit="SD of persons", bounds=(-0.5, 1.5), prior=Uniform(0.3, 0.7),
        source=_NIFU + "; for UH: assumption, as they answer like owners (AFI-rapport 2026:02, 2.3.1.1)",
        meaning="how much better owners and UH see the same thing than teachers do",
    )
    perception_leader: float = uncertain(
        0.3, unit="SD of persons", bounds=(-0.5, 1.5), prior=Uniform(0.1, 0.5), source=_NIFU,
        meaning="how much better school leaders see the same thing than teachers do",
    )
    distance: float = uncertain(
        0.5, unit="SD of persons per step away", bounds=(0.0, 1.5), prior=Uniform(0.0, 1.0),
        source="AFI-rapport 2026:02, 2.3.1.1 (leaders about 20 points below owners and UH) [D8]; the prior is an assumption",
        meaning="what a statement on working together loses with each step from the partnership, leaders one, representatives two, where the leader stands as far away as can be",
    )
    expectation_strength: float = uncertain(
        0.5, unit="logits of difficulty per logit expected", bounds=(0.0, 1.5), prior=Uniform(0.0, 1.2),
        source="assumption, as a reading of AFI-rapport 2026:02, 2.3.1.1 (less shared understanding in 2024 than in 2021 although partners know each other longer)",
        meaning="how much harder it is to agree for those who have come to expect more: 0 not at all, 1 only what goes beyond the expected counts, above 1 who gets used to much wants more still",
    )
    wave_sd: float = uncertain(
        0.2, unit=_UNIT, bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source="assumption: 0 to 10 points in the middle, what a new wording, season or mood does to a whole set of questions",
        meaning="spread between waves that all answers to a battery have in common, whoever answers",
    )
    difficulty_forum: float = uncertain(
        -0.3, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to be satisfied with the forum",
    )
    difficulty_equality: float = uncertain(
        0.0, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to call a partnership equal",
    )
    difficulty_shared: float = uncertain(
        0.1, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to say that one shares an understanding",
    )
    difficulty_uh_competence: float = uncertain(
        0.7, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to say that UH has the competence needed",
    )
    difficulty_adapted: float = uncertain(
        -1.0, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to call measures adapted to the school's needs",
    )
    difficulty_strengthened: float = uncertain(
        0.0, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to say that taking part strengthens the owner",
    )
    difficulty_together: float = uncertain(
        -0.4, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to say that owner and UH cooperate to a large degree",
    )
    difficulty_teaching: float = uncertain(
        0.5, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to say that teacher education becomes more relevant",
    )
    difficulty_involved: float = uncertain(
        -0.2, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to call teachers actively involved",
    )
    difficulty_codetermination: float = uncertain(
        -0.5, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes a representative to say that one cooperates with the leader to a large degree",
    )
    difficulty_collective: float = uncertain(
        0.4, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to say that measures promote collective development",
    )
    difficulty_welcome: float = uncertain(
        0.3, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to feel it as positive to be drawn",
    )
    difficulty_learned: float = uncertain(
        -2.9, unit=_UNIT, bounds=(_LOW, _HIGH), prior=Normal(-2.5, 1.0),
        source=_HARD + "; low, because a year of pre-phase takes an owner some 7 % of the way to all there is to learn",
        meaning="how much gain it takes to say that the pre-phase raised competence in analysis",
    )
    difficulty_guides: float = uncertain(
        0.8, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to call guides' support relevant and useful",
    )
    difficulty_picture: float = uncertain(
        -0.8, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes to say that there is a shared picture of the challenges",
    )
    difficulty_match: float = uncertain(
        -1.4, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much it takes a governor to say that planned measures match the challenges",
    )
    difficulty_time: float = uncertain(
        0.5, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_HARD,
        meaning="how much load it takes to name time as the biggest challenge",
    )
    difficulty_recruitment: float = uncertain(
        -0.8, unit=_UNIT, bounds=(_LOW, _HIGH), prior=Normal(-1.0, 1.0),
        source=_HARD + "; low, because a quarter of posts new or unqualified is trouble",
        meaning="how much turnover and lack of qualified teachers it takes to speak of trouble with recruitment",
    )
    difficulty_other: float = uncertain(
        0.0, unit=_UNIT, bounds=(_LOW, _HIGH), prior=_ANY, source=_A + ": nothing is known of them",
        meaning="how hard statements are to agree to of which no answer is used in calibration; one for all of them",
    )
    alone_fte: float = uncertain(
        0.5, unit="man-years", bounds=(0.1, 2.0), prior=Uniform(0.3, 0.8),
        source=_A + "; one or two persons with other tasks too (AFI-rapport 2026:02, 3.2)",
        meaning="owner's staff for development below which somebody sits alone or with one colleague",
    )
    no_opinion_forum: float = fixed(
        0.05, unit="share", bounds=(0.0, 0.9), source=_A,
        meaning="forum members who pass a statement over or answer 'don't know'",
    )
    no_opinion_owner: float = fixed(
        0.3, unit="share", bounds=(0.0, 0.9),
        source="AFI-rapport 2026:02, 2.3.1.3: 125 of the 179 UH staff who answered the wave answered the one item whose number is told; that it is as many among owners is an assumption",
        meaning="owners in networks who pass a statement over or answer 'don't know'",
    )
    no_opinion_uh: float = fixed(
        0.3, unit="share", bounds=(0.0, 0.9),
        source="AFI-rapport 2026:02, 2.3.1.3: 125 of the 179 UH staff who answered the wave answered the one item whose number is told",
        meaning="UH staff who pass a statement over or answer 'don't know'",
    )
    no_opinion_rep: float = fixed(
        0.3, unit="share", bounds=(0.0, 0.9),
        source="AFI-rapport 2026:02, 2.3.1.3: 125 of the 179 UH staff who answered the wave answered the one item whose number is told; that it is as many among representatives is an assumption",
        meaning="union representatives who pass a statement over or answer 'don't know'",
    )
