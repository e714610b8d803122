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
    from sim import atlas, conditions, discovery, sensitivity, theory
    from sim.calibration.api import calibrate
    from sim.claims_check.api import check_claims
    from sim.country_check.api import check_draw
    from sim.discovery.api import discover
    from sim.discovery.information import value_of_information
    from sim.discovery.searching import search
    from sim.errors import InputError
    from sim.evaluation.api import evaluate
    from sim.model import SchemeModel
    from sim.registers.importing import import_registers
    from sim.scenario_files import load_design
    from sim.studies.analyses import Analysis
    from sim.studies.api import compare, run
    from sim.studies.results import Results
    from sim.sweeps.api import Sweep, sweep

__all__ = [
    "Analysis",
    "InputError",
    "Results",
    "SchemeModel",
    "Sweep",
    "atlas",
    "calibrate",
    "check_claims",
    "check_draw",
    "compare",
    "conditions",
    "discover",
    "discovery",
    "evaluate",
    "import_registers",
    "load_design",
    "run",
    "search",
    "sensitivity",
    "sweep",
    "theory",
    "value_of_information",
]

_HOMES = {
    "Analysis": "sim.studies.analyses",
    "InputError": "sim.errors",
    "Results": "sim.studies.results",
    "SchemeModel": "sim.model",
    "Sweep": "sim.sweeps.api",
    "calibrate": "sim.calibration.api",
    "check_claims": "sim.claims_check.api",
    "check_draw": "sim.country_check.api",
    "compare": "sim.studies.api",
    "discover": "sim.discovery.api",
    "evaluate": "sim.evaluation.api",
    "import_registers": "sim.registers.importing",
    "load_design": "sim.scenario_files",
    "run": "sim.studies.api",
    "search": "sim.discovery.searching",
    "sweep": "sim.sweeps.api",
    "value_of_information": "sim.discovery.information",
}
_PARTS = ("atlas", "conditions", "discovery", "sensitivity", "theory")
"""Packages with public names of their own; all but `discovery` are called like the command of their name."""


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _PARTS:
        return import_module(f"sim.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
