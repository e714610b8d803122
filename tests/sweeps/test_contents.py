"""Names in a store that stand for two contents, because a design's file or the registers were changed between two sweeps."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.errors import InputError
from sim.sensitivity.given_runs import read_runs
from sim.sweeps import Store
from sim.sweeps.contents import told_apart, told_of_others
from sim.sweeps.replay import replay

EXPERIMENT = """title: T
designs: [voluntary, mine.yaml]
worlds: 2
start: 2025
end: 2027
registers: country
outcomes: [practice]
at: [end]
"""
MINE = "title: Mine\nextends: voluntary\nlevers: {follow_up.guide_hours: 150}\nfrom: 2026\n"


def country(folder: Path, population: int) -> None:
    rows = [f"{number},{population + number}" for number in (1103, 1108, 1120, 1121, 1124, 1127)]
    folder.mkdir(exist_ok=True)
    (folder / "municipalities.csv").write_text(
        "\n".join(["kommunenummer,population", *rows]) + "\n", encoding="utf-8"
    )


def ask(*words: object) -> tuple[int, list[str], list[str]]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


def sweep(folder: Path) -> None:
    status, _, err = ask("sweep", folder / "e.yaml", "--out", folder / "s", "--workers", 1, "--quiet")
    assert (status, err) == (0, [])


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store `s`: swept, swept again with another `mine.yaml`, and again with other registers."""
    folder = tmp_path_factory.mktemp("changed")
    (folder / "e.yaml").write_text(EXPERIMENT, encoding="utf-8")
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
    country(folder / "country", 8_000)
    sweep(folder)
    (folder / "mine.yaml").write_text(MINE.replace("150", "400"), encoding="utf-8")
    sweep(folder)
    country(folder / "country", 9_000)
    sweep(folder)
    return folder


def test_a_name_is_told_apart_by_what_is_other() -> None:
    one = {"variant": "one", "design_digest": "d" * 64, "registers": None, "registers_digest": None}
    rows = [
        one,
        {**one, "variant": "design"},
        {**one, "variant": "design", "design_digest": "e" * 64},
        {**one, "variant": "country"},
        {**one, "variant": "country", "registers": "there", "registers_digest": "f" * 24},
        {**one, "variant": "both", "registers": "there", "registers_digest": "f" * 24},
        {
            **one,
            "variant": "both",
            "design_digest": "e" * 64,
            "registers": "there",
            "registers_digest": "a" * 24,
        },
    ]
    assert told_apart(pd.DataFrame(rows)).tolist() == [
        "one", "design#dddddddd", "design#eeeeeeee", "country#synthetic", "country#ffffffff", "both#dddddddd-ffffffff",
        "both#eeeeeeee-aaaaaaaa",
    ]  # fmt: skip
    older = pd.DataFrame(rows).drop(columns="registers_digest")  # kept before the digests were noted
    assert told_apart(older).tolist()[3:5] == ["country#synthetic", "country#unknown"]


def test_what_is_answered_is_as_last_asked_and_the_other_can_be_chosen(changed: Path) -> None:
    store = Store(changed / "s")
    assert len(store.finished()) == 2 * (2 + 1 + 2)
    last = read_runs(changed / "s")
    assert last.designs == ["voluntary", "mine"]
    names = told_apart(store.rows("runs").to_pandas())
    voluntary, mine = (
        list(dict.fromkeys(names[names.str.startswith(key)])) for key in ("voluntary#", "mine#")
    )
    assert (len(voluntary), len(mine)) == (2, 3)
    first = read_runs(changed / "s", [voluntary[0], mine[0]])
    again = read_runs(changed / "s", [voluntary[1], mine[2]])
    assert (again.values == last.values).all()
    assert (first.values != last.values).any()
    with pytest.raises(InputError, match="in two countries"):
        read_runs(changed / "s", [voluntary[0], mine[2]])
    with pytest.raises(InputError, match=f"under the name 'mine'.*{', '.join(mine)}"):
        read_runs(changed / "s", [voluntary[0], "mine"])
    assert told_of_others(store, [voluntary[0]]) == ""


def test_commands_say_that_there_is_a_second_content_and_how_to_choose(changed: Path, tmp_path: Path) -> None:
    status, out, err = ask("query", changed / "s", "select count(*) as n from sweep")
    assert (status, out) == (0, ["n", "4"])
    (line,) = err
    assert line.startswith("note: 'voluntary' stands for two contents in this store, as a file was changed")
    assert "and 1 more names do; answered is voluntary#" in line
    assert line.endswith("the tables `runs` and `designs` have both, told apart by their digests")
    status, _, err = ask("export", changed / "s", tmp_path / "x")
    assert status == 0
    assert err[-1].endswith("run the sweep again with the file as it was to have the other exported")


def test_a_store_of_one_content_has_nothing_said_of_it(changed: Path, tmp_path: Path) -> None:
    for name in ("e.yaml", "mine.yaml"):
        (tmp_path / name).write_bytes((changed / name).read_bytes())
    country(tmp_path / "country", 9_000)
    sweep(tmp_path)
    assert ask("query", tmp_path / "s", "select 1 as one from sweep limit 1") == (0, ["one", "1"], [])


def test_a_replay_says_that_the_registers_are_others_now(changed: Path) -> None:
    first, *_, last = Store(changed / "s").finished()
    status, out, err = ask("replay", changed / "s", last)
    assert (status, out[-1], err) == (0, "as stored, to the last digit", [])
    status, out, err = ask("replay", changed / "s", first)
    assert status == 1
    assert "(stored: " in out[0]
    assert err == [
        f"note: the registers in {changed / 'country'} are not those that the run was made with: a file was changed since, "
        "and they are taken as they are now"
    ]
    again = replay(changed / "s", first)
    assert not again.agrees
    assert "a file was changed since" in again.changed[0]
    (changed / "country").rename(changed / "elsewhere")
    try:
        status, _, err = ask("replay", changed / "s", first)
    finally:
        (changed / "elsewhere").rename(changed / "country")
    assert status == 2
    assert err == [f"error: {changed / 's'}: the run's registers are no longer in {changed / 'country'}"]
