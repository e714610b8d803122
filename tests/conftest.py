"""Settings of all tests."""

from __future__ import annotations

import signal

import pytest
from hypothesis import settings

from sim.rules import warming

# No test is judged by its time: machines are busy at times.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# A shell without job control has what it starts in the background ignore Ctrl-C, and so would all that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the rules before several test processes start that would all compile them."""
    if not hasattr(session.config, "workerinput"):
        import sim.model  # noqa: F401 - declares the rules

        warming.warm()
