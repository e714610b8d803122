from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from string import Formatter

import pytest

from sim.app.lever_form import explained, label, levers, unit_key
from sim.app.texts import FILES, own_texts, texts
from sim.declared import REGISTRY
from sim.experiments.provenance import PACKAGE
from sim.report.messages import read_texts

PLACE = re.compile(r"{(\w+)}")
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


@pytest.mark.parametrize("file", FILES)
def test_both_languages_name_the_same_places(file: str) -> None:
    nb, en = own_texts(file, "nb"), own_texts(file, "en")
    if file != "levers":
        assert nb.keys() == en.keys()
    else:
        assert en.keys() <= nb.keys()
    for key in en:
        assert set(PLACE.findall(nb[key])) == set(PLACE.findall(en[key])), key


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("file", FILES)
def test_no_text_is_empty_or_formats_numbers_itself(file: str, lang: str) -> None:
    for key, text in own_texts(file, lang).items():
        assert text, key
        assert not any(spec or conversion for _, _, spec, conversion in Formatter().parse(text)), key


def _written(file: Path) -> Iterator[str]:
    """The texts in quotes of a module or template; of one with places in it, the pieces."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".j2":
        return (found[1] for found in re.finditer("'([^'\"\\n]*)'", text))
    return (
        n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    )


def _beginnings(key: str) -> Iterator[str]:
    yield key
    for sign in re.finditer("[._]", key):
        yield key[: sign.end()]
        if "." in key[: sign.start()]:
            yield key[: sign.start()]


def test_every_text_is_asked_for_somewhere() -> None:
    put_before = ("calibration.", "conditions.")  # by two parts, to whatever they ask for
    handed_on = {"glossary.", "sources.", "enough.", "turn.", "atlas.month."}
    files = [file for ending in ("*.py", "*.j2") for file in PACKAGE.rglob(ending)]
    asked = {text for file in files for text in _written(file)}.difference(put_before) | handed_on
    keys = {key for file in PACKAGE.glob("*/messages/**/*nb.yaml") for key in read_texts(file)}
    own = {key: key.partition(".")[2] if key.startswith(put_before) else key for key in keys}
    assert sorted(k for k in keys if asked.isdisjoint((*_beginnings(k), *_beginnings(own[k])))) == []


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="no texts in the language"):
        texts("sv")
