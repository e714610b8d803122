"""Money and work, always told: what the state and the municipalities spend and the hours that go, over the whole country."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.report.felt import HOURS_PER_MAN_YEAR
from sim.report.number_format import few_decimals, level_decimals
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, MEAN
from sim.report.sentences import Sentence
from sim.report.units import per_year
from sim.report.view import View

NOK_PER_HOUR = 500.0  # assumption: as `decentralised.measures.time_nok`, a teacher's hour with costs
_MILLION = 1e6


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
    """

    outcomes: tuple[str, ...]
    unit: str
    smallest: float
    granted: tuple[str, ...] = ()


PARTS = {
    "state": Parts(
        ("money_nok", "grant_nok", "upper_grant_nok", "private_grant_nok", "system_nok"), "million_nok", _MILLION,
        ("vocational.grant_nok", "system_2026.further_education.grant_nok"),
    ),
    "municipal": Parts(("own_nok", "further_education_own_nok"), "million_nok", _MILLION),
    "work": Parts(("hours", "scheme_hours", "upper_hours", "voc_hours"), "man_years", HOURS_PER_MAN_YEAR),
}  # fmt: skip


@dataclass(frozen=True)
class Purse:
    """One kind of cost under the baseline and one alternative, in a year.

    Attributes
    ----------
    key : str
        state, municipal, or work.
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
        """The difference without a sign, with digits of its own: beside it in a sentence stands no column of a table."""
        falls = self.difference.value < 0
        factor = -self.difference.factor if falls else self.difference.factor
        decimals = level_decimals(self.difference.value * factor, 2)
        return replace(self.difference, factor=factor, signed=False, decimals=decimals)


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
        return Quantity(
            value, place, view.messages, parts.unit, factor, decimals, signed=column == "difference"
        )

    clear = any(row.low > 0 or row.high < 0 for row in there.values()) or a != b
    return Purse(key, quantity("mean_versus"), quantity("mean_design"), quantity("difference"), clear)


def money_line(view: View, design: str) -> Sentence | None:
    """What a design costs the state, the municipalities and those who work, against the baseline; None without figures."""
    found = {purse.key: purse for purse in purses(view, design)}
    if set(found) != set(PARTS):
        return None
    same = all(purse.told == "same" for purse in found.values())
    parts = {
        key: Sentence(
            view.messages,
            f"money.{key}.{'level' if same else purse.told}",
            {"size": purse.size, "level": purse.b},
        )
        for key, purse in found.items()
    }
    names = {"a": view.names.design_inline(view.results.baseline), "b": view.names.design_inline(design)}
    line = Sentence(view.messages, f"money.{'all_same' if same else 'line'}", {**parts, **names})
    reached = per_pupil_reached(view, design, found["state"])
    if same or not reached:
        return line
    whom = view.messages.text(f"money.reached.whom.{view.subject.key}")
    return Sentence(
        view.messages,
        f"money.reached.{found['state'].told}",
        {"line": line, "reached": reached, "whom": whom},
    )


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

    def priced(quantity: Quantity) -> Quantity:
        return replace(quantity, unit="million_nok", factor=NOK_PER_HOUR / _MILLION, decimals=decimals)

    return replace(purse, a=priced(purse.a), b=priced(purse.b), difference=priced(purse.difference))
