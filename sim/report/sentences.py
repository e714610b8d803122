"""Sentences chosen by what the numbers allow: which message, with which values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from sim.report.messages import Messages


@dataclass(frozen=True)
class Sentence:
    """A message with its values, not yet text: the page shows it as HTML, the command line as plain text."""

    messages: Messages
    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.messages.text(self.key, **self.values)

    def __html__(self) -> Markup:
        return self.messages.html(self.key, **self.values)
