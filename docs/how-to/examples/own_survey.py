"""Survey items of one's own: a question to school leaders, and a figure read from the state, neither asked by AFI or OECD."""

import numpy as np

from sim.arrays import Floats
from sim.half_year import HalfYear, Season
from sim.parameters.registry import Parameters
from sim.plugins import Plugin
from sim.randomness import Draws
from sim.state import State
from sim.state.schools import Schools
from sim.surveys.asking import Question
from sim.surveys.figures import Figure
from sim.surveys.items import Agreement, Registered
from sim.surveys.latents import Latent
from sim.surveys.respondents import Respondents
from sim.surveys.views import Level

SOURCE = "A survey of our own, autumn 2024"
ASKED = HalfYear.of(2024, Season.AUTUMN)
LEADERS_ANSWERING = 120
MOSTLY = 0.5


def learning_together(state: State, p: Parameters) -> Floats:
    """The school's professional community."""
    return state[Schools].community


def tired_schools(state: State, p: Parameters, draw: Draws) -> Figure:
    """Share of the schools that are more tired of initiatives than not."""
    tired = state[Schools].fatigue > MOSTLY
    return Figure(float(np.mean(tired)), len(tired))


PLUGIN = Plugin(
    items=(
        Agreement(
            target="own_learning_together",
            asked=(Respondents.LEADERS,),
            half_years=(ASKED,),
            question=Question(
                "own: learning together",
                "In our staff room we learn from each other",
                Latent(Level.SCHOOL, learning_together, ()),
                difficulty=lambda survey: survey.difficulty_other,
            ),
            n={Respondents.LEADERS: LEADERS_ANSWERING},
            counted=False,
            source=SOURCE,
        ),
        Registered("own_tired_schools", (ASKED,), tired_schools, (), SOURCE, respondents="registry"),
    ),
    texts={
        "nb": {
            "item.own_learning_together.name": "Vi lærer av hverandre (rektorer)",
            "item.own_tired_schools.name": "Skoler som er mest trøtte av satsinger",
        },
        "en": {
            "item.own_learning_together.name": "We learn from each other (principals)",
            "item.own_tired_schools.name": "Schools that are mostly tired of initiatives",
        },
    },
)
