"""A sweep in the forms that other tools read, so that a researcher can leave at any point."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.errors import InputError
from sim.in_place import put_in_place
from sim.parameters.registry import Registry
from sim.sweeps.table import RunTable

MODEL = "kompetansesim"
EXPERIMENTS, OUTCOMES, PROBLEM = "experiments.csv", "outcomes.csv", "salib_problem.json"


def to_ema(table: RunTable) -> tuple[pd.DataFrame, dict[str, Floats]]:
    """The pair `(experiments, outcomes)` of the EMA Workbench, failed runs left out.

    Returns
    -------
    experiments : DataFrame
        One row a run: parameters and levers, then `scenario` (draw and world), `policy` (the design as played) and `model`.
    outcomes : dict from figure to array of float, shape (runs,)
    """
    well = ~table.experiments["failed"].to_numpy(dtype=bool)
    runs = table.experiments[well].reset_index(drop=True)
    experiments = runs[[*table.parameters, *table.levers]].copy()
    experiments["scenario"] = [f"{d}-{w}" for d, w in zip(runs["draw"], runs["world"], strict=True)]
    experiments["policy"] = runs["variant"].to_numpy()
    experiments["model"] = MODEL
    return experiments, {name: table.outcomes.loc[well, name].to_numpy(dtype=float) for name in table.figures}


def salib_problem(table: RunTable, registry: Registry | None = None) -> dict[str, Any]:
    """The sweep's parameters, those that differ between runs, as a SALib problem: names, bounds, groups.

    The matrix that goes with it is `table.experiments[problem["names"]]`.

    Raises
    ------
    InputError
        If no parameter differs between the runs.
    """
    if registry is None:
        from sim.declared import REGISTRY

        registry = REGISTRY
    names = [
        name
        for name in table.parameters
        if pd.api.types.is_numeric_dtype(table.experiments[name]) and np.ptp(table.experiments[name]) > 0
    ]
    if not names:
        raise InputError("no parameter differs between the runs of this sweep")
    found = [registry.find(name) for name in names]
    return {
        "num_vars": len(names),
        "names": names,
        "bounds": [list(map(float, d.bounds or (-np.inf, np.inf))) for d in found],
        "groups": [d.group.key for d in found],
        "outputs": list(table.figures),
    }


def write_export(table: RunTable, folder: Path) -> list[Path]:
    """Write the EMA Workbench's pair as two CSV files, row by row the same runs, and the SALib problem if parameters differ.

    Raises
    ------
    InputError
        If one of the files is there already: it may be somebody's own.
    """
    experiments, outcomes = to_ema(table)
    texts = {
        EXPERIMENTS: experiments.to_csv(index=False),
        OUTCOMES: pd.DataFrame(outcomes).to_csv(index=False),
    }
    try:
        problem = salib_problem(table)
    except InputError:
        problem = None  # every run has the same parameters
    if problem is not None:
        texts[PROBLEM] = json.dumps(problem, indent=2) + "\n"
    for name in texts:
        if (folder / name).exists():
            raise InputError("is there already; name another folder", file=str(folder / name))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        put_in_place(folder / name, text.encode())
    return [folder / name for name in texts]
