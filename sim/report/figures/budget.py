"""The variance budget as bars: how much of each difference's variance comes from parameters, luck and structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.figures.legend import caption
from sim.report.figures.panel import Axis, Figure, Key, Line, Margins, Mark, Panel, Rect, Text
from sim.report.number_format import number
from sim.report.sentences import Sentence
from sim.report.style import AXIS, DESIGN_STYLES, INK
from sim.report.variance import COMPONENTS, Row, VarianceFacts
from sim.report.view import View

_PERCENT = 100.0
_MARGINS = Margins(left=8, right=24, top=46, bottom=30)
_WIDTH, _ROW_PX = 400.0, 42.0
_HALF = 0.2  # of a row; the name stands above
_NAME_PX = 17.0
_COLOURS = dict(
    zip(COMPONENTS, (DESIGN_STYLES[1].colour, DESIGN_STYLES[2].colour, DESIGN_STYLES[3].colour), strict=True)
)
_OPACITY = dict(zip(COMPONENTS, (1.0, 0.6, 0.8), strict=True))
_NARROWEST_LABEL = 0.08  # share of the axis that a number needs


def variance_figure(view: View) -> Figure:
    """One bar for each main outcome and alternative; nothing without `variance.parquet`, or if nothing could be told apart."""
    facts = VarianceFacts(view)
    rows = [row for row in facts.rows if row.shares]
    there = [c for c in COMPONENTS if any(c in row.shares for row in rows)]
    texts = facts.texts
    return Figure(
        "variance",
        texts.text("figure.variance.title"),
        Sentence(texts, "figure.variance.caption", caption(view, "figure.answer.caption").values),
        (_panel(facts, rows),) if rows else (),
        columns=1,
        legend=tuple(
            Key(texts.text(f"variance.component.{c}"), _COLOURS[c], "square", _OPACITY[c]) for c in there
        ),
    )


def _panel(facts: VarianceFacts, rows: Sequence[Row]) -> Panel:
    n = len(rows)
    marks: list[Mark] = []
    for i, row in enumerate(rows):
        marks += [Text(0.0, n - 1.0 - i, _name(facts, row), INK, dy=-_NAME_PX), *_bar(row, n - 1.0 - i)]
    ticks = tuple((x, number(x, facts.view.lang)) for x in (0.0, 50.0, _PERCENT))
    title = facts.texts.text("figure.variance.panel")
    return Panel(
        title=title,
        note=facts.view.messages.text("unit.percent.name"),
        x=Axis(0.0, _PERCENT, ticks, grid=True),
        y=Axis(-0.6, n - 0.4),
        marks=(Line((0.0, 0.0), (-0.6, n - 0.4), AXIS, 1.0), *marks),
        label=" ".join([f"{title}.", *_sentences(facts, rows)]),
        width=_WIDTH,
        height=_MARGINS.top + _MARGINS.bottom + _ROW_PX * n,
        margins=_MARGINS,
    )


def _name(facts: VarianceFacts, row: Row) -> str:
    outcome = facts.view.names.outcome(row.outcome)
    if len(facts.view.results.alternatives) == 1:
        return outcome
    return f"{outcome}: {facts.view.names.design_short(row.design)}"


def _bar(row: Row, y: float) -> Iterator[Mark]:
    begin = 0.0
    for component, share in row.shares.items():
        width = share.share.value * _PERCENT
        yield Rect(begin, begin + width, y - _HALF, y + _HALF, _COLOURS[component], _OPACITY[component])
        if width > _NARROWEST_LABEL * _PERCENT:
            shade = INK if _OPACITY[component] < 1 else "#ffffff"
            yield Text(begin, y, share.share.number, shade, dx=6, quantity=share.share)
        begin += width


def _sentences(facts: VarianceFacts, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        parts = "; ".join(
            facts.texts.text(
                "figure.variance.part",
                component=facts.texts.text(f"variance.component.{component}"),
                share=str(share.share),
                low=str(share.low.bare),
                high=str(share.high),
            )
            for component, share in row.shares.items()
        )
        yield facts.texts.text("figure.variance.row", what=_name(facts, row), parts=parts)
