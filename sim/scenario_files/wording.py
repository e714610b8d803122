"""The difference between two designs in words, in Norwegian and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sim.design import FIRST_YEAR, Design, plain
from sim.errors import InputError
from sim.parameters.declaration import Declaration, Value
from sim.parameters.registry import Registry


@dataclass(frozen=True)
class Frames:
    """The sentences of one language."""

    changed: str
    listed: str
    since: str
    between: str
    one_year: str
    throughout: str
    adds: str
    drops: str
    nothing: str
    yes: str
    no: str
    thousands: str
    point: str


@dataclass(frozen=True)
class Words:
    """What parameters, units and choices are called for readers; where there is nothing, it is as declared, in English."""

    meanings: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


AS_DECLARED = Words()

FRAMES = {
    "en": Frames(
        changed="{name} ({meaning}): {before} -> {after} {time}",
        listed="{name} ({meaning}): {changes} {time}",
        since="from {first}",
        between="from {first} to {last}",
        one_year="in {first}",
        throughout="for the whole run",
        adds="adds {items}",
        drops="drops {items}",
        nothing="{a} and {b} do not differ.",
        yes="yes",
        no="no",
        thousands=",",
        point=".",
    ),
    "nb": Frames(
        changed="{name} ({meaning}): {before} -> {after} {time}",
        listed="{name} ({meaning}): {changes} {time}",
        since="fra og med {first}",
        between="fra og med {first} til og med {last}",
        one_year="i {first}",
        throughout="for hele kjøringen",
        adds="legger til {items}",
        drops="tar ut {items}",
        nothing="{a} og {b} er like.",
        yes="ja",
        no="nei",
        thousands=" ",
        point=",",
    ),
}


def diff(a: Design, b: Design, registry: Registry, lang: str = "en", words: Words = AS_DECLARED) -> list[str]:
    """What changes from design `a` to design `b`: one sentence for each parameter and stretch of years.

    Parameters
    ----------
    lang : {"nb", "en"}
    words : Words
        What things are called in that language; by default as they are declared, in English.

    Returns
    -------
    list of str
        Empty if the designs do not differ; see `no_difference`.
    """
    frames = _frames(lang)
    years = sorted({FIRST_YEAR} | a.years_of_change() | b.years_of_change())
    assumed = a.assumptions.keys() | b.assumptions.keys()
    sentences = []
    for name in sorted({name for year in years for name in a.differences_in(b, year, registry)}):
        declaration = registry.find(name)
        for first, last, before, after in _stretches(a, b, name, years, registry):
            time = frames.throughout if name in assumed else _time(frames, first, last)
            sentences.append(_sentence(declaration, before, after, time, frames, words))
    return sentences


def no_difference(a: Design, b: Design, lang: str = "en") -> str:
    """The sentence that says that two designs are the same."""
    return _frames(lang).nothing.format(a=a.key, b=b.key)


def _frames(lang: str) -> Frames:
    if lang not in FRAMES:
        raise InputError(f"language: expected one of {', '.join(FRAMES)}, got '{lang}'", field="lang")
    return FRAMES[lang]


def _stretches(
    a: Design, b: Design, name: str, years: list[int], registry: Registry
) -> list[tuple[int, int | None, Value, Value]]:
    """Where one parameter differs: (first year, last year or None for ever, value in a, value in b)."""
    found: list[tuple[int, int | None, Value, Value]] = []
    ends: list[int | None] = [year - 1 for year in years[1:]]
    for year, last in zip(years, [*ends, None], strict=True):
        before, after = a.value(name, year, registry), b.value(name, year, registry)
        if before == after:
            continue
        if found and found[-1][1] == year - 1 and found[-1][2:] == (before, after):
            found[-1] = (found[-1][0], last, before, after)
        else:
            found.append((year, last, before, after))
    return found


def _time(frames: Frames, first: int, last: int | None) -> str:
    if last is None:
        return frames.since.format(first=first)
    return (frames.one_year if first == last else frames.between).format(first=first, last=last)


def _sentence(
    declaration: Declaration, before: Value, after: Value, time: str, frames: Frames, words: Words
) -> str:
    number = isinstance(after, (int, float)) and not isinstance(after, bool)
    meaning = words.meanings.get(declaration.name, declaration.meaning)
    unit = words.units.get(declaration.unit, declaration.unit)
    meaning = f"{meaning}; {unit}" if number else meaning
    common = {"name": declaration.name, "meaning": meaning, "time": time}
    if declaration.item is not None and set(before) != set(after):
        added = [item for item in after if item not in before]
        dropped = [item for item in before if item not in after]
        changes = [
            frame.format(items=_listed(items, frames, words))
            for frame, items in ((frames.adds, added), (frames.drops, dropped))
            if items
        ]
        return frames.listed.format(changes="; ".join(changes), **common)
    shown = {"before": _shown(before, frames, words), "after": _shown(after, frames, words)}
    return frames.changed.format(**shown, **common)


def _listed(items: Iterable[Value], frames: Frames, words: Words) -> str:
    return ", ".join(_shown(item, frames, words, grouped=False) for item in items)


def _shown(value: Value, frames: Frames, words: Words, *, grouped: bool = True) -> str:
    """A value as a reader of the language writes it; years stand in lists and are not grouped."""
    if isinstance(value, tuple):
        return f"[{_listed(value, frames, words)}]"
    if isinstance(value, bool):
        return frames.yes if value else frames.no
    if isinstance(value, (int, float)):
        text = f"{value:,.10g}" if grouped else f"{value:.10g}"
        marks = {",": frames.thousands, ".": frames.point}
        return "".join(marks.get(sign, sign) for sign in text)
    key = str(plain(value))
    return words.choices.get(key, key)
