"""Questions in SQL to the tables of a store, answered by DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from sim.errors import InputError


def answer(tables: Mapping[str, pa.Table], sql: str) -> Any:
    """What a question to `runs`, `draws`, `designs` and their view `sweep` comes to; see `Store.query`."""
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        connection.execute(
            "CREATE VIEW sweep AS SELECT runs.*, draws.* EXCLUDE (values), designs.levers, designs.content "
            "FROM runs LEFT JOIN draws USING (values) LEFT JOIN designs USING (design_digest)"
        )
        try:
            return connection.execute(sql).df()
        except duckdb.Error as error:
            raise InputError(f"the query can't be answered: {str(error).strip()}", field="sql") from None
