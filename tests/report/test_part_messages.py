from __future__ import annotations

import re
from string import Formatter

import pytest

from sim.report.part_messages import load_part, parts

PLACE = re.compile(r"{(\w+)}")


def own(part: str, lang: str) -> dict[str, str]:
    """The texts that a part adds."""
    whole, base = load_part(part, lang), load_part(next(p for p in parts() if p != part), lang)
    return {key: whole.raw(key) for key in whole if key not in base}


def test_there_are_texts_for_every_part() -> None:
    assert parts() == (
        "analysis",
        "calibration",
        "evaluation",
        "partnerships",
        "surveys",
        "theory",
        "variance",
    )


@pytest.mark.parametrize("part", parts())
def test_both_languages_have_the_same_messages_with_the_same_places(part: str) -> None:
    nb, en = own(part, "nb"), own(part, "en")
    assert nb
    assert nb.keys() == en.keys()
    for key, text in nb.items():
        assert set(PLACE.findall(text)) == set(PLACE.findall(en[key])), key


@pytest.mark.parametrize("part", parts())
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_message_is_empty_or_formats_numbers_itself(part: str, lang: str) -> None:
    for key, text in own(part, lang).items():
        assert text, key
        assert not any(spec or conversion for _, _, spec, conversion in Formatter().parse(text)), key


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_report_s_other_texts_are_there_too(lang: str) -> None:
    assert "unit.percent.other" in load_part("theory", lang)
