"""The texts for readers: every message file of the package, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from sim.experiments.provenance import PACKAGE
from sim.report.messages import read_texts

PLACE = re.compile(r"{(\w+)}")
NORWEGIAN = sorted(PACKAGE.glob("*/messages/**/*nb.yaml"))
LEVERS = "levers.nb.yaml"  # what it holds beyond its English fellow stands in English in the declarations


@pytest.mark.parametrize("file", NORWEGIAN, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_both_languages_have_the_same_texts_with_the_same_places(file: Path) -> None:
    nb, en = read_texts(file), read_texts(file.with_name(file.name.replace("nb.yaml", "en.yaml")))
    assert nb
    assert en.keys() == {key for key in nb if key in en or file.name != LEVERS}
    for key, text in en.items():
        assert set(PLACE.findall(text)) == set(PLACE.findall(nb[key])), key


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.glob("*/messages/**/*.yaml")), ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_no_text_is_empty_or_formats_numbers_itself(file: Path) -> None:
    for key, text in read_texts(file).items():
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
    keys = {key for file in NORWEGIAN for key in read_texts(file)}
    own = {key: key.partition(".")[2] if key.startswith(put_before) else key for key in keys}
    assert sorted(k for k in keys if asked.isdisjoint((*_beginnings(k), *_beginnings(own[k])))) == []
