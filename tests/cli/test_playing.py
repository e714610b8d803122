"""What all commands that play models have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from sim.cli import app
from sim.one_world import World
from sim.rules import plainly

PLAYS_NOTHING = {
    "validate", "diff", "designs", "parameters", "order", "report", "schema", "docs-tables", "query", "export", "experiments",
    "discover", "calibrate accept", "calibrate forecast", "calibrate report", "sensitivity given", "registers import",
}  # fmt: skip
"""Every other command plays; a new one has to find its side."""


KNOWS_THE_MODEL_ALONE = {
    "page", "conditions", "calibrate", "calibrate check", "calibrate replay", "sensitivity check", "sensitivity accept",
    "sensitivity total",
}  # fmt: skip
"""Commands that play and take no plug-ins; `docs/how-to/plug-ins.md` gives the reasons."""


def commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """All commands with the words that call them."""
    for name, command in group.commands.items():
        words = f"{before}{name}"
        if hasattr(command, "commands"):
            yield from commands(command, f"{words} ")
            if not command.invoke_without_command:
                continue
        yield words, command


COMMANDS = dict(commands(typer.main.get_command(app)))


def options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


def test_every_command_that_plays_can_do_it_line_by_line() -> None:
    assert {
        words for words, command in COMMANDS.items() if "--plain" not in options(command)
    } == PLAYS_NOTHING


def test_every_command_that_plays_takes_plug_ins_but_for_those_that_the_docs_name() -> None:
    playing = {words: options(command) for words, command in COMMANDS.items() if words not in PLAYS_NOTHING}
    assert {words for words, known in playing.items() if "--plugin" not in known} == KNOWS_THE_MODEL_ALONE
    told = (Path(__file__).parents[2] / "docs" / "how-to" / "plug-ins.md").read_text(encoding="utf-8")
    for words in KNOWS_THE_MODEL_ALONE:
        assert f"`{words}`" in told


def test_every_option_says_what_it_is_for() -> None:
    for words, command in COMMANDS.items():
        assert [
            one.name for one in command.params if one.param_type_name == "option" and not one.help
        ] == [], words


def test_what_plays_nothing_has_no_options_of_playing() -> None:
    for words in PLAYS_NOTHING:
        assert not options(COMMANDS[words]) & {"--workers", "--worlds", "--scale", "--cluster"}, words


@pytest.mark.parametrize(
    "words",
    [
        "designs", "experiments", "parameters", "order", "diff voluntary obligatory", "validate scenarios/voluntary.yaml",
    ],
)  # fmt: skip
def test_what_describes_makes_no_world(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    def made(*_: object, **__: object) -> None:
        raise AssertionError("a world is made")

    monkeypatch.setattr(World, "__init__", made)
    assert CliRunner().invoke(app, words.split()).exit_code == 0


@pytest.mark.parametrize(
    ("words", "plays"),
    [
        ("voi {folder} voluntary obligatory", "sim.discovery.information.value_of_information"),
        ("sensitivity accept --reason because", "sim.sensitivity.accepting.check_reason"),
        ("calibrate replay {folder}", "sim.calibration.api.played_again"),
        ("page --results {folder}", "sim.app.server.serve"),
        ("compare voluntary obligatory", "sim.studies.api.compare"),
        ("sweep a_first_try", "sim.sweeps.api.sweep"),
    ],
)
def test_what_is_played_is_played_so_if_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, words: str, plays: str
) -> None:
    class CalledError(Exception):
        """What was asked for is known: enough."""

    def call(*_: object, **__: object) -> None:
        raise CalledError(plainly.wanted())

    monkeypatch.setattr(plays, call)
    for option, wanted in ((["--plain"], True), ([], False)):
        result = CliRunner().invoke(app, [*words.format(folder=tmp_path).split(), *option])
        assert isinstance(result.exception, CalledError), result.output
        assert result.exception.args == (wanted,)
