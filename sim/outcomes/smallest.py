"""The smallest effects of interest: below which a difference in an outcome would change nobody's mind.

With enough worlds any difference is told from zero, however small. Whether it would matter is another question, and no
statistic answers it: somebody has to say. So every outcome that answers tell of declares the smallest effect of interest, with
its reason. The tables keep every digit; what is told in words and colours keeps silent below it.

The sizes are conventions of this project, each an assumption with its reason; a plug-in's outcome declares its own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Smallest:
    """The smallest effect of interest.

    Attributes
    ----------
    size : float
        In the outcome's unit, or as a share of its level.
    why : str
        What makes it matter from there on; a source, or the word *assumption*.
    of_level : bool
        Whether it is a share of the level, the higher of the two designs', and not in the outcome's unit.
    """

    size: float
    why: str
    of_level: bool = False

    def __post_init__(self) -> None:
        if not self.size > 0:
            raise ValueError(f"a smallest effect of interest is above 0, got {self.size}")
        if not self.why:
            raise ValueError("a smallest effect of interest needs its reason")

    def at(self, level: float) -> float:
        """The size in the outcome's unit, at a level."""
        return self.size * abs(level) if self.of_level else self.size


RESULTS = Smallest(
    0.5,
    "assumption: 0.005 pupil SD, a sixth of the 0.03 that support for weak schools is estimated to bring in this project's "
    "reading of Schueler et al. (2021); about 0.05 scale points of a national test",
)
PRACTICE = Smallest(
    0.025, "assumption: what brings pupils 0.005 SD where practice better by 1 SD brings them 0.2 SD"
)
ENVIRONMENT = Smallest(
    0.01,
    "assumption: a hundredth of a point on the survey's scale from 1 to 5, a tenth of the last digit that Udir publishes",
)
POINT = Smallest(
    0.01,
    "assumption: one point on a scale from 0 to 100, the last digit in which such figures are usually told",
)
PERCENTAGE_POINT = Smallest(
    0.01, "assumption: one percentage point, the last digit in which such shares are usually told"
)
ONE_DRAWN = Smallest(0.025, "assumption: one of the about forty municipalities of a draw")
CAPACITY = Smallest(0.01, "assumption: one per cent of what owners have capacity for")
SPREAD = Smallest(0.01, "assumption: one hundredth of the mean, the last digit told")
MUNICIPALITY = Smallest(1.0, "assumption: one municipality in the whole country")
SCHOOL = Smallest(1.0, "assumption: one school in the whole country")
HOURS = Smallest(
    0.05, "assumption: a twentieth; of what follow-up takes in a year about one man-year", of_level=True
)
MONEY = Smallest(
    0.02,
    "assumption: a fiftieth; of the follow-up scheme's yearly grant about a million kroner",
    of_level=True,
)
REACHED = Smallest(0.05, "assumption: a twentieth of those reached", of_level=True)
