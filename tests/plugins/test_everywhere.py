"""Plug-ins take part everywhere: worker processes, sweeps and their stores, the command line; and nowhere unasked."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from sim.app.own_designs import OwnDesigns
from sim.cli import app
from sim.declared import REGISTRY
from sim.errors import InputError, UnsoundWorldError
from sim.experiments.instruments import national_model, with_plugins
from sim.model import SchemeModel
from sim.scenario_files import load_design
from sim.sweeps.experiment_file import load_experiment
from sim.sweeps.identity import code_digest
from sim.sweeps.running import Units
from tests.plugins.given import OUTCOME, example, summer, the_same, written

SMALL = {
    "title": "T", "designs": ["voluntary"], "worlds": 2, "scale": 0.03, "start": 2025, "end": 2026,
    "outcomes": ["the_same"], "parameters": "prior",
}  # fmt: skip
ROOT = Path(__file__).parents[2]


def command(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


def test_workers_play_the_same_as_one_process(tmp_path: Path) -> None:
    def tables(workers: int) -> dict[str, str]:
        results = sim.compare(
            ["voluntary", "obligatory"], worlds=2, scale=0.03, start=2025, end=2026, workers=workers, progress=False,
            out=tmp_path / str(workers), levers={"reading_groups.active": True, "follow_up.draw.ranked_by": "least_competent"},
            plugins=[example("reading_groups"), example("least_competent")],
        )  # fmt: skip
        return {name: facts["parquet_sha256"] for name, facts in results.manifest["tables"].items()}

    assert tables(1) == tables(2)


def test_a_comparison_leaves_nothing_behind_for_the_next(tmp_path: Path) -> None:
    settings = {"worlds": 1, "scale": 0.03, "start": 2025, "end": 2026, "workers": 1, "progress": False}
    with_it = sim.run("voluntary", **settings, out=tmp_path / "a", plugins=[the_same(tmp_path, 1.0)])  # type: ignore[arg-type]  # as named
    without = sim.run("voluntary", **settings, out=tmp_path / "b")  # type: ignore[arg-type]  # as above
    assert set(with_it.outcomes["outcome"]) - set(without.outcomes["outcome"]) == {"the_same"}
    assert "plugins" not in without.manifest
    other = sim.run("voluntary", **settings, out=tmp_path / "c", plugins=[the_same(tmp_path, 2.0)])  # type: ignore[arg-type]  # as above
    assert set(with_it.outcomes.query("outcome == 'the_same'")["value"]) == {1.0}
    assert set(other.outcomes.query("outcome == 'the_same'")["value"]) == {2.0}


def test_a_sweep_never_mixes_two_versions_of_a_plug_in(tmp_path: Path) -> None:
    store = tmp_path / "store"
    done = sim.sweep(SMALL, out=store, workers=1, progress=False, plugins=[the_same(tmp_path, 1.0)])
    assert done.outcomes["the_same@end"].tolist() == [1.0, 1.0]
    again = done.replay(done.experiments["run"][0], plugins=[tmp_path / "own.py"])
    assert again.agrees
    with pytest.raises(InputError, match=r"were played with the plug-in own; name it too"):
        done.replay(done.experiments["run"][0])
    file = the_same(tmp_path, 2.0)
    with pytest.raises(
        InputError, match=r"differs: plug-in own\); runs of different versions are never mixed"
    ):
        sim.sweep(SMALL, out=store, workers=1, progress=False, plugins=[file])
    other = sim.sweep(SMALL, out=tmp_path / "other", workers=1, progress=False, plugins=[file])
    assert other.outcomes["the_same@end"].tolist() == [2.0, 2.0]
    assert not set(other.experiments["run"]) & set(done.experiments["run"])


def test_an_experiment_file_names_its_plug_ins_as_seen_from_its_own_folder(tmp_path: Path) -> None:
    the_same(tmp_path, 3.0)
    file = tmp_path / "mine.yaml"
    file.write_text(
        "title: {nb: T, en: T}\nplugins: [own.py]\ndesigns: [voluntary]\noutcomes: [the_same]\nworlds: 1\nscale: 0.03\n"
        "start: 2025\nend: 2025\n"
    )
    assert command("validate", file) == (0, f"{file}: in order\n")
    assert sim.sweep(file, out=tmp_path / "store", workers=1, progress=False).outcomes[
        "the_same@end"
    ].tolist() == [3.0]
    file.write_text(file.read_text().replace("[own.py]", "[{a: b}]"))
    status, said = command("validate", file)
    assert status == 2
    assert f"{file}:2: plugins: expected files or names of installed plug-ins" in said


def test_a_process_that_knows_nothing_of_a_plug_in_plays_it_from_what_it_is_sent(tmp_path: Path) -> None:
    """What a worker of a cluster is sent: no module of the plug-in can be found there, nor its file."""
    file = the_same(tmp_path, 5.0)
    instruments = with_plugins([file])
    given = instruments()
    experiment = load_experiment(SMALL, given.registry, given.outcomes)
    kept, points = experiment.kept(given.registry, given.outcomes), experiment.points(given.registry)
    code = code_digest(tuple(given.plugins))
    units = Units(points, [point.address(code) for point in points], set(), kept, code, instruments)
    (tmp_path / "unit").write_bytes(pickle.dumps(units[0]))
    file.unlink()
    asked = (
        "import pickle, sys\nfrom sim.sweeps.playing import play_unit\n"
        "print([run.figures for run in play_unit(pickle.load(open(sys.argv[1], 'rb')))])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked, str(tmp_path / "unit")],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout == "[(5.0,)]\n"


def test_sensitivity_moves_a_plug_in_s_parameters_and_explains_its_outcomes(tmp_path: Path) -> None:
    found = sim.sensitivity.analyse(
        ["voluntary"], n=2, worlds=1, scale=0.02, start=2026, end=2026, workers=1, out=tmp_path / "s", progress=False,
        outcomes=["practice@end", "pupils_per_post@end"], parameters=["summer"],
        plugins=[example("summer_forgetting"), example("pupils_per_post")],
    )  # fmt: skip
    rows = found.table("indices").query("index == 'mu_star'").set_index(["outcome", "factor"])["value"]
    assert rows["practice", "summer.forgotten_share"] > 0
    assert rows["pupils_per_post", "summer.forgotten_share"] == 0
    assert "summer_forgetting" in json.dumps(found.manifest)


def test_a_lever_of_a_plug_in_is_validated_told_and_refused_without_it(tmp_path: Path) -> None:
    design = tmp_path / "groups.yaml"
    design.write_text(
        "title: {nb: Lesegrupper, en: Groups}\nextends: voluntary\nfrom: 2026\n"
        "levers:\n  reading_groups.active: true\n"
    )
    plugin = ("--plugin", example("reading_groups"))
    assert command("validate", design, *plugin) == (0, f"{design}: in order\n")
    status, said = command("validate", design)
    assert status == 2
    assert "groups.yaml:5" in said
    assert "if a plug-in does, name it too (--plugin" in said
    assert command("diff", "voluntary", design, *plugin)[1] == (
        "reading_groups.active (om ordningen med lesegrupper finnes): nei -> ja fra og med 2026\n"
    )
    assert "`reading_groups.found`" in command("order", *plugin)[1]
    assert "`reading_groups.found`" not in command("order")[1]
    assert "reading_groups.founding_chance = 0.1" in command("parameters", *plugin)[1]
    design.write_text(design.read_text().replace("active: true", "active: 3"))
    assert "expected true or false" in command("validate", design, *plugin)[1]


def test_a_choice_of_a_plug_in_is_told_with_the_others_and_wrong_ones_are_refused() -> None:
    plugin = ("--plugin", example("least_competent"))
    status, said = command("run", "voluntary", "--lever", "follow_up.draw.ranked_by=least_competet", *plugin)
    assert status == 2
    assert "schools_left_alone, least_competent" in said
    assert "did you mean 'least_competent'?" in said
    assert command("run", "voluntary", "--lever", "follow_up.draw.ranked_by=least_competent")[0] == 2


def test_schemas_and_pages_can_be_written_with_plug_ins(tmp_path: Path) -> None:
    plugin = ("--plugin", example("reading_groups"))
    assert command("schema", "--out", tmp_path / "mine.json", *plugin)[0] == 0
    assert "reading_groups.active" in (tmp_path / "mine.json").read_text()
    assert command("schema", *plugin)[0] == 2  # would put them into the model's own
    assert command("docs-tables", "--folder", tmp_path, *plugin)[0] == 0
    assert "reading_group_share" in (tmp_path / "reference" / "outcomes.md").read_text()
    assert "Reading groups" in (tmp_path / "reference" / "parameters.md").read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("PLUGIN = (", "own.py:1: is no Python"),
        ("1 / 0", "own.py:1: fails when it is loaded"),
        ("", "expected PLUGIN"),
    ],
)
@pytest.mark.parametrize(
    "words", [("compare", "voluntary", "obligatory"), ("order",), ("sweep", "a_first_try")]
)
def test_a_wrong_plug_in_ends_a_command_with_a_line_and_status_2(
    tmp_path: Path, text: str, message: str, words: tuple[str, ...]
) -> None:
    assert command("validate", written(tmp_path, text))[0] == 2
    status, said = command(*words, "--plugin", written(tmp_path, text))
    assert status == 2
    assert said.startswith("error: ")
    assert message in said
    assert command(*words, "--plugin", tmp_path / "none.py")[0] == 2


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("1 / 0", "own.py:7: fails when it is played: ZeroDivisionError: division by zero; while playing world 0 of seed"),
        ("exit(0)", "own.py:7: fails when it is played: SystemExit: 0"),
        (
            "float('nan')] * 2 + [1",
            "own.py:7: outcome the_same: expected an array of numbers, as many as 1, got one of float64, shape (3,)",
        ),
        ("'x'", "own.py:7: outcome the_same: expected an array of numbers, as many as 1, got one of <U1, shape (1,)"),
    ],
)  # fmt: skip
def test_a_plug_in_that_fails_in_a_world_is_told_with_file_and_line(
    tmp_path: Path, value: str, message: str
) -> None:
    file = written(tmp_path, OUTCOME.replace("VALUE", value))
    words = (
        "run", "voluntary", "--scale", "0.02", "--worlds", "1", "--start", "2026", "--end", "2026", "--quiet",
    )  # fmt: skip
    status, said = command(*words, "--out", tmp_path / "out", "--plugin", file)
    assert (status, message in said, (tmp_path / "out").exists()) == (2, True, False), said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("state[Schools].practice[:] = 1e300; return", "Schools.practice: 1e+300 above 1000000000000"),
        ("state[Teachers].school[:] = 10**6; return", "Teachers.school: 1000000 above "),
        ("state[Schools].n_teachers += 2; return", "Teachers.school: not as many rows as "),
        (
            "state[Teachers].__dict__['age'] = state[Teachers].age[:5]; return",
            "Teachers.age: 5 rows, expected ",
        ),
    ],
)
def test_a_plug_in_that_puts_a_world_out_of_what_is_declared_ends_it_there(
    tmp_path: Path, line: str, why: str
) -> None:
    model = SchemeModel(
        "voluntary", rng=1, start=2025, end=2025, scale=0.03, plugins=[summer(tmp_path, line)]
    )
    model.step()  # spring, when it does nothing
    with pytest.raises(UnsoundWorldError, match=r"'summer\.forget' of a plug-in put the world out") as caught:
        model.step()
    assert f"in 2025-autumn: {why}" in str(caught.value)


@pytest.mark.parametrize("words", [("draw",), ("claims", "--only", "S41")])
def test_the_checks_play_what_a_plug_in_adds(tmp_path: Path, words: tuple[str, ...]) -> None:
    fails = summer(tmp_path, "1 / 0")
    code, told = command(
        "check", *words, "--worlds", "2", "--scale", "0.1", "--workers", "1", "--quiet", "--parameters", "prior",
        "--plugin", fails,
    )  # fmt: skip
    assert code == 2
    assert "own.py:32: fails when it is played: ZeroDivisionError" in told


def test_workers_that_a_plug_in_ends_are_told_with_the_reason(tmp_path: Path) -> None:
    ends = summer(tmp_path, "import os; os._exit(9)")
    code, told = command(
        "run", "voluntary", "--worlds", "2", "--scale", "0.02", "--workers", "2", "--quiet", "--start", "2025", "--end",
        "2025", "--tables-only", "--parameters", "prior", "--plugin", ends, "--out", tmp_path / "out",
    )  # fmt: skip
    assert code == 1
    assert "a worker process ended itself with status 9 while at work on jobs 0, 1" in told
    assert not (tmp_path / "out").exists()


def test_scenario_files_and_the_page_load_no_code(tmp_path: Path) -> None:
    trap = written(tmp_path, f"open({str(tmp_path / 'sprung')!r}, 'w').close()\n", "trap")
    file = tmp_path / "design.yaml"
    file.write_text(f"title: {{nb: T, en: T}}\nextends: voluntary\nplugins: [{trap}]\n")
    with pytest.raises(InputError, match="unknown key 'plugins'"):
        load_design(file)
    with pytest.raises(InputError):
        OwnDesigns(tmp_path / "designs", REGISTRY, 5).keep(file.read_text())
    assert not (tmp_path / "sprung").exists()
    assert national_model().plugins == {}
