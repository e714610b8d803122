"""How being picked is met: felt voluntariness, legitimacy, stigma, and what sanctions do to them."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Normal, Uniform

_S2 = "assumption after AFI-rapport 2021:09"
_S1 = "assumption after AFI-rapport 2026:02, 3.3.2"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Acceptance(
    Group, key="follow_up.acceptance", title="Follow-up: felt voluntariness, legitimacy, acceptance"
):
    """F3, F9 and F11: how being picked is met."""

    decline_if_free: float = uncertain(
        0.03, unit="share", bounds=(0.0, 0.5), prior=Beta(0.05, 0.05),
        source="none of 107 declined (AFI-rapport 2026:02, 3.1); the rest is assumption",
        meaning="chance that an owner of middling legitimacy declines when wholly free to [F3]",
    )
    legitimacy_base: float = uncertain(
        0.55, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.55, 0.1), source=_S2 + ", 3.1",
        meaning="legitimacy with no openness, say, pressure or stigma at all",
    )
    legitimacy_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.5), source=_S2,
        meaning="spread between owners of the legitimacy they see",
    )
    legitimacy_openness: float = uncertain(
        0.25, unit="0-1 per 0-1", bounds=(0.0, 0.6), prior=Uniform(0.1, 0.4), source=_S2 + ", 3.1",
        meaning="what an open explanation gives legitimacy",
    )
    legitimacy_say: float = uncertain(
        0.15, unit="0-1 per 0-1", bounds=(0.0, 0.5), prior=Uniform(0.05, 0.25), source=_S2 + ", 3.3",
        meaning="what a say in the choice of guides gives legitimacy",
    )
    autonomy_cost: float = uncertain(
        0.15, unit="0-1 per 0-1", bounds=(-0.3, 0.8), prior=Normal(0.15, 0.15),
        source="assumption [F11]: autonomy and trust are expected to suffer, as the trust of those steered does; but an order that"
        " treats all alike may also be met as fairer than a choice that is none (procedural justice, Tyler 2006; recalled)",
        meaning="what felt control takes from legitimacy; below zero it gives",
    )
    stigma_base: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.5, 0.12), source=_S2 + ", 3.1",
        meaning="stigma of being picked with no explanation at all",
    )
    stigma_openness: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Beta(0.5, 0.15), source=_S2 + ", 3.1",
        meaning="part of the stigma that an open explanation takes away",
    )
    stigma_cost: float = uncertain(
        0.25, unit="0-1 per 0-1", bounds=(0.0, 0.8), prior=Uniform(0.1, 0.4), source=_S2 + ", 3.1",
        meaning="what stigma takes from legitimacy and from schools' acceptance",
    )
    mild_control: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2), source="assumption [F11]",
        meaning="felt control that a mild sanction adds to an obligation",
    )
    robek_control: float = uncertain(
        0.4, unit="0-1", bounds=(0.0, 1.5), prior=Uniform(0.2, 0.6), source="assumption [F11]",
        meaning="felt control that a ROBEK-like sanction adds to an obligation",
    )
    sanction_stigma: float = uncertain(
        0.2, unit="0-1 per 0-1 of added control", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source="assumption [F11]",
        meaning="stigma that goes with a sanction's added control",
    )
    obligation_floor: float = uncertain(
        0.15, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.3), source="assumption [F11]",
        meaning="least effort that an obligation without sanction brings about",
    )
    mild_floor: float = uncertain(
        0.3, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.45), source="assumption [F11]",
        meaning="least effort that a mild sanction brings about",
    )
    robek_floor: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.25, 0.7), source="assumption [F11]",
        meaning="least effort that a ROBEK-like sanction brings about",
    )
    enforced_worth: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8),
        source="assumption; ritual compliance in the literature on accountability [F11]",
        meaning="what an hour of enforced effort is worth against one of the owner's own will",
    )
    school_base: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.5, 0.1), source=_S2 + ", 3.1 [F9]",
        meaning="acceptance in a school whose owner sees no legitimacy",
    )
    school_legitimacy: float = uncertain(
        0.3, unit="0-1 per 0-1", bounds=(0.0, 0.8), prior=Uniform(0.1, 0.5), source=_S2 + ", 3.1 [F9]",
        meaning="what the owner's view does for acceptance in the schools",
    )
    school_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.5), source=_S2,
        meaning="spread between schools of acceptance",
    )
    trauma_chance: float = uncertain(
        0.15, unit="share per 0-1 of stigma", bounds=(0.0, 1.0), prior=Beta(0.15, 0.07),
        source=_S1 + ": some schools never accept the draw",
        meaning="chance of draw trauma in a school, for each unit of stigma",
    )
    trauma_gain: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Beta(0.2, 0.1), source=_S2,
        meaning="part of the gain that is left in a school with draw trauma",
    )
