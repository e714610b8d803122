"""The shipped answer on conditions in words: what it hangs on, where it turns, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.app.texts import assumption_name, texts
from sim.conditions.kept import Conditions, differing
from sim.experiments.structures import STANDARD
from sim.parameters.registry import Registry
from sim.report.messages import Messages
from sim.report.names import FREEDOM, TODAY, today_of
from sim.report.number_format import level_decimals, number
from sim.report.part_messages import load_part
from sim.report.sentences import Sentence
from sim.scenario_files import load_design

_HUNDRED = 100.0
_HALF = 0.5


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
        b, a = (load_design(key, self.registry) for key in self.kept.designs)
        names = differing(a, b, self.registry)
        return "" if names & {*FREEDOM} else today_of(names)

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
        """What comes of given assumptions, by outcome."""
        return {
            key: self._odds(key, odds.better, odds.matters, odds.harms)
            for key, odds in self.kept.odds(values).items()
        }

    def overall(self) -> list[Sentence]:
        """What comes of all draws of the assumptions together."""
        return [
            sentence
            for one in self.kept.manifest["outcomes"]
            for sentence in self._odds(one["outcome"], one["better"], one["matters"], one["harms"])
        ]

    def _odds(self, outcome: str, better: float, matters: float, harms: float) -> list[Sentence]:
        shares = {"better": better, "matters": matters, "harms": harms}
        told = {name: self.per_hundred(share) for name, share in shares.items()}
        none = self.per_hundred(0.0)
        size = {(False, False): "none", (True, False): "up", (False, True): "down", (True, True): "both"}[
            told["matters"] != none, told["harms"] != none
        ]
        told["better"] = self.words.text("conditions.no_one") if told["better"] == none else told["better"]
        found = [self._said(f"odds.{outcome}", **told), self._said(f"size.{size}", **told)]
        if max(matters, harms) >= _HALF:
            found.append(self._said(f"matter.{'for' if matters > harms else 'against'}", **told))
        elif size != "none":
            found.append(self._said("matter.small", **told))
        return found

    def turning(self) -> list[Sentence]:
        """Where one assumption alone turns the answer on the first outcome, and whether it matters on any."""
        first, *_ = every = self.kept.manifest["outcomes"]
        found = [self._turn("turn", first, one) for one in first["turns"]] or [self._said("turn.none")]
        return [*found, *(self._turn("enough", each, one) for each in every for one in each["turns_matter"])]

    def _turn(self, kind: str, of: Mapping[str, Any], one: Mapping[str, Any]) -> Sentence:
        return self._said(
            f"{kind}.above" if one["above"] else f"{kind}.below",
            outcome=self.words.text(f"conditions.what.{of['outcome']}"),
            assumption=self.name(one["assumption"]), at=self.number(one["at"]),
            share=self.per_hundred(one["share"]), other=self.per_hundred(one["share_other"]),
        )  # fmt: skip

    def boxes(self) -> list[Sentence]:
        """Combinations of assumptions in which one of the designs is better, as far as they are to be believed."""
        found = []
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
        """How well the answer fits draws that it has not seen; that it is no better than a guess where it is not."""
        return [
            self._said(
                "error.told" if one["error"]["brier"] < one["error"]["brier_plain"] else "error.guess",
                outcome=self.words.text(f"conditions.what.{one['outcome']}"), n=number(one["error"]["n"], self.lang),
                right=self.per_hundred(one["error"]["right"]), plain=self.per_hundred(one["error"]["right_plain"]),
                off=self.per_hundred(one["error"]["off"]),
            )
            for one in self.kept.manifest["outcomes"]
        ]  # fmt: skip

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
        """Under which structures the sign of the mean difference turns, if under any; nothing where no other was played."""
        by = self.kept.manifest["outcomes"][0]["structures"]
        if len(by) == 1:
            return []
        own = _sign(by[STANDARD])
        turning = [key for key, one in by.items() if own and _sign(one) == -own]
        if not own:
            return [self._said("structure.unclear")]
        if not turning:
            return [self._said("structure.stays")]
        return [self._said("structure.turns", structures="; ".join(map(self._structure, turning)))]


def _sign(of_draws: Mapping[str, float]) -> int:
    """1 or -1 where the interval of the mean leaves zero out, else 0."""
    return int(of_draws["low"] > 0) - int(of_draws["high"] < 0)
