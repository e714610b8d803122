from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.in_place import put_all_in_place, put_in_place, read_whole


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError("disk full")

    put_in_place(tmp_path / "file", b"old")
    for step in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, step, fails)
            with pytest.raises(OSError, match="disk full"):
                put_in_place(tmp_path / "file", b"new")
        assert [path.name for path in tmp_path.iterdir()] == ["file"]
        assert (tmp_path / "file").read_bytes() == b"old"


def test_a_move_is_tried_again_where_something_else_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, tried = os.replace, []

    def held(here: Path, there: Path) -> None:
        tried.append(here)
        if len(tried) < 3:
            raise PermissionError("a scanner has it")
        replace(here, there)

    monkeypatch.setattr(os, "replace", held)
    put_in_place(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert len(tried) == 3


def test_folders_are_made(tmp_path: Path) -> None:
    put_all_in_place({tmp_path / "a" / "b" / "one": b"1", tmp_path / "two": b"2"})
    assert (tmp_path / "a" / "b" / "one").read_bytes() == b"1"


def test_none_of_several_takes_its_place_before_all_are_written_and_the_next_sweeps_up(
    tmp_path: Path,
) -> None:
    files = [tmp_path / name for name in ("one", "two [2]", "three")]
    put_all_in_place(dict.fromkeys(files, b"old"))
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom sim import in_place\n"
        "calls = []\nsync = os.fsync\n"
        "def dies(handle):\n    calls.append(handle)\n"
        "    os.kill(os.getpid(), signal.SIGKILL) if len(calls) == 3 else sync(handle)\n"
        "os.fsync = dies\n"
        "in_place.put_all_in_place({Path(name): b'new' for name in sys.argv[1:]})\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, *map(str, files)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [file.read_bytes() for file in files] == [b"old"] * 3
    assert len(list(tmp_path.iterdir())) == 6
    put_all_in_place(dict.fromkeys(files, b"newer"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(file.name for file in files)


def test_a_folder_in_which_the_first_writing_was_cut_off_is_as_good_as_empty(tmp_path: Path) -> None:
    from sim.in_place import is_empty, sweep

    left = tmp_path / ".store.json.partial-999999999"
    left.write_bytes(b"{")
    below = tmp_path / "below" / ".points.parquet.partial-999999999"
    below.parent.mkdir()
    below.write_bytes(b"")
    assert not is_empty(tmp_path)
    assert is_empty(below.parent)
    sweep(tmp_path)
    assert not left.exists()
    assert not below.exists()


def test_a_file_that_is_not_what_was_recorded_of_it_is_refused(tmp_path: Path) -> None:
    import hashlib

    from sim.errors import InputError
    from sim.in_place import check_recorded

    file = tmp_path / "a.parquet"
    file.write_bytes(b"whole")
    check_recorded(file, hashlib.sha256(b"whole").hexdigest())
    check_recorded(file, None)
    file.write_bytes(b"whole!")
    with pytest.raises(InputError, match="is damaged or has been changed"):
        check_recorded(file, hashlib.sha256(b"whole").hexdigest())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for_and_a_device_not_read_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(InputError, match="it is a pipe or a device"):
            read_whole(path)


def test_a_file_larger_than_its_bound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1234")
    assert read_whole(tmp_path / "file", 4) == b"1234"
    with pytest.raises(InputError, match="is too large; expected no more than 3 bytes"):
        read_whole(tmp_path / "file", 3)
