"""Testing programme theories from Python in one line; the command line does the same.

This module stands above the experiments, the rest of the package below them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa

from sim.design import DECISION_YEAR, Design
from sim.errors import InputError
from sim.experiments import tables
from sim.experiments.api import Levers, planned
from sim.experiments.conduct import conduct
from sim.experiments.folder import MANIFEST
from sim.experiments.manifest import text
from sim.experiments.results import Results
from sim.experiments.study import LONGEST_NAME, RESULTS, Study
from sim.experiments.writing import write_csv, write_table
from sim.theory import bottleneck, split
from sim.theory.granted import ALL_CONDITIONS, conditions_granted
from sim.theory.link import Stage
from sim.theory.reading import theories

FOLLOWED, SPLIT, BOTTLENECKS = "theory", "theory_split", "theory_bottlenecks"
