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
            assert "Ingenting er simulert her" in answer.read().decode()
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


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the app is made ready and never asked
def test_a_request_sent_by_half_is_not_waited_for() -> None:
    import asyncio
    import gc

    from uvicorn import Config, Server

    from sim.app import connection

    async def whole(*_: object) -> None:
        raise AssertionError("no request is whole")

    async def closed(port: int, sent: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        got = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        return got

    async def tried() -> list[bytes]:
        server = Server(
            Config(whole, port=0, http=connection.ImpatientConnection, lifespan="off", log_level="error")
        )
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        found = [await closed(port, sent) for sent in (b"", b"GET / HTTP/1.1\r\nHost: x")]
        server.should_exit = True
        await serving
        return found

    before, connection.REQUEST_SECONDS = connection.REQUEST_SECONDS, 0.2
    try:
        assert asyncio.run(tried()) == [b"", b""]
    finally:
        connection.REQUEST_SECONDS = before
        gc.collect()  # here and not in another test
