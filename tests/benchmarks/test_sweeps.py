from __future__ import annotations

from benchmarks.sweep_table import section
from benchmarks.sweeps import QUICK_SWEEPS, SweepPlan, SweepSession, Timed, copied


def session(plan: SweepPlan) -> SweepSession:
    return SweepSession(
        plan, rounds=[(0.5, 0.54), (0.4, 0.39), (0.5, 0.6)],
        wall={"one process": Timed(16, 10.0), "two processes": Timed(32, 10.0, start_up=2.0)},
        growth=[(4, 2.0), (8, 4.0)], memory=[(100, 200 * 2**20), (500, 202 * 2**20)], bytes_per_run=1234.5,
        query_seconds={"question": 0.25},
    )  # fmt: skip


def test_demands_are_told_as_met_or_not() -> None:
    page = section(session(SweepPlan()))
    assert "| 10,000 runs under 8 min on two cores | 42 min | no |" in page
    assert "| two processes | 32 | 10.0 | 2.0 | 4.00 |" in page
    assert "| overhead under 5% | 8.0% | no |" in page
    assert "| memory flat | +1.0% | yes |" in page
    assert "takes 1,234 bytes a run" in page


def test_a_smaller_run_judges_nothing() -> None:
    assert "the demands are about the whole country" in section(session(QUICK_SWEEPS)).lower()


def test_copies_of_a_row_are_runs_of_their_own() -> None:
    from benchmarks.sweeps import FIGURES

    row = {"run": "a", "values": "v", "world": 0, "draw": 0, **dict.fromkeys(FIGURES, 2.0)}
    first, second = copied(row, 1), copied(row, 2)
    assert first["run"] != second["run"]
    assert first["values"] != second["values"]
    assert first["numbers"] != second["numbers"]
    assert FIGURES[0] not in first
