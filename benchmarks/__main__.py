"""`python -m benchmarks`: measure, print the tables, and write them to results/benchmarks.md and .json."""

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
    options = parser.parse_args()

    from benchmarks.session import QUICK, Plan, hold
    from benchmarks.table import markdown

    plan = QUICK if options.quick else Plan()
    if options.repeats:
        plan = replace(plan, repeats=options.repeats)
    session = hold(plan, lambda text: print(f"... {text}", file=sys.stderr, flush=True))
    page = markdown(session)
    print(page)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "benchmarks.md").write_text(page, encoding="utf-8")
    found = json.dumps(session.as_json(), indent=1)
    (options.out / "benchmarks.json").write_text(found + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
