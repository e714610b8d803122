from __future__ import annotations

import re
from enum import StrEnum

import pytest

from sim.app.lever_form import explained, label, levers, unit_key
from sim.app.texts import own_texts, texts
from sim.declared import REGISTRY

LEVERS = levers(REGISTRY)
INSIDE_WORDS = re.compile(r"\bUH\b|\brobek\b|grunnskolepoeng count|\[\w+\]|`")
"""What only those know who know the model or the sector's short forms."""


@pytest.mark.parametrize("lever", LEVERS, ids=lambda d: d.name)
@pytest.mark.parametrize("part", ["name", "what", "source"])
def test_every_lever_is_told_in_norwegian(lever: object, part: str) -> None:
    name = lever.name  # type: ignore[attr-defined]
    assert texts("nb").first(f"lever.{name}.{part}"), f"lever.{name}.{part} is missing in levers.nb.yaml"


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_lever_s_name_group_unit_and_values_are_told(lang: str) -> None:
    words = texts(lang)
    for d in LEVERS:
        kind = d.item or d.kind
        values = [member.value for member in kind] if issubclass(kind, StrEnum) else ["yes", "no"]
        wanted = [
            f"lever.{d.name}.name",
            f"lever_group.{d.group.key.replace('.', '_')}",
            f"lever_unit.{unit_key(d.unit)}",
            *(f"lever_value.{value}" for value in values),
        ]
        assert [key for key in wanted if not words.first(key)] == []


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_lever_is_explained_in_plain_words_that_say_more_than_its_name(lang: str) -> None:
    words = texts(lang)
    for d in LEVERS:
        told, name = explained(d, words), label(d, words)
        assert told.endswith("."), d.name
        assert told.rstrip(".").lower() != name.lower(), d.name
        assert not INSIDE_WORDS.search(told), f"{d.name}: {told}"


def test_no_lever_is_told_that_there_is_not() -> None:
    told = {
        key.removeprefix("lever.").rsplit(".", 1)[0]
        for key in own_texts("levers", "nb")
        if key.startswith("lever.")
    }
    assert told == {d.name for d in LEVERS}


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="no texts in the language"):
        texts("sv")
