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
BETTER = {"stigma": -1, "felt_voluntariness": 0}
UNCLEAR, SAME = (-0.02, 0.01, 0.04), (0.0, 0.0, 0.0)


def folder_of(
    folder: Path, outcomes: Mapping[str, tuple[Interval, ...]], groups: tuple[str, ...] = ("all",)
) -> Path:
    """A results folder with given intervals for each alternative: `b0`, `b1`, ... against `a`."""
    names = ["a", *(f"b{i}" for i in range(len(next(iter(outcomes.values())))))]
    rows = [
        {"outcome": outcome, "group": group, "design_a": "a", "design_b": f"b{i}", "horizon": "mean",
         "unit": "hundredths of a pupil SD" if outcome == "pupil_results" else "0-1", "better": BETTER.get(outcome, 1),
         "n_worlds": 40,
         "low": low, "difference": middle, "high": high, "mean_a": 0.5, "mean_b": 0.5 + middle,
         "smallest": 0.5 if outcome == "pupil_results" else 0.01}
        for outcome, intervals in outcomes.items()
        for i, (low, middle, high) in enumerate(intervals)
        for group in groups
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(folder / "comparison.parquet")
    designs = [{"key": name, "title": name.upper()} for name in names]
    (folder / "manifest.json").write_text(json.dumps({"designs": designs, "worlds": 40}))
    return folder


@pytest.mark.parametrize(
    ("intervals", "key"),
    [
        ((UP,), "finding.one.higher"),
        ((SLIGHTLY_DOWN,), "finding.one.trifle"),
        ((UNCLEAR,), "finding.one.none"),
        ((SAME,), "finding.one.same"),
        ((UP, SLIGHTLY_UP), "finding.several.only_higher"),
        ((SLIGHTLY_UP, SLIGHTLY_UP), "finding.several.trifle"),
        ((DOWN, DOWN), "finding.several.all_lower"),
        ((UP, UP, UNCLEAR), "finding.several.some_higher"),
        ((UNCLEAR, DOWN, SAME), "finding.several.only_lower"),
        ((SLIGHTLY_UP, SLIGHTLY_DOWN), "finding.several.trifle"),
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


def test_a_null_result_is_said_plainly_and_without_digits(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"owner_competence": (SLIGHTLY_UP,), "pupil_results": (SLIGHTLY_DOWN,)})
    assert headline(folder, "en") == [
        "No difference that would matter. Between “B0” and “A” the model finds no difference that would matter.",
        "For pupils’ level of results in the country as a whole there is no difference that would matter.",
    ]


def test_what_could_still_matter_is_not_called_nothing(tmp_path: Path) -> None:
    (sentence,) = headline(folder_of(tmp_path, {"owner_competence": (UNCLEAR,)}), "en")
    assert sentence == (
        "It can’t be told yet. Between “B0” and “A” nothing clearly differs by as much as would matter, "
        "but 40 worlds are too few to rule it out."
    )


def test_what_moved_most_against_its_threshold_leads(tmp_path: Path) -> None:
    far = (-0.20, -0.19, -0.18)
    outcomes = {"owner_competence": (SLIGHTLY_UP,), "legitimacy": (DOWN,), "forum_satisfaction": (far,)}
    assert headline(folder_of(tmp_path, outcomes), "en") == [
        "Worse. Compared with “A”, “B0” comes out worse: satisfaction in the forum falls by 19.0 points of 100 in the country "
        "as a whole (90% interval from 18.0 to 20.0), and nothing gets better by as much as would matter.",
        "Besides, the scheme’s legitimacy falls by 5.0 points of 100 in the country as a whole.",
    ]


def test_an_outcome_that_nobody_asked_about_leads_only_if_all_its_interval_would_matter(
    tmp_path: Path,
) -> None:
    outcomes = {"owner_competence": (SLIGHTLY_UP,), "forum_satisfaction": ((-0.09, -0.05, -0.005),)}
    (sentence,) = headline(folder_of(tmp_path, outcomes), "en")
    assert sentence.startswith("No difference that would matter.")


def test_a_gain_and_a_loss_make_a_question_of_what_counts(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"owner_competence": (UP,), "stigma": (UP,)})
    (sentence,) = headline(folder, "en")
    assert sentence == (
        "It depends on what counts. Compared with “A”, “B0” gives one thing and takes another: owners’ competence rises by "
        "5.0 points of 100 in the country as a whole, which is better, but felt stigma rises by 5.0 points of 100 in the "
        "country as a whole, which is worse."
    )


def test_what_is_neither_better_nor_worse_makes_no_verdict(tmp_path: Path) -> None:
    (sentence,) = headline(folder_of(tmp_path, {"felt_voluntariness": (DOWN,)}), "en")
    assert sentence.startswith("Different, but neither better nor worse.")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_price_is_told_where_nothing_is_gained_and_nothing_hardly_matters(
    tmp_path: Path, lang: str
) -> None:
    outcomes = {"owner_competence": (SLIGHTLY_UP, SAME), "legitimacy": (DOWN, SLIGHTLY_DOWN)}
    told = " ".join(headline(folder_of(tmp_path, outcomes), lang))
    assert not any(word in told for word in ("price", "hardly", "Prisen", "knapt", "målbart"))


def test_each_alternative_gets_its_verdict_and_not_the_dearest_alone(tmp_path: Path) -> None:
    outcomes = {"owner_competence": (UP, SLIGHTLY_UP), "legitimacy": (SLIGHTLY_DOWN, DOWN)}
    first, second, *_ = headline(folder_of(tmp_path, outcomes), "en")
    assert first.startswith("Compared with “A”, “B0” comes out better: owners’ competence rises")
    assert second.startswith("Compared with “A”, “B1” comes out worse: the scheme’s legitimacy falls")


def test_those_drawn_come_before_the_country(tmp_path: Path) -> None:
    outcomes = {"pupil_results": ((-0.9, -0.8, -0.7),)}
    folder = folder_of(tmp_path, outcomes, ("all", "picked.either"))
    verdict, drawn, country = headline(folder, "en")
    assert "in the municipalities that are drawn" in verdict
    assert drawn == (
        "Pupils’ results fall by 0.80 hundredths of a standard deviation in the municipalities that are drawn "
        "(90% interval from 0.70 to 0.90)."
    )
    assert "in the country as a whole" in country


def with_share(folder: Path, share: Interval, group: str = "picked.either", effect: float = 0.3) -> Path:
    """The folder with a row of the yardstick for pupils' results."""
    low, middle, high = share
    row = {
        "outcome": "pupil_results", "group": group, "design_a": "a", "design_b": "b0", "horizon": "mean", "effect": effect,
        "difference": middle * effect, "share": middle, "share_low": low, "share_high": high,
    }  # fmt: skip
    pd.DataFrame([row]).to_parquet(folder / "yardstick.parquet")
    return folder


TENTH_LOST = {"pupil_results": ((-0.12, -0.1, -0.08),)}


def test_a_trifle_in_points_is_still_told_as_a_share_of_what_the_scheme_brings(tmp_path: Path) -> None:
    folder = with_share(folder_of(tmp_path, TENTH_LOST, ("all", "picked.either")), (-0.45, -0.33, -0.21))
    assert headline(folder, "en")[1] == (
        "For pupils in the municipalities that are drawn there is no difference that would matter. Yet measured against the "
        "little that follow-up itself brings them, 33% of it is lost (90% interval from 21 to 45)."
    )


@pytest.mark.parametrize(
    ("share", "group", "effect"),
    [
        ((-0.45, -0.33, -0.21), "all", 0.3),  # of another group: no yardstick for those drawn
        ((-0.45, -0.33, 0.21), "picked.either", 0.3),  # may be nothing
        ((-0.08, -0.06, -0.04), "picked.either", 0.3),  # less than a tenth
        ((-0.45, -0.33, -0.21), "picked.either", -0.3),  # the scheme itself does harm
    ],
)
def test_no_share_is_told_of_another_group_or_of_nothing(
    tmp_path: Path, share: Interval, group: str, effect: float
) -> None:
    folder = with_share(folder_of(tmp_path, TENTH_LOST, ("all", "picked.either")), share, group, effect)
    assert (
        headline(folder, "en")[1]
        == "For pupils in the municipalities that are drawn there is no difference that would matter."
    )


def test_one_world_tells_nothing_of_certainty(tmp_path: Path) -> None:
    nan = float("nan")
    folder = folder_of(tmp_path, {"owner_competence": ((nan, 0.05, nan),)})
    assert headline(folder, "en") == [
        "Only one world was played, so nothing can be said about how sure the numbers are."
    ]
