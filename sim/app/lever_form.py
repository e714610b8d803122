"""The levers and the assumptions as a form: each with its name, plain words, range, unit and source, and the value it has now.

What nobody decides stands under the assumptions, also where it is declared as a lever: what owners feel, what other schemes ask.
An assumption that is left empty varies from simulation to simulation, as the model has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from sim.app.texts import assumption_name
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
_FELT = ("follow_up.felt_pressure",)  # levers that say how a scheme is met
_GROUP_OF = {
    "follow_up.acceptance": "trust",
    "follow_up.grounds": "trust",
    "follow_up.peers": "trust",
    **dict.fromkeys(
        (
            "follow_up.will", "follow_up.felt_pressure", "follow_up.acceptance.decline_if_free",
            "follow_up.acceptance.enforced_worth", "follow_up.acceptance.obligation_floor",
            "follow_up.acceptance.mild_floor", "follow_up.acceptance.robek_floor",
        ), "effort",
    ),
    "follow_up.prephase": "guidance",
    "follow_up.governors": "guidance",
    "follow_up.implementation": "carrying_out",
    "decentralised.forum": "forum",
    "decentralised.logics": "forum",
    "neighbours": "system_2026",
    "classroom": "school",
    "implementing": "school",
    "results": "school",
}  # fmt: skip
"""Where assumptions stand in the form, by their name or how it begins; others stand under their part of the model."""
Written: TypeAlias = Mapping[str, Sequence[str]]  # what stands in fields, by name


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
    """One lever or assumption as the form shows it.

    Attributes
    ----------
    shown : str
        What stands in the field: the value it has, or what the visitor wrote.
    source : str
        Where the declared value comes from; of an assumption, what the model reckons with.
    now : str
        The value it has under the design that is changed; empty for an assumption that varies.
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
    """Levers on one theme, or assumptions.

    Attributes
    ----------
    assumed : bool
        Whether it holds what nobody decides.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    assumed: bool = False

    @property
    def is_set(self) -> bool:
        """Whether something in it says other than the model does, or is wrong."""
        return any(field.fault or field.shown != field.now for field in self.fields)


@dataclass(frozen=True)
class Changes:
    """What a form says other than the design it changes.

    Attributes
    ----------
    levers, assumptions : mapping from name to value
        Set to something else.
    freed : tuple of str
        Assumptions that the design sets, and the form leaves to the model.
    faults : mapping from name to str
        What is wrong with what was written.
    """

    levers: Mapping[str, Value]
    assumptions: Mapping[str, Value]
    freed: tuple[str, ...]
    faults: Mapping[str, str]

    @property
    def is_none(self) -> bool:
        """Whether nothing is changed."""
        return not (self.levers or self.assumptions or self.freed)

    def assume(self, design: Design) -> Design:
        """A design under the assumptions of the form."""
        kept = {name: value for name, value in design.assumptions.items() if name not in self.freed}
        return replace(design, assumptions=dict(sorted({**kept, **self.assumptions}.items())))


def levers(registry: Registry) -> list[Declaration]:
    """All levers, those that schemes offer first: the others describe what happened."""
    found = registry.of_role(Role.LEVER)
    return sorted(found, key=lambda d: d.group.key in HAPPENED)


def assumptions(registry: Registry, texts: Messages) -> list[Declaration]:
    """The uncertain parameters that have a name for readers: what answers hang on."""
    return [d for d in registry.of_role(Role.UNCERTAIN) if _name_of(d, texts)]


def _name_of(d: Declaration, texts: Messages) -> str:
    return assumption_name(d.name, texts)[0]


def _assumed_under(name: str) -> str:
    """The group of an assumption: that of the longest beginning of its name which has one, else its part of the model."""
    beginnings = [known for known in _GROUP_OF if f"{name}.".startswith(f"{known}.")]
    return _GROUP_OF[max(beginnings, key=len)] if beginnings else name.partition(".")[0]


def form_groups(
    registry: Registry, design: Design, year: int, texts: Messages, written: Written | None = None,
    faults: Mapping[str, str] | None = None,
) -> list[FieldGroup]:  # fmt: skip
    """The form's fields: the levers, then what is assumed.

    Parameters
    ----------
    design : Design
        What is changed.
    year : int
        From when on it is changed; the values that hold then are shown.
    written : mapping, optional
        What stands in some fields; the others show what holds now.
    faults : mapping, optional
        What was wrong with it.
    """
    grouped: dict[tuple[str, bool], list[Field]] = {}
    for d in (*levers(registry), *assumptions(registry, texts)):
        lies = d.role is Role.LEVER and d.name not in _FELT
        key = d.group.key if lies else _assumed_under(d.name)
        now = design.value(d.name, year, registry) if d.role is Role.LEVER else design.assumptions.get(d.name)
        field = _field(d, now, texts, (written or {}).get(d.name), (faults or {}).get(d.name, ""))
        grouped.setdefault((key, not lies or key in HAPPENED), []).append(field)
    return [
        FieldGroup(key, _title(key, registry, texts, assumed=assumed), tuple(fields), assumed)
        for (key, assumed), fields in sorted(grouped.items(), key=lambda group: group[0][1])
    ]


def _title(key: str, registry: Registry, texts: Messages, *, assumed: bool) -> str:
    if assumed and (own := texts.first(f"assumption_group.{key}")):
        return own
    return group_title(key, registry, texts)


def group_title(key: str, registry: Registry, texts: Messages) -> str:
    """What a group of levers is called."""
    declared = next(group.title for group in registry.groups if group.key == key)
    return texts.first(f"lever_group.{key.replace('.', '_')}") or declared


def label(d: Declaration, texts: Messages) -> str:
    """What a lever or an assumption is called."""
    return texts.first(f"lever.{d.name}.name") or _name_of(d, texts) or d.name


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


def changes(registry: Registry, design: Design, year: int, written: Written, texts: Messages) -> Changes:
    """What a visitor set to something else, and what was wrong with it; fields that are not there stay as they are."""
    moved: dict[str, Value] = {}
    assumed: dict[str, Value] = {}
    freed, faults = [], {}
    for d in (*levers(registry), *assumptions(registry, texts)):
        if d.name not in written:
            continue
        of_levers = d.role is Role.LEVER
        now = design.value(d.name, year, registry) if of_levers else design.assumptions.get(d.name)
        try:
            value = _taken(d, written[d.name], texts.lang)
        except InputError:
            faults[d.name] = texts.text("levers.fault", expected=_expected(d, texts))
            continue
        if value is None and now is not None:
            freed.append(d.name)
        elif value != now:
            (moved if of_levers else assumed)[d.name] = value
    return Changes(moved, assumed, tuple(freed), faults)


def rewritten(
    registry: Registry, design: Design, year: int, written: Written, was: Messages, texts: Messages
) -> dict[str, list[str]]:
    """What was written in one language, as the other writes it; only the fields that say other than what holds now."""
    told = changes(registry, design, year, written, was)
    found = {name: list(written[name]) for name in told.faults} | {name: [""] for name in told.freed}
    for name, value in {**told.levers, **told.assumptions}.items():
        d = registry.find(name)
        if d.words or d.kind is bool:
            found[name] = [_code(item) for item in (value if d.item else (value,))] or [""]
        else:
            found[name] = [shown_value(value, texts)]
    return found


def _taken(d: Declaration, written: Sequence[str], lang: str) -> Value | None:
    """As `taken`; None for an assumption that is left to the model."""
    if d.role is not Role.LEVER and not "".join(written).strip():
        return None
    return taken(d, [each for each in written if each] if d.item and d.words else written, lang)


def _field(
    d: Declaration, now: Value | None, texts: Messages, written: Sequence[str] | None, fault: str
) -> Field:
    kind = d.item or d.kind
    if d.role is not Role.LEVER:
        stands = shown_value(now, texts) if now is not None else ""
        unit = assumption_name(d.name, texts)[1]
        usual = texts.text("levers.usual", value=shown_value(d.default, texts), unit=unit)
        low, high = (_item(bound, texts) for bound in d.bounds or ())
        span = texts.text("levers.span_in", low=low, high=high, unit=unit)
        return Field(
            d.name, Kind.TEXT, label(d, texts), "", unit, span, usual, stands,
            stands if written is None else " ".join(written), fault=fault,
        )  # fmt: skip
    assert now is not None
    chosen = written if written is not None else [_code(item) for item in (now if d.item else (now,))]
    how = Kind.YEARS if d.item else Kind.TEXT
    values: list[str] = []
    if kind is bool:
        how, values = Kind.ONE, ["yes", "no"]
    elif d.words:
        how, values = (Kind.SOME if d.item else Kind.ONE), [str(word) for word in d.words]
    shown = shown_value(now, texts)
    source = texts.text("levers.source", source=source_of(d, texts))
    return Field(
        d.name, how, label(d, texts), explained(d, texts), unit_of(d, texts), _span(d, texts), source, shown,
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
