from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from sim.experiments.instruments import national_model
from sim.report import headline
from sim.report.answer import headline_sentences, summed_up
from sim.report.felt import Felt
from sim.report.figures import answer
from sim.report.figures.answer import answer_figure
from sim.report.figures.svg import svg
from sim.report.messages import load
from sim.report.results import Results
from sim.report.style import SMALL_PX, TEXT_PX
from sim.report.units import shown
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
        {"outcome": outcome, "group": group, "versus": "a", "design": f"b{i}", "horizon": "mean",
         "unit": "hundredths of a pupil SD" if outcome == "pupil_results" else "0-1", "better": BETTER.get(outcome, 1),
         "n_worlds": 40,
         "low": low, "difference": middle, "high": high, "mean_versus": 0.5, "mean_design": 0.5 + middle,
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
        "Between “B0” and “A” there is no difference that would matter: none of the steps on the way to the pupils changes by "
        "as much as would matter.",
        "Larger differences are as good as ruled out, as far as the model reaches.",
        "There is no difference that would matter in the results of pupils in the country as a whole.",
    ]


def test_what_could_still_matter_is_not_called_nothing(tmp_path: Path) -> None:
    assert headline(folder_of(tmp_path, {"owner_competence": (UNCLEAR,)}), "en") == [
        "Whether “B0” would be better than “A” can’t be told yet.",
        "Nothing tells the designs clearly apart by as much as would matter, but 40 simulations are too few to rule it out.",
    ]


def test_what_moved_most_against_its_threshold_leads(tmp_path: Path) -> None:
    far = (-0.20, -0.19, -0.18)
    outcomes = {"owner_competence": (SLIGHTLY_UP,), "legitimacy": (DOWN,), "forum_satisfaction": (far,)}
    assert headline(folder_of(tmp_path, outcomes), "en") == [
        "“B0” would come out worse than “A”: cooperation in forums and partnerships suffers, and trust in the scheme weakens; "
        "nothing gets better by as much as would matter.",
        "It shows most in satisfaction in the forum, which falls by 19 points of 100 in the country as a whole (between 18 and "
        "20). Even at the cautious end of the uncertainty it is large enough to matter.",
    ]


def test_an_outcome_that_nobody_asked_about_leads_only_if_all_its_interval_would_matter(
    tmp_path: Path,
) -> None:
    outcomes = {"owner_competence": (SLIGHTLY_UP,), "forum_satisfaction": ((-0.09, -0.05, -0.005),)}
    verdict, _ = headline(folder_of(tmp_path, outcomes), "en")
    assert verdict.startswith("Between “B0” and “A” there is no difference that would matter")


def test_a_gain_and_a_loss_make_a_question_of_what_counts(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"owner_competence": (UP,), "stigma": (UP,)})
    assert headline(folder, "en") == [
        "Whether “B0” would be better than “A” depends on what counts most: owners get better at leading school development, but "
        "being drawn is felt more as blame.",
        "The greatest advantage is that owners’ competence rises by 5.0 points of 100 in the country as a whole. The greatest "
        "drawback is that felt stigma rises by 5.0 points of 100 in the country as a whole. Even at the cautious end of the "
        "uncertainty both are large enough to matter.",
    ]


def test_a_gain_that_does_not_reach_the_classroom_is_told_as_such(tmp_path: Path) -> None:
    verdict, *_ = headline(folder_of(tmp_path, {"effort": (UP,)}), "en")
    assert verdict == (
        "“B0” would come out a little better than “A”: owners put more into the work, but not enough to change the teaching."
    )


def test_one_that_reaches_the_pupils_is_told_from_its_cause_in_scale_points(tmp_path: Path) -> None:
    # The effort is 5 times what matters and the pupils' 0.8 of 0.5 hundredths 1.6 times: the effort leads.
    outcomes = {"effort": (UP,), "pupil_results": ((0.7, 0.8, 0.9),)}
    verdict, _, pupils = headline(folder_of(tmp_path, outcomes), "en")
    assert (
        verdict
        == "“B0” would come out better than “A”: owners put more into the work, and pupils learn more."
    )
    assert pupils == "Pupils’ results rise by 0.08 scale points of a national test in the country as a whole."


def test_a_step_that_parts_is_told_by_what_moved_most_of_it_and_what_is_on_none_has_words_of_its_own(
    tmp_path: Path,
) -> None:
    # The draw hits fewer owners in need by 19 and more of the weakest by 5: the other side opens with what comes next.
    far = (-0.20, -0.19, -0.18)
    outcomes = {"owner_hit_rate": (far,), "recall": (UP,), "voc_training_side": ((0.03, 0.04, 0.05),)}
    verdict, *_ = headline(folder_of(tmp_path, outcomes), "en")
    assert verdict.endswith(
        "more instructors and examination boards are reached, but the draw hits fewer of those in greatest need."
    )


def test_what_is_neither_better_nor_worse_is_no_reason_where_anything_is(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"felt_voluntariness": (UP,), "participates": (UP,), "legitimacy": (DOWN,)})
    frame = pd.read_parquet(folder / "comparison.parquet")
    frame["better"] = frame["better"].where(frame["outcome"] != "participates", 0)
    frame.to_parquet(folder / "comparison.parquet")
    verdict, *_ = headline(folder, "en")
    assert verdict.startswith("“B0” would come out worse than “A”: trust in the scheme weakens;")


def test_an_uneven_grant_is_told_in_per_cent_of_how_uneven_it_was(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"grant_inequality": (DOWN,)})
    frame = pd.read_parquet(folder / "comparison.parquet").assign(unit="coefficient of variation", better=-1)
    frame.to_parquet(folder / "comparison.parquet")
    verdict, size, *_ = headline(folder, "en")
    assert verdict == "“B0” would come out better than “A”: the money is spread more evenly."
    assert (
        "the inequality of the grant, which falls by 10% in the country as a whole (between 6 and 14)" in size
    )


def test_where_nearly_all_say_yes_already_there_is_nothing_to_gain(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"participates": (UP,), "declined": (DOWN,), "legitimacy": (DOWN,)})
    frame = pd.read_parquet(folder / "comparison.parquet")
    rows = frame["outcome"].isin(["participates", "declined"])
    frame["unit"] = frame["unit"].where(~rows, "municipalities")
    frame["better"] = frame["better"].where(~rows, 0)
    frame["smallest"] = frame["smallest"].where(~rows, 1.0)
    figures = {"participates": (1.0, 1.5, 2.0, 48.0), "declined": (-1.2, -0.8, -0.4, 0.8)}
    for outcome, given in figures.items():
        for column, value in zip(("low", "difference", "high", "mean_versus"), given, strict=True):
            frame[column] = frame[column].where(frame["outcome"] != outcome, value)
    frame.to_parquet(folder / "comparison.parquet")
    verdict, *_ = headline(folder, "en")
    assert verdict == (
        "“B0” would come out worse than “A”: nearly all say yes today, so there is next to nothing to gain, and trust in the "
        "scheme weakens."
    )


def test_what_is_neither_better_nor_worse_makes_no_verdict(tmp_path: Path) -> None:
    verdict, _ = headline(folder_of(tmp_path, {"felt_voluntariness": (DOWN,)}), "en")
    assert verdict.startswith("“B0” would be different from “A”, but neither better nor worse")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_price_is_told_where_nothing_is_gained_and_nothing_hardly_matters(
    tmp_path: Path, lang: str
) -> None:
    outcomes = {"owner_competence": (SLIGHTLY_UP, SAME), "legitimacy": (DOWN, SLIGHTLY_DOWN)}
    told = " ".join(headline(folder_of(tmp_path, outcomes), lang))
    assert not any(word in told for word in ("price", "hardly", "Prisen", "knapt", "målbart"))


def test_the_verdict_is_on_the_pair_that_was_asked_and_the_others_are_told_in_words(tmp_path: Path) -> None:
    outcomes = {"owner_competence": (UP, SLIGHTLY_UP), "legitimacy": (SLIGHTLY_DOWN, DOWN)}
    first, size, other = headline(folder_of(tmp_path, outcomes), "en")
    assert first.startswith(
        "“B0” would come out a little better than “A”: owners get better at leading school development"
    )
    assert "owners’ competence, which rises by 5.0 points" in size
    assert other == (
        "“B1” would come out worse than “A” too: trust in the scheme weakens; nothing gets better by as much as would matter."
    )


def test_those_drawn_are_told_of_and_not_the_country(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"pupil_results": ((-0.9, -0.8, -0.7),)}, ("all", "picked.either"))
    verdict, size = headline(folder, "en")
    assert verdict.startswith("“B0” would come out worse than “A”: pupils learn less")
    assert size == (
        "It shows most in pupils’ level of results, which falls by 0.08 scale points of a national test in the municipalities "
        "that are drawn (between 0.07 and 0.09). Even at the cautious end of the uncertainty it is large enough to "
        "matter."
    )


def test_what_vocational_teachers_gain_is_not_told_of_all_teachers(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, {"voc_teachers_reached": (UP,), "voc_teaching": (UP,), "pupil_results": (SAME,)}
    )
    en, nb = (headline(folder, lang)[0] for lang in ("en", "nb"))
    assert (
        "more vocational teachers take part in measures, and vocational teachers get better prepared to teach"
        in en
    )
    assert "flere yrkesfaglærere er med på tiltak, og yrkesfaglærerne blir bedre rustet til å undervise" in nb


def test_the_figure_has_no_more_digits_than_the_table_and_none_of_money_that_does_not_vary(
    tmp_path: Path,
) -> None:
    view = View(
        Results(
            folder_of(
                tmp_path,
                {"owner_competence": ((0.2457, 0.2461, 0.2465),), "stigma": ((0.0321, 0.0322, 0.0323),)},
            )
        ),
        "en",
    )
    felt = {d.row.outcome: Felt(d) for o in ("owner_competence", "stigma") for d in view.differences(o)}
    assert [one.difference.number for one in felt.values()] == ["+25", "+3.2"]
    drawn = "".join(map(svg, answer_figure(view).panels))
    assert ">+25</text>" in drawn
    assert ">+3.2</text>" in drawn
    assert 'font-family="' in drawn  # paper asks no style sheet


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_words_of_the_answer_s_figure_can_be_read_on_a_phone_and_fit_beside_each_other(lang: str) -> None:
    texts, on_phone = load(lang), 351 / answer.WIDTH  # of a window of 390 pixels
    assert SMALL_PX * on_phone > 9.5
    units = [
        str(unit)
        for outcome in national_model().outcomes
        if not outcome.better
        for unit in [shown(outcome.unit, 1.0, texts).difference]
    ]
    notes = [
        texts.text(
            "figure.answer.of_group",
            group=texts.text("group.picked.either.name"),
            note=texts.text("figure.wished.neither", unit=texts.text(f"unit.{unit}.name")),
        )
        for unit in units
    ]
    assert notes
    assert (
        max(len(note) for note in notes) * 0.48 * TEXT_PX < answer.WIDTH - 16
    )  # a letter of the sans is about half as wide as high


@pytest.mark.parametrize(
    "outcomes",
    [
        {"owner_competence": (UP,), "stigma": (UP,), "pupil_results": ((0.7, 0.8, 0.9),)},
        {"legitimacy": (DOWN, DOWN, DOWN), "pupil_results": ((0.7, 0.8, 0.9),) * 3},
        {"owner_competence": (UNCLEAR,), "pupil_results": ((0.0, 0.3, 0.6),)},
    ],
    ids=["mixed", "three alternatives", "open"],
)
def test_the_answer_has_four_numbers_at_most(
    tmp_path: Path, outcomes: Mapping[str, tuple[Interval, ...]]
) -> None:
    view = View(Results(folder_of(tmp_path, outcomes)), "en")
    page = "".join(sentence.__html__() for sentence in headline_sentences(view))
    assert page.count("<data") <= 4


def test_one_world_tells_nothing_of_certainty(tmp_path: Path) -> None:
    nan = float("nan")
    folder = folder_of(tmp_path, {"owner_competence": ((nan, 0.05, nan),)})
    assert headline(folder, "en") == [
        "Only one simulation was made, so nothing can be said about how sure the numbers are."
    ]
