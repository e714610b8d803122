from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from sim.report import headline
from sim.report.answer import summed_up
from sim.report.results import Results
from sim.report.view import View

Interval = tuple[float, float, float]  # low, difference, high
UP, DOWN = (0.03, 0.05, 0.07), (-0.07, -0.05, -0.03)
SLIGHTLY_UP, SLIGHTLY_DOWN = (0.003, 0.005, 0.007), (-0.007, -0.005, -0.003)
UNCLEAR, SAME = (-0.02, 0.01, 0.04), (0.0, 0.0, 0.0)


def folder_of(folder: Path, outcomes: Mapping[str, tuple[Interval, ...]]) -> Path:
    """A results folder with given intervals for each alternative: `b0`, `b1`, ... against `a`."""
    names = ["a", *(f"b{i}" for i in range(len(next(iter(outcomes.values())))))]
    rows = [
        {"outcome": outcome, "group": "all", "design_a": "a", "design_b": f"b{i}", "horizon": "mean",
         "unit": "hundredths of a pupil SD" if outcome == "pupil_results" else "0-1", "better": 1, "n_worlds": 40,
         "low": low, "difference": middle, "high": high, "mean_a": 0.5, "mean_b": 0.5 + middle}
        for outcome, intervals in outcomes.items()
        for i, (low, middle, high) in enumerate(intervals)
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(folder / "comparison.parquet")
    designs = [{"key": name, "title": name.upper()} for name in names]
    (folder / "manifest.json").write_text(json.dumps({"designs": designs, "worlds": 40}))
    return folder


@pytest.mark.parametrize(
    ("intervals", "key"),
    [
        ((UP,), "finding.one.higher.large"),
        ((SLIGHTLY_DOWN,), "finding.one.lower.small"),
        ((UNCLEAR,), "finding.one.none"),
        ((SAME,), "finding.one.same"),
        ((UP, SLIGHTLY_UP), "finding.several.all_higher.large"),
        ((SLIGHTLY_UP, SLIGHTLY_UP), "finding.several.all_higher.small"),
        ((DOWN, DOWN), "finding.several.all_lower.large"),
        ((UP, UP, UNCLEAR), "finding.several.some_higher.large"),
        ((UNCLEAR, DOWN, SAME), "finding.several.only_lower.large"),
        ((SLIGHTLY_UP, SLIGHTLY_DOWN), "finding.several.mixed.small"),
        ((UNCLEAR, SAME), "finding.several.none"),
        ((SAME, SAME), "finding.several.same"),
    ],
)
def test_the_sentence_fits_the_findings(tmp_path: Path, intervals: tuple[Interval, ...], key: str) -> None:
    found = summed_up(
        View(Results(folder_of(tmp_path, {"owner_competence": intervals})), "en"), "owner_competence"
    )
    assert found is not None
    assert found.key == key
    assert str(found)


def test_a_null_result_is_said_plainly(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, {"owner_competence": (UNCLEAR,), "pupil_results": (UNCLEAR,), "legitimacy": (UNCLEAR,)}
    )
    assert headline(folder, "en") == [
        "For owners’ competence the model finds no difference between “B0” and “A” that it can tell from zero: "
        "the estimate is +1 points of 100, but the interval runs from −2 to +4.",
        "For pupils’ level of results the model finds no difference between “B0” and “A” that it can tell from zero: "
        "the estimate is +0.01 hundredths of a standard deviation, but the interval runs from −0.02 to +0.04.",
        "The model finds no clear price: neither legitimacy, ownership, load, time nor money gets "
        "measurably worse than with “A”.",
    ]


def test_a_difference_whose_interval_includes_zero_is_never_told_as_real(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"owner_competence": (UNCLEAR, UNCLEAR), "legitimacy": (UNCLEAR, SAME)})
    for lang, words in {
        "nb": ("blir høyere", "blir lavere"),
        "en": ("becomes higher", "becomes lower"),
    }.items():
        told = " ".join(headline(folder, lang))
        assert not any(word in told for word in words)


def test_a_clear_but_tiny_effect_on_pupils_is_held_against_what_follow_up_brings(tmp_path: Path) -> None:
    (sentence,) = headline(folder_of(tmp_path, {"pupil_results": (UP,)}), "nb")
    assert "så lite at det knapt betyr noe" in sentence
    assert "mot 3 hundredels standardavvik" in sentence


def test_the_price_is_the_first_outcome_that_gets_worse_by_more_than_a_trifle(tmp_path: Path) -> None:
    outcomes = {"owner_competence": (UP,), "legitimacy": (SLIGHTLY_DOWN,), "ownership": (DOWN,)}
    sentences = headline(folder_of(tmp_path, outcomes), "en")
    assert sentences[-1] == (
        "The price is that teachers’ ownership becomes lower: the difference is −5.0 points of 100 "
        "(90% interval from −7.0 to −3.0)."
    )


def test_a_trifling_price_is_called_one(tmp_path: Path) -> None:
    sentences = headline(
        folder_of(tmp_path, {"owner_competence": (UP,), "legitimacy": (SLIGHTLY_DOWN,)}), "en"
    )
    assert sentences[-1].startswith("The model finds no price that matters")


def test_one_world_tells_nothing_of_certainty(tmp_path: Path) -> None:
    nan = float("nan")
    folder = folder_of(tmp_path, {"owner_competence": ((nan, 0.05, nan),)})
    assert headline(folder, "en") == [
        "Only one world was played, so nothing can be said about how sure the numbers are."
    ]
