from __future__ import annotations

import json
import math
from pathlib import Path

import pandas as pd
import pytest

from sim.report.answer import headline_sentences
from sim.report.edition import Edition
from sim.report.figures.budget import variance_figure
from sim.report.figures.panel import Rect
from sim.report.figures.unfolding import paired_by_year
from sim.report.page import render
from sim.report.part_messages import load_part
from sim.report.results import Results
from sim.report.variance import in_short, turning, under_others, variance_part
from sim.report.view import View
from tests.report.conftest import write_folder

NAN = math.nan
DESIGNS = ("voluntary", "obligatory")


def budget(outcome: str, shares: dict[str, float], settled_by: str, further: float = 0.0) -> pd.DataFrame:
    """The rows of one difference."""
    return pd.DataFrame([
        {"outcome": outcome, "group": "all", "versus": "voluntary", "design": "obligatory", "horizon": "mean",
         "component": component, "share": share, "share_low": share / 2, "share_high": min(1.0, 1.5 * share),
         "worlds_needed": further, "other_sign": 0.35, "settled_by": settled_by}
        for component, share in shares.items()
    ])  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = write_folder(tmp_path / "r", designs=DESIGNS, worlds=6)
    rows = [
        budget("owner_competence", {"parameters": 0.6, "worlds": 0.3, "structure": 0.1}, "parameters", 40.0),
        budget("practice", {"parameters": 0.2, "worlds": 0.7, "structure": 0.1}, "more worlds", 12.0),
        budget("pupil_results", {"parameters": 0.0, "worlds": 1.0, "structure": 0.0}, "settled"),
        budget("legitimacy", {"parameters": NAN, "worlds": NAN}, "more worlds", NAN),
    ]
    pd.concat(rows).to_parquet(made / "variance.parquet")
    rest = {"group": "all", "horizon": "mean", "versus": "voluntary", "design": "obligatory"}
    pd.DataFrame([
        {"structure": "standard", "outcome": "practice", "difference": 0.001, "low": 0.0, "high": 0.002, **rest},
        {"structure": "no_fatigue", "outcome": "practice", "difference": 0.003, "low": 0.001, "high": 0.005, **rest},
        {"structure": "no_peer_learning", "outcome": "practice", "difference": -0.002, "low": -0.003, "high": -0.001, **rest},
    ]).to_parquet(made / "structures.parquet")  # fmt: skip
    manifest = json.loads((made / "manifest.json").read_text())
    (made / "manifest.json").write_text(json.dumps(manifest | {"worlds_per_draw": 2}))
    return made


def test_every_verdict_is_said_in_words(folder: Path) -> None:
    rows = variance_part(View(Results(folder), "en")).rows
    said = {row.outcome: str(row.verdict) for row in rows}
    assert said["practice"] == "12 simulations more would, if the estimate stays as it is."
    assert said["pupil_results"].startswith("Settled")
    assert "parameter uncertainty dominates. 40 simulations more" in said["owner_competence"]
    assert "under 35% of the parameter draws" in said["owner_competence"]
    assert said["legitimacy"].startswith("No: more simulations would be needed than")


def test_shares_carry_their_intervals(folder: Path) -> None:
    first = variance_part(View(Results(folder), "en")).rows[0].shares["parameters"]
    assert [str(q) for q in (first.share, first.low, first.high)] == ["60%", "30%", "90%"]


def test_a_difference_whose_parts_cannot_be_told_apart_has_no_bar(folder: Path) -> None:
    figure = variance_figure(View(Results(folder), "nb"))
    bars = [mark for mark in figure.panels[0].marks if isinstance(mark, Rect)]
    assert len(bars) == 9  # three components of three outcomes
    assert [bar.x1 for bar in bars[:3]] == pytest.approx([60, 90, 100])


def test_the_range_over_structures_is_told(folder: Path) -> None:
    varied, on_practice = map(str, variance_part(View(Results(folder), "en")).structures)
    assert "staff rooms tired of initiatives learn as much as fresh ones" in varied
    assert on_practice.startswith("The quality of teachers’ practice")
    assert "from −0.2" in on_practice.replace(".20", ".2")


@pytest.mark.parametrize(
    ("own", "other", "clear", "told"),
    [
        (0.8, -0.7, "so", "turns"),
        (0.8, -0.2, "so", "turns"),
        (0.15, -0.7, "so", "turns"),
        (0.15, -0.001, "s", "small"),
        (0.15, 0.7, "so", "matters"),
        (0.15, 0.7, "s", "stays"),
        (0.15, -0.2, "o", "direction"),
        (0.8, -0.7, "s", "fades"),
        (0.8, 0.3, "so", "fades"),
        (0.8, -0.7, "", "unclear"),
        (0.8, 0.6, "so", "stays"),
    ],
)
def test_a_sign_turns_only_beyond_luck_and_beyond_what_matters(
    own: float, other: float, clear: str, told: str
) -> None:
    names = {"s": "standard", "o": "pressure_works"}
    kind, which = under_others({"standard": own, "pressure_works": other}, {names[c] for c in clear}, 0.5)
    assert kind == told
    assert which == (("pressure_works",) if told in ("turns", "matters", "fades", "direction") else ())


def test_what_carries_the_verdict_is_looked_at_under_the_structures_before_pupils_results(
    tmp_path: Path,
) -> None:
    made = write_folder(tmp_path / "r", worlds=6)  # all three obligations cost legitimacy, and move no pupil
    figures = {
        "legitimacy": {
            "standard": (-0.05, 0.01),
            "refusal_is_common": (-0.06, 0.07),
            "threat_works": (-0.05, 0.01),
        },
        "pupil_results": {
            "standard": (-0.05, 0.1),
            "refusal_is_common": (-0.06, 0.1),
            "threat_works": (0.2, 0.1),
        },
    }
    rows = [
        {"structure": structure, "outcome": outcome, "group": "picked.either", "horizon": "mean", "versus": "voluntary",
         "design": design, "difference": middle, "low": middle - half, "high": middle + half}
        for outcome, by in figures.items()
        for structure, (middle, half) in by.items()
        for design in ("obligatory", "obligatory_mild", "obligatory_robek")
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(made / "structures.parquet")
    *carried, on_pupils = (str(sentence) for sentence in turning(View(Results(made), "en")))
    (on_trust,) = (one for one in carried if "the scheme’s legitimacy" in one)
    assert on_trust == (
        "For the municipalities that are drawn, there is no sure difference that would matter in the scheme’s legitimacy between "
        "obligatory follow-up and voluntary follow-up if: about a fifth of those drawn refuse where they may."
    )
    assert on_pupils.startswith(
        "Nor is there a difference that would matter in pupils’ level of results from"
    )
    assert "The direction alone turns if: owners near the limit act so as not to be drawn." in on_pupils
    assert on_pupils.count("mild sanction") == 1
    # The answer itself has but the worst of it, in one sentence and of the pair that was asked; the annex has it all.
    in_answer = [
        one for one in headline_sentences(View(Results(made), "en")) if one.key.startswith("variance.")
    ]
    assert [str(one) for one in in_answer] == [
        "The answer hangs on how the model is built: the difference in the scheme’s legitimacy is too small or too unsure to "
        "matter if about a fifth of those drawn refuse where they may."
    ]
    annexed = [str(one) for one in variance_part(View(Results(made), "en")).structures]
    assert {*carried, on_pupils} <= {*annexed}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([("small", (), "trust"), ("turns", ("pressure_works",), "effort")],
         "The answer hangs on how the model is built: the difference in effort turns if pressure gives owners more than it takes "
         "from them."),
        ([("fades", ("no_fatigue", "threat_works", "pressure_works"), "trust")],
         "The answer hangs on how the model is built: the difference in trust is too small or too unsure to matter among other "
         "things if staff rooms tired of initiatives learn as much as fresh ones, or if owners near the limit act so as not to "
         "be drawn."),
        ([("stays", (), "trust"), ("direction", ("pressure_works",), "results")],
         "The answer on trust and results is the same when the model is built in other ways."),
        ([("stays", (), "trust"), ("unclear", (), "results")], "None"),
        ([], "None"),
    ],
)  # fmt: skip
def test_of_what_other_structures_do_an_answer_has_one_sentence(
    found: list[tuple[str, tuple[str, ...], str]], told: str
) -> None:
    assert str(in_short(load_part("variance", "en"), found)) == told


def test_it_is_said_when_structure_was_not_varied(folder: Path) -> None:
    (folder / "structures.parquet").unlink()
    (only,) = variance_part(View(Results(folder), "en")).structures
    assert "was not varied" in str(only)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_page_has_the_section_only_where_there_is_a_budget(folder: Path, lang: str) -> None:
    assert f'id="{lang}-unsure"' in render([Edition(Results(folder), lang)], annex=True)
    (folder / "variance.parquet").unlink()
    assert f'id="{lang}-unsure"' not in render([Edition(Results(folder), lang)], annex=True)


def test_intervals_by_year_count_draws_of_the_parameters() -> None:
    worlds = range(4)
    rows = pd.DataFrame([
        {"world": world, "design": design, "year": 2030, "value": (1.0 + 2 * world) if design == "b" else 0.0}
        for world in worlds for design in "ab"
    ])  # fmt: skip
    by_draws = paired_by_year(rows, "a", "b", 1.0, {0: 0, 1: 0, 2: 1, 3: 1})
    # differences 1, 3 and 5, 7: draws' means 2 and 6, standard error 2, t(0.95, 1) = 6.313752
    assert by_draws.mean == pytest.approx([4.0])
    assert by_draws.high - by_draws.mean == pytest.approx([12.627503])
    # each world for itself: sd sqrt(20 / 3), n 4, t(0.95, 3) = 2.353363
    by_worlds = paired_by_year(rows, "a", "b", 1.0)
    assert by_worlds.high - by_worlds.mean == pytest.approx([2.353363 * math.sqrt(20 / 3) / 2])
    assert not len(paired_by_year(rows, "a", "b", 1.0, dict.fromkeys(worlds, 0)).years)
