"""The report on a virtual evaluation in one language: what evaluators would have said, and what was true."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from sim.report.edition import Edition
from sim.report.evaluation_facts import ESTIMATORS, MODEL, NONE, OUTCOMES, STRONGER, EvaluationView
from sim.report.figures.evaluation import estimates_figure, power_figure
from sim.report.figures.panel import Figure
from sim.report.quantity import Quantity
from sim.report.results import Results
from sim.report.sentences import Sentence

_SECTIONS = ("answer", "designs", "estimators", "power", "stronger", "seen", "reproduce")
_MAIN = OUTCOMES[0]
_MANY_DRAWS = 30.0  # held every second year, they would take two generations
_BEFORE_AFTER, _LOOK_ALIKES, _CORRECTED, _DISCONTINUITY = ESTIMATORS


@dataclass(frozen=True)
class EstimatorRow:
    """One estimator in the table; what is missing is None.

    Attributes
    ----------
    model, none : mapping from column to Quantity
        In the scenario of the model's own effect, and in that without any.
    """

    estimator: str
    model: dict[str, Quantity | None]
    none: dict[str, Quantity | None]


class EvaluationEdition(Edition):
    """An evaluation's report in one language."""

    def __init__(self, results: Results, lang: str) -> None:
        super().__init__(results, lang)
        self.view: EvaluationView = EvaluationView(results, lang)
        self.names = self.view.names

    @cached_property
    def sections(self) -> list[str]:
        """Keys of the sections, in order."""
        return list(_SECTIONS) if self.view.horizons else ["answer", "designs", "seen", "reproduce"]

    @property
    def report_sections(self) -> list[str]:
        """All of it: an evaluation's report has no annex."""
        return self.sections

    @property
    def annex_sections(self) -> list[str]:
        """None."""
        return []

    @property
    def _about(self) -> Markup:
        """The question."""
        return self.t("evaluation.title")

    @cached_property
    def headline(self) -> list[Sentence]:
        """The answer in a few sentences."""
        if not self.view.horizons:
            return [self._say("evaluation.too_few", {})]
        found = [
            self._on_before_after(),
            self._on_the_others(),
            self._on_the_best(),
            self._on_what_is_needed(),
            self._on_the_returning(),
        ]
        return [sentence for sentence in found if sentence]

    def _say(self, key: str, values: dict[str, object]) -> Sentence:
        return Sentence(self.view.messages, key, values)

    def _main(self, column: str, estimator: str) -> Quantity | None:
        return self.view.number(column, estimator, _MAIN, self.view.main_years, MODEL)

    def _on_before_after(self) -> Sentence | None:
        names = ("estimate", "true_effect", "regression_to_the_mean")
        numbers = {name: self._main(name, _BEFORE_AFTER) for name in names}
        if not all(numbers.values()):
            return None
        biased = self.view.biased(_BEFORE_AFTER, _MAIN, self.view.main_years)
        return self._say(
            "evaluation.before_after." + ("biased" if biased else "unclear"),
            {"years": self.view.counted(self.view.main_years, "years"), **numbers},
        )

    def _on_the_others(self) -> Sentence | None:
        values: dict[str, object] = {}
        words = []
        for estimator in (_LOOK_ALIKES, _DISCONTINUITY):
            ends = {f"{estimator}_bias": self._main("bias", estimator)}
            for end in ("bias_low", "bias_high"):
                number = self._main(end, estimator)
                ends[f"{estimator}_{end}"] = number.bare if number else None
            biased = self.view.biased(estimator, _MAIN, self.view.main_years)
            words.append({True: "biased", False: "right", None: "none"}[biased])
            values |= ends
        if "none" in words:
            return None if words[0] == "none" else self._say(f"evaluation.others.{words[0]}.none", values)
        values["found"] = self._main("found", _DISCONTINUITY)
        return self._say(f"evaluation.others.{words[0]}.{words[1]}", values)

    def _on_the_best(self) -> Sentence | None:
        """Matching with its bias corrected."""
        biased = self.view.biased(_CORRECTED, _MAIN, self.view.main_years)
        if biased is None:
            return None
        names = ("bias", "bias_low", "bias_high", "found")
        numbers = {name: self._main(name, _CORRECTED) for name in names}
        bare = {name: number.bare for name in names[1:3] if (number := numbers[name])}
        return self._say(f"evaluation.corrected.{'biased' if biased else 'right'}", {**numbers, **bare})

    def _on_the_returning(self) -> Sentence | None:
        """What the cohorts that are met again in 8th grade do to before and after."""
        echo = self.view.echo()
        if echo is None:
            return None
        low, high = echo["echo_low"].value, echo["echo_high"].value
        kind = "later" if low > 0 else "earlier" if high < 0 else "none"
        return self._say(f"evaluation.returning.{kind}", dict(echo))

    def _on_what_is_needed(self) -> Sentence | None:
        estimator = next(
            (e for e in (_DISCONTINUITY, _CORRECTED, _LOOK_ALIKES) if self._main("municipalities_needed", e)),
            None,
        )
        if estimator is None:
            return None
        names = ("minimum_detectable_effect", "own_effect", "municipalities_needed", "draws_needed")
        numbers: dict[str, object] = {name: self._main(name, estimator) for name in names}
        named = self.t(f"evaluation.estimator.{estimator}.inline")
        draws = self._main("draws_needed", estimator)
        key = "evaluation.needed_beyond" if draws and draws.value > _MANY_DRAWS else "evaluation.needed"
        return self._say(key, {"estimator": str(named), **numbers})

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """All figures that have anything to show."""
        made = [estimates_figure(self.view), power_figure(self.view)] if self.view.horizons else []
        return {figure.key: figure for figure in made if figure.panels}

    @cached_property
    def estimator_rows(self) -> list[tuple[str, str, list[EstimatorRow]]]:
        """For each outcome and number of years, a row for each estimator."""
        columns = ("true_effect", "own_effect", "estimate", "bias", "bias_low", "bias_high", "found", "found_low",
                   "found_high", "coverage", "coverage_low", "coverage_high", "minimum_detectable_effect",
                   "municipalities_needed")  # fmt: skip
        return [
            (outcome, self.view.counted(years, "years"), [
                EstimatorRow(estimator, *(
                    {c: self.view.number(c, estimator, outcome, years, scenario) for c in columns}
                    for scenario in (MODEL, NONE)
                ))
                for estimator in ESTIMATORS
            ])
            for outcome in OUTCOMES
            for years in self.view.horizons
        ]  # fmt: skip

    @cached_property
    def stronger_rows(self) -> list[tuple[str, str, list[tuple[str, dict[str, Quantity | None]]]]]:
        """The same for the stronger effect, in fewer columns."""
        columns = ("true_effect", "estimate", "bias", "found", "coverage", "municipalities_needed")
        return [
            (outcome, self.view.counted(years, "years"), [
                (estimator, {c: self.view.number(c, estimator, outcome, years, STRONGER) for c in columns})
                for estimator in ESTIMATORS
            ])
            for outcome in OUTCOMES
            for years in self.view.horizons
        ]  # fmt: skip

    def estimator_sentences(self) -> list[Sentence]:
        """What each estimator does."""
        return [self._say(f"evaluation.estimator.{estimator}.how", {}) for estimator in ESTIMATORS]
