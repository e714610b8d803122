"""The answer as a figure: every outcome on one scale, in times of the smallest difference that would matter.

Two panels stand beside each other, so that they fill a page with words that can be read, and below each other on a phone.
"""

from __future__ import annotations

import math

from sim.report.answer import told_outcomes
from sim.report.differences import Difference, Finding, Told
from sim.report.felt import Felt
from sim.report.figures.legend import caption, design_keys
from sim.report.figures.panel import Axis, Dots, Figure, Line, Margins, Mark, Panel, Rect, Text
from sim.report.number_format import number
from sim.report.results import EVERYONE
from sim.report.style import AXIS, INK, MUTED, ZONE
from sim.report.view import View

WIDTH = 392.0  # so narrow that its words can be read on a phone, and beside another on paper
_WORDS_PX, _ROW_PX = 32.0, 13.0  # the two lines above the marks; for each alternative
_MARGINS = Margins(left=8, right=66, top=30, bottom=40)
_TICKS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
LEAST_REACH = 3.0  # times what matters: the scale is never drawn closer
_ROOM = 1.15


def answer_figure(view: View) -> Figure:
    """Differences with their intervals, the zone of what would not matter, and the farthest moved on top."""
    outcomes = [outcome for outcome in told_outcomes(view) if _rows(view, outcome)]
    return Figure(
        "answer",
        view.messages.text("figure.answer.title", a=view.names.design_inline(view.results.baseline)),
        caption(view, "figure.answer.caption"),
        _panels(view, outcomes),
        columns=2,
        legend=design_keys(view, view.results.alternatives),
    )


def _rows(view: View, outcome: str) -> list[Difference]:
    """The differences in an outcome that can be told in times of what matters."""
    return [d for d in view.differences(outcome, view.concerned(outcome)) if least(d) > 0]


def least(d: Difference) -> float:
    """The smallest effect of interest, 0 where the outcome declares none."""
    return d.smallest or 0.0


def place(d: Difference, value: float) -> float:
    """Where a value lies: in times of what matters, to the right if it is better, drawn together far out."""
    sign = d.row.better or 1
    return math.asinh(sign * value / least(d))


def _panels(view: View, outcomes: list[str]) -> tuple[Panel, ...]:
    """The outcomes in two halves on one scale."""
    rows = {outcome: _rows(view, outcome) for outcome in outcomes}
    ends = [abs(place(d, x)) for ds in rows.values() for d in ds for x in _known(d)]
    reach = max([_ROOM * end for end in ends] + [math.asinh(LEAST_REACH)])
    half = -(-len(outcomes) // 2)
    halves = ({outcome: rows[outcome] for outcome in some} for some in (outcomes[:half], outcomes[half:]))
    return tuple(_panel(view, some, reach) for some in halves if some)


def _panel(view: View, rows: dict[str, list[Difference]], reach: float) -> Panel:
    n = len(view.results.alternatives)
    each = _WORDS_PX + _ROW_PX * n
    marks: list[Mark] = [
        Rect(-math.asinh(1.0), math.asinh(1.0), 0.0, -len(rows), ZONE),
        Line((0.0, 0.0), (0.0, -float(len(rows))), AXIS, 1.0),
    ]
    for i, (outcome, differences) in enumerate(rows.items()):
        marks += _words(view, outcome, differences, -float(i), reach)
        for j, d in enumerate(differences):
            marks += _row(view, d, -i - (_WORDS_PX + _ROW_PX * (j + 0.4)) / each, reach)
    return Panel(
        title=view.messages.text("figure.answer.worse"),
        note="",
        x=Axis(-reach, reach, times_ticks(view, reach), view.messages.text("figure.answer.axis"), grid=True),
        y=Axis(-float(len(rows)), 0.0),
        marks=tuple(marks),
        label=" ".join(_sentences(view, rows)),
        width=WIDTH,
        height=_MARGINS.top + _MARGINS.bottom + each * len(rows),
        margins=_MARGINS,
    )


def _known(d: Difference) -> list[float]:
    """How far a row reaches, as far as that is known."""
    return [x for x in (d.row.difference, d.row.low, d.row.high) if math.isfinite(x)]


def times_ticks(view: View, reach: float, *, crowded: bool = False) -> tuple[tuple[float, str], ...]:
    """Times of what matters along the axis, the same to either side; where it is crowded, 1 and the last alone."""
    inside = [times for times in _TICKS if math.asinh(times) <= reach]
    if crowded:
        inside = list(dict.fromkeys((inside[0], inside[-1])))
    right = [(math.asinh(times), number(times, view.lang)) for times in inside]
    return (*((-x, words) for x, words in reversed(right)), (0.0, "0"), *right)


def _words(view: View, outcome: str, differences: list[Difference], y: float, reach: float) -> list[Mark]:
    """The outcome's name, and under it its unit, its group unless the country, and that it is neither better nor worse."""
    moved = any(d.moved for d in differences)
    name = Text(-reach, y, view.names.outcome(outcome), INK, dy=10.0, bold=moved)
    return [name, Text(-reach, y, _note(view, differences), MUTED, dy=24.0)]


def _note(view: View, differences: list[Difference]) -> str:
    first, largest = differences[0], max(differences, key=lambda d: (d.moved, abs(d.row.difference)))
    unit = view.messages.text(f"unit.{Felt(largest).difference.unit}.name")
    note = unit if first.row.better else view.messages.text("figure.wished.neither", unit=unit)
    if first.row.group == EVERYONE:
        return note
    return view.messages.text("figure.answer.of_group", group=view.names.group(first.row.group), note=note)


def _row(view: View, d: Difference, y: float, reach: float) -> list[Mark]:
    style = view.style(d.row.design)
    marks: list[Mark] = []
    if d.finding is not Finding.UNKNOWN:
        low, high = (place(d, x) for x in (d.row.low, d.row.high))
        marks.append(Line((low, high), (y, y), style.colour, 2.5 if d.moved else 1.5))
    if math.isfinite(d.row.difference):
        marks.append(Dots((place(d, d.row.difference),), (y,), style.colour, style.marker, 9))
    if d.moved:
        shown = Felt(d).difference
        marks.append(Text(reach, y, shown.number, INK, dx=8, bold=True, quantity=shown))
    return marks


def _sentences(view: View, rows: dict[str, list[Difference]]) -> list[str]:
    sentences = []
    for outcome, differences in rows.items():
        sentences += [view.names.outcome(outcome) + ".", *(in_words(view, d) for d in differences)]
    return sentences


def in_words(view: View, d: Difference) -> str:
    """A row of the figure as a sentence."""
    felt = Felt(d)
    values = {"difference": str(felt.difference), "low": str(felt.low), "high": str(felt.high)}
    key = (
        f"figure.answer.row_{d.told}"
        if d.told in (Told.UNKNOWN, Told.TRIFLE, Told.OPEN)
        else "figure.answer.row"
    )
    return view.messages.text(key, b=view.names.design(d.row.design), **values)
