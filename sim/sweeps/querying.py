"""Questions in SQL to a store of runs, answered by DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.errors import InputError

if TYPE_CHECKING:
    from sim.sweeps.store import Store


def answer(store: Store, sql: str) -> Any:
    """See `Store.query`."""
    import duckdb

    from sim.sweeps.store import DESIGNS, DRAWS, RUNS

    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        for table in (RUNS, DRAWS, DESIGNS):
            connection.register(table, store.rows(table))
        connection.execute(
            "CREATE VIEW sweep AS SELECT runs.*, draws.* EXCLUDE (values), designs.levers, designs.content "
            "FROM runs LEFT JOIN draws USING (values) LEFT JOIN designs USING (design_digest)"
        )
        try:
            return connection.execute(sql).df()
        except duckdb.Error as error:
            raise InputError(f"the query can't be answered: {str(error).strip()}", field="sql") from None
