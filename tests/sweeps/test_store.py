from __future__ import annotations

import errno
import math
import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from sim.errors import InputError
from sim.sweeps import journal as journals
from sim.sweeps import store as stores
from sim.sweeps.journal import Journal
from sim.sweeps.store import DRAWS, RUNS, Store, Writer

CODE = {"sources": "abc", "numpy": "2"}
KEPT: dict[str, object] = {"figures": ["practice@end"], "parting": None, "groups_settled_by": None}


def opened(folder: Path) -> Store:
    return Store.opened(folder, CODE, KEPT)


def run(name: str, value: float | None = 1.0, **more: object) -> dict[str, Any]:
    numbers = {} if value is None else {"practice@end": value}
    return {
        "run": name,
        "design": "d",
        "values": "v",
        "design_digest": "dd",
        "failed": value is None,
        "numbers": numbers,
        **more,
    }


def draw(name: str, **numbers: float) -> dict[str, Any]:
    return {"values": name, "numbers": numbers, "others": "{}"}


def values(store: Store) -> dict[str, float | None]:
    rows = store.rows(RUNS)
    return dict(zip(rows["run"].to_pylist(), rows["practice@end"].to_pylist(), strict=True))


def test_rows_come_back_to_the_last_digit(tmp_path: Path) -> None:
    store = opened(tmp_path / "s")
    with store.writing() as writer:
        writer.add([run("a", 0.1 + 0.2), run("b", 1e-300)], [draw("v", x=1 / 3)])
        assert values(store) == {"a": 0.30000000000000004, "b": 1e-300}  # from the journal
    assert values(store) == {"a": 0.30000000000000004, "b": 1e-300}  # from a file
    assert store.rows(DRAWS)["x"].to_pylist() == [1 / 3]
    assert store.finished() == {"a": True, "b": True}


def test_what_is_no_number_stays_apart_from_what_was_not_played(tmp_path: Path) -> None:
    store = opened(tmp_path / "s")
    with store.writing() as writer:
        writer.add([run("nobody", float("nan")), run("failed", None, error="broken")])
    found = values(store)
    assert found["failed"] is None
    assert found["nobody"] is not None
    assert math.isnan(found["nobody"])
    assert store.finished() == {"nobody": True, "failed": False}


def test_files_are_never_changed_and_the_later_row_counts(tmp_path: Path) -> None:
    store = opened(tmp_path / "s")
    with store.writing() as writer:
        writer.add([run("a", None, error="broken"), run("b", 2.0)])
    first = {path.name: path.read_bytes() for path in (tmp_path / "s").glob("*.parquet")}
    with store.writing() as writer:
        writer.add([run("a", 1.0), run("c", 3.0)])
    assert {name: (tmp_path / "s" / name).read_bytes() for name in first} == first
    assert values(store) == {"a": 1.0, "b": 2.0, "c": 3.0}
    assert len(list((tmp_path / "s").glob("runs-*.parquet"))) == 2


def test_draws_and_designs_are_stored_once(tmp_path: Path) -> None:
    store = opened(tmp_path / "s")
    for name in ("a", "b"):
        with store.writing() as writer:
            writer.add([run(name)], [draw("v", x=1.0)], [{"design_digest": "dd", "content": "{}"}])
    assert len(store.rows(DRAWS)) == 1
    assert len(list((tmp_path / "s").glob("draws-*.parquet"))) == 1


def test_files_with_other_parameters_are_read_together(tmp_path: Path) -> None:
    store = opened(tmp_path / "s")
    for name, numbers in (("v", {"x": 1.0}), ("w", {"y": 2.0})):
        with store.writing() as writer:
            writer.add([run(name, values=name)], [draw(name, **numbers)])
    assert store.rows(DRAWS).select(["x", "y"]).to_pylist() == [{"x": 1.0, "y": None}, {"x": None, "y": 2.0}]
    found = store.query('select run, x, y, "practice@end" as p from sweep order by run')
    assert found["x"].tolist()[0] == found["p"].tolist()[0] == 1.0
    assert found["y"].tolist()[1] == 2.0


def test_a_thousand_rows_make_a_file_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "GATHERED", 3)
    store = opened(tmp_path / "s")
    with store.writing() as writer:
        for name in "abcdefg":
            writer.add([run(name)])
        assert len(list((tmp_path / "s").glob("runs-*.parquet"))) == 2
        assert len(journals.read(tmp_path / "s" / "journal")[0]) == 1
    assert list(values(store)) == list("abcdefg")


def test_other_code_is_refused(tmp_path: Path) -> None:
    opened(tmp_path)
    with pytest.raises(
        InputError, match=r"other code \(differs: sources\); runs of different versions are never mixed"
    ):
        Store.opened(tmp_path, {**CODE, "sources": "def"}, KEPT)


def test_other_figures_are_refused(tmp_path: Path) -> None:
    opened(tmp_path)
    with pytest.raises(InputError, match="other kept figures"):
        Store.opened(tmp_path, CODE, {**KEPT, "figures": ["spread@end"]})


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds something else"):
        opened(tmp_path)
    with pytest.raises(InputError, match="is no folder"):
        opened(tmp_path / "thesis.txt")
    with pytest.raises(InputError, match="is no store"):
        Store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.writing() as writer:
        writer.add([run("a")])
    (part,) = tmp_path.glob("runs-*.parquet")
    part.write_bytes(part.read_bytes()[:-10])
    with pytest.raises(InputError, match=r"runs-000001\.parquet: is damaged"):
        store.finished()


def test_two_can_not_write_at_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with (
        store.writing(),
        pytest.raises(InputError, match="another process is writing"),
        Store(tmp_path).writing(),
    ):
        pass
    with store.writing() as writer:
        writer.add([run("a")])


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_torn_line_is_dropped_and_the_rest_kept(tmp_path: Path, cut: int) -> None:
    store = opened(tmp_path)
    writer = Writer(store)
    writer.add([run("a", 1.0)])
    writer.add([run("b", 2.0)])
    writer.journal.close()
    journal = tmp_path / "journal"
    journal.write_bytes(journal.read_bytes()[:-cut])
    assert values(store) == {"a": 1.0}
    with store.writing() as writer:
        writer.add([run("b", 2.0)])
    assert values(store) == {"a": 1.0, "b": 2.0}


def test_a_flipped_letter_in_a_line_is_noticed(tmp_path: Path) -> None:
    store = opened(tmp_path)
    writer = Writer(store)
    writer.add([run("a", 1.25)])
    writer.journal.close()
    journal = tmp_path / "journal"
    journal.write_bytes(journal.read_bytes().replace(b"1.25", b"1.35"))
    assert values(store) == {}


def test_a_crash_between_a_file_and_the_emptying_of_the_journal_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path)

    def crash(_: Journal) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "empty", crash)
        with pytest.raises(KeyboardInterrupt), store.writing() as writer:
            writer.add([run("a", 1.0)], [draw("v", x=1.0)])
    assert values(store) == {"a": 1.0}
    with store.writing() as writer:
        writer.add([run("b", 2.0)])
    assert values(store) == {"a": 1.0, "b": 2.0}
    assert len(store.rows(DRAWS)) == 1


def test_a_full_disk_costs_only_the_line_that_did_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path)
    truly = os.write

    def full(handle: int, data: bytes) -> int:
        if b'"b"' in bytes(data):
            truly(handle, bytes(data)[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return truly(handle, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left"):
            write_both(store)
    assert values(store) == {"a": 1.0}
    with store.writing() as writer:
        writer.add([run("b", 2.0)])
    assert values(store) == {"a": 1.0, "b": 2.0}


def write_both(store: Store) -> None:
    with store.writing() as writer:
        writer.add([run("a", 1.0)])
        writer.add([run("b", 2.0)])


def test_a_disk_that_is_full_when_a_file_is_made_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"), store.writing() as writer:
            writer.add([run("a", 1.0)])
    assert [path for path in tmp_path.iterdir() if path.suffix == ".parquet" or ".partial" in path.name] == []
    assert values(store) == {"a": 1.0}
    with store.writing():
        pass
    assert values(store) == {"a": 1.0}
    assert pq.read_table(tmp_path / "runs-000001.parquet")["run"].to_pylist() == ["a"]


def test_what_a_killed_writer_left_half_done_is_cleared_away(tmp_path: Path) -> None:
    store = opened(tmp_path)
    (tmp_path / ".runs-000001.parquet.partial-77").write_bytes(b"half")
    with store.writing() as writer:
        writer.add([run("a", 1.0)])
    assert not list(tmp_path.glob(".*.partial*"))
    assert values(store) == {"a": 1.0}


def test_a_store_whose_very_first_writing_was_cut_off_is_begun_anew(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / ".store.json.partial-999999999").write_bytes(b'{"made')
    assert Store.opened(folder, {"model": "1"}, {"figures": []}).columns == []


@pytest.mark.parametrize("sql", ["", "  ", "SELECT '\udc80'"])
def test_a_query_that_is_empty_or_no_text_is_refused(tmp_path: Path, sql: str) -> None:
    store = Store.opened(tmp_path / "store", {"model": "1"}, {"figures": []})
    with pytest.raises(InputError, match="the query"):
        store.query(sql)


def test_flipped_bits_of_a_file_of_runs_are_found() -> None:
    import random

    import pyarrow as pa

    table = pa.table({"run": [f"r{i}" for i in range(500)], "practice@end": [i / 7 for i in range(500)]})
    raw, luck = stores.parquet(table), random.Random(3)
    for _ in range(300):
        flipped = bytearray(raw)
        flipped[luck.randrange(len(raw))] ^= 1 << luck.randrange(8)
        try:
            found = stores.read_parquet(pa.BufferReader(bytes(flipped)))
        except (OSError, pa.ArrowException):
            continue
        assert found.equals(table)  # a bit that says nothing of the rows
