"""Texts as they are shown: without what no file, terminal or page can show, and fit to stand inside a sentence."""

from __future__ import annotations

import unicodedata

LONGEST_TOLD = 1_000  # letters of a message; what it quotes may be a whole file
_WHITE = "\n\r\t"
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of writing, so that a text is read otherwise than it stands."""


def illegible(text: str) -> str | None:
    """The first sign of a text that can't be shown, by its number (as `U+D800`); None if there is none.

    These are control characters other than white space, halves of pairs that stand alone (lone surrogates, which no file can
    hold), and signs that turn the direction of writing.
    """
    if text.isprintable():
        return None
    return next((f"U+{ord(sign):04X}" for sign in text if _is_illegible(sign)), None)


def legible(text: str, longest: int = LONGEST_TOLD) -> str:
    """A text as it can be printed anywhere: such signs by their numbers, and cut where it is too long."""
    if len(text) > longest:
        half = longest // 2
        text = f"{text[:half]} [... {len(text) - 2 * half} letters ...] {text[-half:]}"
    if text.isprintable():
        return text
    return "".join(f"<U+{ord(sign):04X}>" if _is_illegible(sign) else sign for sign in text)


def lowered(words: str) -> str:
    """Small first letter, unless the word is an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _is_illegible(sign: str) -> bool:
    return sign in _TURNING or (sign not in _WHITE and unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp"))
