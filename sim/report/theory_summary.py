"""All designs of a study on one programme theory, a row each: how far along, what holds them back, what would be won."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.quantity import Quantity, source
from sim.report.theory_facts import FOLLOWED, SPLIT, TheoryFacts
from sim.report.theory_texts import Link, Theory

_PERCENT = 100.0
STAGES = {"conditions": "condition", "results": "result", "goals": "goal"}
PARTS = ("implementation_failure", "theory_failure")


@dataclass(frozen=True)
class Standing:
    """A design on a theory.

    Attributes
    ----------
    shares : mapping
        Mean over the conditions, the results and the goals of the municipalities for whom they hold; None where they concern
        nobody, as under a design without the scheme.
    bottleneck : Link, optional
        The condition that holds it back in the country as a whole, and for how many that holds (`reached`).
    parts : mapping
        Shortfall of the long-term goals by its two kinds, mean over them; None where it was not split.
    """

    design: str
    shares: dict[str, Quantity | None]
    bottleneck: Link | None
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


def split_of_goals(facts: TheoryFacts, theory: Theory, design: str) -> dict[str, Quantity]:
    """Implementation failure and theory failure of the long-term goals, mean over them; empty where there is no split."""
    found: dict[str, Quantity] = {}
    for part in PARTS:
        values = [facts.shortfall(design, theory, link, part) for link in theory.of_stage("goal")]
        known = [each.value for each in values if each is not None]
        if known:
            where = {"design": design, "scheme": theory.scheme, "stage": "goal", "group": "all"}
            place = source(
                f"{SPLIT}.parquet", **where, horizon="mean", granted="all", column=part, stat="mean"
            )
            found[part] = Quantity(sum(known) / len(known), place, facts.view.messages, "points", _PERCENT)
    return found


def _standing(facts: TheoryFacts, theory: Theory, design: str) -> Standing:
    shares: dict[str, Quantity | None] = dict.fromkeys(STAGES)
    for name, stage in STAGES.items():
        mean = facts.mean_reached(design, theory, stage)
        if mean is not None:
            place = source(
                f"{FOLLOWED}.parquet",
                design=design,
                scheme=theory.scheme,
                stage=stage,
                column="reached",
                stat="mean",
            )
            shares[name] = Quantity(mean, place, facts.view.messages, "percent", _PERCENT)
    bottleneck = facts.bottleneck(design, theory)
    reached = facts.reached(design, theory, bottleneck) if bottleneck else None
    parts: dict[str, Quantity | None] = dict.fromkeys(PARTS)
    parts.update(split_of_goals(facts, theory, design))
    return Standing(design, shares, bottleneck, reached, parts)
