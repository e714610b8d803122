"""Playing rules line by line wherever models are made: in this process, and in those that it starts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

SETTING = "KOMPETANSESIM_PLAIN"


def wanted() -> bool:
    """Whether models are to be played line by line unless they are told otherwise."""
    return bool(os.environ.get(SETTING))


@contextmanager
def plainly(wanted: bool = True) -> Iterator[None]:
    """Within it models are played line by line, also by processes that are started here."""
    before = os.environ.get(SETTING)
    if wanted:
        os.environ[SETTING] = "1"
    try:
        yield
    finally:
        if wanted and before is None:
            del os.environ[SETTING]
