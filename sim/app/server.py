"""The page's server: one process on this machine's own address, reachable from nowhere else."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from sim.app.bounds import Bounds, Usual
from sim.errors import InputError

ADDRESS = "127.0.0.1"
_CLOSING_SECONDS = 1  # that open pages are waited for
_CONNECTIONS = 100
_HEADERS = 16 * 1024  # bytes


def serve(
    results: Path,
    port: int,
    said: Callable[[str], object],
    *,
    bounds: Bounds | None = None,
    usual: Usual | None = None,
) -> None:
    """Serve the page until it is told to stop; the run under way ends with it.

    Parameters
    ----------
    port : int
        0 takes any that is free.
    said : callable
        Is given the page's address when it can be opened.

    Raises
    ------
    InputError
        If the port is taken, or another page is at work in the folder.
    """
    import uvicorn

    from sim.app.application import make_app
    from sim.app.connection import ImpatientConnection

    with _listening(port) as listener:
        port = listener.getsockname()[1]
        app = make_app(results, bounds=bounds, usual=usual, ready=True)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none",
            timeout_graceful_shutdown=_CLOSING_SECONDS, limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=_HEADERS, lifespan="on", loop="asyncio", http=ImpatientConnection,
        )  # fmt: skip
        said(f"http://{ADDRESS}:{port}/")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
    except OSError as error:
        listener.close()
        raise InputError(f"--port: {port} can't be used: {error.strerror}", field="port") from None
    listener.listen(128)
    return listener
