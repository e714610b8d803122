"""What designs, outcomes, groups and units are called, with a way out for those the message files don't know."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import TypeVar

from sim.legible import lowered
from sim.report.manifest import DesignFacts, Manifest
from sim.report.messages import LANGUAGES, Messages
from sim.report.subject import FOLLOW_UP, subject_of

T = TypeVar("T")

_LONGEST_SHORT_NAME = 18
TODAY = "voluntary"  # the design that goes on with what there is
FREEDOM = ("follow_up.obligation", "follow_up.sanction", "follow_up.felt_pressure")


@dataclass(frozen=True)
class Names:
    """Names in one language.

    Three forms each: as a heading or at the start of a sentence, inside a sentence, and short for figures. What there is today is
    called voluntary only where designs differ in how free municipalities are to decline.

    Attributes
    ----------
    asked : Manifest, optional
        Of the designs that are held against each other, where the manifest has more.
    """

    messages: Messages
    manifest: Manifest
    asked: Manifest | None = None

    def design(self, key: str) -> str:
        """A design's title, as its scenario file has it; of a variant of a sweep with the levers that it sets, as the tables have
        them.
        """
        if today := self._as_today(key, "name"):
            return today
        facts = self._facts(key)
        there = [facts.title[lang] for lang in self._languages if lang in facts.title]
        if found := there[0] if there else self.messages.first(f"design.{key}.name"):
            return found
        base, told = _parted(key)
        return self.design(base) + told if base and told else _spelt(key)

    def design_inline(self, key: str) -> str:
        """The design inside a sentence."""
        known = self._as_today(key, "inline") or self.messages.first(f"design.{key}.inline")
        return known or self.messages.text("design.quoted", title=self.design(key))

    def design_opening(self, key: str) -> str:
        """The design at the beginning of a sentence or a title."""
        known = self._as_today(key, "inline") or self.messages.first(f"design.{key}.inline")
        return f"{known[0].upper()}{known[1:]}" if known else self.design(key)

    def design_short(self, key: str) -> str:
        """The design as a label in a figure: a short name, or a letter where it has none; names are never cut."""
        short = self.design_label(key)
        keys = [d.key for d in self.manifest.designs]
        if len(short) <= _LONGEST_SHORT_NAME or key not in keys:
            return short
        return self.messages.text(
            "design.lettered", letter=ascii_uppercase[keys.index(key) % len(ascii_uppercase)]
        )

    def design_label(self, key: str) -> str:
        """Its short name where it has one, else its title, however long."""
        short = self._as_today(key, "short") or self.messages.first(f"design.{key}.short")
        return short or self.design(key)

    def description(self, key: str) -> str:
        """What the scenario file says of the design; may be empty."""
        if today := self._as_today(key, "what"):
            return today
        facts = self._facts(key)
        return next((facts.description[lang] for lang in self._languages if lang in facts.description), "")

    def expected(self, key: str) -> str:
        """Who expects what of the design; may be empty."""
        if self._as_today(key, "what"):
            return ""
        facts = self._facts(key)
        return next((facts.expected[lang] for lang in self._languages if lang in facts.expected), "")

    def outcome(self, key: str) -> str:
        """The outcome as a heading, or at the start of a sentence."""
        return self.messages.first(f"outcome.{key}.name") or _spelt(key)

    def outcome_inline(self, key: str) -> str:
        """The outcome inside a sentence."""
        return self.messages.first(f"outcome.{key}.inline") or lowered(self.outcome(key))

    def meaning(self, key: str) -> str:
        """What the outcome measures, from the message files or else from the manifest."""
        said = self.manifest.outcomes.get(key, {}).get("meaning", "")
        return self.messages.first(f"outcome.{key}.what") or str(said)

    def group(self, key: str) -> str:
        """The group as a label."""
        return self.messages.first(f"group.{key}.name") or _spelt(key.rsplit(".", 1)[-1])

    def group_inline(self, key: str) -> str:
        """The group inside a sentence, after "for" or "in"."""
        return self.messages.first(f"group.{key}.inline") or lowered(self.group(key))

    @cached_property
    def _today(self) -> str:
        """Key of what there is today under `today`; empty where its name is that taking part is voluntary."""
        of = self.asked or self.manifest
        free = {repr([d.levers.get(name) for name in FREEDOM]) for d in of.designs}
        if len(of.designs) == 1 or len(free) != 1 or not all(d.levers for d in of.designs):
            return ""
        return today_of(of.parts)

    def _as_today(self, key: str, form: str) -> str | None:
        return self.messages.first(f"today.{self._today}.{form}") if key == TODAY else None

    @property
    def _languages(self) -> tuple[str, ...]:
        return (self.messages.lang, *LANGUAGES)

    def _facts(self, key: str) -> DesignFacts:
        return next((d for d in self.manifest.designs if d.key == key), DesignFacts(key))


def today_of(parts: Collection[str]) -> str:
    """Key of what there is today under `today`, where designs differ in these parts of the model."""
    return "follow_up" if subject_of(parts) is FOLLOW_UP else "schemes"


_LAST_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})  # behind z, in this order


def in_order(words: Iterable[str], lang: str) -> list[str]:
    """Words in alphabetical order, small and capital letters alike; in Norwegian å is the last letter."""
    return sorted(
        words, key=lambda word: word.lower().translate(_LAST_LETTERS) if lang == "nb" else word.lower()
    )


def _parted(key: str) -> tuple[str, str]:
    """A variant's design, and what is told of it: the levers that it sets, `mine (a.b=1)`, or its letters, `mine#2f8a1c04`."""
    base, bracket, levers = key.partition(" (")
    if "=" in levers:
        return base, bracket + levers
    base, sign, letters = key.partition("#")
    return base, sign + letters


def by_name(some: Iterable[T], name: Callable[[T], str], lang: str) -> list[T]:
    """Things in the alphabetical order of their names."""
    named = [(name(one), one) for one in some]
    place = {word: i for i, word in enumerate(in_order({word for word, _ in named}, lang))}
    return [one for _, one in sorted(named, key=lambda each: place[each[0]])]


def _spelt(key: str) -> str:
    words = re.sub(r"[_.\-]+", " ", key).strip()
    return words[:1].upper() + words[1:]
