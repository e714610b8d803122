"""Playing one world under all designs of the atlas: the history they share, then each design's future, of which means are kept.

Every design is compared with the first in the municipalities that either of the two picks, so the first design's figures are
kept for each of these groups too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.arrays import Floats, Ints
from sim.experiments.instruments import DRAWS
from sim.experiments.play import Job, first_draw, follow, let_go, new_world, play_on
from sim.experiments.recording import Page, Recorder, gathered
from sim.experiments.trajectories import mean_where_known
from sim.outcomes.groups import KEYS, NEED, PICKED, PICKED_EITHER, members, neediest, picked_by
from sim.state.places import Municipalities

GROUPS = tuple(key for key in KEYS if key not in PICKED or key == PICKED_EITHER)
"""The groups of municipalities that are kept."""
_COLUMNS = [KEYS.index(key) for key in GROUPS]
_PICKED = GROUPS.index(PICKED_EITHER)


@dataclass(frozen=True)
class Means:
    """What is kept of a world: means over the half-years from the parting on.

    Attributes
    ----------
    values : array of float, shape (designs, outcomes, groups)
        Groups as in `GROUPS`; those picked are picked by the design or by the first one.
    beside : array of float, shape (designs, outcomes)
        The first design's figures among those picked by the design or by the first one.
    pupils, municipalities : array of float, shape (groups,)
        How many there are in each group, under the first design; 0 among the picked.
    """

    values: Floats
    beside: Floats
    pupils: Floats
    municipalities: Floats


def play_means(job: Job) -> Means:
    """Play a world; any error gets a note that says which."""
    try:
        return _played(job)
    except Exception as error:
        error.add_note(f"while playing world {job.world} of seed {job.seed}, years {job.start}-{job.end}")
        raise


def _played(job: Job) -> Means:
    instruments = job.instruments()
    outcomes = instruments.outcomes
    instruments = replace(instruments, events={DRAWS: instruments.events[DRAWS]})
    model, history = new_world(job, job.designs[0], instruments), Recorder(instruments)
    follow(model, history, job.start, job.parting - 1)
    need = neediest(instruments.true_need(model.state, model.p), model.state[Municipalities].id)

    def future(place: int) -> Recorder:
        recorder = Recorder(instruments)
        play_on(job, model, history, job.designs[place], recorder)
        return recorder

    first = future(0)
    shape = len(job.designs), len(outcomes)
    values, beside = np.full((*shape, len(GROUPS)), np.nan), np.full(shape, np.nan)
    for place in range(len(job.designs)):
        own = future(place) if place else first
        drawn = [first_draw(first), first_draw(own)]
        handed_in = {PICKED_EITHER: picked_by(drawn)[PICKED_EITHER], NEED: need}

        def means(recorder: Recorder, wanted: Sequence[str]) -> Floats:
            found = gathered(recorder.pages, outcomes, handed_in, wanted)  # noqa: B023 - used at once
            return mean_where_known(found, axis=0)[:, _COLUMNS]

        values[place] = means(own, GROUPS)
        beside[place] = means(first, (PICKED_EITHER,))[:, _PICKED]
    let_go(model)
    return Means(values, beside, *_sizes(first.pages, need))


def _sizes(pages: Sequence[Page], need: Ints) -> tuple[Floats, Floats]:
    """Pupils and municipalities in each group, mean over half-years; 0 among the picked."""
    fixed, place = len(pages[0].groups), KEYS.index(NEED)
    found = np.zeros((2, len(KEYS)))
    for page in pages:
        there = members(page.ids, need)
        found[:, :fixed] += [page.groups @ page.pupils, page.groups.sum(axis=1)]
        found[:, place] += page.pupils[there].sum(), there.sum()
    found /= len(pages)
    return found[0, _COLUMNS], found[1, _COLUMNS]
