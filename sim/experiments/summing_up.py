"""Summing up over all worlds of a study: how outcomes moved, how designs differ, where the uncertainty comes from."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa

from sim.experiments import shortfall, tables, theory_tables, variance_tables, yardstick
from sim.experiments.comparison import comparison
from sim.experiments.keeping import Kept
from sim.experiments.summary import summary
from sim.experiments.writing import write_table


def sum_up(kept: Kept) -> None:
    """Write the tables made over all worlds beside those of single ones."""
    for name, frame, schema in _frames(kept):
        write_table(tables.framed(frame, schema), kept.folder / f"{name}.parquet")
    theory_tables.write_bottlenecks(kept.folder, kept.study.parting, kept.study.end)
    shortfall.write(kept)


def _frames(kept: Kept) -> Iterator[tuple[str, pd.DataFrame, pa.Schema]]:
    study, outcomes, elsewhere = kept.study, kept.outcomes, kept.elsewhere
    parting, draws = study.parting, study.draws
    yield "summary", summary(outcomes), tables.SUMMARY
    if len(study.designs) > 1:
        yield "comparison", comparison(outcomes, parting, draws), tables.COMPARISON
        if kept.without is not None:
            own = yardstick.own_effect(outcomes, kept.without, parting, draws)
            yield yardstick.TABLE, own, yardstick.YARDSTICK
        budget = variance_tables.variance_budget(outcomes, elsewhere, parting, draws, study.seed)
        yield "variance", budget, variance_tables.VARIANCE
    if len(study.designs) > 1 and elsewhere:
        found = variance_tables.under_structures(outcomes, elsewhere, parting, draws)
        yield "structures", found, variance_tables.STRUCTURES
