"""All designs of a study on one programme theory, a row each: how far along, what holds them back, what would be won."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.quantity import Quantity
from sim.report.theory_facts import ALL, NAMED, Bottleneck, TheoryFacts
from sim.report.theory_texts import Theory

_PERCENT = 100.0
STAGES = {"conditions": "condition", "results": "result", "goals": "goal"}
PARTS = {
    "implementation_failure": ("implementation_failure", NAMED),
    "with_own": ("implementation_failure", ALL),
    "theory_failure": ("theory_failure", NAMED),
}
"""Columns on the shortfall of the goals: what part of it, and with what granted."""


@dataclass(frozen=True)
class Standing:
    """A design on a theory.

    Attributes
    ----------
    shares : mapping
        Mean over the conditions, the results and the goals of the municipalities for whom they hold; None where they concern
        nobody, as under a design without the scheme.
    bottleneck : Bottleneck, optional
        The condition that holds it back in the country as a whole, and for how many that holds (`reached`).
    parts : mapping
        Shortfall of the long-term goals by its kinds (`PARTS`), mean over them; None where it was not split so.
    """

    design: str
    shares: dict[str, Quantity | None]
    bottleneck: Bottleneck | None
    reached: Quantity | None
    parts: dict[str, Quantity | None]

    @property
    def told(self) -> bool:
        """Whether there is any figure to tell."""
        return any(self.shares.values())

    @property
    def split(self) -> bool:
        """Whether its shortfall was split."""
        return any(self.parts.values())


def standings(facts: TheoryFacts, theory: Theory) -> list[Standing]:
    """A row for each design, if the files tell anything of any of them."""
    rows = [_standing(facts, theory, design) for design in facts.designs]
    return rows if any(row.told for row in rows) else []


def _standing(facts: TheoryFacts, theory: Theory, design: str) -> Standing:
    shares: dict[str, Quantity | None] = dict.fromkeys(STAGES)
    for name, stage in STAGES.items():
        mean = facts.mean_reached(design, theory, theory.of_stage(stage))
        if mean is not None:
            place = facts.place({"design": design, "scheme": theory.scheme, "stage": stage})
            shares[name] = Quantity(mean, place, facts.view.messages, "percent", _PERCENT)
    bottleneck = facts.bottleneck(design, theory)
    reached = facts.reached(design, theory, bottleneck.link) if bottleneck else None
    parts = {
        name: facts.failure(design, theory, part, granted=granted) for name, (part, granted) in PARTS.items()
    }
    return Standing(design, shares, bottleneck, reached, parts)
