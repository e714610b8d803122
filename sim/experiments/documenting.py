"""What a folder of results says of its own tables: `tables.md`, the copies as CSV, and the list in the manifest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments import counties, theory_tables, variance_tables, yardstick
from sim.experiments.detail import BY_GROUP
from sim.experiments.instruments import Instruments
from sim.experiments.manifest import plugins_documentation
from sim.experiments.provenance import file_digest
from sim.experiments.writing import CSV_LIMIT_BYTES, OF_COUNTRY, write_csv

AS_CSV = (
    "comparison", yardstick.TABLE, counties.TABLE, "summary", "draws", "draws_by_group", "outcomes", "parameters", "surveys",
    *theory_tables.ROWS_ARE,
    *variance_tables.ROWS_ARE,
)  # fmt: skip

WHEN_FETCHED = "made when it is fetched"

ROWS_ARE = {
    "comparison": "one outcome in one group, for one pair of designs over one horizon",
    yardstick.TABLE: yardstick.ROWS_ARE,
    "summary": "one outcome in one group at the end of one half-year under one design, over all worlds",
    "outcomes": "one outcome in one group at the end of one half-year, in one world under one design",
    counties.TABLE: f"{counties.ROWS_ARE}: means from the parting on",
    "parameters": "one uncertain parameter in one world",
    "municipalities": "one municipality at the end of one half-year, in one world under one design",
    BY_GROUP: "one group of at least five municipalities at the end of one half-year, in one world under one design",
    "schools": "one school at the end of one half-year, in one world under one design",
    **theory_tables.ROWS_ARE,
    **variance_tables.ROWS_ARE,
}


def document(
    folder: Path,
    instruments: Instruments,
    own: Mapping[str, str],
    places: str = "",
    *,
    csv: bool = True,
    scale: float = 1.0,
) -> dict[str, object]:
    """Write `tables.md` and the copies as CSV, and list all tables for the manifest.

    Parameters
    ----------
    own : mapping from name to what a row is
        Of the tables that were added to those of any study; they are written as CSV too.
    places : str
        What is said of the country's places.
    csv : bool
        Whether the copies are written now.
    scale : float
        Share of the country that was simulated.
    """
    events = {name: f"{e.rows_are}, in one world under one design" for name, e in instruments.events.items()}
    rows_are = {**ROWS_ARE, **events, **own}
    described: dict[str, pa.Schema] = {}
    listed: dict[str, object] = {}
    for path in sorted(folder.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            rows, described[path.stem] = file.metadata.num_rows, file.schema_arrow
        listed[path.stem] = {
            "rows": rows,
            "parquet_sha256": file_digest(path),
            "csv": _csv(path, (*AS_CSV, *own), scale, now=csv),
        }
    told = {name: (words, described[name]) for name, words in rows_are.items() if name in described}
    words_on_all = documentation(told, *filter(None, (_part(scale), places))) + plugins_documentation(
        instruments
    )
    (folder / "tables.md").write_text(words_on_all, encoding="utf-8")
    return listed


def _part(scale: float) -> str:
    """What is said of tables where only a part of the country was simulated; empty where it was whole."""
    if scale >= 1:
        return ""
    return (
        f"**Only {scale:.4g} of the country was simulated.** What grows with the country (numbers of municipalities, schools, "
        f"pupils and persons, hours, kroner that are not for each pupil) is here that part's: divide it by {scale:.4g} for the "
        "whole country. Shares and means are as they are. "
        f"Copies as CSV say so in their last column, `{OF_COUNTRY}`, in every row."
    )


def copied(
    folder: Path, listed: Mapping[str, Mapping[str, object]], into: Path, scale: float = 1.0
) -> list[Path]:
    """The copies as CSV that were left to whoever fetches the tables, made in another folder now.

    Parameters
    ----------
    listed : mapping
        The tables as the manifest lists them.
    scale : float
        Share of the country that was simulated.
    """
    wanted = [into / f"{name}.csv" for name, told in listed.items() if told.get("csv") == WHEN_FETCHED]
    return [
        copy for copy in wanted if write_csv(folder / f"{copy.stem}.parquet", into=copy, of_country=scale)
    ]


def _csv(parquet: Path, as_csv: Collection[str], scale: float, *, now: bool) -> str:
    if parquet.stem not in as_csv:
        return "not written"
    if not now:
        return WHEN_FETCHED
    return (
        "written"
        if write_csv(parquet, of_country=scale)
        else f"not written: larger than {CSV_LIMIT_BYTES // 1_000_000} MB"
    )


def documentation(tables: Mapping[str, tuple[str, pa.Schema]], *of_all: str) -> str:
    """`tables.md`: what the rows of each table are, and each column's type, unit and meaning.

    Parameters
    ----------
    tables : mapping from name to (what a row is, schema)
    *of_all : str
        What is said of all of them: of how much of the country they are, of its places.
    """
    lines = [
        "# Tables",
        "",
        "Each table lies here as `<name>.parquet`, and as `<name>.csv` where that is not too large.",
        *(line for words in of_all for line in ("", words)),
    ]
    for name, (rows_are, schema) in tables.items():
        lines += [
            "",
            f"## {name}",
            "",
            f"One row: {rows_are}.",
            "",
            "| column | type | unit | meaning |",
            "|---|---|---|---|",
        ]
        for column in schema:
            said = column.metadata or {}
            unit, meaning = said.get(b"unit", b"").decode(), said.get(b"meaning", b"").decode()
            lines.append(
                f"| `{column.name}` | {_type_words(column.type)} | {_cell(unit)} | {_cell(meaning)} |"
            )
    return "\n".join(lines) + "\n"


def _type_words(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind) or pa.types.is_string(kind):
        return "text"
    if pa.types.is_boolean(kind):
        return "true/false"
    return "whole number" if pa.types.is_integer(kind) else "number"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
