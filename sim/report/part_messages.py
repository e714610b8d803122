"""Texts of the report's parts on particular tables, kept in files of their own: `messages/parts/<part>.<language>.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sim.report.messages import Messages, load, read_texts

_FOLDER = Path(__file__).with_name("messages") / "parts"


@cache
def load_part(part: str, lang: str) -> Messages:
    """The messages of a language together with those of a part."""
    whole = load(lang)
    own = read_texts(_FOLDER / f"{part}.{lang}.yaml")
    return Messages(lang, {**{key: whole.raw(key) for key in whole}, **own})
