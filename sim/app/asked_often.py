"""The questions on the front page: by theme, each with the two designs that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cached import read_yaml
from sim.errors import InputError
from sim.report.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping


_FILE = Path(__file__).with_name("asked_often.yaml")


@dataclass(frozen=True)
class AskedOften:
    """A question in words.

    Attributes
    ----------
    a, b : str
        Keys of the designs that answer it, a blank between where `b` are several.
    on_small : bool
        Whether it is the smallest municipalities that it is asked of, so that they are told of first.
    words : mapping
        The question, by language.
    """

    key: str
    a: str
    b: str
    on_small: bool
    words: Mapping[str, str]


@dataclass(frozen=True)
class Theme:
    """Questions about one thing; its title by language."""

    title: Mapping[str, str]
    questions: tuple[AskedOften, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """All questions, as they stand on the front page."""
    read: list[dict[str, Any]] = read_yaml(_FILE)
    return tuple(Theme(one["title"], tuple(_question(each) for each in one["questions"])) for one in read)


def _question(read: Mapping[str, Any]) -> AskedOften:
    words = {lang: read[lang] for lang in LANGUAGES}
    return AskedOften(read["key"], read["a"], read["b"], bool(read.get("on_small")), words)


def answered_by(a: str, b: str, *more: str) -> AskedOften | None:
    """The first of the questions that two designs answer, alone or with just the others that it asks about."""
    for theme in themes():
        for one in theme.questions:
            first, *others = one.b.split()
            if (one.a, first) == (a, b) and (not more or [*more] == others):
                return one
    return None


def find(key: str) -> AskedOften:
    """A question by its key; `InputError` if there is none."""
    for theme in themes():
        for question in theme.questions:
            if question.key == key:
                return question
    raise InputError(f"there is no question '{key}'", field="key")
