"""What plug-ins added to the model: told in a section of its own, with the answers to their survey items."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.quantity import Quantity, source
from sim.report.view import View


@dataclass(frozen=True)
class ItemRow:
    """One survey item in one half-year under one design, mean over worlds."""

    name: str
    respondents: str
    source: str
    wave: str
    design: str
    mean: Quantity


def item_rows(view: View) -> list[ItemRow]:
    """The answers to the plug-ins' survey items; none if they have none."""
    items = {item["target"]: item for plugin in view.results.manifest.plugins for item in plugin["items"]}
    if not items:
        return []
    rows = view.results.table("surveys", filters=[("target", "in", list(items))])
    found = []
    for key, part in rows.groupby(["target", "wave", "design"], observed=True, sort=True):
        target, wave, design = map(str, key)
        mean = float(part["share"].mean())
        place = source(
            "surveys.parquet", design=design, target=target, wave=wave, column="share", stat="mean"
        )
        item, name = items[target], view.messages.first(f"item.{target}.name")
        found.append(
            ItemRow(
                name or item["reports"],
                item["respondents"],
                item["source"],
                wave,
                design,
                Quantity(mean, place, view.messages, decimals=2),
            )
        )
    return found
