"""Does the posterior still give what it gave? Some of its rows are played again and held against the answers shipped with it.

`replay.parquet` holds what the model answered at all rows when `fit.parquet` was made. It lies beside the posterior, so that
whoever has the checkout can play the first of them anew, and reckon `fit.parquet` from all.
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
    """Leave the answers at the posterior's rows as one small file.

    Raises
    ------
    InputError
        If the folder holds no answers at the posterior's draws.
    """
    place = folder / f"posterior-{file_digest(folder / POSTERIOR)[:DIGITS]}"
    files = sorted(place.glob("part-*.parquet"))
    if len(files) < -(-plan.draws // PORTION):
        raise InputError(
            "is not there or not whole: the calibration is not finished", file=str(place), field="folder"
        )
    tables = [pq.read_table(file, page_checksum_verification=True) for file in files]
    put_table(folder / REPLAY, pa.concat_tables(tables).unify_dictionaries().combine_chunks())
    return folder / REPLAY


def kept(folder: Path) -> pa.Table:
    """The answers that lie beside a posterior.

    Raises
    ------
    InputError
        If none do.
    """
    try:
        return pq.read_table(folder / REPLAY, page_checksum_verification=True)
    except OSError as error:
        raise InputError(
            f"can't be read: {error.strerror or error}", file=str(folder / REPLAY), field="folder"
        ) from None


def first_rows(table: pa.Table) -> pa.Table:
    """Of kept answers, those that are played again."""
    return table.filter(pc.less(table["point"], pc.add(pc.min(table["point"]), ROWS)))


def played_again(plan: Plan, folder: Path) -> pa.Table:
    """The posterior's first rows, played now; columns as `replay.parquet` has them."""
    rows = pq.read_table(folder / POSTERIOR, page_checksum_verification=True).slice(0, ROWS)
    setting, values = plan.setting(worlds=1, paired_every=1), matrix(rows).astype(np.float64)
    return play_portion(Portion(setting, plan.wave_starts()[-1], tuple(rows.schema.names), values))


def differences(before: pa.Table, again: pa.Table) -> list[str]:
    """What is not the same within `SAME`, in words; none if all is."""
    one, other = (table.cast(SCHEMA).to_pandas().astype({"target": str}) for table in (before, again))
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
