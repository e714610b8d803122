"""What is wrong with an uploaded scenario, in the reader's language: files are read in English, as their keys are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sim.cached import read_yaml

_FILE = Path(__file__).with_name("faults.nb.yaml")
_PLACE = re.compile(r"\\{(\w+)\\}")


@cache
def _known(section: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The English sentences as patterns, each with the Norwegian one."""
    read: list[dict[str, str]] = read_yaml(_FILE)[section]
    escaped = ((re.escape(one["en"].replace("{{", "\0").replace("}}", "\1")), one["nb"]) for one in read)
    return tuple(
        (re.compile(_PLACE.sub(r"(?P<\1>.*?)", en).replace("\0", r"\{").replace("\1", r"\}"), re.DOTALL), nb)
        for en, nb in escaped
    )


def _said(section: str, words: str) -> str | None:
    for pattern, nb in _known(section):
        if match := pattern.fullmatch(words):
            return nb.format(
                **{name: _said("parts", value) or value for name, value in match.groupdict().items()}
            )
    return None


def in_language(fault: str, lang: str) -> str | None:
    """A fault as a reader of the language is told it; None if it is known in English alone."""
    return fault if lang == "en" else _said("faults", fault)
