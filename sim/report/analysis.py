"""Which page belongs to an analysis or a sweep: each kind has a module that makes its sheet."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

from sim.report.sheet import Sheet, Source
from sim.report.sweep_sheet import SweepSource, is_sweep

SHEETS = {
    "sensitivity": "sensitivity_sheet",
    "discovery": "discovery_sheet",
    "search": "search_sheet",
    "sweep": "sweep_sheet",
    "value of information": "value_sheet",
}
"""Kinds of analyses, and the module that makes each one's page."""


def is_analysis(folder: Path) -> bool:
    """Whether the folder holds a sweep or an analysis (sensitivity, discovery, ...), which have pages of their own."""
    if is_sweep(folder):
        return True
    try:
        return "kind" in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def sheet_of(folder: Path, lang: str) -> Sheet:
    """The page of whichever kind of analysis lies in the folder, in one language."""
    source = SweepSource(folder, lang) if is_sweep(folder) else Source(folder, lang)
    made: Sheet = import_module(f"sim.report.{SHEETS[source.about['kind']]}").sheet(source)
    return made
