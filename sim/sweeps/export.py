"""A sweep in the forms that other tools read, so that a researcher can leave at any point."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.errors import InputError
from sim.in_place import put_in_place
from sim.parameters.declaration import Declaration
from sim.parameters.priors import Beta, LogNormal, Normal, Uniform
from sim.parameters.registry import Registry
from sim.sweeps.table import RunTable

MODEL = "kompetansesim"
EXPERIMENTS, OUTCOMES, PROBLEM = "experiments.csv", "outcomes.csv", "salib_problem.json"
ARCHIVE = "ema_workbench.tar.gz"
CUT = 0.001  # share of a log-normal prior that may lie beyond the bounds before the plain one only stands in for it


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
    """The sweep's parameters, those that differ between runs, as a SALib problem: names, priors (`dists`), groups.

    The matrix that goes with it is `table.experiments[problem["names"]]`. What SALib has no distribution for is given by the
    nearest it has and named in `stand_ins`: for a Beta prior the cut-off normal of the same mean and SD, for a log-normal one
    that the bounds cut into the whole one. `priors` has all of them in words.

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
        "bounds": [_dist(d)[1] for d in found],
        "dists": [_dist(d)[0] for d in found],
        "priors": [d.prior.words() if d.prior else "" for d in found],
        "stand_ins": [d.name for d in found if _stands_in(d)],
        "groups": [d.group.key for d in found],
        "outputs": list(table.figures),
    }


def _dist(d: Declaration) -> tuple[str, list[float]]:
    """SALib's name of a parameter's prior, and what it wants to know of it; without a prior evenly within the bounds."""
    low, high = d.bounds or (-np.inf, np.inf)
    match d.prior:
        case Uniform(a, b):
            return "unif", [max(a, low), min(b, high)]
        case Normal(mean, sd) | Beta(mean, sd):
            return "truncnorm", [low, high, mean, sd]
        case LogNormal():
            return "lognorm", [float(np.log(d.prior.median)), d.prior.sigma]
    return "unif", [low, high]


def _stands_in(d: Declaration) -> bool:
    if isinstance(d.prior, LogNormal) and d.bounds is not None:
        inside = float(d.prior.cdf(d.bounds[1]) - d.prior.cdf(d.bounds[0]))
        return inside < 1 - CUT
    return isinstance(d.prior, Beta)


def ema_archive(experiments: pd.DataFrame, outcomes: Mapping[str, Floats]) -> bytes:
    """The pair as the archive that `ema_workbench.load_results` reads; the same pair gives the same bytes.

    Names are identifiers there: `practice@mean:picked.either` becomes `practice_mean_picked_either`.
    """
    named = experiments.rename(columns=_identifier)
    files = {"experiments.csv": named.to_csv(index=False)}
    told = []
    for k, (name, values) in enumerate(outcomes.items()):
        file = f"outcome-{k}.cls"
        files[file] = pd.DataFrame(values).to_csv(header=False, index=False)
        told.append(("ScalarOutcome", _identifier(name), file))
    kinds = {name: "object" if kind.name == "str" else kind.name for name, kind in named.dtypes.items()}
    files["metadata.json"] = json.dumps({"version": 0.1, "outcomes": told, "experiments": kinds})
    plain, packed = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for file, text in files.items():
            content = text.encode()
            entry = tarfile.TarInfo(file)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0) as zipped:
        zipped.write(plain.getvalue())
    return packed.getvalue()


def _identifier(name: object) -> str:
    return re.sub(r"\W", "_", str(name))


def write_export(table: RunTable, folder: Path) -> list[Path]:
    """Write the EMA Workbench's pair as its archive and as two CSV files, row by row the same runs, and the SALib problem if
    parameters differ.

    Raises
    ------
    InputError
        If one of the files is there already: it may be somebody's own.
    """
    experiments, outcomes = to_ema(table)
    files = {
        EXPERIMENTS: experiments.to_csv(index=False).encode(),
        OUTCOMES: pd.DataFrame(outcomes).to_csv(index=False).encode(),
        ARCHIVE: ema_archive(experiments, outcomes),
    }
    try:
        problem = salib_problem(table)
    except InputError:
        problem = None  # every run has the same parameters
    if problem is not None:
        files[PROBLEM] = (json.dumps(problem, indent=2) + "\n").encode()
    for name in files:
        if (folder / name).exists():
            raise InputError("is there already; name another folder", file=str(folder / name))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        put_in_place(folder / name, content)
    return [folder / name for name in files]
