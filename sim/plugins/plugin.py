"""What a plug-in adds to the model."""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sim.errors import InputError
from sim.outcomes.outcome import Outcome
from sim.parameters.declaration import Choice, Group
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes import Scheme
from sim.state import State
from sim.surveys.items import Item
from sim.year_parts import Part

LANGUAGES = ("nb", "en")


def _no_tables(_state: State, _p: Parameters, _draw: Draws) -> None:
    """Add nothing to a new world."""


@dataclass(frozen=True)
class Plugin:
    """What a module of one's own adds; everything can be left out.

    Attributes
    ----------
    groups : tuple of Group classes
        Levers and assumptions.
    set_up : callable
        Adds tables to a new world's state.
    processes : mapping from part of the half-year to processes, in order
        They come last in their part, after those of the schemes.
    outcomes : tuple of Outcome
        What is observed beside the model's own outcomes.
    schemes : tuple of Scheme
        Whole schemes, each with all of these.
    choices : tuple of Choice
        Further choices of parameters that can have them: a `RankingRule` for the draw.
    items : tuple of Item
        Items of the virtual survey, each with its own source.
    texts : mapping from language to texts by key
        For report and page, as in `sim/report/messages/`: `outcome.<key>.name`, `.inline`, `.what`, `item.<target>.name`,
        `lever.<name>.what`, `lever_value.<word>`; the same keys in "nb" and "en".
    """

    groups: tuple[type[Group], ...] = ()
    set_up: Callable[[State, Parameters, Draws], None] = _no_tables
    processes: Mapping[Part, tuple[Process, ...]] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    choices: tuple[Choice, ...] = ()
    items: tuple[Item, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def all_schemes(self, name: str) -> tuple[Scheme, ...]:
        """Its schemes; what belongs to none of them makes one of its own, called like the plug-in."""
        if not (self.groups or self.processes or self.outcomes or self.set_up is not _no_tables):
            return self.schemes
        return (*self.schemes, Scheme(name, name, self.groups, self.set_up, self.processes, self.outcomes))

    def check(self) -> None:
        """Refuse what is not of the kind that it should be, and texts in one language alone."""
        for name, kind in _KINDS.items():
            given = getattr(self, name)
            if not isinstance(given, tuple):
                raise InputError(f"{name}: expected a tuple, got {_a(given)}", field=name)
            for one in given:
                if not (
                    isinstance(one, type) and issubclass(one, Group)
                    if name == "groups"
                    else isinstance(one, kind)
                ):
                    raise InputError(f"{name}: expected only {kind.__name__}, got {_a(one)}", field=name)
        for item in self.items:
            if not (callable(getattr(item, "ask", None)) and isinstance(getattr(item, "target", None), str)):
                raise InputError(f"items: expected only items of a survey, got {_a(item)}", field="items")
        if not callable(self.set_up):
            raise InputError(f"set_up: expected a function, got {_a(self.set_up)}", field="set_up")
        for mapping in (self.processes, *(scheme.processes for scheme in self.schemes)):
            _check_processes(mapping)
        self._check_texts()

    def _check_texts(self) -> None:
        texts: object = self.texts
        if not isinstance(texts, Mapping) or (texts and set(texts) != set(LANGUAGES)):
            raise InputError(f"texts: expected texts in {' and '.join(LANGUAGES)}", field="texts")
        one_sided = sorted(set(texts.get("nb", ())) ^ set(texts.get("en", ())))
        if one_sided:
            raise InputError(f"texts: in one language only: {', '.join(one_sided)}", field="texts")
        own = tuple(self._own_prefixes())
        for key in texts.get("nb", ()):
            if not f"{key}.".startswith(own):
                raise InputError(f"texts: '{key}' is about nothing that this plug-in adds", field="texts")

    def _own_prefixes(self) -> Iterator[str]:
        """How the keys of texts can begin."""
        for scheme in self.all_schemes(""):
            yield from (f"outcome.{outcome.key}." for outcome in scheme.outcomes)
            for declaration in (d for group in scheme.groups for d in group.declarations()):
                yield f"lever.{declaration.name}."
                yield from (f"lever_value.{word}." for word in declaration.words)
        yield from (f"lever_value.{choice}." for choice in self.choices)
        yield from (f"item.{item.target}." for item in self.items)


_KINDS: Mapping[str, type] = {
    "groups": Group, "outcomes": Outcome, "schemes": Scheme, "choices": Choice, "items": object,
}  # fmt: skip


def _check_processes(processes: object) -> None:
    if not isinstance(processes, Mapping):
        raise InputError(
            f"processes: expected parts of the half-year with their processes, got {_a(processes)}",
            field="processes",
        )
    for part, listed in processes.items():
        if not isinstance(part, Part):
            known = ", ".join(f"Part.{one.name}" for one in Part)
            raise InputError(f"processes: expected one of {known}, got {part!r}", field="processes")
        if not isinstance(listed, tuple) or not all(isinstance(one, Process) for one in listed):
            raise InputError(f"processes: expected a tuple of Process in {part.value}", field="processes")


def _a(thing: object) -> str:
    return (
        f"the class {thing.__name__}"
        if isinstance(thing, type)
        else f"{reprlib.repr(thing)} ({type(thing).__name__})"
    )
