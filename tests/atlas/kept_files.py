"""Looks up what a kept answer's `data-source` names in the atlas's own files, reckoned anew without the package's code."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as student

from sim.atlas.playing import places
from sim.report.money import PARTS
from tests.report.test_page import Files

ROUNDING = 1e-12  # of the largest value: what the computer's rounding can do
Columns = dict[str, Any]


class KeptFiles(Files):
    """The atlas's figures and manifest, and the kept answers to experiments.

    Parameters
    ----------
    experiments : Path
        Folder with the latter.
    """

    def __init__(self, folder: Path, experiments: Path) -> None:
        super().__init__(folder)
        self.experiments = experiments
        self.compared: dict[tuple[str, str], dict[tuple[str, str], Columns]] = {}
        with np.load(folder / "worlds.npz") as file:
            self.kept = {name: file[name].astype(np.float64) for name in file.files}

    @cached_property
    def designs(self) -> list[str]:
        return [one["key"] for one in self.manifest["designs"]]

    @cached_property
    def units(self) -> dict[str, str]:
        return {one["key"]: one["unit"] for one in self.manifest["outcomes"]}

    def _levers(self, design: str) -> dict[str, Any]:
        first = self.manifest["designs"][0]["levers"]  # of the others only what differs from it is written
        return {**first, **super()._levers(design)}

    def _of(self, table: str, named: dict[str, str], outcome: str, column: str, group: str = "all") -> float:
        row = self._row(table, {**named, "outcome": outcome, "group": group})
        return float(row[column]) * (2 if self.units[outcome].endswith("per half-year") else 1)

    def _rows(self, file: str, conditions: tuple[str, ...]) -> pd.DataFrame:
        return pd.DataFrame([self._row(file, dict(each.split("=", 1) for each in conditions))])

    def _row(self, file: str, named: dict[str, str]) -> Columns:
        """The one row that a source names."""
        if (self.experiments / file).is_file():
            manifest = json.loads((self.experiments / file).read_text(encoding="utf-8"))
            assert manifest["designs"][0]["key"] == named["versus"]
            wanted = {
                "at": named["horizon"],
                **{name: named[name] for name in ("outcome", "group", "design")},
            }
            (row,) = (one for one in manifest["differences"] if wanted.items() <= one.items())
            return dict(row)
        assert (self.folder / file).name == "worlds.npz"
        assert named.get("horizon", "mean") == "mean"
        pair = named["versus"], named["design"]
        if pair not in self.compared:
            self.compared[pair] = self._statistics(*pair)
        return self.compared[pair][named["outcome"], named["group"]]

    def _statistics(self, versus: str, design: str) -> dict[tuple[str, str], Columns]:
        """Every measure's row in every place; of shape (worlds, measures, places) before it is flat."""
        names = [
            *self.units, "state_nok", "municipal_nok", "work_hours", "state_per_pupil", "own_per_pupil",
            "followed_share",
        ]  # fmt: skip
        groups = [*places(), "picked.either"]
        a, b, without = self._figures(versus, design)
        columns: Columns = {"mean_versus": _mean(a, known=b), "mean_design": _mean(b, known=a)}
        columns |= _named("", *_interval(_less(b, a)), middle="difference")
        y, d = _less(a, without), _less(b, a)
        y, d = y + 0 * d, d + 0 * y  # known where all three are
        columns |= _named("effect", *_interval(y)) | _named("effect_design", *_interval(y + d))
        own, low, high = _interval(y)
        size = np.where((low > 0) | (high < 0), np.abs(own), np.nan)
        share = _interval(d)[0] / size
        middle, _, high = _interval(d - share * np.sign(own) * y)
        half = (high - middle) / size
        columns |= {"share": share, "share_low": share - half, "share_high": share + half}
        return {
            (name, group): {column: values[i, j] for column, values in columns.items()}
            for i, name in enumerate(names)
            for j, group in enumerate(groups)
        }

    def _figures(self, versus: str, design: str) -> tuple[Any, Any, Any]:
        """Both designs' figures, and those of the first without follow-up."""
        pairs = [tuple(pair) for pair in self.manifest["pairs"]]
        nothing = np.full(self.kept["values"].shape[:2], np.nan)
        picked = {0: nothing, 1: nothing, 2: nothing}
        if (versus, design) in pairs:
            picked = {side: self.kept["picked"][:, side, :, pairs.index((versus, design))] for side in picked}
        elif (design, versus) in pairs:
            turned = self.kept["picked"][..., pairs.index((design, versus))]
            picked |= {0: turned[:, 1], 1: turned[:, 0]}
        everywhere = {
            0: self.kept["values"][..., self.designs.index(versus)],
            1: self.kept["values"][..., self.designs.index(design)],
            2: self.kept["without"][..., self.designs.index(versus)],
        }
        a, b, without = (
            self._whole(np.concatenate([everywhere[side], picked[side][:, :, None]], axis=2), of)
            for side, of in ((0, versus), (1, design), (2, versus))
        )
        return a, b, without

    def _whole(self, values: Any, design: str) -> Any:
        """The outcomes, then what is reckoned from them."""
        keys = [*self.units]

        def added(outcomes: tuple[str, ...]) -> Any:
            twice = [2 if self.units[one].endswith("per half-year") else 1 for one in outcomes]
            return sum(
                n * np.nan_to_num(values[:, keys.index(one)]) for one, n in zip(outcomes, twice, strict=True)
            )

        state, own, work = (added(PARTS[purse].outcomes) for purse in ("state", "municipal", "work"))
        assert self.manifest["scale"] == 1
        pupils = np.concatenate([self.kept["pupils"], np.full((len(values), 1), np.nan)], axis=1)
        pupils[pupils == 0] = np.nan
        whole = state.copy()
        whole[:, places().index("all")] += self._granted(design, "+".join(PARTS["state"].granted))
        followed = added(("pupils_reached",)) / pupils
        reckoned = [whole, own, work, state / pupils, own / pupils, followed]
        return np.concatenate([values, np.stack(reckoned, axis=1)], axis=1)


def _less(one: Any, other: Any) -> Any:
    """World by world, what is only the computer's rounding being none."""
    gap = one - other
    known = ~np.isnan(gap)
    largest = np.where(known, np.maximum(np.abs(one), np.abs(other)), 0).max(axis=0)
    return np.where(np.abs(gap) <= ROUNDING * largest, 0.0, gap)


def _mean(of: Any, known: Any) -> Any:
    """Over the worlds in which both are known."""
    there = ~np.isnan(of + known)
    n = there.sum(axis=0)
    return np.where(there, of, 0).sum(axis=0) / np.where(n, n, np.nan)


def _interval(of: Any) -> tuple[Any, Any, Any]:
    """Mean over worlds, and the ends of Student's 90 % interval."""
    mean = _mean(of, of)
    n = (~np.isnan(of)).sum(axis=0)
    squares = np.where(np.isnan(of), 0, (of - mean) ** 2).sum(axis=0)
    error = np.sqrt(squares / np.where(n > 1, n - 1, np.nan) / np.where(n, n, np.nan))
    half = student.ppf(0.95, np.maximum(n - 1, 1)) * error
    return mean, mean - half, mean + half


def _named(name: str, mean: Any, low: Any, high: Any, middle: str = "") -> Columns:
    return {middle or name: mean, f"{name}_low".strip("_"): low, f"{name}_high".strip("_"): high}
