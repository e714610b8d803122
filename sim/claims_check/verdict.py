"""What the played worlds say of each contrast, as a table, as a page and on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.claims_check.contrast import ASSUMED, Contrast, told
from sim.claims_check.readings import reading
from sim.declared import REGISTRY
from sim.experiments.comparison import paired_statistics
from sim.reference.markdown import code, interval, shown
from sim.reference.markdown import table as markdown_table

COLUMNS = (
    "claims", "says", "frame", "source", "reading", "unit", "less", "more", "turned", "years", "mean_less", "mean_more",
    "difference", "low", "high", "right", "smallest", "at_most", "worlds", "verdict",
)  # fmt: skip


class Turned(StrEnum):
    """What differs between the two sides of a contrast."""

    LEVER = "lever"
    ASSUMPTION = "assumption"
    GROUP = "group"
    TIME = "time"


def turned(contrast: Contrast) -> Turned:
    """What differs between its sides."""
    if contrast.less is None:
        return Turned.GROUP
    if contrast.less == contrast.more:
        return Turned.TIME
    sides = [{} if isinstance(side, str) else side for side in (contrast.less, contrast.more)]
    differ = {name for side in sides for name in side if sides[0].get(name) != sides[1].get(name)}
    return Turned.LEVER if all(REGISTRY.find(name).by_year for name in differ) else Turned.ASSUMPTION


class Verdict(StrEnum):
    """What is said of a contrast."""

    AS_SAID = "as the source says"
    SMALL = "as the source says, too little to name"
    OTHER_WAY = "the other way"
    UNTOLD = "cannot be told"


_MEANS = {
    Verdict.AS_SAID: "the 90 % interval of the mean difference lies on the source's side of nought, and the mean is at least as "
    "large as is worth naming",
    Verdict.SMALL: "the same, but the mean is smaller than is worth naming",
    Verdict.OTHER_WAY: "the interval lies on the other side, whatever the size",
    Verdict.UNTOLD: "nought lies in the interval",
}
_WHERE_BOUND = {
    Verdict.AS_SAID: "the interval ends at or below the bound",
    Verdict.OTHER_WAY: "it begins above",
    Verdict.UNTOLD: "the bound lies in it",
}


def judged(contrasts: Sequence[Contrast], less: Floats, more: Floats) -> pd.DataFrame:
    """A row for each contrast, with the columns `COLUMNS`.

    Parameters
    ----------
    less, more : array of float, shape (worlds, contrasts)
        The reading on either side; NaN in worlds where it applies to nobody.

    Returns
    -------
    DataFrame
        `difference` is more less less; `low` and `high` end the 90 % interval of its mean (Student's t over worlds, each with a
        draw of the parameters of its own); `right` is the share of worlds in which it points as the source says, a tie being
        half a world; `at_most` is the bound of those that the source says don't get greater, NaN for others.
    """
    paired = paired_statistics(less, more, np.ones(len(contrasts), dtype=np.int64))
    rows = []
    for k, contrast in enumerate(contrasts):
        what = reading(contrast.reading)
        levels = float(paired.mean_versus[k]), float(paired.mean_design[k])
        difference, low, high = (float(one[k]) for one in (paired.difference, paired.low, paired.high))
        smallest = what.smallest.at(max(map(abs, levels)))
        window, before = _years(contrast.window), _years(contrast.window_before)
        right = float(paired.probability_better[k])
        if contrast.at_most is not None:
            apart = (more - less)[:, k]
            right = float(np.mean(apart[~np.isnan(apart)] <= contrast.at_most))
        rows.append(
            (contrast.claims, contrast.says, contrast.frame.name, contrast.source, contrast.reading, what.unit,
             told(contrast.less, contrast.more), told(contrast.more, contrast.less),
             str(turned(contrast)), window if window == before or contrast.less is None else f"{before} to {window}",
             *levels, difference, low, high, right, smallest, np.nan if contrast.at_most is None else contrast.at_most,
             int(paired.n_worlds[k]), str(_verdict(contrast, difference, low, high, smallest)))
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _years(window: tuple[int, int]) -> str:
    first, last = window
    return str(first) if first == last else f"{first}-{last}"


def _verdict(contrast: Contrast, difference: float, low: float, high: float, smallest: float) -> Verdict:
    if contrast.at_most is not None:
        if low > contrast.at_most:
            return Verdict.OTHER_WAY
        return Verdict.AS_SAID if high <= contrast.at_most else Verdict.UNTOLD
    if high < 0:
        return Verdict.OTHER_WAY
    if not low > 0:
        return Verdict.UNTOLD
    return Verdict.AS_SAID if difference >= smallest else Verdict.SMALL


def tally(found: pd.DataFrame) -> list[str]:
    """How many contrasts came out how: those that a source says, and could have come out otherwise; those that a source says,
    where what differs is an assumption, mostly the strength of the very thing; and the project's own.
    """
    own, strength = found["source"] == ASSUMED, found["turned"] == Turned.ASSUMPTION
    lines = []
    for what, mine in (
        ("what sources say, and could have come out otherwise", found[~own & ~strength]),
        ("what sources say, an assumption turned", found[~own & strength]),
        ("the project's own", found[own]),
    ):
        count = Counter(mine["verdict"])
        parts = [f"{count[verdict]} {verdict.value}" for verdict in Verdict]
        kinds = Counter(mine["turned"])
        ways = ", ".join(f"{kinds[kind]} {kind.value}" for kind in Turned if kinds[kind])
        lines.append(f"{what}: {len(mine)} contrasts{f' ({ways})' if ways else ''}: {'; '.join(parts)}")
    return lines


def as_text(found: pd.DataFrame) -> list[str]:
    """The table for a terminal: a line for each contrast."""
    lines: list[str] = []
    for frame, mine in found.groupby("frame", sort=False):
        lines += ["", str(frame)]
        lines += [
            f"  {row['says']:<78} {_difference(row):<30} {row['right']:>5.0%}  {row['verdict']}"
            for row in mine.to_dict("records")
        ]
    return [*lines, "", *tally(found)]


def as_markdown(found: pd.DataFrame, how: str) -> str:
    """The table as a page of the docs."""
    lines = [
        "# Claims, played", "", how, "",
        "Each row is something that a source says, put as a contrast: two sides of the same world, in the same luck and with "
        "the same parameters, and a reading that is greater on the second if the source is right. Where the source is "
        "*assumption* no source says so: it is the project's own, mostly a price, or what a proposal would do. *Difference* "
        "is the second's less the first's, mean of worlds, with its 90 % interval (Student's t); *right* is the share of "
        "worlds in which it points the source's way. Where the first side is nought the reading itself is a difference "
        "(between groups, between answers). Were a mechanism idle, one contrast in twenty would still seem to come out as the"
        " source says.",
        "", "*Turned* says what differs: a *lever* or dated fact; the *group* or the *time*, where one world is looked at alone; "
        "or an *assumption*, mostly the strength of the very thing that is said. Where that is turned, what is played is how "
        "much it comes to in whole runs; that it is so at all stays the source's word: such contrasts can hardly come out the "
        "other way, and are counted apart.",
        "", *(f"- *{verdict.value}*: {means}." for verdict, means in _MEANS.items()),
        "", "Where a source says that something does *not* get greater, the difference has a bound, *at most* so much: "
        + "; ".join(f"*{verdict.value}* where {means}" for verdict, means in _WHERE_BOUND.items()) + ".",
        "", *(f"- {line}" for line in tally(found)),
        "", "What the claims come to, row by row of the sources: [claims](reference/claims.md).", "",
    ]  # fmt: skip
    for frame, mine in found.groupby("frame", sort=False):
        lines += [f"## {frame}", ""]
        lines += markdown_table(
            ("what is said", "rows", "source", "reading", "from", "to", "turned", "years", "difference", "right",
             "verdict"),
            [
                (
                    row["says"], row["claims"], row["source"], f"{row['reading']} ({row['unit']})",
                    _sides(row["less"]), _sides(row["more"]), row["turned"], row["years"],
                    _difference(row), f"{row['right']:.0%}", _stressed(row["verdict"]),
                )
                for row in mine.to_dict("records")
            ],
        )  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _difference(row: Mapping[Hashable, Any]) -> str:
    """Mean and interval, and the bound where there is one."""
    bound = "" if np.isnan(row["at_most"]) else f", at most {shown(row['at_most'])}"
    return interval(row["difference"], row["low"], row["high"]) + bound


def _stressed(verdict: str) -> str:
    return f"**{verdict}**" if verdict == Verdict.OTHER_WAY else verdict


def _sides(words: str) -> str:
    """A side with its parameters' names as code."""
    parts = (part.partition(" ") for part in words.split(", "))
    return ", ".join(f"{code(name) if '.' in name else name}{space}{rest}" for name, space, rest in parts)
