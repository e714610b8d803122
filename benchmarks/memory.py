"""Peak memory of one way to run the model, in a process of its own: `python -m benchmarks.memory fast 0.1`."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.fast_twin import FastTwin
from benchmarks.idiomatic_twin import IdiomaticTwin
from benchmarks.inputs import Inputs
from benchmarks.twin import Twin
from sim.model import SchemeModel

DESIGN = "voluntary"
_KILOBYTE = 1024


def world(scale: float, last_year: int) -> None:  # noqa: ARG001 - called like the others
    """Import everything and build the world, which all others do too."""
    SchemeModel(DESIGN, rng=2026, scale=scale)


def columnar(scale: float, last_year: int) -> None:
    """Play the columnar model to a year."""
    SchemeModel(DESIGN, rng=2026, scale=scale).run_to(last_year)


def idiomatic(scale: float, last_year: int) -> None:  # noqa: ARG001
    """Build the idiomatic twin and play a year."""
    _play_a_year(IdiomaticTwin, scale)


def fast(scale: float, last_year: int) -> None:  # noqa: ARG001
    """Build the fast twin and play a year."""
    _play_a_year(FastTwin, scale)


def _play_a_year(kind: type[Twin], scale: float) -> None:
    model = SchemeModel(DESIGN, rng=2026, scale=scale)
    halves = [model.coming, model.coming.next()]
    twin = kind(model.state, [Inputs.held(model.state, model.p, half_year) for half_year in halves])
    for _ in halves:
        twin.step()


WAYS: dict[str, Callable[[float, int], None]] = {
    "world": world,
    "columnar": columnar,
    "fast": fast,
    "idiomatic": idiomatic,
}


def peak_bytes() -> int:
    """The process's peak resident memory.

    Linux hands a starting process the peak of the one that started it in `ru_maxrss`, so the kernel's own note of the process's
    memory comes first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KILOBYTE
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * _KILOBYTE


def measured(way: str, scale: float, last_year: int) -> int:
    """Peak memory in bytes of a fresh process that runs the model in one of the `WAYS`."""
    command = [sys.executable, "-m", "benchmarks.memory", way, str(scale), str(last_year)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(json.loads(done.stdout))


if __name__ == "__main__":
    WAYS[sys.argv[1]](float(sys.argv[2]), int(sys.argv[3]))
    print(peak_bytes())
