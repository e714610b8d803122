"""How much of the country is modelled, and in which years."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Scope(Group, key="scope", title="Scope of a run"):
    """Settings that are not facts about the world."""

    scale: float = fixed(
        1.0, unit="share of the country", bounds=(0.02, 1.0), source="definition",
        meaning="share of each county's municipalities that is modelled, for quick tries; places in the draw shrink with it",
    )
