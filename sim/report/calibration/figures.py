"""The figures of a calibration's report: observed against simulated, before against after, and where truths lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.report.calibration.files import CalibrationFiles, Words, answered, as_share, is_share
from sim.report.figures.panel import Axis, Dots, Figure, Key, Line, Margins, Mark, Panel, Rect
from sim.report.number_format import number
from sim.report.quantity import source
from sim.report.sentences import Sentence
from sim.report.style import AXIS, GRID, INK, design_style

_MODEL = design_style(1).colour
_PALE, _DARK = 0.16, 0.42
_PERCENT = 100.0
_WIDTH, _ROW_PX = 760.0, 24.0
_MARGINS = Margins(left=352, right=24, top=46, bottom=26)
_HALF_ROW, _HALF_PRIOR = 0.22, 0.4
_MOST_LEARNED = 40
_BINS = 10
_PANELS = 11
_BAND = (0.05, 0.95)
_RANK_MARGINS = Margins(left=36, right=8, top=46, bottom=26)


def fit_figure(files: CalibrationFiles, words: Words, role: str) -> Figure:
    """Shares and counts of one role, row by row."""
    rows = [f for f in files.figures if f["role"] == role and is_share(f) and answered(f)]
    title = words.messages.raw(f"calibration.section.{'fit' if role == 'calibrate' else 'held'}")
    keys = ["observed", "posterior", *(["prior"] if role == "calibrate" else [])]
    look = {
        "observed": (INK, "circle", 1.0),
        "posterior": (_MODEL, "square", _DARK),
        "prior": (_MODEL, "square", _PALE),
    }
    legend = tuple(Key(words.messages.raw(f"calibration.fit.key.{key}"), *look[key]) for key in keys)
    draws = words.whole(files.provenance["plan"]["draws"], source("provenance.json", path="plan.draws"))
    caption = Sentence(words.messages, "calibration.fit.caption", {"draws": draws})
    panels = (_fit_panel(words, title, rows),) if rows else ()
    return Figure(f"fit-{role}", title, caption, panels, columns=1, legend=legend)


def _fit_panel(words: Words, title: str, rows: Sequence[Mapping[str, Any]]) -> Panel:
    marks: list[Mark] = []
    sentences = []
    for i, f in enumerate(rows):
        y = len(rows) - 1.0 - i
        at = {column: as_share(f, f[column]) for column in (
            "observed", "observed_low", "observed_high", "simulated", "simulated_low", "simulated_high",
            "prior_low", "prior_high",
        )}  # fmt: skip
        marks.append(Line((0.0, _PERCENT), (y, y), GRID, 1.0))
        if np.isfinite(at["prior_low"]):
            marks.append(
                Rect(at["prior_low"], at["prior_high"], y - _HALF_PRIOR, y + _HALF_PRIOR, _MODEL, _PALE)
            )
        marks += [
            Rect(at["simulated_low"], at["simulated_high"], y - _HALF_ROW, y + _HALF_ROW, _MODEL, _DARK),
            Line((at["simulated"],) * 2, (y - _HALF_ROW, y + _HALF_ROW), _MODEL, 2.0),
            Line((at["observed_low"], at["observed_high"]), (y, y), INK, 1.5),
            Dots((at["observed"],), (y,), INK, "circle", 8.0),
        ]
        said = {
            name: words.messages.text("unit.percent.other", value=number(at[column], words.lang))
            for name, column in (
                ("observed", "observed"),
                ("low", "simulated_low"),
                ("high", "simulated_high"),
            )
        }
        sentences.append(words.messages.text("calibration.fit.row", what=words.name(f), **said))
    names = tuple((len(rows) - 1.0 - i, f"{words.name(f)}, {_year(f)}") for i, f in enumerate(rows))
    return _rows_panel(words, title, names, marks, sentences)


def _year(figure: Mapping[str, Any]) -> str:
    return str(figure["wave"]).split("-", maxsplit=1)[0].split(" ", maxsplit=1)[0]


def _rows_panel(
    words: Words, title: str, names: tuple[tuple[float, str], ...], marks: list[Mark], sentences: list[str]
) -> Panel:
    quarters = (0.0, 25.0, 50.0, 75.0, _PERCENT)
    n = len(names)
    return Panel(
        title=title,
        note=words.messages.raw("calibration.fit.note"),
        x=Axis(0.0, _PERCENT, tuple((value, number(value, words.lang)) for value in quarters), grid=True),
        y=Axis(-0.6, n - 0.4, names),
        marks=(Line((0.0, 0.0), (-0.6, n - 0.4), AXIS, 1.0), *marks),
        label=" ".join([f"{title}.", *sentences]),
        width=_WIDTH,
        height=_MARGINS.top + _MARGINS.bottom + _ROW_PX * n,
        margins=_MARGINS,
    )


def learned_figure(files: CalibrationFiles, words: Words) -> Figure:
    """Prior and posterior of the parameters about which something was learned, each on the range of its prior."""
    table = files.table("learned")
    rows = (
        table[table["informed"]]
        .sort_values("narrowed", ascending=False)
        .head(_MOST_LEARNED)
        .to_dict("records")
    )
    marks: list[Mark] = []
    names, sentences = [], []
    for i, row in enumerate(rows):
        y = len(rows) - 1.0 - i
        span = row["prior_high"] - row["prior_low"]
        low = row["prior_low"] - span / 4

        def place(value: float, low: float = low, span: float = span) -> float:
            return min(max((value - low) / (1.5 * span) * _PERCENT, 0.0), _PERCENT)

        marks += [
            Rect(place(row["prior_low"]), place(row["prior_high"]), y - _HALF_PRIOR, y + _HALF_PRIOR, _MODEL, _PALE),
            Rect(place(row["posterior_low"]), place(row["posterior_high"]), y - _HALF_ROW, y + _HALF_ROW, _MODEL, _DARK),
            Line((place(row["posterior_mean"]),) * 2, (y - _HALF_ROW, y + _HALF_ROW), _MODEL, 2.0),
        ]  # fmt: skip
        names.append((y, str(row["parameter"])))
        gone = words.messages.text("unit.percent.other", value=number(_PERCENT * row["narrowed"], words.lang))
        sentences.append(f"{row['parameter']}: {gone}.")
    title = words.messages.raw("calibration.section.learned")
    keys = tuple(
        Key(words.messages.raw(f"calibration.fit.key.{key}"), _MODEL, "square", opacity)
        for key, opacity in (("posterior", _DARK), ("prior", _PALE))
    )
    panel = Panel(
        title=title,
        x=Axis(0.0, _PERCENT),
        y=Axis(-0.6, len(rows) - 0.4, tuple(names)),
        marks=tuple(marks),
        label=" ".join([f"{title}.", *sentences]),
        width=_WIDTH,
        height=_MARGINS.top + _MARGINS.bottom + _ROW_PX * len(rows),
        margins=_MARGINS,
    )
    caption = Sentence(words.messages, "calibration.learned.intro")
    return Figure("learned", title, caption, (panel,) if rows else (), columns=1, legend=keys)


def rank_figure(ranks: Any, coverage: Any, n: Any, words: Words) -> Figure:
    """Rank histograms: all parameters together, and those about which most was learned.

    Parameters
    ----------
    ranks, coverage : DataFrame
        As `calibrate check` leaves them.
    n : Quantity
        Truths tried.
    """
    most = coverage[coverage["parameter"] != "all"].sort_values("narrowed", ascending=False)["parameter"]
    shown = ["all", *map(str, most.head(_PANELS))]
    panels = []
    for name in shown:
        part = ranks if name == "all" else ranks[ranks["parameter"] == name]
        row = coverage[coverage["parameter"] == name].iloc[0]
        title = (
            words.messages.raw("calibration.method.ranks_all") if name == "all" else name.rsplit(".", 1)[-1]
        )
        covered = words.messages.text(
            "unit.percent.other", value=number(_PERCENT * row["covered_90"], words.lang)
        )
        label = words.messages.text("calibration.method.ranks_row", what=title, covered=covered)
        panels.append(
            _ranks(
                part["rank"].to_numpy(), int(row["repetitions"]), title, label, words, pooled=name == "all"
            )
        )
    title = words.messages.raw("calibration.method.ranks")
    caption = Sentence(words.messages, "calibration.method.ranks_caption", {"n": n})
    return Figure("ranks", title, caption, tuple(panels), columns=3)


def _ranks(
    ranks: NDArray[np.int64], repetitions: int, title: str, label: str, words: Words, *, pooled: bool
) -> Panel:
    """One histogram; pooled over parameters it is given per truth and without a band, as these are not independent."""
    from scipy.stats import binom

    heights = np.bincount(ranks * _BINS // (_PERCENT_PLACES), minlength=_BINS) / (len(ranks) / repetitions)
    low, high = (float(binom.ppf(end, repetitions, 1 / _BINS)) for end in _BAND)
    top = max(float(heights.max()), high) * 1.15
    marks: list[Mark] = [] if pooled else [Rect(0.0, _BINS, low, high, AXIS, 0.25)]
    marks += [Rect(k + 0.08, k + 0.92, 0.0, float(height), _MODEL, 0.7) for k, height in enumerate(heights)]
    marks.append(Line((0.0, float(_BINS)), (repetitions / _BINS,) * 2, INK, 1.0))
    ticks = ((0.0, "0"), (repetitions / _BINS, number(repetitions / _BINS, words.lang)))
    return Panel(
        title=title,
        note=words.messages.raw("calibration.method.ranks_note"),
        x=Axis(0.0, float(_BINS)),
        y=Axis(0.0, top, ticks),
        marks=tuple(marks),
        label=label,
        height=170.0,
        margins=_RANK_MARGINS,
    )


_PERCENT_PLACES = 100  # places that a truth can take among the draws
