"""Questions in SQL to the tables of a store, answered by DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from sim.errors import InputError
from sim.legible import illegible


def answer(tables: Mapping[str, pa.Table], sql: str) -> Any:
    """What a question to `runs`, `draws`, `designs` and their view `sweep` comes to; see `Store.query`."""
    import duckdb

    if (sign := illegible(sql)) is not None or not sql.strip():
        raise InputError(
            f"the query holds a sign that is no text ({sign})" if sign else "the query is empty", field="sql"
        )
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        connection.execute(
            "CREATE VIEW sweep AS SELECT runs.*, draws.* EXCLUDE (values), designs.levers, designs.content "
            "FROM runs LEFT JOIN draws USING (values) LEFT JOIN designs USING (design_digest)"
        )
        try:
            answered = connection.execute(sql)
            if answered.description is None:
                raise InputError("the query asks nothing", field="sql")
            return answered.df()
        except (duckdb.Error, UnicodeError) as error:
            raise InputError(f"the query can't be answered: {str(error).strip()}", field="sql") from None
