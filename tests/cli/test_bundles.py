"""Options that commands share: taken apart for typer, put together for the command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.bundles import Study, Telling, Window, playing, spread
from sim.errors import InputError
from sim.rules import plainly


@dataclass(frozen=True, kw_only=True)
class Trip(Telling, Window):
    """A bundle with an option of its own, and another first year than others have."""

    start: Annotated[int, typer.Option("--start", min=2020, help="First year of the trip.")] = 2024
    by_boat: Annotated[bool, typer.Option("--by-boat")] = False


def travel(place: str, *, trip: Trip, nights: int = 2) -> None:
    """Go somewhere."""
    typer.echo(f"{place} {trip.start}-{trip.end} {trip.by_boat} {trip.lang.value} {nights}")


def asked(*arguments: str) -> str:
    app = typer.Typer()
    app.command()(spread(travel))
    result = CliRunner().invoke(app, list(arguments))
    return result.stdout.strip() if result.exit_code == 0 else f"status {result.exit_code}"


def test_a_command_gets_its_bundle_with_what_was_said_and_else_the_bundle_s_defaults() -> None:
    assert asked("Røst") == "Røst 2024-2034 False nb 2"
    assert (
        asked("Røst", "--end", "2030", "--by-boat", "--nights", "3", "--lang", "en")
        == "Røst 2024-2030 True en 3"
    )


def test_a_bundle_can_narrow_an_option_that_it_shares() -> None:
    assert asked("Røst", "--start", "2019") == "status 2"
    assert asked("Røst", "--start", "2020").startswith("Røst 2020")


def test_options_stand_in_the_order_of_what_a_bundle_is_made_of() -> None:
    assert list(spread(travel).__signature__.parameters) == [  # type: ignore[attr-defined]  # set by `spread`
        "place", "start", "end", "lang", "quiet", "by_boat", "nights",
    ]  # fmt: skip


def test_what_was_not_said_is_left_to_the_function_behind_the_command() -> None:
    assert Study(worlds=3, levers=["follow_up.openness@2019=0.5"], out=Path("here"), quiet=True).given() == {
        "worlds": 3, "seed": 2026, "scale": 1.0, "out": Path("here"), "start": 2017, "end": 2034, "lang": "nb",
        "overwrite": False, "tables_only": False, "single_places": False,
        "progress": False, "levers": {"follow_up.openness@2019": 0.5}, "assumptions": {},
    }  # fmt: skip


def test_years_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(InputError, match=r"--end: expected a year from --start \(2030\) on, got 2020"):
        Study(start=2030, end=2020).given()


def test_quiet_says_only_where_the_results_lie(capsys: pytest.CaptureFixture[str]) -> None:
    for telling in (Telling(), Telling(quiet=True)):
        telling.tell(lambda lang: [f"the answer in {lang}"], Path("folder"))
    assert capsys.readouterr().out == "the answer in nb\nfolder\nfolder\n"


def test_a_command_that_plays_can_do_it_line_by_line_and_leaves_nothing_behind() -> None:
    asked_for = []
    program = typer.Typer()

    @program.command()
    @spread
    @playing
    def play(telling: Telling) -> None:
        asked_for.append((telling.quiet, plainly.wanted()))

    for options in (["--plain"], ["--quiet"]):
        assert CliRunner().invoke(program, options).exit_code == 0
    assert asked_for == [(False, True), (True, False)]
    assert not plainly.wanted()
