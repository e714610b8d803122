"""An outcome of one's own: how many pupils there are for each teaching post."""

import numpy as np

from sim.arrays import Floats
from sim.outcomes.outcome import Gather, Outcome
from sim.outcomes.smallest import Smallest
from sim.parameters.registry import Parameters
from sim.plugins import Plugin
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, pupils_at


def pupils_per_post(state: State, p: Parameters) -> Floats:
    """Pupils over teaching posts in each municipality; it only reads the state."""
    schools, n = state[Schools], len(state[Municipalities])
    pupils = np.bincount(schools.municipality, pupils_at(schools), n)
    posts = np.bincount(schools.municipality, schools.n_teachers, n)
    return pupils / posts


PLUGIN = Plugin(
    outcomes=(
        Outcome(
            key="pupils_per_post",
            unit="pupils",
            better=-1,
            gather=Gather.PUPILS,
            measure=pupils_per_post,
            meaning="pupils for each teaching post",
            decimals=1,
            smallest=Smallest(
                0.2, "assumption: a fifth of a pupil, the last digit in which it is usually told"
            ),
        ),
    ),
    texts={
        "nb": {"outcome.pupils_per_post.name": "Elever per lærerstilling"},
        "en": {"outcome.pupils_per_post.name": "Pupils per teaching post"},
    },
)
