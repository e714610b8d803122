"""The command `evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sim
from tests.cli.test_commands import Played, ask


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, dict[str, Any]]]:
    seen: list[tuple[str, dict[str, Any]]] = []

    def evaluate(what: str, **options: Any) -> Played:
        seen.append((what, options))
        return Played(tmp_path)

    monkeypatch.setattr(sim, "evaluate", evaluate, raising=False)
    return seen


def test_the_draw_of_2026_is_evaluated_in_a_hundred_worlds(calls: list[tuple[str, dict[str, Any]]]) -> None:
    answer = ask("evaluate", "follow-up")
    assert answer.status == 0, answer.err
    assert len(answer.out) == 2
    assert answer.out[0] == "the headline in nb"
    assert calls == [("follow-up", {
        "design": "voluntary", "draw_year": 2026, "years_after": (1, 3, 6), "multiple": 4.0, "worlds": 100, "seed": 2026,
        "scale": 1.0, "levers": {}, "assumptions": {}, "lang": "nb", "progress": True,
        "overwrite": False, "tables_only": False, "single_places": False,
    })]  # fmt: skip


def test_options_reach_the_evaluation(calls: list[tuple[str, dict[str, Any]]]) -> None:
    line = (
        "evaluate follow-up --design obligatory --draw-year 2020 --years-after 2 --years-after 4 --years-after 2 --multiple 2.5 "
        "--worlds 3 --seed 7 --scale 0.5 --workers 2 --lang en --quiet --lever follow_up.openness@2020=0.5"
    )
    answer = ask(*line.split())
    assert answer.status == 0, answer.err
    assert len(answer.out) == 1
    options = calls[0][1]
    assert (options["design"], options["draw_year"], options["years_after"]) == ("obligatory", 2020, (2, 4))
    assert (options["multiple"], options["worlds"], options["progress"]) == (2.5, 3, False)
    assert options["levers"] == {"follow_up.openness@2020": 0.5}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("evaluate", "WHAT"),
        ("evaluate schools", "follow-up"),
        ("evaluate follow-up --draw-year 2016", "--draw-year"),
        ("evaluate follow-up --years-after 0", "--years-after"),
        ("evaluate follow-up --multiple 9", "--multiple"),
        ("evaluate follow-up --lever follow_up.openness=7", "expected a number from 0 to 1"),
    ],
)
def test_a_wrong_command_line_ends_with_status_2(
    calls: list[tuple[str, dict[str, Any]]], line: str, said: str
) -> None:
    answer = ask(*line.split())
    assert answer.status == 2
    assert said in " ".join(answer.err)
    assert not calls
