"""A rule of the draw of one's own: the owners who are least able to lead development come first."""

from sim.arrays import Floats
from sim.plugins import Plugin
from sim.schemes.follow_up.draw_rules import RankingRule, Standing
from sim.state.places import Municipalities


def least_competent(standing: Standing) -> Floats:
    """What the owner lacks of full competence, for each row of the draw's register; the highest are drawn first."""
    lacking = 1 - standing.state[Municipalities].competence
    return lacking[standing.successor]


PLUGIN = Plugin(
    choices=(
        RankingRule(
            "least_competent",
            least_competent,
            "what the owner lacks of competence",
            "assumption: as if competence could be seen",
        ),
    ),
    texts={
        "nb": {"lever_value.least_competent": "minst kompetente eiere"},
        "en": {"lever_value.least_competent": "least competent owners"},
    },
)
