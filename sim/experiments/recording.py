"""The notebook that follows one world: outcomes, events and, where asked for, the whole state. It only reads.

While the model plays, the outcomes are noted for each municipality; what they are for groups of municipalities is
worked out afterwards, because some groups (those picked) are known only when a later draw has been held.
"""

from __future__ import annotations

import inspect
import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import AnyArray, Bools, Floats, Ints
from sim.errors import InputError
from sim.experiments.detail import BY_GROUP, Detail, DetailReader, GroupReader
from sim.experiments.instruments import Instruments, Playable
from sim.half_year import HalfYear
from sim.outcomes.groups import ALL, HANDED_IN, KEYS, fixed_groups, members, sums
from sim.outcomes.look import looking_at
from sim.outcomes.measures import pupils
from sim.outcomes.outcome import Gather, Outcome
from sim.plugins.source import SOURCE
from sim.state import State
from sim.state.places import Counties, Municipalities


@dataclass(frozen=True)
class Page:
    """What was noted in one half-year.

    Attributes
    ----------
    ids : array of int, shape (municipalities,)
        Identities.
    county : array of int, shape (municipalities,)
        Numbers of the counties they lie in.
    pupils : array of float, shape (municipalities,)
    values : array of float, shape (outcomes, municipalities)
        NaN where an outcome does not apply.
    nation : array of float, shape (outcomes,)
        The outcomes that are one figure for the country; NaN for the others.
    groups : array of bool, shape (groups that are not handed in, municipalities)
        Nobody in groups that are not wanted.
    """

    half_year: HalfYear
    ids: Ints
    county: Ints
    pupils: Floats
    values: Floats
    nation: Floats
    groups: Bools


class Recorder:
    """Observes one world for a stretch of its life.

    Parameters
    ----------
    instruments : Instruments
        What to measure.
    detail : bool
        Whether to note every municipality's and school's state too.
    groups : sequence of str
        Groups that are wanted afterwards.
    hidden : bool
        Whether nothing may be told of single municipalities, so that the state is noted by groups of them.
    """

    def __init__(
        self,
        instruments: Instruments,
        *,
        detail: bool = False,
        groups: Sequence[str] = KEYS,
        hidden: bool = False,
    ) -> None:
        self.instruments = instruments
        self.hidden = hidden
        self.detail = detail
        self.only_all = not set(groups) - {ALL, *HANDED_IN}
        self.pages: list[Page] = []
        self.events: dict[str, list[dict[str, AnyArray]]] = {name: [] for name in instruments.events}
        self.readers: dict[str, DetailReader | GroupReader] = {}
        self.details: dict[str, list[Detail]] = {}

    def observe(self, model: Playable) -> None:
        """Note the half-year that the model has just played."""
        now = model.now
        if now is None:
            raise ValueError("nothing has been played yet")
        with looking_at(model.state):
            self.pages.append(self._page(model, now))
            for name, table in self.instruments.events.items():
                rows = table.read(model) if self.detail or not table.detailed else {}
                if any(map(len, rows.values())):
                    self.events[name].append(dict(rows))
            if self.detail:
                self._note_detail(model.state, self.pages[-1])

    def _note_detail(self, state: State, page: Page) -> None:
        if not self.readers:
            outcomes = self.instruments.outcomes
            if self.hidden:
                self.readers = {BY_GROUP: GroupReader(state, outcomes)}
            else:
                self.readers = {
                    "municipalities": DetailReader(state, "municipalities", outcomes),
                    "schools": DetailReader(state, "schools"),
                }
            self.details = {name: [] for name in self.readers}
        for name, reader in self.readers.items():
            self.details[name].append(reader.read(state, page.values))

    def _page(self, model: Playable, now: HalfYear) -> Page:
        state, p = model.state, model.p
        outcomes = self.instruments.outcomes
        ids = state[Municipalities].id.copy()
        values = np.full((len(outcomes), len(ids)), np.nan)
        nation = np.full(len(outcomes), np.nan)
        for i, outcome in enumerate(outcomes):
            measured = outcome.measure(state, p)
            _check_measured(measured, outcome, 1 if outcome.gather is Gather.NATION else len(ids))
            if outcome.gather is Gather.NATION:
                nation[i] = measured.item()
            else:
                values[i] = measured
        county = state[Counties].id[state[Municipalities].county]
        return Page(now, ids, county, pupils(state).total, values, nation, self._masks(state))

    def _masks(self, state: State) -> Bools:
        """Who is in which group; where only the whole country is wanted the others need not be found out."""
        if not self.only_all:
            return fixed_groups(state)
        masks = np.zeros((len(KEYS) - len(HANDED_IN), len(state[Municipalities])), dtype=np.bool_)
        masks[KEYS.index(ALL)] = True
        return masks


def _check_measured(measured: object, outcome: Outcome, n: int) -> None:
    """Refuse what is no array of so many numbers, as an outcome of a plug-in's may give."""
    if isinstance(measured, np.ndarray) and measured.size == n and measured.dtype.kind in "biuf":
        return
    got = (
        f"one of {measured.dtype}, shape {measured.shape}"
        if isinstance(measured, np.ndarray)
        else f"{reprlib.repr(measured)} ({type(measured).__name__})"
    )
    fault = InputError(
        f"outcome {outcome.key}: expected an array of numbers, as many as {n}, got {got}", field="plugins"
    )
    measure = inspect.unwrap(outcome.measure)
    source = getattr(measure, "__globals__", {}).get(SOURCE)
    raise fault if source is None else fault.at(source.named, measure.__code__.co_firstlineno)


def gathered(
    pages: Sequence[Page],
    outcomes: Sequence[Outcome],
    handed_in: Mapping[str, Ints],
    wanted: Sequence[str] = KEYS,
    least: int = 0,
) -> Floats:
    """The outcomes for groups of municipalities.

    Parameters
    ----------
    handed_in : mapping from group to identities
        Members of the groups in `sim.outcomes.groups.HANDED_IN`; nobody belongs to those that are not named.
    wanted : sequence of str
        Groups that are worked out; what they are does not hang on the others.
    least : int
        Municipalities that a figure must rest on to be told.

    Returns
    -------
    array of float, shape (half-years, outcomes, groups), groups in the order of `sim.outcomes.groups.KEYS`
        NaN where a group has nobody to whom the outcome applies, too few, or is not wanted.
    """
    found = np.full((len(pages), len(outcomes), len(KEYS)), np.nan)
    columns = [KEYS.index(group) for group in wanted]
    kept = [i for i, outcome in enumerate(outcomes) if outcome.gather is not Gather.NATION]
    summed = np.array([outcomes[i].gather is Gather.SUM for i in kept])
    by_pupils = np.array([outcomes[i].gather is Gather.PUPILS for i in kept])
    handed: dict[bytes, Bools] = {}  # borders seldom change
    for page, out in zip(pages, found, strict=True):
        same = page.ids.tobytes()
        if same not in handed:
            handed[same] = _handed_in(page.ids, handed_in)
        masks, values = np.concatenate([page.groups, handed[same]])[columns], page.values[kept]
        figures = group_figures(values, np.where(by_pupils[:, None], page.pupils, 1.0), masks, summed)
        if least:
            behind = np.einsum("om,gm->og", (~np.isnan(values)).astype(np.float64), masks)
            figures[behind < least] = np.nan
        out[np.ix_(kept, columns)] = figures
        out[:, 0] = np.where(np.isnan(page.nation), out[:, 0], page.nation)
    return found


def _handed_in(ids: Ints, handed_in: Mapping[str, Ints]) -> Bools:
    """Who is in the groups that are handed in, shape (groups, municipalities); nobody in those that are not."""
    nobody = np.zeros(len(ids), dtype=np.bool_)
    return np.array([members(ids, handed_in[key]) if key in handed_in else nobody for key in HANDED_IN])


def group_figures(values: Floats, weights: Floats, masks: AnyArray, summed: Bools) -> Floats:
    """Weighted means or sums of the municipalities' values over groups.

    Parameters
    ----------
    values : array of float, shape (outcomes, municipalities)
        NaN where an outcome does not apply.
    weights : array of float, shape (outcomes, municipalities)
    masks : array, shape (groups, municipalities)
        1 for members, 0 for others.
    summed : array of bool, shape (outcomes,)
        True for sums, False for means.

    Returns
    -------
    array of float, shape (outcomes, groups)
        NaN for groups without a value, and for means over weights of 0.
    """
    total, weight = np.empty((2, len(values), len(masks)))
    sums(values, weights, np.ascontiguousarray(masks.T, dtype=np.float64), total, weight)
    known = np.where(weight > 0, weight, np.nan)
    figures = np.where(summed[:, None], total, total / known)
    return np.where(weight > 0, figures, np.nan)
