"""The atlas's tables: every column with its unit and meaning."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa

from sim.experiments.tables import NUMBER, WHOLE, WORDS, field, framed
from sim.experiments.writing import write_csv, write_table

CELLS = "atlas"
DESIGNS = "atlas_designs"

SCHEMAS = {
    CELLS: pa.schema([
        field("design", WORDS, "name", "the design"),
        field("sheet", WORDS, "name", "what the sheet is about: school, vocational"),
        field("criterion", WORDS, "name", "outcome, and the group of municipalities if it is not all"),
        field("outcome", WORDS, "name", "outcome"),
        field("group", WORDS, "name", "group of municipalities"),
        field("side", WORDS, "name", "what the criterion is about: learning, reach, who, trust, draw, cost"),
        field("unit", WORDS, "name", "unit of the outcome"),
        field("better", WHOLE, "1, 0 or -1", "1 if more is better, -1 if less is, 0 if neither"),
        field("matters", NUMBER, "see unit", "difference below which it hardly matters"),
        field("n_worlds", WHOLE, "worlds", "worlds with a value under both designs"),
        field("baseline", NUMBER, "see unit", "mean of the baseline, over the years from the parting on"),
        field("mean", NUMBER, "see unit", "mean of the design"),
        field("difference", NUMBER, "see unit", "mean over worlds of the design less the baseline in the same world"),
        field("low", NUMBER, "see unit", "lower end of the 90 % confidence interval of the mean difference"),
        field("high", NUMBER, "see unit", "its upper end"),
        field("probability_better", NUMBER, "share", "worlds in which the design is better, ties half"),
        field("minimum_detectable_effect", NUMBER, "see unit", "difference that so many worlds show with 80 % chance"),
    ]),
    DESIGNS: pa.schema([
        field("design", WORDS, "name", "the design"),
        field("sheet", WORDS, "name", "what the sheet is about: school, vocational"),
        field("dominated_by", WORDS, "names", "designs on the same sheet that dominate it, a blank between; empty if none does"),
    ]),
}  # fmt: skip


def write(frame: pd.DataFrame, name: str, folder: Path) -> None:
    """Write one of the tables as Parquet and CSV."""
    file = folder / f"{name}.parquet"
    write_table(framed(frame, SCHEMAS[name]), file)
    write_csv(file)
