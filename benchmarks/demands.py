"""What is demanded of the model's speed, and whether a session has met it; nothing fails for it."""

from __future__ import annotations

from collections.abc import Sequence

SMALLER = "The demands are about the whole country and all years; this was a smaller run."

Demand = tuple[str, str, bool]
"""What is demanded, what was measured, whether that is enough."""


def demands_table(demands: Sequence[Demand]) -> str:
    """Demands and whether they are met, as Markdown."""
    return table(
        ["demand", "measured", "met"],
        [[words, found, "yes" if met else "no"] for words, found, met in demands],
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with numbers in all columns but the first, as Markdown."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))
