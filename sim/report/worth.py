"""Value for money: what a scheme costs, whom it reaches and what it brings, with it and without it, for each design.

Follow-up is held against the same worlds without follow-up, from the table of the yardstick. Where the first design lacks a
scheme that another has, the difference between the two is what that scheme brings. Kroner per head are the money over those
reached; the interval follows from how unsure the denominator is, for the money hardly varies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sim.report.differences import Difference, Told
from sim.report.group_names import ALL, PICKED_EITHER
from sim.report.messages import Messages
from sim.report.money import PARTS
from sim.report.number_format import difference_decimals, few_decimals, level_decimals
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, MEAN
from sim.report.sentences import Sentence
from sim.report.subject import PUPILS
from sim.report.units import per_year, shown
from sim.report.view import View

_MILLION = 1e6
_SOON = 1e-9
_SUM = 10e6  # kroner, of which it is told how many they reach
_ENDS = ("", "low", "high")
_LEVEL = "mean_design"


@dataclass(frozen=True)
class Scheme:
    """What the value for money of a scheme is reckoned from.

    Attributes
    ----------
    switch : str
        Lever that says whether there is such a scheme: on or off, or its grant.
    money : tuple of str
        Outcomes that the state pays, added up.
    granted : tuple of str
        Levers with grants that no outcome has.
    reached : str
        Outcome: how many the scheme reaches; all of them where it is `counted` too.
    unit : str
        What those are, by its key under `unit` in the message files.
    gain, group : str
        Outcome: what it brings, as the mean of a group.
    counted : str
        Outcome: how many that mean is of; those reached if it is empty.
    """

    key: str
    switch: str
    money: tuple[str, ...]
    reached: str
    unit: str = "pupils"
    gain: str = PUPILS
    group: str = ALL
    counted: str = ""
    granted: tuple[str, ...] = ()


FOLLOW_UP = Scheme("follow_up", "follow_up.active", ("money_nok",), "pupils_reached", group=PICKED_EITHER)
SCHEMES = (
    FOLLOW_UP,
    Scheme(
        "decentralised", "decentralised.active", ("grant_nok", "upper_grant_nok", "private_grant_nok"),
        "scheme_pupils_reached", counted="pupils",
    ),
    Scheme("vocational", "vocational.active", ("voc_grant_nok",), "voc_reached", "teachers", "voc_subject"),
    Scheme(
        "system_2026", "system_2026.new_teachers.grant_nok", PARTS["state"].outcomes, "pupils", counted="pupils",
        granted=PARTS["state"].granted,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """A figure with the ends of its 90 % interval.

    Attributes
    ----------
    is_told : bool
        Whether it can be told from zero; kroner for a gain that can't are not reckoned.
    """

    value: Quantity
    low: Quantity
    high: Quantity
    is_told: bool = True

    @property
    def is_wide(self) -> bool:
        """Whether the ends of the interval are two figures."""
        return self.low.number != self.high.number

    def with_decimals(self, decimals: int) -> Estimate:
        """The same with other digits."""
        value, low, high = (replace(one, decimals=decimals) for one in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high)


@dataclass(frozen=True)
class Worth:
    """What a design's scheme costs and brings.

    Attributes
    ----------
    scheme : str
        Its key.
    spent : Quantity
        State money a year, in the whole country.
    reached, per_head, gain, per_gain, for_sum : Estimate
        Those reached; kroner for each; the gain; kroner for each and unit of gain; how many ten million kroner reach.
    """

    scheme: str
    design: str
    spent: Quantity
    reached: Estimate
    per_head: Estimate
    gain: Estimate
    per_gain: Estimate
    for_sum: Estimate


def worths(view: View) -> list[Worth]:
    """One for each design that has the scheme in question; none where nothing tells of the same without it."""
    first, others = view.results.baseline, view.results.alternatives
    added = next((scheme for scheme in SCHEMES if any(_adds(view, scheme, b) for b in others)), None)
    if added:
        found = [_Reckoning.of_difference(view, added, b) for b in others if _adds(view, added, b)]
    else:
        found = [
            _Reckoning.of_own_effect(view, design, design if design != first else next(iter(others), first))
            for design in view.results.designs
        ]
    return [reckoning.worth for reckoning in found if reckoning.is_possible]


def in_words(worth: Worth, gain: Difference | None, words: Messages) -> Sentence:
    """What a scheme's money reaches and brings, in two sentences.

    Parameters
    ----------
    gain : Difference, optional
        What it brings; nothing has a price where that is too small to matter, or can't be told.
    """
    values = {"gain": worth.per_gain.value, "low": worth.per_gain.low, "high": worth.per_gain.high}
    told = {Told.HIGHER: "told", Told.TRIFLE: "trifle"}.get(gain.told, "open") if gain else "open"
    gained = Sentence(words, f"worth.gains.{worth.scheme}.{told}", values)
    return Sentence(words, "worth.said", {"costs": _costs(worth, words), "gains": gained})


def _costs(worth: Worth, words: Messages) -> Sentence:
    values = {"spent": worth.spent, "reached": worth.reached.value, "each": worth.per_head.value}
    return Sentence(words, f"worth.costs.{worth.scheme}", values)


def added(view: View, design: str) -> Worth | None:
    """What the scheme that a design adds to the first costs and brings; None where it adds none, or nothing tells of it."""
    found = next((one for one in worths(view) if one.design == design), None)
    scheme = next((one for one in SCHEMES if _adds(view, one, design)), None)
    return found if found and scheme and found.scheme == scheme.key else None


def worth_line(view: View, worth: Worth) -> Sentence:
    """What a scheme's money reaches and brings, beside an answer.

    Where pupils gain nothing that matters only what it costs is told: the answer has that sentence already.
    """
    scheme = next(one for one in SCHEMES if one.key == worth.scheme)
    gains = view.differences(scheme.gain, scheme.group)
    gain = next((d for d in gains if d.row.design == worth.design), None)
    if scheme.gain == PUPILS and not (gain and gain.told is Told.HIGHER):
        return _costs(worth, view.messages)
    return in_words(worth, gain, view.messages)


def side_by_side(some: Sequence[Worth]) -> list[Worth]:
    """The same with as many digits to the gain of each, so that they can be read across a row."""
    decimals = min((one.gain.value.decimals for one in some), default=0)
    return [replace(one, gain=one.gain.with_decimals(decimals)) for one in some]


def _adds(view: View, scheme: Scheme, design: str) -> bool:
    """Whether a design has a scheme that the first lacks."""
    of = view.results.manifest.last_value
    return of(design, scheme.switch) != 0 and of(view.results.baseline, scheme.switch) == 0


@dataclass(frozen=True)
class _Reckoning:
    """The figures of one design's scheme, and where they stand.

    Attributes
    ----------
    rows : mapping from outcome and group
        To a row's numbers and its unit.
    columns : mapping
        Which of its columns holds the mean, and the ends `low` and `high` of its interval.
    """

    view: View
    scheme: Scheme
    design: str
    rows: Mapping[tuple[str, str], Mapping[str, object]]
    table: str
    beside: str
    columns: Mapping[str, str]

    @classmethod
    def of_own_effect(cls, view: View, design: str, beside: str) -> _Reckoning:
        """Follow-up's own effect, which stands in the rows of the comparison with `beside`."""
        column = "effect" if design == view.results.baseline else "effect_design"
        columns = {"": column, "low": f"{column}_low", "high": f"{column}_high"}
        rows = view.results.effects(beside, MEAN)
        return cls(view, FOLLOW_UP, design, rows, view.results.file_of("yardstick"), beside, columns)

    @classmethod
    def of_difference(cls, view: View, scheme: Scheme, design: str) -> _Reckoning:
        """What a design does beyond the first, which lacks the scheme."""
        wanted = {(outcome, ALL) for outcome in (*scheme.money, scheme.reached, scheme.counted)}
        wanted.add((scheme.gain, scheme.group))
        found = {
            (outcome, group): view.results.comparison(outcome, design, group, MEAN)
            for outcome, group in wanted
        }
        rows = {place: vars(row) for place, row in found.items() if row}
        columns = {"": "difference", "low": "low", "high": "high"}
        return cls(view, scheme, design, rows, view.results.file_of("comparison"), design, columns)

    @property
    def is_possible(self) -> bool:
        """Whether the files have what it takes, and money is spent on somebody."""
        needed = {(self.scheme.reached, EVERYONE), (self.scheme.gain, self.scheme.group)}
        needed |= {(self.scheme.counted, EVERYONE)} if self.scheme.counted else set()
        there = needed <= self.rows.keys() and bool(self.paid)
        return (
            there
            and all(self.columns[""] in row for row in self.rows.values())
            and self.money > 0 < self.heads[""]
        )

    def at(self, outcome: str, group: str, column: str) -> float:
        """A figure."""
        value = self.rows[outcome, group][column]
        assert isinstance(value, (int, float))
        return float(value)

    @property
    def paid(self) -> tuple[str, ...]:
        """The outcomes of money that the files have."""
        return tuple(outcome for outcome in self.scheme.money if (outcome, EVERYONE) in self.rows)

    @property
    def granted(self) -> tuple[str, ...]:
        """The levers with grants that the manifest tells of."""
        of = self.view.results.manifest.granted
        return tuple(lever for lever in self.scheme.granted if of(self.design, lever) is not None)

    @cached_property
    def money(self) -> float:
        """Kroner a year in the whole country."""
        manifest = self.view.results.manifest
        by_lever = (
            (manifest.granted(self.design, lever) or 0.0)
            - (manifest.granted(self.view.results.baseline, lever) or 0.0)
            for lever in self.granted
        )
        each = (
            self.at(outcome, EVERYONE, self.columns[""]) * per_year(str(self.rows[outcome, EVERYONE]["unit"]))
            for outcome in self.paid
        )
        return sum(each) / manifest.scale + sum(by_lever)

    @cached_property
    def heads(self) -> dict[str, float]:
        """How many are reached in what was simulated, with the ends of the interval."""
        scheme = self.scheme
        return {end: self.at(scheme.reached, EVERYONE, self._column(end)) for end in _ENDS}

    def _column(self, end: str) -> str:
        """Of those reached: all that there are, where the scheme is for all."""
        return _LEVEL if self.scheme.reached == self.scheme.counted else self.columns[end]

    @property
    def worth(self) -> Worth:
        """All that is told."""
        scheme, messages, scale = self.scheme, self.view.messages, self.view.results.manifest.scale
        unit = shown(str(self.rows[scheme.gain, scheme.group]["unit"]), 1.0, messages)
        gains = {end: self.at(scheme.gain, scheme.group, self.columns[end]) for end in _ENDS}
        # The same for all designs.
        spread = (
            ("effect_low", "effect_high")
            if "effect_low" in self.rows[scheme.gain, scheme.group]
            else ("low", "high")
        )
        ends = [self.at(scheme.gain, scheme.group, column) * unit.factor for column in spread]
        decimals = difference_decimals(*ends)
        brought = {
            end: Quantity(value, self._place(scheme.gain, scheme.group, self.columns[end]), messages, unit.difference,
                          unit.factor, decimals)
            for end, value in gains.items()
        }  # fmt: skip
        reached = {
            end: Quantity(
                value,
                self._place(scheme.reached, EVERYONE, self._column(end)),
                messages,
                scheme.unit,
                1.0 / scale,
                few_decimals(value / scale),
            )
            for end, value in self.heads.items()
        }
        each = {end: self.money / (max(value, _SOON) / scale) for end, value in self.heads.items()}
        among = self.at(scheme.counted, EVERYONE, _LEVEL) if scheme.counted else self.heads[""]
        dear = {
            end: self.money / (among / scale) / max(value * unit.factor, _SOON)
            for end, value in gains.items()
        }
        over_gain = {"and_over": f"{scheme.gain}@{scheme.group}"}
        over_gain |= {"counted": scheme.counted} if scheme.counted else {}
        surely, gained = self.heads["low"] > 0, gains["low"] > 0
        return Worth(
            scheme.key, self.design, self._spent(), _estimate(reached),
            _estimate({end: self._kroner(value, self._column(end)) for end, value in each.items()}, is_told=surely, falls=True),
            _estimate(brought, is_told=gained),
            _estimate(
                {end: self._kroner(value, self.columns[end], **over_gain) for end, value in dear.items()},
                is_told=gained, falls=True,
            ),
            _estimate({end: self._for_sum(value, self._column(end)) for end, value in each.items()}, is_told=surely),
        )  # fmt: skip

    def _spent(self) -> Quantity:
        place = self._place("+".join(self.paid), EVERYONE, self.columns[""], **self._levers, spent="yearly")
        decimals = level_decimals(self.money / _MILLION, 2)
        return Quantity(self.money, place, self.view.messages, "million_nok", 1 / _MILLION, decimals)

    def _kroner(self, value: float, at: str, **over: str) -> Quantity:
        return Quantity(
            value, self._over_heads(at, **over), self.view.messages, "nok", decimals=few_decimals(value)
        )

    def _for_sum(self, each: float, at: str) -> Quantity:
        place = self._over_heads(at, sum=f"{_SUM:g}")
        heads = _SUM / each
        return Quantity(heads, place, self.view.messages, self.scheme.unit, decimals=few_decimals(heads))

    def _over_heads(self, at: str, **more: str) -> str:
        over = {**self._levers, "yearly_over": self.scheme.reached, **more, "at": at}
        return self._place("+".join(self.paid), EVERYONE, self.columns[""], **over)

    @property
    def _levers(self) -> dict[str, str]:
        return {"granted": "+".join(self.granted)} if self.granted else {}

    def _place(self, outcome: str, group: str, column: str, **more: str) -> str:
        return source(
            self.table, versus=self.view.results.baseline, design=self.beside, horizon=MEAN, outcome=outcome, group=group,
            column=column, **more,
        )  # fmt: skip


def _estimate(of: Mapping[str, Quantity], *, is_told: bool = True, falls: bool = False) -> Estimate:
    low, high = ("high", "low") if falls else ("low", "high")
    return Estimate(of[""], of[low].bare, of[high].bare, is_told)
