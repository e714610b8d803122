"""Who gains and who loses: the differences by size, region, centrality, economy, need and being picked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.answer import outcomes_by_group
from sim.report.differences import Difference, Finding
from sim.report.figures.answer import LEAST_REACH, in_words, least, place, times_ticks
from sim.report.figures.legend import caption, design_keys
from sim.report.figures.panel import Axis, Dots, Figure, Line, Margins, Mark, Panel, Rect
from sim.report.group_names import PICKED_EITHER
from sim.report.style import AXIS, ZONE
from sim.report.view import View

GROUPS = (
    ("all",),
    ("need", PICKED_EITHER),
    ("size.small", "size.medium", "size.large"),
    ("region.north", "region.west", "region.east", "region.south"),
    ("centrality.remote", "centrality.middle", "centrality.central"),
    ("economy.low", "economy.middle", "economy.high", "economy.robek"),
)
_GAP_ROWS = 0.5  # between kinds of groups
_ROW_PX, _MARK_PX = 16.0, 7.0
_MARGINS = Margins(left=136, right=14, top=50, bottom=28)
_ROOM = 0.05


def gains_figure(view: View, outcomes: Sequence[str] = ()) -> Figure:
    """Differences with intervals for each group, of some outcomes or all; light grey behind what would not matter.

    A single outcome has its groups in two panels, beside each other as those of several are.
    """
    kinds = present_groups(view)
    shown = [one for one in outcomes or outcomes_by_group(view) if _known(view, one, kinds)]
    parts = _halves(kinds) if len(shown) == 1 else (kinds,)
    panels = tuple(_panel(view, outcome, part) for outcome in shown for part in parts if part)
    return Figure(
        "gains", view.messages.text("figure.gains.title"), caption(view, "figure.gains.caption"), panels,
        columns=min(max(len(panels), 2), 3), legend=design_keys(view, view.results.alternatives),
    )  # fmt: skip


def _halves(kinds: Sequence[tuple[str, ...]]) -> tuple[Sequence[tuple[str, ...]], ...]:
    """Kinds of groups in two parts of about as many groups, in their order."""
    sizes = [len(kind) for kind in kinds]
    cut = min(range(1, len(kinds)), key=lambda i: abs(sum(sizes[:i]) - sum(sizes[i:])), default=len(kinds))
    return kinds[:cut], kinds[cut:]


def present_groups(view: View) -> list[tuple[str, ...]]:
    """Kinds of groups that the files have."""
    kinds = (tuple(group for group in kind if group in view.results.groups) for kind in GROUPS)
    return [kind for kind in kinds if kind]


def _known(view: View, outcome: str, kinds: Sequence[tuple[str, ...]]) -> list[Difference]:
    """The differences that can be told in times of what matters."""
    rows = (d for kind in kinds for group in kind for d in view.differences(outcome, group))
    return [d for d in rows if d.finding is not Finding.UNKNOWN and least(d) > 0]


def _panel(view: View, outcome: str, kinds: Sequence[tuple[str, ...]]) -> Panel:
    places = _places(kinds)
    rows = {group: view.differences(outcome, group) for group in places}
    better = next((d.row.better for ds in rows.values() for d in ds), 0)
    reach = _reach(view)
    depth = min(places.values()) - 0.6
    marks: list[Mark] = [
        Rect(-math.asinh(1.0), math.asinh(1.0), depth, 0.6, ZONE),  # what would not matter
        Line((0.0, 0.0), (depth, 0.6), AXIS, 1.0),
    ]
    for group, y in places.items():
        marks += _row(view, rows[group], y)
    ticks = tuple((y, view.names.group(group)) for group, y in places.items())
    per_row = max(_ROW_PX, _MARK_PX * len(view.results.alternatives) + 4)
    return Panel(
        title=view.names.outcome(outcome),
        note=view.messages.text(f"figure.gains.{'axis' if better else 'neither'}"),
        x=Axis(-reach, reach, times_ticks(view, reach, crowded=True), grid=True),
        y=Axis(depth, 0.6, ticks),
        marks=tuple(marks),
        label=" ".join(_sentences(view, outcome, rows)),
        height=_MARGINS.top + _MARGINS.bottom + (0.6 - depth) * per_row,
        margins=_MARGINS,
    )


def _reach(view: View) -> float:
    """How far the one scale of all panels reaches."""
    ends = [
        abs(place(d, x))
        for outcome in outcomes_by_group(view)
        for group in _places(present_groups(view))
        for d in view.differences(outcome, group)
        if least(d) > 0
        for x in (d.row.low, d.row.high)
        if math.isfinite(x)
    ]
    return max([(1 + _ROOM) * end for end in ends] + [math.asinh(LEAST_REACH)])


def _places(kinds: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """Where each group's row lies, from 0 downwards."""
    places, y = {}, 0.0
    for kind in kinds:
        for group in kind:
            places[group] = y
            y -= 1.0
        y -= _GAP_ROWS
    return places


def _row(view: View, differences: list[Difference], y: float) -> list[Mark]:
    known = [d for d in differences if d.finding is not Finding.UNKNOWN and least(d) > 0]
    marks: list[Mark] = []
    for i, d in enumerate(known):
        at = y + ((len(known) - 1) / 2 - i) * 0.8 / max(len(known), 1)
        low, middle, high = (place(d, x) for x in (d.row.low, d.row.difference, d.row.high))
        style = view.style(d.row.design)
        marks += [
            Line((low, high), (at, at), style.colour, 2.0 if d.moved else 1.0),
            Dots((middle,), (at,), style.colour, style.marker, _MARK_PX if d.moved else _MARK_PX - 2),
        ]
    return marks


def _sentences(view: View, outcome: str, rows: dict[str, list[Difference]]) -> list[str]:
    sentences = [view.names.outcome(outcome) + "."]
    for group, differences in rows.items():
        if differences:
            sentences += [view.names.group(group) + ":", *(in_words(view, d) for d in differences)]
    return sentences
