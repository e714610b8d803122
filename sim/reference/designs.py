"""The page on designs: every scenario file that comes with the model, and what it changes, in words."""

from __future__ import annotations

from sim.declared import REGISTRY
from sim.design import Design
from sim.reference.markdown import cell, code, paragraphs, table
from sim.scenario_files import diff, load_design, names

_LANG = "en"


def designs() -> str:
    """Every design with its title, text, first year of difference and the levers changed against the one it extends."""
    found = [load_design(name, REGISTRY) for name in names()]
    lead = (
        "The designs in `scenarios/`. What each changes is told against the design it extends, lever by lever; "
        "`kompetansesim diff A B` tells it of any two."
    )
    lines = [
        *paragraphs("# Designs", lead),
        *table(
            ["name", "title", "extends", "differs from it from"],
            [
                [f"[`{d.key}`](#{d.key})", d.title.get(_LANG, ""), code(d.extends or ""), _first_year(d)]
                for d in found
            ],
        ),
    ]
    for design in found:
        lines += _chapter(design)
    return "\n".join(lines)


def _parent(design: Design) -> Design:
    """The design that this one extends; for the first of all, one that leaves every lever at its default."""
    return load_design(design.extends, REGISTRY) if design.extends else Design(key="the defaults")


def _first_year(design: Design) -> str:
    year = design.parts_from(_parent(design), REGISTRY)
    return "never" if year is None else str(year)


def _chapter(design: Design) -> list[str]:
    parent = _parent(design)
    changes = diff(parent, design, REGISTRY, _LANG)
    name = code(design.extends) if design.extends else "the defaults of the declarations"
    return [
        *paragraphs(
            f"## {design.key}",
            f"**{cell(design.title.get(_LANG, ''))}.** {cell(design.description.get(_LANG, ''))}",
            f"Expected: {cell(design.expected.get(_LANG, ''))}",
            f"Source: {cell(design.source)}.",
            f"Against {name}:" if changes else f"Against {name} nothing changes.",
        ),
        *(f"- {cell(change)}" for change in changes),
        *([""] if changes else []),
    ]
