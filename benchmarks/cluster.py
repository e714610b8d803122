"""A Dask cluster on this machine, each part a process of its own, for as long as it is needed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

SECONDS = 30  # to wait for an end


@contextmanager
def local_cluster(workers: int) -> Iterator[str | None]:
    """Address of the cluster's scheduler; None where Dask is not installed."""
    if find_spec("distributed") is None:
        yield None
        return
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        started = [_process(folder, "scheduler", "--port", str(port))]
        started += [
            _process(folder, "worker", address, "--nthreads", "1", "--local-directory", folder)
            for _ in range(workers)
        ]
        try:
            yield address
        finally:
            for process in reversed(started):
                process.terminate()
            for process in started:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(SECONDS)
                process.kill()


def _process(folder: str, what: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable, "-m", f"distributed.cli.dask_{what}", *words, "--host", "127.0.0.1", "--no-dashboard",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
