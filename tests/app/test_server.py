from __future__ import annotations

import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from sim.app.server import serve
from sim.errors import InputError
from tests.app.served import served


def test_the_command_serves_the_page_on_this_machine_alone(tmp_path: Path) -> None:
    with served(tmp_path / "results") as (process, address):
        with urllib.request.urlopen(f"{address}/nb/", timeout=20) as answer:
            assert "Ingen svar ligger klare" in answer.read().decode()
        port = int(address.rsplit(":", 1)[1])
        strange = urllib.request.Request(f"{address}/nb/", headers={"Host": f"evil.example:{port}"})
        with pytest.raises(urllib.error.HTTPError, match="421"):
            urllib.request.urlopen(strange, timeout=20)
        listening = [
            line.split()[1]
            for line in Path("/proc/net/tcp").read_text().splitlines()
            if f":{port:04X} " in line
        ]
        assert f"0100007F:{port:04X}" in listening
        assert f"00000000:{port:04X}" not in listening
        assert process.poll() is None


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=f"--port: {port} can't be used"):
            serve(tmp_path, port, print)
