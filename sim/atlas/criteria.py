"""What designs are judged by in the atlas: learning, equality, trust, the draw, and what it costs.

Upper secondary has other owners, teachers and outcomes than primary and lower secondary school, so it has a sheet of its own: a
design stands on the sheets of what it changes, and is compared with those there alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """What a criterion is about; the sheet's columns stand together by it."""

    LEARNING = "learning"
    REACH = "reach"
    WHO = "who"
    TRUST = "trust"
    DRAW = "draw"
    COST = "cost"


class Of(StrEnum):
    """What a sheet is about."""

    SCHOOL = "school"  # primary and lower secondary
    VOCATIONAL = "vocational"


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


_SCHOOL = (
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
    Criterion("running_nok", Side.COST),
)
_VOCATIONAL = (
    Criterion("voc_subject", Side.LEARNING),
    Criterion("voc_teaching", Side.LEARNING),
    Criterion("voc_collective", Side.LEARNING),
    Criterion("voc_firm_ties", Side.LEARNING, decides=False),
    Criterion("voc_assessing", Side.LEARNING),
    Criterion("voc_schools", Side.REACH),
    Criterion("voc_teachers_reached", Side.REACH),
    Criterion("voc_training_side", Side.REACH),
    Criterion("voc_unmet", Side.REACH),
    Criterion("voc_role_clarity", Side.TRUST),
    Criterion("voc_visibility", Side.TRUST),
    Criterion("voc_hours", Side.COST),
    Criterion("voc_unspent", Side.COST),
    Criterion("voc_grant_nok", Side.COST),
    Criterion("voc_own_nok", Side.COST),
)
CRITERIA: Mapping[Of, tuple[Criterion, ...]] = {Of.SCHOOL: _SCHOOL, Of.VOCATIONAL: _VOCATIONAL}
"""The columns of each sheet."""


def sheets_of(names: Collection[str]) -> tuple[Of, ...]:
    """Which sheets a design stands on, by the names of the parameters in which it differs from the baseline.

    One that differs in nothing stands on the first.
    """
    vocational = [name.partition(".")[0] == Of.VOCATIONAL for name in names]
    on_school = not vocational or not all(vocational)
    return tuple(of for of, there in ((Of.SCHOOL, on_school), (Of.VOCATIONAL, any(vocational))) if there)
