"""Money and work, always told: what the state, municipalities and counties spend and the hours that go, over the whole country.

The line on money stands beside the answer and its few numbers: it is an account, told whatever moved. A verdict turns on kroner
and hours only where they can be felt, and, beside other things, weigh in their purse; what they come to stands in the line.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim.report.differences import Difference, Judged, Told
from sim.report.felt import HOURS_PER_MAN_YEAR
from sim.report.number_format import few_decimals, level_decimals
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, MEAN
from sim.report.sentences import Sentence
from sim.report.units import per_year
from sim.report.view import View

NOK_PER_HOUR = 500.0  # assumption: as `decentralised.measures.time_nok`, a teacher's hour with costs
_MILLION = 1e6
_TEN = 10.0  # from here on decimals of millions and man-years say nothing
_WEIGHS = 0.02  # of its purse: the least that a verdict turns on beside other things (assumption: a fiftieth, as MONEY)
FELT_PER_PUPIL = 50.0
"""Kroner a year, the least that a verdict turns on (assumption: in a municipality of 1,800 pupils, about the mean, a tenth of a
man-year at NOK_PER_HOUR; in one of 70, as among the smallest, seven hours)."""
_FELT_NOK = 30 * _MILLION  # as much for each of the country's 600,000 pupils
_FELT_HOURS = (
    10 * HOURS_PER_MAN_YEAR
)  # assumption: ten man-years, a working week and a half in each municipality


@dataclass(frozen=True)
class Parts:
    """What a purse is added up from, in kroner or hours a year, and in what it is told.

    Attributes
    ----------
    outcomes, granted : tuple of str
        Outcomes, and grants that only levers tell.
    unit : str
        Key under `unit` in the message files.
    smallest : float
        One such unit: the least of its differences that is told (assumption: a million kroner and a man-year, as MONEY and _HOURS
        in `sim.outcomes.smallest` come to).
    felt : float
        The least that a verdict turns on.
    """

    outcomes: tuple[str, ...]
    unit: str
    smallest: float
    felt: float = _FELT_NOK
    granted: tuple[str, ...] = ()


PARTS = {
    "state": Parts(
        ("money_nok", "grant_nok", "upper_grant_nok", "private_grant_nok", "voc_grant_nok", "system_nok"),
        "million_nok", _MILLION, granted=("system_2026.further_education.grant_nok",),
    ),
    "municipal": Parts(("own_nok", "further_education_own_nok"), "million_nok", _MILLION),
    "county": Parts(("upper_own_nok", "voc_own_nok"), "million_nok", _MILLION),
    "work": Parts(("hours", "scheme_hours", "upper_hours", "voc_hours"), "man_years", HOURS_PER_MAN_YEAR, _FELT_HOURS),
}  # fmt: skip

OWNERS = ("municipal", "county")


@dataclass(frozen=True)
class Purse:
    """One kind of cost under the baseline and one alternative, in a year.

    Attributes
    ----------
    key : str
        state, municipal, county, or work.
    a, b, difference : Quantity
        In kroner or hours; shown as millions of kroner and man-years.
    is_clear : bool
        Whether any of its parts differs clearly.
    """

    key: str
    a: Quantity
    b: Quantity
    difference: Quantity
    is_clear: bool

    @property
    def told(self) -> str:
        """More, less, or same: less than a million kroner or a man-year is the same."""
        if not self.is_clear or abs(self.difference.value) < PARTS[self.key].smallest:
            return "same"
        return "more" if self.difference.value > 0 else "less"

    @property
    def size(self) -> Quantity:
        """The difference without a sign."""
        falls = self.difference.value < 0
        factor = -self.difference.factor if falls else self.difference.factor
        return replace(self.difference, factor=factor, signed=False)


def whole_or_one(value: float) -> int:
    """Decimals in which a difference of millions or man-years is told wherever it stands: one, or none from ten on.

    Examples
    --------
    >>> whole_or_one(-2.44), whole_or_one(9.97), whole_or_one(12.3)
    (1, 0, 0)
    """
    return 0 if round(abs(value), 1) >= _TEN else 1


_FOR_WHOM = {"follow_up": "pupils_reached", "funding": "scheme_pupils_reached", "system_2026": "pupils"}
"""By what a comparison is about: the outcome with those whom the money is for."""


def purses(view: View, design: str) -> list[Purse]:
    """State money, municipal money and work, as far as the files have them."""
    found = (purse_of(view, design, key, parts) for key, parts in PARTS.items())
    return [purse for purse in found if purse]


def purse_of(view: View, design: str, key: str, parts: Parts) -> Purse | None:
    """What comes of some parts; None where the files don't have them."""
    factor = 1.0 / parts.smallest
    found = {name: view.results.comparison(name, design, EVERYONE, MEAN) for name in parts.outcomes}
    there = {name: row for name, row in found.items() if row}
    if not there or not all(math.isfinite(row.mean_versus + row.mean_design) for row in there.values()):
        return None
    first = view.results.baseline
    grants = tuple(name for name in parts.granted if view.results.manifest.granted(first, name) is not None)
    columns = {
        column: sum(getattr(row, column) * per_year(row.unit) for row in there.values())
        / view.results.manifest.scale
        for column in ("mean_versus", "mean_design", "difference")
    }
    a, b = (
        sum(view.results.manifest.granted(each, name) or 0.0 for name in grants) for each in (first, design)
    )
    added: Mapping[str, float] = {"mean_versus": a, "mean_design": b, "difference": b - a}
    decimals = level_decimals(
        max(abs(columns["mean_versus"] + a), abs(columns["mean_design"] + b)) * factor, 2
    )

    def quantity(column: str) -> Quantity:
        place = source(
            view.results.file_of("comparison"), versus=first, design=design, horizon=MEAN, group=EVERYONE, column=column,
            yearly="+".join(there), granted="+".join(grants),
        )  # fmt: skip
        value = columns[column] + added[column]
        is_difference = column == "difference"
        shown = whole_or_one(value * factor) if is_difference else decimals
        return Quantity(value, place, view.messages, parts.unit, factor, shown, signed=is_difference)

    clear = any(row.low > 0 or row.high < 0 for row in there.values()) or a != b
    return Purse(key, quantity("mean_versus"), quantity("mean_design"), quantity("difference"), clear)


def weighed(view: View, design: str) -> list[Difference]:
    """What a design moves that its verdict may turn on, the largest against its threshold first.

    Kroner and hours are left out where the purse that they belong to does not move their way, or by less than can be felt; and,
    beside anything else that is better or worse, where they are little of that purse. What municipalities and counties pay is one
    purse here.
    """
    moved, there = view.movers(design), {purse.key: purse for purse in purses(view, design)}
    by_outcome = {outcome: key for key in there for outcome in PARTS[key].outcomes}
    others = any(d.judged is not Judged.NEITHER for d in moved if d.row.outcome not in by_outcome)

    def counts(d: Difference, beside: bool) -> bool:
        key = by_outcome.get(d.row.outcome)
        if key is None:
            return True
        whole = [there[each] for each in (OWNERS if key in OWNERS else (key,)) if each in there]
        more = sum(purse.difference.value for purse in whole)
        level = sum(max(abs(purse.a.value), abs(purse.b.value)) for purse in whole)
        alike = there[key].told == ("more" if d.told is Told.HIGHER else "less")
        return alike and abs(more) >= PARTS[key].felt and (_weighs(d, more, level) or not beside)

    work = [d for d in moved if by_outcome.get(d.row.outcome) == "work" and counts(d, others)]
    return [
        d
        for d in moved
        if d in work or (by_outcome.get(d.row.outcome) != "work" and counts(d, others or bool(work)))
    ]


def _weighs(d: Difference, more: float, whole: float) -> bool:
    """Whether a difference in kroner or hours weighs in the purse that it belongs to, which moves its way by a fiftieth or more.

    Parameters
    ----------
    more, whole : float
        By how much the purse grows, and what it is where it is larger; kroner or hours both.
    """
    return abs(more) >= _WEIGHS * whole and (more > 0) == (d.told is Told.HIGHER)


def money_line(view: View, design: str, *, told: Quantity | None = None) -> Sentence | None:
    """What a design costs the state, the municipalities and those who work, against the baseline; None without figures.

    Parameters
    ----------
    told : Quantity, optional
        What the state spends on a scheme that the sentence before tells of, with those reached: neither is told again.
    """
    found = {purse.key: purse for purse in purses(view, design)}
    if not {"state", "municipal", "work"} <= set(found):
        return None
    same = all(purse.told == "same" for purse in found.values())
    parts = [
        Sentence(view.messages, f"money.{key}.{'level' if same else found[key].told}", _told(found[key]))
        for key in PARTS
        if key in found
    ]
    owners = [found[key].told for key in OWNERS if key in found]
    if not same and owners == ["same", "same"]:
        none = found["state"].told == "same"
        parts[0 if none else 1 : 3] = [
            Sentence(view.messages, f"money.{'payers' if none else 'owners'}_same")
        ]
    again = told is not None and found["state"].told == "more" and str(found["state"].size) == str(told)
    *first, last = parts[1:] if again else parts
    b = view.names.design_inline(design)
    names = {"a": view.names.design_inline(view.results.baseline), "b_first": b[:1].upper() + b[1:]}
    values = {**names, "first": _joined(view, first), "last": last}
    line = Sentence(view.messages, f"money.{'all_same' if same else 'beside' if again else 'line'}", values)
    each = per_pupil_reached(view, design, found["state"]) if not told and not same else None
    if each is None:
        return line
    whom = view.messages.text(f"money.reached.whom.{view.subject.key}")
    return Sentence(
        view.messages,
        f"money.reached.{found['state'].told}",
        {"line": line, "reached": each, "whom": whom},
    )


def _told(purse: Purse) -> dict[str, object]:
    """What a clause on a purse may name; of work, what it is worth too."""
    values: dict[str, object] = {"size": purse.size, "level": purse.b}
    if purse.key == "work":
        priced = worth(purse)
        values |= {"worth": priced.size, "worth_level": priced.b}
    return values


def _joined(view: View, parts: Sequence[Sentence]) -> Sentence:
    first, *rest = parts
    for one in rest:
        first = Sentence(view.messages, "money.then", {"first": first, "next": one})
    return first


def per_pupil_reached(view: View, design: str, state: Purse) -> Quantity | None:
    """What the state spends more or less for each pupil whom such money is for; None where it is the same, or for nobody."""
    whom = _FOR_WHOM.get(view.subject.key)
    row = view.results.comparison(whom, design, EVERYONE, MEAN) if whom else None
    if state.told == "same" or row is None or not row.mean_design > 0:
        return None
    value = abs(state.difference.value) / (row.mean_design / view.results.manifest.scale)
    place = f"{state.difference.source};per={whom}"
    return Quantity(value, place, view.messages, "nok", decimals=few_decimals(value))


def worth(purse: Purse) -> Purse:
    """Work in kroner: hours at the price of a teacher's hour."""
    decimals = level_decimals(purse.b.value * NOK_PER_HOUR / _MILLION, 2)

    def priced(quantity: Quantity, decimals: int) -> Quantity:
        return replace(quantity, unit="million_nok", factor=NOK_PER_HOUR / _MILLION, decimals=decimals)

    apart = whole_or_one(purse.difference.value * NOK_PER_HOUR / _MILLION)
    return replace(
        purse,
        a=priced(purse.a, decimals),
        b=priced(purse.b, decimals),
        difference=priced(purse.difference, apart),
    )
