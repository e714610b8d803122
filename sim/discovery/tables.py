"""The tables of discovery, search and the value of information."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.discovery.stability import Judged
from sim.discovery.tree import Grown
from sim.experiments.analysis_folder import AnalysisTable
from sim.sensitivity.results import LABELS

ROUNDING = 1e-12
"""Share of a value below which a shortfall counts as none."""

Columns = Mapping[str, tuple[str, str]]

CONTRAST: Columns = {
    **{name: LABELS[name] for name in ("outcome", "when", "group")},
    "design": ("name", "the design compared"),
    "versus": ("name", "the design compared with, in the same world and with the same parameters"),
}
_BOX: Columns = {
    **CONTRAST,
    "better": ("name", "which of the two does better by more than the margin in the box"),
    "box": ("number", "0 is the first; the next is looked for among the draws that it leaves"),
}
BOXES: Columns = {
    **_BOX,
    "coverage": ("share", "of all cases of interest that lie in the box, on the draws it was found on"),
    "density": ("share", "of the box's runs that are cases of interest, on the same draws"),
    "base": ("share", "of all runs that are cases of interest, on the same draws"),
    "mass": ("share", "of all runs that lie in the box"),
    "held_coverage": ("share", "coverage on held-out draws"),
    "held_density": ("share", "density on held-out draws"),
    "held_low": ("share", "lower end of the 90 % interval of the held-out density (resampled draws)"),
    "held_high": ("share", "its upper end"),
    "held_base": ("share", "of all held-out runs that are cases of interest"),
    "held_runs": ("runs", "held-out runs in the box"),
    "overlap": ("0-1", "mean overlap (Jaccard) with the boxes found on resampled draws"),
    "shuffled": ("share", "of searches on shuffled labels that do as well on held-out draws"),
    "believable": (
        "true/false",
        "whether the held-out interval lies above the base and shuffled labels seldom do as well",
    ),
}
LIMITS: Columns = {
    **_BOX,
    "parameter": ("name", "parameter that the box limits"),
    "low": ("the parameter's", "lower limit; empty if open"),
    "high": ("the parameter's", "upper limit; empty if open"),
    "low_share": ("share", "of all draws below the lower limit"),
    "high_share": ("share", "of all draws at or below the upper limit"),
    "comes_back": ("share", "of resamples whose box limits this parameter"),
}
TREES: Columns = {
    **CONTRAST,
    "mean_gain": ("outcome's unit", "mean gain over draws and worlds; positive where the design does better"),
    "better_share": ("share", "of runs in which the design does better"),
    "worse_share": ("share", "of runs in which it does worse; the rest are equal"),
    "explained": (
        "share",
        "of the gain's variance over draws that the tree explains on held-out draws; may be negative",
    ),
    "shuffled": ("share", "of trees on shuffled gains that explain as much of theirs"),
    "believable": ("true/false", "whether it explains something and shuffled gains seldom do as well"),
}
LEAVES: Columns = {
    **CONTRAST,
    "leaf": ("number", "leaf of the tree"),
    "parameter": ("name", "parameter asked about on the way to the leaf; empty for a tree without questions"),
    "low": ("the parameter's", "above this; empty if open"),
    "high": ("the parameter's", "up to this; empty if open"),
    "mean": ("outcome's unit", "mean gain of held-out draws in the leaf"),
    "mean_low": ("outcome's unit", "lower end of its 90 % interval (Student's t)"),
    "mean_high": ("outcome's unit", "its upper end"),
    "n": ("draws", "held-out draws in the leaf"),
}
REGRET: Columns = {
    **{name: LABELS[name] for name in ("outcome", "when", "group")},
    "design": ("name", "the design"),
    "mean_regret": ("outcome's unit", "how much better the best design does in the same run, on average"),
    "great_regret": ("outcome's unit", "90th percentile of it"),
    "greatest_regret": ("outcome's unit", "the greatest of it"),
    "best_share": ("share", "of runs in which the design is the best; ties are shared"),
    "n_runs": ("runs", "draws and worlds in which all designs were played"),
}
SATISFICING: Columns = {
    "design": ("name", "the design"),
    "figures": ("name", "the figure, or `all` together"),
    "share": ("share", "of runs in which it is no worse than the first design"),
    "n_runs": ("runs", "draws and worlds in which all designs were played"),
}
WORTH: Columns = {
    "kind": (
        "name",
        "`everything` (all parameters), `parameter`, `survey` or `register` (a figure of the evaluation, as the model answers "
        "it), `surveys` (all of them together)",
    ),
    "name": ("name", "parameter or target; empty for all together"),
    "measured": (
        "name",
        "`as asked`: with the noise of so many answers in one world; `exactly`: the mean over worlds, without that noise",
    ),
    "value": ("see unit", "what knowing it before the choice adds to the mean outcome of the choice"),
    "low": ("see unit", "lower end of its 90 % interval (Student's t over draws)"),
    "high": ("see unit", "its upper end"),
    "clear": ("true/false", "whether the interval lies above 0"),
    "turns": ("share", "of draws in which knowing it turns the choice"),
    "n": ("draws", "draws behind the value"),
    "unit": ("unit", "of the outcome that is decided on"),
}
FRONT: Columns = {
    "variant": ("name", "candidate; the name of its scenario file"),
    "objective": ("name", "figure; its difference from the design that is extended (versus)"),
    "better": ("1 or -1", "1 if more is better, -1 if less is"),
    "selected": ("outcome's unit", "mean difference in the worlds it was chosen in: flattered by the choice"),
    "fresh": ("outcome's unit", "mean difference in fresh worlds"),
    "fresh_low": ("outcome's unit", "lower end of its 90 % interval (Student's t)"),
    "fresh_high": ("outcome's unit", "its upper end"),
    "on_front": ("true/false", "whether no other candidate is better in everything in the fresh worlds too"),
}
CANDIDATES: Columns = {
    "variant": ("name", "candidate"),
    "lever": ("name", "lever"),
    "value": ("words", "its value from the year of the decision on"),
    "found_in": ("number", "generation in which the candidate first came up"),
}


def made(rows: Sequence[Mapping[str, object]], columns: Columns, rows_are: str) -> AnalysisTable:
    """A table of rows, with all its columns also if there are no rows."""
    return AnalysisTable(pd.DataFrame(list(rows), columns=list(columns)), rows_are, columns)


def quality_row(judged: Judged) -> dict[str, object]:
    """What speaks for a box."""
    found, held = judged.found_on, judged.held_out
    return {
        "coverage": found.coverage, "density": found.density, "base": found.base, "mass": found.mass,
        "held_coverage": held.coverage, "held_density": held.density, "held_low": judged.held_low,
        "held_high": judged.held_high, "held_base": held.base, "held_runs": held.n, "overlap": judged.overlap,
        "shuffled": judged.shuffled, "believable": judged.believable,
    }  # fmt: skip


def limit_rows(judged: Judged, names: Sequence[str], x: Floats) -> list[dict[str, object]]:
    """The box's limits, in the parameters' units and as shares of the draws."""
    return [
        {
            "parameter": names[k],
            "low": _open(low),
            "high": _open(high),
            "low_share": float((x[:, k] < low).mean()),
            "high_share": float((x[:, k] <= high).mean()),
            "comes_back": judged.comes_back.get(k, 0.0),
        }
        for k, (low, high) in sorted(judged.box.limits.items())
    ]


def tree_row(grown: Grown | None, gain: Floats) -> dict[str, object]:
    """How the gain lies, and what a tree explains of it."""
    known = gain[np.isfinite(gain)]
    explained = grown.explained if grown else float("nan")
    shuffled = grown.shuffled if grown else float("nan")
    return {
        "mean_gain": float(known.mean()) if known.size else float("nan"),
        "better_share": float((known > 0).mean()) if known.size else float("nan"),
        "worse_share": float((known < 0).mean()) if known.size else float("nan"),
        "explained": explained,
        "shuffled": shuffled,
        "believable": bool(grown is not None and grown.believable),
    }


def leaf_rows(grown: Grown, names: Sequence[str]) -> list[dict[str, object]]:
    """The leaves, a row for each answer."""
    rows: list[dict[str, object]] = []
    for number, leaf in enumerate(grown.leaves):
        end = {"leaf": number, "mean": leaf.mean, "mean_low": leaf.low, "mean_high": leaf.high, "n": leaf.n}
        for k, (low, high) in leaf.box.limits.items():
            rows.append({**end, "parameter": names[k], "low": _open(low), "high": _open(high)})
        if not leaf.box.limits:
            rows.append({**end, "parameter": "", "low": float("nan"), "high": float("nan")})
    return rows


def _open(limit: float) -> float:
    return limit if np.isfinite(limit) else float("nan")
