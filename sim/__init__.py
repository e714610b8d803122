r"""An agent-based simulation of Norway's competence-development model for schools.

::

    import sim

    results = sim.compare(["voluntary", "obligatory"], worlds=40)
    print(*results.headline("en"), sep="\n")

Everything is imported when first used, so that `import sim` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.calibration.api import calibrate
    from sim.errors import InputError
    from sim.evaluation.api import evaluate
    from sim.experiments.api import compare, run
    from sim.experiments.results import Results
    from sim.model import SchemeModel
    from sim.scenario_files import load_design
    from sim.sweeps.api import sweep

__all__ = [
    "InputError",
    "Results",
    "SchemeModel",
    "calibrate",
    "compare",
    "evaluate",
    "load_design",
    "run",
    "sweep",
]

_HOMES = {
    "InputError": "sim.errors",
    "Results": "sim.experiments.results",
    "SchemeModel": "sim.model",
    "calibrate": "sim.calibration.api",
    "compare": "sim.experiments.api",
    "evaluate": "sim.evaluation.api",
    "load_design": "sim.scenario_files",
    "run": "sim.experiments.api",
    "sweep": "sim.sweeps.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
