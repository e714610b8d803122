"""Value for money: what follow-up costs, reaches and brings, with it and without it, for each design.

Everything is the mean difference from the same worlds without follow-up, from the table of the yardstick. Kroner per pupil are
the money over the pupils reached; the interval follows from how unsure the denominator is, for the money hardly varies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sim.report.number_format import difference_decimals, level_decimals
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, MEAN
from sim.report.subject import PUPILS
from sim.report.units import per_year
from sim.report.view import View

_MONEY, _REACHED = "money_nok", "pupils_reached"
_MILLION = 1e6
_SOON = 1e-9


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


@dataclass(frozen=True)
class Worth:
    """What a design's follow-up costs and brings.

    Attributes
    ----------
    spent : Quantity
        State money a year, in the whole country.
    reached, per_pupil, gain, per_gain : Estimate
        Pupils reached; kroner per pupil; hundredths of an SD among those drawn; kroner per pupil for each of them.
    """

    design: str
    spent: Quantity
    reached: Estimate
    per_pupil: Estimate
    gain: Estimate
    per_gain: Estimate


def worths(view: View) -> list[Worth]:
    """One for each design; none where the study has no yardstick."""
    return list(_found(view))


def _found(view: View) -> Iterator[Worth]:
    first = next(iter(view.results.alternatives), "")
    for design in view.results.designs:
        of_first = design == view.results.baseline
        one = _worth(view, design, first if of_first else design, "effect" if of_first else "effect_b")
        if one:
            yield one


def _worth(view: View, design: str, beside: str, column: str) -> Worth | None:
    """Of a design, whose figures stand in the rows of the comparison with `beside`."""
    rows = view.results.effects(beside, MEAN)
    group = view.subject.concerned
    money, reached, gain = (
        rows.get(key) for key in ((_MONEY, EVERYONE), (_REACHED, EVERYONE), (PUPILS, group))
    )
    if money is None or reached is None or gain is None or column not in money:
        return None
    scale = view.results.manifest.scale

    def place(outcome: str, end: str = "", **more: object) -> str:
        of_group = group if outcome == PUPILS else EVERYONE
        return source(
            "yardstick.parquet", design_a=view.results.baseline, design_b=beside, horizon=MEAN, outcome=outcome,
            group=of_group, column=column + end, **more,
        )  # fmt: skip

    def ends(row: Mapping[str, Any]) -> tuple[float, float]:
        return row[f"{column}_low"], row[f"{column}_high"]

    years = per_year(str(money["unit"]))
    spent = Quantity(money[column], place(_MONEY), view.messages, "million_nok", years / _MILLION / scale)
    spent = replace(spent, decimals=level_decimals(spent.value * spent.factor, 2))
    if not reached[column] > 0 or not money[column] > 0:
        return None
    pupils = {end: Quantity(reached[column + end], place(_REACHED, end), view.messages, "pupils", 1.0 / scale)
              for end in ("", "_low", "_high")}  # fmt: skip
    decimals = difference_decimals(gain["effect_low"], gain["effect_high"])  # the same for all designs
    brought = {end: Quantity(gain[column + end], place(PUPILS, end), view.messages, "hundredths_of_a_pupil_sd",
                             decimals=decimals) for end in ("", "_low", "_high")}  # fmt: skip

    def kroner(end: str) -> Quantity:
        value = money[column] * years / reached[column + end]
        return Quantity(value, place(_MONEY, yearly_over=_REACHED, at=end or "mean"), view.messages, "nok")

    def per_gain(end: str) -> Quantity:
        value = money[column] * years / reached[column] / max(gain[column + end], _SOON)
        where = place(_MONEY, yearly_over=_REACHED, and_over=f"{PUPILS}@{group}", at=end or "mean")
        return Quantity(value, where, view.messages, "nok")

    low, _ = ends(gain)
    surely_reached = ends(reached)[0] > 0
    return Worth(
        design,
        spent,
        Estimate(pupils[""], pupils["_low"].bare, pupils["_high"].bare),
        Estimate(kroner(""), kroner("_high").bare, kroner("_low").bare, surely_reached),
        Estimate(brought[""], brought["_low"].bare, brought["_high"].bare, low > 0),
        Estimate(per_gain(""), per_gain("_high").bare, per_gain("_low").bare, low > 0),
    )
