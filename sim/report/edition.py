"""The report in one language: everything that the template puts on the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from markupsafe import Markup

from sim.report.added import ItemRow, item_rows
from sim.report.answer import headline_sentences, outcomes_by_group, summed_up, told_outcomes
from sim.report.assumptions import Assumed, assumed, limits
from sim.report.certainty import Certainty, certainty, in_short
from sim.report.differences import Difference, Told
from sim.report.draw_facts import DrawFacts, draw_facts
from sim.report.figures.answer import answer_figure
from sim.report.figures.budget import variance_figure
from sim.report.figures.draw import draw_figure
from sim.report.figures.gains import gains_figure, present_groups
from sim.report.figures.panel import Figure
from sim.report.figures.partnerships import partnership_figure
from sim.report.figures.survey_items import form_figure, survey_figure
from sim.report.figures.svg import Drawing, key_svg
from sim.report.figures.theory_chain import theory_figure
from sim.report.figures.trajectories import trajectory_figure
from sim.report.figures.unfolding import unfolding_figure
from sim.report.figures.worlds import worlds_figure
from sim.report.gains import IDLE, gain_sentences, moved_by_group
from sim.report.graph_facts import GraphTable, graph_table
from sim.report.levels import start_and_end
from sim.report.manifest import Manifest
from sim.report.money import Purse, money_line, purses, worth
from sim.report.names import in_order
from sim.report.own_effect import OwnShare, own_shares
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, Results
from sim.report.sentences import Sentence
from sim.report.theory import TheoryPart, theory_part
from sim.report.variance import VariancePart, variance_part
from sim.report.view import View
from sim.report.worth import Worth, added, worth_line, worths

_COMPARED = ("answer", "designs", "money", "sure", "unsure", "over_time", "gains", "costs", "draw", "theory", "partnerships",
             "surveys", "added", "limits", "assumptions", "sources", "reproduce", "glossary", "annex")  # fmt: skip
_REPORT = (
    "answer",
    "designs",
    "money",
    "gains",
    "over_time",
    "sure",
    "limits",
    "more",
)  # for ministers, the rest is annexed
_LIMITS = 5  # that the report itself tells of
_SINGLE = (
    "answer",
    "design",
    "draw",
    "theory",
    "partnerships",
    "surveys",
    "added",
    "limits",
    "assumptions",
    "sources",
    "reproduce",
    "glossary",
    "annex",
)


class Edition(Drawing):
    """One language's report.

    Parameters
    ----------
    results : Results
        Of a study with one design or several.
    lang : str
        "nb" or "en".
    """

    template = "report.html.j2"

    def __init__(self, results: Results, lang: str) -> None:
        self.view = View(results, lang)
        self.lang = lang
        self.names = self.view.names
        self.results = results

    def t(self, key: str, **values: Any) -> Markup:
        """A message as HTML."""
        return self.view.messages.html(key, **values)

    def under(self, prefix: str) -> list[str]:
        """The messages of a list, in order."""
        return [f"{prefix}.{part}" for part in self.view.messages.under(prefix)]

    @property
    def manifest(self) -> Manifest:
        """Where the results come from."""
        return self.results.manifest

    @property
    def is_compared(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.results.alternatives)

    @property
    def places_note(self) -> Markup | None:
        """What stands above everything where the municipalities are real ones."""
        places = self.manifest.places
        return self.t(f"limits.places_{places}") if places else None

    @cached_property
    def sections(self) -> list[str]:
        """Keys of the sections, in order."""
        sections = _COMPARED if self.is_compared else _SINGLE
        left_out = set() if self.draws else {"draw"}
        left_out |= set() if self.cost_outcomes else {"costs"}
        left_out |= set() if self.purses or self.worths else {"money"}
        left_out |= {"theory", "partnerships", "surveys"} - set(self.figures)
        left_out |= set() if self.variance.rows else {"unsure"}
        left_out |= set() if self.manifest.plugins else {"added"}
        return [section for section in sections if section not in left_out]

    @property
    def report_sections(self) -> list[str]:
        """What the report itself holds; all there is where there is nothing to compare."""
        if not self.is_compared:
            return self.sections
        kept = {"answer", "limits", "more", *self.sections}
        return [section for section in _REPORT if section in kept]

    @property
    def annex_sections(self) -> list[str]:
        """What the annex holds: everything but the answer; empty where the report has all."""
        return [section for section in self.sections if section != "answer"] if self.is_compared else []

    @property
    def has_annex(self) -> bool:
        """Whether an annex lies beside the report."""
        return bool(self.annex_sections)

    @cached_property
    def title(self) -> Markup:
        """What it is about, and of how much of the country if that is a part."""
        return (
            self.t("page.title.of_part", title=self._about, share=self._share) if self._share else self._about
        )

    @property
    def _about(self) -> Markup:
        """The question, if it is a known one; else what is compared with what."""
        alternatives, a = self.results.alternatives, self.names.design_inline(self.results.baseline)
        if not alternatives:
            return self.t("page.title.single", a=self.names.design(self.results.baseline))
        if self.view.question:
            return self.t(self.view.question)
        if len(alternatives) == 1:
            return self.t("page.title.one", b=self.names.design_opening(alternatives[0]), a=a)
        return self.t("page.title.several", n=self.view.n_alternatives, a=a)

    @cached_property
    def years(self) -> dict[str, Quantity]:
        """First, last and parting year and the number of worlds, for sentences."""
        facts = {"first": "first_year", "last": "last_year", "parting": "parting_year", "worlds": "n_worlds"}
        return {name: self.view.fact(fact) for name, fact in facts.items()}

    @property
    def scaled(self) -> Markup | None:
        """That only a part of the country was simulated, and totals are the whole country's; None where it was whole."""
        return self.t("page.scaled", share=self._share) if self._share else None

    @property
    def _share(self) -> Quantity | None:
        """How much of the country was simulated; None where it was whole."""
        place = source("manifest.json", path="scale")
        share = Quantity(self.manifest.scale, place, self.view.messages, "percent", 100.0)
        return share if self.manifest.scale < 1 else None

    @property
    def window(self) -> dict[str, Quantity]:
        """The years that differences are averaged over."""
        return {"first": self.years["parting"], "last": self.years["last"]}

    @cached_property
    def headline(self) -> list[Sentence]:
        """The answer in a few sentences."""
        return headline_sentences(self.view)

    @cached_property
    def added(self) -> Worth | None:
        """What the scheme that is asked about costs and brings; None where none is added."""
        return added(self.view, self.results.alternatives[0]) if self.is_compared else None

    @cached_property
    def on_money(self) -> list[Sentence]:
        """The lines on money, of the pair that was asked about: what a scheme that is added reaches and brings; then all money
        and work.
        """
        if not self.is_compared:
            return []
        own = self.added
        line = money_line(self.view, self.results.alternatives[0], told=own.spent if own else None)
        return [sentence for sentence in (worth_line(self.view, own) if own else None, line) if sentence]

    @property
    def opening(self) -> list[Sentence]:
        """What the page, the report and the brief begin with: verdict and size, then the money, then the rest of the answer."""
        return [*self.headline[:2], *self.on_money, *self.headline[2:]]

    @cached_property
    def purses(self) -> list[tuple[str, list[Purse]]]:
        """Money and work of each alternative."""
        found = [(design, purses(self.view, design)) for design in self.results.alternatives]
        return [(design, each) for design, each in found if each]

    def purses_of(self, key: str) -> list[Purse]:
        """One kind of cost under every alternative."""
        return [purse for _, each in self.purses for purse in each if purse.key == key]

    @property
    def worth_of_work(self) -> list[Purse]:
        """Work in kroner under every alternative."""
        return [worth(purse) for purse in self.purses_of("work")]

    def worth_of(self, purse: Purse) -> Purse:
        """Work in kroner."""
        return worth(purse)

    @cached_property
    def worths(self) -> list[Worth]:
        """What follow-up costs and brings under each design."""
        return worths(self.view)

    @cached_property
    def own_shares(self) -> list[tuple[str, list[OwnShare | None]]]:
        """Differences as shares of what follow-up itself brings, by outcome and alternative."""
        return own_shares(self.view)

    @cached_property
    def sure_in_short(self) -> list[Sentence]:
        """How sure it is, in three sentences."""
        return in_short(self.view)

    @property
    def limits_in_short(self) -> list[Sentence]:
        """The limits that come first."""
        return self.limits[:_LIMITS]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """All figures that have anything to show."""
        made = [trajectory_figure(self.view), draw_figure(self.view)]
        if self.is_compared:
            made += [
                f(self.view)
                for f in (answer_figure, unfolding_figure, gains_figure, worlds_figure, variance_figure)
            ]
        made += [f(self.view) for f in (theory_figure, partnership_figure, survey_figure, form_figure)]
        return {figure.key: figure for figure in made if figure.panels}

    @property
    def lettered(self) -> bool:
        """Whether figures call a design by a letter, which their legend has to explain."""
        names = self.names
        return any(names.design_short(d) != names.design_label(d) for d in self.results.designs)

    def design_key(self, design: str) -> Markup:
        """The mark of a design."""
        style = self.view.style(design)
        return key_svg(style.colour, style.marker)

    @cached_property
    def certainty(self) -> Certainty:
        """The sentences on how sure it is."""
        return certainty(self.view)

    @cached_property
    def variance(self) -> VariancePart:
        """What is said of where the uncertainty comes from."""
        return variance_part(self.view)

    @cached_property
    def gains(self) -> list[tuple[str, Sentence]]:
        """The sentences on who gains and loses."""
        return gain_sentences(self.view)

    @property
    def gains_that_matter(self) -> list[tuple[str, Sentence]]:
        """Those of the sentences on who gains and loses in which somebody does."""
        return [(label, sentence) for label, sentence in self.gains if not sentence.key.endswith(IDLE)]

    @property
    def no_gains(self) -> Sentence | None:
        """That nobody gains or loses, and in what; None where somebody does in all that is told by group."""
        moved = moved_by_group(self.view)
        idle = [self.names.outcome_inline(o) for o in outcomes_by_group(self.view) if o not in moved]
        if not idle:
            return None
        *first, last = idle
        texts = self.view.messages
        outcomes = texts.text("either", first=", ".join(first), last=last) if first else last
        kind = "otherwise" if self.anyone_gains else "nobody"
        return Sentence(texts, f"gains.{kind}", {"outcomes": outcomes})

    @property
    def gains_figure(self) -> Figure:
        """The figure by group with those outcomes alone in which some group gains or loses."""
        return gains_figure(self.view, moved_by_group(self.view))

    @property
    def anyone_gains(self) -> bool:
        """Whether any group of municipalities gains or loses by as much as would matter."""
        return bool(moved_by_group(self.view)) and "gains" in self.figures

    @cached_property
    def added_items(self) -> list[ItemRow]:
        """The answers to survey items of plug-ins."""
        return item_rows(self.view)

    @cached_property
    def graph(self) -> GraphTable | None:
        """The partnership graph in numbers."""
        return graph_table(self.view)

    @cached_property
    def theory(self) -> TheoryPart:
        """What is said of programme theories."""
        return theory_part(self.view)

    @cached_property
    def limits(self) -> list[Sentence]:
        """What the model can't say."""
        return limits(self.view)

    @cached_property
    def assumed(self) -> list[Assumed]:
        """Assumptions with their values."""
        return assumed(self.view)

    @cached_property
    def draws(self) -> list[DrawFacts]:
        """How the draw hits under each design."""
        found = (draw_facts(self.view, design) for design in self.results.designs)
        return [facts for facts in found if facts]

    @cached_property
    def cost_outcomes(self) -> list[str]:
        """Outcomes that tell of costs and size."""
        return self.view.present(self.view.subject.costs)

    def cost_sentences(self) -> list[Sentence]:
        """Level of hours and money, then what the alternatives change."""
        sentences = []
        subject = self.view.subject
        hours, money = (self.view.differences(outcome) for outcome in subject.costs[:2])
        if hours and money:
            values = {"hours": hours[0].level(), "money": money[0].level(), **self.window}
            values["a"] = self.names.design_inline(self.results.baseline)  # type: ignore[assignment]
            sentences.append(Sentence(self.view.messages, f"costs.{subject.key}.level", values))
        summed = [summed_up(self.view, outcome) for outcome in self.view.present(subject.costs[:2])]
        return sentences + [sentence for sentence in summed if sentence]

    def table_of(
        self, outcomes: Sequence[str], horizon: str = "mean", group: str = EVERYONE
    ) -> list[tuple[str, list[Difference]]]:
        """Outcomes with their differences, one for each alternative."""
        found = [(outcome, self.view.differences(outcome, group, horizon)) for outcome in outcomes]
        return [(outcome, differences) for outcome, differences in found if differences]

    @property
    def concerned(self) -> str:
        """The group that the question is about, if it is not the country and the files have it; else empty."""
        group = self.view.subject.concerned
        return group if group != EVERYONE and group in self.results.groups else ""

    @property
    def main_outcomes(self) -> list[str]:
        """The outcomes that come first: what the answer names, then the main ones."""
        return told_outcomes(self.view)

    def folded(
        self, rows: Sequence[tuple[str, list[Difference]]]
    ) -> tuple[list[tuple[str, list[Difference]]], str]:
        """The rows of a table in which something differs, and the names of those alike in all alternatives, in one line."""
        apart = [(key, ds) for key, ds in rows if any(d.told is not Told.SAME for d in ds)]
        alike = [self.names.outcome_inline(key) for key, ds in rows if all(d.told is Told.SAME for d in ds)]
        return apart, ", ".join(in_order(alike, self.lang))

    def folded_groups(
        self, rows: Sequence[tuple[str, list[Difference]]]
    ) -> tuple[list[tuple[str, list[Difference]]], str]:
        """The same with groups of municipalities."""
        there = [(key, ds) for key, ds in rows if ds]
        apart = [(key, ds) for key, ds in there if any(d.told is not Told.SAME for d in ds)]
        alike = [self.names.group_inline(key) for key, ds in there if all(d.told is Told.SAME for d in ds)]
        return apart, ", ".join(alike)

    def gain_table(self) -> list[tuple[str, list[tuple[str, list[Difference]]]]]:
        """Outcomes, then groups, then alternatives."""
        groups = [group for kind in present_groups(self.view) for group in kind]
        return [
            (outcome, [(group, self.view.differences(outcome, group)) for group in groups])
            for outcome in outcomes_by_group(self.view)
        ]

    def levels(self) -> list[tuple[str, dict[str, Quantity]]]:
        """Every outcome's beginning and end under the baseline."""
        found = (
            (outcome, start_and_end(self.view, self.results.baseline, outcome))
            for outcome in self.results.outcomes
        )
        return [(outcome, ends) for outcome, ends in found if ends]

    def unit_of(self, d: Difference) -> str:
        """The unit of an outcome's differences in words, as the file has it if the message files don't know it."""
        unit = d.difference.unit
        words = d.row.unit if unit == "plain" else self.view.messages.raw(f"unit.{unit}.name")
        return words[:1].upper() + words[1:]

    def verdict(self, d: Difference) -> Markup:
        """What the model can say about a difference, in a few words."""
        return self.t(f"verdict.{d.told}.{d.judged}" if d.moved else f"verdict.{d.told}")
