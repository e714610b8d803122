"""Progress is told by lines where there is no terminal."""

from __future__ import annotations

import pytest

from sim.experiments import progress


def test_without_a_terminal_a_line_tells_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 59.0, 61.0, 62.0, 125.0])
    monkeypatch.setattr("sim.experiments.progress.time.monotonic", lambda: next(clock))
    with progress.bar(2000, "run", progress=True) as told:
        told.update(10)
        told.update(10)
        told.update(10)
        told.set_postfix(failed=3)
        told.update(970)
    assert capsys.readouterr().err.splitlines() == [
        "run 20 of 2,000 after 1 min",
        "run 1,000 of 2,000 after 2 min, failed 3",
    ]


def test_nothing_is_told_where_nobody_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.bar(2, "run", progress=False) as told:
        told.update(2)
    assert capsys.readouterr().err == ""
