from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from sim.report.evaluation import EvaluationEdition
from sim.report.page import edition_of, headline, render
from sim.report.results import Results

NONE = float("nan")
Change = Callable[[dict[str, object]], None]


def as_it_is(each: dict[str, object]) -> None:
    del each


def row(scenario: str, estimator: str, outcome: str, years: int) -> dict[str, object]:
    """One row as an evaluation writes it: before and after and look-alikes are off, the cut is right but finds little."""
    bias = {"before_after": -0.05, "look_alikes": -0.04, "discontinuity": 0.01}[estimator]
    true = {"model": -0.01, "none": 0.0, "stronger": -0.03}[scenario]
    return {
        "scenario": scenario, "estimator": estimator, "outcome": outcome, "years_after": years, "n_worlds": 40,
        "n_drawn": 38.0, "true_effect": true, "own_effect": true, "estimate": true + bias,
        "estimate_low": true + bias - 0.03, "estimate_high": true + bias + 0.03, "bias": bias,
        "bias_low": bias - 0.02, "bias_high": bias + 0.02, "regression_to_the_mean": bias, "sd_error": 0.05,
        "stated_error": 0.05, "found": 0.06, "found_low": 0.02, "found_high": 0.12, "coverage": 0.94,
        "coverage_low": 0.88, "coverage_high": 0.98, "minimum_detectable_effect": 0.14, "sd_between": 0.1,
        "draws_needed": 20.0 if true else NONE, "municipalities_needed": 760.0 if true else NONE,
    }  # fmt: skip


def write(folder: Path, change: Change = as_it_is) -> Path:
    folder.mkdir(exist_ok=True)
    names = ("before_after", "look_alikes", "discontinuity")
    rows = [
        row(scenario, estimator, outcome, years)
        for scenario in ("model", "none", "stronger") for estimator in names
        for outcome in ("risk_share", "lowest_level") for years in (1, 3, 6)
    ]  # fmt: skip
    for each in rows:
        change(each)
    pd.DataFrame(rows).to_parquet(folder / "evaluation.parquet")
    power = [
        {"estimator": estimator, "outcome": "risk_share", "years_after": 3, "effect_sd": effect, "n_draws": n,
         "found": min(1.0, 0.05 + effect * n)}
        for estimator in names for n in (1, 4, 16) for effect in (0.0, 0.5, 1.0)
    ]  # fmt: skip
    pd.DataFrame(power).to_parquet(folder / "power.parquet")
    designs = [{"key": key, "title": {"en": key}} for key in ("with_draw", "without_draw", "stronger_draw")]
    manifest = {
        "designs": designs, "worlds": 40, "seed": 1, "years": {"start": 2017, "parting": 2026, "end": 2032},
        "command": "kompetansesim evaluate follow-up",
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def with_echo(folder: Path, low: float, middle: float, high: float) -> Path:
    row = {"figure": "echo", "n_worlds": 40, "change": middle, "change_low": low, "change_high": high}
    pd.DataFrame([row]).to_parquet(folder / "returning.parquet")
    return folder


@pytest.mark.parametrize(
    ("low", "middle", "high", "words"),
    [
        (0.01, 0.02, 0.03, "shows too little at first"),
        (-0.03, -0.02, -0.01, "not weaker in those years but better"),
        (-0.01, 0.002, 0.03, "leaves nothing in the figures that can be told from zero"),
    ],
)
def test_what_the_returning_cohorts_do_to_before_and_after_is_told_as_it_is_found(
    tmp_path: Path, low: float, middle: float, high: float, words: str
) -> None:
    assert words in headline(with_echo(write(tmp_path / "r"), low, middle, high), "en")[-1]


@pytest.mark.parametrize(
    "ends", [(-0.02, 0.01, "shows no bias that can be told from zero"), (0.01, 0.03, "still off by")]
)
def test_the_best_of_comparisons_is_told(tmp_path: Path, ends: tuple[float, float, str]) -> None:
    low, high, words = ends

    def corrected(rows: dict[str, object]) -> None:
        if rows["estimator"] == "look_alikes":
            rows.update(estimator="corrected", bias=(low + high) / 2, bias_low=low, bias_high=high)

    told = headline(write(tmp_path / "r", corrected), "en")
    assert any("bias-corrected matching" in line and words in line for line in told)


def text_of(page: str) -> str:
    without = re.sub(r"<(svg|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(without))


def test_the_answer_stands_in_three_sentences(tmp_path: Path) -> None:
    first, second, third = headline(write(tmp_path / "r"), "en")
    assert first == (
        "3 years after the draw, the risk share of those drawn has changed by −6.0 percentage points, but the draw’s "
        "true effect in the model is −1.0 percentage points: even if the scheme did nothing at all, −5.0 percentage "
        "points would be seen, because those who are drawn were partly just unlucky (regression to the mean)."
    )
    assert second == (
        "Comparison with look-alikes that were not drawn is still off by −4.0 percentage points (90% interval from "
        "−6.0 to −2.0); regression discontinuity at the cut shows no bias that can be told from zero (+1.0 percentage "
        "points, from −1.0 to +3.0), but finds an effect in only 6% of the simulations."
    )
    assert third == (
        "By regression discontinuity, one draw shows only effects of 14.0 percentage points or more; for an effect like "
        "the model’s (−1.0 percentage points) it would take about 760 municipalities drawn, that is 20 draws like this one."
    )


def test_an_absurd_number_of_draws_is_said_to_be_one(tmp_path: Path) -> None:
    def absurd(each: dict[str, object]) -> None:
        each["draws_needed"] = 26_000.0

    assert headline(write(tmp_path / "r", absurd), "en")[2].endswith("more than will ever be held.")


@pytest.mark.parametrize(
    ("alikes", "at_cut"), [(0.0, 0.0), (-0.05, -0.05), (0.0, -0.05), (-0.05, NONE), (0.0, NONE)]
)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_there_is_a_sentence_for_every_pattern(
    tmp_path: Path, alikes: float, at_cut: float, lang: str
) -> None:
    def biased(each: dict[str, object]) -> None:
        bias = {"look_alikes": alikes, "discontinuity": at_cut}.get(str(each["estimator"]))
        if bias is not None:
            each |= {"bias": bias, "bias_low": bias - 0.02, "bias_high": bias + 0.02}

    lines = headline(write(tmp_path / "r", biased), lang)
    assert len(lines) == 3
    assert ("lot seg ikke gjøre" in lines[1] or "was not possible" in lines[1]) == math.isnan(at_cut)


def test_a_bias_that_cannot_be_told_is_not_called_regression_to_the_mean(tmp_path: Path) -> None:
    def unclear(each: dict[str, object]) -> None:
        each |= {"bias_low": -0.1, "bias_high": 0.1}

    assert "can’t tell the two apart" in headline(write(tmp_path / "r", unclear), "en")[0]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_page_shows_figures_tables_and_limits(tmp_path: Path, lang: str) -> None:
    edition = edition_of(Results(write(tmp_path / "r")), lang)
    assert isinstance(edition, EvaluationEdition)
    assert [len(edition.figures[key].panels) for key in ("answer", "power")] == [2, 3]
    page = render([edition])
    for section in edition.sections:
        assert f'id="{lang}-{section}"' in page
    assert page.count("<table") == 12 + 1  # two outcomes, three horizons, twice; and the designs' digests
    assert "kompetansesim evaluate follow-up" in text_of(page)


def test_every_number_in_the_tables_says_where_it_stands(tmp_path: Path) -> None:
    folder = write(tmp_path / "r")
    page = render([edition_of(Results(folder), "en")])
    table = pd.read_parquet(folder / "evaluation.parquet")
    bound = re.findall(r'<data value="([^"]+)" data-source="evaluation.parquet#([^"]+)"', page)
    assert len(bound) > 100
    for value, place in bound:
        where = dict(part.split("=", 1) for part in unescape(place).split(";"))
        column = where.pop("column")
        found = table
        for name, wanted in where.items():
            found = found[found[name].astype(str) == wanted]
        assert float(value) == pytest.approx(found[column].item(), nan_ok=True)


def test_no_estimates_give_a_page_that_says_so(tmp_path: Path) -> None:
    folder = write(tmp_path / "r")
    pd.read_parquet(folder / "evaluation.parquet")[:0].to_parquet(folder / "evaluation.parquet")
    edition = edition_of(Results(folder), "nb")
    assert edition.sections == ["answer", "designs", "seen", "reproduce"]
    assert "For få kommuner" in text_of(render([edition]))
