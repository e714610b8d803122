"""Some mutilated files, as in `make fuzz`, and some attacks, as in `make attack`: taken or refused in words, nothing lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.declared import REGISTRY
from tests import fuzz as fuzzing
from tests.fuzz import KINDS, fuzz


def test_mutilated_files_are_taken_or_refused_in_words() -> None:
    found = fuzz(list(KINDS), number=150)
    assert found.failed.total() == 0
    assert found.tried == dict.fromkeys(KINDS, 30)
    assert 0 < found.refused.total() < 150


def test_an_input_is_the_same_whenever_it_is_made() -> None:
    assert fuzz(["scenario"], first=7, number=12) == fuzz(["scenario"], first=7, number=12)


def test_for_how_long_inputs_are_tried_is_as_said() -> None:
    parser = fuzzing.options("", KINDS)
    for words, seconds in (
        ([], 60.0),
        (["--seconds", "5", "--number", "9"], 5.0),
        (["--number", "9"], float("inf")),
    ):
        assert fuzzing.seconds_of(parser.parse_args(words)) == seconds


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by forking")
@pytest.mark.parametrize("torn", [False, True])
def test_a_process_is_killed_at_any_step_of_its_writing(tmp_path: Path, *, torn: bool) -> None:
    """What is replaced lies there whole, older or newer, wherever whoever writes it is killed."""
    from sim.in_place import put_in_place
    from tests.attack import Steps, inside

    file, seen = tmp_path / "file", set()
    for step in range(1, 20):
        file.write_text("older")
        steps = Steps(tmp_path, step, torn=torn)

        def work(steps: Steps = steps) -> None:
            steps.watch()
            put_in_place(file, b"newer")

        ended = inside(work, 20, "a file")
        seen.add(file.read_text())
        if ended.status == 0:
            break
        assert ended.status == -signal.SIGKILL
    assert step > 4
    assert seen == {"older", "newer"}
    put_in_place(file, b"newest")  # what was left lying is taken away
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by forking")
def test_a_command_of_an_attack_never_screens_all_parameters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would take minutes, and count as a hang."""
    from tests import attack

    monkeypatch.setattr(attack, "ground", lambda _kind: tmp_path)
    lines = [attack.command_line(tmp_path, random.Random(f"commands {n}")) for n in range(1500)]
    screened = [line for line in lines if line[:2] == ["sensitivity", "run"]]
    assert len(screened) > 20
    assert all("--parameter" in line for line in screened)
    named = {line[line.index("--parameter") + 1] for line in screened} & set(REGISTRY.by_name)
    assert len(named) > 10


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by forking")
def test_attacks_from_outside_fell_nothing() -> None:
    words = [sys.executable, "-m", "tests.attack", "--number", "14", "--seconds", "500"]
    done = subprocess.run(words, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
