"""The levers as a form: each with its name, plain explanation, range, unit and source, and the value it has now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sim.design import Design, plain
from sim.errors import InputError
from sim.parameters.declaration import Declaration, Role, Value
from sim.parameters.registry import Registry
from sim.report.messages import Messages
from sim.report.number_format import number
from sim.scenario_files.values import accepted

_REFERENCE = re.compile(
    r"\s*\[[A-Z]\d+\]"
)  # to the list of assumptions, which readers of the page don't have
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_GROUPS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_GROUPED_FROM = 10_000
_MOST_DECIMALS = 10
HAPPENED = ("load", "guide_corps")  # groups whose levers describe what happened


class Kind(StrEnum):
    """How a lever is asked for."""

    TEXT = "text"  # a number
    YEARS = "years"  # years with commas between
    ONE = "one"  # one of several
    SOME = "some"  # some of several


@dataclass(frozen=True)
class Choice:
    """One of the values that a lever can take."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One lever as the form shows it.

    Attributes
    ----------
    shown : str
        What stands in the field: the value it has, or what the visitor wrote.
    now : str
        The value it has under the design that is changed.
    fault : str
        What is wrong with what the visitor wrote; empty if nothing is.
    """

    name: str
    kind: Kind
    label: str
    what: str
    unit: str
    span: str
    source: str
    now: str
    shown: str
    choices: tuple[Choice, ...] = ()
    fault: str = ""

    @property
    def id(self) -> str:
        """For labels and links."""
        return self.name.replace(".", "-")


@dataclass(frozen=True)
class FieldGroup:
    """Levers on one theme."""

    key: str
    title: str
    fields: tuple[Field, ...]


def levers(registry: Registry) -> list[Declaration]:
    """All levers, those that schemes offer first: the others describe what happened."""
    found = registry.of_role(Role.LEVER)
    return sorted(found, key=lambda d: d.group.key in HAPPENED)


def lever_groups(registry: Registry, design: Design, year: int, texts: Messages,
                 written: Mapping[str, Sequence[str]] | None = None,
                 faults: Mapping[str, str] | None = None) -> list[FieldGroup]:  # fmt: skip
    """The form's fields.

    Parameters
    ----------
    design : Design
        What is changed.
    year : int
        From when on it is changed; the values that hold then are shown.
    written : mapping, optional
        What the visitor sent, by lever.
    faults : mapping, optional
        What was wrong with it, by lever.
    """
    grouped: dict[str, list[Field]] = {}
    for d in levers(registry):
        now = design.value(d.name, year, registry)
        field = _field(d, now, texts, None if written is None else list(written.get(d.name, ())),
                       (faults or {}).get(d.name, ""))  # fmt: skip
        grouped.setdefault(d.group.key, []).append(field)
    return [
        FieldGroup(key, group_title(key, registry, texts), tuple(fields)) for key, fields in grouped.items()
    ]


def group_title(key: str, registry: Registry, texts: Messages) -> str:
    """What a group of levers is called."""
    declared = next(group.title for group in registry.groups if group.key == key)
    return texts.first(f"lever_group.{key.replace('.', '_')}") or declared


def label(d: Declaration, texts: Messages) -> str:
    """What a lever is called."""
    return texts.first(f"lever.{d.name}.name") or d.field.replace("_", " ").capitalize()


def explained(d: Declaration, texts: Messages) -> str:
    """What a lever is, in a sentence."""
    return texts.first(f"lever.{d.name}.what") or _sentence(d.meaning)


def source_of(d: Declaration, texts: Messages) -> str:
    """Where a lever's declared value comes from."""
    return texts.first(f"lever.{d.name}.source") or _sentence(d.source, stop=False)


def unit_key(unit: str) -> str:
    """A unit's key in the message files."""
    return re.sub(r"[^a-z0-9]+", "_", unit.lower()).strip("_")


def unit_of(d: Declaration, texts: Messages) -> str:
    """A lever's unit in words."""
    return texts.first(f"lever_unit.{unit_key(d.unit)}") or d.unit


def shown_value(value: Value, texts: Messages) -> str:
    """A value as readers of the language write it."""
    if isinstance(value, tuple):
        return ", ".join(_item(item, texts) for item in value)
    return _item(value, texts)


def taken(d: Declaration, written: Sequence[str], lang: str) -> Value:
    """The value that a visitor wrote or chose.

    Raises
    ------
    InputError
        Saying what was expected.
    """
    kind = d.item or d.kind
    if d.item is not None and d.words:
        return accepted(d, list(written))
    text = written[0].strip() if written else ""
    if d.item is not None:
        return accepted(d, [_number(part, lang) for part in re.split(r"[,;\s]+", text) if part])
    if kind is bool:
        return accepted(d, {"yes": True, "no": False}.get(text, text))
    if d.words:
        return accepted(d, text)
    return accepted(d, _number(text, lang))


def changes(registry: Registry, design: Design, year: int, written: Mapping[str, Sequence[str]], texts: Messages,
            ) -> tuple[dict[str, Value], dict[str, str]]:  # fmt: skip
    """The levers that a visitor set to something else, and what was wrong with what was written, by lever."""
    changed: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for d in levers(registry):
        if d.name not in written and not (d.item and d.words):
            continue  # not in the form: left as it is
        try:
            value = taken(d, written.get(d.name, ()), texts.lang)
        except InputError:
            faults[d.name] = texts.text("levers.fault", expected=_expected(d, texts))
            continue
        if value != design.value(d.name, year, registry):
            changed[d.name] = value
    return changed, faults


def _field(d: Declaration, now: Value, texts: Messages, written: list[str] | None, fault: str) -> Field:
    kind = d.item or d.kind
    chosen = written if written is not None else [_code(item) for item in (now if d.item else (now,))]
    how = Kind.YEARS if d.item else Kind.TEXT
    values: list[str] = []
    if kind is bool:
        how, values = Kind.ONE, ["yes", "no"]
    elif d.words:
        how, values = (Kind.SOME if d.item else Kind.ONE), [str(word) for word in d.words]
    shown = shown_value(now, texts)
    return Field(
        d.name, how, label(d, texts), explained(d, texts), unit_of(d, texts), _span(d, texts), source_of(d, texts), shown,
        shown if written is None else " ".join(written),
        tuple(Choice(value, value_name(value, texts), value in chosen) for value in values), fault,
    )  # fmt: skip


def value_name(value: str, texts: Messages) -> str:
    """What one of a lever's values is called."""
    return texts.first(f"lever_value.{value}") or value.replace("_", " ").capitalize()


def _span(d: Declaration, texts: Messages) -> str:
    if d.bounds is None or d.item is not None:
        return ""
    low, high = (_item(bound, texts) for bound in d.bounds)
    return texts.text("levers.span", low=low, high=high)


def _expected(d: Declaration, texts: Messages) -> str:
    kind = d.item or d.kind
    if kind is bool or d.words:
        return texts.text("levers.expected.choice")
    if d.item is not None:
        return texts.text("levers.expected.years")
    low, high = (_item(bound, texts) for bound in d.bounds or (0, 0))
    return texts.text(
        "levers.expected.whole" if kind is int else "levers.expected.number", low=low, high=high
    )


def _code(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(plain(value))


def _item(value: Value, texts: Messages) -> str:
    if isinstance(value, (bool, str)):
        return value_name(_code(value), texts)
    if isinstance(value, int):
        return number(value, texts.lang, grouped=value >= _GROUPED_FROM)
    decimals = len(f"{value:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")[2])
    return number(value, texts.lang, decimals)


def _number(text: str, lang: str) -> object:
    """A number as readers of the language write it; anything else stays text, which is then refused."""
    bare = _SPACES.sub("", text)
    if lang == "nb":
        bare = bare.replace(",", ".")
    elif _GROUPS.fullmatch(bare):
        bare = bare.replace(",", "")
    try:
        value = float(bare.replace("−", "-"))
    except ValueError:
        return text
    return int(value) if value.is_integer() and "." not in bare else value


def _sentence(words: str, *, stop: bool = True) -> str:
    bare = _REFERENCE.sub("", words).strip()
    return bare[:1].upper() + bare[1:] + ("." if stop and not bare.endswith(".") else "")
