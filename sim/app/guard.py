"""What stands between the page and the network: whose requests are answered, how large they may be, what browsers may do.

The page is for one machine. A request must name that machine (else a foreign site whose name was made to point here could
read it), must not come from a foreign site, and, if it changes something, must say that it comes from the page itself.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_THIS_MACHINE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
"""The `Host` of a page that is reached from this machine: on port 80, behind a forwarded port, in whatever letters. A foreign
site can have its own name point here, but not one of these.
"""
READING = ("GET", "HEAD")
_DIGITS = 15  # of a length that is looked at
_WENT_WRONG = "Noe gikk galt her. Something went wrong here."
_BAD, _FORBIDDEN, _TOO_LARGE, _MISDIRECTED, _NOT_ALLOWED, _FAILED = 400, 403, 413, 421, 405, 500
_FOREIGN = {_FORBIDDEN, _MISDIRECTED}  # what other sites are told, which get no page
_LOG = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

Refusal: TypeAlias = tuple[int, str]
Failure: TypeAlias = Callable[[Request, int], Response]


class TooLargeError(Exception):
    """A body grew beyond its limit while it was read."""


class Guard:
    """Refuses what must not reach the page, and adds the headers that bind the browser.

    Parameters
    ----------
    most : int
        Bytes of a body.
    failure : callable
        Makes the page that tells this machine's own visitors of a status; others get a line of text.
    """

    def __init__(self, app: ASGIApp, most: int, failure: Failure) -> None:
        self.app, self.most, self.failure = app, most, failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse a request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no other kind is served

        bound = _Bound(send)
        refusal = self.refusal(scope["method"], Headers(scope=scope))
        if refusal is not None:
            await self._say(refusal, scope, receive, bound)
            return
        try:
            await self.app(scope, _limited(receive, self.most), bound)
        except ClientDisconnect:
            return  # whoever asked has gone, in the midst of it
        except TooLargeError:
            if not bound.started:
                await self._say((_TOO_LARGE, "The request is too large."), scope, receive, bound)
        except Exception:
            if not bound.started:  # the server has its say in the log
                await self._say((_FAILED, _WENT_WRONG), scope, receive, bound)
            raise

    def refusal(self, method: str, headers: Headers) -> Refusal | None:
        """Why a request is refused; None if it is not."""
        if len(headers.getlist("host")) != 1 or not _THIS_MACHINE.fullmatch(headers["host"]):
            return _MISDIRECTED, "This address is not served here."
        own = f"http://{headers['host']}".casefold()
        if headers.get("origin", own).casefold() != own:
            return _FORBIDDEN, "Requests from other sites are refused."
        if method in READING:
            return self._refused_reading(headers)
        return (
            self._refused_form(headers) if method == "POST" else (_NOT_ALLOWED, "This method is not served.")
        )

    def _refused_reading(self, headers: Headers) -> Refusal | None:
        """A link on another site may lead here; nothing of the page may be used inside another site."""
        site, mode = headers.get("sec-fetch-site", ""), headers.get("sec-fetch-mode")
        if site in ("cross-site", "same-site") and mode != "navigate":
            return _FORBIDDEN, "Requests from other sites are refused."
        return None

    def _refused_form(self, headers: Headers) -> Refusal | None:
        """A form must say that it comes from the page itself, and may not be too large."""
        if "origin" not in headers or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _FORBIDDEN, "Only the page itself may send forms here."
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal()):
            return _BAD, "The length of the request makes no sense."
        too_large = len(length) > _DIGITS or int(length) > self.most
        return (_TOO_LARGE, "The request is too large.") if too_large else None

    async def _say(self, refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
        status, words = refusal
        response: Response = PlainTextResponse(words + "\n", status_code=status)
        if status not in _FOREIGN:
            try:
                response = self.failure(Request(scope), status)
            except Exception:  # noqa: BLE001 - whatever fails here, the visitor is told at least in a line
                _LOG.exception("the page that tells of status %s can't be made", status)
        response.headers["Connection"] = "close"
        await response(scope, receive, send)


class _Bound:
    """Sends an answer with the headers that bind the browser.

    Attributes
    ----------
    started : bool
        Whether anything of it has been sent.
    """

    def __init__(self, send: Send) -> None:
        self.send, self.started = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await self.send(message)


def _limited(receive: Receive, most: int) -> Receive:
    """The body as it comes, up to its limit."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLargeError
        return message

    return counted
