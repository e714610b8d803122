"""The page's words: those of the report, and the page's own from `messages/`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sim.atlas.telling import own_texts as atlas_texts
from sim.report.messages import LANGUAGES, Messages, load, read_texts
from sim.report.part_messages import load_part

_FOLDER = Path(__file__).with_name("messages")
FILES = ("page", "levers", "value")
_UNIT = re.compile(r"\s*\(([^()]*)\)$")


@cache
def own_texts(file: str, lang: str) -> dict[str, str]:
    """The texts of one of the page's own files, by dotted key."""
    return read_texts(_FOLDER / f"{file}.{lang}.yaml")


@cache
def texts(lang: str) -> Messages:
    """All texts of a language that the page may show.

    Raises
    ------
    ValueError
        For a language without texts.
    """
    report = load_part("partnerships", lang) if lang in LANGUAGES else load(lang)
    own = {key: text for file in FILES for key, text in own_texts(file, lang).items()}
    return Messages(lang, {**{key: report.raw(key) for key in report}, **atlas_texts(lang), **own})


def assumption_name(name: str, words: Messages) -> tuple[str, str]:
    """What an assumption is called, and its unit, which stands last in its text; both empty if it has no name for readers."""
    text = words.first(f"parameter.{name}", f"conditions.parameter.{name}") or ""
    unit = _UNIT.search(text)
    return _UNIT.sub("", text), unit[1] if unit else ""
