"""What designs are judged by in the atlas: learning, equality, trust, the draw, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """What a criterion is about; the sheet's columns stand together by it."""

    LEARNING = "learning"
    WHO = "who"
    TRUST = "trust"
    DRAW = "draw"
    COST = "cost"


@dataclass(frozen=True)
class Criterion:
    """One column of the atlas.

    Attributes
    ----------
    outcome, group : str
        Keys of `sim.declared.OUTCOMES` and `sim.outcomes.groups.KEYS`.
    decides : bool
        Whether it counts when one design is said to dominate another. Columns that repeat another for a group of
        municipalities don't, nor do those of the draw, which are means and no ends.
    """

    outcome: str
    side: Side
    group: str = "all"
    decides: bool = True

    @property
    def key(self) -> str:
        """Name of the column in the files and the message files."""
        return self.outcome if self.group == "all" else f"{self.outcome}.{self.group}"

    @property
    def figure(self) -> str:
        """How a sweep is asked for it: the mean over the years from the parting on."""
        return f"{self.outcome}@mean" + ("" if self.group == "all" else f":{self.group}")


CRITERIA = (
    Criterion("owner_competence", Side.LEARNING),
    Criterion("practice", Side.LEARNING),
    Criterion("pupil_results", Side.LEARNING),
    Criterion("ownership", Side.LEARNING),
    Criterion("inequality", Side.LEARNING),
    Criterion("practice", Side.WHO, "size.small", decides=False),
    Criterion("practice", Side.WHO, "size.large", decides=False),
    Criterion("practice", Side.WHO, "region.north", decides=False),
    Criterion("practice", Side.WHO, "need", decides=False),
    Criterion("legitimacy", Side.TRUST),
    Criterion("stigma", Side.TRUST),
    Criterion("funding_legitimacy", Side.TRUST),
    Criterion("hit_rate", Side.DRAW, decides=False),
    Criterion("pupils_reached", Side.DRAW, decides=False),
    Criterion("hours", Side.COST),
    Criterion("scheme_hours", Side.COST),
    Criterion("money_nok", Side.COST),
    Criterion("own_nok", Side.COST),
)
