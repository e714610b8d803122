"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# No test is judged by its time: the first to need the compiled kernels waits for them, and machines are busy at times.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
