"""The commands for sweeps, played on a small country where something must be played."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.sweeps import Store
from sim.sweeps.api import Sweep

SMALL = """title: T
designs: [voluntary, obligatory]
worlds: 2
scale: 0.03
start: 2025
end: 2027
outcomes: [practice, owner_competence]
groups: [all, picked.either]
contrast: {outcome: practice, design: obligatory, versus: voluntary}
"""


def ask(*words: str) -> tuple[int, list[str], list[str]]:
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("swept")
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    status, out, _ = ask("sweep", str(folder / "small.yaml"), "--out", str(folder / "s"), "--workers", "1")
    assert status == 0
    assert out[0] == "4 runs, 0 failed"
    assert out[1].startswith("practice@end, obligatory less voluntary: ")
    assert out[-1] == str(folder / "s")
    return folder / "s"


def test_a_sweep_leaves_its_table_its_contrast_and_its_store(swept: Path) -> None:
    names = {path.name for path in swept.iterdir()}
    assert {"store.json", "runs-000001.parquet", "draws-000001.parquet", "designs-000001.parquet"} <= names
    assert {"table.parquet", "contrast.csv", "experiment.json"} <= names
    done = Sweep.read(swept)
    assert list(done.outcomes.columns) == [
        "practice@end", "practice@end:picked.either", "owner_competence@end", "owner_competence@end:picked.either",
    ]  # fmt: skip
    assert done.contrast()["n_pairs"].tolist() == [2]
    assert len(done.paired()) == 2
    assert done.query("select count(*) as n from sweep")["n"].tolist() == [4]
    assert len(done.to_ema()[0]) == 4
    assert done.salib_problem()["num_vars"] > 100


def test_begun_again_it_plays_nothing_and_says_the_same(swept: Path) -> None:
    before = (swept / "table.parquet").read_bytes()
    status, _, _ = ask("sweep", str(swept.parent / "small.yaml"), "--out", str(swept), "--quiet")
    assert status == 0
    assert (swept / "table.parquet").read_bytes() == before
    assert len(list(swept.glob("runs-*.parquet"))) == 1


def test_a_run_is_replayed_from_the_store_alone(swept: Path) -> None:
    for run in list(Store(swept).finished())[:2]:
        status, out, _ = ask("replay", str(swept), run)
        assert status == 0
        assert out[0].startswith("practice@end = ")
        assert out[-1] == "as stored, to the last digit"


def test_a_run_that_is_not_there_is_told(swept: Path) -> None:
    status, _, err = ask("replay", str(swept), "nosuch")
    assert status == 2
    assert "there is no run 'nosuch'" in err[0]


def test_a_failed_run_shows_its_error_when_replayed(swept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.one_world import World

    def broken(_: object) -> None:
        raise ArithmeticError("the model is broken")

    monkeypatch.setattr(World, "step", broken)
    status, out, err = ask("replay", str(swept), next(iter(Store(swept).finished())))
    assert status == 1
    assert err[0].startswith("Traceback")
    assert err[-1] == "ArithmeticError: the model is broken"
    assert out == ["failed again; the store says: it went well"]


def test_faults_of_an_experiment_end_with_status_2_and_write_nothing(tmp_path: Path) -> None:
    (tmp_path / "e.yaml").write_text(SMALL.replace("obligatory]", "obligatry]"), encoding="utf-8")
    status, _, err = ask("sweep", str(tmp_path / "e.yaml"), "--out", str(tmp_path / "s"))
    assert status == 2
    assert err[0].startswith(f"error: {tmp_path}/e.yaml:2:22: unknown design 'obligatry'")
    assert not (tmp_path / "s").exists()
    status, _, err = ask("validate", str(tmp_path / "e.yaml"))
    assert status == 2
    assert "e.yaml:2:22" in err[0]


def test_experiments_are_validated_and_listed() -> None:
    status, out, _ = ask("validate", "scenarios/experiments/a_first_try.yaml")
    assert (status, out) == (0, ["scenarios/experiments/a_first_try.yaml: in order"])
    for lang, ends in (("nb", "Et første forsøk (12 kjøringer)"), ("en", "A first try (12 runs)")):
        status, out, _ = ask("experiments", "--lang", lang)
        assert status == 0
        assert any(line.startswith("a_first_try ") and line.endswith(ends) for line in out)


def test_a_sweep_is_asked_in_sql(swept: Path) -> None:
    status, out, _ = ask("query", str(swept), "select design, count(*) as n from sweep group by 1 order by 1")
    assert status == 0
    assert out == ["design,n", "obligatory,2", "voluntary,2"]
    status, out, err = ask("query", str(swept), "select nothing_of_the_kind from sweep")
    assert (status, out) == (2, [])
    assert "nothing_of_the_kind" in err[0]


def test_a_sweep_is_exported_for_other_tools_and_overwrites_nothing(swept: Path, tmp_path: Path) -> None:
    import pandas as pd

    status, out, _ = ask("export", str(swept), str(tmp_path / "x"))
    assert status == 0
    assert [Path(line).name for line in out] == [
        "experiments.csv", "outcomes.csv", "ema_workbench.tar.gz", "salib_problem.json",
    ]  # fmt: skip
    experiments, outcomes = (pd.read_csv(line) for line in out[:2])
    done = Sweep.read(swept)
    assert experiments["policy"].tolist() == done.experiments["design"].tolist()
    assert outcomes["practice@end"].tolist() == done.outcomes["practice@end"].tolist()
    status, _, err = ask("export", str(swept), str(tmp_path / "x"))
    assert status == 2
    assert "is there already" in err[0]


def test_nothing_of_a_damaged_sweep_is_exported(swept: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(swept, damaged)
    (damaged / "store.json").write_text("", encoding="utf-8")
    status, out, err = ask("export", str(damaged), str(tmp_path / "x"))
    assert (status, out, len(err)) == (2, [], 1)
    assert "is no store of runs" in err[0]
    assert not (tmp_path / "x").exists()


def test_a_sweep_is_reported_on_in_both_languages(swept: Path) -> None:
    status, out, _ = ask("report", str(swept), "--lang", "en")
    assert (status, out) == (0, [str(swept / "report.html")])
    page = (swept / "report.html").read_text(encoding="utf-8")
    difference = Sweep.read(swept).contrast()["difference"].iloc[0]
    assert "Obligatory follow-up less Voluntary follow-up, as today is" in page
    assert "Obligatorisk oppfølging minus Frivillig oppfølging" in page
    assert ("−" if difference < 0 else "+") in page
    assert (swept / "figures" / "contrast.png").read_bytes().startswith(b"\x89PNG")
    assert Sweep.read(swept).pictures == ["contrast"]
    before = (swept / "table.parquet").read_bytes()  # the report leaves the store alone
    ask("sweep", str(swept.parent / "small.yaml"), "--out", str(swept), "--workers", "1")
    assert (swept / "table.parquet").read_bytes() == before


def test_a_sweep_s_run_is_replayed_in_python_too(swept: Path) -> None:
    done = Sweep.read(swept)
    assert done.replay(done.experiments["run"].iloc[1][:8]).agrees
