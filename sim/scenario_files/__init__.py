"""Designs as files: YAML that extends YAML, read with care, compared in words, described to editors."""

from sim.errors import FaultListError
from sim.scenario_files.faults import PlacedError
from sim.scenario_files.library import folders, load_design, names
from sim.scenario_files.schema import schema, schema_file, write_schema
from sim.scenario_files.values import apply, split_settings
from sim.scenario_files.wording import Words, diff, no_difference

__all__ = [
    "FaultListError",
    "PlacedError",
    "Words",
    "apply",
    "diff",
    "folders",
    "load_design",
    "names",
    "no_difference",
    "schema",
    "schema_file",
    "split_settings",
    "write_schema",
]
