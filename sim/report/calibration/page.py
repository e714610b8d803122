"""The page on a calibration, in both languages, as one HTML file that asks for nothing outside itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup

from sim.errors import InputError
from sim.in_place import put_in_place
from sim.report.calibration.alarms import (
    CONFLICT,
    FAR,
    NEAR,
    conflicts_by_luck,
    misfit_alarm,
    prior_conflicts,
)
from sim.report.calibration.figures import fit_figure, learned_figure, rank_figure
from sim.report.calibration.files import CalibrationFiles, Words, answered, is_known, is_share, is_test
from sim.report.figures.panel import Figure
from sim.report.figures.svg import Drawing
from sim.report.quantity import Quantity, source
from sim.report.rendering import REPORT, in_both, put_page, rendered

CHECK_FIGURE = "ranks.png"
SECTIONS = (
    "answer", "fit", "held", "missed", "baselines", "learned", "tied", "patterns", "method", "all", "sources",
)  # fmt: skip
ROLLING = "rolling_verdicts"
_ROLLING_DIGITS = {
    "n": 0, "n_model": 0, "model_crps": 3, "last_wave_crps": 3, "model_log_score": 2, "last_wave_log_score": 2,
}  # fmt: skip
_BLEND_DIGITS, _BLEND_SHARES = {"spread": 1, "blend_crps": 3}, ("part", "blend_covered")
_OF_PATTERNS = ("literature_low", "literature_high", "simulated", "simulated_low", "simulated_high")
_WITHOUT = ("without_low", "without_high")
_MOST = 15
_FAR = 1.0  # SD from which a figure's distance from what the others tell is worth a line


class CalibrationEdition(Drawing):
    """One language's report.

    Parameters
    ----------
    files : CalibrationFiles
    lang : str
        "nb" or "en".
    """

    def __init__(self, files: CalibrationFiles, lang: str) -> None:
        self.files, self.lang = files, lang
        self.words = Words(lang)
        self.sections = SECTIONS

    def t(self, key: str, **values: Any) -> Markup:
        """A text of this report."""
        return self.words.t(key, **values)

    def common(self, key: str, **values: Any) -> Markup:
        """A text that all reports share."""
        return self.words.messages.html(key, **values)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Figures that have anything to show."""
        made = [fit_figure(self.files, self.words, role) for role in ("calibrate", "validate")]
        made.append(learned_figure(self.files, self.words))
        if self.files.check:
            ranks, coverage = self.files.check_table("ranks"), self.files.check_table("coverage")
            made.append(rank_figure(ranks, coverage, self.check_facts["n"], self.words))
        return {figure.key: figure for figure in made if figure.panels}

    def rows(self, role: str, *, shares: bool | None = None) -> list[Mapping[str, Any]]:
        """Figures of one role; those that are shares, that are not, or all."""
        found = [f for f in self.files.figures if f["role"] == role]
        return found if shares is None else [f for f in found if is_share(f) == shares]

    def is_answered(self, figure: Mapping[str, Any]) -> bool:
        """Whether the model has a counterpart."""
        return answered(figure)

    @property
    def missed(self) -> list[Mapping[str, Any]]:
        """Figures outside the model's interval."""
        return [f for f in self.files.figures if answered(f) and not f["inside"]]

    @property
    def unanswered(self) -> list[Mapping[str, Any]]:
        """Figures without a counterpart."""
        return [f for f in self.files.figures if not answered(f)]

    def counted(self, role: str) -> dict[str, Quantity]:
        """Figures of a role that have a counterpart and are a test, those of them inside 90 and 50 per cent, and those that are
        no test.
        """
        rows = [f for f in self.rows(role) if answered(f)]
        tests = [f for f in rows if is_test(f)]

        def number(value: int, column: str, stat: str) -> Quantity:
            return self.words.whole(
                value, source("fit.parquet", role=role, no_test="none", column=column, stat=stat)
            )

        none = source("fit.parquet", role=role, column="no_test", stat="count")
        return {
            "n": number(len(tests), "inside", "count"),
            "hits": number(sum(bool(f["inside"]) for f in tests), "inside", "sum"),
            "half": number(sum(bool(f["inside_half"]) for f in tests), "inside_half", "sum"),
            "none": self.words.whole(len(rows) - len(tests), none),
        }

    def mark(self, figure: Mapping[str, Any]) -> Markup | str:
        """Why a figure is no test; empty if it is one."""
        return "" if is_test(figure) else self.t(f"no_test.{figure['no_test']}")

    @cached_property
    def origins(self) -> list[tuple[Mapping[str, Any], dict[str, Quantity]]]:
        """The model against the last wave repeated, origin by origin; empty where no forecasts were made."""
        if not self.files.has(ROLLING):
            return []
        found: list[tuple[Mapping[str, Any], dict[str, Quantity]]] = []
        for row in self.files.table(ROLLING).to_dict("records"):
            place = {"origin": row["origin"]}
            digits = _ROLLING_DIGITS | (_BLEND_DIGITS if has_blend(row) else {})
            numbers = self.words.cells(ROLLING, row, ["origin"], digits)
            for name in ("covered_all", "last_wave_covered", *(_BLEND_SHARES if has_blend(row) else ())):
                numbers[name] = self.words.percent(
                    row[name], source(f"{ROLLING}.parquet", **place, column=name)
                )
            year = source(f"{ROLLING}.parquet", column="origin")
            numbers["year"] = Quantity(
                float(row["origin"]), year, self.words.messages, unit="plain", decimals=0, grouped=False
            )
            found.append(({str(k): v for k, v in row.items()}, numbers))
        return found

    @cached_property
    def lead(self) -> dict[str, Quantity]:
        """Numbers of figures fitted and held back."""
        return {
            "fitted": self.words.whole(
                self.files.diagnostics["targets_fitted"], source("diagnostics.json", path="targets_fitted")
            ),
            "held": self.words.whole(
                len(self.rows("validate")),
                source("fit.parquet", role="validate", column="target", stat="count"),
            ),
        }

    @cached_property
    def answers(self) -> list[Markup]:
        """The report in a few sentences."""
        learned = self.files.table("learned")
        informed = int(learned["informed"].sum())
        absent = len(self.unanswered)
        said = [
            *(self.t("answer.last_wave_better", year=n["year"]) for row, n in self.origins if row["worse"]),
            self.t("answer.fitted", **self.counted("calibrate")),
            self.t("answer.held", **self.counted("validate")),
        ]
        if absent:
            place = source("fit.parquet", column="inside", stat="missing")
            said.append(self.t("answer.unanswered", n=self.words.whole(absent, place)))
        said.append(self.t("answer.beats" if self.beats else "answer.not_beats"))
        said.append(
            self.t(
                "answer.learned",
                n=self.words.whole(informed, source("learned.parquet", column="informed", stat="sum")),
                all=self.words.whole(
                    len(learned), source("learned.parquet", column="parameter", stat="count")
                ),
            )
        )
        edge = learned[learned["at_edge"]]
        if len(edge):
            place = source("learned.parquet", column="at_edge", stat="sum")
            names = ", ".join(map(str, edge["parameter"]))
            said.append(self.t("answer.edge", n=self.words.whole(len(edge), place), names=names))
        return [*said, *self._conflicts(), *self._misfit()]

    def _conflicts(self) -> list[Markup]:
        """Figures that the priors all but ruled out."""
        intervals = self.files.table("intervals")
        found = prior_conflicts(intervals)
        if found.empty:
            return []
        names = ", ".join(self.words.of_target(self.files.by_target, target) for target in found["target"])
        place = source("intervals.parquet", column="prior_chance", stat="count below limit")
        limit = source("intervals.parquet", column="prior_chance", stat="limit")
        return [
            self.t(
                "answer.conflict",
                n=self.words.whole(len(found), place),
                limit=self.words.percent(CONFLICT, limit, 1),
                luck=self.words.number(conflicts_by_luck(intervals), place, 1),
                names=names,
            )
        ]

    def _misfit(self) -> list[Markup]:
        """How far the figures lie from what the others foretell, either way."""
        diagnostics = self.files.diagnostics
        if diagnostics["misfit_chance"] is None:
            return []
        chances = {
            tail: self.words.percent(diagnostics[name], source("diagnostics.json", path=name), 1)
            for tail, name in ((FAR, "misfit_chance"), (NEAR, "misfit_near_chance"))
        }
        alarm = misfit_alarm(diagnostics)
        return [self.t("answer.misfit", **chances), *([self.t(f"answer.misfit_{alarm}")] if alarm else [])]

    @property
    def with_prior(self) -> bool:
        """Whether the priors' chance of any figure is known."""
        return any(is_known(f["prior_chance"]) for f in self.files.figures)

    def prior_chance(self, figure: Mapping[str, Any]) -> Quantity | Markup:
        """Chance of a figure as far out before anything was fitted; a dash where it is not known."""
        if not is_known(figure["prior_chance"]):
            return Markup("–")
        place = source("intervals.parquet", target=figure["target"], column="prior_chance")
        return self.words.percent(figure["prior_chance"], place, 1)

    @property
    def beats(self) -> bool:
        """Whether the model is better than each simple guess by each score, on average."""
        better = self.files.table("verdicts")["better"]
        return bool(len(better)) and bool(better.all())

    def score(self, score: str) -> str:
        """A score's name inside a sentence."""
        name = self.words.messages.raw(f"calibration.baselines.what.{score}").split(" (")[0]
        return name[:1].lower() + name[1:]

    def verdicts(self) -> list[tuple[Mapping[str, Any], dict[str, Quantity], Markup]]:
        """The model against each guess by each score: the row, its numbers, and what they say."""
        found: list[tuple[Mapping[str, Any], dict[str, Quantity], Markup]] = []
        for row in self.files.table("verdicts").to_dict("records"):
            digits = {**dict.fromkeys(("model", "guess", "low", "high")), "n": 0}
            numbers = self.words.cells("verdicts", row, ["baseline", "score"], digits)
            clear = row["low"] > 0 or row["high"] < 0
            key = ("" if clear else "unclear_") + ("better" if row["better"] else "worse")
            guess = self.words.messages.raw(f"calibration.baselines.who.{row['baseline']}")
            said = self.t(
                f"baselines.verdict.{key}",
                guess=guess[:1].lower() + guess[1:],
                score=self.score(row["score"]),
            )
            found.append(({str(k): v for k, v in row.items()}, numbers, said))
        return found

    def learned(self, *, informed: bool | None = None) -> list[tuple[str, str, dict[str, Quantity]]]:
        """Parameters: name, unit, numbers; those about which something was learned first."""
        table = self.files.table("learned").sort_values("narrowed", ascending=False, kind="stable")
        found = []
        for row in table.to_dict("records"):
            if informed is not None and bool(row["informed"]) != informed:
                continue
            told = (str(name) for name in row if str(name).startswith(("prior_", "posterior_", "divergence")))
            numbers = self.words.cells("learned", row, ["parameter"], dict.fromkeys(told))
            place = source("learned.parquet", parameter=row["parameter"], column="narrowed")
            numbers["narrowed"] = self.words.percent(max(row["narrowed"], 0.0), place)
            found.append((str(row["parameter"]), str(row["unit"]), numbers))
        return found

    @property
    def rest(self) -> Quantity:
        """Number of parameters that keep their prior."""
        place = source("learned.parquet", column="informed", share="informed=False")
        return self.words.whole(int((~self.files.table("learned")["informed"]).sum()), place)

    def linked(
        self, table: str, names: tuple[str, str], numbers: tuple[str, ...], targets: tuple[str, ...]
    ) -> list[list[Any]]:
        """Rows of a table on two things: their names (of figures, if so) and numbers."""
        rows = []
        for row in self.files.table(table).head(_MOST).to_dict("records"):
            words = [
                self.words.of_target(self.files.by_target, row[name]) if name in targets else str(row[name])
                for name in names
            ]
            rows.append([*words, *self.words.cells(table, row, names, dict.fromkeys(numbers, 2)).values()])
        return rows

    def tensions(self) -> list[tuple[str, Quantity]]:
        """Figures far from what the others tell."""
        table = self.files.table("tensions")
        table = table[table["tension"].abs() >= _FAR]
        table = table.reindex(table["tension"].abs().sort_values(ascending=False).index).head(_MOST)
        return [
            (
                self.words.of_target(self.files.by_target, row["target"]),
                self.words.cells("tensions", row, ["target"], {"tension": 1})["tension"],
            )
            for row in table.to_dict("records")
        ]

    @cached_property
    def patterns(self) -> list[tuple[str, Mapping[Any, Any], dict[str, Quantity]]]:
        """Facts beside the fit: name, row of the table, numbers."""
        found: list[tuple[str, Mapping[Any, Any], dict[str, Quantity]]] = []
        table = self.files.table("patterns")
        if "no_test" not in table:
            raise InputError(
                "patterns.parquet is of an older version: `calibrate` writes it anew",
                file=str(self.files.folder),
            )
        for row in table.to_dict("records"):
            told = _OF_PATTERNS + (_WITHOUT if is_known(row["without_low"]) else ())
            numbers = self.words.cells("patterns", row, ["pattern"], dict.fromkeys(told, 3))
            key = f"calibration.pattern.{row['pattern']}"
            name = self.words.messages.raw(key) if key in self.words.messages else str(row["quantity"])
            found.append((name, row, numbers))
        return found

    @cached_property
    def pattern_facts(self) -> dict[str, Quantity]:
        """How many facts there are, how many are a test, and how many of those the model meets."""
        rows = [row for _, row, _ in self.patterns]
        tests = [row for row in rows if not is_known(row["no_test"])]
        measured = [bool(row["mean_inside"]) for row in tests if is_known(row["mean_inside"])]

        def number(value: int, **place: str) -> Quantity:
            return self.words.whole(value, source("patterns.parquet", **place))

        return {
            "all": number(len(rows), column="pattern", stat="count"),
            "n": number(len(tests), column="no_test", stat="missing"),
            "hits": number(
                sum(bool(row["overlap"]) for row in tests), no_test="none", column="overlap", stat="sum"
            ),
            "measured": number(len(measured), no_test="none", column="mean_inside", stat="count"),
            "inside": number(sum(measured), no_test="none", column="mean_inside", stat="sum"),
        }

    def has_mean_inside(self, row: Mapping[Any, Any]) -> Markup:
        """Whether the model's mean lies inside what was measured; a dash for one outcome that was counted."""
        if not is_known(row["mean_inside"]):
            return Markup("–")
        return self.t("table.yes" if row["mean_inside"] else "table.no")

    def pattern_mark(self, row: Mapping[Any, Any]) -> Markup | str:
        """Why a fact is no test; empty if it is one."""
        if not is_known(row["no_test"]):
            return ""
        return self.t(f"patterns.no_test.{row['no_test']}", what=row["repeats"])

    def waves(self) -> list[dict[str, Quantity]]:
        """How the sampling went, wave by wave."""
        digits = {"accepted_share": 2, "largest_r_hat": 3, "discrepancy_mean": 3}
        return [
            {
                name: self.words.number(
                    value, source("diagnostics.json", path=f"waves.{i}.{name}"), digits.get(name, 0)
                )
                for name, value in wave.items()
            }
            for i, wave in enumerate(self.files.diagnostics["waves"])
        ]

    def emulator(self) -> list[tuple[str, Quantity, Quantity]]:
        """How well the stand-in knows the model, target by target."""
        return [
            (
                self.words.of_target(self.files.by_target, row["target"]),
                self.words.percent(
                    max(row["explained"], 0.0),
                    source("emulator.parquet", target=row["target"], column="explained"),
                ),
                self.words.cells("emulator", row, ["target"], {"extra_sd": 2})["extra_sd"],
            )
            for row in self.files.table("emulator").to_dict("records")
        ]

    @cached_property
    def check_facts(self) -> dict[str, Quantity]:
        """What the trial of the method has shown."""
        check = self.files.check or {}

        def share(name: str, decimals: int = 0) -> Quantity:
            return self.words.percent(check[name], source("check/check.json", path=name), decimals)

        covered = [f"covered_{level}{end}" for level in (50, 90) for end in ("", "_low", "_high")]
        shares = {name: share(name, 1) for name in covered}
        return {
            "n": self.words.whole(check["repetitions"], source("check/check.json", path="repetitions")),
            **shares,
            "right": share("alarms_when_right"),
            **{
                name: self.words.percent(
                    told, source("check/check.json", path=f"alarms_when_wrong.{name}"), 0
                )
                for name, told in (check.get("alarms_when_wrong") or {}).items()
            },
        }

    @property
    def covers_too_little(self) -> list[str]:
        """Parameters learned of whose 90 % interval held the truth too seldom, with the share."""
        return list((self.files.check or {}).get("covers_too_little", []))

    def hashes(self) -> list[tuple[str, str]]:
        """Files with their SHA-256."""
        listed: dict[str, str] = dict(self.files.provenance.get("files_sha256", {}))
        listed |= {
            f"calibration/{name}": digest
            for name, digest in self.files.provenance.get("data_sha256", {}).items()
        }
        return list(listed.items())


def has_blend(row: Mapping[Any, Any]) -> bool:
    """Whether a blend with the last wave was learnt for an origin; it takes forecasts of earlier ones."""
    return bool(np.isfinite(row.get("blend_crps", np.nan)))


def write_calibration_report(folder: Path, lang: str = "nb") -> Path:
    """Write `report.html`, in both languages, from a calibration's files.

    Raises
    ------
    InputError
        If the folder holds no finished calibration.
    ValueError
        For a language without texts.
    """
    return put_page(Path(folder) / REPORT, calibration_page(folder, lang))


def calibration_page(folder: Path, lang: str = "nb", check: Path | None = None) -> str:
    """The report as HTML.

    Parameters
    ----------
    check : Path, optional
        Folder of the trial of its method, by default `check` in the calibration's own.

    Raises
    ------
    InputError, ValueError
        As `write_calibration_report`.
    """
    files = CalibrationFiles(folder, check)
    editions = in_both(lambda each: CalibrationEdition(files, each), lang)
    return rendered("calibration.html.j2", editions)


def write_check_figure(folder: Path, lang: str = "nb") -> Path:
    """Draw the rank histograms of a trial of the method as a PNG file beside its tables."""
    import json

    import pandas as pd

    from sim.report.figures.png import png

    folder = Path(folder)
    result = json.loads((folder / "check.json").read_text(encoding="utf-8"))
    words = Words(lang)
    n = words.whole(result["repetitions"], source("check.json", path="repetitions"))
    figure = rank_figure(
        pd.read_parquet(folder / "ranks.parquet"), pd.read_parquet(folder / "coverage.parquet"), n, words
    )
    file = folder / CHECK_FIGURE
    put_in_place(file, png(figure))
    return file
