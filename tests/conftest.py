"""Settings of all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from sim.kernels.keeping import warm

# No test is judged by its time: machines are busy at times.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the kernels before several test processes start that would all compile them."""
    if not hasattr(session.config, "workerinput"):
        warm()
