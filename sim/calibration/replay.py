"""Does the posterior still give what it gave? Some of its rows are played again and held against the answers shipped with it.

`replay.parquet` holds what the model answered at the first rows when `fit.parquet` was made. It lies beside the posterior, so
that whoever has the checkout can play them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.calibration.plan import Plan
from sim.calibration.points import PORTION, SCHEMA, Portion, play_portion
from sim.calibration.storage import matrix, put_table
from sim.errors import InputError
from sim.experiments.posterior import FILE as POSTERIOR
from sim.experiments.provenance import file_digest

REPLAY = "replay.parquet"
ROWS = 5
"""Rows of the posterior that are played again; no more than a portion holds."""
DIGITS = 12
"""Of a posterior's hash, in the name of the folder of what the model answers at its draws."""
SAME = 1e-9
assert ROWS <= PORTION


def keep(plan: Plan, folder: Path) -> Path:
    """Leave the answers at the posterior's first rows as a small file.

    Raises
    ------
    InputError
        If the folder holds no answers at the posterior's draws.
    """
    first = plan.wave_starts()[-1]
    file = folder / f"posterior-{file_digest(folder / POSTERIOR)[:DIGITS]}" / f"part-{first:06d}.parquet"
    if not file.is_file():
        raise InputError("is not there: the calibration is not finished", file=str(file), field="folder")
    table = pq.read_table(file, page_checksum_verification=True)
    put_table(folder / REPLAY, table.filter(pc.less(table["point"], first + ROWS)))
    return folder / REPLAY


def played_again(plan: Plan, folder: Path) -> pa.Table:
    """The posterior's first rows, played now; columns as `replay.parquet` has them."""
    rows = pq.read_table(folder / POSTERIOR, page_checksum_verification=True).slice(0, ROWS)
    setting, values = plan.setting(worlds=1, paired_every=1), matrix(rows).astype(np.float64)
    return play_portion(Portion(setting, plan.wave_starts()[-1], tuple(rows.schema.names), values))


def differences(kept: pa.Table, again: pa.Table) -> list[str]:
    """What is not the same within `SAME`, in words; none if all is."""
    one, other = (table.cast(SCHEMA).to_pandas().astype({"target": str}) for table in (kept, again))
    keys = ["point", "world", "target"]
    if len(one) != len(other) or not one[keys].equals(other[keys]):
        return [f"other items are answered: {len(one)} answers then, {len(other)} now"]
    moved = ~np.isclose(one["value"], other["value"], rtol=0, atol=SAME, equal_nan=True) | (
        one["n"] != other["n"]
    )
    return [
        _moved(row, now)
        for row, now in zip(one[moved].to_dict("records"), other[moved]["value"], strict=True)
    ]


def _moved(row: Mapping[Any, Any], now: float) -> str:
    return f"{row['target']} of draw {row['point']}: {row['value']:.9g} then, {now:.9g} now"
