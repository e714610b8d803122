"""What the designs of the atlas are about: each stands under one theme, told by the levers in which it differs from the first."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Theme(StrEnum):
    """Themes, in the order in which they are shown."""

    FOLLOW_UP = "follow_up"
    DRAW = "draw"
    FUNDING = "funding"
    SYSTEM = "system"
    VOCATIONAL = "vocational"
    OTHER = "other"


_DRAW = "follow_up.draw."
_BY_PART = {
    "system_2026": Theme.SYSTEM,
    "neighbours": Theme.SYSTEM,
    "follow_up": Theme.FOLLOW_UP,
    "decentralised": Theme.FUNDING,
    "vocational": Theme.VOCATIONAL,
}


def theme_of(levers: Collection[str]) -> Theme:
    """The theme of a design that differs in these levers; of several the first of the list that any belongs to."""
    if levers and all(name.startswith(_DRAW) for name in levers):
        return Theme.DRAW
    parts = {name.partition(".")[0] for name in levers}
    return next((theme for part, theme in _BY_PART.items() if part in parts), Theme.OTHER)
