"""What the files of an evaluation say, as numbers bound to their places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.report.messages import Messages
from sim.report.part_messages import load_part
from sim.report.quantity import Quantity, source
from sim.report.view import View

EVALUATION, POWER, RETURNING = "evaluation", "power", "returning"
ECHO = "echo"  # what is left of the cohorts that are met again
ESTIMATORS = ("before_after", "look_alikes", "corrected", "discontinuity")
OUTCOMES = ("risk_share", "lowest_level")
MODEL, NONE, STRONGER = "model", "none", "stronger"
_PERCENT = 100.0
_POINTS = (
    "true_effect", "own_effect", "estimate", "estimate_low", "estimate_high", "bias", "bias_low", "bias_high",
    "regression_to_the_mean",
)  # fmt: skip
_UNSIGNED = ("sd_error", "stated_error", "minimum_detectable_effect", "sd_between")
_SHARES = ("found", "found_low", "found_high", "coverage", "coverage_low", "coverage_high")
_COUNTS = ("draws_needed", "municipalities_needed", "n_drawn")


@dataclass(frozen=True)
class EvaluationView(View):
    """An evaluation seen by a reader of one language."""

    @cached_property
    def messages(self) -> Messages:
        """The language's texts, with those of evaluations."""
        return load_part(EVALUATION, self.lang)

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str, int], dict[str, Any]]:
        rows = self.results.table(EVALUATION).to_dict("records")
        return {
            (str(r["scenario"]), str(r["estimator"]), str(r["outcome"]), int(r["years_after"])): {
                str(name): value for name, value in r.items()
            }
            for r in rows
        }

    @cached_property
    def horizons(self) -> tuple[int, ...]:
        """After how many years it is looked."""
        return tuple(sorted({years for *_, years in self._rows}))

    def counted(self, n: int, unit: str) -> str:
        """A small number with its unit in words: "1 year", "3 years"."""
        return str(Quantity(float(n), "", self.messages, unit))

    @property
    def main_years(self) -> int:
        """The number of years that the answer is about: the one in the middle."""
        return self.horizons[len(self.horizons) // 2]

    def number(
        self, column: str, estimator: str, outcome: str, years: int, scenario: str = MODEL
    ) -> Quantity | None:
        """A number of the table; None where there is none."""
        row = self._rows.get((scenario, estimator, outcome, years))
        if row is None or row[column] != row[column]:
            return None
        where = {"scenario": scenario, "estimator": estimator, "outcome": outcome, "years_after": years}
        place = source(f"{EVALUATION}.parquet", **where, column=column)
        return self.shown(float(row[column]), column, place)

    def shown(self, value: float, column: str, place: str) -> Quantity:
        """A number as a reader meets it: percentage points, per cent, or a count in round figures."""
        if column in _POINTS or column in _UNSIGNED:
            signed = column in _POINTS
            return Quantity(value, place, self.messages, "points", _PERCENT, 1, signed=signed)
        if column in _SHARES:
            return Quantity(value, place, self.messages, "percent", _PERCENT)
        decimals = 0 if column in _COUNTS else 1
        unit = {"draws_needed": "draws", "municipalities_needed": "municipalities"}.get(column, "plain")
        return Quantity(value, place, self.messages, unit, 1.0, decimals)

    def biased(self, estimator: str, outcome: str, years: int) -> bool | None:
        """Whether the interval of the bias leaves out zero; None without estimates."""
        ends = [self.number(column, estimator, outcome, years) for column in ("bias_low", "bias_high")]
        if not all(ends):
            return None
        low, high = (end.value for end in ends if end)
        return low > 0 or high < 0

    def echo(self) -> dict[str, Quantity] | None:
        """What the cohorts that got municipalities drawn leave in 8th grade, with its interval; None where not reckoned."""
        rows = self.results.table(RETURNING).to_dict("records")
        row = next((row for row in rows if str(row["figure"]) == ECHO), None)
        if row is None or row["change_low"] != row["change_low"]:
            return None
        return {
            name: Quantity(
                float(row[column]), source(f"{RETURNING}.parquet", figure=ECHO, column=column), self.messages,
                "points" if name == "echo" else "plain", _PERCENT, 1, signed=True,
            )
            for name, column in (("echo", "change"), ("echo_low", "change_low"), ("echo_high", "change_high"))
        }  # fmt: skip

    @cached_property
    def curves(self) -> dict[tuple[str, str, int, int], list[dict[str, Any]]]:
        """Power by assumed effect, for each estimator, outcome, years after and number of draws."""
        found: dict[tuple[str, str, int, int], list[dict[str, Any]]] = {}
        for row in self.results.table(POWER).to_dict("records"):
            key = (str(row["estimator"]), str(row["outcome"]), int(row["years_after"]), int(row["n_draws"]))
            found.setdefault(key, []).append({str(name): value for name, value in row.items()})
        return found
