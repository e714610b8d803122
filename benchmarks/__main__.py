"""`python -m benchmarks`: measure, print the tables, and write them to results/benchmarks.md and .json, those of sweeps to
results/benchmarks-sweeps.md and .json, those of whole studies to results/benchmarks-studies.md and .json, those of the page to
results/benchmarks-page.md and .json.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

# One core: before numpy is first imported.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")


def main() -> None:
    """Read the options, hold the session, write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the country and three years")
    parser.add_argument("--repeats", type=int, help="runs of the columnar model in each of three rounds")
    parser.add_argument("--out", type=Path, default=Path("results"), help="folder of the results")
    parts = {"model": _model, "sweeps": _sweeps, "studies": _studies, "page": _page}
    for name in parts:
        parser.add_argument(f"--{name}-only", action="store_true", help=f"measure the {name} alone")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    alone = [name for name in parts if getattr(options, f"{name}_only")]
    for name in alone or parts:
        parts[name](options)


def _sweeps(options: argparse.Namespace) -> None:
    from benchmarks.sweep_table import section
    from benchmarks.sweeps import QUICK_SWEEPS, SweepPlan, hold_sweeps

    session = hold_sweeps(QUICK_SWEEPS if options.quick else SweepPlan(), _say)
    page = section(session) + "\n"
    print(page)
    (options.out / "benchmarks-sweeps.md").write_text(page, encoding="utf-8")
    found = json.dumps(session.as_json(), indent=1)
    (options.out / "benchmarks-sweeps.json").write_text(found + "\n", encoding="utf-8")


def _studies(options: argparse.Namespace) -> None:
    from benchmarks.whole_study import PLANS, QUICK_PLANS, hold_study, section

    sessions = []
    for plan in QUICK_PLANS if options.quick else PLANS:
        _say(f"{plan.name}, everything included")
        sessions.append(hold_study(plan))
    page = "\n".join(map(section, sessions))
    print(page)
    (options.out / "benchmarks-studies.md").write_text(page, encoding="utf-8")
    found = json.dumps([session.as_json() for session in sessions], indent=1)
    (options.out / "benchmarks-studies.json").write_text(found + "\n", encoding="utf-8")


def _page(options: argparse.Namespace) -> None:
    from benchmarks.page import QUICK_PAGE, PagePlan, hold_page, page_section

    _say("the page: a question that warms it, then a new one")
    session = hold_page(QUICK_PAGE if options.quick else PagePlan())
    section = page_section(session)
    print(section)
    (options.out / "benchmarks-page.md").write_text(section, encoding="utf-8")
    found = json.dumps(session.as_json(), indent=1)
    (options.out / "benchmarks-page.json").write_text(found + "\n", encoding="utf-8")


def _say(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)


def _model(options: argparse.Namespace) -> None:
    from benchmarks.session import QUICK, Plan, hold
    from benchmarks.table import markdown

    plan = QUICK if options.quick else Plan()
    if options.repeats:
        plan = replace(plan, repeats=options.repeats)
    session = hold(plan, _say)
    page = markdown(session)
    print(page)
    (options.out / "benchmarks.md").write_text(page, encoding="utf-8")
    found = json.dumps(session.as_json(), indent=1)
    (options.out / "benchmarks.json").write_text(found + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
