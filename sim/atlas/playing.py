"""Playing one world under all designs of the atlas: the history they share, then each design's future, of which means are kept.

Who is picked hangs on both designs of a pair. So among the picked a design is known beside the first one and beside the one it
extends; so is what follow-up itself brings them, from the same world without follow-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from sim.arrays import Floats, Ints
from sim.design import Design
from sim.experiments.counties import county_figures, of_single_places
from sim.experiments.instruments import DRAWS
from sim.experiments.play import Job, first_draw, follow, let_go, naming_the_world, new_world, play_on
from sim.experiments.recording import Page, Recorder, gathered
from sim.experiments.trajectories import mean_where_known
from sim.experiments.yardstick import without_follow_up
from sim.outcomes.groups import ALL, KEYS, NEED, PICKED, PICKED_EITHER, members, neediest, picked_by
from sim.state.places import Municipalities
from sim.world.registers import Registers

GROUPS = tuple(key for key in KEYS if key not in PICKED)
"""The groups of municipalities that are kept of every design; those picked are kept of pairs."""
_COLUMNS = [KEYS.index(key) for key in GROUPS]
_PICKED = KEYS.index(PICKED_EITHER)
COUNTY = "county."


@cache
def county_numbers() -> tuple[int, ...]:
    """The counties, in the order in which they are kept behind the groups."""
    return tuple(int(number) for number in Registers.published()["counties"].key)


@cache
def places() -> tuple[str, ...]:
    """What figures are kept of: groups of municipalities, then counties."""
    return (*GROUPS, *(f"{COUNTY}{number}" for number in county_numbers()))


@dataclass(frozen=True)
class Means:
    """What is kept of a world.

    Attributes
    ----------
    values : array of float, shape (designs, outcomes, places)
        Means over the half-years from the parting on; places as in `places`.
    picked : array of float, shape (pairs, 3, outcomes)
        The same among those picked by either of two designs: under the one, the other, and the one without follow-up (NaN where
        that is no yardstick).
    without : array of float, shape (designs, outcomes, places)
        Means everywhere under those designs without follow-up that others are held against; NaN under the others.
    before : array of float, shape (half-years, outcomes)
        What the country's outcomes were up to the parting.
    since : array of float, shape (designs, half-years, outcomes)
        What they are from then on.
    pupils, municipalities : array of float, shape (places,)
        How many there are, under the first design.
    """

    values: Floats
    picked: Floats
    without: Floats
    before: Floats
    since: Floats
    pupils: Floats
    municipalities: Floats


def pairs_of(designs: Sequence[Design]) -> list[tuple[int, int]]:
    """The pairs of which those picked are known, by place: each design beside the first, and beside the one it extends."""
    place = {design.key: i for i, design in enumerate(designs)}
    extended = ((place.get(design.extends or "", 0), i) for i, design in enumerate(designs))
    return [*((0, i) for i in range(1, len(designs))), *((a, b) for a, b in extended if a and a != b)]


def play_means(job: Job) -> Means:
    """Play a world; any error gets a note that says which."""
    with naming_the_world(job):
        return _played(job)


def _played(job: Job) -> Means:
    instruments = job.instruments()
    outcomes = instruments.outcomes
    instruments = replace(instruments, events={DRAWS: instruments.events[DRAWS].bared()})
    model, history = new_world(job, job.designs[0], instruments), Recorder(instruments)
    follow(model, history, job.start, job.parting - 1)
    need = neediest(instruments.true_need(model.state, model.p), model.state[Municipalities].id)
    pairs = pairs_of(job.designs)

    def future(design: Design) -> Recorder:
        recorder = Recorder(instruments)
        play_on(job, model, history, design, recorder)
        return recorder

    # Against these others are held.
    held = {a: future(job.designs[a]) for a in sorted({0, *(a for a, _ in pairs)})}
    shape = len(outcomes), len(places())
    values, without = np.full((2, len(job.designs), *shape), np.nan)
    picked, since = np.full((len(pairs), 3, len(outcomes)), np.nan), []
    lacking: dict[int, Recorder] = {}
    for place, design in enumerate(job.designs):
        own = held.get(place) or future(design)
        found = _figures(own, need)
        since.append(found[:, :, GROUPS.index(ALL)])
        values[place] = _everywhere(found, own)
        for i, (a, b) in enumerate(pairs):
            if b != place:
                continue
            chosen = picked_by([first_draw(held[a]), first_draw(own)])[PICKED_EITHER]
            picked[i, :2] = _among(held[a], chosen), _among(own, chosen)
            bare = without_follow_up((job.designs[a], design), job.parting, instruments.registry)
            if bare is None:
                continue
            if a not in lacking:
                lacking[a] = future(bare)
                without[a] = _everywhere(_figures(lacking[a], need), lacking[a])
            picked[i, 2] = _among(lacking[a], chosen)
    let_go(model)
    before = gathered(history.pages, outcomes, {}, (ALL,))[:, :, KEYS.index(ALL)]
    return Means(values, picked, without, before, np.array(since), *_sizes(held[0].pages, need))


def _figures(recorder: Recorder, need: Ints) -> Floats:
    """What a recorder noted, by group, shape (half-years, outcomes, groups)."""
    return gathered(recorder.pages, recorder.instruments.outcomes, {NEED: need}, GROUPS)[:, :, _COLUMNS]


def _everywhere(found: Floats, recorder: Recorder) -> Floats:
    """Its means by group, as found, and by county, shape (outcomes, places)."""
    outcomes, numbers = recorder.instruments.outcomes, np.array(county_numbers())
    counties, single = np.full((*found.shape[:2], len(numbers)), np.nan), of_single_places(outcomes)
    for page, row in zip(recorder.pages, counties, strict=True):
        row[single] = county_figures(page, numbers, outcomes, single)
    return mean_where_known(np.concatenate([found, counties], axis=2), axis=0)


def _among(recorder: Recorder, chosen: Ints) -> Floats:
    """Its means among some municipalities, shape (outcomes,)."""
    found = gathered(recorder.pages, recorder.instruments.outcomes, {PICKED_EITHER: chosen}, (PICKED_EITHER,))
    return mean_where_known(found, axis=0)[:, _PICKED]


def _sizes(pages: Sequence[Page], need: Ints) -> tuple[Floats, Floats]:
    """Pupils and municipalities in each place, mean over half-years."""
    fixed, place = len(pages[0].groups), KEYS.index(NEED)
    found = np.zeros((2, len(KEYS)))
    counties = np.zeros((2, len(county_numbers())))
    for page in pages:
        there = members(page.ids, need)
        found[:, :fixed] += [page.groups @ page.pupils, page.groups.sum(axis=1)]
        found[:, place] += page.pupils[there].sum(), there.sum()
        inside = page.county == np.array(county_numbers())[:, None]
        counties += [inside @ page.pupils, inside.sum(axis=1)]
    means = np.concatenate([found[:, _COLUMNS], counties], axis=1) / len(pages)
    return means[0], means[1]
