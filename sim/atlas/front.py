"""What the front answer on two designs stands on: the outcomes that its verdict names, whose conditions are told first."""

from __future__ import annotations

from sim.atlas.kept import FOLLOWED, OWN_PER_PUPIL, KeptAtlas
from sim.atlas.municipality_types import leading_for
from sim.atlas.telling import Telling
from sim.report.answer import named_outcomes
from sim.report.view import View

_LANG = "nb"  # no text is taken
_RECKONED = {FOLLOWED: "pupils_reached", OWN_PER_PUPIL: "own_nok"}
"""What the atlas reckons for types of municipality, and the outcome of the model that it comes of."""


def on_the_front(kept: KeptAtlas | None, design: str, versus: str, group: str = "") -> list[tuple[str, str]]:
    """What moved most for the better and for the worse in the kept answer, each outcome with the group it is told of.

    Parameters
    ----------
    group : str
        Type of municipality that the question is asked of; of those that it is about if empty.

    Returns
    -------
    list of tuple of str and str
        Empty if the atlas lacks one of the designs, or nothing moved.
    """
    if kept is None or not {design, versus} <= set(kept.designs):
        return []
    if not group:
        return named_outcomes(View(kept.between(versus, design), _LANG), design)
    cells = leading_for(Telling(kept, _LANG, versus), design, group).values()
    return [(_RECKONED.get(cell.d.row.outcome, cell.d.row.outcome), group) for cell in cells]
