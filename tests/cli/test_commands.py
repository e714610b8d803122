"""The command line: what its commands print, and how it ends when something is wrong."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import sim
from sim.cli import app
from sim.cli.options import RoleName
from sim.declared import REGISTRY
from sim.design import FIRST_YEAR, LAST_YEAR
from sim.errors import InputError, NotToldError
from sim.parameters.declaration import Role
from sim.parameters.scope import Scope
from sim.scenario_files import names


@dataclass
class Answer:
    """What a command printed and how it ended."""

    status: int
    out: list[str]
    err: list[str]


def ask(*arguments: str) -> Answer:
    result = CliRunner().invoke(app, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.exit_code, result.stdout.splitlines(), result.stderr.splitlines())


@dataclass
class Played:
    """Stands in for an experiment's results."""

    folder: Path

    def headline(self, lang: str) -> list[str]:
        return [f"the headline in {lang}"]


@dataclass
class Stage:
    """Stands in for `sim.run` and `sim.compare`; remembers what it was called with."""

    folder: Path
    calls: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    fails: BaseException | None = None

    def play(self, designs: str | Sequence[str], **options: Any) -> Played:
        self.calls.append((designs, options))
        if self.fails is not None:
            raise self.fails
        return Played(self.folder)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stage:
    stage = Stage(tmp_path)
    for name in ("run", "compare"):
        monkeypatch.setattr(sim, name, stage.play, raising=False)
    return stage


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "title: T\nextends: voluntary\nfrom: 2026\nlevers:\n  follow_up.sanktion: mild\n  follow_up.openness: 7\n"
    )
    return path


# --- reading commands ---


def test_designs_are_listed_one_a_line_in_either_language() -> None:
    norwegian, english = ask("designs"), ask("designs", "--lang", "en")
    assert norwegian.status == 0
    assert [line.split()[0] for line in norwegian.out] == names()
    assert any(line.endswith("Obligatorisk oppfølging") for line in norwegian.out)
    assert any(line.endswith("Obligatory follow-up") for line in english.out)


def test_diff_tells_the_change_in_a_sentence() -> None:
    answer = ask("diff", "voluntary", "obligatory", "--lang", "en")
    assert answer.out == [
        "follow_up.obligation (how binding taking part is): voluntary -> compulsory from 2026"
    ]
    assert ask("diff", "voluntary", "voluntary").out == ["voluntary og voluntary er like."]


def test_diff_in_norwegian_is_norwegian_through_and_through() -> None:
    choice, number = ask("diff", "voluntary", "obligatory").out, ask("diff", "network", "market").out
    assert choice == [
        "follow_up.obligation (hvor bindende det er å delta for dem som trekkes ut): "
        "Frivillig -> Obligatorisk fra og med 2026"
    ]
    assert any(line.endswith("andel av tilskuddet): 0 -> 1 fra og med 2026") for line in number)


def test_a_good_file_is_said_to_be_in_order() -> None:
    answer = ask("validate", "voluntary", "obligatory")
    assert (answer.status, answer.out) == (0, ["voluntary: in order", "obligatory: in order"])


def test_every_fault_of_every_file_is_told_with_its_place(wrong: Path) -> None:
    answer = ask("validate", str(wrong), "voluntary", "nowhere.yaml")
    assert answer.status == 2
    assert answer.out == ["voluntary: in order"]
    assert [line.split(": ")[1].rsplit("/", 1)[-1] for line in answer.err] == [
        "wrong.yaml:5:3", "wrong.yaml:6:23", "nowhere.yaml",
    ]  # fmt: skip
    assert "nearest known: follow_up.sanction" in answer.err[0]


def test_register_files_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "municipalities.csv").write_text("kommunenummer,population\n301,lots\n")
    (tmp_path / "municipality.csv").write_text("")
    for path in (tmp_path, tmp_path / "municipalities.csv", tmp_path / "municipality.csv"):
        answer = ask("validate", str(path))
        assert answer.status == 2
        assert len(answer.err) == 1
        assert answer.err[0].startswith(f"error: {tmp_path}")


def test_parameters_are_listed_by_role() -> None:
    answer = ask("parameters", "--role", "lever")
    assert len(answer.out) == len(REGISTRY.of_role(Role.LEVER))
    assert (
        "follow_up.obligation = voluntary (one of voluntary, compulsory; unit: choice; lever): how binding "
        "taking part is" in answer.out
    )
    assert len(ask("parameters").out) == len(REGISTRY.by_name)


def test_the_schema_is_written_where_one_says(tmp_path: Path) -> None:
    assert ask("schema", "--out", str(tmp_path / "s.json")).status == 0
    assert (tmp_path / "s.json").read_text().startswith("{")


def test_the_version_is_told() -> None:
    assert ask("--version").out[0].startswith("kompetansesim ")


def test_help_names_every_command() -> None:
    text = "\n".join(ask("--help").out)
    for command in (
        "run",
        "compare",
        "validate",
        "diff",
        "designs",
        "parameters",
        "order",
        "report",
        "schema",
    ):
        assert f"  {command} " in text


def test_the_command_line_starts_without_the_slow_libraries() -> None:
    slow = "{'numpy', 'pandas', 'scipy', 'mesa', 'matplotlib', 'pyarrow'}"
    code = (
        f"import sys, sim.cli; sys.exit(str({slow} & set(sys.modules)) if {slow} & set(sys.modules) else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_roles_agree_with_the_model() -> None:
    assert [role.value for role in RoleName] == [role.value for role in Role]


def test_ranges_agree_with_the_model(stage: Stage) -> None:
    least, greatest = next(d.bounds for d in Scope.declarations() if d.field == "scale") or (0.0, 0.0)
    assert ask("run", "voluntary", "--scale", str(least)).status == 0
    assert ask("run", "voluntary", "--scale", str(least - 0.001)).status == 2
    assert ask("run", "voluntary", "--scale", str(greatest)).status == 0
    assert ask("run", "voluntary", "--start", str(FIRST_YEAR), "--end", str(LAST_YEAR)).status == 0
    assert ask("run", "voluntary", "--start", str(FIRST_YEAR - 1)).status == 2
    assert ask("run", "voluntary", "--end", str(LAST_YEAR + 1)).status == 2
    assert len(stage.calls) == 3


# --- playing ---


def test_compare_plays_forty_worlds_from_2017_to_2034_and_tells_the_headline(stage: Stage) -> None:
    answer = ask("compare", "voluntary", "obligatory")
    assert answer.status == 0
    assert answer.out == ["the headline in nb", str(stage.folder)]
    designs, options = stage.calls[0]
    assert list(designs) == ["voluntary", "obligatory"]
    assert options == {
        "worlds": 40, "seed": 2026, "start": 2017, "end": 2034, "scale": 1.0, "levers": {}, "assumptions": {},
        "lang": "nb", "progress": True, "structures": None, "overwrite": False, "tables_only": False,
        "single_places": False,
    }  # fmt: skip


def test_the_report_is_named_where_there_is_one_and_quiet_says_no_more(stage: Stage) -> None:
    (stage.folder / "report.html").write_text("")
    assert ask("run", "voluntary", "--quiet").out == [str(stage.folder / "report.html")]
    assert stage.calls[0][1]["progress"] is False
    assert stage.calls[0][1]["worlds"] == 40


def test_options_reach_the_experiment(stage: Stage, tmp_path: Path) -> None:
    uncertain = REGISTRY.of_role(Role.UNCERTAIN)[0]
    file = tmp_path / "municipalities.csv"
    file.write_text("kommunenummer,population\n3101,31000\n3103,15\n", encoding="utf-8")
    line = (
        "run voluntary --worlds 3 --seed 7 --start 2018 --end 2020 --scale 0.1 --workers 2 --lang en --detail 1 "
        "--overwrite --tables-only"
    )
    answer = ask(
        *line.split(), "--out", str(tmp_path / "new"), "--registers", str(tmp_path),
        "--lever", "follow_up.openness@2019=0.5", "--assumption", f"{uncertain.name}={uncertain.default}",
    )  # fmt: skip
    assert answer.status == 0, answer.err
    assert answer.err[0].startswith(
        f"doubt: {file}:3: column 'population', value '15'"
    )  # as `validate` tells it
    assert stage.calls[0] == (
        "voluntary",
        {
            "worlds": 3, "seed": 7, "start": 2018, "end": 2020, "scale": 0.1, "workers": 2, "lang": "en",
            "out": tmp_path / "new", "registers": tmp_path, "single_places": False, "progress": True, "detail": 1,
            "overwrite": True, "tables_only": True,
            "levers": {"follow_up.openness@2019": 0.5}, "assumptions": {uncertain.name: uncertain.default},
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("run voluntary --worlds 0", "--worlds"),
        ("run voluntary --worlds many", "--worlds"),
        ("run voluntary --seed -1", "--seed"),
        ("run voluntary --scale 0", "--scale"),
        ("run voluntary --scale 1.5", "--scale"),
        ("run voluntary --scale nan", "--scale"),
        ("run voluntary --workers 0", "--workers"),
        ("run voluntary --start 1990", "--start"),
        ("run voluntary --end 2100", "--end"),
        ("run voluntary --start 2030 --end 2020", "--end: expected a year from --start (2030) on, got 2020"),
        ("run voluntary --lang sv", "--lang"),
        ("run voluntary --detail -1", "--detail"),
        ("run voluntary --registers /nowhere/at/all", "--registers"),
        ("run voluntary --colour red", "--colour"),
        ("run voluntary --scale 7.25", "7.25"),
        ("run voluntary --seed 1.75", "1.75"),
        ("compare voluntary obligatory --worlds abc", "abc"),
        ("sweep a_first_try --until -1", "above 0, such as 0.01, got -1.0"),
        ("run", "DESIGN"),
        ("compare voluntary", "expected at least two designs"),
        ("run voluntary --lever follow_up.openness=7", "expected a number from 0 to 1"),
        ("run voluntary --lever follow_up.openess=0.7", "nearest known: follow_up.openness"),
        ("run voluntary --lever follow_up.openness", "expected lever=value or lever@year=value"),
        ("run voluntary --end 2024 --lever follow_up.openness=0.7", "after the run's last year 2024"),
        ("run voluntary --assumption scope.scale=0.7", "--scale"),
        ("run voluntary --lever classroom.half_life=2", "say --assumption classroom.half_life"),
        ("run voluntary --assumption follow_up.openness@2027=0.2", "say --lever follow_up.openness@2027"),
        ("run voluntary --assumption classroom.half_life=long", "--assumption classroom.half_life=long: "),
        ("parameters --role king", "--role"),
        ("diff voluntary", "DESIGN"),
        ("report /nowhere/at/all", "/nowhere/at/all"),
        ("walk", "walk"),
        ("run voluntary --out a\udce6b", "a<U+DCE6>b: expected a name in UTF-8"),
    ],
)
def test_a_wrong_command_line_ends_with_status_2_and_says_what_was_expected(
    stage: Stage, line: str, said: str
) -> None:
    answer = ask(*line.split())
    assert answer.status == 2
    assert said in " ".join(answer.err)
    assert not stage.calls


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("run voluntry", "unknown design 'voluntry'; nearest known: voluntary"),
        ("run nowhere.yaml", "nowhere.yaml: no such file"),
        ("compare voluntary voluntary", "two designs are called 'voluntary'"),
        ("theory volontary", "nearest known: voluntary"),
        ("evaluate follow-up --design volontary", "nearest known: voluntary"),
    ],
)
def test_designs_that_can_t_be_had_end_with_status_2_before_anything_is_played(
    tmp_path: Path, line: str, said: str
) -> None:
    answer = ask(*line.split(), "--out", str(tmp_path / "out"))
    assert answer.status == 2
    assert said in " ".join(answer.err)
    assert not (tmp_path / "out").exists()


def test_a_results_folder_that_is_a_file_is_refused(stage: Stage, wrong: Path) -> None:
    assert ask("run", "voluntary", "--out", str(wrong)).status == 2
    assert not stage.calls


def test_wrong_input_found_while_playing_ends_with_status_2(stage: Stage) -> None:
    stage.fails = InputError("expected a number, got 'lots'", file="schools.csv", line=3)
    answer = ask("run", "voluntary")
    assert (answer.status, answer.err) == (2, ["error: schools.csv:3: expected a number, got 'lots'"])


def test_an_interrupt_ends_with_status_130_and_one_line(stage: Stage) -> None:
    stage.fails = KeyboardInterrupt()
    answer = ask("run", "voluntary")
    assert (answer.status, answer.err) == (130, ["interrupted"])


def test_a_report_that_failed_ends_with_status_1_and_one_line(stage: Stage) -> None:
    stage.fails = NotToldError("results/x: the results are whole, but the report on them failed")
    answer = ask("run", "voluntary")
    assert (answer.status, answer.err) == (
        1,
        ["error: results/x: the results are whole, but the report on them failed"],
    )


def test_a_full_disk_ends_with_status_1_and_one_line(stage: Stage) -> None:
    stage.fails = OSError(errno.ENOSPC, "No space left on device", "results/x/draws.parquet")
    answer = ask("run", "voluntary")
    assert (answer.status, answer.err) == (1, ["error: results/x/draws.parquet: No space left on device"])


def test_an_error_of_the_program_itself_is_not_hidden(stage: Stage) -> None:
    stage.fails = ZeroDivisionError("a bug")
    with pytest.raises(ZeroDivisionError, match="a bug"):
        ask("run", "voluntary")


def test_a_sign_that_the_code_page_lacks_is_replaced_and_ends_nothing() -> None:
    program = "import sys; sys.argv = ['kompetansesim', 'designs']; from sim.cli import main; main()"
    environment = {**os.environ, "PYTHONIOENCODING": "cp437"}  # has no typographic signs
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"voluntary" in done.stdout
