from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.report.figures.panel import Dots, Line, Text
from sim.report.figures.theory_chain import theory_figure
from sim.report.results import Results
from sim.report.theory import theory_lines, theory_part
from sim.report.theory_facts import TheoryFacts
from sim.report.theory_texts import STAGES, Link, theories
from sim.report.view import View
from sim.theory import reading
from sim.theory.groups import GROUPS
from sim.theory.link import Stage

SCHEME = "follow_up"
THEORY = next(theory for theory in theories("en") if theory.scheme == SCHEME)
SHARES = {"challenge": 0.8, "means": 1.0, "condition": 0.5, "result": 0.25, "goal": 0.1}


@pytest.fixture
def view(tmp_path: Path) -> View:
    """Every stage is reached by so many, in two worlds; small municipalities have another bottleneck."""
    manifest = {"designs": [{"key": "voluntary"}, {"key": "voluntary_granted_follow_up"}], "worlds": 2,
                "years": {"start": 2017, "parting": 2026, "end": 2034}}  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pd.DataFrame([
        {"world": world, "design": design, "scheme": SCHEME, "stage": link.stage, "link": link.key, "group": group,
         "year": year, "reached": SHARES[link.stage] if year >= 2026 else 0.0}
        for world in range(2) for design in ("voluntary", "voluntary_granted_follow_up") for link in THEORY.links
        for group in ("all", "size.small") for year in (2025, 2026, 2034)
    ]).to_parquet(tmp_path / "theory.parquet")  # fmt: skip
    pd.DataFrame({
        "design": "voluntary", "scheme": SCHEME, "group": ["all", "size.small"], "condition": ["guides_fit", "owner_works"],
        "worlds_agreeing": 0.6, "limits_agreeing": 1.0,
    }).to_parquet(tmp_path / "theory_bottlenecks.parquet")  # fmt: skip
    pd.DataFrame([
        {"design": "voluntary", "scheme": SCHEME, "granted": granted, "stage": link.stage, "link": link.key, "group": "all",
         "horizon": horizon, "n_worlds": 2, "aim": 1.0, "result": 0.1, "result_granted": 0.4, "implementation_failure": won,
         "implementation_low": 0.2, "implementation_high": 0.4, "theory_failure": 0.6, "theory_low": 0.5,
         "theory_high": 0.7}
        for link in THEORY.of_stage("result", "goal") for horizon in ("mean", "end")
        for granted, won in {"named": 0.3, "presumed": 0.35, "all": 0.45, "guides_fit": 0.2}.items()
    ]).to_parquet(tmp_path / "theory_split.parquet")  # fmt: skip
    return View(Results(tmp_path), "en")


def test_the_report_reads_the_chain_as_the_model_does() -> None:
    for own, declared in zip(theories("nb"), reading.theories(), strict=True):
        assert own.scheme == declared.scheme
        assert own.title == declared.title["nb"]
        assert own.units == declared.units.value
        assert own.strands == {key: said["nb"] for key, said in declared.strands.items()}
        assert own.departures == tuple(each.text["nb"] for each in declared.departures)
        assert own.links == tuple(
            Link(
                link.key, link.stage.value, link.text["nb"], link.strand, link.origin.value if link.origin else "",
                link.nobody_asked, link.also.stage.value if link.also else "",
            )
            for link in declared.links
        )  # fmt: skip
    assert tuple(stage.value for stage in Stage) == STAGES


def test_every_group_has_a_name() -> None:
    from sim.report.part_messages import load_part

    assert all(
        f"theory.group.{group}" in load_part("theory", lang) for group in GROUPS for lang in ("en", "nb")
    )


def test_twins_are_no_designs(view: View) -> None:
    assert TheoryFacts(view).designs == ("voluntary",)


def test_only_years_from_the_parting_on_count(view: View) -> None:
    facts = TheoryFacts(view)
    found = facts.reached("voluntary", THEORY, THEORY.link("guides_fit"))
    assert found is not None
    assert found.value == 0.5
    assert found.source.startswith(
        "theory.parquet#design=voluntary;scheme=follow_up;link=guides_fit;group=all;year>=2026;"
    )


def test_the_sentences_say_how_far_what_holds_back_whom_and_what_would_be_won(view: View) -> None:
    along, bottleneck, elsewhere, split, presumed, own, also = theory_lines(view.results.folder, "en")
    assert along.startswith(
        "The follow-up scheme, voluntary follow-up: on average over the years from 2026 to 2034"
    )
    # Results and goals are those of the split, so that they are the table's.
    assert along.endswith("a condition holds for 50% of the municipalities it concerns, a short-term result for 10%, a "
                          "long-term goal for 10%.")  # fmt: skip
    assert bottleneck == "The bottleneck is “Guides fit the need”: it holds for 50%."
    assert elsewhere == (
        "For some it is another one: for small municipalities “There is an owner level that has time to work” (50%)."
    )
    assert "falls 90 percentage points short" in split
    assert "30 percentage points would have been won: that is failure of implementation" in split
    assert "60 percentage points would be missing even then: an error of theory" in split
    assert presumed.startswith(
        "The theory presumes “There is an owner level that has time to work” without naming it."
    )
    assert presumed.count("5 percentage points") == 2
    assert "“The schools accept having been picked”" in own
    assert own.endswith(
        "the failure of implementation comes to 45 percentage points; with the theory’s alone to 30 percentage points."
    )
    assert "“Owners take responsibility, and the work is anchored in the municipality” as a condition" in also


def test_figure_and_table_are_of_the_same_worlds(view: View) -> None:
    # The split was made in the first of two worlds, where all links hold everywhere.
    split = pd.read_parquet(view.results.folder / "theory_split.parquet").assign(n_worlds=1, result=1.0)
    split.to_parquet(view.results.folder / "theory_split.parquet")
    rows = pd.read_parquet(view.results.folder / "theory.parquet")
    rows["reached"] = (rows["world"] == 0).astype(float)
    rows.to_parquet(view.results.folder / "theory.parquet")
    facts = TheoryFacts(View(Results(view.results.folder), "en"))
    shares = {link.key: facts.reached("voluntary", THEORY, link) for link in THEORY.links}
    assert {share.value for share in shares.values() if share} == {1.0}
    assert str(theory_figure(facts.view).caption).count("1 simulation") == 1


@pytest.mark.parametrize(("column", "value"), [("worlds_agreeing", 0.5), ("limits_agreeing", 2 / 3)])
def test_a_bottleneck_that_hangs_on_the_world_or_on_limits_is_not_named(
    view: View, column: str, value: float
) -> None:
    file = view.results.folder / "theory_bottlenecks.parquet"
    pd.read_parquet(file).assign(**{column: value}).to_parquet(file)
    lines = theory_lines(view.results.folder, "en")
    assert lines[1].startswith("No condition stands out as the bottleneck.")
    assert not any("Guides fit the need" in line for line in lines)


def test_a_theory_followed_as_written_that_reaches_less_is_an_error_of_theory(tmp_path: Path) -> None:
    theory = next(each for each in theories("en") if each.scheme == "vocational")
    manifest = {
        "designs": [{"key": "voluntary"}],
        "worlds": 2,
        "years": {"start": 2017, "parting": 2026, "end": 2034},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pd.DataFrame([
        {"world": 0, "design": "voluntary", "scheme": "vocational", "stage": link.stage, "link": link.key, "group": "all",
         "year": 2030, "reached": 0.5}
        for link in theory.links
    ]).to_parquet(tmp_path / "theory.parquet")  # fmt: skip
    pd.DataFrame({
        "design": ["voluntary"], "scheme": "vocational", "group": "all", "condition": "actors_involved",
        "worlds_agreeing": 1.0, "limits_agreeing": 1.0,
    }).to_parquet(tmp_path / "theory_bottlenecks.parquet")  # fmt: skip
    pd.DataFrame([
        {"design": "voluntary", "scheme": "vocational", "granted": granted, "stage": link.stage, "link": link.key,
         "group": "all", "horizon": "mean", "n_worlds": 2, "aim": 1.0, "result": 0.5, "implementation_failure": won,
         "theory_failure": 0.4}
        for link in theory.of_stage("result", "goal") for granted, won in {"named": 0.1, "as_written": -0.2}.items()
    ]).to_parquet(tmp_path / "theory_split.parquet")  # fmt: skip
    lines = theory_lines(tmp_path, "en")
    assert "of the counties" in lines[0]
    (written,) = [line for line in lines if "as it is written" in line]
    assert "the forum decides and measures follow a long-term plan" in written
    assert "would be 20 percentage points lower: that is an error of theory" in written
    assert any("teorifeil, og det var avviket" in line for line in theory_lines(tmp_path, "nb"))


def test_a_split_made_in_fewer_worlds_than_were_played_says_so(view: View) -> None:
    file = view.results.folder / "manifest.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**told, "worlds": 40}), encoding="utf-8")
    assert theory_lines(view.results.folder, "en")[-1].endswith(
        "were worked out in the same 2 simulations, the first of the run."
    )


def test_where_nothing_was_split_the_command_that_does_it_is_named(view: View) -> None:
    (view.results.folder / "theory_split.parquet").unlink()
    (view.results.folder / "manifest.json").write_text(
        json.dumps(
            {
                "designs": [{"key": "voluntary"}],
                "worlds": 2,
                "years": {"start": 2017, "parting": 2026, "end": 2034},
            }
        ),
        encoding="utf-8",
    )
    assert "“kompetansesim theory voluntary”" in theory_lines(view.results.folder, "en")[-1]


def test_the_table_has_a_row_for_each_result_and_goal(view: View) -> None:
    ((caption, design, rows),) = theory_part(view).tables
    assert design == "voluntary"
    assert str(caption).startswith("The follow-up scheme: results and goals")
    assert [row.link for row in rows] == list(THEORY.of_stage("result", "goal"))
    assert {name: str(number) for name, number in rows[0].numbers.items()} == {
        "result": "10%", "implementation_failure": "30%", "implementation_low": "20%", "implementation_high": "40%",
        "theory_failure": "60%", "theory_low": "50%", "theory_high": "70%",
    }  # fmt: skip


def test_the_figure_has_a_mark_for_each_link_and_shows_what_granting_would_bring(view: View) -> None:
    (panel,) = theory_figure(view).panels
    own = [m for m in panel.marks if isinstance(m, Dots) and m.marker == "circle"]
    granted = [m for m in panel.marks if isinstance(m, Dots) and m.marker == "diamond"]
    assert len(own) == len(THEORY.links)
    assert [mark.xs for mark in granted] == [(40.0,)] * len(THEORY.of_stage("result", "goal"))
    assert sum(isinstance(m, Line) and m.xs == (10.0, 40.0) for m in panel.marks) == len(
        THEORY.of_stage("result", "goal")
    )
    labels = [m.text for m in panel.marks if isinstance(m, Text)]
    assert {"Conditions of the theory", "Conditions that it presumes", "The model's own conditions"} <= set(
        labels
    )
    assert "The governor follows up.\u00a0*" in labels  # nobody was asked
    assert "Guides fit the need." in labels
    assert "Guides fit the need. Voluntary follow-up, as today: 50%." in panel.label


def test_without_a_split_there_is_still_the_chain(view: View) -> None:
    (view.results.folder / "theory_split.parquet").unlink()
    plain = View(Results(view.results.folder), "en")
    assert theory_part(plain).tables == []
    assert TheoryFacts(plain).designs == ("voluntary", "voluntary_granted_follow_up")
    assert len(theory_figure(plain).panels) == 1


def test_a_folder_that_tells_nothing_of_theories_has_no_such_part(view: View) -> None:
    for name in ("theory", "theory_split", "theory_bottlenecks"):
        (view.results.folder / f"{name}.parquet").unlink()
    bare = View(Results(view.results.folder), "en")
    assert theory_part(bare).sentences == []
    assert theory_figure(bare).panels == ()
