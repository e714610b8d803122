"""The shipped answer on conditions in words: what it hangs on, where it turns, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.app.desk import today
from sim.app.texts import assumption_name, texts
from sim.conditions.emulator import Error, Odds
from sim.conditions.kept import RUNS, Conditions
from sim.declared import OUTCOMES
from sim.experiments.structures import STANDARD
from sim.parameters.registry import Registry
from sim.report.felt import POINTS_PER_HUNDREDTH
from sim.report.messages import Messages
from sim.report.names import TODAY
from sim.report.number_format import level_decimals, number
from sim.report.part_messages import load_part
from sim.report.quantity import Quantity, source
from sim.report.sentences import Sentence
from sim.report.units import shown
from sim.report.variance import in_short, under_others
from sim.scenario_files import load_design

_HUNDRED = 100.0
_HALF = 0.5
_LITTLE = 0.05  # of the variance: what explains less explains next to nothing (assumption)
_KINDS = {(False, False): "none", (True, False): "up", (False, True): "down", (True, True): "both"}
"""By whether any simulation comes to something that matters for the better, and for the worse."""


@dataclass(frozen=True)
class Field:
    """One assumption in the form."""

    name: str
    label: str
    low: str
    high: str
    low_told: str
    high_told: str
    middle: str
    unit: str
    shown: str
    fault: bool

    @property
    def id(self) -> str:
        """For labels and links."""
        return self.name.replace(".", "-")


@dataclass(frozen=True)
class Telling:
    """A kept answer told in one language."""

    kept: Conditions
    registry: Registry
    lang: str

    @property
    def words(self) -> Messages:
        """The texts."""
        return texts(self.lang)

    @cached_property
    def names(self) -> dict[str, str]:
        """Both designs inside a sentence, `b` the one asked about, `a` the one it is held against; and of whom it is told."""
        b, a = self.kept.designs
        group = self.words.text(f"group.{self.kept.manifest['outcomes'][0]['group']}.inline")
        return {"a": self._inline(a), "b": self._inline(b), "group": group}

    def _inline(self, key: str) -> str:
        known = self.words.first(f"today.{self._today}.inline") if key == TODAY else None
        known = known or self.words.first(f"design.{key}.inline")
        return known or load_design(key, self.registry).title.get(self.lang, key)

    @cached_property
    def _today(self) -> str:
        """Key of what there is today under `today`; empty where its name is that taking part is voluntary."""
        return today([load_design(key, self.registry) for key in self.kept.designs], self.registry)

    def name(self, parameter: str) -> str:
        """What an assumption is called; its declared meaning where it has no name here."""
        return assumption_name(parameter, self.words)[0] or self.registry.find(parameter).meaning

    def number(self, value: float) -> str:
        """A value of an assumption."""
        return number(value, self.lang, level_decimals(value, 2))

    def per_hundred(self, share: float) -> str:
        """A share as so many of a hundred."""
        return number(_HUNDRED * share, self.lang)

    def _said(self, key: str, **values: Any) -> Sentence:
        return Sentence(self.words, f"conditions.{key}", {**self.names, **values})

    def fields(self, values: Mapping[str, float], wrong: Mapping[str, str]) -> list[Field]:
        """The form's fields, with the values set and what was written that can't be used."""
        return [
            Field(
                one.name, self.name(one.name), f"{one.low:g}", f"{one.high:g}", self.number(one.low), self.number(one.high),
                self.number(one.middle), assumption_name(one.name, self.words)[1],
                wrong.get(one.name, self._written(values[one.name])), one.name in wrong,
            )
            for one in self.kept.assumptions
        ]  # fmt: skip

    def _written(self, value: float) -> str:
        """A value as it stands in a field."""
        return f"{value:g}".replace(".", "," if self.lang == "nb" else ".")

    def at(self, values: Mapping[str, float]) -> dict[str, list[Sentence]]:
        """What comes of given assumptions, by outcome, those first in which something matters."""
        odds = self.kept.odds(values)
        return {one["outcome"]: self._odds(one, odds[one["outcome"]]) for one in self.kept.ranked}

    def overall(self) -> list[Sentence]:
        """What comes of all draws of the assumptions together, by outcome, those first in which something matters."""
        return [
            sentence
            for one in self.kept.ranked
            for sentence in self._odds(one, Odds(one["gain"], one["better"], one["matters"], one["harms"]))
        ]

    def _odds(self, of: Mapping[str, Any], odds: Odds) -> list[Sentence]:
        """The chance that the difference in an outcome matters, and how large it is expected to be."""
        told = {
            "what": self.words.text(f"conditions.what.{of['outcome']}"),
            "matters": self.per_hundred(odds.matters), "harms": self.per_hundred(odds.harms),
        }  # fmt: skip
        none = self.per_hundred(0.0)
        kind = _KINDS[told["matters"] != none, told["harms"] != none]
        found = [self._said(f"odds.{kind}", **told)]
        if kind == "none":
            return found
        found.append(self._expected(of, odds.gain, str(told["what"])))
        if max(odds.matters, odds.harms) >= _HALF:
            found.append(self._said(f"matter.{'for' if odds.matters > odds.harms else 'against'}"))
        elif odds.matters + odds.harms < _HALF:
            found.append(self._said("matter.small"))
        return found

    def _expected(self, of: Mapping[str, Any], gain: float, what: str) -> Sentence:
        """How large the difference is expected to be; without digits where that is too small to matter."""
        if abs(gain) < of["smallest"]:
            return self._said("expected.small", what=what)
        how = shown(of["unit"], abs(gain), self.words)
        unit, factor = how.difference, how.factor
        if unit == "hundredths_of_a_pupil_sd":
            unit, factor = "test_points", factor * POINTS_PER_HUNDREDTH
        better = next((one.better for one in OUTCOMES if one.key == of["outcome"]), 1) or 1
        place = source(RUNS, outcome=of["outcome"], stat="gain")
        size = Quantity(abs(gain), place, self.words, unit, factor, level_decimals(abs(gain) * factor, 2))
        return self._said(f"expected.{'up' if gain * better > 0 else 'down'}", what=what, size=size)

    @property
    def _tells_direction_alone(self) -> bool:
        """Whether no simulation comes to a difference in the first outcome that matters."""
        first = self.kept.manifest["outcomes"][0]
        return self.per_hundred(max(first["matters"], first["harms"])) == self.per_hundred(0.0)

    def turning(self) -> list[Sentence]:
        """Where one assumption alone makes a difference matter, and where it turns the answer on the first outcome."""
        first = self.kept.manifest["outcomes"][0]
        found = [self._turn("enough", each, one) for each in self.kept.ranked for one in each["turns_matter"]]
        turned = [self._turn("turn", first, one) for one in first["turns"]]
        if self._tells_direction_alone:
            return [*found, *([self._said("turn.direction"), *turned] if turned else [])]
        return [*found, *(turned or [self._said("turn.none")])]

    def _turn(self, kind: str, of: Mapping[str, Any], one: Mapping[str, Any]) -> Sentence:
        return self._said(
            f"{kind}.above" if one["above"] else f"{kind}.below",
            outcome=self.words.text(f"conditions.what.{of['outcome']}"),
            assumption=self.name(one["assumption"]), at=self.number(one["at"]),
            share=self.per_hundred(one["share"]), other=self.per_hundred(one["share_other"]),
        )  # fmt: skip

    def boxes(self) -> list[Sentence]:
        """Combinations of assumptions in which one of the designs is better, as far as they are to be believed."""
        found: list[Sentence] = []
        if self._tells_direction_alone:
            return found
        for one in self.kept.manifest["outcomes"][:1]:
            for side, box in one["boxes"].items():
                if box is None or not box["believable"]:
                    found.append(self._said(f"box.none_{side}"))
                    continue
                limits = f"{self.words.text('conditions.box.and').rstrip()} ".join(
                    self._limit(limit) for limit in box["limits"]
                )
                found.append(
                    self._said(
                        f"box.{side}", limits=limits,
                        share=self.per_hundred(box["share"]), base=self.per_hundred(box["base"]),
                    )
                )  # fmt: skip
        return found

    def _limit(self, limit: Mapping[str, Any]) -> str:
        low, high = (None if limit[end] is None else self.number(limit[end]) for end in ("low", "high"))
        key = "between" if low and high else "over" if low else "under"
        return self.words.text(f"conditions.box.{key}", name=self.name(limit["name"]), low=low, high=high)

    def lines(self) -> list[str]:
        """The whole answer as plain lines."""
        asked = [f"- {self.name(one.name)}" for one in self.kept.assumptions]
        told = [*self.overall(), *self.turning(), *self.boxes(), *self.structure_verdict(), *self.error()]
        return [
            self.words.text("conditions.set" if asked else "conditions.nothing_set"),
            *asked,
            *map(str, told),
        ]

    def error(self) -> list[Sentence]:
        """How well it fits draws that it has not seen: whether a difference matters, how large it is, and the sign that turns."""
        found = []
        for one in self.kept.ranked:
            of, judged = one["outcome"], self.kept.mattering[one["outcome"]]
            what = self.words.text(f"conditions.what.{of}")
            share = max(one["matters"], one["harms"])
            sure = {self.per_hundred(0.0): "never", self.per_hundred(1.0): "always"}.get(
                self.per_hundred(share)
            )
            better = judged.brier < judged.brier_plain
            found.append(self._judged(f"matters.{sure or ('told' if better else 'guess')}", judged, what))
            if sure != "never":
                explained = max(judged.explained, 0.0)
                key = "size" if explained >= _LITTLE else "size_little"
                found.append(self._said(f"error.{key}", what=what, explained=self.per_hundred(explained)))
        first = self.kept.manifest["outcomes"][0]
        if first["turns"]:
            error = Error(**first["error"])
            key = "told" if error.brier < error.brier_plain else "guess"
            found.append(self._judged(key, error, self.words.text(f"conditions.what.{first['outcome']}")))
        return found

    def _judged(self, key: str, error: Error, what: str) -> Sentence:
        return self._said(
            f"error.{key}", what=what, n=number(error.n, self.lang), right=self.per_hundred(error.right),
            plain=self.per_hundred(error.right_plain), off=self.per_hundred(error.off),
        )  # fmt: skip

    def old(self) -> list[Sentence]:
        """What it rests on that has changed since."""
        return [self._said(f"old.{key}") for key in self.kept.outdated(self.registry)]

    def heads(self) -> list[str]:
        """Headings of the table on structures, behind the first."""
        first, *others = (self.words.text(f"conditions.structure.{key}") for key in self.kept.outcomes)
        return [first, self.words.text("conditions.structure.matters"), *others]

    def structures(self) -> list[list[str]]:
        """Each structure of the model: its name, then in how many of a hundred the design is better, as the headings say."""
        outcomes = self.kept.manifest["outcomes"]
        found = []
        for key in outcomes[0]["structures"]:
            first, *others = (self.per_hundred(one["structures"][key]["better"]) for one in outcomes)
            matters = self.per_hundred(outcomes[0]["structures"][key]["matters"])
            own = (
                self.words.text("conditions.structure.standard") if key == STANDARD else self._structure(key)
            )
            found.append([own, first, matters, *others])
        return found if len(found) > 1 else []

    def _structure(self, key: str) -> str:
        return load_part("variance", self.words.lang).text(f"structure.{key}")

    def structure_verdict(self) -> list[Sentence]:
        """What other structures of the model do to what matters most, then to what better means; empty where none was played."""
        found, listed = [], False
        for outcome, others, (kind, which) in self._under_structures:
            again = "_again" if kind == "small" and listed else ""
            values = {
                **self.names,
                "outcome_inline": outcome,
                "structures": "; ".join(map(self._structure, which or others)),
            }
            found.append(
                Sentence(load_part("variance", self.lang), f"variance.structure.{kind}{again}", values)
            )
            listed = listed or not which
        return found

    def structure_in_short(self) -> Sentence | None:
        """The same in one sentence: what the answer hangs on in how the model is built, or that it holds."""
        found = [(kind, which, outcome) for outcome, _, (kind, which) in self._under_structures]
        return in_short(load_part("variance", self.lang), found)

    @cached_property
    def _under_structures(self) -> list[tuple[str, tuple[str, ...], tuple[str, tuple[str, ...]]]]:
        """What matters most, then what better means: the outcome in a sentence, the other structures, and what they do to it."""
        first, most = self.kept.manifest["outcomes"][0], self.kept.ranked[0]
        found = []
        for one in (most, *([first] if first is not most else [])):
            by = one["structures"]
            others = tuple(key for key in by if key != STANDARD)
            if not others:
                return []
            gains = {key: of_draws["gain"] for key, of_draws in by.items()}
            clear = {key for key, of_draws in by.items() if of_draws["low"] > 0 or of_draws["high"] < 0}
            outcome = self.words.text(f"conditions.what.{one['outcome']}")
            found.append((outcome, others, under_others(gains, clear, one["smallest"])))
        return found
