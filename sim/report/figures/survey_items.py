"""The evaluation's survey against the virtual one: items over the waves, and the forms of the follow-up scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.report.figures.panel import Axis, Dots, Figure, Key, Line, Margins, Mark, Panel, Rect
from sim.report.messages import Messages
from sim.report.number_format import number
from sim.report.part_messages import load_part
from sim.report.sentences import Sentence
from sim.report.style import AXIS, GRID, INK, DesignStyle, design_style
from sim.report.survey_answers import Answer, simulated
from sim.report.view import View

_WAVES = ("t1", "t2", "t3")
_ONE_WAVE_ONLY = ("collab_plan_owner", "collab_needs_owner", "involvement_rep", "rep_collective")


def _items(stem: str) -> tuple[str, ...]:
    return (stem,) if stem in _ONE_WAVE_ONLY else tuple(f"{stem}_{wave}" for wave in _WAVES)


PANELS: Mapping[str, Mapping[str, str]] = {
    "forum": {"forum": "forum_satisfied"},
    "equality": {"owners": "equality_owner", "uh": "equality_uh", "leaders": "equality_leader"},
    "shared": {"owners": "shared_owner", "uh": "shared_uh", "leaders": "shared_leader"},
    "adapted": {"uh": "adapted_uh", "leaders": "adapted_leader", "representatives": "adapted_rep"},
    "strengthened": {"owners": "owner_strengthened_owner", "uh": "owner_strengthened_uh"},
    "uh_competence": {"leaders": "uh_competence"},
    "planned": {"owners": "collab_plan_owner"},
    "needs": {"owners": "collab_needs_owner"},
    "teaching": {"uh": "te_relevance_uh"},
    "involved": {"representatives": "involvement_rep"},
    "collective": {"representatives": "rep_collective"},
}
"""What is asked, of whom, and the stem of the targets' ids; not every group was asked in every wave."""

WHO = ("forum", "owners", "uh", "leaders", "representatives")

FORMS = (
    "drawn_positive", "informed_why", "informed_possibilities", "guide_support_relevant", "analysis_competence_2020",
    "analysis_competence_guides_2020", "shared_challenge", "measures_match", "involved_ppt", "biggest_challenge_time",
    "pandemic_hit_owner", "guide_role_understood", "late_start", "private_guides", "guides_kept", "owner_alone",
    "recruitment_trouble",
)  # fmt: skip
"""Targets of the follow-up scheme's forms and interviews."""

_PERCENT = 100.0
_MARGINS = Margins(left=36, right=8, top=46, bottom=26)
_FORM_MARGINS = Margins(left=300, right=24, top=46, bottom=26)
_YEARS = (2020.3, 2025.6)
_APART, _HALF_COLUMN = 0.34, 0.13  # years, between groups asked in one wave
_ROW_PX, _FORM_PX, _PANEL_PX = 24.0, 760.0, 230.0
_HALF_ROW = 0.3
_PALE = 0.28


def survey_figure(view: View) -> Figure:
    """Items over the waves; no panels without `surveys.parquet`."""
    texts = load_part("surveys", view.lang)
    answers = simulated(view)
    panels = [_panel(texts, key, groups, answers) for key, groups in PANELS.items()]
    return Figure(
        "surveys",
        texts.text("figure.surveys.title"),
        _caption(view, texts),
        tuple(panel for panel in panels if panel),
        columns=3,
        legend=tuple(
            Key(texts.text(f"figure.surveys.who.{who}"), _style(who).colour, _style(who).marker)
            for who in WHO
        ),
    )


def form_figure(view: View) -> Figure:
    """The forms of the follow-up scheme, item by item."""
    texts = load_part("surveys", view.lang)
    found = {answer.target: answer for answer in simulated(view)}
    shown = [found[target] for target in FORMS if target in found]
    panels = (_forms(texts, shown),) if shown else ()
    return Figure("forms", texts.text("figure.forms.title"), _caption(view, texts), panels, columns=1)


def _caption(view: View, texts: Messages) -> Sentence:
    """The caption, which warns as long as the model has not been fitted to what was observed."""
    how = "priors" if view.results.manifest.from_priors else "calibrated"
    return Sentence(texts, f"figure.surveys.caption.{how}", {"worlds": view.fact("n_worlds")})


def _style(who: str) -> DesignStyle:
    return design_style(WHO.index(who))


def _panel(texts: Messages, key: str, groups: Mapping[str, str], answers: Sequence[Answer]) -> Panel | None:
    by_who = {who: [a for a in answers if a.target in _items(stem)] for who, stem in groups.items()}
    if not any(by_who.values()):
        return None
    marks: list[Mark] = []
    for i, (who, asked) in enumerate(by_who.items()):
        shift = _APART * (i - (len(by_who) - 1) / 2)
        for each in asked:
            marks += _column(each, each.half_year + shift, _style(who))
    title = texts.text(f"figure.surveys.panel.{key}")
    sentences = [_sentence(texts, who, each) for who, asked in by_who.items() for each in asked]
    waves = sorted({each.half_year for each in answers if each.target in _items("adapted_rep")})
    return Panel(
        title=title,
        note=texts.text("figure.surveys.share"),
        x=Axis(*_YEARS, tuple((wave, str(int(wave))) for wave in waves)),
        y=_per_cent(texts.lang),
        marks=tuple(marks),
        label=" ".join([f"{title}.", *sentences]),
        height=_PANEL_PX,
        margins=_MARGINS,
    )


def _column(each: Answer, x: float, style: DesignStyle) -> list[Mark]:
    """The worlds' band and mean, and upon it what was observed."""
    left, right = x - _HALF_COLUMN, x + _HALF_COLUMN
    return [
        Rect(left, right, _PERCENT * each.low, _PERCENT * each.high, style.colour, _PALE),
        Line((left, right), (_PERCENT * each.mean,) * 2, style.colour, 2.0),
        Line((x, x), (_PERCENT * each.seen_low, _PERCENT * each.seen_high), INK, 1.5),
        Dots((x,), (_PERCENT * each.seen,), style.colour, style.marker, 9.0),
    ]


def _forms(texts: Messages, shown: Sequence[Answer]) -> Panel:
    marks: list[Mark] = []
    names = [texts.text(f"figure.forms.item.{each.target}") for each in shown]
    style = _style("owners")
    for i, each in enumerate(shown):
        y = len(shown) - 1.0 - i
        band = (_PERCENT * each.low, _PERCENT * each.high)
        marks += [
            Line((0.0, _PERCENT), (y, y), GRID, 1.0),
            Rect(*band, y - _HALF_ROW, y + _HALF_ROW, style.colour, _PALE),
            Line((_PERCENT * each.mean,) * 2, (y - _HALF_ROW, y + _HALF_ROW), style.colour, 2.0),
            Line((_PERCENT * each.seen_low, _PERCENT * each.seen_high), (y, y), INK, 1.5),
            Dots((_PERCENT * each.seen,), (y,), INK, "circle", 8.0),
        ]
    sentences = [_form_sentence(texts, name, each) for name, each in zip(names, shown, strict=True)]
    title = texts.text("figure.forms.panel")
    return Panel(
        title=title,
        note=texts.text("figure.surveys.share"),
        x=_per_cent(texts.lang),
        y=Axis(-0.6, len(shown) - 0.4, tuple((len(shown) - 1.0 - i, name) for i, name in enumerate(names))),
        marks=(Line((0.0, 0.0), (-0.6, len(shown) - 0.4), AXIS, 1.0), *marks),
        label=" ".join([f"{title}.", *sentences]),
        width=_FORM_PX,
        height=_FORM_MARGINS.top + _FORM_MARGINS.bottom + _ROW_PX * len(shown),
        margins=_FORM_MARGINS,
    )


def _per_cent(lang: str) -> Axis:
    quarters = (0.0, 25.0, 50.0, 75.0, _PERCENT)
    return Axis(0.0, _PERCENT, tuple((value, number(value, lang)) for value in quarters), grid=True)


def _sentence(texts: Messages, who: str, each: Answer) -> str:
    said = texts.text(f"figure.surveys.who.{who}")
    return texts.text("figure.surveys.row", who=said, year=each.year, **_values(texts, each))


def _form_sentence(texts: Messages, what: str, each: Answer) -> str:
    return texts.text("figure.forms.row", what=what, **_values(texts, each))


def _values(texts: Messages, each: Answer) -> dict[str, str]:
    return {
        name: texts.text("unit.percent.other", value=number(_PERCENT * value, texts.lang))
        for name, value in (("observed", each.seen), ("low", each.low), ("high", each.high))
    }
