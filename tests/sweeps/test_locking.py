from __future__ import annotations

import errno
import fcntl
import sys
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.sweeps.locking import locked


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "lock"),
        pytest.raises(InputError, match="another process is writing here"),
        locked(tmp_path / "lock"),
    ):
        pass
    with locked(tmp_path / "lock"):
        pass


def test_where_the_file_system_knows_no_locks_nobody_is_kept_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)
    with locked(tmp_path / "lock"):
        (tmp_path / "written").touch()
    with locked(tmp_path / "lock"):
        pass
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        f"Nobody is kept from writing to {tmp_path} at the same time, as its file system has no locks (no locks available); "
        "see to it that no other process does."
    )


def test_where_the_system_has_no_locks_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with locked(tmp_path / "lock"):
        pass
    assert "as this system has no locks; see to it" in capsys.readouterr().err
