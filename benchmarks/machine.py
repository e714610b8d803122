"""The machine: what it is, how busy it is, and how fast it copies memory."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import numpy as np

MEGABYTE = 2**20
COPIED_MB = 256  # bigger than any cache here
COPIES = 9


def description() -> dict[str, str]:
    """Processor, cores, versions and load, in words."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "load average when begun": ", ".join(f"{load:.2f}" for load in os.getloadavg()),
        "Python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "scipy", "mesa")},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def copy_bandwidth(megabytes: int = COPIED_MB) -> float:
    """Bytes read and written per second when numpy copies an array bigger than the caches; the best of some copies."""
    source = np.ones(megabytes * MEGABYTE // 8)
    target = np.empty_like(source)
    target[:] = source  # the pages are there before the clock starts
    seconds = []
    for _ in range(COPIES):
        begun = perf_counter()
        np.copyto(target, source)
        seconds.append(perf_counter() - begun)
    return 2 * source.nbytes / min(seconds)
