"""Questions in SQL to the tables of a store, answered by DuckDB."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from sim.errors import InputError
from sim.legible import illegible


def answer(tables: Mapping[str, pa.Table], sql: str, asked: Sequence[str] | None = None) -> Any:
    """What a question to `runs`, `draws`, `designs` and their view `sweep` comes to; see `Store.query`.

    Parameters
    ----------
    asked : sequence of str, optional
        Addresses of the runs in `sweep`; by default all.
    """
    import duckdb

    if (sign := illegible(sql)) is not None or not sql.strip():
        raise InputError(
            f"the query holds a sign that is no text ({sign})" if sign else "the query is empty", field="sql"
        )
    levers = _levers(tables["designs"])
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        connection.register("set_levers", levers)
        only = ""
        if asked is not None:
            connection.register("asked_for", pa.table({"run": pa.array(asked, pa.string())}))
            only = " WHERE run IN (SELECT run FROM asked_for)"
        connection.execute(
            "CREATE VIEW sweep AS SELECT runs.*, draws.* EXCLUDE (values), designs.levers, designs.content, "
            "set_levers.* EXCLUDE (design_digest) FROM runs LEFT JOIN draws USING (values) "
            f"LEFT JOIN designs USING (design_digest) LEFT JOIN set_levers USING (design_digest){only}"
            if len(levers.column_names) > 1
            else "CREATE VIEW sweep AS SELECT runs.*, draws.* EXCLUDE (values), designs.levers, designs.content "
            f"FROM runs LEFT JOIN draws USING (values) LEFT JOIN designs USING (design_digest){only}"
        )
        try:
            answered = connection.execute(sql)
            if answered.description is None:
                raise InputError("the query asks nothing", field="sql")
            return answered.df()
        except (duckdb.Error, UnicodeError) as error:
            raise InputError(f"the query can't be answered: {str(error).strip()}", field="sql") from None


def _levers(designs: pa.Table) -> pa.Table:
    """The levers that designs set, a column each, beside the digest by which the design is known."""
    rows = [json.loads(text) for text in designs["levers"].to_pylist()]
    return pa.table({"design_digest": designs["design_digest"], **columns_of(rows)})


def columns_of(rows: Sequence[Mapping[str, object]]) -> dict[str, pa.Array]:
    """A column for each name that stands in any row; numbers as numbers, everything else as text."""
    found = {}
    for name in sorted({name for row in rows for name in row}):
        values = [row.get(name) for row in rows]
        if all(v is None or (isinstance(v, (int, float)) and not isinstance(v, bool)) for v in values):
            found[name] = pa.array([None if v is None else float(v) for v in values], pa.float64())  # type: ignore[arg-type]  # a number
        else:
            texts = [None if v is None else v if isinstance(v, str) else json.dumps(v) for v in values]
            found[name] = pa.array(texts, pa.string())
    return found
