"""Where sequences begin is BLAKE2b of who asks for what when, as Python's own library reckons it."""

from __future__ import annotations

import hashlib

import pytest

from sim.randomness import Streams


def digest_of(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


@pytest.mark.parametrize("length", [1, 50, 100, 103, 104, 105, 106, 107, 108, 109, 110, 111, 300])
def test_a_sequence_begins_at_the_digest_of_key_decision_and_moment(length: int) -> None:
    key, decision = digest_of("5|3"), "å" + "b" * length  # from some length on it takes two blocks
    (starts,) = Streams(5, 3).starts((((decision,), 0),), 71)
    assert starts.tolist() == [digest_of(f"{key}|{decision}|71")]


def test_several_numbers_for_each_identity_and_several_decisions_begin_where_each_says() -> None:
    key = digest_of("5|3")
    three, two = Streams(5, 3).starts(((("a",), 3), (("b", "c"), 0)), 0)
    first = digest_of(f"{key}|a|0")
    assert three.tolist() == [digest_of(f"{first}|{column}") for column in range(3)]
    assert two.tolist() == [digest_of(f"{key}|{decision}|0") for decision in "bc"]
