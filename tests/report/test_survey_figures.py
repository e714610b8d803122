from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.report.figures.panel import Rect
from sim.report.figures.survey_items import FORMS, PANELS, form_figure, survey_figure
from sim.report.observed import Observed, observed
from sim.report.results import Results
from sim.report.survey_answers import answer, interval, simulated
from sim.report.view import View
from sim.surveys.questionnaire import ITEMS

ROWS = [
    # design, wave, target, share in three worlds, n
    ("voluntary", "2021-spring", "forum_satisfied_t1", (0.4, 0.5, 0.6), 150),
    ("voluntary", "2024-autumn", "forum_satisfied_t3", (0.6, 0.6, 0.6), 180),
    ("voluntary", "2021-spring", "drawn_positive", (18, 27, 36), 36),
    ("voluntary", "2021-spring", "response_forum", (153, 153, 153), 304),
    ("obligatory", "2021-spring", "forum_satisfied_t1", (0.0, 0.0, 0.0), 150),
]


@pytest.fixture
def view(tmp_path: Path) -> View:
    manifest = {"designs": [{"key": "voluntary"}, {"key": "obligatory"}], "worlds": 3,
                "parameters": {"drawn_from": "priors"}}  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pd.DataFrame([
        {"world": world, "design": design, "wave": wave, "target": target, "share": share, "n": n}
        for design, wave, target, shares, n in ROWS
        for world, share in enumerate(shares)
    ]).to_parquet(tmp_path / "surveys.parquet")  # fmt: skip
    return View(Results(tmp_path), "en")


def test_every_item_shown_was_observed_and_is_asked_by_the_model() -> None:
    asked = {item.target for item in ITEMS}
    stems = [stem for groups in PANELS.values() for stem in groups.values()]
    shown = {
        target for target in observed() if any(target == s or target.startswith(f"{s}_t") for s in stems)
    }
    assert len(shown) >= len(stems)
    assert shown | set(FORMS) <= asked
    assert all(observed()[target].is_share for target in (*shown, *FORMS))


def test_shares_of_the_survey_with_words_for_numbers_keep_what_is_left_open() -> None:
    found = observed()["equality_owner_t1"]
    assert (found.value, found.n, found.within) == (0.72, 151, 0.03)
    assert observed()["forum_satisfied_t1"].within == 0


def test_rules_are_no_figures_to_be_held_against() -> None:
    assert "response_forum" not in observed()


def test_counts_become_shares_of_those_who_answered() -> None:
    figure = Observed("x", "", "", "", value=26, unit="count", n=36, within=1, source="")
    rows = pd.DataFrame({"share": [18.0, 27.0], "n": [36, 36]})
    found = answer(figure, "2024-autumn", rows)
    assert found.seen == pytest.approx(26 / 36)
    assert found.mean == pytest.approx((0.5 + 0.75) / 2)
    assert found.half_year == 2024.5
    low, high = interval(26 / 36, 36)
    assert (found.seen_low, found.seen_high) == pytest.approx((low - 1 / 36, high + 1 / 36))


def test_the_sampling_interval_is_wilsons_and_says_something_even_of_all_or_none() -> None:
    # n = 100, share 0.5, z = 1.6449: middle 0.5, half-width 1.6449 / 1.02706 * sqrt(0.0025 + 0.00006764).
    low, high = interval(0.5, 100)
    assert (low + high) / 2 == pytest.approx(0.5)
    assert (high - low) / 2 == pytest.approx(0.08116, abs=1e-4)
    assert interval(1.0, 35)[0] == pytest.approx(35 / (35 + 1.6449**2))


def test_only_the_baseline_and_only_shares_are_shown(view: View) -> None:
    found = {each.target: each for each in simulated(view)}
    assert set(found) == {"forum_satisfied_t1", "forum_satisfied_t3", "drawn_positive"}
    assert found["forum_satisfied_t1"].mean == pytest.approx(0.5)
    assert found["forum_satisfied_t1"].low == pytest.approx(0.41)
    assert found["forum_satisfied_t1"].high == pytest.approx(0.59)


def test_an_item_without_answers_has_no_panel(view: View) -> None:
    figure = survey_figure(view)
    assert [panel.title for panel in figure.panels] == ["Satisfied with the forum"]
    assert figure.panels[0].label == (
        "Satisfied with the forum. Forum members in 2021: 56% in the survey, 41% to 59% in the model. "
        "Forum members in 2024: 70% in the survey, 60% to 60% in the model."
    )
    bands = [mark for mark in figure.panels[0].marks if isinstance(mark, Rect)]
    assert [(round(band.y0), round(band.y1)) for band in bands] == [(41, 59), (60, 60)]


def test_the_caption_warns_until_the_model_is_fitted(view: View) -> None:
    assert "it may miss them" in str(survey_figure(view).caption)
    manifest = json.loads((view.results.folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["parameters"] = {"drawn_from": "posterior"}
    (view.results.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    fitted = View(Results(view.results.folder), "en")
    assert "it may miss them" not in str(survey_figure(fitted).caption)


def test_forms_are_shown_item_by_item(view: View) -> None:
    panel = form_figure(view).panels[0]
    assert [words for _, words in panel.y.ticks] == ["Owners: positive to being picked"]
    assert "72% in the survey, 52% to 98% in the model" in panel.label


def test_without_a_survey_there_are_no_figures(view: View) -> None:
    (view.results.folder / "surveys.parquet").unlink()
    assert survey_figure(view).panels == form_figure(view).panels == ()
