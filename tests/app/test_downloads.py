from __future__ import annotations

import io
import zipfile
from pathlib import Path

from sim.app.downloads import zipped


def test_the_zip_holds_the_tables_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "answer"
    folder.mkdir()
    (folder / "a.csv").write_text("x\n" * 500_000)
    (folder / "a.parquet").write_bytes(b"PAR1")
    (folder / "report.html").write_text("no data")
    (folder / ".hidden").write_text("no")
    (folder / "leads_out.csv").symlink_to("/etc/hostname")
    pieces = list(zipped(folder))
    assert max(len(piece) for piece in pieces) < 1_000_000
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as whole:
        assert whole.testzip() is None
        assert whole.namelist() == ["answer/a.csv", "answer/a.parquet"]
        assert whole.read("answer/a.csv") == (folder / "a.csv").read_bytes()


def test_equal_results_give_equal_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    assert b"".join(zipped(tmp_path)) == b"".join(zipped(tmp_path))
