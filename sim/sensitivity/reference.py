"""The accepted influences: a small table in the repository, and what it means that new ones differ from it.

The check plays a small, fixed screening with common random numbers, so that the same code gives the same influences to the last
digit. When the model is changed they move; the question is whether anything appears, vanishes or turns round, because then the
model says something new, and somebody should have meant it to.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import InputError
from sim.in_place import put_in_place

KEYS = ["outcome", "when", "group", "design", "versus", "factor"]
NUMBERS = ["mu_star", "mu"]
STANDS_OUT = 0.10  # of the greatest influence on the same result: from here on a parameter has influence
FADES_OUT = 0.05  # below this it has none; in between it is let be, so that nothing flickers
ONE_WAY = 0.5  # |mu| / mu_star from which on an influence has a direction
MOST_CHANGE = 2.0  # times by which the share of an influence may grow or shrink
MOST_SCALE = 4.0  # times by which the greatest influence on a result may grow or shrink
NOTHING = 1e-9  # of the outcome's unit: a result on which nothing has more influence than this is constant
DIGITS = 6  # kept in the file


@dataclass(frozen=True)
class Change:
    """One way in which the influences differ from the accepted ones."""

    result: str
    factor: str
    what: str

    def __str__(self) -> str:
        return f"{self.result}: {self.factor} {self.what}" if self.factor else f"{self.result}: {self.what}"


def influences(indices: pd.DataFrame) -> pd.DataFrame:
    """Size and sign of every influence, from a table of Morris indices: one row for each result and factor."""
    wanted = indices[indices["index"].isin(NUMBERS)]
    wide = wanted.pivot_table(index=KEYS, columns="index", values="value", sort=False, observed=True)
    found: pd.DataFrame = wide.reindex(columns=NUMBERS).reset_index()
    found.columns.name = None
    return found[found["factor"] != "dummy"].reset_index(drop=True)


def changes(accepted: pd.DataFrame, new: pd.DataFrame) -> list[Change]:
    """What has appeared, vanished, turned round or changed its size beyond the tolerances."""
    found: list[Change] = []
    before = _by_result(accepted)
    after = _by_result(new)
    for key in dict.fromkeys([*before, *after]):
        name = result_name(key)
        if key not in before:
            found.append(Change(name, "", "is not in the reference"))
        elif key not in after:
            found.append(Change(name, "", "is in the reference but no longer looked at"))
        else:
            found += _of_result(name, before[key].set_index("factor"), after[key].set_index("factor"))
    return found


def _by_result(rows: pd.DataFrame) -> dict[tuple[str, ...], pd.DataFrame]:
    groups = rows.groupby(KEYS[:-1], sort=False)
    return {tuple(str(part) for part in key): some for key, some in groups}


def result_name(key: tuple[str, ...]) -> str:
    """A result in a word or two, as in `practice@mean, obligatory - voluntary`."""
    outcome, when, group, design, versus = key
    figure = f"{outcome}@{when}" + ("" if group == "all" else f":{group}")
    return f"{figure}, {design}" + (f" - {versus}" if versus else "")


def _of_result(name: str, before: pd.DataFrame, after: pd.DataFrame) -> list[Change]:
    top_before, top_after = before["mu_star"].max(), after["mu_star"].max()
    if max(top_before, top_after) <= NOTHING:
        return []
    if min(top_before, top_after) <= NOTHING:
        what = (
            "is moved by parameters now, and was not" if top_before <= NOTHING else "is moved by nothing now"
        )
        return [Change(name, "", what)]
    found = []
    grown = top_after / top_before
    if not 1 / MOST_SCALE <= grown <= MOST_SCALE:
        found.append(
            Change(
                name,
                "",
                f"its greatest influence was {top_before:.3g} and is {top_after:.3g}, {grown:.2g} times that",
            )
        )
    for factor in dict.fromkeys([*map(str, before.index), *map(str, after.index)]):
        old = _share(before, factor, top_before)
        now = _share(after, factor, top_after)
        if what := _verdict(old, now, _direction(before, factor), _direction(after, factor)):
            found.append(Change(name, factor, what))
    return found


def _share(rows: pd.DataFrame, factor: str, top: float) -> float:
    return float(rows["mu_star"].get(factor, 0.0)) / float(top)


def _direction(rows: pd.DataFrame, factor: str) -> int:
    """1 or -1 if the factor pushes one way, else 0."""
    if factor not in rows.index:
        return 0
    size, push = float(rows["mu_star"][factor]), float(rows["mu"][factor])
    return int(np.sign(push)) if np.isfinite(push) and abs(push) >= ONE_WAY * size > 0 else 0


def _verdict(old: float, now: float, way_before: int, way_after: int) -> str:
    """What has happened to a factor, in words; empty if nothing that matters.

    Parameters
    ----------
    old, now : float
        Its influence over the greatest on the same result.
    """
    if old < FADES_OUT and now >= STANDS_OUT:
        return f"has gained influence ({_percent(old)} of the greatest before, {_percent(now)} now)"
    if old >= STANDS_OUT and now < FADES_OUT:
        return f"has lost its influence ({_percent(old)} of the greatest before, {_percent(now)} now)"
    if min(old, now) < STANDS_OUT:
        return ""
    if way_before * way_after < 0:
        return f"has changed sign ({'up' if way_before > 0 else 'down'} before, {'up' if way_after > 0 else 'down'} now)"
    if not 1 / MOST_CHANGE <= now / old <= MOST_CHANGE:
        return f"has another weight ({_percent(old)} of the greatest before, {_percent(now)} now)"
    return ""


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def read_reference(path: Path) -> pd.DataFrame:
    """The accepted influences.

    Raises
    ------
    InputError
        If the file is not there or can't be read.
    """
    if not path.is_file():
        raise InputError(
            'is not there; `kompetansesim sensitivity accept --reason "..."` writes it', file=str(path)
        )
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        for name in NUMBERS:
            frame[name] = [float(text or "nan") for text in frame[name]]
    except (ValueError, KeyError, pd.errors.ParserError) as error:
        raise InputError(f"is no table of accepted influences: {error}", file=str(path)) from None
    if list(frame.columns) != [*KEYS, *NUMBERS]:
        raise InputError(f"expected the columns {', '.join([*KEYS, *NUMBERS])}", file=str(path))
    return frame


def write_reference(influence: pd.DataFrame, path: Path) -> None:
    """Write the accepted influences, a few digits of each; those too small to matter as 0, so that diffs stay small."""
    frame = influence[[*KEYS, *NUMBERS]].copy()
    top = frame.groupby(KEYS[:-1], sort=False)["mu_star"].transform("max")
    first = ~frame.duplicated(KEYS[:-1])  # so that a result which nothing touches is in the file too
    frame = frame[first | (frame["mu_star"] > NEGLIGIBLE * top)]
    for name in NUMBERS:
        frame[name] = [float(f"{value:.{DIGITS}g}") for value in frame[name]]
    put_in_place(path, frame.to_csv(index=False, lineterminator="\n").encode())


NEGLIGIBLE = 0.01
"""Of the greatest influence on a result: what is smaller is left out of the file and counts as nothing."""
