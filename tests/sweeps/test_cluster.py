"""Sweeps on a real Dask cluster: a scheduler and workers, each a process of its own, on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import sim
from sim.errors import InputError, WorkerLostError
from sim.sweeps import Kept, play_points
from sim.sweeps.cluster import WAIT
from tests.experiments.toy import OUTCOMES, PUSHED, STILL, toy_instruments
from tests.plugins import given as plugins
from tests.sweeps import toys
from tests.sweeps.toys import COLUMNS, points, written

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KEPT = Kept.of(COLUMNS, OUTCOMES, 2021, (STILL, PUSHED))
PATIENCE = 90.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def process(*words: str, folder: Path, package: Path = ROOT) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(package),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            "PYTHONWARNINGS": "ignore",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def cluster(
    folder: Path, workers: int, package: Path = ROOT, started: list[subprocess.Popen[bytes]] | None = None
) -> Iterator[str]:
    """A cluster's address; `started` gets its processes, the scheduler first. Workers find the package in a folder."""
    address = f"tcp://127.0.0.1:{free_port()}"
    host, port = "127.0.0.1", address.rpartition(":")[2]
    started = [] if started is None else started
    started.append(process("scheduler", "--host", host, "--port", port, "--no-dashboard", folder=folder))
    try:
        _answers(port)
        worker = (
            "worker", address, "--nthreads", "1", "--no-dashboard", "--host", host, "--local-directory",
            str(folder),
        )  # fmt: skip
        started += [process(*worker, "--nanny", folder=folder, package=package) for _ in range(workers)]
        yield address
    finally:
        for one in reversed(started):
            one.send_signal(signal.SIGTERM)
        for one in started:
            try:
                one.wait(20)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()


def _answers(port: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", int(port)), 1).close()
        except OSError:
            assert time.monotonic() < deadline, "the scheduler does not answer"
            time.sleep(0.1)
        else:
            return


def test_a_cluster_plays_to_the_same_bytes_and_survives_what_kills_its_workers(tmp_path: Path) -> None:
    local = play_points(points(8), KEPT, workers=1, progress=False, instruments=toy_instruments)
    with cluster(tmp_path, workers=2) as address:
        far = play_points(
            points(8), KEPT, cluster=address, progress=False, store=tmp_path / "s",
            instruments=toy_instruments,
        )  # fmt: skip
        assert written(far, tmp_path) == written(local, tmp_path)
        killed = play_points(
            points(3, bad=(1,)), KEPT, cluster=address, progress=False, instruments=toys.killing
        )
        assert killed.failures["world"].tolist() == [1, 1]
        assert set(killed.failures["error"].str.partition(":")[0]) == {"WorkerLostError"}


def test_a_cluster_plays_a_plug_in_s_rule_from_its_text_and_its_new_text_after_an_edit(
    tmp_path: Path,
) -> None:
    experiment = {
        "title": "T", "designs": ["voluntary"], "worlds": 2, "scale": 0.02, "start": 2025, "end": 2025,
        "outcomes": ["fatigue"], "parameters": "prior",
    }  # fmt: skip
    (tmp_path / "elsewhere").mkdir()
    with cluster(tmp_path / "elsewhere", workers=1) as address:
        for tired in (0.25, 0.75):  # the workers live on
            file = plugins.written(tmp_path, plugins.RULE.replace("0.25", str(tired)))
            far, local = (
                sim.sweep(
                    experiment, out=tmp_path / f"{where}-{tired}", plugins=[file], progress=False, **how
                )
                for where, how in (("far", {"cluster": address}), ("local", {"workers": 1}))
            )
            assert far.outcomes["fatigue@end"].tolist() == pytest.approx([tired, tired])
            assert far.outcomes.equals(local.outcomes)
            assert far.experiments["run"].tolist() == local.experiments["run"].tolist()


def test_where_no_scheduler_answers_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.sweeps.cluster.PATIENCE_SECONDS", 1)
    with pytest.raises(InputError, match="no scheduler answers there"):
        play_points(
            points(1),
            KEPT,
            cluster=f"tcp://127.0.0.1:{free_port()}",
            progress=False,
            instruments=toy_instruments,
        )


def test_workers_may_come_late(tmp_path: Path) -> None:
    with cluster(tmp_path, workers=0) as address:
        host = (
            "--nthreads",
            "1",
            "--no-dashboard",
            "--host",
            "127.0.0.1",
            "--local-directory",
            str(tmp_path),
        )
        late = threading.Timer(3, lambda: started.append(process("worker", address, *host, folder=tmp_path)))
        started: list[subprocess.Popen[bytes]] = []
        late.start()
        try:
            far = play_points(points(2), KEPT, cluster=address, progress=False, instruments=toy_instruments)
        finally:
            late.join()
            for one in started:
                one.kill()
                one.wait()
    assert not far.experiments["failed"].any()


def test_where_no_worker_comes_the_reason_is_told_and_the_wait_is_as_long_as_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WAIT, "1")
    with (
        cluster(tmp_path, workers=0) as address,
        pytest.raises(WorkerLostError, match="no worker for 1 seconds"),
    ):
        play_points(points(1), KEPT, cluster=address, progress=False, instruments=toy_instruments)
    monkeypatch.setenv(WAIT, "soon")
    with pytest.raises(InputError, match="expected a number of seconds"):
        play_points(points(1), KEPT, cluster="tcp://127.0.0.1:1", progress=False, instruments=toy_instruments)


def test_a_scheduler_that_goes_midway_is_told_in_words_and_what_is_finished_is_kept(tmp_path: Path) -> None:
    started: list[subprocess.Popen[bytes]] = []
    told: list[int] = []

    def ends(done: int, *_: int) -> None:
        told.append(done)
        started[0].kill()

    with (
        cluster(tmp_path, workers=1, started=started) as address,
        pytest.raises(WorkerLostError, match="the scheduler is gone; what is finished is kept"),
    ):
        play_points(
            points(40), KEPT, cluster=address, progress=ends, store=tmp_path / "s",
            instruments=toy_instruments,
        )  # fmt: skip
    assert 0 < told[-1] < 80
    left: list[int] = []
    play_points(
        points(40),
        KEPT,
        workers=1,
        progress=lambda _, total, __: left.append(total),
        store=tmp_path / "s",
        instruments=toy_instruments,
    )
    assert left[0] == 80 - told[-1]


def test_workers_are_asked_for_their_code_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cluster(tmp_path, workers=1) as address:
        monkeypatch.setattr("sim.sweeps.running.code_digest", lambda _: "another")
        monkeypatch.setattr("sim.sweeps.cluster.play_unit", _never)
        with pytest.raises(InputError, match="are not those of the process that hands out the runs"):
            play_points(points(1), KEPT, cluster=address, progress=False, instruments=toy_instruments)


def _never(*_: object) -> None:
    raise AssertionError("played before the workers were asked")


def test_a_worker_without_the_package_is_told_in_words(tmp_path: Path) -> None:
    lacking = tmp_path / "lacking"
    lacking.mkdir()
    (lacking / "sim.py").write_text("raise ModuleNotFoundError(\"No module named 'sim'\", name='sim')\n")
    with (
        cluster(tmp_path, workers=1, package=lacking) as address,
        pytest.raises(
            InputError, match=r"the worker tcp://.* can't load .*No module named .*sim.* install the same"
        ),
    ):
        play_points(points(1), KEPT, cluster=address, progress=False, instruments=toy_instruments)
