"""Kernels are compiled once, kept in a folder of the user's, and done without where none can be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim
from sim.kernels import keeping

CHECKOUT = Path(sim.__file__).parents[1]

SHORT_RUN = """
import hashlib, numba
from sim.model import SchemeModel
model = SchemeModel("obligatory", rng=1, scale=0.02)
model.run_to(2018)
text = b"".join(v.tobytes() for t in model.state for v in t.arrays().values())
from sim.kernels import sharing
hits = sum(sharing.share_among_all.stats.cache_hits.values())
print(hashlib.sha256(text).hexdigest(), hits, numba.config.CACHE_DIR or "untouched")
"""


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """What was found out about the folder holds for no other test."""
    keeping.folder.cache_clear()
    keeping._compile_all.cache_clear()
    yield
    keeping.folder.cache_clear()
    keeping._compile_all.cache_clear()


def test_the_folder_is_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(keeping.SETTING, str(tmp_path))
    assert keeping.folder() == tmp_path / keeping.named_by_content()
    assert (tmp_path / keeping.named_by_content()).is_dir()


def test_without_a_setting_it_is_the_user_s_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(keeping.SETTING, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert keeping.cache_home() == tmp_path / "kompetansesim"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert keeping.cache_home() == tmp_path / "local" / "kompetansesim"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert keeping.cache_home().parts[-3:] == ("Library", "Caches", "kompetansesim")


def test_its_name_changes_with_the_kernels_and_the_libraries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = keeping.named_by_content()
    assert keeping.named_by_content() == before
    monkeypatch.setattr(keeping, "version", lambda _: "0.0.1")
    other_library = keeping.named_by_content()
    edited = shutil.copytree(keeping.KERNELS, tmp_path / "kernels")
    (edited / "sharing.py").write_bytes((edited / "sharing.py").read_bytes() + b"\n")
    monkeypatch.setattr(keeping, "KERNELS", edited)
    assert len({before, other_library, keeping.named_by_content()}) == 3


def test_where_no_folder_can_be_made_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv(keeping.SETTING, str(in_the_way))
    assert keeping.folder() is None
    keeping.all_kept()
    keeping.warm()  # neither complains


def test_warming_compiles_only_what_has_not_been_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(keeping.SETTING, str(tmp_path))
    compiled: list[str] = []
    statuses = [1, 0]

    def compiling(modules: list[str]) -> Ended:
        compiled.extend(modules)
        return Ended(statuses[0])

    monkeypatch.setattr(keeping, "_compiling", compiling)
    monkeypatch.setattr(keeping, "available_cores", lambda: 1)
    keeping.warm()
    assert {"random_numbers", "sharing"} <= set(compiled)
    kept = tmp_path / keeping.named_by_content() / keeping.DONE
    assert not kept.exists()  # it did not go well
    n = len(compiled)
    keeping.warm()
    assert len(compiled) == n  # what does not go is not tried for every world
    statuses.pop(0)
    keeping._compile_all.cache_clear()
    keeping.warm()
    assert kept.exists()
    n = len(compiled)
    keeping.warm()
    assert len(compiled) == n


class Ended:
    """A process that has ended."""

    def __init__(self, status: int) -> None:
        self.status = status

    def wait(self) -> int:
        return self.status


@pytest.mark.parametrize("n", [1, 2, 7, 500])
def test_every_file_of_kernels_is_compiled_by_one_process(n: int) -> None:
    groups = keeping.shared_among(n)
    files = sorted(path.stem for path in keeping.KERNELS.glob("*.py") if path.stem != "__init__")
    assert sorted(name for group in groups for name in group) == files
    assert len(groups) <= n
    assert all(groups)


def test_there_is_a_core_to_work_with() -> None:
    assert keeping.available_cores() >= 1


def test_lists_and_checks_do_without_numba() -> None:
    code = "import sys, sim.declared, sim.school_year, sim.scenario_files; print('numba' in sys.modules)"
    assert _run(code, {}) == ["False"]


@pytest.mark.slow
def test_fresh_kept_and_unkept_kernels_give_the_same_bytes(tmp_path: Path) -> None:
    kept, closed = tmp_path / "kept", tmp_path / "closed"
    closed.write_text("")  # a file where the folder should be
    first, first_hits, _ = _run(SHORT_RUN, {keeping.SETTING: str(kept)})
    again, hits, _ = _run(SHORT_RUN, {keeping.SETTING: str(kept)})
    unkept, no_hits, _ = _run(SHORT_RUN, {keeping.SETTING: str(closed)})
    assert first == again == unkept
    assert (first_hits, hits, no_hits) == (
        "1",
        "1",
        "0",
    )  # the first took what was compiled for it beforehand


def _run(code: str, settings: dict[str, str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()
