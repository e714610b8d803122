"""What a visitor of the page waits for: from a new question to the first preliminary answer, and to the final one.

The page is started as the command starts it, and asked over HTTP as a browser asks. A first question warms it; then another one
is put, about the same designs with another seed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.demands import SMALLER, Demand, demands_table

FIRST_SECONDS, WHOLE_SECONDS = 3.0, 10.0
"""Demanded of the first preliminary answer and of the whole one, by the clock, on two quiet cores."""

COMMAND = "import sys; from sim.cli import main; sys.argv[0] = 'kompetansesim'; main()"
MOST_SECONDS = 600.0
_LABEL = re.compile(r"nswer from (\d+)")
_ONWARD = re.compile(r'content="0; url=([^"]+)"')
_CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class PagePlan:
    """Which question is put."""

    designs: tuple[str, str] = ("voluntary", "obligatory")
    worlds: int = 20
    scale: float = 1.0


QUICK_PAGE = PagePlan(worlds=5, scale=0.1)


@dataclass(frozen=True)
class Moment:
    """When something was shown: seconds by the clock, and CPU seconds of the page and its processes, since the question."""

    clock: float
    cpu: float


@dataclass(frozen=True)
class PageSession:
    """Everything measured.

    Attributes
    ----------
    preliminary : mapping from number of worlds to Moment
        When the answers from the first worlds were shown.
    final : Moment
        When the whole answer was shown, its tables on the disk.
    """

    plan: PagePlan
    preliminary: dict[int, Moment]
    final: Moment

    def demands(self) -> list[Demand]:
        """What is demanded, and whether it is met; of a whole country alone."""
        if self.plan != PagePlan():
            return []
        first = min((when.clock for when in self.preliminary.values()), default=self.final.clock)
        return [
            (f"{what} after {most:g} s on two quiet cores", f"{clock:.1f} s", clock <= most)
            for what, most, clock in (
                ("a first answer", FIRST_SECONDS, first), ("the whole answer", WHOLE_SECONDS, self.final.clock),
            )
        ]  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Everything as plain numbers and dictionaries."""
        return asdict(self)


def hold_page(plan: PagePlan) -> PageSession:
    """Measure."""
    with tempfile.TemporaryDirectory() as place, page(Path(place), plan) as (pid, address):
        answered(plan, pid, address, seed=1)
        return answered(plan, pid, address, seed=2)


@contextmanager
def page(results: Path, plan: PagePlan) -> Iterator[tuple[int, str]]:
    """The page as a process of its own: its number and its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "page", "--port", "0", "--results", str(results), "--scale", str(plan.scale)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.pid, process.stdout.readline().strip().rstrip("/")
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def answered(plan: PagePlan, pid: int, address: str, seed: int) -> PageSession:
    """Put a question and follow its pages, as a browser does, until the whole answer is shown."""
    a, b = plan.designs
    asked = {"a": a, "b": b, "worlds": plan.worlds, "scale": f"{plan.scale:g}", "seed": seed}
    clock, cpu = perf_counter(), cpu_seconds(pid)

    def now() -> Moment:
        return Moment(perf_counter() - clock, cpu_seconds(pid) - cpu)

    shown: dict[int, Moment] = {}
    to: str | None = f"{address}/en/kjor"
    form: bytes | None = urllib.parse.urlencode(asked).encode()
    while to is not None:
        at, to = to, None
        request = urllib.request.Request(at, form, {"Origin": address})
        with urllib.request.urlopen(request, timeout=MOST_SECONDS) as page_:
            form, at = None, page_.url
            for line in page_:  # a run's page grows: what it shows is read as it comes
                text = line.decode()
                if found := _LABEL.search(text):
                    shown[int(found[1])] = now()
                if found := _ONWARD.search(text):
                    to = address + unescape(found[1])
    if "/resultat/" not in at:
        raise RuntimeError(f"the page at {at} led to no answer")
    return PageSession(plan, shown, now())


def cpu_seconds(pid: int) -> float:
    """CPU seconds of a process and of those it began, as far as they are still there or were waited for; read from /proc."""
    spent: dict[int, float] = {}
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        one = int(stat.parent.name)
        parents[one] = int(fields[1])
        spent[one] = sum(map(int, fields[11:15])) / _CLOCK_TICKS
    family = {pid}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(spent.get(one, 0.0) for one in family)


def page_section(session: PageSession) -> str:
    """What was measured, as Markdown."""
    plan = session.plan
    lines = [
        f"## From question to answer on the page: {' and '.join(plan.designs)}, {plan.worlds} worlds, "
        f"{plan.scale:.0%} of the country, warm",
        "",
        "| shown | seconds by the clock | CPU seconds, children included |",
        "|---|---|---|",
    ]
    for n, when in session.preliminary.items():
        lines.append(f"| preliminary: {n} worlds | {when.clock:.1f} | {when.cpu:.1f} |")
    lines.append(f"| the whole answer | {session.final.clock:.1f} | {session.final.cpu:.1f} |")
    demands = session.demands()
    return "\n".join([*lines, "", demands_table(demands) if demands else SMALLER]) + "\n"
