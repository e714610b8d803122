"""How fast those who take part get used to what they meet; only their answers to the survey hang on it."""

from __future__ import annotations

from sim.parameters.declaration import Group, uncertain
from sim.parameters.priors import Uniform

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Expectations(Group, key="decentralised.expectations", title="Decentralised: expectations"):
    """Levels that follow experience; how strongly answers hang on them is `survey.expectation_strength`."""

    pace: float = uncertain(
        0.3, unit="share of the gap per year", bounds=(0.0, 1.0), prior=Uniform(0.0, 1.0),
        source="assumption; at 0 what was met first stays the yardstick for ever",
        meaning="how fast what is expected follows what is met",
    )
