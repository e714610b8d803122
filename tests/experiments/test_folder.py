from __future__ import annotations

import errno
import json
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import InputError, NotPlacedError
from sim.experiments.folder import (
    MANIFEST,
    OWNER,
    Replaces,
    check_place,
    is_results,
    results_folder,
    sweep,
    unused,
)

OURS = '{"made_by": "kompetansesim"}'
ANY = Replaces(lambda _: True)


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def write_results(folder: Path, content: str) -> None:
    with results_folder(folder, ANY) as partial:
        (partial / MANIFEST).write_text(OURS)
        (partial / "content").write_text(content)


def test_results_appear_in_their_place_whole(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "down" / "here"
    with results_folder(place, ANY) as partial:
        (partial / "content").write_text("new")
        assert not place.exists()
        assert partial.parent == place.parent
        assert partial.name.startswith(".")
    assert everything_in(tmp_path) == ["deep", "deep/down", "deep/down/here", "deep/down/here/content"]


def test_earlier_results_are_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_results(tmp_path / "here", "old")
    write_results(tmp_path / "here", "new")
    assert everything_in(tmp_path) == ["here", "here/content", f"here/{MANIFEST}"]
    assert (tmp_path / "here" / "content").read_text() == "new"


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device"), ValueError()]
)
def test_after_a_failure_nothing_is_left_and_earlier_results_stay(
    tmp_path: Path, error: BaseException
) -> None:
    write_results(tmp_path / "here", "old")
    before = everything_in(tmp_path)

    def fail(folder: Path) -> None:
        with results_folder(folder, ANY) as partial:
            (partial / "half").write_text("half")
            raise error

    with pytest.raises(type(error)):
        fail(tmp_path / "here")
    with pytest.raises(type(error)):
        fail(tmp_path / "other" / "place")
    assert everything_in(tmp_path) == before


def test_something_else_in_the_way_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    (tmp_path / "file").write_text("a file")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / MANIFEST).write_text('{"name": "a web page"}')
    before = everything_in(tmp_path)
    for name in ("mine", "file", "foreign", "file/below"):
        with pytest.raises(InputError) as caught, results_folder(tmp_path / name, ANY):
            pass
        assert caught.value.field == "out"
    assert everything_in(tmp_path) == before


def test_results_make_way_only_for_those_that_may_replace_them(tmp_path: Path) -> None:
    write_results(tmp_path / "here", "old")
    (tmp_path / "here" / MANIFEST).write_text(
        '{"made_by": "kompetansesim", "command": "kompetansesim run market"}'
    )
    stranger = Replaces(lambda there: there["command"] == "kompetansesim run network", "look elsewhere")
    with (
        pytest.raises(
            InputError, match=r"other results \(kompetansesim run market\); look elsewhere"
        ) as caught,
        results_folder(tmp_path / "here", stranger),
    ):
        pass
    assert caught.value.field == "out"
    assert (tmp_path / "here" / "content").read_text() == "old"


def test_an_empty_folder_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    write_results(tmp_path / "here", "new")
    assert everything_in(tmp_path / "here") == ["content", MANIFEST]


def test_when_the_last_step_fails_the_earlier_results_come_back_and_the_new_ones_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_results(tmp_path / "here", "old")
    replace = os.replace

    def refuse(here: Path, there: Path) -> None:
        if ".partial-" in here.name and there.name == "here":
            raise OSError(errno.EXDEV, "not on this file system")
        replace(here, there)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(
        NotPlacedError, match="not on this file system; the finished results lie in"
    ) as caught:
        write_results(tmp_path / "here", "new")
    assert (tmp_path / "here" / "content").read_text() == "old"
    kept = Path(str(caught.value).rpartition(" ")[2])
    assert everything_in(kept) == ["content", MANIFEST]
    monkeypatch.undo()
    write_results(tmp_path / "here", "newer")
    assert (kept / "content").read_text() == "new"


def test_a_mount_point_is_found_out_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "volume").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "volume")
    with pytest.raises(InputError, match="mount point"):
        write_results(tmp_path / "volume", "new")
    write_results(tmp_path / "volume" / "results", "new")


def test_a_place_that_only_seems_to_be_writable_is_found_out_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    check_place(tmp_path / "deep" / "down", ANY)
    assert everything_in(tmp_path) == []
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert os.access(tmp_path, os.W_OK)
    with pytest.raises(InputError, match=r"nothing can be written in .* \(Permission denied\)") as caught:
        check_place(tmp_path / "deep" / "down", ANY)
    assert caught.value.field == "out"


def test_the_folder_that_one_is_in_is_left_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="is the folder that you are in"):
        write_results(Path(), "new")
    write_results(Path("results"), "new")


def test_results_are_known_by_their_manifest(tmp_path: Path) -> None:
    assert not is_results(tmp_path)
    (tmp_path / MANIFEST).write_text("no json")
    assert not is_results(tmp_path)
    (tmp_path / MANIFEST).write_text(OURS)
    assert is_results(tmp_path)


# --- what killed processes leave ---


def play_dead() -> int:
    """The number of a process that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def left_by(pid: int, place: Path, **owner: object) -> Path:
    """A half-written folder as a process leaves it."""
    partial = place.with_name(f".{place.name}.partial-{pid}")
    partial.mkdir()
    (partial / "half").write_text("half")
    said = {"made_by": "kompetansesim", "host": platform.node(), "pid": pid, **owner}
    (partial / OWNER).write_text(json.dumps(said))
    return partial


def test_a_process_that_is_killed_leaves_something_and_the_next_study_sweeps_it(tmp_path: Path) -> None:
    here = tmp_path / "here [1]"  # no pattern, though it looks like one
    write_results(here, "old")
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom sim.experiments.folder import Replaces, results_folder\n"
        "with results_folder(Path(sys.argv[1]), Replaces(lambda _: True)) as partial:\n"
        "    (partial / 'half').write_text('half')\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(here)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.name.startswith(".here [1].partial-") for path in tmp_path.iterdir() if path != here] == [
        True
    ]
    write_results(here, "new")
    assert everything_in(tmp_path) == [here.name, f"{here.name}/content", f"{here.name}/{MANIFEST}"]
    assert (here / "content").read_text() == "new"


def test_nothing_is_swept_that_may_be_another_s(tmp_path: Path) -> None:
    here, dead = tmp_path / "here", play_dead()
    kept = [
        left_by(os.getppid(), here),  # alive
        left_by(dead, tmp_path / "elsewhere"),  # another place
        left_by(dead, here, host="another machine"),
        tmp_path / ".here.partial-notes",  # a user's own
        tmp_path / ".here.older-1234567",
    ]
    for folder in kept[-2:]:
        folder.mkdir()
        (folder / "thesis.txt").write_text("years of work")
    before = everything_in(tmp_path)
    sweep(here)
    assert everything_in(tmp_path) == before


def test_a_place_that_was_being_tried_out_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / f".here.trial-{play_dead()}").mkdir()
    write_results(tmp_path / "here", "new")
    assert everything_in(tmp_path) == ["here", "here/content", f"here/{MANIFEST}"]


def test_who_was_killed_before_saying_who_it_is_leaves_nothing_for_good(tmp_path: Path) -> None:
    here = tmp_path / "here"
    for n, said in enumerate((None, "", '{"made_by": "komp')):
        begun = here.with_name(f".here.partial-{play_dead()}")
        begun.mkdir()
        if said is not None:
            (begun / OWNER).write_text(said)
        assert len(list(tmp_path.iterdir())) == 1, n
        sweep(here)
        assert list(tmp_path.iterdir()) == [], n


def test_half_written_results_say_whose_they_are_until_they_are_in_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[bool] = []
    replace = os.replace

    def noted(here: Path, there: Path) -> None:
        said.append((here / OWNER).is_file())
        replace(here, there)

    monkeypatch.setattr(os, "replace", noted)
    write_results(tmp_path / "here", "new")
    assert said == [True]
    assert everything_in(tmp_path / "here") == ["content", MANIFEST]


def test_a_dead_process_s_number_may_have_come_to_this_one(tmp_path: Path) -> None:
    left_by(os.getpid(), tmp_path / "here")
    write_results(tmp_path / "here", "new")
    assert everything_in(tmp_path) == ["here", "here/content", f"here/{MANIFEST}"]


@pytest.mark.parametrize("finished", [False, True])
def test_results_put_aside_by_a_killed_process_come_back_unless_newer_ones_lie_there(
    tmp_path: Path, finished: bool
) -> None:
    here = tmp_path / "here"
    write_results(here, "old")
    here.rename(tmp_path / f".here.older-{play_dead()}")
    if finished:
        write_results(tmp_path / "next", "new")
        (tmp_path / "next").rename(here)
    sweep(here)
    assert everything_in(tmp_path) == ["here", "here/content", f"here/{MANIFEST}"]
    assert (here / "content").read_text() == ("new" if finished else "old")


def test_a_place_that_nobody_named_is_a_new_one(tmp_path: Path) -> None:
    assert unused(tmp_path / "a") == tmp_path / "a"
    write_results(tmp_path / "a", "first")
    (tmp_path / "a-2").write_text("no folder")
    assert unused(tmp_path / "a") == tmp_path / "a-3"
