from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.experiments import tables
from sim.experiments.documenting import documentation
from sim.experiments.writing import TableFile, write_csv, write_table


def piece(**columns: list[object]) -> pa.Table:
    return pa.table({name: pa.array(values) for name, values in columns.items()})


@pytest.mark.parametrize("group_rows", [1, 2, 100])
def test_pieces_make_one_table(tmp_path: Path, group_rows: int) -> None:
    with TableFile(tmp_path / "t.parquet", group_rows) as file:
        file.append(piece(a=[1, 2]))
        file.append(piece(a=[3]))
    assert pd.read_parquet(tmp_path / "t.parquet")["a"].tolist() == [1, 2, 3]


@pytest.mark.parametrize("group_rows", [1, 2, 100])
def test_a_piece_with_new_columns_widens_the_table(tmp_path: Path, group_rows: int) -> None:
    with TableFile(tmp_path / "t.parquet", group_rows) as file:
        file.append(piece(a=[1], b=["x"]))
        file.append(piece(c=[0.5], a=[2]))
        file.append(piece(b=["y"], a=[3]))
    frame = pd.read_parquet(tmp_path / "t.parquet")
    assert frame.columns.tolist() == ["a", "b", "c"]
    assert frame["a"].tolist() == [1, 2, 3]
    assert frame["c"].isna().tolist() == [True, False, True]
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]


def test_small_pieces_share_a_row_group(tmp_path: Path) -> None:
    with TableFile(tmp_path / "t.parquet", group_rows=2) as file:
        for number in range(5):
            file.append(piece(a=[number]))
    assert pq.ParquetFile(tmp_path / "t.parquet").metadata.num_row_groups == 3


def test_no_piece_makes_no_file(tmp_path: Path) -> None:
    with TableFile(tmp_path / "t.parquet"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    write_table(piece(a=[1]).slice(0, 0), tmp_path / "t.parquet")
    assert pd.read_parquet(tmp_path / "t.parquet").columns.tolist() == ["a"]
    assert write_csv(tmp_path / "t.parquet")
    assert (tmp_path / "t.csv").read_text() == '"a"\n'


def test_csv_spells_words_out_and_leaves_gaps_empty(tmp_path: Path) -> None:
    table = pa.table({
        "word": tables.words(["x", "y", "x"], np.array([0, 1, 2])),
        "value": tables.array(np.array([0.1, np.nan, 2.0])),
        "yes": pa.array([True, False, True]),
    })  # fmt: skip
    write_table(table, tmp_path / "t.parquet")
    assert write_csv(tmp_path / "t.parquet")
    assert (tmp_path / "t.csv").read_text() == '"word","value","yes"\n"x",0.1,true\n"y",,false\n"x",2,true\n'


def test_csv_of_a_part_of_the_country_says_so_in_every_row(tmp_path: Path) -> None:
    write_table(piece(a=[1, 2]), tmp_path / "t.parquet")
    assert write_csv(tmp_path / "t.parquet", of_country=0.05)
    assert (tmp_path / "t.csv").read_text() == '"a","of_country"\n1,0.05\n2,0.05\n'
    write_table(piece(a=[1]).slice(0, 0), tmp_path / "t.parquet")
    assert write_csv(tmp_path / "t.parquet", of_country=0.05)
    assert (tmp_path / "t.csv").read_text() == '"a","of_country"\n'


def test_csv_is_left_out_when_it_would_be_too_large(tmp_path: Path) -> None:
    write_table(piece(a=list(range(1000))), tmp_path / "t.parquet")
    assert not write_csv(tmp_path / "t.parquet", limit=1000)
    assert not (tmp_path / "t.csv").exists()
    assert write_csv(tmp_path / "t.parquet", limit=10_000)


def test_units_and_meanings_lie_in_the_file(tmp_path: Path) -> None:
    schema = pa.schema([tables.field("a", pa.int64(), "pupils", "how many")])
    write_table(pa.table([pa.array([1])], schema=schema), tmp_path / "t.parquet")
    read = pq.read_schema(tmp_path / "t.parquet")
    assert read.field("a").metadata[b"unit"] == b"pupils"
    told = documentation({"t": ("one school", read)})
    assert "| `a` | whole number | pupils | how many |" in told


def test_every_declared_column_has_unit_and_meaning() -> None:
    for schema in (tables.OUTCOMES, tables.PARAMETERS, tables.SUMMARY, tables.COMPARISON):
        assert all(field.metadata[b"unit"] and field.metadata[b"meaning"] for field in schema)


def test_a_disk_that_is_full_is_told_once(tmp_path: Path) -> None:
    def fill() -> None:
        with TableFile(tmp_path / "t.parquet") as file:
            file.append(piece(a=[1]))
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fill()
