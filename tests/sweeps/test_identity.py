from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from sim.sweeps.identity import PACKAGE, code_identity, run_sources

ROOT = Path(__file__).parents[2]
LOADED = """
import json, sys
from sim.sweeps.playing import play_unit
from sim.experiments.instruments import national_model
national_model()
print(json.dumps([m.__file__ for n, m in sys.modules.items() if n.startswith("sim.") and getattr(m, "__file__", None)]))
"""


def names() -> set[str]:
    return {path.relative_to(PACKAGE).as_posix() for path in run_sources()}


def test_the_digest_is_over_everything_that_a_run_loads() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = {Path(file).relative_to(PACKAGE).as_posix() for file in json.loads(told.stdout)}
    assert {"one_world.py", "schemes/follow_up/draw.py", "processes/pupils.py"} <= loaded
    assert sorted(loaded - names()) == []


def test_data_files_that_a_run_reads_are_in_the_digest() -> None:
    assert {"world/data/counties.csv", "theory/data/follow_up.yaml"} <= names()


def test_texts_of_reports_and_the_command_line_are_not_in_the_digest() -> None:
    assert [name for name in names() if name.startswith(("report/", "reference/", "cli"))] == []


def test_the_libraries_that_do_the_arithmetic_are_named() -> None:
    assert {"sources", "python", "numpy", "scipy"} <= code_identity().keys()
