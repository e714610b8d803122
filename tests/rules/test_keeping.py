"""Compiled rules are kept in a folder of their own under a name of their text, and done without where none can be written."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.cached import SETTING
from sim.processes import community, turnover
from sim.rules import keeping, warming
from sim.rules.rule import RULES, Rule
from sim.state.schools import Schools
from tests.small_world import luck, parameters, small_world

CHECKOUT = Path(sim.__file__).parents[1]

SHORT_RUN = """
from sim.rules.warming import shipped
from tests.rules.test_keeping import short_run
print(short_run())
for rule in shipped():
    rule.compile()
print(all(sum(rule._machine.stats.cache_hits.values()) for rule in shipped()))
"""


def short_run() -> str:
    """A digest of the world that two years have made."""
    model = sim.SchemeModel("obligatory", rng=1, scale=0.02)
    model.run_to(2018)
    return hashlib.sha256(
        b"".join(v.tobytes() for table in model.state for v in table.arrays().values())
    ).hexdigest()


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """What was found out about the folder, and is declared for a test, holds for no other test."""
    rules, anew = list(RULES), set(keeping._LOADED_ANEW)
    for found in (keeping.folder, keeping._sources, keeping._readings, warming._compile_all):
        found.cache_clear()
    yield
    RULES[:] = rules
    keeping._LOADED_ANEW &= anew
    for found in (keeping.folder, keeping._sources, keeping._readings, warming._compile_all):
        found.cache_clear()


def test_the_folder_is_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path))
    place = keeping.folder()
    assert place is not None
    assert place.parent == tmp_path
    assert place.is_dir()


def test_where_no_folder_can_be_made_rules_are_compiled_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv(SETTING, str(in_the_way))
    assert keeping.folder() is None
    warming.warm()  # does not complain
    Rule(community.grow.function).compile()


@pytest.mark.parametrize("torn", [b"", b"\x80\x04torn"])
def test_a_torn_file_is_thrown_away_and_the_rule_compiled_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, torn: bytes
) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path))
    Rule(community.grow.function).compile()
    files = list(tmp_path.rglob("*.nb?"))
    assert len(files) == 2  # an index, and what it leads to
    for file in files:
        file.write_bytes(torn)
    Rule(community.grow.function).compile()
    assert len(list(tmp_path.rglob("*.nb?"))) == 2  # kept again


def test_a_kept_rule_is_taken_without_compiling_what_it_calls_though_another_text_was_edited(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path))
    Rule(community.grow.function).compile()
    formula = community.community_called_for
    vars(formula).pop("inlined", None)
    Rule(community.grow.function).compile()
    assert "inlined" not in vars(formula)


def test_warming_compiles_only_what_has_not_been_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path))
    started: list[Ended] = []
    n = len(warming.shipped())
    statuses = [1, 0]

    def compiling(number: int, telling: int) -> Ended:
        """The first two say that they are done with all but one rule, and with that one."""
        os.write(telling, f"{number}\n".encode() * (n - 1 if number == 0 else 1))
        started.append(Ended(statuses[0]))
        return started[-1]

    monkeypatch.setattr(warming, "_compiling", compiling)
    monkeypatch.setattr(warming, "available_cores", lambda: 2)
    warming.warm()
    assert sorted(len(one.stdin.getvalue().split()) for one in started) == [1, n - 1]
    assert not list(tmp_path.rglob("all-*"))  # it did not go well
    warming.warm()
    assert len(started) == 2  # what does not go is not tried for every world
    statuses.pop(0)
    warming._compile_all.cache_clear()
    warming.warm()
    assert list(tmp_path.rglob("all-*"))
    assert len(started) == 4
    warming.warm()
    assert len(started) == 4


class Handed(io.BytesIO):
    """What was handed to a process, to be looked at later."""

    def close(self) -> None:
        """Stay."""


class Ended:
    """A process that has ended, and what it was handed."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.stdin = Handed()

    def wait(self) -> int:
        return self.status


def test_there_is_a_core_to_work_with() -> None:
    assert warming.available_cores() >= 1


def test_what_was_read_is_kept_and_says_what_reading_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path))
    fresh = Rule(turnover.teachers.function)
    read = fresh.reading()
    assert keeping.known(fresh.name) is None
    place = keeping.folder()
    assert place is not None
    keeping.keep({fresh.name: read}, keeping.readings_file(place))
    keeping._readings.cache_clear()
    assert keeping.known(fresh.name) == read
    again = Rule(turnover.teachers.function)
    flat = [[(argument.hint, what) for argument, what in one._in_order] for one in (fresh, again)]
    assert flat[0] == flat[1]
    assert again.luck == fresh.luck == ("teacher leaves", "teacher who comes")
    assert keeping.taken(again.name) is None  # its machine code is not kept: it is read and compiled
    whole = keeping.readings_file(place).read_bytes()
    flipped = (
        whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:]
    )  # code that is not what was kept must not be called
    for damaged in (b"", b"torn", whole[:-1], flipped):
        keeping.readings_file(place).write_bytes(damaged)
        keeping._readings.cache_clear()
        assert keeping.known(fresh.name) is None


def test_a_rule_that_is_loaded_anew_plays_its_new_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What was kept of the text before is trusted no more: neither of the rule, nor of whoever calls or is called."""
    monkeypatch.setenv(SETTING, str(tmp_path / "kept"))
    place = keeping.folder()
    assert place is not None
    file, name = tmp_path / "loaded.py", "sim.loaded_for_a_test"
    for number in (0.25, 0.75):  # in the text of a formula, of which no reading is kept
        file.write_text(LOADED.replace("NUMBER", str(number)))
        module = _loaded(name, file)
        state, plain = small_world(), small_world()
        plain.plain = True
        for one in (state, plain):
            module.tire(one, parameters())
            assert set(one[Schools].fatigue) == {number}
        if number == 0.25:
            keeping.keep({module.tire.name: module.tire.reading()}, keeping.readings_file(place))
            keeping._readings.cache_clear()
            assert keeping.known(module.tire.name) is not None
            again = Rule(module.tire.function)  # of the same function
            assert keeping.taken(again.name) is not None
            again(state := small_world(), parameters())
            assert set(state[Schools].fatigue) == {0.25}
        else:
            assert keeping.known(module.tire.name) is None
    assert [one.name for one in RULES].count(module.tire.name) == 1


LOADED = """
from sim.rules import formula, rule
from sim.state.schools import Schools

@formula
def tired(now: float) -> float:
    return 0 * now + NUMBER

@rule
def tire(schools: Schools) -> None:
    for s in range(len(schools)):
        schools.fatigue[s] = tired(schools.fatigue[s])
"""


def _loaded(name: str, file: Path) -> Any:
    """A module as if it were one of the package's."""
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    try:
        spec.loader.exec_module(module := importlib.util.module_from_spec(spec))
    finally:
        sys.dont_write_bytecode = before
    return module


def test_lists_and_checks_do_without_numba() -> None:
    code = "import sys, sim.declared, sim.school_year, sim.scenario_files; print('numba' in sys.modules)"
    assert _run(code, {}) == ["False"]


def test_rules_compiled_beside_kept_and_unkept_give_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = _copy_of_what_is_kept(tmp_path)
    whole = short_run()
    place = next(kept.glob("code-*"))
    lost = {one.name.rpartition(".")[2] for one in warming.shipped()[-warming.FEW - 1 :]}  # soon compiled
    files = [file for file in place.rglob("*-*") if file.name.partition("-")[0] in lost]
    for file in (*files, *place.glob("all-*")):
        file.unlink()
    assert _run(SHORT_RUN, {SETTING: str(kept)}) == [
        whole,
        "True",
    ]  # it took what others had compiled beforehand
    assert all(list(place.glob(f"{name}-*.py")) for name in lost)

    closed = tmp_path / "closed"
    closed.write_text("")  # a file where the folder should be
    played: list[bytes] = []
    for setting in (tmp_path / "fresh", tmp_path / "fresh", closed):
        monkeypatch.setenv(SETTING, str(setting))
        keeping.folder.cache_clear()
        state = small_world()
        for one in (Rule(community.grow.function), Rule(turnover.principals.function)):
            one(state, parameters(), luck(state))
        assert bool(sum(one._machine.stats.cache_hits.values())) == (len(played) == 1)  # type: ignore[attr-defined]  # numba has no types
        played.append(b"".join(v.tobytes() for table in state for v in table.arrays().values()))
    assert played[0] == played[1] == played[2]


def _copy_of_what_is_kept(folder: Path) -> Path:
    """A copy of this checkout's compiled rules, to begin with: all of them take a minute."""
    warming.warm()
    place = keeping.folder()
    assert place is not None
    copied = folder / "kept"
    shutil.copytree(place, copied / place.name)
    return copied


PLAYED = """
import sys
import sim
from sim.model import SchemeModel
from sim.state.schools import Schools

experiment, store = sys.argv[1:]
model = SchemeModel("voluntary", rng=1, scale=0.02)
model.run_to(2018)
compared = sim.compare(
    ["no_follow_up", "voluntary"], worlds=1, scale=0.02, start=2025, end=2026, workers=1, progress=False, parameters="prior",
    out=store + "-compared", tables_only=True,
)
swept = sim.sweep(experiment, out=store, workers=1, progress=False)
summary = compared.summary.query("outcome == 'practice' and group == 'all'")
found = model.state[Schools].community.mean(), summary["mean"].mean(), swept.outcomes["practice@end"].iloc[0]
print(*map(float, found))
"""

EXPERIMENT = """
title: {en: An edit, nb: En endring}
description: {en: It counts., nb: Den teller.}
author: a test
designs: [voluntary]
worlds: 1
start: 2017
end: 2018
scale: 0.02
outcomes: [practice]
at: [end]
"""


def test_an_edit_of_a_rule_always_counts(tmp_path: Path) -> None:
    """A term of the community is tripled in a copy of the package; its figures change wherever the model is played."""
    (tmp_path / "experiment.yaml").write_text(EXPERIMENT)
    copy = tmp_path / "checkout"
    shutil.copytree(CHECKOUT / "sim", copy / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("scenarios", "calibration"):
        shutil.copytree(CHECKOUT / folder, copy / folder)
    shutil.copy(CHECKOUT / "pyproject.toml", copy)
    settings = {SETTING: str(_copy_of_what_is_kept(tmp_path))}
    before = _play(copy, tmp_path / "before", settings)
    file = copy / "sim" / "processes" / "community.py"
    text = file.read_text(encoding="utf-8")
    term = "c.community_work * involvement"
    assert text.count(term) == 1
    file.write_text(text.replace(term, f"3 * {term}"), encoding="utf-8")
    after = _play(copy, tmp_path / "after", settings)
    assert after[0] > before[0]  # the community thrives on thrice the work
    assert all(a != b for a, b in zip(before, after, strict=True))


def _play(checkout: Path, store: Path, settings: dict[str, str]) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", PLAYED, str(store.parent / "experiment.yaml"), str(store)],
        cwd=checkout,  # where `-c` looks first
        env={**os.environ, "PYTHONPATH": str(checkout), **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(number) for number in done.stdout.split()]


def _run(code: str, settings: dict[str, str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()
