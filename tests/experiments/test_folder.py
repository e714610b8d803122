from __future__ import annotations

import errno
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiments.folder import MANIFEST, is_results, results_folder

OURS = '{"made_by": "kompetansesim"}'


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def write_results(folder: Path, content: str) -> None:
    with results_folder(folder) as partial:
        (partial / MANIFEST).write_text(OURS)
        (partial / "content").write_text(content)


def test_results_appear_in_their_place_whole(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "down" / "here"
    with results_folder(place) as partial:
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
        with results_folder(folder) as partial:
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
        with pytest.raises(InputError) as caught, results_folder(tmp_path / name):
            pass
        assert caught.value.field == "out"
    assert everything_in(tmp_path) == before


def test_an_empty_folder_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    write_results(tmp_path / "here", "new")
    assert everything_in(tmp_path / "here") == ["content", MANIFEST]


def test_when_the_last_step_fails_the_earlier_results_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_results(tmp_path / "here", "old")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if ".partial-" in path.name:
            raise PermissionError("no")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        write_results(tmp_path / "here", "new")
    assert everything_in(tmp_path) == ["here", "here/content", f"here/{MANIFEST}"]
    assert (tmp_path / "here" / "content").read_text() == "old"


def test_results_are_known_by_their_manifest(tmp_path: Path) -> None:
    assert not is_results(tmp_path)
    (tmp_path / MANIFEST).write_text("no json")
    assert not is_results(tmp_path)
    (tmp_path / MANIFEST).write_text(OURS)
    assert is_results(tmp_path)
