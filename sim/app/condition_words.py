"""The shipped answer on conditions in words: what it hangs on, where it turns, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from sim.app.desk import today
from sim.app.texts import assumption_name, texts
from sim.atlas.telling import joined
from sim.conditions.emulator import Error, Odds
from sim.conditions.kept import NEVER, RARE, RUNS, Conditions
from sim.declared import OUTCOMES
from sim.experiments.structures import STANDARD
from sim.parameters.registry import Registry
from sim.report.answer import COUNTED
from sim.report.felt import HOURS_PER_MAN_YEAR, POINTS_PER_HUNDREDTH
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
MOST_TURNS = 2  # of one outcome
_KINDS = {(True, False): "up", (False, True): "down", (True, True): "both"}
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
        """Both designs inside a sentence, `b` the one asked about, `a` the one it is held against."""
        b, a = self.kept.designs
        return {"a": self._inline(a), "b": self._inline(b)}

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

    def at(self, values: Mapping[str, float]) -> list[list[Sentence]]:
        """What comes of given assumptions, a paragraph for each outcome, those first that the front verdict stands on."""
        odds = self.kept.odds(values)
        return self._paragraphs([(one, odds[one["outcome"]]) for one in self.kept.manifest["outcomes"]])

    def overall(self) -> list[list[Sentence]]:
        """What comes of all draws of the assumptions together, as of given ones."""
        return self._paragraphs([
            (one, Odds(one["gain"], one["better"], one["matters"], one["harms"]))
            for one in self.kept.manifest["outcomes"]
        ])  # fmt: skip

    def _paragraphs(self, found: Sequence[tuple[Mapping[str, Any], Odds]]) -> list[list[Sentence]]:
        """One for each outcome in which a difference that matters is not rare; of all others together that it is."""
        rest = [self.what(of) for of, odds in found if max(odds.matters, odds.harms) < RARE]
        told = [self._odds(of, odds) for of, odds in found if max(odds.matters, odds.harms) >= RARE]
        values = {"n": self.per_hundred(RARE), "what": joined(rest, self.words)}
        return [*told, *([[self._said("odds.rare", **values)]] if rest else [])]

    def what(self, of: Mapping[str, Any]) -> str:
        """What an outcome is called inside a sentence."""
        return self.words.first(f"outcome.{of['outcome']}.inline") or str(of["outcome"])

    def _odds(self, of: Mapping[str, Any], odds: Odds) -> list[Sentence]:
        """The chance that the difference in an outcome matters, how large it is expected to be, and what it speaks for."""
        told = {
            "what": self.what(of), "group": self.words.text(f"group.{of['group']}.inline"),
            "matters": self.per_hundred(odds.matters), "harms": self.per_hundred(odds.harms),
        }  # fmt: skip
        kind = _KINDS[odds.matters >= NEVER, odds.harms >= NEVER]
        found = [self._said(f"odds.{kind}", **told), self._expected(of, odds.gain)]
        if max(odds.matters, odds.harms) >= _HALF:
            found.append(self._said(f"matter.{'for' if odds.matters > odds.harms else 'against'}"))
        return found

    def _expected(self, of: Mapping[str, Any], gain: float) -> Sentence:
        """How large the difference is expected to be; without digits where that is too small to matter."""
        if abs(gain) < of["smallest"]:
            return self._said("expected.small")
        how = shown(of["unit"], abs(gain), self.words, self.kept.manifest["scale"])
        unit, factor = how.difference, how.factor
        if unit == "hundredths_of_a_pupil_sd":
            unit, factor = "test_points", factor * POINTS_PER_HUNDREDTH
        elif unit == "hours":
            unit, factor = "man_years", factor / HOURS_PER_MAN_YEAR
        better = next((one.better for one in OUTCOMES if one.key == of["outcome"]), 1) or 1
        place = source(RUNS, outcome=of["outcome"], stat="gain")
        size = Quantity(abs(gain), place, self.words, unit, factor, level_decimals(abs(gain) * factor, 2))
        way = "up" if gain * better > 0 else "down"
        return self._said(f"expected.{way}", what=self.what(of), size=size.bare if unit in COUNTED else size)

    def turning(self) -> list[Sentence]:
        """Where one assumption alone makes a difference that matters likelier than not; of each outcome those that part most."""
        found = []
        for of in self.kept.mattering:
            clearest = sorted(of["turns"], key=lambda one: one["share_other"] - one["share"])
            found += [self._turn(of, one) for one in clearest[:MOST_TURNS]]
        return found or [self._said("turn.none")]

    def _turn(self, of: Mapping[str, Any], one: Mapping[str, Any]) -> Sentence:
        way = "worse" if of["harms"] > of["matters"] else "better"
        unit = assumption_name(one["assumption"], self.words)[1]
        return self._said(
            f"turn.{way}.{'above' if one['above'] else 'below'}", outcome=self.what(of),
            assumption=self.name(one["assumption"]), at=f"{self.number(one['at'])} ({unit})" if unit else self.number(one["at"]),
            share=self.per_hundred(one["share"]), other=self.per_hundred(one["share_other"]),
        )  # fmt: skip

    def lines(self) -> list[str]:
        """The whole answer as plain lines."""
        asked = [f"- {self.name(one.name)}" for one in self.kept.assumptions]
        short = self.structure_in_short()
        told = [
            *chain.from_iterable(self.overall()),
            *self.turning(),
            *([short] if short else []),
            *self.error(),
        ]
        return [
            self.words.text("conditions.set" if asked else "conditions.nothing_set"),
            *asked,
            *map(str, told),
        ]

    def error(self) -> list[Sentence]:
        """How well it fits draws that it has not seen whether a difference matters, of what may matter at all."""
        found = []
        for one in self.kept.mattering:
            error, always = Error(**one["error"]), max(one["matters"], one["harms"]) > 1 - NEVER
            right, plain = self.per_hundred(error.right), self.per_hundred(error.right_plain)
            kind = (
                "always"
                if always
                else "told"
                if error.right > error.right_plain and right != plain
                else "guess"
            )
            found.append(self._said(f"error.{kind}", what=self.what(one), right=right, plain=plain))
        tried = number(float(self.kept.manifest["held_out"]), self.lang)
        return [self._said("error.tried", n=tried), *found] if found else []

    def old(self) -> list[Sentence]:
        """What it rests on that has changed since."""
        return [self._said(f"old.{key}") for key in self.kept.outdated(self.registry)]

    @property
    def _compared(self) -> list[dict[str, Any]]:
        """The outcomes that the table on structures is about: those in which anything matters, else the first."""
        return self.kept.mattering or self.kept.manifest["outcomes"][:1]

    def heads(self) -> list[str]:
        """Headings of the table on structures, behind the first: which way each outcome mostly goes."""
        return [
            self.words.text(
                f"conditions.structure.{'worse' if of['harms'] > of['matters'] else 'better'}",
                what=self.what(of),
            )
            for of in self._compared
        ]

    def structures(self) -> list[list[str]]:
        """Each structure of the model: its name, then in how many of a hundred the difference matters, as the headings say."""
        found = []
        for key in self._compared[0]["structures"]:
            cells = [
                self.per_hundred(of["structures"][key]["harms" if of["harms"] > of["matters"] else "matters"])
                for of in self._compared
            ]
            own = (
                self.words.text("conditions.structure.standard") if key == STANDARD else self._structure(key)
            )
            found.append([own, *cells])
        return found if len(found) > 1 else []

    def _structure(self, key: str) -> str:
        return load_part("variance", self.words.lang).text(f"structure.{key}")

    def structure_in_short(self) -> Sentence | None:
        """What the answer hangs on in how the model is built, or that it holds; None where neither can be told."""
        found = [(kind, which, self.what(of)) for of, (kind, which) in self._under_structures]
        return in_short(load_part("variance", self.lang), found)

    @cached_property
    def _under_structures(self) -> list[tuple[Mapping[str, Any], tuple[str, tuple[str, ...]]]]:
        """Each outcome that may matter, and what other structures do to it; empty where none was played."""
        found: list[tuple[Mapping[str, Any], tuple[str, tuple[str, ...]]]] = []
        for one in self._compared:
            by = one["structures"]
            if not {*by} - {STANDARD}:
                return []
            gains = {key: of_draws["gain"] for key, of_draws in by.items()}
            clear = {key for key, of_draws in by.items() if of_draws["low"] > 0 or of_draws["high"] < 0}
            found.append((one, under_others(gains, clear, one["smallest"])))
        return found
