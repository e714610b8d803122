"""A session of sweeps as Markdown."""

from __future__ import annotations

from benchmarks.demands import SMALLER, demands_table, table
from benchmarks.sweeps import DEMANDED_RUNS, FIGURES, SweepSession

MINUTES_DEMANDED = 8
OVERHEAD_DEMANDED = 0.05
QUERY_DEMANDED = 1.0
GROWTH_ALLOWED = 1.1  # of memory, from the first fifth of a sweep to its end
_MEGABYTE = 2**20


def section(session: SweepSession) -> str:
    """The section on sweeps."""
    plan = session.plan
    return "\n\n".join(
        [
            "## Sweeps",
            f"Runs of `history`, {plan.first_year}-{plan.last_year}, scale {plan.scale:g}, each world with its own draw of the "
            f"parameters; {len(FIGURES)} figures kept of each.",
            table(
                ["", "runs", "seconds", "of which until all processes were at work", "runs per second after that"],
                [
                    [way, f"{t.runs}", f"{t.seconds:.1f}", f"{t.start_up:.1f}", f"{1 / t.each:.2f}"]
                    for way, t in session.wall.items()
                ],
            ),
            f"The model alone, and the same runs in a sweep on one process, {len(session.rounds)} times one after the other; "
            f"drawing parameters, measuring, storing and the table add {session.overhead:.1%} (the median):",
            table(
                ["CPU seconds a run, alone", "in a sweep", "added"],
                [[f"{alone:.3f}", f"{run:.3f}", f"{run / alone - 1:.1%}"] for alone, run in session.rounds],
            ),
            _demands(session),
            "Growth with the number of runs, one process:",
            table(
                ["runs", "CPU seconds", "each"],
                [[f"{n}", f"{s:.2f}", f"{s / n:.3f}"] for n, s in session.growth],
            ),
            "Memory of a process that plays and stores a small country again and again:",
            table(
                ["runs done", "resident, MB"], [[f"{n}", f"{b / _MEGABYTE:.1f}"] for n, b in session.memory]
            ),
            f"A store of {plan.stored:,} runs, most of them copies of played ones under other addresses with draws of "
            f"their own, takes {session.bytes_per_run:,.0f} bytes a run, parameters included. Questions to it:",
            table(["question", "seconds"], [[q, f"{s:.3f}"] for q, s in session.query_seconds.items()]),
        ]
    )  # fmt: skip


def _demands(session: SweepSession) -> str:
    plan = session.plan
    if (plan.scale, plan.first_year, plan.last_year) != (1.0, 2017, 2034):
        return SMALLER
    least, most = session.memory[0][1], session.memory[-1][1]
    slowest = max(session.query_seconds.values())
    rows = [
        (
            f"{DEMANDED_RUNS:,} runs under {MINUTES_DEMANDED} min on two cores",
            f"{session.minutes:.0f} min",
            session.minutes < MINUTES_DEMANDED,
        ),
        (
            f"overhead under {OVERHEAD_DEMANDED:.0%}",
            f"{session.overhead:.1%}",
            session.overhead < OVERHEAD_DEMANDED,
        ),
        ("memory flat", f"{most / least - 1:+.1%}", most < GROWTH_ALLOWED * least),
        (
            f"{plan.stored:,} runs asked under {QUERY_DEMANDED:g} s",
            f"{slowest:.2f} s",
            slowest < QUERY_DEMANDED,
        ),
    ]
    return demands_table(rows)
