"""Texts from outside: what can't be shown is refused where it comes in, and what is quoted of it can be printed anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.design import Design
from sim.errors import MOST_FAULTS, InputError
from sim.legible import illegible, legible
from sim.scenario_files import load_design


@pytest.mark.parametrize(
    "text", ["Frivillig – ordningen", "Ávjovárri", "to linjer\nog tab\t", "mykt\u00adskille", "🏫"]
)
def test_words_of_any_language_are_legible(text: str) -> None:
    assert illegible(text) is None
    assert legible(text) == text


@pytest.mark.parametrize(
    ("text", "sign"),
    [("a\ud800b", "U+D800"), ("\x1b[31m", "U+001B"), ("\u202egnp", "U+202E"), ("\x00", "U+0000")],
)
def test_halves_of_pairs_controls_and_signs_that_turn_the_writing_are_not(text: str, sign: str) -> None:
    assert illegible(text) == sign
    assert f"<{sign}>" in legible(text)
    str(InputError(f"got {text}")).encode()


def test_what_a_message_quotes_is_cut() -> None:
    told = str(InputError("unknown parameter '" + "x" * 200_000 + "'", file="a.yaml", line=3))
    assert len(told) < 1_100
    assert told.startswith("a.yaml:3: unknown parameter 'xxx")


@pytest.mark.parametrize("field", ["title", "author", "source"])
def test_a_scenario_with_a_text_that_no_file_can_hold_is_refused_with_its_line(
    tmp_path: Path, field: str
) -> None:
    texts = {"title": "One", "author": "somebody", "source": "a report"} | {field: "a\\uD800b"}
    lines = [f'{name}: "{text}"' for name, text in texts.items()]
    file = tmp_path / "mine.yaml"
    file.write_text("\n".join(["extends: voluntary", *lines]), encoding="utf-8")
    with pytest.raises(InputError, match=r"mine.yaml:[234]:\d+: .*sign that can't be shown \(U\+D800\)"):
        load_design(file)


def test_a_design_made_in_python_is_held_to_the_same() -> None:
    with pytest.raises(InputError, match=r"U\+202E"):
        Design("mine", title={"en": "\u202eeno", "nb": "en"})


def test_of_thousands_of_faults_the_first_are_told_and_soon(tmp_path: Path) -> None:
    names = [f"  draw.weihgt_{i}: 1" for i in range(8_000)]
    file = tmp_path / "mine.yaml"
    file.write_text(
        "\n".join(["extends: voluntary", "title: T", "from: 2026", "levers:", *names]), encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        load_design(file)
    errors = caught.value.errors  # type: ignore[attr-defined]  # of a list of faults
    assert len(errors) == MOST_FAULTS + 1
    assert "the first 50 faults are told" in str(errors[-1])
