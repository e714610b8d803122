"""A session's results as Markdown."""

from __future__ import annotations

from statistics import median

from benchmarks.demands import SMALLER, demands_table, table
from benchmarks.inputs import LAYER
from benchmarks.session import Session, TwinTime

RATIO_DEMANDED = 200
SECONDS_DEMANDED = 0.07
FIXED_DEMANDED = 0.015
MEGABYTES_DEMANDED = 500
SHARE_DEMANDED = 1 / 3
_MEGABYTE = 2**20
_GIGA = 1e9


def markdown(session: Session) -> str:
    """The whole page."""
    parts = [
        "# Benchmarks",
        "Written by `make bench`; what the figures mean stands in `docs/benchmarks.md`.",
        _setting(session),
        "## Runs",
        _runs(session),
        _demands(session),
        "## By process",
        _processes(session),
        "## Memory",
        _memory(session),
        "## Growth",
        _growth(session),
    ]
    return "\n\n".join(parts) + "\n"


def _setting(session: Session) -> str:
    plan = session.plan
    lines = [
        f"{session.teachers:,} teachers, {session.schools:,} schools, {session.half_years} half-years "
        f"({plan.first_year}-{plan.last_year}), scale {plan.scale:g}. Times are CPU seconds on one core; building the world is "
        "not in them.",
        "",
    ]
    lines += [f"- {name}: {value}" for name, value in session.machine.items()]
    return "\n".join(lines)


def _runs(session: Session) -> str:
    runs, ratios = session.runs, session.ratios()

    def twin(name: str, key: str, time: TwinTime) -> list[str]:
        layer = f"{ratios[key + ', shared layer']:.0f}"
        return [
            name + played(time),
            f"{time.run:.2f}",
            f"{time.least:.2f}",
            f"{ratios[key]:.1f}",
            layer,
            f"{time.build:.2f}",
        ]

    return table(
        ["", "median", "fastest", "times the columnar run", "times its shared layer", "building"],
        [
            [
                f"columnar model ({len(runs.runs)} runs)",
                f"{runs.median:.3f}",
                f"{runs.least:.3f}",
                "1",
                "",
                f"{median(session.build):.3f}",
            ],
            ["- of it in the layer shared with the twin", f"{runs.layer:.3f}", "", "", "1", ""],
            twin("plain Mesa, fastest fair form", "fast", session.fast),
            twin("plain Mesa, idiomatic", "idiomatic", session.idiomatic),
        ],
    )


def played(time: TwinTime) -> str:
    """How much of a twin's time was reckoned and not played, in words."""
    if time.played == time.half_years:
        return ""
    return f" (reckoned from {time.played} of {time.half_years} half-years)"


def _demands(session: Session) -> str:
    if not session.plan.national:
        return SMALLER
    runs, ratios = session.runs, session.ratios()
    by_process = runs.by_process()
    slowest = next(iter(by_process))
    share = by_process[slowest] / sum(by_process.values())
    peak = session.memory["columnar"] / _MEGABYTE
    times, layer, seconds = ratios["idiomatic"], ratios["idiomatic, shared layer"], runs.least
    rows = [
        (f"idiomatic twin {RATIO_DEMANDED} times slower, whole run", f"{times:.0f}", times >= RATIO_DEMANDED),
        (
            f"idiomatic twin {RATIO_DEMANDED} times slower, same layer",
            f"{layer:.0f}",
            layer >= RATIO_DEMANDED,
        ),
        (f"fastest run under {SECONDS_DEMANDED} s", f"{seconds:.3f} s", seconds < SECONDS_DEMANDED),
        (
            f"what does not grow with the country under {FIXED_DEMANDED * 1000:.0f} ms a run",
            f"{session.fixed * 1000:.1f} ms",
            session.fixed < FIXED_DEMANDED,
        ),
        ("no process above a third", f"{share:.0%} (`{slowest}`)", share <= SHARE_DEMANDED),
        (f"under {MEGABYTES_DEMANDED} MB", f"{peak:.0f} MB", peak < MEGABYTES_DEMANDED),
    ]
    return demands_table(rows)


def _processes(session: Session) -> str:
    by_process = session.runs.by_process()
    total = sum(by_process.values())
    rows = [
        [f"`{name}`" + (" *" if name in LAYER else ""), f"{seconds * 1000:.1f}", f"{seconds / total:.1%}"]
        for name, seconds in by_process.items()
    ]
    shown = table(["process", "milliseconds", "share"], [*rows, ["all", f"{total * 1000:.1f}", ""]])
    return shown + "\n\n\\* in the layer shared with the twin. Medians over the runs."


def _memory(session: Session) -> str:
    names = {
        "world": "imports and building the world",
        "columnar": "columnar model, whole run",
        "fast": "plain Mesa, fastest fair form, a year",
        "idiomatic": "plain Mesa, idiomatic, a year",
    }
    shown = table(
        ["in a fresh process", "peak, MB"],
        [[names[way], f"{peak / _MEGABYTE:.0f}"] for way, peak in session.memory.items()],
    )
    bound, run = session.lower_bound, session.runs.median
    return (
        f"{shown}\n\nnumpy copies at {session.bandwidth / _GIGA:.1f} GB/s, reading and writing counted. The teachers' columns "
        f"that a run must read and write at least once each half-year come to {session.least_bytes / _MEGABYTE:.0f} MB: "
        f"{bound * 1000:.1f} ms if nothing stays in the caches. The run takes {run / bound:.0f} times as long."
    )


def _growth(session: Session) -> str:
    """Time against size, with what each further one costs: where that stays the same, growth is linear."""

    def lines(what: str, found: list[tuple[int, float]], unit: int = 1) -> list[list[str]]:
        rows, before = [], (0, 0.0)
        for n, seconds in found:
            each = (seconds - before[1]) / (n - before[0]) * unit * 1000
            rows.append([what, f"{n:,}", f"{seconds:.3f}", f"{each:.2f}"])
            before = (n, seconds)
        return rows

    return table(
        ["", "number", "seconds", "milliseconds for each further (thousand teachers, half-year, world)"],
        [
            *lines("teachers", session.by_teachers, 1000),
            *lines("half-years", session.by_years),
            *lines("worlds, building included", session.by_worlds),
        ],
    )
