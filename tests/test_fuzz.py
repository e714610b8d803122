"""Some mutilated files, as in `make fuzz`, and some attacks, as in `make attack`: taken or refused in words, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import KINDS, fuzz


def test_mutilated_files_are_taken_or_refused_in_words() -> None:
    found = fuzz(list(KINDS), number=150)
    assert found.failed.total() == 0
    assert found.tried == dict.fromkeys(KINDS, 30)
    assert 0 < found.refused.total() < 150


def test_an_input_is_the_same_whenever_it_is_made() -> None:
    assert fuzz(["scenario"], first=7, number=12) == fuzz(["scenario"], first=7, number=12)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by forking")
def test_attacks_from_outside_fell_nothing() -> None:
    words = [sys.executable, "-m", "tests.attack", "--number", "14", "--seconds", "500"]
    done = subprocess.run(words, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
