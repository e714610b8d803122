"""The process that plays questions, seen from the page: it stands ready, and is made anew when it had to go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress

GRACE_SECONDS = 5.0  # between asking the process to end and making it
LINES_KEPT = 50  # of what it says on standard error


class Player:
    """A process of `sim.app.worker`.

    Parameters
    ----------
    arguments : sequence of str
        Behind the interpreter's name.

    Attributes
    ----------
    is_dismissed : bool
        Whether it was told to go, or is about to be: it gets no further question.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        self._said: deque[str] = deque(maxlen=LINES_KEPT)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.is_dismissed = False

    @property
    def is_ready(self) -> bool:
        """Whether a question can be put to it."""
        return not self.is_dismissed and self._process.poll() is None

    def play(self, key: str) -> Iterator[str]:
        """Put a question, and hand out what is said of it, line by line, until it is done or the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError):  # it has just ended: then nothing is said
            self._process.stdin.write(f"{key}\n")
            self._process.stdin.flush()
        for line in self._process.stdout:
            yield line.strip()
            if line.strip() == "done":
                return

    def reason(self) -> str:
        """Why it ended: the last it said on standard error."""
        status = self._process.wait()
        self._listener.join(GRACE_SECONDS)
        return next((line for line in reversed(self._said) if line), f"exit status {status}")

    def end(self) -> None:
        """Ask it to end, and make it if it does not."""
        self.is_dismissed = True
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()

    def close(self) -> None:
        """End it, and let go of what led to it. Nobody may still be listening to what it says of a run."""
        self.end()
        self._listener.join(GRACE_SECONDS)
        streams = [self._process.stdin, self._process.stdout]
        if not self._listener.is_alive():  # a stream that is being read can't be closed
            streams.append(self._process.stderr)
        for stream in streams:
            with suppress(OSError):
                assert stream is not None
                stream.close()

    def _kill(self) -> None:
        """Kill it and the processes that stand by for it: they are a session of their own."""
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def _listen(self) -> None:
        assert self._process.stderr is not None
        with suppress(ValueError):  # closed
            for line in self._process.stderr:
                self._said.append(line.strip())
