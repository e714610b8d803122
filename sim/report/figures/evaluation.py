"""An evaluation in pictures: what each estimator shows beside the truth, and how large an effect must be to be found."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.evaluation_facts import ESTIMATORS, MODEL, NONE, OUTCOMES, EvaluationView
from sim.report.figures.panel import Axis, Dots, Figure, Key, Line, Margins, Mark, Panel, ticked
from sim.report.number_format import number
from sim.report.sentences import Sentence
from sim.report.style import AXIS, DESIGN_STYLES, MUTED, NOT_DRAWN

_PERCENT = 100.0
_WANTED = 80.0  # per cent of power
_ROOM = 0.08
_MARGINS = Margins(left=150, right=20, top=50, bottom=34)
_ROW_PX = 56.0
_APART = 0.16  # of a row, between the two scenarios
_TRUTH = "#00765a"
_SHOWN_DRAWS = (1, 4, 16)


def estimates_figure(view: EvaluationView) -> Figure:
    """A panel for each outcome, a row for each estimator: with the model's effect and without any."""
    panels = [_panel(view, outcome) for outcome in OUTCOMES]
    return Figure(
        "answer",
        view.messages.text("figure.evaluation.title", years=view.counted(view.main_years, "years")),
        Sentence(view.messages, "figure.evaluation.caption", {"worlds": view.fact("n_worlds")}),
        tuple(panel for panel in panels if panel),
        columns=2,
        legend=(
            Key(view.messages.text("figure.evaluation.model"), DESIGN_STYLES[1].colour, "circle"),
            Key(view.messages.text("figure.evaluation.none"), NOT_DRAWN, "diamond"),
            Key(view.messages.text("figure.evaluation.truth"), _TRUTH, "square"),
        ),
    )


def _panel(view: EvaluationView, outcome: str) -> Panel | None:
    years = view.main_years
    truth = view.number("true_effect", ESTIMATORS[0], outcome, years)
    rows = [e for e in ESTIMATORS if view.number("estimate", e, outcome, years)]
    if truth is None or not rows:
        return None
    marks: list[Mark] = [_upright(truth.value * _PERCENT, len(rows))]
    ends = [0.0, truth.value * _PERCENT]
    for i, estimator in enumerate(rows):
        for scenario, shift in ((MODEL, _APART), (NONE, -_APART)):
            made = list(_marks(view, estimator, outcome, scenario, len(rows) - 1.0 - i + shift))
            ends += [x for mark in made if isinstance(mark, Line) for x in mark.xs]
            marks += made
    low, high = min(ends), max(ends)
    room = _ROOM * (high - low) or 1.0
    n = len(rows)
    names = tuple(
        (n - 1.0 - i, view.messages.text(f"evaluation.estimator.{e}.name")) for i, e in enumerate(rows)
    )
    title = view.messages.text(f"evaluation.outcome.{outcome}.name")
    return Panel(
        title=title,
        note=view.messages.text("figure.evaluation.note"),
        x=ticked(low - room, high + room, view.lang, 4, signed=True),
        y=Axis(-0.5, n - 0.5, names),
        marks=(Line((0.0, 0.0), (-0.5, n - 0.5), AXIS, 1.0), *marks),
        label=" ".join([f"{title}.", *_sentences(view, outcome, rows)]),
        width=460.0,
        height=_MARGINS.top + _MARGINS.bottom + _ROW_PX * n,
        margins=_MARGINS,
    )


def _upright(x: float, n: int) -> Line:
    return Line((x, x), (-0.5, n - 0.5), _TRUTH, 2.0, (5.0, 3.0))


def _marks(view: EvaluationView, estimator: str, outcome: str, scenario: str, y: float) -> Iterator[Mark]:
    names = ("estimate_low", "estimate", "estimate_high")
    found = [view.number(name, estimator, outcome, view.main_years, scenario) for name in names]
    low, middle, high = (None if q is None else q.value * _PERCENT for q in found)
    if low is None or middle is None or high is None:
        return
    colour, marker = (DESIGN_STYLES[1].colour, "circle") if scenario == MODEL else (NOT_DRAWN, "diamond")
    yield Line((low, high), (y, y), colour, 2.0)
    yield Dots((middle,), (y,), colour, marker, 9.0)


def _sentences(view: EvaluationView, outcome: str, rows: list[str]) -> Iterator[str]:
    for estimator in rows:
        numbers = {
            name: str(view.number(name, estimator, outcome, view.main_years))
            for name in ("estimate", "estimate_low", "estimate_high", "true_effect", "regression_to_the_mean")
        }
        named = view.messages.text(f"evaluation.estimator.{estimator}.name")
        yield view.messages.text("figure.evaluation.row", estimator=named, **numbers)


def power_figure(view: EvaluationView) -> Figure:
    """A panel for each estimator: how often an effect would be found, by its size and the number of draws put together."""
    panels = [_curves(view, estimator) for estimator in ESTIMATORS]
    return Figure(
        "power",
        view.messages.text("figure.power.title", years=view.counted(view.main_years, "years")),
        Sentence(view.messages, "figure.power.caption", {"worlds": view.fact("n_worlds")}),
        tuple(panel for panel in panels if panel),
        columns=3,
        legend=tuple(
            Key(view.counted(n, "draws"), style.colour, style.marker)
            for style, n in zip(DESIGN_STYLES, _SHOWN_DRAWS, strict=False)
        ),
    )


def _curves(view: EvaluationView, estimator: str) -> Panel | None:
    outcome, years = OUTCOMES[0], view.main_years
    curves = {n: rows for n in _SHOWN_DRAWS if (rows := view.curves.get((estimator, outcome, years, n)))}
    if not curves:
        return None
    largest = max(row["effect_sd"] for rows in curves.values() for row in rows)
    marks: list[Mark] = [Line((0.0, largest), (_WANTED, _WANTED), MUTED, 1.0, (3.0, 3.0))]
    truth = view.number("own_effect", estimator, outcome, years)
    between = view.number("sd_between", estimator, outcome, years)
    if truth and between and between.value > 0:
        x = min(abs(truth.value) / between.value, largest)
        marks.append(Line((x, x), (0.0, _PERCENT), _TRUTH, 2.0, (5.0, 3.0)))
    words = []
    for style, (n, rows) in zip(DESIGN_STYLES, curves.items(), strict=False):
        xs = tuple(float(row["effect_sd"]) for row in rows)
        ys = tuple(float(row["found"]) * _PERCENT for row in rows)
        marks.append(Line(xs, ys, style.colour, 2.0, style.dash))
        marks.append(Dots(xs, ys, style.colour, style.marker, 5.0))
        words.append(
            view.messages.text(
                "figure.power.row",
                draws=view.counted(n, "draws"),
                none=number(ys[0], view.lang),
                half=number(_at(xs, ys, 0.5), view.lang),
                whole=number(ys[-1], view.lang),
            )
        )
    title = view.messages.text(f"evaluation.estimator.{estimator}.name")
    return Panel(
        title=title,
        note=view.messages.text("figure.power.note"),
        x=ticked(0.0, largest, view.lang, 4, label=view.messages.text("figure.power.x")),
        y=ticked(0.0, _PERCENT, view.lang, 4),
        marks=tuple(marks),
        label=" ".join([f"{title}.", *words]),
        height=270.0,
    )


def _at(xs: tuple[float, ...], ys: tuple[float, ...], x: float) -> float:
    """The height of the curve at the place nearest to x."""
    return min(zip(xs, ys, strict=True), key=lambda point: abs(point[0] - x))[1]
