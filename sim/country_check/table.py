"""The comparison as a table: every published figure beside the played worlds' mean and the range of their middle nine tenths."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.calibration.answers import gathered
from sim.calibration.observation import fit_rows
from sim.calibration.targets import Role, Target
from sim.country_check.evidence import Published, Use
from sim.country_check.playing import Found
from sim.reference.markdown import code
from sim.reference.markdown import table as markdown_table

DRAW, SOCIETY = "draw of 2020", "municipalities of 2019"
_OTHER_DRAWS = {"2022 draw": "draw of 2022"}  # by the wave of a target
COLUMNS = (
    "figure",
    "group",
    "quantity",
    "unit",
    "use",
    "published",
    "mean",
    "low",
    "high",
    "inside",
    "worlds",
    "source",
)
_USE = {Role.CALIBRATE: str(Use.FITTED), Role.VALIDATE: str(Use.CHECKED), Role.RULE: "rule"}
_LOW, _HIGH = 0.05, 0.95
_SLACK = 1e-9
REASONS = "calibration.md#what-the-country-misses-and-why"
_DIGITS = 3


def compared(
    targets: Sequence[Target], published: Sequence[Published], worlds: Sequence[Found], scale: float
) -> pd.DataFrame:
    """A row for each figure, with the columns `COLUMNS`; `inside` is None where no world has the figure."""
    rows = _of_targets(targets, worlds, scale) + [_of_published(one, worlds) for one in published]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_targets(targets: Sequence[Target], worlds: Sequence[Found], scale: float) -> list[tuple[object, ...]]:
    played = pd.DataFrame(
        [(k, k, target, value, n) for k, world in enumerate(worlds) for target, value, n in world.answers],
        columns=["point", "world", "target", "value", "n"],
    )
    answers = gathered(played, targets, scale)
    by_id = {target.id: target for target in targets}
    rows: list[tuple[object, ...]] = []
    for row, values in zip(fit_rows(answers, {}).to_pylist(), answers.shown.T, strict=True):
        target = by_id[row["target"]]
        group = SOCIETY if target.scheme == "structure" else _OTHER_DRAWS.get(target.wave, DRAW)
        rows.append(
            (target.id, group, target.quantity, target.unit, _USE[target.role], target.value, row["simulated"],
             row["simulated_low"], row["simulated_high"], row["inside"], int(np.isfinite(values).sum()), target.source)
        )  # fmt: skip
    return rows


def _of_published(one: Published, worlds: Iterable[Found]) -> tuple[object, ...]:
    values = np.array([world.figures.get(one.id, np.nan) for world in worlds])
    values = values[np.isfinite(values)]
    about = (one.id, one.group, one.quantity, one.unit, str(one.use), one.value)
    if not len(values):
        return (*about, None, None, None, None, 0, one.source)
    low, high = np.quantile(values, [_LOW, _HIGH])
    inside = bool(low - _SLACK <= one.value <= high + _SLACK)
    return (*about, float(values.mean()), float(low), float(high), inside, len(values), one.source)


def tally(found: pd.DataFrame) -> list[str]:
    """How many figures lie inside, by group and by what they are for."""
    lines = []
    for group, mine in found.groupby("group", sort=False):
        known = mine[mine["inside"].notna()]
        parts = [
            f"{int(part['inside'].sum())} of {len(part)} {use}"
            for use, part in known.groupby("use", sort=False)
        ]
        lines.append(f"{group}: {int(known['inside'].sum())} of {len(known)} inside ({', '.join(parts)})")
    return lines


def as_text(found: pd.DataFrame) -> list[str]:
    """The table for a terminal: a line for each figure."""
    lines: list[str] = []
    for group, mine in found.groupby("group", sort=False):
        lines += ["", str(group)]
        for row in mine.to_dict("records"):
            mark = {True: "inside", False: "OUTSIDE"}.get(row["inside"], "no value")
            ends = f"{number(row['mean'])} ({number(row['low'])} to {number(row['high'])})"
            lines.append(
                f"  {row['figure']:<34} {number(row['published']):>9}  {ends:<32} {mark:<8} {row['use']}"
            )
    return [*lines, "", *tally(found)]


def as_markdown(found: pd.DataFrame, how: str) -> str:
    """The table as a page of the docs."""
    lines = [
        "# The country and its draw beside published figures", "", how, "",
        "*Fitted*: a parameter was set by this figure or its kind, or the calibration fits to it. *Checked*: only compared with.",
        "*Rule*: the model carries it out. *Inside*: the published figure lies in the middle nine tenths of the played worlds.",
        f"[Calibration]({REASONS}) says why others don't, as far as it is known.", "",
        *(f"- {line}" for line in tally(found)), "",
    ]  # fmt: skip
    for group, mine in found.groupby("group", sort=False):
        lines += [f"## {str(group).capitalize()}", ""]
        lines += markdown_table(
            ("figure", "published", "mean of worlds", "90 % range", "inside", "use", "unit", "source", "id"),
            [_cells(row) for row in mine.to_dict("records")],
        )
    return "\n".join(lines).rstrip() + "\n"


def _cells(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    inside = {True: "yes", False: "**no**"}.get(row["inside"], "-")
    ends = f"{number(row['low'])} to {number(row['high'])}" if row["worlds"] else "-"
    return (
        str(row["quantity"]), number(row["published"]), number(row["mean"]), ends, inside, str(row["use"]),
        str(row["unit"]), str(row["source"]), code(str(row["figure"])),
    )  # fmt: skip


def number(value: object) -> str:
    """A number with three digits that count; a dash for none."""
    if not isinstance(value, (int, float)) or not np.isfinite(value):
        return "-"
    if value == 0:
        return "0"
    decimals = max(0, _DIGITS - 1 - int(np.floor(np.log10(abs(value)))))
    return f"{value:,.{decimals}f}" if abs(value) < 10**_DIGITS else f"{value:,.0f}"
