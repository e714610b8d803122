"""Some mutilated files, as in `make fuzz`: taken or refused in words."""

from __future__ import annotations

from tests.fuzz import KINDS, fuzz


def test_mutilated_files_are_taken_or_refused_in_words() -> None:
    found = fuzz(list(KINDS), number=120)
    assert found.failed.total() == 0
    assert found.tried == dict.fromkeys(KINDS, 30)
    assert 0 < found.refused.total() < 120


def test_an_input_is_the_same_whenever_it_is_made() -> None:
    assert fuzz(["scenario"], first=7, number=12) == fuzz(["scenario"], first=7, number=12)
