"""However the page ends, nothing that it started goes on."""

from __future__ import annotations

import json
import signal
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.app.served import alive, descendants, served, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]

ASKED = {"a": "voluntary", "b": "market", "worlds": "90", "scale": "0.1", "seed": "1"}


def send(address: str, path: str, fields: dict[str, str]) -> str:
    """Send a form as the page itself would; the address that it leads to. The page there is not read to its end."""
    data = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(address + path, data, headers={"Origin": address})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(answer.url)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
def test_no_process_is_left_when_the_page_is_ended(tmp_path: Path, how: signal.Signals) -> None:
    results = tmp_path / "results"
    with served(results, "--workers", "2", "--scale", "0.1") as (page, address):
        job = send(address, "/nb/kjor", ASKED).rsplit("/", 1)[1]
        until(lambda: len(descendants(page.pid)) >= 3)  # the one that plays, and its two workers
        started = descendants(page.pid)
        page.send_signal(how)
        page.wait(20)
        until(lambda: not alive(started))
    with served(results, "--workers", "1") as (
        _,
        address,
    ):  # the lock is free again, and nothing half-written stays
        state = json.loads((results / ".page" / "runs" / f"{job}.json").read_text())
        assert state["phase"] == "interrupted"
        assert [path.name for path in results.iterdir()] == [".page"]
        with urllib.request.urlopen(f"{address}/nb/jobb/{job}", timeout=20) as answer:
            assert "Start igjen" in answer.read().decode()


def test_no_process_is_left_when_a_run_is_stopped(tmp_path: Path) -> None:
    with served(tmp_path / "results", "--workers", "2", "--scale", "0.1") as (page, address):
        job = send(address, "/nb/kjor", ASKED).rsplit("/", 1)[1]
        until(lambda: len(descendants(page.pid)) >= 3)
        started = descendants(page.pid)
        send(address, f"/nb/jobb/{job}/stopp", {})
        until(lambda: not alive(started), 12)
        until(lambda: len(descendants(page.pid) - started) >= 3)  # others stand ready for the next question
        assert [path.name for path in (tmp_path / "results").iterdir()] == [".page"]
