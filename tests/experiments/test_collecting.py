from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import gc
from sim.experiments.collecting import look_seldom

class Circle:
    def __del__(self):
        print("looked through", flush=True)

{first}
one = Circle()
one.itself = one
del one
{then}
"""


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("gc.disable()", "", "looked through\n"),  # as Python does by itself
        ("look_seldom()", "", ""),
        ("look_seldom()", "gc.collect()", "looked through\n"),
    ],
)
def test_at_its_end_a_process_does_not_look_for_circles_any_more(first: str, then: str, said: str) -> None:
    script = SCRIPT.format(first=first, then=then)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == said
