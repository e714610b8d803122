"""A connection to the page that does not wait for ever: a request must be there, whole, within some seconds."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 20.0  # from the first of a request to its last byte; the page is on the same machine
_COMING = (h11.IDLE, h11.SEND_BODY)  # what the other side is doing while its request is not whole


class ImpatientConnection(H11Protocol):
    """uvicorn's connection, closed when a request stops half-way; how long an answer takes is another matter."""

    _alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request; wait no longer when it is whole."""
        super().data_received(data)
        if self.conn.their_state in _COMING:
            self._wait()
        else:
            self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits any more."""
        self._rest()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._alarm is None:
            self._alarm = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _rest(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
