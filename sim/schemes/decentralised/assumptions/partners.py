"""Partnerships of owners and UH: what they are built on, what they lose with persons, when a network looks for another."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Partners(Group, key="decentralised.partners", title="Decentralised: partnerships"):
    """D3, D5, D7: persons, models, change of partner."""

    trust_gain: float = uncertain(
        0.115, unit="share of the gap per year", bounds=(0.0, 0.5), prior=Uniform(0.08, 0.15), source="assumption",
        meaning="trust gained in a year of full contact and effort",
    )
    trust_loss: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.4), source=_A + ", 1.4.2 [D3]",
        meaning="part of trust, shared understanding, tailoring and equality lost when a key person leaves",
    )
    uh_exit: float = uncertain(
        0.15, unit="share per year", bounds=(0.0, 0.6), prior=Beta(0.15, 0.05), source="assumption",
        meaning="chance that UH's key person in a partnership leaves within a year",
    )
    shared_gain: float = uncertain(
        0.2, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.3), source=_A + ", 1.4.2 [D3]",
        meaning="shared understanding gained in a year of full contact and effort",
    )
    shared_top: float = fixed(
        0.85, unit="0-1", bounds=(0.0, 1.0), source="assumption",
        meaning="shared understanding that even the best partnership ends in while nothing is done together",
    )
    differences: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.8),
        source=_A + ", 2.3.1.1: shared understanding fell though partners knew each other longer; the reason is an assumption",
        meaning="how much less that is where everything is done together, and differences show",
    )
    other_contact: float = fixed(
        0.4, unit="share", bounds=(0.0, 1.0), source=_A + ", 1.1",
        meaning="contact among owners and with UH in ordered courses and national programmes against that in a network",
    )
    reward_pull: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source="assumption after OECD 2020: grants that reward partnership, to bring UH and schools together; it may change nothing",
        meaning="part of what owner and UH hold back that they put into meeting where all of the grant follows strong partnerships",
    )
    reward_hours: float = fixed(
        20.0, unit="hours a year", bounds=(0.0, 500.0),
        source="assumption: a meeting more each term, and the papers that show it",
        meaning="what that takes of an owner",
    )
    start: float = uncertain(
        0.3, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.3, 0.1), source="assumption",
        meaning="trust and shared understanding between those who have not worked together before",
    )
    equality_base: float = uncertain(
        0.25, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.25, 0.08), source=_A + ", 2.3.1.1",
        meaning="equality where the owner has no competence, measures are packages and roles unclear",
    )
    equality_clarity: float = uncertain(
        0.05, unit="0-1 per 0-1", bounds=(-0.5, 0.5), prior=Uniform(-0.1, 0.2),
        source="assumption: clear roles can make partners equal, or settle that one of them decides",
        meaning="what clear roles in the forum give equality",
    )
    equality_competence: float = uncertain(
        0.35, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.5), source="assumption",
        meaning="what the owner's competence gives equality",
    )
    equality_gap: float = uncertain(
        0.2, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4), source="assumption",
        meaning="what equality loses where UH leads development better than the owner does",
    )
    equality_tailoring: float = uncertain(
        0.3, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.15, 0.45), source=_A + ", 2.3.1.2 [D5]",
        meaning="what tailoring gives equality",
    )
    equality_pace: float = uncertain(
        0.6, unit="share per year", bounds=(0.0, 1.0), prior=Uniform(0.2, 1.0), source="assumption",
        meaning="how fast equality moves to what conditions call for",
    )
    together_pace: float = fixed(
        0.4, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how fast doing things together moves to what trust calls for",
    )
    together_early: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.5, 0.08), source=_A + ", 2.3.1.1: about 50 %",
        meaning="needs, priorities and evaluation done together at full trust against planning and carrying out",
    )
    change_after: float = fixed(
        3.0, unit="years", bounds=(0.0, 20.0), source="assumption",
        meaning="least age of a partnership that is changed",
    )
    change_chance: float = uncertain(
        0.25, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.25, 0.1),
        source=_A + ", 2.3.1.2 [D7]: networks have changed partner to get process competence",
        meaning="chance that a network changes a partner without any process competence for one within reach that has all of it",
    )
    change_below: float = fixed(
        0.8, unit="0-1", bounds=(0.05, 1.0),
        source=_A + ", 2.3.1.2 [D6]: small owners want UH to supply what they lack; with less of it than this they stay "
        "below the usual process leadership, even where most is carried out together",
        meaning="UH's process competence below which a network misses it",
    )
    procedure_share: float = fixed(
        0.3, unit="share", bounds=(0.0, 1.0), source=_A + ", 2.3.1.2 [D5]; the share is an assumption",
        meaning="partnerships by procedure",
    )
    procedure_process: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.2),
        source=_A + ", 2.3.1.2 [D5]: UH supplies a working method that teachers go through",
        meaning="process leadership that lies in such a method",
    )
    enthusiast_share: float = fixed(
        0.2, unit="share", bounds=(0.0, 1.0), source=_A + ", 2.3.1.2 [D5]; the share is an assumption",
        meaning="partnerships by enthusiasts; the rest are by course",
    )
    enthusiast_knowledge: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.3, 0.7),
        source=_A + ", 2.3.1.2 [D5]: least UH knowledge",
        meaning="UH knowledge that reaches schools through enthusiasts",
    )
    package_fit: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.3, 0.7), source=_A + ", 1.1, 2.3.1.2",
        meaning="part of the fit that a package keeps",
    )
    tailoring_pace: float = uncertain(
        0.6, unit="share per year", bounds=(0.0, 1.0), prior=Uniform(0.2, 1.0), source="assumption",
        meaning="how fast tailoring moves to what shared understanding and the regime allow",
    )
